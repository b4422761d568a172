"""Which measure comes first, and nothing else: for facts that are asked about, not recommended on.

The same shares, costs and order as a recommendation's, without what only its telling needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.asking import blocks
from models.boosting import Matrix, Vector
from models.bundle import Bundle
from models.grid import Grid
from models.inputs import Cube, Inputs
from models.ranking import order

NONE: int = -1


@dataclass(frozen=True)
class _Asked:
    lawful: NDArray[np.bool_]
    outstanding: Vector
    net: Matrix
    draws: Cube


def first_choice(
    bundle: Bundle,
    inputs: Inputs,
    owed: Vector,
    lawful: NDArray[np.bool_],
    intrusiveness: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The place of the measure that comes first in each of n cases, (n,); NONE where none may.

    `owed` (n,), `lawful` (n, m) and `intrusiveness` (m,) are as in `models.ranking`.
    """
    first = np.full(len(inputs), NONE, dtype=np.int64)
    for rows in blocks(len(inputs)):
        asked = _ask(bundle, inputs.take(rows), owed[rows], lawful[rows])
        rank, _ = order(asked, intrusiveness)
        first[rows] = np.where(asked.lawful.any(axis=1), np.argmax(rank == 1, axis=1), NONE)
    return first


def _ask(bundle: Bundle, inputs: Inputs, owed: Vector, lawful: NDArray[np.bool_]) -> _Asked:
    grid = Grid(inputs, lawful)
    draws = np.stack([grid.spread(np.clip(r.rates(grid), 0.0, 1.0)) for r in bundle.fold_rankers])
    rate = grid.spread(np.clip(bundle.ranker.rates(grid), 0.0, 1.0))
    return _Asked(
        lawful,
        owed,
        owed[:, None] * rate - bundle.costs,
        draws * owed[:, None] - bundle.costs,
    )
