"""The claim family: what is owed, to whom, on which paper and for how long."""

from __future__ import annotations

import narwhals as nw

from features.families.steps import Frame, amount_where, attach, one_where, sums
from features.known import Known

COPIED = ("claim_kind", "document_kind", "claimant_kind")


def build_claim(known: Known) -> Frame:
    """One row per point with the claim features."""
    return attach(
        known.points, _this_case(known), _debtor(known), _other_cases(known)
    ).with_columns(nw.col("n_other_open_cases", "other_open_claims_som").fill_null(0))


def _this_case(known: Known) -> Frame:
    """The case as it stood that day; a day that lies ahead of the point is not yet a fact."""
    day = nw.col("as_of_day")
    served = nw.col("served_day") <= day
    return (
        known.rows("cases")
        .filter(nw.col("is_this_case"))
        .select(
            "point_id",
            *COPIED,
            one_where(nw.col("procedure") == "simplified").alias("is_simplified"),
            one_where(nw.col("periodic")).alias("is_periodic"),
            one_where(nw.col("secured")).alias("is_secured"),
            one_where(nw.col("levies_dwelling")).alias("levies_dwelling"),
            (day - nw.col("document_day")).alias("document_age_days"),
            (day - nw.col("opened_day")).alias("days_since_opening"),
            one_where(served).alias("is_served"),
            nw.when(served).then(day - nw.col("served_day")).alias("days_since_service"),
            (day - nw.col("voluntary_until_day")).alias("days_since_voluntary_term"),
        )
    )


def _debtor(known: Known) -> Frame:
    return known.rows("debtors").select("point_id", nw.col("kind").alias("debtor_kind"))


def _other_cases(known: Known) -> Frame:
    """The debtor's other cases that were open on the day, and what is due in them."""
    day = nw.col("as_of_day")
    is_open = (nw.col("opened_day") <= day) & (
        nw.col("closed_day").is_null() | (nw.col("closed_day") >= day)
    )
    paid = (
        known.rows("payments")
        .group_by("point_id", "case_id")
        .agg(nw.col("amount_som").sum().alias("paid_before_som"))
    )
    due = nw.col("claim_som") + nw.col("fee_som") - nw.col("paid_before_som").fill_null(0)
    others = (
        known.rows("cases")
        .filter(~nw.col("is_this_case") & is_open)
        .join(paid, on=["point_id", "case_id"], how="left")
        .with_columns(due=due)
        .with_columns(
            n_other_open_cases=nw.lit(1),
            other_open_claims_som=amount_where(
                (nw.col("claim_kind") != "non_property") & (nw.col("due") > 0), nw.col("due")
            ),
        )
    )
    return sums(others, ("n_other_open_cases", "other_open_claims_som"))
