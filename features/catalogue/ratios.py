"""Catalogue of the ratios family: amounts of the other families over what is owed.

A ratio stays a plain number that a person can read. Trees cut between values and see no difference
to its logarithm; a model that measures distances takes log1p of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from features.catalogue.assets import ASSETS_FEATURES
from features.catalogue.behaviour import BEHAVIOUR_FEATURES
from features.catalogue.claim import CLAIM_FEATURES
from features.catalogue.feature import Feature
from features.catalogue.history_measures import HISTORY_MEASURES_FEATURES
from features.catalogue.history_payments import HISTORY_PAYMENTS_FEATURES
from features.catalogue.means import MEANS_FEATURES
from features.catalogue.solvency_income import SOLVENCY_INCOME_FEATURES
from features.catalogue.solvency_money import SOLVENCY_MONEY_FEATURES
from registers.texts import Texts

OWED: Final = "outstanding_som"
# These stand in other families under names of their own.
_STANDING: Final = ("account_balance_som",)

_AMOUNTS: Final[tuple[Feature, ...]] = tuple(
    feature
    for feature in (
        *CLAIM_FEATURES,
        *SOLVENCY_INCOME_FEATURES,
        *SOLVENCY_MONEY_FEATURES,
        *ASSETS_FEATURES,
        *HISTORY_MEASURES_FEATURES,
        *HISTORY_PAYMENTS_FEATURES,
        *BEHAVIOUR_FEATURES,
        *MEANS_FEATURES,
    )
    if feature.unit == "som" and feature.name not in (OWED, *_STANDING)
)


def _ratio_name(amount: Feature) -> str:
    return f"{amount.name.removesuffix('_som')}_to_outstanding"


def _ratio(amount: Feature) -> Feature:
    label = amount.label
    return Feature(
        name=_ratio_name(amount),
        family="ratios",
        theme=amount.theme,
        kind="number",
        unit="share",
        sources=(*amount.sources, "cases.claim_som", "payments.amount_som"),
        rows=amount.rows,
        label=Texts(
            uz_Latn=f"{label.uz_Latn}, qarzga nisbatan",
            uz_Cyrl=f"{label.uz_Cyrl}, қарзга нисбатан",
            ru=f"{label.ru}, к сумме долга",
            en=f"{label.en}, relative to the debt",
        ),
        meaning=f"{amount.name} over the outstanding amount; null where nothing is owed.",
        higher=amount.higher,
        n_decimals=2,
    )


RATIO_FEATURES: Final[tuple[Feature, ...]] = tuple(_ratio(amount) for amount in _AMOUNTS)

RATIO_OF: Final[Mapping[str, str]] = MappingProxyType(
    {_ratio_name(amount): amount.name for amount in _AMOUNTS}
)
"""The amount behind each ratio."""
