"""What stays the proceedings on the day, what stayed them before, and for how many days.

An event is in force from `starts_on` (included) to `ends_on` (excluded); one without an end goes
on, one that ends on its start was taken back. The Bureau keeps this register itself: a case
without a row has no stay.
"""

import polars as pl

from law.case_facts.case_file import CaseFile
from law.uz.amounts import latest_voluntary_end

STAYS: dict[str, str] = {
    "suspended": "suspended_since",
    "deferred": "deferred_since",
    "postponed": "postponed_since",
    "mediation": "mediation_since",
    "guarantee_deposit": "deposit_since",
    "in_patient_treatment": "treatment_since",
}
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
    answer = events.group_by("point_id").agg(*since, *_counts())
    facts = file.where_delivered("case_events", answer, dict.fromkeys(COUNTED.values(), 0))
    known = pl.lit(file.is_delivered("case_events"))
    return facts.with_columns(
        pl.when(known).then(pl.col(name).is_not_null()).alias(f"is_{kind}")
        for kind, name in STAYS.items()
    ).join(_excluded_days(file, events), on="point_id", how="left", maintain_order="left")


def _counts() -> list[pl.Expr]:
    """How many events of a kind began before the day and were not taken back."""
    taken_back = (pl.col("ends_on") <= pl.col("starts_on")).fill_null(False)
    began = (pl.col("starts_on") < pl.col("as_of_date")) & ~taken_back
    return [
        (began & (pl.col("kind") == kind)).sum().cast(pl.Int64).alias(name)
        for kind, name in COUNTED.items()
    ]


def _excluded_days(file: CaseFile, events: pl.DataFrame) -> pl.DataFrame:
    """Art. 30(3): days since the voluntary term that a stay covers, each of them counted once.

    Null where a stay is known and the end of the voluntary term is not.
    """
    day = pl.col("as_of_date")
    ends = file.known("cases", "case").select("point_id", latest_voluntary_end().alias("from_on"))
    spans = events.join(ends, on="point_id", how="left").select(
        "point_id",
        "from_on",
        pl.max_horizontal("starts_on", "from_on").cast(pl.Int64).alias("start"),
        pl.min_horizontal(pl.col("ends_on").fill_null(day), day).cast(pl.Int64).alias("end"),
    )
    # What an earlier span of the same point already covers does not count again.
    spans = spans.sort("point_id", "start", "end")
    covered = pl.col("end").cum_max().shift(1).over("point_id")
    fresh = (pl.col("end") - pl.max_horizontal("start", covered)).clip(lower_bound=0)
    days = (
        spans.with_columns(fresh.alias("fresh"))
        .group_by("point_id")
        .agg(
            pl.when(pl.col("from_on").first().is_not_null())
            .then(pl.col("fresh").sum())
            .alias("excluded_days")
        )
    )
    counted = file.points.select("point_id", pl.lit(0, dtype=pl.Int64).alias("none"))
    if not file.is_delivered("case_events"):
        return counted.select("point_id", pl.lit(None, dtype=pl.Int64).alias("excluded_days"))
    return counted.join(
        days.with_columns(pl.lit(True).alias("has_stay")), on="point_id", how="left"
    ).select(
        "point_id",
        pl.when(pl.col("has_stay")).then("excluded_days").otherwise("none").alias("excluded_days"),
    )
