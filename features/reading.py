"""The shared reading part: each register once, as known at each point, in integers."""

from __future__ import annotations

from typing import Final

import narwhals as nw
import polars as pl

from features.errors import PointColumnsError
from features.known import Known
from features.unknown import FLAGS, flag_of
from law.accounts import leviable_on_accounts
from law.case_facts.case_file import CaseFile, case_file
from law.case_facts.money import LEVIABLE_INCOMES
from registers.extract import Registers
from registers.holdings import HOLDINGS
from registers.outcomes import outstanding
from registers.tables import TABLES
from registers.unknown import unknown_points

READ_TABLES: Final = (
    "debtors",
    "cases",
    "case_events",
    "actions",
    "payments",
    "appeals",
    "incomes",
    "accounts",
    "real_estate",
    "vehicles",
    "obligations",
    "households",
    "businesses",
)
POINT_COLUMNS: Final = ("point_id", "case_id", "debtor_id", "as_of_date")

# At training the day is the one on which a measure was decided, and that decision may be reported
# on the same day, as may the mediation or the payment that it brought. A decision cannot rest on
# itself: only events strictly before the day are known to it. A payment that was made and reported
# on the day lowers what is outstanding (the contract says so), but the history of payments does
# not show it: it may be the first part of what the measure itself brings, and the rest is outcome.
EVENT_DAYS: Final = {
    "actions": "decided_on",
    "payments": "paid_on",
    "appeals": "filed_on",
    "case_events": "starts_on",
}


def read_points(registers: Registers, points: pl.DataFrame) -> CaseFile:
    """The registers as known at each point, each read once.

    Raises:
        PointColumnsError: A column of `registers.snapshot.locate` is missing.
    """
    missing = [name for name in POINT_COLUMNS if name not in points.columns]
    if missing:
        raise PointColumnsError(missing)
    return case_file(registers, points.select(POINT_COLUMNS))


def read_known(file: CaseFile) -> dict[str, pl.LazyFrame]:
    """The rows of each register known at each point, with only events before its day.

    Rows of holdings carry what of them counts on the day (`registers.holdings.marked`), incomes
    also `is_leviable`.
    """
    return {table: read_table(file, table) for table in READ_TABLES}


def read_table(file: CaseFile, table: str) -> pl.LazyFrame:
    """The rows of one register known at each point, with only events before its day.

    Dates stay dates; rows that name a case are marked by `is_this_case`.
    """
    rows = (file.holdings(table) if table in HOLDINGS else file.known(table, "debtor")).lazy()
    if table in EVENT_DAYS:
        rows = rows.filter(pl.col(EVENT_DAYS[table]) < pl.col("as_of_date"))
    if table == "incomes":
        rows = rows.with_columns(is_leviable=pl.col("kind").is_in(LEVIABLE_INCOMES))
    if "case_id" not in TABLES[table].column_names:
        return rows
    cases = file.points.lazy().select("point_id", pl.col("case_id").alias("point_case_id"))
    return rows.join(cases, on="point_id", how="left").with_columns(
        is_this_case=pl.col("case_id") == pl.col("point_case_id")
    )


def as_known(file: CaseFile, rows: dict[str, pl.LazyFrame]) -> Known:
    """The rows as the families take them: Narwhals frames in integers."""
    return Known(
        points=nw.from_native(_point_facts(file)),
        tables={
            table: nw.from_native(in_integers(frame, TABLES[table].schema))
            for table, frame in rows.items()
        },
        absent=file.registers.absent,
    )


def in_integers(frame: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    """The frame with dates as whole days and months as whole months, ready for any engine."""
    dates = ["as_of_date", *(name for name, dtype in schema.items() if dtype == pl.Date)]
    months = [name for name in ("month", "quarter") if name in dates]
    return frame.with_columns(
        *(pl.col(name).cast(pl.Int32).cast(pl.Int64).alias(_day_name(name)) for name in dates),
        *(
            (pl.col(name).dt.year().cast(pl.Int64) * 12 + pl.col(name).dt.month()).alias(
                f"{name}_index"
            )
            for name in months
        ),
        as_of_year=pl.col("as_of_date").dt.year().cast(pl.Int64),
    ).drop(dates)


def _day_name(name: str) -> str:
    return "as_of_day" if name == "as_of_date" else f"{name.removesuffix('_on')}_day"


def _point_facts(file: CaseFile) -> pl.LazyFrame:
    """What each point brings along: see `Known.points`."""
    facts = file.points.lazy().select("point_id", "as_of_date")
    balance = leviable_on_accounts(file).select("point_id", "leviable_balance_som")
    for part in (outstanding(file.registers, file.points), balance):
        facts = facts.join(part.lazy(), on="point_id", how="left")
    return _flagged(file.registers, file.points, in_integers(facts, pl.Schema()))


def _flagged(registers: Registers, points: pl.DataFrame, facts: pl.LazyFrame) -> pl.LazyFrame:
    """The facts of the points with a flag per register that is not all known of them."""
    for table, by in FLAGS:
        unknown = unknown_points(registers, points, table, by, "history")["point_id"]
        is_unknown = pl.col("point_id").is_in(unknown.implode())
        facts = facts.with_columns(is_unknown.alias(flag_of(table, by)))
    return facts
