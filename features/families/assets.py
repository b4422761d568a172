"""The assets family: vehicles, real estate and production assets, with their value.

The traffic police and the cadastre list everything they know, so no row means that the debtor
owns nothing there. Values are the registers' own (assessed, cadastral), not market prices.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from features.families.steps import (
    Frame,
    amount_where,
    attach,
    ratio,
    sums,
    zero_unless_absent,
)
from features.known import Known

VEHICLES: Final = ("n_vehicles", "vehicles_value_som", "unpledged_vehicles_value_som")
REAL_ESTATE: Final = (
    "n_real_estate",
    "real_estate_value_som",
    "non_residence_value_som",
    "free_real_estate_value_som",
)


def build_assets(known: Known) -> Frame:
    """One row per point with the assets features."""
    together = attach(known.points, _vehicles(known), _real_estate(known), _production(known))
    filled = together.with_columns(
        zero_unless_absent(known, "vehicles", *VEHICLES, "pledged_vehicles_som"),
        zero_unless_absent(
            known, "real_estate", *REAL_ESTATE, "encumbered_som", "pledged_real_estate_som"
        ),
    )
    free = nw.col("unpledged_vehicles_value_som") + nw.col("free_real_estate_value_som")
    return filled.with_columns(
        (nw.col("as_of_year") - nw.col("newest_model_year")).alias("newest_vehicle_age_years"),
        ratio(nw.col("encumbered_som"), nw.col("real_estate_value_som")).alias("encumbered_share"),
        (nw.col("pledged_vehicles_som") + nw.col("pledged_real_estate_som")).alias(
            "pledged_value_som"
        ),
        ratio(free, nw.col("outstanding_som")).alias("free_assets_to_outstanding"),
    )


def _vehicles(known: Known) -> Frame:
    value, pledged = nw.col("value_som"), nw.col("is_encumbered")
    owned = (
        known.rows("vehicles")
        .filter(nw.col("is_owned"))
        .with_columns(
            n_vehicles=nw.lit(1),
            vehicles_value_som=value,
            unpledged_vehicles_value_som=amount_where(~pledged, value),
            pledged_vehicles_som=amount_where(pledged, value),
        )
    )
    return sums(
        owned,
        (*VEHICLES, "pledged_vehicles_som"),
        nw.col("model_year").max().alias("newest_model_year"),
    )


def _real_estate(known: Known) -> Frame:
    # Art. 47: of common property only the debtor's share.
    is_home, charged = nw.col("residence"), nw.col("is_encumbered")
    pledged = nw.col("encumbrance") == "pledge"
    owned = (
        known.rows("real_estate")
        .filter(nw.col("is_owned"))
        .with_columns(n_real_estate=nw.lit(1), real_estate_value_som=nw.col("value_som"))
    )
    whole_value = nw.col("real_estate_value_som")
    return sums(
        owned.with_columns(
            non_residence_value_som=amount_where(~is_home, whole_value),
            free_real_estate_value_som=amount_where(~is_home & ~charged, whole_value),
            encumbered_som=amount_where(charged, whole_value),
            pledged_real_estate_som=amount_where(pledged, whole_value),
        ),
        (*REAL_ESTATE, "encumbered_som", "pledged_real_estate_som"),
    )


def _production(known: Known) -> Frame:
    rows = known.rows("businesses").filter(nw.col("is_current"))
    return rows.select("point_id", "production_assets_som")
