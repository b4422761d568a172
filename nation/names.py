"""The pseudonyms of debtors, cases and actions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from nation.reporting import ids


@dataclass(frozen=True)
class Names:
    """The pseudonyms of debtors, cases and actions."""

    debtors: pl.Series
    cases: pl.Series
    actions: pl.Series


def build_names(rng: np.random.Generator, n_people: int, n_cases: int, n_actions: int) -> Names:
    """Pseudonyms in shuffled order: a number tells nothing."""
    numbers = [rng.permutation(n) + 1 for n in (n_people, n_cases, n_actions)]
    return Names(ids("D", numbers[0]), ids("C", numbers[1]), ids("A", numbers[2]))
