"""The columns of an ensemble as bins: all values of a bin go the same way at every split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.tree_shap.jit import compiled
from models.tree_text import (
    IS_CODE,
    LEFT_UNKNOWN,
    NOUGHT,
    NOUGHT_IS_UNKNOWN,
    UNKNOWN_IS_OWN,
    Splits,
    unknown_is,
)

Matrix = NDArray[np.float64]
Bins = NDArray[np.uint16]
MOST_BINS = 2**16


@dataclass(frozen=True)
class Column:
    """A column cut at `cuts`, sorted, or by whole codes below `n_codes`.

    Of numbers, bin b lies above b of the cuts; the bin after those is of the unknown, the last of
    nought. Of codes, the last bin is of those that no split names.
    """

    cuts: Matrix
    n_codes: int

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return self.n_codes + 1 if self.n_codes else len(self.cuts) + 3

    def goes_left(self, tree: Splits, node: int) -> NDArray[np.bool_]:
        """(n_bins,): the bins whose rows a split sends to the left, as LightGBM's text says."""
        left = np.zeros(self.n_bins, dtype=np.bool_)
        kind, cut = tree.kind[node], tree.cut[node]
        if kind & IS_CODE:
            left[list(tree.codes[node])] = True
            return left
        left[: int(np.searchsorted(self.cuts, cut)) + 1] = True
        by_default, as_nought = bool(kind & LEFT_UNKNOWN), cut >= 0.0
        unknown = unknown_is(kind)
        left[-2] = as_nought if unknown not in (NOUGHT_IS_UNKNOWN, UNKNOWN_IS_OWN) else by_default
        left[-1] = by_default if unknown == NOUGHT_IS_UNKNOWN else as_nought
        return left


@dataclass(frozen=True)
class Columns:
    """The columns that an ensemble splits on: `places` in the rows, and their cuts end to end."""

    of: dict[int, Column]
    places: NDArray[np.int64]
    cuts: Matrix
    starts: NDArray[np.int64]
    n_codes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.places)

    def bins(self, x: Matrix) -> Bins:
        """(columns, n): the bin of each row's value; `x` is (n, d)."""
        found = np.empty((len(self), len(x)), dtype=np.uint16)
        find_bins(x, self.places, self.cuts, self.starts, self.n_codes, found)
        return found


def columns_of(trees: Sequence[Splits]) -> Columns | None:
    """The columns of the trees; None where one is read both as numbers and as codes, or has more
    bins than can be counted."""
    cuts: dict[int, set[float]] = {}
    codes: dict[int, int] = {}
    for tree in trees:
        for j, cut, kind, found in zip(tree.column, tree.cut, tree.kind, tree.codes, strict=True):
            if kind & IS_CODE:
                codes[j] = max(codes.get(j, 1), max(found, default=0) + 1)
            else:
                cuts.setdefault(j, set()).add(cut)
    of = {j: Column(np.asarray(sorted(c)), 0) for j, c in cuts.items()}
    of |= {j: Column(np.zeros(0), n) for j, n in codes.items()}
    if cuts.keys() & codes.keys() or any(c.n_bins > MOST_BINS for c in of.values()):
        return None
    places = np.asarray(sorted(of), dtype=np.int64)
    ends = np.cumsum([0, *(len(of[int(j)].cuts) for j in places)])
    return Columns(
        of,
        places,
        np.concatenate([np.zeros(0), *(of[int(j)].cuts for j in places)]),
        ends.astype(np.int64),
        np.asarray([of[int(j)].n_codes for j in places], dtype=np.int64),
    )


@compiled
def find_bins(
    x: Matrix,
    places: NDArray[np.int64],
    cuts: Matrix,
    starts: NDArray[np.int64],
    n_codes: NDArray[np.int64],
    found: Bins,
) -> None:
    """Write the bins of `x` (n, d) to `found` (columns, n), some rows at a time."""
    n = x.shape[0]
    for first in range(0, n, 64):
        last = min(n, first + 64)
        for u in range(places.shape[0]):
            j, start, n_cuts, codes = places[u], starts[u], starts[u + 1] - starts[u], n_codes[u]
            for r in range(first, last):
                v = x[r, j]
                if codes > 0:  # cut off to a whole number; below nought none is meant
                    known = v > -1.0 and v < codes
                    found[u, r] = int(v) if known else codes
                elif np.isnan(v):
                    found[u, r] = n_cuts + 1
                elif abs(v) <= NOUGHT:
                    found[u, r] = n_cuts + 2
                else:
                    low, left = start, n_cuts
                    while left > 1:
                        half = left >> 1
                        low += half * (cuts[low + half - 1] < v)
                        left -= half
                    found[u, r] = low - start + (cuts[low] < v)
