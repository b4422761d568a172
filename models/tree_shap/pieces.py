"""One tree cut into what the kernels read: words of groups with their tables, and single leaves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.tree_shap import grouping
from models.tree_shap.grouping import Flags, Floats, Ints
from models.tree_shap.leaves import Leaves


@dataclass(frozen=True)
class Limits:
    """The most states of a group and the most states times values."""

    states: int
    cells: int


@dataclass(frozen=True)
class Cut:
    """A tree's `leaves`, cut: each group by its first leaf and the one after its last, and the
    leaves that stand alone, to be integrated. `fixed` (F,) are the columns without a value."""

    leaves: Leaves
    fixed: Flags
    groups: tuple[tuple[int, int], ...]
    alone: Leaves


@dataclass(frozen=True)
class Group:
    """A table (values, states), the places of its values in an answer, and for each of its columns
    the part of the state that a bin stands for."""

    table: Floats
    slots: Ints
    columns: Ints
    strides: tuple[Ints, ...]

    @property
    def n_bits(self) -> int:
        """Bits that its state takes."""
        return max(1, (int(self.table.shape[1]) - 1).bit_length())


@dataclass(frozen=True)
class Alone:
    """A leaf to be integrated with q points: per column whether a bin `met` what is asked, and its
    `factors` and `parts` (2, q), empty where the column is fixed; `base` is what it adds to the
    base of rows that meet all fixed columns."""

    columns: Ints
    slots: Ints
    met: tuple[NDArray[np.uint8], ...]
    factors: tuple[Floats, ...]
    parts: tuple[Floats, ...]
    q: int
    base: float


def cut(leaves: Leaves, fixed: Flags, limits: Limits) -> Cut:
    """The groups of a tree within limits."""
    n_asked = leaves.asked.sum(axis=1)
    deep = 2.0**n_asked > limits.states
    rest = leaves.take(~deep & (n_asked > 0))  # a tree of one leaf asks nothing
    ends = grouping.group_leaves(
        rest.met, rest.starts, rest.asked, fixed, limits.states, limits.cells
    )
    groups = tuple((int(a), int(b)) for a, b in pairwise(ends))
    return Cut(rest, fixed, groups, leaves.take(deep & (n_asked > 0)))


def cells_of(found: Cut) -> int:
    """States times values of all groups of a tree."""
    leaves, total = found.leaves, 0
    classes = np.empty(len(leaves.met), dtype=np.int64)
    for first, last in found.groups:
        counts = grouping.classes_of(leaves.met, leaves.starts, leaves.asked, first, last, classes)
        used = leaves.asked[first:last].any(axis=0)
        width = (used & ~found.fixed).sum() + (used & found.fixed).any()
        total += int(np.prod(counts[used]) * width)
    return total


def groups_of(found: Cut, base_slot: int) -> list[Group]:
    """The tables of a tree's groups."""
    classes = np.empty(len(found.leaves.met), dtype=np.int64)
    return [_group(found, first, last, classes, base_slot) for first, last in found.groups]


def _group(found: Cut, first: int, last: int, classes: Ints, base_slot: int) -> Group:
    leaves, fixed = found.leaves, found.fixed
    counts = grouping.classes_of(leaves.met, leaves.starts, leaves.asked, first, last, classes)
    used = np.flatnonzero(leaves.asked[first:last].any(axis=0))
    told = used[~fixed[used]]
    slots = leaves.columns[told]
    if fixed[used].any():
        slots = np.append(slots, base_slot)
    table = np.zeros((len(slots), int(np.prod(counts[used]))))
    own = leaves.met, leaves.starts, leaves.share, leaves.asked, leaves.values, fixed
    grouping.fill(table, *own, first, last, used, counts[used], classes, rules(len(used)))
    bins = [classes[leaves.starts[f] : leaves.starts[f + 1]] for f in used]
    stride = np.concatenate([[1], np.cumprod(counts[used])[:-1]]).astype(np.int64)
    strides = tuple(s * own for s, own in zip(stride, bins, strict=True))
    return Group(table, slots, leaves.columns[used], strides)


def alone_of(found: Cut) -> list[Alone]:
    """The leaves of a tree that are integrated."""
    return [_alone(found.alone, found.fixed, leaf) for leaf in range(len(found.alone.values))]


def _alone(leaves: Leaves, fixed: Flags, leaf: int) -> Alone:
    used = np.flatnonzero(leaves.asked[leaf])
    told = used[~fixed[used]]
    q = (len(told) + 1) // 2
    points, weights = gauss(q)
    factors, parts = [], []
    for f in used:
        z, o = leaves.share[leaf, f], np.array([[0.0], [1.0]])
        factor = z + (o - z) * points
        part = leaves.values[leaf] * weights * (o - z) / factor
        factors.append(factor[:, : 0 if fixed[f] else q])
        parts.append(part[:, : 0 if fixed[f] else q])
    met = [leaves.met[leaves.starts[f] : leaves.starts[f + 1], leaf] for f in used]
    base = float(leaves.values[leaf] * leaves.share[leaf, told].prod()) if fixed[used].any() else 0
    return Alone(
        leaves.columns[used],
        np.where(fixed[used], -1, leaves.columns[used]),
        tuple(m.astype(np.uint8) for m in met),
        tuple(factors),
        tuple(parts),
        q,
        base,
    )


@cache
def gauss(n: int) -> tuple[Floats, Floats]:
    """Points and weights of Gauss and Legendre's rule on 0..1."""
    if n == 0:
        return np.zeros(0), np.zeros(0)
    points, weights = np.polynomial.legendre.leggauss(n)
    return (points + 1.0) / 2.0, weights / 2.0


@cache
def rules(k: int) -> Floats:
    """(q + 1, 2, q): points and weights by number of points, as many as k columns can need."""
    most = (k + 1) // 2
    found = np.zeros((most + 1, 2, most))
    for n in range(most + 1):
        found[n, :, :n] = gauss(n)
    return found
