"""An invented ranking to show and test explanations on: facts, order and contributions of a seed.

Nobody's data: every value is drawn. Contributions are rounded to hundredths, so that sums of them
are known to the last digit that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue import FEATURES, Feature
from law.catalogue import catalogue
from models.parts import CORRECTIONS

AS_OF = date(2026, 4, 10)


@dataclass(frozen=True)
class ExampleAttribution:
    """Contributions of n ranked measures, in the shape of `models.scoring.Attribution`."""

    base_som: NDArray[np.float64]
    values: NDArray[np.float64]
    feature_names: tuple[str, ...]
    corrections: NDArray[np.float64]
    correction_names: tuple[str, ...]
    reach_som: NDArray[np.float64]
    refits_som: NDArray[np.float64]

    def take(self, rows: NDArray[np.int64]) -> ExampleAttribution:
        """The same for the rows at these positions."""
        return replace(
            self,
            base_som=self.base_som[rows],
            values=self.values[rows],
            corrections=self.corrections[rows],
            reach_som=self.reach_som[rows],
            refits_som=self.refits_som[:, rows],
        )


@dataclass(frozen=True)
class Example:
    """What `build_explanations` needs: `features`, `ranked`, `attribution`, row by row."""

    features: pl.DataFrame
    ranked: pl.DataFrame
    attribution: ExampleAttribution

    def only(self, case_ids: Sequence[str]) -> Example:
        """The same for some of the cases."""
        keep = self.ranked["case_id"].is_in(list(case_ids)).to_numpy()
        return Example(
            self.features.filter(pl.col("case_id").is_in(list(case_ids))),
            self.ranked.filter(pl.Series(keep)),
            self.attribution.take(np.flatnonzero(keep)),
        )


def build_example(
    n_cases: int,
    n_measures: int,
    seed: int,
    legal_order: str = "uz",
    silent_facts: bool = False,
) -> Example:
    """`n_cases` cases with `n_measures` ranked measures each.

    About a fifth of the facts is unknown, a third of the contributions and half of the corrections
    are zero. With `silent_facts` all measures of a case have the same contributions and none has a
    correction: only averages differ.
    """
    rng = np.random.default_rng(seed)
    n, d = n_cases * n_measures, len(FEATURES)
    values = np.round(rng.normal(size=(n, d)) ** 3 * 1e5, 2)
    values[rng.random((n, d)) < 0.3] = 0.0
    if silent_facts:
        values = np.repeat(values[::n_measures], n_measures, axis=0)
    base = np.round(rng.uniform(0, 1e6, n), 2)
    features = _features(n_cases, rng)
    corrections = np.round(rng.normal(size=(n, len(CORRECTIONS))) * 1e5, 2)
    corrections[rng.random(corrections.shape) < (1.0 if silent_facts else 0.5)] = 0.0
    net = base + values.sum(axis=1) + corrections.sum(axis=1)
    ranked = _ranked(features, net, n_measures, legal_order)
    attribution = ExampleAttribution(
        base,
        values,
        tuple(feature.name for feature in FEATURES),
        corrections,
        CORRECTIONS,
        np.abs(values).max(axis=0, keepdims=True).repeat(n, axis=0),
        np.repeat(values[None], 3, axis=0),
    )
    return Example(features, ranked.drop("row"), attribution.take(ranked["row"].to_numpy()))


def _features(n: int, rng: np.random.Generator) -> pl.DataFrame:
    facts = {feature.name: _facts(feature, n, rng) for feature in FEATURES}
    days: dict[str, pl.Series] = {}
    for feature in FEATURES:
        if feature.known_on not in days:
            days[feature.known_on], days[feature.observed_on] = _stamps(n, rng)
    return pl.DataFrame(
        {
            "point_id": pl.Series(np.arange(n), dtype=pl.UInt32),
            "case_id": [f"case-{i:06d}" for i in range(n)],
            "as_of_date": [AS_OF] * n,
            **facts,
            **days,
        }
    )


def _stamps(n: int, rng: np.random.Generator) -> tuple[pl.Series, pl.Series]:
    """Days of reports and the days to which they refer, up to 120 days before them."""
    ages, lags = rng.integers(0, 100, n), rng.integers(0, 120, n) * rng.integers(0, 2, n)
    known = [AS_OF - timedelta(int(k)) if k < 90 else None for k in ages]
    observed = [day and day - timedelta(int(k)) for day, k in zip(known, lags, strict=True)]
    return pl.Series(known, dtype=pl.Date), pl.Series(observed, dtype=pl.Date)


def _facts(feature: Feature, n: int, rng: np.random.Generator) -> pl.Series:
    known = rng.random(n) > 0.2
    if feature.kind == "category":
        words = list(feature.values)
        drawn = [words[k] for k in rng.integers(0, len(words), n)]
        return pl.Series([w if k else None for w, k in zip(drawn, known, strict=True)])
    if feature.kind == "flag":
        numbers = rng.integers(0, 2, n).astype(float)
    elif feature.unit == "som":
        numbers = np.round(rng.lognormal(14, 2, n))
    else:
        numbers = rng.uniform(0, 5, n) if feature.n_decimals else rng.integers(0, 400, n) * 1.0
    return pl.Series([float(v) if k else None for v, k in zip(numbers, known, strict=True)])


def _ranked(
    features: pl.DataFrame, net: NDArray[np.float64], n_measures: int, legal_order: str
) -> pl.DataFrame:
    measures = list(catalogue(legal_order).values())[:n_measures]
    n = features.height
    cases = features.select("point_id", "case_id", "as_of_date")
    frame = cases[np.repeat(np.arange(n), n_measures)].with_columns(
        pl.Series("measure", [m.id for m in measures] * n),
        pl.Series("intrusiveness", [m.intrusiveness for m in measures] * n, dtype=pl.Int64),
        pl.Series("expected_net_som", net),
        pl.Series("row", np.arange(n * n_measures)),
    )
    ordered = frame.sort(["case_id", "expected_net_som"], descending=[False, True])
    rank = pl.int_range(1, pl.len() + 1).over("case_id")
    return ordered.with_columns(
        rank=rank,
        low_som=pl.col("expected_net_som") - 1e5,
        high_som=pl.col("expected_net_som") + 1e5,
        in_best_set=rank == 1,
    )
