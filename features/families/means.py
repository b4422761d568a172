"""The means family: money, wages, loans and things as they went over the months.

A debtor of whom the banks, the tax committee or the credit bureau report nothing is unknown to
them: null. The cadastre and the traffic police list everything they know: no row is none.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from features.families.loans import current_loans
from features.families.steps import (
    Frame,
    amount_where,
    attach,
    one_where,
    ratio,
    sums,
    zero_unless_absent,
)
from features.known import Known

BALANCE_MONTHS: Final = 6
YEAR_MONTHS: Final = 12
THINGS: Final = ("vehicles", "real_estate")


def build_means(known: Known) -> Frame:
    """One row per point with the means features."""
    things = [_things(known, table) for table in THINGS]
    parts = (_balances(known), _wages(known), _employer(known), _loans(known), *things)
    counts = ("ever", "sold", "sold_som")
    day = nw.col("as_of_day")
    filled = attach(known.points, *parts).with_columns(
        zero_unless_absent(known, table, *(f"{table}_{count}" for count in counts))
        for table in THINGS
    )
    last_sale = nw.max_horizontal("vehicles_sold_day", "real_estate_sold_day")
    unknown = [nw.col(f"{table}_sold").is_null() for table in THINGS]
    return filled.with_columns(
        *(
            (nw.col(f"vehicles_{count}") + nw.col(f"real_estate_{count}")).alias(name)
            for count, name in zip(
                counts, ("n_things_ever", "n_things_sold", "things_sold_som"), strict=True
            )
        ),
        # A register that is not known may tell of a later sale.
        nw.when(~nw.any_horizontal(*unknown, ignore_nulls=False))
        .then(day - last_sale)
        .alias("days_since_last_sale"),
        (day - nw.col("last_wage_day")).alias("days_since_last_wage"),
    )


def _balances(known: Known) -> Frame:
    """Level, floor and swing of the balances over the newest six months of the debtor."""
    month, balance = nw.col("month_index"), nw.col("balance_som")
    rows = known.rows("accounts").with_columns(back=month.max().over("point_id") - month)
    recent = rows.filter(nw.col("back") < BALANCE_MONTHS)
    accounts = recent.group_by("point_id", "account_id").agg(
        balance.min().alias("least"), balance.max().alias("most")
    )
    months = recent.group_by("point_id", "back").agg(balance.sum())
    level = sums(months.with_columns(n_months=nw.lit(1)), ("balance_som", "n_months")).select(
        "point_id", mean_balance_6m_som=ratio(nw.col("balance_som"), nw.col("n_months"))
    )
    floor = sums(
        accounts.with_columns(range=nw.col("most") - nw.col("least")), ("least", "range")
    ).select(
        "point_id",
        nw.col("least").alias("min_balance_6m_som"),
        nw.col("range").alias("balance_range_6m_som"),
    )
    return attach(level, floor)


def _wages(known: Known) -> Frame:
    """Months with a wage among the newest twelve of the debtor's incomes, and their gaps."""
    month = nw.col("month_index")
    is_wage = (nw.col("kind") == "wage") & (nw.col("gross_som") > 0)
    rows = known.rows("incomes").with_columns(
        back=month.max().over("point_id") - month,
        wage_day=nw.when(is_wage).then(nw.col("month_day")),
        is_wage=one_where(is_wage),
    )
    last = rows.group_by("point_id").agg(nw.col("wage_day").max().alias("last_wage_day"))
    months = (
        rows.filter((nw.col("is_wage") == 1) & (nw.col("back") < YEAR_MONTHS))
        .select("point_id", "back")
        .unique()
        .group_by("point_id")
        .agg(
            nw.len().alias("n_wage_months_12"),
            nw.col("back").max().alias("oldest"),
            nw.col("back").min().alias("newest"),
        )
    )
    count = nw.col("n_wage_months_12")
    gaps = nw.col("oldest") - nw.col("newest") + 1 - count
    return attach(last, months).select(
        "point_id", "last_wage_day", count.fill_null(0), gaps.fill_null(0).alias("n_wage_gaps_12")
    )


def _employer(known: Known) -> Frame:
    """Months in which the payer of the newest wage has paid wages; of several the longest."""
    wages = known.rows("incomes").filter((nw.col("kind") == "wage") & (nw.col("gross_som") > 0))
    months = wages.select("point_id", "payer_id", "month_index").unique()
    payers = months.group_by("point_id", "payer_id").agg(
        nw.len().alias("n_months"), nw.col("month_index").max().alias("last")
    )
    newest = payers.filter(nw.col("last") == nw.col("last").max().over("point_id"))
    return newest.group_by("point_id").agg(
        nw.col("n_months").max().alias("months_with_present_employer")
    )


def _loans(known: Known) -> Frame:
    month = nw.col("month_index")
    rows = known.rows("obligations").with_columns(back=month.max().over("point_id") - month)
    worst = (
        rows.filter(nw.col("back") < YEAR_MONTHS)
        .group_by("point_id")
        .agg(nw.col("days_past_due").max().alias("max_days_past_due_12m"))
    )
    current = current_loans(known).with_columns(
        n_past_due_obligations=one_where(nw.col("days_past_due") > 0),
        past_due_loans_som=amount_where(nw.col("days_past_due") > 0, nw.col("outstanding_som")),
    )
    due = sums(current, ("n_past_due_obligations", "past_due_loans_som"))
    return attach(worst, due)


def _things(known: Known, table: str) -> Frame:
    """Things that the register ever held for the debtor, and those disposed of by the day."""
    disposed, day = nw.col("disposed_day"), nw.col("as_of_day")
    is_sold = disposed <= day
    rows = known.rows(table).with_columns(
        **{
            f"{table}_ever": nw.lit(1),
            f"{table}_sold": one_where(is_sold),
            f"{table}_sold_som": amount_where(is_sold, nw.col("value_som")),
            f"{table}_sold_day": nw.when(is_sold).then(disposed),
        }
    )
    counts = (f"{table}_ever", f"{table}_sold", f"{table}_sold_som")
    return sums(rows, counts, nw.col(f"{table}_sold_day").max())
