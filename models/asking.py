"""Asking an outcome model or a ranker of many cases and measures at once."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.inputs import Inputs, Rows


class OutcomeModel(Protocol):
    """Expected recovered share of (case, measure) pairs."""

    def rates(self, rows: Rows) -> Vector:
        """The share of each pair, (k,)."""
        ...


def all_rates(
    ranker: OutcomeModel, inputs: Inputs, where: NDArray[np.bool_] | None = None
) -> Matrix:
    """R(x, a) of every measure (n, m); with `where` (n, m) only there, and 0 elsewhere."""
    n, m = len(inputs), inputs.n_measures
    rates = np.zeros((n, m))
    for a in range(m):
        rows = np.arange(n) if where is None else np.flatnonzero(where[:, a])
        if len(rows):
            rates[rows, a] = ranker.rates(inputs.of(rows, np.full(len(rows), a)))
    return rates
