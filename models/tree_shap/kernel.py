"""The loops that read a block of rows: look up states, add values, or integrate leaf by leaf.

Each row's sums are made in the order of groups and leaves, whatever rows stand beside it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.tree_shap.jit import compiled

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Bins = NDArray[np.uint16]
ROWS = 256
"""Rows whose products are held at once."""


@compiled
def add_groups(
    bins: Bins,
    out: NDArray[Any],
    table: NDArray[Any],
    look_up: Words,
    column_starts: Ints,
    columns: Ints,
    look_up_starts: Ints,
    group_starts: Ints,
    shifts: Ints,
    masks: Ints,
    value_starts: Ints,
    value_slots: Ints,
    table_starts: Ints,
    states: Ints,
) -> None:
    """Add the values of all groups to `out` (values, n).

    A word holds the states of several groups of a tree; each of its columns adds its own share of
    all of them at once.
    """
    n = bins.shape[1]
    word = np.empty(n, dtype=np.uint64)
    state = np.empty(n, dtype=np.uint32)
    for w in range(column_starts.shape[0] - 1):
        for c in range(column_starts[w], column_starts[w + 1]):
            own = look_up[look_up_starts[c] : look_up_starts[c + 1]]
            of = bins[columns[c]]
            if c == column_starts[w]:
                for r in range(n):
                    word[r] = own[of[r]]
            else:
                for r in range(n):
                    word[r] += own[of[r]]
        for g in range(group_starts[w], group_starts[w + 1]):
            shift, mask = np.uint64(shifts[g]), np.uint64(masks[g])
            for r in range(n):
                state[r] = (word[r] >> shift) & mask
            for j in range(value_starts[g], value_starts[g + 1]):
                start = table_starts[g] + (j - value_starts[g]) * states[g]
                values = table[start : start + states[g]]
                to = out[value_slots[j]]
                for r in range(n):
                    to[r] += values[state[r]]


@compiled
def add_leaves(
    bins: Bins,
    out: NDArray[Any],
    column_starts: Ints,
    columns: Ints,
    slots: Ints,
    met: NDArray[np.uint8],
    met_starts: Ints,
    sizes: Ints,
    factor_starts: Ints,
    factors: NDArray[np.float64],
    parts: NDArray[np.float64],
    bases: NDArray[np.float64],
    base_slot: int,
) -> None:
    """Add the values of leaves with too many columns for a table to `out` (values, n).

    Per leaf and column: `factors` and `parts` (2, points) for rows that do not and do meet it. The
    product of the factors of all columns, times the parts of one, summed over the points, is the
    value of that column.
    """
    n = bins.shape[1]
    most_q = max(1, sizes.max()) if sizes.shape[0] else 1
    whole = np.empty((most_q, ROWS))
    sums, comes, holds = np.empty(ROWS), np.empty(ROWS), np.empty(ROWS, dtype=np.bool_)
    for leaf in range(sizes.shape[0]):
        q_n, begin, end = sizes[leaf], column_starts[leaf], column_starts[leaf + 1]
        for first in range(0, n, ROWS):
            m = min(ROWS, n - first)
            whole[:] = 1.0
            comes[:] = 1.0
            gated = False
            for c in range(begin, end):
                own, of = met[met_starts[c] : met_starts[c + 1]], bins[columns[c]]
                if slots[c] < 0:
                    gated = True
                    for r in range(m):
                        comes[r] *= own[of[first + r]]
                    continue
                for r in range(m):
                    holds[r] = own[of[first + r]] > 0
                for q in range(q_n):
                    no, yes = factors[factor_starts[c] + q], factors[factor_starts[c] + q_n + q]
                    to = whole[q]
                    for r in range(m):
                        to[r] *= yes if holds[r] else no
            for c in range(begin, end):
                if slots[c] < 0:
                    continue
                own, of = met[met_starts[c] : met_starts[c + 1]], bins[columns[c]]
                for r in range(m):
                    holds[r] = own[of[first + r]] > 0
                sums[:] = 0.0
                for q in range(q_n):
                    no, yes = parts[factor_starts[c] + q], parts[factor_starts[c] + q_n + q]
                    by = whole[q]
                    for r in range(m):
                        sums[r] += by[r] * (yes if holds[r] else no)
                to = out[slots[c]]
                for r in range(m):
                    to[first + r] += sums[r] * comes[r]
            if gated:
                to = out[base_slot]
                for r in range(m):
                    to[first + r] += comes[r] * bases[leaf]
