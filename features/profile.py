"""All features of each point from the known rows: the same code on Polars and on pandas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import narwhals as nw

from features.catalogue import AUDIT_FEATURES, FEATURES, Family
from features.families.assets import build_assets
from features.families.audit import build_audit
from features.families.behaviour import build_behaviour
from features.families.claim import build_claim
from features.families.history import build_history
from features.families.means import build_means
from features.families.ratios import with_ratios
from features.families.social import build_social
from features.families.solvency import build_solvency
from features.known import Known
from features.unknown import null_where_unknown

BUILDERS: Final[Mapping[Family, Callable[[Known], nw.LazyFrame[Any]]]] = {
    "claim": build_claim,
    "solvency": build_solvency,
    "assets": build_assets,
    "history": build_history,
    "social": build_social,
    "behaviour": build_behaviour,
    "means": build_means,
    "audit": build_audit,
}


COLUMNS: Final = tuple(f.name for f in (*FEATURES, *AUDIT_FEATURES))
NUMBERS: Final = tuple(f.name for f in (*FEATURES, *AUDIT_FEATURES) if f.kind != "category")
CATEGORIES: Final = tuple(f.name for f in (*FEATURES, *AUDIT_FEATURES) if f.kind == "category")


def build_profile(known: Known) -> nw.LazyFrame[Any]:
    """One row per point, sorted by point_id: features in catalogue order, then audit facts.

    Numbers and flags are Float64, categories String; null means that no register tells,
    or that not all rows of a register which the feature is made of are known of the point.
    """
    profile = known.points.select("point_id")
    for family, build in BUILDERS.items():
        own = [f.name for f in (*FEATURES, *AUDIT_FEATURES) if f.family == family]
        profile = profile.join(build(known).select("point_id", *own), on="point_id", how="left")
    whole = with_ratios(profile).select("point_id", *COLUMNS)
    return (
        null_where_unknown(whole, known.points)
        .with_columns(nw.col(*NUMBERS).cast(nw.Float64), nw.col(*CATEGORIES).cast(nw.String))
        .sort("point_id")
    )
