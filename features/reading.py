"""The shared reading part: each register once, as known at each point, in integers."""

from __future__ import annotations

from typing import Final

import narwhals as nw
import polars as pl

from features.errors import PointColumnsError
from features.known import Known
from law.parameters import parameter, parameters_of
from registers.extract import Registers
from registers.outcomes import outstanding
from registers.snapshot import known_at
from registers.tables import TABLES

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
PROTECTED_AMOUNT: Final = ("minimum_wage", "protected_account_share")

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


def read_known(registers: Registers, points: pl.DataFrame) -> dict[str, pl.LazyFrame]:
    """The rows of each register known at each point, with only events before its day.

    Raises:
        PointColumnsError: A column of `registers.snapshot.locate` is missing.
    """
    check_points(points)
    return {table: read_table(registers, points, table) for table in READ_TABLES}


def check_points(points: pl.DataFrame) -> None:
    """Raises PointColumnsError where a column of `registers.snapshot.locate` is missing."""
    missing = [name for name in POINT_COLUMNS if name not in points.columns]
    if missing:
        raise PointColumnsError(missing)


def read_table(registers: Registers, points: pl.DataFrame, table: str) -> pl.LazyFrame:
    """The rows of one register known at each point, with only events before its day.

    Dates stay dates; rows that name a case are marked by `is_this_case`.
    """
    rows = known_at(registers, points, table, by="debtor").lazy()
    if table in EVENT_DAYS:
        rows = rows.filter(pl.col(EVENT_DAYS[table]) < pl.col("as_of_date"))
    if "case_id" not in TABLES[table].column_names:
        return rows
    cases = points.lazy().select("point_id", pl.col("case_id").alias("point_case_id"))
    return rows.join(cases, on="point_id", how="left").with_columns(
        is_this_case=pl.col("case_id") == pl.col("point_case_id")
    )


def as_known(registers: Registers, points: pl.DataFrame, rows: dict[str, pl.LazyFrame]) -> Known:
    """The rows as the families take them: Narwhals frames in integers."""
    return Known(
        points=nw.from_native(_point_facts(registers, points, rows)),
        tables={
            table: nw.from_native(in_integers(frame, TABLES[table].schema))
            for table, frame in rows.items()
        },
        absent=registers.absent,
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


def _point_facts(
    registers: Registers, points: pl.DataFrame, rows: dict[str, pl.LazyFrame]
) -> pl.LazyFrame:
    """point_id, as_of_day, as_of_year, outstanding_som and protected_som of each point."""
    kinds = rows["debtors"].select("point_id", pl.col("kind").alias("debtor_kind"))
    claims = rows["cases"].filter("is_this_case").select("point_id", "claim_kind")
    joined = points.lazy().select("point_id", "as_of_date")
    for part in (outstanding(registers, points).lazy(), kinds, claims):
        joined = joined.join(part, on="point_id", how="left")
    protected = _protected(registers.legal_order.id)
    facts = joined.select("point_id", "as_of_date", "outstanding_som", protected)
    return in_integers(facts, pl.Schema())


def _protected(legal_order_id: str) -> pl.Expr:
    # Art. 47(12): half the minimum wage is kept on the accounts of natural persons, but not for
    # individual entrepreneurs and not against alimony.
    protects = (pl.col("debtor_kind") == "individual") & (pl.col("claim_kind") != "alimony")
    if not set(PROTECTED_AMOUNT) <= set(parameters_of(legal_order_id)):
        return pl.lit(None, dtype=pl.Int64).alias("protected_som")
    wage, share = (parameter(name, legal_order_id) for name in PROTECTED_AMOUNT)
    amount = (wage * share).round().cast(pl.Int64)
    return pl.when(protects).then(amount).when(~protects).then(0).alias("protected_som")
