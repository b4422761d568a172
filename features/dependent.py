"""Features that follow from other features: worked out again where those are changed.

A question "what if" changes amounts; whatever is their ratio must move with them. On a frame that
nobody changed these give the frame itself (a test holds it).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from features.catalogue.ratios import OWED, RATIO_OF

_FREE_ASSETS: Final = ("unpledged_vehicles_value_som", "free_real_estate_value_som")

QUOTIENTS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = MappingProxyType(
    {name: ((amount,), OWED) for name, amount in RATIO_OF.items()}
    | {
        "outstanding_to_income": ((OWED,), "mean_net_6m_som"),
        "balance_to_outstanding": (("account_balance_som",), OWED),
        "debt_service_to_income": (("obligations_due_som",), "mean_net_6m_som"),
        "free_assets_to_outstanding": (_FREE_ASSETS, OWED),
    }
)
"""Each dependent feature as the amounts that are added up, and what the sum is divided by."""


def with_dependents(changed: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """`changed` with every quotient worked out again.

    `before` has the same rows as they were: what was null there although both of its parts were
    known is not known for another reason, and stays null.
    """
    names = sorted({OWED, *(n for parts, below in QUOTIENTS.values() for n in (*parts, below))})
    old = before.select(pl.col(*names, *QUOTIENTS).name.prefix("old_"))
    found = pl.concat([changed, old], how="horizontal")
    return found.with_columns(
        pl.when(~_hidden(name)).then(_quotient(name)).alias(name) for name in QUOTIENTS
    ).select(changed.columns)


def _quotient(name: str, prefix: str = "") -> pl.Expr:
    parts, below = QUOTIENTS[name]
    total = pl.sum_horizontal([pl.col(prefix + part) for part in parts], ignore_nulls=False)
    return pl.when(pl.col(prefix + below) > 0).then(total / pl.col(prefix + below))


def _hidden(name: str) -> pl.Expr:
    return pl.col(f"old_{name}").is_null() & _quotient(name, "old_").is_not_null()
