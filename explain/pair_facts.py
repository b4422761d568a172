"""Facts of a measure in a case beside the facts of the case: one row for each that is explained.

What a measure can reach is told by the register of the asset that it touches, so its source and its
days differ from measure to measure (`PairFeature.of`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from explain.numbers import Value, is_known
from features.catalogue import Feature
from features.catalogue.pairs import REGISTER_OF, PairFeature
from law.catalogue import find_measure

NEVER: Final = "never_tried"
NO_PROPERTY: Final = "no_property"


def facts_of_ranked(
    features: pl.DataFrame, pairs: pl.DataFrame, ranked: pl.DataFrame
) -> pl.DataFrame:
    """One row per row of `ranked`, in its order: point_id, measure and all facts of both frames.

    Args:
        features: One row per point_id.
        pairs: One row per point_id and measure (`features.pairs.build_pairs`).
        ranked: point_id and measure.
    """
    own = [c for c in pairs.columns if c not in features.columns or c in ("point_id", "measure")]
    return (
        ranked.select("point_id", "measure")
        .join(features, on="point_id", how="left", maintain_order="left")
        .join(pairs.select(own), on=["point_id", "measure"], how="left", maintain_order="left")
    )


def said_of_measure(
    feature: PairFeature, value: Value, n_tried: Value, measure: str, legal_order_id: str
) -> Value:
    """`value`, or the word for why there is none: NEVER taken, or NO_PROPERTY that it touches.

    `n_tried` is how often the measure was taken, in this case or in others as the fact asks; where
    that is not known either, neither is the fact.

    >>> from features.catalogue.pairs import PAIR_FEATURES
    >>> reach = PAIR_FEATURES[0]
    >>> said_of_measure(reach, None, 0.0, "travel_ban", "uz")
    'no_property'
    >>> said_of_measure(reach, None, 0.0, "bank_account_levy", "uz") is None
    True
    """
    if is_known(value):
        return value
    if not feature.dated_by:
        touches = find_measure(measure, legal_order_id).touches
        return None if touches in REGISTER_OF else NO_PROPERTY
    return NEVER if n_tried == 0 else None


def number_of_tries(feature: PairFeature) -> str:
    """The column that tells how often the measure was taken, of the cases that the fact is of."""
    return "n_tried_other_cases" if feature.rows == "other_cases" else "n_tried"


def source_tables(
    feature: Feature, measures: Sequence[str] | None, n: int, legal_order_id: str
) -> list[str]:
    """The register that tells the fact in each of n rows of facts."""
    if measures is None or not isinstance(feature, PairFeature):
        return [feature.tables[0]] * n
    of = {m: feature.of(m, legal_order_id).tables[0] for m in set(measures)}
    return [of[m] for m in measures]


def days(
    facts: pl.DataFrame,
    feature: Feature,
    which: str,
    measures: Sequence[str] | None,
    legal_order_id: str,
) -> pl.Series:
    """`known_on` or `observed_on` of the fact in each row of facts; null where no row was known."""
    if measures is None or not isinstance(feature, PairFeature):
        return _column(facts, getattr(feature, which))
    found = np.full(facts.height, None, dtype=object)
    names = np.asarray(measures)
    for measure in sorted(set(measures)):
        at = np.flatnonzero(names == measure)
        column = _column(facts, getattr(feature.of(measure, legal_order_id), which))
        found[at] = column.gather(at).to_list()
    return pl.Series(found.tolist(), dtype=pl.Date)


def measures_of(facts: pl.DataFrame) -> list[str] | None:
    """The measure of each row of facts; None where they are facts of cases alone."""
    return facts["measure"].to_list() if "measure" in facts.columns else None


def _column(facts: pl.DataFrame, column: str) -> pl.Series:
    if column in facts.columns:
        return facts[column].cast(pl.Date)
    return pl.Series([None] * facts.height, dtype=pl.Date)
