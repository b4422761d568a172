"""Who belongs together: spouses and relatives in one household, and companies with their owners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import Floats, Ints
from nation.country import INDIVIDUAL, LEGAL_ENTITY

NOBODY = -1
IN_A_HOUSEHOLD = 0.16
"""Part of the natural debtors who share a household with another debtor."""
OF_THREE = 0.15
OWNED = 0.45
"""Part of the companies whose owner or founder is a debtor too."""
ALIKE = 0.6
"""Correlation of the log incomes within a household, and of owner and company."""


@dataclass(frozen=True)
class Kin:
    """Of each debtor: the first of the household (oneself, if alone), and the owner (or NOBODY)."""

    head: Ints
    owner: Ints

    @property
    def anchor(self) -> Ints:
        """Where a debtor lives or sits: at the head of the household, or at the owner's."""
        owned = self.owner != NOBODY
        return np.where(owned, self.head[np.maximum(self.owner, 0)], self.head)

    def share(self, values: Floats) -> Floats:
        """Standard normal values that are alike (correlated) within a household and a company."""
        apart = np.sqrt(1 - ALIKE**2) * values
        alone = self.head == np.arange(len(values))
        people = np.where(alone, values, ALIKE * values[self.head] + apart)
        of_owner = ALIKE * people[np.maximum(self.owner, 0)] + apart
        return np.where(self.owner == NOBODY, people, of_owner)


def invent_kin(rng: np.random.Generator, kind: Ints) -> Kin:
    """Draws households of two (some of three) natural debtors, and owners of companies."""
    n = len(kind)
    head = np.arange(n)
    natural = rng.permutation(np.flatnonzero(kind != LEGAL_ENTITY))
    n_pairs = int(IN_A_HOUSEHOLD * len(natural)) // 2
    first, second = natural[:n_pairs], natural[n_pairs : 2 * n_pairs]
    head[second] = first
    third = natural[2 * n_pairs : 2 * n_pairs + int(OF_THREE * n_pairs)]
    head[third] = first[: len(third)]
    owner = np.full(n, NOBODY)
    companies = np.flatnonzero((kind == LEGAL_ENTITY) & (rng.random(n) < OWNED))
    # Owners trade themselves twice as often as by chance.
    weight = np.where(kind == INDIVIDUAL, 1.0, 12.0)[natural]
    drawn = rng.choice(natural, len(companies), p=weight / weight.sum())
    owner[companies] = drawn
    return Kin(head, owner)
