"""Part of the solvency family: money on bank accounts."""

from __future__ import annotations

from typing import Final

import narwhals as nw

from features.families.steps import Frame, attach, one_where, sums
from features.known import Known

TURNOVER_MONTHS: Final = 3


def build_money(known: Known) -> Frame:
    """Balances on the accounts that count, how many there are and how many say nothing, credits."""
    rows = known.rows("accounts")
    newest = rows.filter(nw.col("is_newest")).with_columns(
        n_accounts=nw.lit(1), n_stale_accounts=one_where(nw.col("is_stale"))
    )
    balance = sums(
        newest.filter(nw.col("is_current")).with_columns(
            max_account_balance_som=nw.col("balance_som")
        ),
        ("balance_som", "blocked_som"),
        nw.col("max_account_balance_som").max(),
    )
    banks = newest.select("point_id", "bank_id").unique()
    n_banks = banks.group_by("point_id").agg(nw.len().alias("n_banks"))
    counts = sums(newest, ("n_accounts", "n_stale_accounts"))
    return attach(known.points, balance, counts, n_banks, _credits(rows), _age(rows)).select(
        "point_id",
        nw.col("balance_som").alias("account_balance_som"),
        "max_account_balance_som",
        "blocked_som",
        "mean_credits_3m_som",
        "n_accounts",
        "n_stale_accounts",
        "n_banks",
        "balance_age_days",
    )


def _credits(rows: Frame) -> Frame:
    """Turnover of the months up to the newest one, whoever reported it."""
    month = nw.col("month_index")
    recent = rows.with_columns(back=month.max().over("point_id") - month).filter(
        nw.col("back") < TURNOVER_MONTHS
    )
    months = recent.group_by("point_id", "back").agg(nw.col("credits_som").sum())
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
