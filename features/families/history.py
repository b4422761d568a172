"""The history family: earlier measures, payments, appeals and closed cases.

Only events strictly before the day count (`features.reading` drops the others): at training the
day is the one on which a measure was decided, and that decision may be reported on the same day.
Actions are chains of rows; the row known that day tells how far each had come.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

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

ASSET_MEASURES: Final = (
    "registration_ban",
    "movable_attachment",
    "movable_sale",
    "vehicle_seizure_sale",
    "real_estate_sale",
    "pledge_enforcement",
)
COUNTED_MEASURES: Final = {
    "n_bank_levies": ("bank_account_levy",),
    "n_wage_withholdings": ("wage_income_withholding",),
    "n_asset_measures": ASSET_MEASURES,
    "n_travel_bans": ("travel_ban",),
    "n_soft_measures": ("voluntary_notice", "mediation_or_instalment"),
    "n_asset_queries": ("registry_asset_query", "debtor_or_asset_search"),
}
LAST_RESULTS: Final = {
    "bank_levy_result": "bank_account_levy",
    "wage_withholding_result": "wage_income_withholding",
}
MEASURES: Final = (
    "n_measures",
    "n_measures_other_cases",
    "n_measures_pending",
    "n_measures_effective",
    "n_measures_nothing_found",
    *COUNTED_MEASURES,
    "measures_cost_som",
)
PAYMENTS: Final = (
    "n_payments",
    "paid_som",
    "paid_90d_som",
    "n_voluntary_payments",
    "voluntary_paid_som",
    "n_payments_other_cases",
)
CLOSED: Final = ("n_closed_performed", "n_closed_unpaid")
RECENT_DAYS: Final = 90


def build_history(known: Known) -> Frame:
    """One row per point with the history features."""
    earlier = known.rows("actions")
    last = [_last_result(earlier, name, measure) for name, measure in LAST_RESULTS.items()]
    parts = (_measures(earlier), *last, _payments(known), _closed(known), _appeals(known))
    day = nw.col("as_of_day")
    return attach(known.points, *parts).with_columns(
        zero_unless_absent(known, "actions", *MEASURES),
        zero_unless_absent(known, "payments", *PAYMENTS),
        zero_unless_absent(known, "appeals", "n_upheld_appeals"),
        zero_unless_absent(known, "cases", *CLOSED),
        _tried(known),
        (day - nw.col("last_measure_day")).alias("days_since_last_measure"),
        (day - nw.col("last_payment_day")).alias("days_since_last_payment"),
        _paid_share(known).alias("paid_share"),
    )


def _measures(earlier: Frame) -> Frame:
    here, result, measure = nw.col("is_this_case"), nw.col("result"), nw.col("measure")
    rows = earlier.with_columns(
        n_measures=one_where(here),
        n_measures_other_cases=one_where(~here),
        n_measures_pending=one_where(here & (result == "pending")),
        n_measures_effective=one_where(result.is_in(("effective", "partly"))),
        n_measures_nothing_found=one_where(result == "nothing_found"),
        measures_cost_som=amount_where(here, nw.col("cost_som")),
        last_measure_day=nw.when(here).then(nw.col("decided_day")),
        **{
            name: one_where(here & measure.is_in(measures))
            for name, measures in COUNTED_MEASURES.items()
        },
    )
    return sums(rows, MEASURES, nw.col("last_measure_day").max())


def _last_result(earlier: Frame, name: str, measure: str) -> Frame:
    """Result of the debtor's latest decision of a measure; of one day, the greatest id."""
    return (
        earlier.filter(nw.col("measure") == measure)
        .unique(subset=["point_id"], keep="last", order_by=["decided_day", "action_id"])
        .select("point_id", nw.col("result").alias(name))
    )


def _tried(known: Known) -> nw.Expr:
    results = nw.col(*LAST_RESULTS)
    return results if "actions" in known.absent else results.fill_null("never_tried")


def _payments(known: Known) -> Frame:
    day, here = nw.col("as_of_day"), nw.col("is_this_case")
    amount, voluntary = nw.col("amount_som"), nw.col("source") == "voluntary"
    rows = known.rows("payments").with_columns(
        n_payments=one_where(here),
        n_payments_other_cases=one_where(~here),
        paid_som=amount_where(here, amount),
        paid_90d_som=amount_where(here & (nw.col("paid_day") >= day - RECENT_DAYS), amount),
        n_voluntary_payments=one_where(voluntary),
        voluntary_paid_som=amount_where(voluntary, amount),
        last_payment_day=nw.when(here).then(nw.col("paid_day")),
    )
    return sums(rows, PAYMENTS, nw.col("last_payment_day").max())


def _paid_share(known: Known) -> nw.Expr:
    paid = nw.col("paid_som") if "payments" in known.absent else nw.col("paid_som").fill_null(0)
    return ratio(paid, nw.col("owed_som"))


def _closed(known: Known) -> Frame:
    """Closed cases of the debtor; also what this case claimed in all, for the share paid."""
    closing, here = nw.col("closing"), nw.col("is_this_case")
    before = nw.col("closed_day") < nw.col("as_of_day")
    unpaid = ("returned_no_property", "debtor_not_found")
    rows = known.rows("cases").with_columns(
        n_closed_performed=one_where(before & (closing == "performed")),
        n_closed_unpaid=one_where(before & closing.is_in(unpaid)),
        owed_som=amount_where(here, nw.col("claim_som") + nw.col("fee_som")),
    )
    return sums(rows, (*CLOSED, "owed_som"))


def _appeals(known: Known) -> Frame:
    upheld = (nw.col("resolved_day") < nw.col("as_of_day")) & (nw.col("result") == "upheld")
    rows = known.rows("appeals").with_columns(n_upheld_appeals=one_where(upheld))
    return sums(rows, ("n_upheld_appeals",))
