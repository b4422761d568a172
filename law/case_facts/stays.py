"""What stays the proceedings on the day, what stayed them before, and for how many days.

An event is in force from `starts_on` (included) to `ends_on` (excluded); one without an end goes
on, one that ends on its start was taken back. The Bureau keeps this register itself: a case
without a row has no stay.
"""

import polars as pl

from law.case_facts.case_file import CaseFile
from law.parameters import parameter
from law.uz.deadlines import plus, term_begins, voluntary_term_end

STAYS: dict[str, str] = {
    "suspended": "suspended_since",
    "deferred": "deferred_since",
    "postponed": "postponed_since",
    "mediation": "mediation_since",
    "guarantee_deposit": "deposit_since",
    "in_patient_treatment": "treatment_since",
}
TREATMENT = "in_patient_treatment"
# Art. 33, 36: these may be granted only so many times.
COUNTED: dict[str, str] = {"mediation": "n_mediations", "postponed": "n_postponements"}


def stay_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: is_<stay> and since when, how often before the day, and excluded_days."""
    events = file.known("case_events", "case")
    ended = (pl.col("ends_on") <= pl.col("as_of_date")).fill_null(False)
    in_force = (pl.col("starts_on") <= pl.col("as_of_date")) & ~ended
    since = [
        pl.col("starts_on").filter(in_force & (pl.col("kind") == kind)).min().alias(name)
        for kind, name in STAYS.items()
    ]
    told = events.group_by("point_id").agg(*since, *_counts())
    answer = (
        file.points.select("point_id")
        .join(told, on="point_id", how="left")
        .with_columns(
            pl.col(name).is_not_null().alias(f"is_{kind}") for kind, name in STAYS.items()
        )
        .join(_excluded_days(file, events), on="point_id", how="left", maintain_order="left")
    )
    return file.where_delivered("case_events", answer, dict.fromkeys(COUNTED.values(), 0))


def _counts() -> list[pl.Expr]:
    """How many events of a kind began before the day and were not taken back."""
    taken_back = (pl.col("ends_on") <= pl.col("starts_on")).fill_null(False)
    began = (pl.col("starts_on") < pl.col("as_of_date")) & ~taken_back
    return [
        (began & (pl.col("kind") == kind)).sum().cast(pl.Int64).alias(name)
        for kind, name in COUNTED.items()
    ]


def _excluded_days(file: CaseFile, events: pl.DataFrame) -> pl.DataFrame:
    """Art. 30(3): days of the two months that a stay covers, each of them counted once.

    Treatment in hospital counts only where the officer suspended for it: the suspension is an event
    of its own. A stay that began after the term had run out adds nothing. Null where a stay is
    known and the day from which the two months run is not.
    """
    spans = _spans(file, events)
    # What an earlier span of the same point already covers does not count again.
    covered = pl.col("end").cum_max().shift(1).over("point_id")
    spans = spans.sort("point_id", "start", "end").with_columns(
        pl.max_horizontal("start", covered).alias("start")
    )
    spans = spans.with_columns(
        (pl.col("end") - pl.col("start")).clip(lower_bound=0).alias("fresh")
    ).filter(_began_in_time())
    days = spans.group_by("point_id").agg(
        pl.when(pl.col("term_end").first().is_not_null())
        .then(pl.col("fresh").sum())
        .alias("excluded_days")
    )
    counted = file.points.select("point_id", pl.lit(0, dtype=pl.Int64).alias("none"))
    return counted.join(
        days.with_columns(pl.lit(True).alias("has_stay")), on="point_id", how="left"
    ).select(
        "point_id",
        pl.when(pl.col("has_stay")).then("excluded_days").otherwise("none").alias("excluded_days"),
    )


def _spans(file: CaseFile, events: pl.DataFrame) -> pl.DataFrame:
    """Stays as day numbers from the start of the two months up to the judged day."""
    day = pl.col("as_of_date")
    begins = term_begins(voluntary_term_end())
    terms = file.known("cases", "case").select(
        "point_id",
        begins.alias("from_on"),
        plus(begins, parameter("enforcement_term_months"), "mo")
        .cast(pl.Date)
        .to_physical()
        .cast(pl.Int64)
        .alias("term_end"),
    )
    return (
        events.filter(pl.col("kind") != TREATMENT)
        .join(terms, on="point_id", how="left")
        .select(
            "point_id",
            "term_end",
            pl.max_horizontal("starts_on", "from_on").cast(pl.Int64).alias("start"),
            pl.min_horizontal(pl.col("ends_on").fill_null(day), day).cast(pl.Int64).alias("end"),
        )
    )


def _began_in_time() -> pl.Expr:
    """Not after the last day of the term, which every earlier stay has moved by its days."""
    before = pl.col("fresh").cum_sum().over("point_id") - pl.col("fresh")
    late = (pl.col("start") > pl.col("term_end") + before).fill_null(False)
    return late.cum_sum().over("point_id") == 0
