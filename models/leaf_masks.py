"""Trees asked of many rows at once, column by column: what LightGBM answers, to the last bit.

A row ends in the leftmost leaf that no split on its way has ruled out (QuickScorer, Lucchese et
al. 2015). Leaves are numbered from left to right and stand for bits of a word; a split that sends a
row to the right clears the bits of its left side. All splits of one tree on one column together are
a table from the value's place among the cuts to a word, so a tree is a few look-ups, whatever the
order of its splits. Words of columns that belong to the case are made once per case, those that
belong to the measure once per kind of measure, and the words of a pair are joined with `&`.

Leaves are added up in the order of the trees, as LightGBM does, so sums are the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.tree_text import (
    IS_CODE,
    LEFT_UNKNOWN,
    NOUGHT,
    UNKNOWN_IS_OWN,
    Splits,
    splits_of,
    unknown_is,
)

Vector = NDArray[np.float64]
Places = NDArray[np.intp]
Words = NDArray[np.uint32]

MOST_LEAVES: Final = 32
_ALL: Final = 0xFFFFFFFF

# The product of a power of two and this number has the power's own five bits on top.
_DE_BRUIJN: Final = np.uint32(0x077CB531)
_PLACE: Final = np.argsort(
    [((0x077CB531 << i) & _ALL) >> 27 for i in range(MOST_LEAVES)], kind="stable"
)


@dataclass(frozen=True)
class Coded:
    """A column as its distinct `values`, sorted, NaN last, and the place of each row's (n,)."""

    values: Vector
    places: Places

    def at(self, rows: Places) -> Coded:
        """The column of `rows`."""
        return Coded(self.values, self.places[rows])


def code(column: Vector) -> Coded:
    """The distinct values of a column."""
    held = np.where(np.abs(column) <= NOUGHT, 0.0, column)
    values, places = np.unique(held, return_inverse=True)
    return Coded(values, places.astype(np.intp, copy=False))


@dataclass(frozen=True)
class Column:
    """How an ensemble cuts a column: at `cuts`, sorted, or by whole codes below `n_codes`."""

    cuts: Vector
    n_codes: int

    @property
    def n_bins(self) -> int:
        """Bins, with a last one for what is unknown."""
        return self.n_codes + 1 if self.n_codes else len(self.cuts) + 2

    def bins(self, column: Coded) -> Places:
        """The bin of each row's value, (n,)."""
        values = column.values
        if self.n_codes:
            whole = np.trunc(values)
            known = (whole >= 0) & (whole < self.n_codes)
            found = np.where(known, whole, self.n_codes).astype(np.intp)
        else:
            n = len(values) - int(np.isnan(values[-1:]).sum())
            # A cut lies above all values up to its place: count those that lie below a value.
            above = np.searchsorted(values[:n], self.cuts, side="right")
            found = np.full(len(values), len(self.cuts) + 1, dtype=np.intp)
            found[:n] = np.bincount(above, minlength=n + 1)[:n].cumsum()
        return found[column.places]


@dataclass(frozen=True)
class Tree:
    """The words of each column that it splits on, by bin, and its leaves in the order of the
    multiplied bits."""

    tables: tuple[tuple[int, Words], ...]
    leaves: Vector


@dataclass(frozen=True)
class Masks:
    """An ensemble of trees with at most MOST_LEAVES leaves each, ready to be asked."""

    columns: dict[int, Column]
    trees: tuple[Tree, ...]

    def of_rows(self, columns: Callable[[int], Coded], n: int) -> Vector:
        """Raw scores (n,) of rows of which `columns(j)` gives column j."""
        bins = {j: c.bins(columns(j)) for j, c in self.columns.items()}
        words, total = _Words(n), np.zeros(n)
        for tree in self.trees:
            if tree.tables:
                words.join(tree.tables, bins)
            words.add(tree, total)
        return total

    def of_pairs(
        self, sides: Sequence[tuple[Callable[[int], Coded], int, Places | None]], of: Sequence[int]
    ) -> Vector:
        """Raw scores (k,) of pairs whose columns belong to different sides.

        Args:
            sides: Of each side its columns, how many rows it has, and which of its rows each pair
                is (k,); None where its rows are the pairs.
            of: The side to which each column belongs.
        """
        bins = {j: c.bins(sides[of[j]][0](j)) for j, c in self.columns.items()}
        k = next(len(p) if p is not None else n for _, n, p in sides)
        own = [_Words(n) for _, n, _ in sides]
        values = [np.zeros(n) for _, n, _ in sides]
        pairs, total, spread = _Words(k), np.zeros(k), np.empty(k)
        for tree in self.trees:
            parts: dict[int, list[tuple[int, Words]]] = {}
            for j, table in tree.tables:
                parts.setdefault(of[j], []).append((j, table))
            for side, tables in parts.items():
                own[side].join(tables, bins)
            if len(parts) == 1:  # no pair differs from another of the same row
                (side,) = parts
                _, _, which = sides[side]
                values[side][:] = 0.0
                own[side].add(tree, values[side])
                if which is None:
                    total += values[side]
                else:
                    total += values[side].take(which, out=spread, mode="clip")
                continue
            for number, side in enumerate(parts):
                pairs.take(own[side].words, sides[side][2], first=number == 0)
            pairs.add(tree, total)
        return total


