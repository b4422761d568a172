"""An ensemble as tables of Shapley values: built once, asked of any number of rows.

Trees are cut into groups of neighbouring leaves whose columns are few enough for a table
(`models.tree_shap.grouping`); a leaf whose path asks too many columns is integrated row by row.
Groups and leaves that read nothing but columns that rows share come first, to be asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from models.tree_shap.columns import Bins, Columns, Matrix, columns_of
from models.tree_shap.grouping import Flags, Ints
from models.tree_shap.kernel import add_groups, add_leaves
from models.tree_shap.leaves import Leaves, leaves_of
from models.tree_shap.packing import pack_groups, pack_leaves, words_of
from models.tree_shap.pieces import Alone, Cut, Group, Limits, alone_of, cells_of, cut, groups_of
from models.tree_text import Splits

Precision = Literal["float64", "float32"]
MOST_STATES: Final = {"float64": 1024, "float32": 2048}
LEAST_STATES: Final = 16
MOST_CELLS: Final = 2**14
MOST_BYTES: Final = 128 * 2**20
"""Of the tables of one ensemble. Where they would take more, groups have fewer states and more
leaves are integrated, which takes at most 16 (k + 1) bytes per column of a path of k columns."""
BLOCK: Final = 4096


@dataclass(frozen=True)
class Part:
    """Groups and leaves as the kernels read them."""

    groups: tuple[NDArray[Any], ...]
    leaves: tuple[Any, ...]

    def add(self, bins: Bins, out: NDArray[Any]) -> None:
        """Add all values to `out` (values, n)."""
        add_groups(bins, out, *self.groups)
        add_leaves(bins, out, *self.leaves)

    @property
    def n_bytes(self) -> int:
        """Memory that it takes."""
        arrays = [a for a in (*self.groups, *self.leaves) if isinstance(a, np.ndarray)]
        return sum(a.nbytes for a in arrays)


@dataclass(frozen=True)
class Tables:
    """An ensemble ready to be asked: the part that reads shared columns only, and the rest.

    `base` is what it expects of a row of which nothing is known but, if any, its fixed columns,
    which add to it.
    """

    columns: Columns
    shared: Part
    rest: Part
    base: float
    dtype: Precision

    @property
    def n_bytes(self) -> int:
        """Memory that the tables take."""
        return self.shared.n_bytes + self.rest.n_bytes

    @property
    def n_table_bytes(self) -> int:
        """Memory of the values alone, which MOST_BYTES bounds."""
        return int(self.shared.groups[0].nbytes + self.rest.groups[0].nbytes)

    def values(
        self, x: Matrix, begins: NDArray[np.int64] | None = None, threads: int = 1
    ) -> tuple[Matrix, Matrix]:
        """Base (n,) and values (n, d) of the rows of `x` (n, d), a block at a time.

        `begins` are the rows from which on the shared columns are those of another case, the first
        row among them; None: every row. A row's answer is the same bytes in any company.
        """
        base, values = np.empty(len(x)), np.zeros(x.shape)

        def work(first: int) -> None:
            rows = slice(first, min(first + BLOCK, len(x)))
            out = self._block(np.ascontiguousarray(x[rows]), _runs(begins, rows))
            values[rows, self.columns.places] = out[:-1].T
            base[rows] = self.base + out[-1]

        starts = range(0, len(x), BLOCK)
        if threads == 1 or len(starts) == 1:
            for first in starts:
                work(first)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(work, starts))
        return base, values

    def _block(self, x: Matrix, runs: tuple[Ints, Ints] | None) -> NDArray[Any]:
        """(columns + 1, n): values of the columns that are split on, then the fixed ones' base."""
        bins = self.columns.bins(x)
        if runs is None:
            out = np.zeros((len(self.columns) + 1, len(x)))
            self.shared.add(bins, out)
        else:
            heads, run = runs
            once = np.zeros((len(self.columns) + 1, len(heads)))
            self.shared.add(np.ascontiguousarray(bins[:, heads]), once)
            out = once[:, run]
        self.rest.add(bins, out)
        return out


def _runs(begins: Ints | None, rows: slice) -> tuple[Ints, Ints] | None:
    """Of some rows the first one of each run, and the run of each row."""
    if begins is None:
        return None
    run = np.searchsorted(begins, np.arange(rows.start, rows.stop), side="right")
    heads, own = np.unique(run, return_index=True)
    return own, run - heads[0]


def tables_of(
    trees: Sequence[Splits],
    dtype: Precision = "float64",
    n_shared: int = 0,
    fixed: Collection[int] = (),
    most_bytes: int = MOST_BYTES,
) -> Tables | None:
    """The tables of an ensemble; None where it is of a kind that cannot be met with them.

    The first `n_shared` columns are those that rows may share. Columns `fixed` get no value: what
    is explained is the expectation given what they hold.
    """
    columns = columns_of(trees)
    if columns is None:
        return None
    found = [leaves_of(tree, columns) for tree in trees]
    leaves = [own for own in found if own is not None]
    if len(leaves) < len(found):
        return None
    is_fixed = np.isin(columns.places, list(fixed))
    cuts = _cuts(leaves, is_fixed, dtype, most_bytes)
    base_slot = len(columns)
    is_shared = columns.places < n_shared
    groups = [groups_of(own, base_slot) for own in cuts]
    alone = [leaf for own in cuts for leaf in alone_of(own)]

    def part(of: Callable[[Group | Alone], bool]) -> Part:
        words = [word for own in groups for word in words_of([g for g in own if of(g)])]
        return Part(pack_groups(words, dtype), pack_leaves([a for a in alone if of(a)], base_slot))

    def shares(piece: Group | Alone) -> bool:
        return bool(is_shared[piece.columns].all())

    base = sum(own.expected(is_fixed[own.columns]) for own in leaves)
    return Tables(columns, part(shares), part(lambda p: not shares(p)), base, dtype)


def _cuts(leaves: Sequence[Leaves], fixed: Flags, dtype: Precision, most_bytes: int) -> list[Cut]:
    """The trees cut by the largest groups whose tables keep within the bound."""
    states = MOST_STATES[dtype]
    while True:
        limits = Limits(states, MOST_CELLS)
        cuts = [cut(own, fixed[own.columns], limits) for own in leaves]
        n_bytes = np.dtype(dtype).itemsize * sum(cells_of(own) for own in cuts)
        if n_bytes <= most_bytes or states <= LEAST_STATES:
            return cuts
        states //= 2
