"""What was already done in the case: queries, attachments and restrictions in force.

An action counts from the day after its decision (or execution), so that it cannot speak for
itself. The Bureau keeps this register itself: a case without a row has had no action.
"""

from collections.abc import Iterable

import polars as pl

from law.case_facts.case_file import CaseFile

# Bans are in force until they are lifted.
BANS: tuple[str, ...] = ("travel_ban", "registration_ban")
# These hold something only where something was found.
HOLDS: dict[str, str] = {
    "account_attachment": "account_attachment",
    "wage_income_withholding": "wage_withholding",
    "debtor_or_asset_search": "search",
}
OTHER_WITHHOLDING = "other_withholding_since"
QUERY = "registry_asset_query"
ATTACHMENT = "movable_attachment"
SEARCH = "debtor_or_asset_search"
# A fruitless attempt at any of these has looked for means of the debtor.
LOOKS_FOR_MEANS: tuple[str, ...] = (
    "account_attachment",
    "bank_account_levy",
    "debtor_or_asset_search",
    "movable_attachment",
    "real_estate_sale",
    "receivables_levy",
    "registration_ban",
    "vehicle_seizure_sale",
    "wage_income_withholding",
)

_COUNTS = ("n_asset_queries", "n_attachments", "n_fruitless_measures", "n_fruitless_searches")


def history_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: has_<measure> and since when, queries made, the last attachment."""
    decided = file.known("actions", "case").filter(
        (pl.col("decided_on") < pl.col("as_of_date")) & (pl.col("result") != "cancelled")
    )
    in_force = {f"{ban}_since": _since(ban, pl.lit(True)) for ban in BANS}
    found = pl.col("result") != "nothing_found"
    in_force |= {f"{name}_since": _since(measure, found) for measure, name in HOLDS.items()}
    answer = decided.group_by("point_id").agg(
        *(day.alias(name) for name, day in in_force.items()), *_queries(), *_attachments()
    )
    answer = file.points.select("point_id").join(answer, on="point_id", how="left")
    own = _with_flags(answer, in_force)
    facts = file.where_delivered("actions", own, dict.fromkeys(_COUNTS, 0))
    other = _with_flags(
        file.points.select("point_id").join(_other_withholding(file), on="point_id", how="left"),
        [OTHER_WITHHOLDING],
    )
    return facts.join(
        file.where_known("actions", other, "debtor"),
        on="point_id",
        how="left",
        maintain_order="left",
    )


def _with_flags(answer: pl.DataFrame, days: Iterable[str]) -> pl.DataFrame:
    """The answer with has_<name> for each <name>_since."""
    return answer.with_columns(
        pl.col(since).is_not_null().alias(f"has_{since.removesuffix('_since')}") for since in days
    )


def _other_withholding(file: CaseFile) -> pl.DataFrame:
    """Art. 66: since when income is withheld in another open case of the debtor."""
    is_open = pl.col("closing").is_null() & pl.col("closed_on").is_null()
    is_open = is_open | (pl.col("closed_on") > pl.col("as_of_date")).fill_null(False)
    others = (
        file.known("cases", "debtor")
        .filter(is_open)
        .join(file.points.select("point_id", pl.col("case_id").alias("own")), on="point_id")
        .filter(pl.col("case_id") != pl.col("own"))
        .select("point_id", "case_id")
    )
    taken = file.known("actions", "debtor").filter(
        (pl.col("measure") == "wage_income_withholding")
        & (pl.col("decided_on") < pl.col("as_of_date"))
        & ~pl.col("result").is_in(["cancelled", "nothing_found"])
        & _is_running()
    )
    return (
        taken.join(others, on=["point_id", "case_id"], how="semi")
        .group_by("point_id")
        .agg(pl.col("decided_on").min().alias(OTHER_WITHHOLDING))
    )


def _is_running() -> pl.Expr:
    """Not ended on the judged day; an action without an end goes on."""
    return (pl.col("ended_on") > pl.col("as_of_date")).fill_null(True)


def _since(measure: str, condition: pl.Expr) -> pl.Expr:
    in_force = (pl.col("measure") == measure) & _is_running() & condition
    return pl.col("decided_on").filter(in_force).min()


def _was_executed(measure: str) -> pl.Expr:
    executed = (pl.col("executed_on") < pl.col("as_of_date")).fill_null(False)
    return (pl.col("measure") == measure) & executed


def _queries() -> tuple[pl.Expr, ...]:
    """Queries made, the last of them, and measures that found nothing of the debtor's."""
    done = _was_executed(QUERY)
    executed = (pl.col("executed_on") < pl.col("as_of_date")).fill_null(False)
    fruitless = executed & (pl.col("result") == "nothing_found")
    return (
        (fruitless & (pl.col("measure") == SEARCH))
        .sum()
        .cast(pl.Int64)
        .alias("n_fruitless_searches"),
        (fruitless & pl.col("measure").is_in(LOOKS_FOR_MEANS))
        .sum()
        .cast(pl.Int64)
        .alias("n_fruitless_measures"),
        done.sum().cast(pl.Int64).alias("n_asset_queries"),
        pl.col("executed_on").filter(done).max().alias("asset_query_on"),
    )


def _attachments() -> tuple[pl.Expr, ...]:
    """Attachments executed, the last one that holds something, and the last one that ended.

    An executed attachment whose result is still pending holds something until it is known not to.
    """
    executed = _was_executed(ATTACHMENT)
    found = executed & (pl.col("result") != "nothing_found")
    day = pl.col("executed_on")
    return (
        executed.sum().cast(pl.Int64).alias("n_attachments"),
        day.filter(found & _is_running()).max().alias("attached_on"),
        pl.col("ended_on").filter(found & ~_is_running()).max().alias("attachment_ended_on"),
    )
