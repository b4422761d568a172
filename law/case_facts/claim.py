"""The claim, its document, the debtor, and what all open money claims of the debtor come to."""

import polars as pl

from law.case_facts.case_file import CaseFile

CASE_FACTS: tuple[str, ...] = (
    "document_kind",
    "document_on",
    "presented_on",
    "opened_on",
    "served_on",
    "voluntary_until",
    "procedure",
    "claim_kind",
    "claimant_kind",
    "claim_som",
    "fee_som",
    "periodic",
    "secured",
    "levies_dwelling",
    "closed_on",
    "closing",
)


def claim_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: the case as known, its debtor, outstanding and consolidated amounts."""
    case = file.known("cases", "case").select("point_id", *CASE_FACTS)
    debtor = file.known("debtors", "debtor").select(
        "point_id",
        pl.col("kind").alias("debtor_kind"),
        pl.col("status").alias("debtor_status"),
        pl.col("status_on").alias("debtor_status_on"),
    )
    amounts = _amounts(file)
    own = file.points.join(amounts, on=["point_id", "case_id"], how="left").select(
        "point_id", "outstanding_som"
    )
    facts = file.points.select("point_id")
    for part in (case, debtor, own, _consolidated(amounts)):
        facts = facts.join(part, on="point_id", how="left")
    return facts.sort("point_id")


def _amounts(file: CaseFile) -> pl.DataFrame:
    """Outstanding of each case of the debtor: claim plus fee less payments known, never below 0.

    Without the register of payments nobody knows what is left: a debt that was paid must not be
    enforced again.
    """
    paid = (
        file.known("payments", "debtor")
        .group_by("point_id", "case_id")
        .agg(pl.col("amount_som").sum().alias("paid_som"))
    )
    owed = pl.col("claim_som") + pl.col("fee_som") - pl.col("paid_som").fill_null(0)
    return (
        file.known("cases", "debtor")
        .join(paid, on=["point_id", "case_id"], how="left")
        .with_columns(
            pl.when(file.is_delivered("payments"))
            .then(owed.clip(lower_bound=0))
            .alias("outstanding_som")
        )
        .select(
            *("point_id", "case_id", "as_of_date", "claim_kind"),
            *("closed_on", "closing", "outstanding_som"),
        )
    )


def _consolidated(amounts: pl.DataFrame) -> pl.DataFrame:
    # Art. 25¹, 64: proceedings against one debtor are joined; their sums count together.
    # A closing ground may come without its day: the case is closed.
    is_open = (
        pl.when(pl.col("closed_on").is_not_null())
        .then(pl.col("closed_on") > pl.col("as_of_date"))
        .otherwise(pl.col("closing").is_null())
    )
    return (
        amounts.filter(is_open & (pl.col("claim_kind") != "non_property"))
        .group_by("point_id")
        .agg(
            pl.when(pl.col("outstanding_som").is_not_null().all())
            .then(pl.col("outstanding_som").sum())
            .alias("consolidated_som"),
            pl.len().cast(pl.Int64).alias("n_open_claims"),
        )
    )
