"""What models read: the facts of each case, and those of each measure in it.

    Inputs    n cases by m measures; what a frame of points and a frame of pairs become
    Rows      k (case, measure) pairs, each with its own facts, as a ranker reads them

Of a measure in a case: what it can reach, how often it was tried, what came of it
(`features.pairs`). Of a measure that was never tried the days since are beyond all others; where
the register itself is unknown, the number is NaN (`models.design`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue.pairs import PAIR_FEATURES, REGISTER_OF
from law.catalogue import find_measure
from models.boosting import Matrix, Trees, Vector, predict_raw
from models.design import NEVER, Encoder
from models.masking import REGISTERS

Cube = NDArray[np.float64]
NUMBER_OF_TRIES: Final = {
    "days_since_tried": "n_tried",
    "days_since_tried_other_cases": "n_tried_other_cases",
}
OWN_OF_MEASURE: Final = frozenset(f.name for f in PAIR_FEATURES if f.dated_by == "measure")
"""Columns that are the same in every case: they belong to the measure, not to the debtor."""
REGISTER_OF_STAMP: Final = {"tried": "actions", "brought": "payments", "paid_since": "payments"}


@dataclass(frozen=True)
class Rows:
    """k (case, measure) pairs: `cases` (k, d), `pairs` (k, p), `arm` (k,) the measure's place."""

    cases: Matrix
    pairs: Matrix
    arm: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.arm)

    @cached_property
    def begins(self) -> NDArray[np.int64]:
        """The pairs at which the facts of the case are not those of the pair before."""
        now, before = self.cases[1:], self.cases[:-1]
        alike = (now == before) | (np.isnan(now) & np.isnan(before))
        return np.flatnonzero(np.append(len(self) > 0, ~alike.all(axis=1)))

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Rows:
        """The pairs at `rows`."""
        return Rows(self.cases[rows], self.pairs[rows], self.arm[rows])

    def facts(self) -> Matrix:
        """(k, d + p): facts of the case, then of the measure in it."""
        return np.concatenate([self.cases, self.pairs], axis=1)

    def with_arm(self) -> Matrix:
        """(k, d + p + 1): the same with the measure's code as the last column."""
        return np.concatenate(
            [self.cases, self.pairs, self.arm.astype(np.float64)[:, None]], axis=1
        )

    def of_case(self, trees: Trees) -> Vector:
        """Raw scores (k,) of an ensemble that reads `cases`."""
        return predict_raw(trees, self.cases)

    def of_pair(self, trees: Trees) -> Vector:
        """Raw scores (k,) of an ensemble that reads `with_arm`."""
        return predict_raw(trees, self.with_arm())

    def of_measure(self, trees: Mapping[int, Trees]) -> Vector:
        """Raw scores (k,) by the ensemble of each measure, which reads `facts`; 0 without one."""
        raw = np.zeros(len(self))
        for a in np.unique(self.arm):
            if int(a) in trees:
                at = self.arm == a
                raw[at] = predict_raw(trees[int(a)], self.take(at).facts())
        return raw


@dataclass(frozen=True)
class Inputs:
    """n cases by m measures: `cases` (n, d) facts of the case, `pairs` (n, m, p) of each measure
    in it."""

    cases: Matrix
    pairs: Cube

    @property
    def n_measures(self) -> int:
        """m."""
        return int(self.pairs.shape[1])

    def __len__(self) -> int:
        return len(self.cases)

    def take(self, rows: NDArray[np.int64]) -> Inputs:
        """The cases at `rows`."""
        return Inputs(self.cases[rows], self.pairs[rows])

    def under(self, arm: NDArray[np.int64]) -> Rows:
        """Each case under one measure, `arm` (n,)."""
        return Rows(self.cases, self.pairs[np.arange(len(self)), arm], arm)

    def of(self, rows: NDArray[np.int64], arm: NDArray[np.int64]) -> Rows:
        """Case `rows[i]` under measure `arm[i]`."""
        return Rows(self.cases[rows], self.pairs[rows, arm], arm)


