"""The claim, its document, the debtor, and what all open money claims of the debtor come to."""

import polars as pl

from law.case_facts.case_file import CaseFile
from registers.unknown import unknown_cases

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
    case = file.where_known("cases", case, "case")
    debtor = file.known("debtors", "debtor").select(
        "point_id",
        pl.col("kind").alias("debtor_kind"),
        pl.col("status").alias("debtor_status"),
        pl.col("status_on").alias("debtor_status_on"),
    )
    debtor = file.where_known("debtors", debtor)
    amounts = _amounts(file)
    own = file.points.join(amounts, on=["point_id", "case_id"], how="left").select(
        "point_id", "outstanding_som"
    )
    facts = file.points.select("point_id")
    # A case of the debtor that nobody can read may be open too.
    together = file.where_known("cases", _consolidated(amounts), "debtor")
    for part in (case, debtor, own, together):
        facts = facts.join(part, on="point_id", how="left")
    return facts.sort("point_id")


def _amounts(file: CaseFile) -> pl.DataFrame:
    """Outstanding of each case of the debtor: claim plus fee less payments known, never below 0.

    Without the register of payments, or where a payment of the case was set aside, nobody knows
    what is left: a debt that was paid must not be enforced again.
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
        .with_columns(owed.clip(lower_bound=0).alias("outstanding_som"))
        .join(_of_unknown_amount(file), on=["point_id", "case_id"], how="left")
        .with_columns(pl.when(pl.col("unknown").is_null()).then("outstanding_som"))
        .select(
            *("point_id", "case_id", "as_of_date", "claim_kind"),
            *("closed_on", "closing", "outstanding_som"),
        )
    )


def _of_unknown_amount(file: CaseFile) -> pl.DataFrame:
    """point_id, case_id of the debtor's cases whose own rows or payments are not all known."""
    days = file.points.select("point_id", "known_on")
    cases = file.known("cases", "debtor").select("point_id", "case_id", "debtor_id")
    asked = cases.join(days, on="point_id").rename({"known_on": "as_of_date"})
    unknown = [unknown_cases(file.registers, asked, table) for table in ("cases", "payments")]
    named = pl.concat(unknown).select("point_id", "case_id").unique(maintain_order=True)
    return named.with_columns(pl.lit(True).alias("unknown"))


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
