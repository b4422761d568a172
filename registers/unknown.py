"""What is not all known of a debtor or case on a day: unknown is not nothing.

A row that was set aside leaves its owner's part of the register unknown from its `reported_on` on
(always, where that day cannot be read), until an accepted row settles it:

- a later report of the same key, for that row tells the state from then on;
- a word-for-word repetition was set aside, so the row itself is known;
- of a register of months and quarters, where only the present state is asked for (`state`), a later
  period of the same thing of the same owner; where past periods count too (`history`), such a
  period, and only of a row that lies more than a year before the newest, which was reported no
  earlier than it: no sum or share looks further back than a year.

A register that was not delivered, or of which every row was set aside, is unknown for everybody.
"""

from typing import Literal

import polars as pl

from registers.errors import TableNotReachableError
from registers.extract import Registers
from registers.snapshot import By, is_known, last_known, numbered_rows
from registers.tables import table_named
from registers.unknown_rows import owner_column, period_column, thing_columns

Why = Literal["not_delivered", "all_set_aside", "part_set_aside"]
Reads = Literal["state", "history"]

LOOKS_BACK_MONTHS = 12

_FOUND = pl.Schema({"point_id": pl.UInt32(), "why": pl.String()})


def unknown_points(
    registers: Registers, points: pl.DataFrame, table: str, by: By, reads: Reads = "state"
) -> pl.DataFrame:
    """The points of whose debtor or case not all rows of a table are known on their day.

    Args:
        points: point_id, case_id, debtor_id, as_of_date; days may differ.
        table: a table of the contract.
        by: "case" for the rows of the point's case, "debtor" for those of its debtor. Tables that
            name a case are reached through the debtor's cases: while these are not all known,
            neither is the table.
        reads: "state" where only the present counts, "history" where past periods count too.

    Returns:
        point_id and why, sorted by point_id, one row per point that is not known whole.

    Raises:
        UnknownTableError: the contract has no such table.
        TableNotReachableError: rows of the table belong to no case.
    """
    if table in registers.absent:
        why = why_absent(registers, table)
        return points.select("point_id", pl.lit(why).alias("why")).cast(_FOUND).sort("point_id")
    found = [_FOUND.to_frame()["point_id"]]
    asked = points.select("point_id", "case_id", "debtor_id", "as_of_date")
    if by == "debtor" and table != "cases" and owner_column(table_named(table)) == "case_id":
        found.append(unknown_points(registers, points, "cases", "debtor")["point_id"])
        of_debtor = asked.with_columns(pl.col("debtor_id").alias("_owner"))
        cases = last_known(of_debtor, registers, "cases", "debtor_id")
        asked = cases.select("point_id", "case_id", "debtor_id", "as_of_date")
    found.append(_unsettled(asked, registers, table, by, reads)["point_id"])
    part = pl.lit("part_set_aside").alias("why")
    return pl.concat(found).unique().sort().to_frame().select("point_id", part).cast(_FOUND)


def unknown_cases(registers: Registers, cases: pl.DataFrame, table: str) -> pl.DataFrame:
    """Of point_id, case_id, debtor_id, as_of_date: the rows whose case is not all known there."""
    if table in registers.absent:
        return cases
    asked = cases.with_row_index("_row")
    numbered = asked.with_columns(pl.col("_row").cast(pl.UInt32).alias("point_id"))
    found = _unsettled(numbered, registers, table, "case", "state")["point_id"]
    return asked.filter(pl.col("_row").is_in(found.implode())).drop("_row")


def why_absent(registers: Registers, table: str) -> Why:
    """Why nothing is known of a whole table."""
    return "all_set_aside" if table in registers.all_set_aside else "not_delivered"


