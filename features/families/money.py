"""Part of the solvency family: money on bank accounts."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from features.families.steps import Frame, attach, sums
from features.known import Known

CURRENT_MONTHS: Final = 3


def current_rows(rows: Frame, key: str) -> Frame:
    """The newest row of each account or loan, without those that ceased to be reported.

    One bank may report later than another: a row counts while its month is one of the three
    up to the newest month reported for the debtor.
    """
    month = nw.col("month_index")
    return rows.with_columns(
        back=month.max().over("point_id") - month,
        is_last=month == month.max().over("point_id", key),
    )


def build_money(known: Known) -> Frame:
    """Balances, credits and what of them the law leaves open to a levy."""
    rows = current_rows(known.rows("accounts"), "account_id")
    counted = rows.filter(nw.col("back") < CURRENT_MONTHS)
    current = counted.filter(nw.col("is_last"))
    balance = sums(
        current.select(
            "point_id", nw.col("balance_som"), nw.col("blocked_som"), n_accounts=nw.lit(1)
        ).with_columns(max_account_balance_som=nw.col("balance_som")),
        ("balance_som", "blocked_som", "n_accounts"),
        nw.col("max_account_balance_som").max(),
    )
    banks = current.select("point_id", "bank_id").unique()
    n_banks = banks.group_by("point_id").agg(nw.len().alias("n_banks"))
    together = attach(known.points, balance, n_banks, _credits(counted), _age(rows))
    return together.with_columns(open_som=_open_to_levy()).select(
        "point_id",
        nw.col("balance_som").alias("account_balance_som"),
        "max_account_balance_som",
        "blocked_som",
        nw.when(nw.col("open_som").is_null() | (nw.col("open_som") > 0))
        .then(nw.col("open_som"))
        .otherwise(nw.lit(0))
        .alias("leviable_balance_som"),
        "mean_credits_3m_som",
        "n_accounts",
        "n_banks",
        "balance_age_days",
    )


def _open_to_levy() -> nw.Expr:
    # Art. 47(12): half of the minimum wage on a natural person's accounts is not levied.
    return nw.col("balance_som") - nw.col("blocked_som") - nw.col("protected_som")


def _credits(counted: Frame) -> Frame:
    months = counted.group_by("point_id", "back").agg(nw.col("credits_som").sum())
    return (
        months.with_columns(n_months=nw.lit(1))
        .group_by("point_id")
        .agg(nw.col("credits_som").sum(), nw.col("n_months").sum())
        .select(
            "point_id",
            mean_credits_3m_som=nw.col("credits_som").cast(nw.Float64)
            / nw.col("n_months").cast(nw.Float64),
        )
    )


def _age(rows: Frame) -> Frame:
    newest = rows.group_by("point_id").agg(nw.col("as_of_day").max(), nw.col("reported_day").max())
    age = nw.col("as_of_day") - nw.col("reported_day")
    return newest.select("point_id", age.alias("balance_age_days"))
