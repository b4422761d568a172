"""Asking an outcome model or a ranker of many cases and measures at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Trees, Vector
from models.grid import Grid
from models.inputs import Cube, Inputs

BLOCK: Final = 2_500
"""Cases that are asked about together: what memory has to hold."""


class Asked(Protocol):
    """k (case, measure) pairs that ensembles can be asked of: `Rows`, or all those of a `Grid`."""

    @property
    def cases(self) -> Matrix:
        """(k, d) facts of the case."""
        ...

    @property
    def arm(self) -> NDArray[np.int64]:
        """(k,) the measure's place."""
        ...

    def __len__(self) -> int: ...

    def of_case(self, trees: Trees) -> Vector:
        """Raw scores (k,) of an ensemble that reads the facts of the case alone. Not to be
        written into, here as below."""
        ...

    def of_pair(self, trees: Trees) -> Vector:
        """Raw scores (k,) of an ensemble that reads the case, the measure in it and its code."""
        ...

    def of_measure(self, trees: Mapping[int, Trees]) -> Vector:
        """Raw scores (k,) by the ensemble of each measure, which reads the case and the measure in
        it; 0 where a measure has none."""
        ...


class OutcomeModel(Protocol):
    """Expected recovered share of (case, measure) pairs."""

    def rates(self, rows: Asked) -> Vector:
        """The share of each pair, (k,)."""
        ...


def blocks(n: int) -> list[NDArray[np.int64]]:
    """The places 0..n - 1 in blocks of at most BLOCK, of nearly the same size; one at least."""
    return np.array_split(np.arange(n), max(-(-n // BLOCK), 1))


def rates_of(
    rankers: Sequence[OutcomeModel], inputs: Inputs, where: NDArray[np.bool_] | None = None
) -> Cube:
    """R(x, a) of every measure by each ranker, (r, n, m); with `where` (n, m) only there, and 0
    elsewhere."""
    n, m = len(inputs), inputs.n_measures
    asked = np.ones((n, m), dtype=np.bool_) if where is None else where
    rates = np.zeros((len(rankers), n, m))
    for rows in blocks(n):
        grid = Grid(inputs.take(rows), asked[rows])
        for r, ranker in enumerate(rankers):
            rates[r, rows[grid.row], grid.arm] = ranker.rates(grid)
    return rates


def all_rates(
    ranker: OutcomeModel, inputs: Inputs, where: NDArray[np.bool_] | None = None
) -> Matrix:
    """The same by one ranker, (n, m)."""
    return np.asarray(rates_of([ranker], inputs, where)[0])
