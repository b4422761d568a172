"""What stays the proceedings on the day, and which restrictions are already in force.

An event is in force from `starts_on` (included) to `ends_on` (excluded); one without an end goes
on. The Bureau keeps these registers itself: a case without a row has no stay and no restriction.
"""

import polars as pl

from law.case_facts.case_file import CaseFile

STAYS: dict[str, str] = {
    "suspended": "suspended_since",
    "deferred": "deferred_since",
    "postponed": "postponed_since",
    "mediation": "mediation_since",
    "guarantee_deposit": "deposit_since",
    "in_patient_treatment": "treatment_since",
}
RESTRICTIONS: tuple[str, ...] = ("travel_ban", "registration_ban")


def stay_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: is_<stay> and since when, for each kind of stay."""
    ended = pl.col("ends_on") <= pl.col("as_of_date")
    in_force = file.known("case_events", "case").filter(
        (pl.col("starts_on") <= pl.col("as_of_date")) & ~ended.fill_null(False)
    )
    since = [
        pl.col("starts_on").filter(pl.col("kind") == kind).min().alias(name)
        for kind, name in STAYS.items()
    ]
    facts = file.where_delivered("case_events", in_force.group_by("point_id").agg(since), {})
    known = pl.lit(file.is_delivered("case_events"))
    return facts.with_columns(
        pl.when(known).then(pl.col(name).is_not_null()).alias(f"is_{kind}")
        for kind, name in STAYS.items()
    )


def restriction_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: since when a travel or registration ban of this case is in force."""
    lifted = pl.col("ended_on") <= pl.col("as_of_date")
    in_force = file.known("actions", "case").filter(
        pl.col("measure").is_in(RESTRICTIONS)
        & (pl.col("decided_on") < pl.col("as_of_date"))
        & (pl.col("result") != "cancelled")
        & ~lifted.fill_null(False)
    )
    since = [
        pl.col("decided_on").filter(pl.col("measure") == m).min().alias(f"{m}_since")
        for m in RESTRICTIONS
    ]
    facts = file.where_delivered("actions", in_force.group_by("point_id").agg(since), {})
    known = pl.lit(file.is_delivered("actions"))
    return facts.with_columns(
        pl.when(known).then(pl.col(f"{m}_since").is_not_null()).alias(f"has_{m}")
        for m in RESTRICTIONS
    )
