"""What was known on a day: the registers as of a date, and the decision points in them.

A row is known from its `reported_on` on, and the last row known of a key is its state (a later
`reported_on` wins; of two reported on one day, the later in the file). A row that was taken back
counts until the day before its `withdrawn_on`; from then on the row before it is the state again,
or there is none. One implementation serves
points that share a day (a case in the service, a batch) and points with days of their own
(training), so that a point gets the same rows either way.

How it works: each table is sorted once by key, `reported_on` and file order and numbered. A point
is joined to all rows of its debtor or case, rows reported later or taken back by then are dropped,
and of each key the row with the highest number is kept. Only integers are compared after the sort.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from registers.errors import QuestionsUnusableError, TableNotReachableError
from registers.extract import Registers
from registers.tables import TABLES, table_named

By = Literal["case", "debtor"]

POINT_SCHEMA = pl.Schema(
    {
        "point_id": pl.UInt32(),
        "case_id": pl.String(),
        "debtor_id": pl.String(),
        "as_of_date": pl.Date(),
    }
)


@dataclass(frozen=True)
class Snapshot:
    """The registers as they were known on one day."""

    registers: Registers
    as_of_date: date

    def table(self, name: str) -> pl.DataFrame:
        """The last row known of each key, sorted by key.

        >>> from registers.examples import two_reports_of_one_case
        >>> early = Snapshot(two_reports_of_one_case(), date(2026, 1, 31)).table("cases")
        >>> early["served_on"].to_list()
        [None]
        """
        frame = numbered_rows(self.registers, name)
        known = frame.filter(is_known(pl.lit(self.as_of_date)))
        is_last = pl.col("_key") != pl.col("_key").shift(-1)
        return known.filter(is_last.fill_null(True)).select(TABLES[name].column_names)


def is_known(day: pl.Expr) -> pl.Expr:
    """Whether a row was reported by a day and not taken back by then."""
    is_void = (pl.col("_void_on") <= day).fill_null(False)
    return (pl.col("reported_on") <= day) & ~is_void


def numbered_rows(registers: Registers, name: str) -> pl.DataFrame:
    """A table sorted by key, reported_on and file order.

    `_row` numbers rows, `_key` keys; `_void_on` is the day from which a row was known to be void.
    """
    if ("numbered", name) not in registers.prepared:
        table = table_named(name)
        is_new = pl.any_horizontal(pl.col(c).ne_missing(pl.col(c).shift(1)) for c in table.key)
        registers.prepared["numbered", name] = (
            _with_withdrawals(registers, name)
            .sort(*table.key, "reported_on", maintain_order=True)
            .with_row_index("_row")
            .with_columns(is_new.cum_sum().cast(pl.UInt32).alias("_key"))
        )
    frame: pl.DataFrame = registers.prepared["numbered", name]
    return frame


def _with_withdrawals(registers: Registers, name: str) -> pl.DataFrame:
    frame = registers.table(name)
    withdrawn = registers.withdrawn.get(name)
    if withdrawn is None:
        return frame.with_columns(pl.lit(None, dtype=pl.Date).alias("_void_on"))
    row = [*table_named(name).key, "reported_on"]
    void = withdrawn.group_by(row).agg(pl.col("withdrawn_on").min().alias("_void_on"))
    return frame.join(void, on=row, how="left", maintain_order="left")


def _owned(registers: Registers, name: str, owner: str) -> pl.DataFrame:
    """The numbered table with `_owner`: every debtor (or case) that any row of a key names.

    A correction may move a key to another owner. The former owner must then see that the last
    row is no longer theirs, so the rows of such a key are repeated for each owner.
    """
    if ("owned", name, owner) not in registers.prepared:
        frame = numbered_rows(registers, name)
        owners = frame.select("_key", pl.col(owner).alias("_owner")).unique(maintain_order=True)
        if owners.height == owners["_key"].n_unique():
            owned = frame.with_columns(pl.col(owner).alias("_owner"))
        else:
            owned = owners.join(frame, on="_key", how="inner")
        registers.prepared["owned", name, owner] = owned
    prepared: pl.DataFrame = registers.prepared["owned", name, owner]
    return prepared


def last_known(points: pl.DataFrame, registers: Registers, name: str, owner: str) -> pl.DataFrame:
    """For points with point_id, as_of_date and _owner: the last known row of each key they own."""
    rows = _owned(registers, name, owner)
    joined = points.select("point_id", "as_of_date", "_owner").join(rows, on="_owner", how="inner")
    # A point may own a key through two cases: of a row's copies, the one that is its own is last.
    known = (
        joined.filter(is_known(pl.col("as_of_date")))
        .with_columns((pl.col(owner) == pl.col("_owner")).alias("_own"))
        .sort("point_id", "_row", "_own")
    )
    same_key = (pl.col("_key") == pl.col("_key").shift(-1)) & (
        pl.col("point_id") == pl.col("point_id").shift(-1)
    )
    last = known.filter(~same_key.fill_null(False))
    return last.filter("_own")


def known_at(registers: Registers, points: pl.DataFrame, table: str, by: By) -> pl.DataFrame:
    """The rows of a table that each point could know on its own day.

    Args:
        points: point_id, case_id, debtor_id, as_of_date (see `locate`); days may differ.
        table: a table of the contract.
        by: "case" for the rows of the point's case, "debtor" for those of its debtor. Tables
            that name a case and no debtor are reached through the debtor's cases known that day.

    Returns:
        point_id, as_of_date and all columns of the table, the last known row per key, sorted by
        point_id and key.

    Raises:
        UnknownTableError: the contract has no such table.
        TableNotReachableError: rows of the table belong to no case.
    """
    names = table_named(table).column_names
    owner = "debtor_id" if by == "debtor" and "debtor_id" in names else "case_id"
    if owner not in names:
        raise TableNotReachableError(table, by)
    asked = points.select("point_id", "as_of_date", pl.col(f"{by}_id").alias("_owner"))
    if by == "debtor" and owner == "case_id":
        cases = last_known(asked, registers, "cases", "debtor_id")
        asked = cases.select("point_id", "as_of_date", pl.col("case_id").alias("_owner"))
    last = last_known(asked, registers, table, owner)
    return last.sort("point_id", "_row").select("point_id", "as_of_date", *names)


def locate(registers: Registers, questions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Decision points for questions, and the questions that are none, with their reasons.

    Args:
        questions: case_id (text) and as_of_date (date), in any order.

    Returns:
        points: point_id (0.. in the order of case_id, as_of_date), case_id, debtor_id,
        as_of_date; and set_aside: case_id, as_of_date, reason_code, reason. Every question is in
        one of the two.

    Raises:
        QuestionsUnusableError: a column is missing or has another type.
    """
    asked = _checked_questions(questions)
    numbered = asked.with_columns(pl.col("case_id").alias("_owner"))
    cases = last_known(numbered, registers, "cases", "case_id").select(
        "point_id", "debtor_id", "claim_kind", "closed_on", "closing"
    )
    judged = asked.join(cases, on="point_id", how="left", maintain_order="left").with_columns(
        _reason_code().alias("reason_code")
    )
    judged = _told_of_lost_cases(registers, judged)
    good = judged.filter(pl.col("reason_code").is_null())
    points = good.drop("point_id").with_row_index("point_id").select(POINT_SCHEMA.names())
    return points.cast(POINT_SCHEMA), _with_reasons(judged)