class _Words:
    """Words of n rows, with room to work in."""

    def __init__(self, n: int) -> None:
        self.words: Words = np.empty(n, dtype=np.uint32)
        self._room: Words = np.empty(n, dtype=np.uint32)
        self._place: Places = np.empty(n, dtype=np.intp)
        self._leaf: Vector = np.empty(n)

    def join(self, tables: Sequence[tuple[int, Words]], bins: dict[int, Places]) -> None:
        """Set the words to those of some tables, joined."""
        for number, (j, table) in enumerate(tables):
            self._look_up(table, bins[j], first=number == 0)

    def take(self, words: Words, which: Places | None, *, first: bool) -> None:
        """Join the words of another side."""
        if which is not None:
            self._look_up(words, which, first=first)
        elif first:
            self.words[:] = words
        else:
            np.bitwise_and(self.words, words, out=self.words)

    def _look_up(self, table: Words, at: Places, *, first: bool) -> None:
        if first:
            table.take(at, out=self.words, mode="clip")
        else:
            table.take(at, out=self._room, mode="clip")
            np.bitwise_and(self.words, self._room, out=self.words)

    def add(self, tree: Tree, total: Vector) -> None:
        """Add the value of the leaf that each row ends in."""
        if not tree.tables:
            total += tree.leaves[0]
            return
        np.negative(self.words, out=self._room)
        np.bitwise_and(self._room, self.words, out=self._room)
        np.multiply(self._room, _DE_BRUIJN, out=self._room)
        np.right_shift(self._room, np.uint32(27), out=self._room)
        self._place[:] = self._room
        total += tree.leaves.take(self._place, out=self._leaf, mode="clip")


def masks_of(text: str) -> Masks | None:
    """The ensemble in LightGBM's own text; None where it is not of a kind for that."""
    trees = splits_of(text)
    if trees is None or any(
        len(tree.leaves) > MOST_LEAVES or tree.reads_nought_as_unknown for tree in trees
    ):
        return None
    columns = _columns(trees)
    return Masks(columns, tuple(_tree(splits, columns) for splits in trees))


def _columns(trees: Sequence[Splits]) -> dict[int, Column]:
    cuts: dict[int, set[float]] = {}
    codes: dict[int, set[int]] = {}
    for tree in trees:
        for j, cut, kind, found in zip(tree.column, tree.cut, tree.kind, tree.codes, strict=True):
            if kind & IS_CODE:
                codes.setdefault(j, set()).update(found)
            else:
                cuts.setdefault(j, set()).add(cut)
    nothing: Vector = np.zeros(0)
    return {j: Column(np.asarray(sorted(found)), 0) for j, found in cuts.items()} | {
        j: Column(nothing, max(found, default=0) + 1) for j, found in codes.items()
    }


def _tree(splits: Splits, columns: dict[int, Column]) -> Tree:
    tables: dict[int, Words] = {}
    order: list[int] = []

    def walk(child: int) -> None:
        """Number the leaves below from left to right; a split clears those of its left side."""
        if child < 0:
            order.append(~child)
            return
        begin = len(order)
        walk(splits.left[child])
        kept = _ALL ^ ((1 << len(order)) - (1 << begin))
        column = columns[splits.column[child]]
        if splits.column[child] not in tables:
            tables[splits.column[child]] = np.full(column.n_bins, _ALL, dtype=np.uint32)
        tables[splits.column[child]][_goes_right(splits, child, column)] &= np.uint32(kept)
        walk(splits.right[child])

    walk(0 if splits.column else ~0)
    values = np.asarray(splits.leaves)[order]
    padded = np.concatenate([values, np.full(MOST_LEAVES - len(values), np.nan)])
    return Tree(tuple(sorted(tables.items(), key=lambda t: t[0])), padded[_PLACE])


def _goes_right(splits: Splits, node: int, column: Column) -> NDArray[np.bool_]:
    """(n_bins,): the bins whose rows a split sends to the right."""
    right = np.ones(column.n_bins, dtype=np.bool_)
    if splits.kind[node] & IS_CODE:
        right[list(splits.codes[node])] = False
        return right
    cut, unknown = splits.cut[node], unknown_is(splits.kind[node])
    right[: int(np.searchsorted(column.cuts, cut)) + 1] = False
    is_own = unknown == UNKNOWN_IS_OWN
    right[-1] = not splits.kind[node] & LEFT_UNKNOWN if is_own else cut < 0.0
    return right
