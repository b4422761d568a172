"""The explanation record: why each ranked measure stands where it stands (explanations.parquet)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain.contrasts import REASON, tell_reasons
from explain.contributions import (
    CONTRIBUTION,
    THEME_TOTAL,
    Attribution,
    check_additivity,
    check_features,
    list_contributions,
    list_themes,
)
from explain.errors import MissingFactsError
from features.catalogue import FEATURES, Feature
from features.catalogue.pairs import PAIR_FEATURES
from law.catalogue import Measure
from registers.legal_orders import LegalOrder
from registers.texts import LANGUAGES

TEXTS: Final = pl.Struct(dict.fromkeys(LANGUAGES, pl.String))

# Column -> type of explanations.parquet, in file order.
SCHEMA: Final[Mapping[str, pl.DataType | type[pl.DataType]]] = MappingProxyType(
    {
        "case_id": pl.String,
        "as_of_date": pl.Date,
        "measure": pl.String,
        "rank": pl.Int64,
        "base_som": pl.Float64,
        "contributions": pl.List(CONTRIBUTION),
        "theme_totals": pl.List(THEME_TOTAL),
        "contrast_to": pl.String,
        "reasons": pl.List(REASON),
        "other_factors": REASON,
        "counterfactual": TEXTS,
        "unstable": pl.Boolean,
    }
)


def build_explanations(
    features: pl.DataFrame,
    ranked: pl.DataFrame,
    attribution: Attribution,
    measures: Mapping[str, Measure],
    legal_order: LegalOrder,
    catalogue: Sequence[Feature] = (*FEATURES, *PAIR_FEATURES),
) -> pl.DataFrame:
    """One row per ranked measure with its base, contributions, themes, contrast and reasons.

    Args:
        features: Facts with as_of_date and the two columns of each stamp (`known_on_<stamp>`,
            `observed_on_<stamp>`): one row per point_id, or, with a column `measure`, one row per
            point_id and measure (`explain.pair_facts.facts_of_ranked`).
        ranked: point_id, case_id, as_of_date, measure, rank, expected_net_som, in_best_set,
            intrusiveness; sorted by case_id, as_of_date, rank.
        attribution: Contributions, row by row those of `ranked`, in the legal order's unit.
        measures: The legal order's catalogue of measures.
        legal_order: Names the currency of the sentences.
        catalogue: Labels, units, sources and themes of the attributed features.

    Returns:
        The columns of SCHEMA. `contributions` explain the expected amount of the measure itself.
        `reasons`, at most four, explain its advantage over `contrast_to`, the next ranked
        measure; those of a case's last measure (`contrast_to` null) its expected amount.
        `other_factors` is what the reasons leave out, null where that is nothing. `unstable`:
        the data cannot tell this measure from the best one of several, or noise put it before a
        measure that is expected to bring more, so its contrast is within the noise.
        `counterfactual` is null here: `explain.what_if` puts the smallest change that would put
        another measure first beside the first one.

    Raises:
        AdditivityError: Parts do not add up to the expected amount.
        MisplacedContributionError: A fact contributes more than the model can give it.
        MisalignedAttributionError: `attribution` belongs to other rows.
        ProtectedReasonError: The model used an attribute that is kept for audits only.
        UnlabelledFeatureError: The model used a fact without an entry in the catalogue.
        MissingFactsError: A ranked point has no row in `features`.
    """
    described = check_features(attribution.feature_names, catalogue)
    check_additivity(ranked, attribution)
    rows = _rows_of(features, ranked)
    told = tell_reasons(features, rows, ranked, attribution, described, measures, legal_order)
    frame = ranked.select("case_id", "as_of_date", "measure", pl.col("rank").cast(pl.Int64))
    return frame.with_columns(
        pl.Series("base_som", attribution.base_som, dtype=pl.Float64),
        list_contributions(features, rows, attribution, described, legal_order.id).alias(
            "contributions"
        ),
        list_themes(attribution, described).alias("theme_totals"),
        pl.Series("contrast_to", told.contrast_to, dtype=pl.String),
        told.reasons.alias("reasons"),
        told.other_factors.alias("other_factors"),
        pl.lit(None, dtype=TEXTS).alias("counterfactual"),
        (is_in_wide_best_set(ranked) | pl.Series(told.stands_before)).alias("unstable"),
    ).select(*SCHEMA)


def is_in_wide_best_set(ranked: pl.DataFrame) -> pl.Series:
    """True for the members of a best set of more than one measure: their order is not known."""
    n_best = pl.col("in_best_set").sum().over("point_id")
    return ranked.select(pl.col("in_best_set") & (n_best > 1)).to_series()


def _rows_of(features: pl.DataFrame, ranked: pl.DataFrame) -> NDArray[np.int64]:
    """For each ranked measure the row of its facts."""
    keys = ["point_id", *(["measure"] if "measure" in features.columns else [])]
    places = features.select(keys).with_row_index("place")
    joined = ranked.select(keys).join(places, on=keys, how="left", maintain_order="left")
    missing = joined.filter(pl.col("place").is_null())["point_id"].n_unique()
    if missing:
        raise MissingFactsError(missing)
    return joined["place"].cast(pl.Int64).to_numpy()
