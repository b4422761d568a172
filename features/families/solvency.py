"""The solvency family: income, money on accounts, loans and business.

Sums that the law never lets an officer levy (alimony received, benefits; Art. 68, 69) are no
income here; the social family tells of them. A debtor of whom a register has no row at all is
unknown to it: null, not zero.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from features.families.loans import build_loans
from features.families.money import build_money
from features.families.steps import (
    Frame,
    amount_where,
    attach,
    one_where,
    ratio,
    sums,
)
from features.known import Known

WAGE_LIKE_KINDS: Final = ("wage", "pension", "stipend")
YEAR_DAYS: Final = 365


def build_solvency(known: Known) -> Frame:
    """One row per point with the solvency features."""
    parts = (build_income(known), build_money(known), build_loans(known), _business(known))
    income = nw.col("mean_net_6m_som")
    due = nw.col("outstanding_som")
    return attach(known.points, *parts).with_columns(
        ratio(due, income).alias("outstanding_to_income"),
        ratio(nw.col("account_balance_som"), due).alias("balance_to_outstanding"),
        ratio(nw.col("obligations_due_som"), income).alias("debt_service_to_income"),
    )


def build_income(known: Known) -> Frame:
    """Level, source, regularity and trend of the income that can be levied."""
    rows = _income_rows(known)
    points = sums(
        rows,
        ("wage_year", "gross_year", "current_gross", "current_net"),
        nw.col("current_wage").max().alias("has_current_wage"),
        nw.col("pension").max().alias("has_pension"),
        nw.col("as_of_day").max(),
        nw.col("reported_day").max(),
    )
    return attach(points, _months(rows), _payers(rows)).select(
        "point_id",
        nw.col("current_gross").alias("last_month_gross_som"),
        nw.col("current_net").alias("last_month_net_som"),
        _mean("net_six").alias("mean_net_6m_som"),
        _mean("wage_net_six").alias("mean_wage_net_6m_som"),
        "n_income_months_12",
        ratio(nw.col("wage_year"), nw.col("gross_year")).alias("formal_wage_share"),
        "has_current_wage",
        "has_pension",
        nw.col("n_payers").fill_null(0),
        (ratio(nw.col("gross_new"), nw.col("gross_old")) - 1.0).alias("income_trend"),
        (nw.col("as_of_day") - nw.col("reported_day")).alias("income_report_age_days"),
    )


def _mean(total: str) -> nw.Expr:
    """Whole sum over the months with income; zero where income is known to be none."""
    return ratio(nw.col(total), nw.col("n_months_six")).fill_null(0.0)


def _income_rows(known: Known) -> Frame:
    leviable = nw.col("is_leviable")
    in_year = nw.col("month_day") >= nw.col("as_of_day") - YEAR_DAYS
    counts = leviable & nw.col("is_current")
    gross, kind = nw.col("gross_som"), nw.col("kind")
    net = gross - nw.col("tax_som")
    rows = known.rows("incomes").with_columns(
        gross=amount_where(leviable, gross),
        net=amount_where(leviable, net),
        wage_net=amount_where(kind.is_in(WAGE_LIKE_KINDS), net),
        gross_year=amount_where(leviable & in_year, gross),
        wage_year=amount_where((kind == "wage") & in_year, gross),
        current_gross=amount_where(counts, gross),
        current_net=amount_where(counts, nw.col("net_som")),
        current_wage=one_where(counts & (kind == "wage") & (gross > 0)),
        pension=one_where((kind == "pension") & in_year & (gross > 0)),
        leviable_month=nw.when(leviable).then(nw.col("month_index")),
    )
    return rows.with_columns(
        back=nw.col("leviable_month").max().over("point_id") - nw.col("month_index")
    )


def _months(rows: Frame) -> Frame:
    """Sums over the newest six months, whoever paid, and the two halves of these."""
    months = rows.group_by("point_id", "back").agg(
        nw.col("gross").sum(),
        nw.col("net").sum(),
        nw.col("wage_net").sum(),
        nw.col("gross_year").sum(),
    )
    back, has_income = nw.col("back"), nw.col("gross") > 0
    in_six = (back >= 0) & (back < 6)
    return sums(
        months.with_columns(
            net_six=amount_where(in_six, nw.col("net")),
            wage_net_six=amount_where(in_six, nw.col("wage_net")),
            n_months_six=one_where(in_six & has_income),
            n_income_months_12=one_where(nw.col("gross_year") > 0),
            gross_new=amount_where(in_six & (back < 3), nw.col("gross")),
            gross_old=amount_where(in_six & (back >= 3), nw.col("gross")),
        ),
        (
            "net_six",
            "wage_net_six",
            "n_months_six",
            "n_income_months_12",
            "gross_new",
            "gross_old",
        ),
    )


def _payers(rows: Frame) -> Frame:
    paying = rows.filter(nw.col("gross_year") > 0).select("point_id", "payer_id").unique()
    return paying.group_by("point_id").agg(nw.len().alias("n_payers"))


def _business(known: Known) -> Frame:
    return (
        known.rows("businesses")
        .filter(nw.col("is_current"))
        .select(
            "point_id",
            nw.col("revenue_som").alias("business_revenue_som"),
            nw.col("receivables_som").alias("business_receivables_som"),
            nw.col("employees").alias("n_employees"),
            nw.col("tax_arrears_som").alias("business_tax_arrears_som"),
        )
    )