def _unsettled(
    asked: pl.DataFrame, registers: Registers, name: str, by: By, reads: Reads
) -> pl.DataFrame:
    """The points that lost a row of their case or debtor which nothing has settled since."""
    table, rows = table_named(name), registers.unknown.get(name)
    owner = f"{by}_id" if f"{by}_id" in table.column_names else "case_id"
    if owner not in table.column_names:
        raise TableNotReachableError(name, by)
    if rows is None or rows.is_empty():
        return asked.clear()
    met = [_met(asked, rows, owner)]
    if name == "cases" and owner == "case_id":
        # A row of which the case cannot be read may be about any case of its debtor.
        met.append(_met(asked, rows.filter(pl.col("case_id").is_null()), "debtor_id"))
    lost = pl.concat(met).with_row_index("_n")
    if lost.is_empty():
        return asked.clear()
    settled = _reported_later(lost, registers, name, owner, reads)
    period = period_column(table)
    if reads == "history" and period:
        replaced = _reported_later(lost, registers, name, owner, "state")
        # An account that was told of long ago and never since still counts as one.
        long_ago = _long_ago(lost, registers, name, period)
        settled = pl.concat([settled, replaced.filter(replaced.is_in(long_ago.implode()))])
    return lost.filter(~pl.col("_n").is_in(settled.implode()))


def _met(asked: pl.DataFrame, rows: pl.DataFrame, owner: str) -> pl.DataFrame:
    """The rows set aside that each point could know of, with the owner as `_owner`."""
    return (
        asked.select("point_id", "as_of_date", pl.col(owner).alias("_owner"))
        .join(rows.with_columns(pl.col(owner).alias("_owner")), on="_owner")
        .filter((pl.col("reported_on") <= pl.col("as_of_date")).fill_null(True))
    )


def _reported_later(
    lost: pl.DataFrame, registers: Registers, name: str, owner: str, reads: Reads
) -> pl.Series:
    """The rows set aside whose key was reported since, or whose thing has a later period.

    A later period settles what a debtor has only where it is told of the same debtor: what another
    has of the same account since says nothing of what this one still has.
    """
    table = table_named(name)
    thing, period = thing_columns(table), period_column(table)
    periods = [period] if period else []
    accepted = numbered_rows(registers, name).select(
        *thing,
        "reported_on",
        "_void_on",
        pl.col(owner).alias("_accepted_owner"),
        *(pl.col(p).alias("_period") for p in periods),
    )
    lost_on = pl.col("reported_on").alias("_lost_on")
    pairs = (
        lost.select("_n", "as_of_date", "_owner", "reason", *table.key, lost_on)
        .join(accepted, on=thing)
        .filter(is_known(pl.col("as_of_date")))
    )
    is_repetition = (pl.col("reason") == "duplicate_key") & (
        pl.col("reported_on") == pl.col("_lost_on")
    )
    settles = (pl.col("reported_on") > pl.col("_lost_on")) | is_repetition
    if period:
        settles &= pl.col("_period") == pl.col(period)
        if reads == "state":
            of_same = pl.col("_accepted_owner") == pl.col("_owner")
            settles |= (pl.col("_period") > pl.col(period)) & of_same
    return pairs.filter(settles)["_n"].unique()


def _long_ago(lost: pl.DataFrame, registers: Registers, name: str, period: str) -> pl.Series:
    """The rows set aside of a period that lies too far back for any sum or share to look at.

    Some look back from the newest period, some from the day: the earlier of both counts, so that a
    period dated in advance takes nothing out of sight. What was reported before the row set aside
    was says nothing of the newest report.
    """
    table = table_named(name)
    owner = owner_column(table)
    accepted = numbered_rows(registers, name).select(
        pl.col(owner).alias("_owner"), "reported_on", "_void_on", pl.col(period).alias("_period")
    )
    newest = (
        lost.select(
            "_n",
            "as_of_date",
            "_owner",
            pl.col(period).alias("_lost"),
            pl.col("reported_on").alias("_lost_on"),
        )
        .join(accepted, on="_owner")
        .filter(is_known(pl.col("as_of_date")) & (pl.col("reported_on") >= pl.col("_lost_on")))
        .group_by("_n", "_lost")
        .agg(pl.min_horizontal(pl.col("_period").max(), pl.col("as_of_date").first()))
    )
    limit = pl.col("_lost").dt.offset_by(f"{LOOKS_BACK_MONTHS}mo")
    return newest.filter(pl.col("_period") > limit)["_n"]
