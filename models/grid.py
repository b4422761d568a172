"""Cases by measures asked of many ensembles: what is alike is worked out once.

A ranking asks dozens of ensembles of the same pairs, several of them more than once (the fold
rankers and their mean), and most columns are the same for all measures of a case. A grid keeps what
an ensemble said, sets facts of the case against those of the measure, and asks large numbers of
pairs column by column (`models.leaf_masks`). The answers are LightGBM's own, to the last bit, so
neither the size of a batch nor its company changes anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Matrix, Trees, Vector, predict_raw
from models.inputs import Inputs, Rows
from models.leaf_masks import Coded, Places, code

MANY: Final = 4_000
"""From so many pairs on making the tables of an ensemble pays."""
RARELY_ALIKE: Final = 8
"""A column of the pairs with more distinct values than one in so many is asked for itself."""


@dataclass(frozen=True)
class Grid:
    """The (case, measure) pairs of `inputs` (n cases by m measures) `where` (n, m), by case."""

    inputs: Inputs
    where: NDArray[np.bool_]
    _said: dict[int, tuple[Trees, Vector]] = field(default_factory=dict)

    @cached_property
    def _pairs(self) -> tuple[Places, Places]:
        row, arm = np.nonzero(self.where)
        return row, arm

    @property
    def row(self) -> Places:
        """The case of each pair, (k,)."""
        return self._pairs[0]

    @property
    def arm(self) -> Places:
        """The measure's place of each pair, (k,)."""
        return self._pairs[1]

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def cases(self) -> Matrix:
        """(k, d) facts of the case of each pair."""
        return self.inputs.cases[self.row]

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Rows:
        """The pairs at `rows`."""
        return self.inputs.of(self.row[rows], self.arm[rows])

    def spread(self, values: Matrix) -> Matrix:
        """Values of the pairs (k,) as (n, m), NaN elsewhere."""
        table = np.full(self.where.shape, np.nan)
        table[self.where] = values
        return table

    def of_case(self, trees: Trees) -> Vector:
        """Raw scores of an ensemble that reads the facts of the case alone, (k,)."""
        return self.of_cases(trees)[self.row]

    def of_cases(self, trees: Trees) -> Vector:
        """The same for each case, (n,)."""
        n = len(self.inputs)
        if (kept := self._kept(trees)) is not None:
            return kept
        masks = trees.masks if n >= MANY // 4 else None
        if masks is None:
            return self._keep(trees, predict_raw(trees, self.inputs.cases))
        return self._keep(trees, masks.of_rows(self._case_columns.__getitem__, n))

    def of_pair(self, trees: Trees) -> Vector:
        """Raw scores of an ensemble that reads the case, the measure in it and its code, (k,)."""
        if (kept := self._kept(trees)) is not None:
            return kept
        masks = trees.masks if len(self) >= MANY else None
        if masks is None:
            rows = self.inputs.of(self.row, self.arm)
            return self._keep(trees, predict_raw(trees, rows.with_arm()))
        d, alike, apart = self.inputs.cases.shape[1], self._alike, self._apart
        sides = [
            (lambda j: self._case_columns[j], len(self.inputs), self.row),
            (lambda j: alike.columns[j - d], alike.n, alike.kind),
            (lambda j: apart[j - d], len(self), None),
        ]
        last = [2 if j in apart else 1 for j in range(self.inputs.pairs.shape[2] + 1)]
        return self._keep(trees, masks.of_pairs(sides, [0] * d + last))

    def of_measure(self, trees: Mapping[int, Trees]) -> Vector:
        """Raw scores by the ensemble of each measure, which reads the case and the measure in it,
        (k,); 0 where a measure has none."""
        raw = np.zeros(len(self))
        for a, own in trees.items():
            if len(at := self._at[a]):
                raw[at] = self._of_one(own, a, at)
        return raw

    def _of_one(self, trees: Trees, a: int, at: Places) -> Vector:
        if (kept := self._kept(trees)) is not None:
            return kept
        rows = self.row[at]
        masks = trees.masks if len(at) >= MANY // 4 else None
        if masks is None:
            facts = self.inputs.of(rows, np.full(len(rows), a)).facts()
            return self._keep(trees, predict_raw(trees, facts))
        return self._keep(trees, masks.of_rows(lambda j: self._measure_column(a, j), len(rows)))

    def _kept(self, trees: Trees) -> Vector | None:
        found = self._said.get(id(trees))
        return None if found is None else found[1]

    def _keep(self, trees: Trees, raw: Vector) -> Vector:
        raw.flags.writeable = False
        self._said[id(trees)] = trees, raw
        return raw

    @cached_property
    def _at(self) -> list[Places]:
        """Of each measure the places of its pairs."""
        return [np.flatnonzero(self.arm == a) for a in range(self.where.shape[1])]

    @cached_property
    def _case_columns(self) -> list[Coded]:
        return [code(column) for column in self.inputs.cases.T]

    @cached_property
    def _measure_columns(self) -> dict[tuple[int, int], Coded]:
        return {}

    def _measure_column(self, a: int, j: int) -> Coded:
        """Column j of the facts of the cases in which measure a is asked about."""
        if (a, j) not in self._measure_columns:
            rows, d = self.row[self._at[a]], self.inputs.cases.shape[1]
            self._measure_columns[a, j] = (
                self._case_columns[j].at(rows) if j < d else code(self.inputs.pairs[rows, a, j - d])
            )
        return self._measure_columns[a, j]

    @cached_property
    def _facts(self) -> Matrix:
        """(k, p + 1): facts of the measure in the case, and its code."""
        own = self.inputs.pairs[self.row, self.arm]
        return np.concatenate([own, self.arm.astype(np.float64)[:, None]], axis=1)

    @cached_property
    def _apart(self) -> dict[int, Coded]:
        """The columns of `_facts` that differ from pair to pair."""
        coded = {j: code(column) for j, column in enumerate(self._facts.T)}
        most = len(self) // RARELY_ALIKE
        return {j: c for j, c in coded.items() if len(c.values) > most}

    @cached_property
    def _alike(self) -> _Alike:
        """The pairs by kind: those of a kind are alike in all other columns of `_facts`."""
        names = [str(j) for j in range(self._facts.shape[1]) if j not in self._apart]
        frame = pl.DataFrame({name: self._facts[:, int(name)] for name in names})
        kinds = frame.with_row_index("row").group_by(names, maintain_order=True).agg("row")
        kind = np.empty(len(self), dtype=np.intp)
        kind[kinds["row"].explode().to_numpy()] = np.repeat(
            np.arange(kinds.height), kinds["row"].list.len().to_numpy()
        )
        return _Alike(
            {int(name): code(kinds[name].to_numpy()) for name in names}, kinds.height, kind
        )


@dataclass(frozen=True)
class _Alike:
    """The columns of `n` kinds of pairs, and the `kind` of each pair (k,)."""

    columns: dict[int, Coded]
    n: int
    kind: Places