def _told_of_lost_cases(registers: Registers, judged: pl.DataFrame) -> pl.DataFrame:
    """A case that nobody knows because its rows were set aside by then is told as that."""
    lost = registers.unknown.get("cases")
    if lost is None:
        return judged
    always = pl.col("reported_on").fill_null(date.min)
    first = lost.drop_nulls("case_id").group_by("case_id").agg(always.min().alias("_lost_on"))
    told = judged.join(first, on="case_id", how="left", maintain_order="left")
    is_lost = (pl.col("reason_code") == "case_unknown") & (
        pl.col("_lost_on") <= pl.col("as_of_date")
    ).fill_null(False)
    reason = pl.when(is_lost).then(pl.lit("case_set_aside")).otherwise("reason_code")
    return told.with_columns(reason.alias("reason_code")).drop("_lost_on")


def _checked_questions(questions: pl.DataFrame) -> pl.DataFrame:
    for name, dtype in {"case_id": pl.String, "as_of_date": pl.Date}.items():
        if name not in questions.columns:
            raise QuestionsUnusableError(f"the column {name} is missing")
        if questions.schema[name] not in (dtype, pl.Null):
            raise QuestionsUnusableError(f"{name} is {questions.schema[name]}, not {dtype()}")
    return (
        questions.select(pl.col("case_id").cast(pl.String), pl.col("as_of_date").cast(pl.Date))
        .sort("case_id", "as_of_date", nulls_last=True)
        .with_row_index("point_id")
    )


def _reason_code() -> pl.Expr:
    """Why a question is no decision point, or null; the first reason that holds."""
    incomplete = pl.col("case_id").is_null() | pl.col("as_of_date").is_null()
    is_repeated = ~pl.struct("case_id", "as_of_date").is_first_distinct()
    is_closed = pl.col("closed_on").is_not_null() | pl.col("closing").is_not_null()
    return (
        pl.when(incomplete)
        .then(pl.lit("incomplete_question"))
        .when(is_repeated)
        .then(pl.lit("duplicate_question"))
        .when(pl.col("debtor_id").is_null())
        .then(pl.lit("case_unknown"))
        .when(is_closed)
        .then(pl.lit("case_closed"))
        .when(pl.col("claim_kind") == "non_property")
        .then(pl.lit("not_a_money_claim"))
    )


SET_ASIDE_REASONS: dict[str, str] = {
    "incomplete_question": "The question lacks its case_id or its as_of_date. Give both.",
    "duplicate_question": "The same case was asked for the same day before. It is answered once.",
    "case_unknown": "No register knew this case on that day. Check the case_id and the date.",
    "case_set_aside": "The rows of this case could not be read and were set aside when the extract "
    "was validated. Have them corrected; until then nothing can be told of it.",
    "case_closed": "The case was closed on that day, so no measure is to be chosen.",
    "not_a_money_claim": "The claim is not for money, so there is no recovery to rank.",
}


def _with_reasons(judged: pl.DataFrame) -> pl.DataFrame:
    reason = pl.col("reason_code").replace_strict(SET_ASIDE_REASONS, return_dtype=pl.String)
    return (
        judged.filter(pl.col("reason_code").is_not_null())
        .with_columns(reason.alias("reason"))
        .select("case_id", "as_of_date", "reason_code", "reason")
    )
