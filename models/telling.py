"""Under which name the contribution of a fact is told: a ratio under that of its amount.

An amount and its ratio to the debt are one fact of a register. What trees learn of the two is told
as one contribution, in original units, so that no fact stands twice among the reasons and none is
split below the size at which it counts.
"""

from __future__ import annotations

import numpy as np

from features.catalogue.ratios import RATIO_OF
from models.boosting import Matrix


def tell_amounts(names: tuple[str, ...], values: Matrix) -> tuple[tuple[str, ...], Matrix]:
    """`values` (n, d) with each ratio's contribution added to its amount's; sums stay the same.

    A ratio whose amount is not among the names keeps its own.
    """
    at = {name: i for i, name in enumerate(names)}
    told = values.copy()
    for name, i in at.items():
        amount = RATIO_OF.get(name)
        if amount in at:
            told[:, at[amount]] += values[:, i]
    kept = [i for name, i in at.items() if RATIO_OF.get(name) not in at]
    return tuple(names[i] for i in kept), np.ascontiguousarray(told[:, kept])