@dataclass(frozen=True)
class Design:
    """How frames become inputs, fixed at training time.

    `encoder` reads the feature frame; `categories` are the codes of the pair frame's words. A word
    that training never met gets the code of an unknown one.
    """

    encoder: Encoder
    measures: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    legal_order: str = "uz"

    @property
    def pair_columns(self) -> tuple[str, ...]:
        """The columns of the pair frame that models read, in order."""
        return tuple(f.name for f in PAIR_FEATURES)

    @property
    def names(self) -> tuple[str, ...]:
        """Columns of `Rows.facts`, in order."""
        return (*self.encoder.columns, *self.pair_columns)

    @property
    def categorical(self) -> list[int]:
        """Positions in `Rows.facts` that hold codes."""
        d = len(self.encoder.columns)
        own = [d + j for j, c in enumerate(self.pair_columns) if c in self.categories]
        return [*self.encoder.categorical, *own]

    @property
    def with_arm(self) -> list[int]:
        """Positions in `Rows.with_arm` that hold codes: the measure's is the last."""
        return [*self.categorical, len(self.names)]

    @property
    def told(self) -> NDArray[np.int64]:
        """Positions in `Rows.facts` that tell something of the debtor, not only of the measure."""
        return np.asarray([j for j, c in enumerate(self.names) if c not in OWN_OF_MEASURE])

    def inputs(self, features: pl.DataFrame, pairs: pl.DataFrame) -> Inputs:
        """The inputs of a feature frame and the pair frame of the same points.

        `pairs` has the measures of the design (others are left out), point by point.
        """
        mine = pairs.filter(pl.col("measure").is_in(self.measures))
        columns = [self._column(mine, c) for c in self.pair_columns]
        cube = np.stack(columns, axis=-1).reshape(
            features.height, len(self.measures), len(self.pair_columns)
        )
        return Inputs(self.encoder.matrix(features), cube)

    def without(self, inputs: Inputs, registers: NDArray[np.bool_]) -> Inputs:
        """A copy of `inputs` in which the `registers` (n, r) of each case are unknown."""
        pairs = inputs.pairs.copy()
        for a, measure in enumerate(self.measures):
            for j, column in enumerate(self.pair_columns):
                register = register_of(column, measure, self.legal_order)
                if register in REGISTERS:
                    lost = registers[:, REGISTERS.index(register)]
                    pairs[lost, a, j] = self._unknown(column)
        return Inputs(self.encoder.without(inputs.cases, registers), pairs)

    def _unknown(self, column: str) -> float:
        return float(len(self.categories[column])) if column in self.categories else np.nan

    def _column(self, pairs: pl.DataFrame, name: str) -> Vector:
        if name in self.categories:
            codes = {value: float(i) for i, value in enumerate(self.categories[name])}
            unknown = self._unknown(name)
            coded = pairs[name].replace_strict(codes, default=unknown, return_dtype=pl.Float64)
            return coded.fill_null(unknown).to_numpy()
        values = pairs[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        if name in NUMBER_OF_TRIES:
            never = (pairs[NUMBER_OF_TRIES[name]] == 0).fill_null(value=False).to_numpy()
            values = np.where(np.isnan(values) & never, NEVER, values)
        return values

    def as_dict(self) -> dict[str, object]:
        """Plain values for the bundle."""
        return {
            "encoder": self.encoder.as_dict(),
            "measures": list(self.measures),
            "categories": {name: list(values) for name, values in self.categories.items()},
            "pair_columns": list(self.pair_columns),
            "legal_order": self.legal_order,
        }

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> Design:
        """The design that `as_dict` wrote."""
        encoder, measures, categories = data["encoder"], data["measures"], data["categories"]
        assert isinstance(encoder, dict)  # noqa: S101  (the bundle's hash was checked)
        assert isinstance(measures, list)  # noqa: S101
        assert isinstance(categories, dict)  # noqa: S101
        words = {k: tuple(v) for k, v in categories.items()}
        return cls(Encoder.from_dict(encoder), tuple(measures), words, str(data["legal_order"]))


@cache
def register_of(column: str, measure: str, legal_order: str) -> str:
    """The register without which a fact of a measure is not known; empty where it needs none.

    >>> register_of("reach_share", "bank_account_levy", "uz")
    'accounts'
    >>> register_of("n_tried", "bank_account_levy", "uz")
    'actions'
    """
    by = next(f.dated_by for f in PAIR_FEATURES if f.name == column)
    for stamp, register in REGISTER_OF_STAMP.items():
        if by.startswith(stamp):
            return register
    if by:
        return ""
    return REGISTER_OF.get(find_measure(measure, legal_order).touches, "").split(".")[0]


def fit_design(
    encoder: Encoder, pairs: pl.DataFrame, measures: tuple[str, ...], legal_order: str
) -> Design:
    """The design whose words are those that `pairs` show."""
    categories = {
        f.name: tuple(sorted(pairs[f.name].drop_nulls().unique().to_list()))
        for f in PAIR_FEATURES
        if f.kind == "category"
    }
    return Design(encoder, measures, categories, legal_order)
