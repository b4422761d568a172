"""Part of the solvency family: obligations to lenders as the credit bureau knows them."""

from __future__ import annotations

import narwhals as nw

from features.families.steps import Frame, sums
from features.known import Known


def build_loans(known: Known) -> Frame:
    """Debt, monthly dues and the longest delay over the loans that count."""
    current = current_loans(known).select(
        "point_id",
        nw.col("outstanding_som").alias("obligations_outstanding_som"),
        nw.col("monthly_due_som").alias("obligations_due_som"),
        nw.col("days_past_due").alias("max_days_past_due"),
        n_obligations=nw.lit(1),
    )
    return sums(
        current,
        ("obligations_outstanding_som", "obligations_due_som", "n_obligations"),
        nw.col("max_days_past_due").max(),
    )


def current_loans(known: Known) -> Frame:
    """The newest row of each loan that counts."""
    return known.rows("obligations").filter(nw.col("is_current"))
