"""The leaves of a tree, each with what a row must meet to come to it, column by column.

A path may split on a column several times. What counts for a Shapley value is whether the row meets
all conditions on that column at once (its one-fraction) and which share of the training rows does,
going by the counts at each split alone (its zero-fraction).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.tree_shap.columns import Columns
from models.tree_text import Splits


@dataclass(frozen=True)
class Leaves:
    """L leaves, from left to right, of a tree that splits on F columns.

    `columns` (F,) are their numbers in `Columns.places`, sorted. `met` (bins of all F columns, L)
    tells whether a value of the bin meets the conditions of the leaf on that column, where `starts`
    (F + 1,) says which bins are whose. `share` (L, F) is the share of training rows that meets
    them, `asked` (L, F) whether there are any. `values` (L,).
    """

    columns: NDArray[np.int64]
    starts: NDArray[np.int64]
    met: NDArray[np.bool_]
    share: NDArray[np.float64]
    asked: NDArray[np.bool_]
    values: NDArray[np.float64]

    def expected(self, fixed: NDArray[np.bool_]) -> float:
        """What leaves that ask nothing of the `fixed` columns (F,) are expected to give."""
        free = ~(self.asked & fixed).any(axis=1)
        return float((self.values[free] * self.share[free].prod(axis=1)).sum())

    def take(self, leaves: NDArray[np.bool_]) -> Leaves:
        """Some of the leaves, in their order."""
        return Leaves(
            self.columns,
            self.starts,
            np.ascontiguousarray(self.met[:, leaves]),
            self.share[leaves],
            self.asked[leaves],
            self.values[leaves],
        )


def leaves_of(tree: Splits, columns: Columns) -> Leaves | None:
    """The leaves of a tree; None where no training row came to a split or leaf."""
    counts = tree.rows_of_split, tree.rows_of_leaf
    if not all(map(all, counts)) or list(map(len, counts)) != [len(tree.column), len(tree.leaves)]:
        return None
    own = sorted(set(tree.column))
    slot = {j: f for f, j in enumerate(own)}
    starts = np.cumsum([0, *(columns.of[j].n_bins for j in own)])
    n, n_columns = len(tree.leaves), len(own)
    met = np.ones((int(starts[-1]), n), dtype=np.bool_)
    share, asked = np.ones((n, n_columns)), np.zeros((n, n_columns), dtype=np.bool_)
    values, at = np.zeros(n), 0
    waiting: list[tuple[int, dict[int, tuple[float, NDArray[np.bool_]]]]] = [(0 if own else ~0, {})]
    while waiting:
        child, path = waiting.pop()
        if child < 0:
            values[at] = tree.leaves[~child]
            for f, (z, holds) in path.items():
                share[at, f], asked[at, f] = z, True
                met[starts[f] : starts[f + 1], at] = holds
            at += 1
            continue
        j = tree.column[child]
        left = columns.of[j].goes_left(tree, child)
        z, holds = path.get(slot[j], (1.0, np.ones(len(left), dtype=np.bool_)))
        for side, goes in ((tree.right[child], ~left), (tree.left[child], left)):
            came = tree.rows_of_split[side] if side >= 0 else tree.rows_of_leaf[~side]
            here = z * (came / tree.rows_of_split[child])
            waiting.append((side, path | {slot[j]: (here, holds & goes)}))
    places = np.searchsorted(columns.places, np.asarray(own, dtype=np.int64))
    return Leaves(places, starts.astype(np.int64), met, share, asked, values)
