"""How claims hang together: consolidated proceedings, and alimony that grows month by month."""

from __future__ import annotations

import numpy as np

from nation.arrays import Bools, Floats, Ints
from nation.country import CLAIM_IDS
from nation.people import People

CONSOLIDATED = 0.45
"""Part of the further cases of a debtor that are of one claimant and handled with the first."""
_OF_THEIR_OWN = tuple(CLAIM_IDS.index(name) for name in ("alimony", "wages", "non_property"))
_SHARES = np.array([0.25, 0.25, 1 / 3, 0.5])
"""Part of the income for no known, one, two, and three or more children (Family Code, Art. 99)."""
_LEAST_BASE = 0.75
"""Where no income is known alimony is reckoned from this part of a minimum wage (invented)."""


def consolidate(rng: np.random.Generator, person: Ints, kind: Ints) -> Ints:
    """The leading case of each case: the debtor's first, or itself.

    `person` is sorted. Cases with one leader have one claimant and one kind, are opened on one day
    and handled by one officer on the same days.
    """
    first = np.searchsorted(person, person, side="left")
    joins = (rng.random(len(person)) < CONSOLIDATED) & ~np.isin(kind[first], _OF_THEIR_OWN)
    return np.where(joins, first, np.arange(len(person)))


def all_of_group(holds: Bools, leader: Ints) -> Bools:
    """Whether something holds for every case of a proceeding."""
    every = np.ones(len(holds), dtype=bool)
    np.logical_and.at(every, leader, holds)
    return every[leader]


def monthly_alimony(people: People, person: Ints, minimum_wage: Ints) -> Floats:
    """What alimony adds in a month: a share of the declared income by the children, whole hundreds.

    Children of the household stand in for the children who are paid for.
    """
    base = np.maximum(people.wage[person], _LEAST_BASE * minimum_wage)
    share = _SHARES[np.minimum(people.minors[person], 3)]
    monthly: Floats = np.round(base * share, -2)
    return monthly


def arrears(rng: np.random.Generator, monthly: Floats) -> Ints:
    """What is owed when the case is opened: some months of alimony, two or three in the middle."""
    months = np.clip(np.round(2.5 * np.exp(0.7 * rng.standard_normal(len(monthly)))), 1, 30)
    owed: Ints = (monthly * months).astype(np.int64)
    return owed
