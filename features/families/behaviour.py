"""The behaviour family: where payments came from, what measures brought, how cases ended.

As in the history family only events strictly before the day count (`features.reading`).
"""

from __future__ import annotations

from collections.abc import Mapping
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

SOURCES: Final = ("voluntary", "bank_levy", "wage", "auction", "third_party")

BROUGHT_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "notices": ("voluntary_notice", "mediation_or_instalment"),
    "account_measures": ("bank_account_levy", "account_attachment"),
    "withholding": ("wage_income_withholding",),
    "property_measures": (
        "receivables_levy",
        "registration_ban",
        "movable_attachment",
        "movable_sale",
        "vehicle_seizure_sale",
        "real_estate_sale",
        "pledge_enforcement",
        "item_handover",
    ),
    "pressure": ("travel_ban", "debtor_or_asset_search", "obligations_register_entry"),
}
"""Groups of measures whose payments are summed apart."""

RETURNED: Final = ("returned_no_property", "debtor_not_found", "returned_to_claimant")


def build_behaviour(known: Known) -> Frame:
    """One row per point with the behaviour features."""
    day = nw.col("as_of_day")
    paid = [
        *(f"n_{source}_payments_this_case" for source in SOURCES),
        *(f"{source}_paid_this_case_som" for source in SOURCES),
        *(f"{source}_paid_other_cases_som" for source in SOURCES),
        "paid_other_cases_som",
    ]
    brought = [f"brought_by_{group}_som" for group in BROUGHT_BY]
    closed = ("n_closed", "n_closed_returned")
    together = attach(known.points, _paid(known), _brought(known), _closed(known))
    traced = "actions" not in known.absent
    return together.with_columns(
        zero_unless_absent(known, "payments", *paid, *(brought if traced else ())),
        zero_unless_absent(known, "cases", *closed),
        *(
            (day - nw.col(f"last_{source}_day")).alias(f"days_since_{source}_payment")
            for source in SOURCES
        ),
        (day - nw.col("last_elsewhere_day")).alias("days_since_payment_other_cases"),
        (day - nw.col("last_closed_day")).alias("days_since_last_closing"),
        ratio(nw.col("n_performed"), nw.col("n_closed")).alias("performed_share"),
        ratio(nw.col("paid_here"), nw.col("n_paid_here")).alias("mean_payment_som"),
    )


def _paid(known: Known) -> Frame:
    here, source = nw.col("is_this_case"), nw.col("source")
    amount, paid_day = nw.col("amount_som"), nw.col("paid_day")
    rows = known.rows("payments").with_columns(
        paid_other_cases_som=amount_where(~here, amount),
        paid_here=amount_where(here, amount),
        n_paid_here=one_where(here),
        last_elsewhere_day=nw.when(~here).then(paid_day),
        **{f"n_{s}_payments_this_case": one_where(here & (source == s)) for s in SOURCES},
        **{f"{s}_paid_this_case_som": amount_where(here & (source == s), amount) for s in SOURCES},
        **{
            f"{s}_paid_other_cases_som": amount_where(~here & (source == s), amount)
            for s in SOURCES
        },
        **{f"last_{s}_day": nw.when(here & (source == s)).then(paid_day) for s in SOURCES},
    )
    return sums(
        rows,
        (
            "paid_other_cases_som",
            "paid_here",
            "n_paid_here",
            *(f"n_{s}_payments_this_case" for s in SOURCES),
            *(f"{s}_paid_this_case_som" for s in SOURCES),
            *(f"{s}_paid_other_cases_som" for s in SOURCES),
        ),
        nw.col("last_elsewhere_day", *(f"last_{s}_day" for s in SOURCES)).max(),
    )


def _brought(known: Known) -> Frame:
    """Payments of the debtor that the treasury traced to a measure, by group of measures."""
    measures = known.rows("actions").select("point_id", "action_id", "measure")
    traced = known.rows("payments").join(measures, on=["point_id", "action_id"], how="inner")
    names = {
        f"brought_by_{group}_som": amount_where(nw.col("measure").is_in(own), nw.col("amount_som"))
        for group, own in BROUGHT_BY.items()
    }
    return sums(traced.with_columns(**names), tuple(names))


def _closed(known: Known) -> Frame:
    """The debtor's cases that were closed before the day, by how they ended."""
    closing = nw.col("closing")
    before = nw.col("closed_day") < nw.col("as_of_day")
    rows = known.rows("cases").with_columns(
        n_closed=one_where(before),
        n_performed=one_where(before & (closing == "performed")),
        n_closed_returned=one_where(before & closing.is_in(RETURNED)),
        last_closed_day=nw.when(before).then(nw.col("closed_day")),
    )
    return sums(
        rows, ("n_closed", "n_performed", "n_closed_returned"), nw.col("last_closed_day").max()
    )
