"""The pseudonyms of debtors, cases, actions and all other rows: unique over the whole nation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from nation.arrays import Ints
from nation.reporting import ids


class Numbers:
    """Hands out numbers for pseudonyms, block after block, none of them twice."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def take(self, letter: str, n: int) -> int:
        """The first of `n` new numbers of a letter."""
        first = self._used.get(letter, 0) + 1
        self._used[letter] = first + n - 1
        return first

    def shuffled(self, letter: str, rng: np.random.Generator, n: int) -> pl.Series:
        """New pseudonyms in shuffled order: within a block a number tells nothing."""
        return ids(letter, self.take(letter, n) + rng.permutation(n))

    def counted(self, letter: str, places: Ints, n: int) -> pl.Series:
        """Pseudonyms of rows that come back: `places` are 0 to n - 1, each with its own number."""
        return ids(letter, self.take(letter, n) + places)


@dataclass(frozen=True)
class Names:
    """The pseudonyms of debtors, cases and actions of a block, and the source of further ones."""

    debtors: pl.Series
    cases: pl.Series
    actions: pl.Series
    numbers: Numbers


def build_names(
    rng: np.random.Generator, numbers: Numbers, n_people: int, n_cases: int, n_actions: int
) -> Names:
    """Pseudonyms for a block."""
    counts = {"D": n_people, "C": n_cases, "A": n_actions}
    debtors, cases, actions = (numbers.shuffled(k, rng, n) for k, n in counts.items())
    return Names(debtors, cases, actions, numbers)
