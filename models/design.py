"""From a feature frame to the matrix that trees read, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from features.catalogue import FEATURES
from models.boosting import Matrix


@dataclass(frozen=True)
class Encoder:
    """Column order and category codes, fixed at training time.

    A category never seen in training becomes a missing value.
    """

    columns: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]

    @property
    def categorical(self) -> list[int]:
        """Positions of the columns that hold codes."""
        return [i for i, c in enumerate(self.columns) if c in self.categories]

    def matrix(self, features: pl.DataFrame) -> Matrix:
        """(n, d) float64 matrix in the order of `columns`; NaN where a fact is missing."""
        return np.column_stack([self._column(features, c) for c in self.columns]).astype(float)

    def _column(self, features: pl.DataFrame, name: str) -> Matrix:
        if name not in self.categories:
            return features[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        codes = {value: float(i) for i, value in enumerate(self.categories[name])}
        return (
            features[name]
            .replace_strict(codes, default=None, return_dtype=pl.Float64)
            .fill_null(np.nan)
            .to_numpy()
        )

    def as_dict(self) -> dict[str, object]:
        """Plain values for the bundle."""
        return {
            "columns": list(self.columns),
            "categories": {name: list(values) for name, values in self.categories.items()},
        }

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> Encoder:
        """The encoder that `as_dict` wrote."""
        columns, categories = data["columns"], data["categories"]
        assert isinstance(columns, list)  # noqa: S101  (the bundle's hash was checked)
        assert isinstance(categories, dict)  # noqa: S101
        return cls(tuple(columns), {k: tuple(v) for k, v in categories.items()})


def fit_encoder(features: pl.DataFrame) -> Encoder:
    """Columns of the catalogue in its order, and the categories that `features` show."""
    categories = {
        f.name: tuple(sorted(features[f.name].drop_nulls().unique().to_list()))
        for f in FEATURES
        if f.kind == "category"
    }
    return Encoder(tuple(f.name for f in FEATURES), categories)
