"""The catalogue of features: what each column of the feature frame means, in four languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from features.catalogue.assets import ASSETS_FEATURES
from features.catalogue.audit import AUDIT_FEATURES
from features.catalogue.behaviour import BEHAVIOUR_FEATURES
from features.catalogue.claim import CLAIM_FEATURES
from features.catalogue.feature import Family, Feature, Rows, Theme
from features.catalogue.history_measures import HISTORY_MEASURES_FEATURES
from features.catalogue.history_payments import HISTORY_PAYMENTS_FEATURES
from features.catalogue.means import MEANS_FEATURES
from features.catalogue.ratios import RATIO_FEATURES
from features.catalogue.social import SOCIAL_FEATURES
from features.catalogue.solvency_income import SOLVENCY_INCOME_FEATURES
from features.catalogue.solvency_money import SOLVENCY_MONEY_FEATURES
from features.catalogue.units import THEMES, UNITS
from features.errors import UnknownFeatureError

FAMILIES: Final[tuple[Family, ...]] = (
    "claim",
    "solvency",
    "assets",
    "history",
    "social",
    "behaviour",
    "means",
    "ratios",
)

FEATURES: Final[tuple[Feature, ...]] = (
    *CLAIM_FEATURES,
    *SOLVENCY_INCOME_FEATURES,
    *SOLVENCY_MONEY_FEATURES,
    *ASSETS_FEATURES,
    *HISTORY_MEASURES_FEATURES,
    *HISTORY_PAYMENTS_FEATURES,
    *SOCIAL_FEATURES,
    *BEHAVIOUR_FEATURES,
    *MEANS_FEATURES,
    *RATIO_FEATURES,
)
"""Model inputs, in the order of the frame's columns."""

SOURCE_TABLES: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(table for feature in FEATURES for table in feature.tables)
)
"""Register tables that model inputs come from; each has a stamp over all of its rows."""

STAMPS: Final[Mapping[str, tuple[str, Rows]]] = MappingProxyType(
    {table: (table, "all") for table in SOURCE_TABLES}
    | {feature.stamp: (feature.tables[0], feature.rows) for feature in FEATURES}
)
"""Stamps by name, with the table and the part of its rows that each one dates; the frame has
`known_on_<stamp>` and `observed_on_<stamp>`."""


def unknown_column(table: str) -> str:
    """The frame's flag that a register is not known of a debtor or case.

    >>> unknown_column("real_estate")
    'is_unknown_real_estate'
    """
    return f"is_unknown_{table}"


@cache
def _by_name() -> dict[str, Feature]:
    return {feature.name: feature for feature in (*FEATURES, *AUDIT_FEATURES)}


def feature(name: str) -> Feature:
    """The feature of that name; audit facts are found too.

    Raises:
        UnknownFeatureError: The catalogue has no such feature.

    >>> feature("n_vehicles").label.en
    'number of vehicles'
    """
    try:
        return _by_name()[name]
    except KeyError:
        raise UnknownFeatureError(name) from None


__all__ = [
    "AUDIT_FEATURES",
    "FAMILIES",
    "FEATURES",
    "SOURCE_TABLES",
    "STAMPS",
    "THEMES",
    "UNITS",
    "Family",
    "Feature",
    "Rows",
    "Theme",
    "feature",
    "unknown_column",
]
