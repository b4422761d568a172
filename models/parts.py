"""What an expected share is made of: the model's own base, the facts, and named corrections.

    base + values.sum(axis=1) + calibration + limits == rate

No part is computed as what the others leave over, so parts that were mixed up do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Trees, Vector, explain
from models.inputs import Rows

Cube = NDArray[np.float64]

EFFECT_CALIBRATION: Final = "effect_calibration"
SHARE_LIMITS: Final = "share_limits"
CORRECTIONS: Final = (EFFECT_CALIBRATION, SHARE_LIMITS)
"""Parts of an expected amount that are neither the base nor a fact of the debtor, in order."""


@dataclass(frozen=True)
class Parts:
    """Parts of the expected shares of n (case, measure) pairs, d features.

    `base` (n,) is what the ranker expects of the measure without knowing anything of the debtor,
    `values` (n, d) what each fact adds, `calibration` (n,) what setting an effect to its true size
    adds beyond any fact, `limits` (n,) what holding a share within 0..1 does (None: nothing).
    `reach` (n, d) is the most that a fact can add under that measure. `refits` (k, n, d) are the
    values of the k rankers, each fitted without one fold, that `values` are the mean of (None: the
    ranker is no such mean).
    """

    base: Vector
    values: Matrix
    calibration: Vector
    reach: Matrix
    limits: Vector | None = None
    refits: Cube | None = None

    def limits_of(self, n: int) -> Vector:
        """`limits`, as zeros (n,) where there are none."""
        return np.zeros(n) if self.limits is None else self.limits


def tree_parts(
    trees: Trees, x: Matrix, rows: Rows, own: tuple[int, ...] = ()
) -> tuple[Vector, Matrix, Matrix]:
    """Base (n,), TreeSHAP values (n, d) and reach (n, d) of one ensemble that reads `x`.

    `x` begins with the facts of the case in `rows`. Trees that read nothing else are explained
    once for the pairs of a case that stand together. Columns `own` belong to the measure: the base
    is what the trees expect of it where nothing is known of the debtor, and they have no values.
    """
    found = explain(trees, x, begins=rows.begins, n_shared=rows.cases.shape[1], fixed=own)
    reach = trees.reach(x.shape[1])
    reach[list(own)] = 0.0
    return found.base, found.values, reach[None, :].repeat(len(x), axis=0)
