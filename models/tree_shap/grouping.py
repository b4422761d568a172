"""Which leaves of a tree share a table, and what a table holds.

Of a group of neighbouring leaves only this counts of a row: per column, which of the conditions of
those leaves it meets. Bins that meet the same ones are a class, so a row is in one of the product
of the numbers of classes states, and for each of those all Shapley values are known beforehand.

For a leaf of value v whose path asks k columns, o_i (0 or 1) telling whether the row meets what is
asked of column i and z_i being the share of training rows that does,

    phi_i = v (o_i - z_i) * integral from 0 to 1 of the product over j != i of z_j + (o_j - z_j) t

which is Lundberg, Erion and Lee's weighted sum over subsets (2018) written as a Beta integral. The
integrand has degree k - 1, so Gauss and Legendre's rule with ceil(k / 2) points is exact.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.tree_shap.jit import compiled

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NEVER = -(2**40)
"""Added to a pattern by a class of a fixed column that keeps rows from a leaf."""
OVERHEAD = 1.5
"""What looking up the state of a group costs beside adding up one of its values."""


@compiled
def refine(
    met: Flags, starts: Ints, asked: Flags, leaf: int, classes: Ints, counts: Ints, room: Ints
) -> None:
    """Split the classes (bins,) of each column, `counts` (F,) in number, by one more leaf."""
    for f in range(counts.shape[0]):
        if not asked[leaf, f]:
            continue
        room[: 2 * counts[f]] = -1
        n = 0
        for b in range(starts[f], starts[f + 1]):
            old = 2 * classes[b] + met[b, leaf]
            if room[old] < 0:
                room[old] = n
                n += 1
            classes[b] = room[old]
        counts[f] = n


@compiled
def group_leaves(
    met: Flags, starts: Ints, asked: Flags, fixed: Flags, most_states: int, most_cells: int
) -> Ints:
    """The first leaf of each group, and the number of leaves at the end.

    Groups hold neighbouring leaves, so that few columns are read and few values added up; none has
    more than `most_states` states or `most_cells` states times values, but for single leaves.
    """
    n_leaves, n_columns = asked.shape
    best = np.full(n_leaves + 1, np.inf)
    best[0] = 0.0
    previous = np.zeros(n_leaves + 1, dtype=np.int64)
    room = np.zeros(2 * met.shape[0] + 2, dtype=np.int64)
    classes = np.zeros(met.shape[0], dtype=np.int64)
    counts = np.ones(n_columns, dtype=np.int64)
    for first in range(n_leaves):
        classes[:] = 0
        counts[:] = 1
        for leaf in range(first, n_leaves):
            refine(met, starts, asked, leaf, classes, counts, room)
            states, width, gated = 1.0, 0, 0
            for f in range(n_columns):
                if counts[f] > 1 or asked[first : leaf + 1, f].any():
                    states *= counts[f]
                    width += not fixed[f]
                    gated |= fixed[f]
            width += gated
            if leaf > first and (states > most_states or states * width > most_cells):
                break
            cost = best[first] + width + OVERHEAD
            if cost < best[leaf + 1]:
                best[leaf + 1] = cost
                previous[leaf + 1] = first
    n, at = 1, n_leaves
    while at > 0:
        at = previous[at]
        n += 1
    ends = np.empty(n, dtype=np.int64)
    at = n_leaves
    for i in range(n - 1, -1, -1):
        ends[i] = at
        at = previous[at]
    return ends


@compiled
def classes_of(
    met: Flags, starts: Ints, asked: Flags, first: int, last: int, classes: Ints
) -> Ints:
    """Write the class of each bin (bins,) for leaves first to last - 1; give their numbers (F,)."""
    counts = np.ones(asked.shape[1], dtype=np.int64)
    room = np.zeros(2 * met.shape[0] + 2, dtype=np.int64)
    classes[:] = 0
    for leaf in range(first, last):
        refine(met, starts, asked, leaf, classes, counts, room)
    return counts


@compiled
def patterns(share: Floats, value: float, points: Floats, weights: Floats) -> Floats:
    """(2^k, k): the Shapley values of a leaf for each pattern of met columns, bit j of column j.

    `share` (k,); `points` and `weights` are of a rule on 0..1 that is exact to degree k - 1.
    """
    k = share.shape[0]
    found = np.zeros((1 << k, k))
    for p in range(1 << k):
        for q in range(points.shape[0]):
            whole = weights[q] * value
            for j in range(k):
                o = (p >> j) & 1
                whole *= share[j] + (o - share[j]) * points[q]
            for j in range(k):
                o = (p >> j) & 1
                found[p, j] += whole * (o - share[j]) / (share[j] + (o - share[j]) * points[q])
    return found


@compiled
def add_leaf(table: Floats, counts: Ints, bits: Ints, found: Floats, slots: Ints) -> None:
    """Add the values of a leaf to the table (values, states) of its group.

    `counts` (m,) are the numbers of classes of the group's columns, the first one turning fastest;
    `bits` (m, most classes) what a class adds to the pattern: a power of two where the leaf asks
    and the class meets it. A pattern below nought is of a row that cannot come here. `found`
    (patterns, k) are the leaf's values, `slots` (k,) their places in the table.
    """
    m = counts.shape[0]
    digits = np.zeros(m, dtype=np.int64)
    pattern = 0
    for i in range(m):
        pattern += bits[i, 0]
    for s in range(table.shape[1]):
        if pattern >= 0:
            for j in range(slots.shape[0]):
                table[slots[j], s] += found[pattern, j]
        i = 0
        while i < m:
            pattern -= bits[i, digits[i]]
            digits[i] += 1
            if digits[i] < counts[i]:
                pattern += bits[i, digits[i]]
                break
            digits[i] = 0
            pattern += bits[i, 0]
            i += 1


@compiled
def fill(
    table: Floats,
    met: Flags,
    starts: Ints,
    share: Floats,
    asked: Flags,
    values: Floats,
    fixed: Flags,
    first: int,
    last: int,
    used: Ints,
    counts: Ints,
    classes: Ints,
    rules: Floats,
) -> None:
    """Add leaves first to last - 1 to the table (values, states) of their group.

    `used` (m,) are the group's columns and `counts` (m,) their numbers of classes. Values stand in
    the order of the columns that are not fixed; the base of leaves that ask a fixed one is the
    last. `rules` (q + 1, 2, q) holds points and weights on 0..1 for each number of points.
    """
    m = used.shape[0]
    bits = np.zeros((m, counts.max()), dtype=np.int64)
    for leaf in range(first, last):
        bits[:] = 0
        own = np.empty(m, dtype=np.int64)
        slots = np.empty(m, dtype=np.int64)
        k, slot, gated, base = 0, 0, False, values[leaf]
        for i in range(m):
            f = used[i]
            if asked[leaf, f]:
                for b in range(starts[f], starts[f + 1]):
                    if fixed[f]:
                        bits[i, classes[b]] = 0 if met[b, leaf] else NEVER
                    else:
                        bits[i, classes[b]] = met[b, leaf] << k
                if fixed[f]:
                    gated = True
                else:
                    own[k], slots[k] = f, slot
                    base *= share[leaf, f]
                    k += 1
            slot += not fixed[f]
        q = (k + 1) // 2
        found = patterns(share[leaf][own[:k]], values[leaf], rules[q, 0, :q], rules[q, 1, :q])
        add_leaf(table, counts, bits, found, slots[:k])
        if gated:
            slots[0] = table.shape[0] - 1
            add_leaf(table, counts, bits, np.full((1 << k, 1), base), slots[:1])
