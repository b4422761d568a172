"""Art. 28: the last day on which the term to present the document was interrupted.

The term begins with the document. It is interrupted by presentation and by partial performance and
runs anew from that day. While the document lies with the Bureau no term runs; when it is returned,
the term runs anew from the return. An event after the term had run out revives nothing: only the
unbroken chain counts. Source: earlier cases of the debtor on the same document, and what was paid
on them before the day on which the document of this case was presented (a return on that very day
still comes before it).
"""

import polars as pl

from law.case_facts.case_file import CaseFile
from law.parameters import parameter
from law.uz.amounts import PRESENTATION_TERMS

# The document goes back to the claimant (Art. 40).
RETURNED: tuple[str, ...] = ("returned_no_property", "returned_to_claimant", "debtor_not_found")


def document_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: interrupted_on, null where nothing known interrupted the term, and
    is_interruption_known, null where rows that may tell of an interruption are not all known."""
    documents = _documents(file)
    events = _events(file, documents).join(
        documents.select("point_id", "begins_on", "months"), on="point_id"
    )
    # Of several events on one day the presentation comes first.
    chain = events.sort("point_id", "happened_on", "with_bureau")
    previous = pl.col("happened_on").shift(1).over("point_id").fill_null(pl.col("begins_on"))
    in_time = pl.col("happened_on") <= previous.dt.offset_by(pl.format("{}mo", "months"))
    holds = (in_time | pl.col("with_bureau")).fill_null(False)
    unbroken = (~holds).cum_sum().over("point_id") == 0
    last = (
        chain.filter(unbroken)
        .group_by("point_id")
        .agg(pl.col("happened_on").max().alias("interrupted_on"))
    )
    # What is known stays: a further interruption can only make the term longer.
    points = file.points.select("point_id")
    known = points.with_columns(pl.lit(True).alias("is_interruption_known"))
    return (
        file.where_known("payments", known, "debtor")
        .join(last, on="point_id", how="left")
        .sort("point_id")
    )


def _documents(file: CaseFile) -> pl.DataFrame:
    """The document of each point, the first day of its term and the months of the term."""
    kind = pl.col("document_kind")
    months = pl.coalesce(
        pl.when(kind == name).then(parameter(term)) for name, term in PRESENTATION_TERMS.items()
    )
    start_days = parameter("court_order_start_days").cast(pl.Int64)
    later = pl.col("document_on").dt.offset_by(pl.format("{}d", start_days))
    return file.known("cases", "case").select(
        "point_id",
        "document_id",
        pl.col("case_id").alias("this_case_id"),
        pl.col("presented_on").alias("this_presented_on"),
        pl.when(kind == "court_order").then(later).otherwise("document_on").alias("begins_on"),
        months.cast(pl.Int64).alias("months"),
    )


def _events(file: CaseFile, documents: pl.DataFrame) -> pl.DataFrame:
    """Presentations, payments and returns: happened_on and whether the Bureau had the document."""
    earlier = (
        file.known("cases", "debtor")
        .join(documents, on=["point_id", "document_id"])
        .filter(
            (pl.col("case_id") != pl.col("this_case_id"))
            & (pl.col("presented_on") < pl.col("this_presented_on"))
        )
        .select("point_id", "case_id", "presented_on", "closed_on", "closing", "this_presented_on")
    )
    closed_on, paid_on = pl.col("closed_on"), pl.col("paid_on")
    is_open = closed_on.is_null() & pl.col("closing").is_null()
    with_bureau = (pl.col("presented_on") <= paid_on) & (
        is_open | (paid_on <= closed_on).fill_null(False)
    )
    paid = (
        file.known("payments", "debtor")
        .filter(pl.col("amount_som") > 0)
        .select("point_id", "case_id", "paid_on")
        .join(earlier, on=["point_id", "case_id"])
        .filter(paid_on < pl.col("this_presented_on"))
        .select("point_id", paid_on.alias("happened_on"), with_bureau.alias("with_bureau"))
    )
    presented = earlier.select(
        "point_id",
        pl.col("presented_on").alias("happened_on"),
        pl.lit(False).alias("with_bureau"),
    )
    returned = earlier.filter(
        pl.col("closing").is_in(RETURNED) & (closed_on <= pl.col("this_presented_on"))
    ).select("point_id", closed_on.alias("happened_on"), pl.lit(True).alias("with_bureau"))
    return pl.concat([presented, paid, returned])
