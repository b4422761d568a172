"""From a feature frame to the matrix that trees read, and nothing else.

Unknown is not none. A fact that is missing because its register is unknown is NaN, for which trees
learn a branch of their own (`models.masking`). A fact that is missing because there is none of it
(no income reported, never paid) is a number beyond all others: a count of days since something that
never was lies above them, anything else below. An unknown category has a code of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue import FEATURES, feature
from models.boosting import Matrix, Vector
from models.masking import loses, unknown_registers

# Beyond every amount, count and share in either direction.
NONE_OF_IT: Final = -1e15
NEVER: Final = 1e15


@dataclass(frozen=True)
class Encoder:
    """Column order and codes, fixed at training time.

    `none` names the numbers that were missing in training although their registers were known. A
    category never seen in training gets the code of an unknown one.
    """

    columns: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    none: tuple[str, ...]

    @property
    def categorical(self) -> list[int]:
        """Positions of the columns that hold codes."""
        return [i for i, c in enumerate(self.columns) if c in self.categories]

    def matrix(self, features: pl.DataFrame) -> Matrix:
        """(n, d) float64 matrix in the order of `columns`; NaN where a number is unknown."""
        unknown = unknown_registers(features)
        columns = [self._column(features, c, unknown) for c in self.columns]
        return np.column_stack(columns).astype(float)

    def without(self, x: Matrix, registers: NDArray[np.bool_]) -> Matrix:
        """A copy of `x` (n, d) in which the `registers` (n, r) of each row are unknown."""
        lost = np.column_stack([(registers & loses(c)).any(axis=1) for c in self.columns])
        unknown = [
            float(len(self.categories[c])) if c in self.categories else np.nan for c in self.columns
        ]
        return np.where(lost, np.asarray(unknown), x)

    def _column(self, features: pl.DataFrame, name: str, unknown: NDArray[np.bool_]) -> Vector:
        if name in self.categories:
            codes = {value: float(i) for i, value in enumerate(self.categories[name])}
            return (
                features[name]
                .replace_strict(codes, default=float(len(codes)), return_dtype=pl.Float64)
                .fill_null(float(len(codes)))
                .to_numpy()
            )
        values = features[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        if name not in self.none:
            return values
        is_none = np.isnan(values) & ~(unknown & loses(name)).any(axis=1)
        return np.where(is_none, _stands_for_none(name), values)

    def as_dict(self) -> dict[str, object]:
        """Plain values for the bundle."""
        return {
            "columns": list(self.columns),
            "categories": {name: list(values) for name, values in self.categories.items()},
            "none": list(self.none),
        }

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> Encoder:
        """The encoder that `as_dict` wrote."""
        columns, categories, none = data["columns"], data["categories"], data["none"]
        assert isinstance(columns, list)  # noqa: S101  (the bundle's hash was checked)
        assert isinstance(categories, dict)  # noqa: S101
        assert isinstance(none, list)  # noqa: S101
        return cls(tuple(columns), {k: tuple(v) for k, v in categories.items()}, tuple(none))


def _stands_for_none(name: str) -> float:
    return NEVER if feature(name).unit == "days" else NONE_OF_IT


def fit_encoder(features: pl.DataFrame, beside: tuple[str, ...] = ()) -> Encoder:
    """Columns of the catalogue in its order, and the categories and gaps that `features` show.

    `beside` are numbers of a trial's own file: what is null there is unknown, hence NaN.
    """
    categories = {
        f.name: tuple(sorted(features[f.name].drop_nulls().unique().to_list()))
        for f in FEATURES
        if f.kind == "category"
    }
    unknown = unknown_registers(features)
    none = tuple(
        f.name
        for f in FEATURES
        if f.kind != "category"
        and (features[f.name].is_null().to_numpy() & ~(unknown & loses(f.name)).any(axis=1)).any()
    )
    return Encoder((*(f.name for f in FEATURES), *beside), categories, none)
