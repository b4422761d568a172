"""The social family: only facts that the enforcement law itself makes relevant.

Alimony received and benefits (Art. 68, 69), treatment, deferral and suspension (Art. 32-38), the
debtor's status (Art. 34, 61, 62). Sex, age, household composition, the social register and the
region are no model inputs: `features.families.audit` keeps them for fairness audits.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from features.families.solvency import YEAR_DAYS
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
from registers.holdings import SUPPORT_KINDS

IN_FORCE: Final = {
    "is_in_treatment": ("in_patient_treatment",),
    "is_deferred": ("deferred", "postponed"),
    "is_suspended": ("suspended", "mediation", "guarantee_deposit"),
}
EVENTS: Final = (*IN_FORCE, "days_protected_365", "n_protection_events")


def build_social(known: Known) -> Frame:
    """One row per point with the social features."""
    together = attach(known.points, _protected_income(known), _events(known), _status(known))
    return together.with_columns(zero_unless_absent(known, "case_events", *EVENTS))


def _protected_income(known: Known) -> Frame:
    in_year = nw.col("month_day") >= nw.col("as_of_day") - YEAR_DAYS
    gross, kind = nw.col("gross_som"), nw.col("kind")
    rows = known.rows("incomes").with_columns(
        all_year=amount_where(in_year, gross),
        protected_year=amount_where(in_year & kind.is_in(SUPPORT_KINDS), gross),
        receives_alimony=one_where(in_year & (kind == "alimony_received") & (gross > 0)),
        receives_benefit=one_where(in_year & (kind == "benefit") & (gross > 0)),
    )
    flags = (nw.col("receives_alimony").max(), nw.col("receives_benefit").max())
    return sums(rows, ("all_year", "protected_year"), *flags).select(
        "point_id",
        "receives_alimony",
        "receives_benefit",
        ratio(nw.col("protected_year"), nw.col("all_year")).alias("protected_income_share"),
    )


def _events(known: Known) -> Frame:
    """Events of this case that began before the day: a mediation decided today is no fact yet."""
    day, starts, ends = nw.col("as_of_day"), nw.col("starts_day"), nw.col("ends_day")
    in_force = ends.is_null() | (ends > day)
    year_ago = day - YEAR_DAYS
    until = nw.when(in_force).then(day).otherwise(ends)
    since = nw.when(starts > year_ago).then(starts).otherwise(year_ago)
    rows = (
        known.rows("case_events")
        .filter(nw.col("is_this_case"))
        .with_columns(covered=until - since)
        .with_columns(
            n_protection_events=nw.lit(1),
            days_protected_365=amount_where(nw.col("covered") > 0, nw.col("covered")),
            **{
                name: one_where(in_force & nw.col("kind").is_in(kinds))
                for name, kinds in IN_FORCE.items()
            },
        )
    )
    summed = sums(
        rows,
        ("n_protection_events", "days_protected_365"),
        *(nw.col(name).max() for name in IN_FORCE),
    )
    days = nw.col("days_protected_365")
    capped = nw.when(days > YEAR_DAYS).then(nw.lit(YEAR_DAYS)).otherwise(days)
    return summed.with_columns(days_protected_365=capped)


def _status(known: Known) -> Frame:
    return known.rows("debtors").select("point_id", nw.col("status").alias("debtor_status"))
