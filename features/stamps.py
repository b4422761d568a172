"""The stamps of decision points: of the rows used, the latest event day and its report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from features.catalogue.feature import Rows
from features.freshness import FRESHNESS, Stamp, is_stale, stamp_columns

# Days since 1970 of the years 1 to 9999 lie within five million either way.
_ZERO: Final = 5_000_000
_SPAN: Final = 2 * _ZERO


def used_rows(rows: pl.LazyFrame, part: Rows) -> pl.LazyFrame:
    """The rows of this case, of the debtor's other cases, or all."""
    return rows if part == "all" else rows.filter(_is_used(part))


def _is_used(part: Rows) -> pl.Expr:
    here = pl.col("is_this_case")
    return here if part == "this_case" else ~here


def stamp_points(rows: pl.LazyFrame, table: str, stamps: Mapping[str, Rows]) -> pl.LazyFrame:
    """One row per point that has any: point_id and the two columns of each stamp.

    Args:
        rows: Rows of `table` with point_id, dates as dates; with `is_this_case` where a stamp
            dates a part of the cases.
        table: A table of the contract.
        stamps: Stamps by name, with the part of the rows that each one dates.
    """
    parts = sorted(set(stamps.values()))
    flags = ["is_this_case"] if parts != ["all"] else []
    dated = rows.select("point_id", *flags, _pair(FRESHNESS[table].event_day).alias("pair"))
    latest = dated.group_by("point_id").agg(_latest(part).alias(part) for part in parts)
    columns: list[pl.Expr] = []
    for name, part in stamps.items():
        known_on, observed_on = stamp_columns(name)
        event = pl.col(part) // _SPAN
        reported = pl.col(part) - event * _SPAN - _ZERO
        columns += [_as_day(reported).alias(known_on), _as_day(event).alias(observed_on)]
    return latest.select("point_id", *columns)


def _latest(part: Rows) -> pl.Expr:
    pair = pl.col("pair")
    return (pair if part == "all" else pair.filter(_is_used(part))).max()


def _pair(event: pl.Expr) -> pl.Expr:
    """Event day and report of a row as one whole number that sorts like the two of them."""
    day, reported = (one.cast(pl.Int32).cast(pl.Int64) for one in (event, pl.col("reported_on")))
    return day * _SPAN + reported + _ZERO


def _as_day(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.Int32).cast(pl.Date)


def stamp_of(rows: pl.DataFrame, table: str, as_of: date) -> Stamp | None:
    """The stamp of some rows of a table on a day; None where there is no row.

    Raises nothing on rows reported later than `as_of`: leave them out before.
    """
    if rows.is_empty():
        return None
    marked = rows.lazy().with_columns(point_id=pl.lit(0))
    one = stamp_points(marked, table, {table: "all"}).collect()
    known_on, observed_on = (one[name][0] for name in stamp_columns(table))
    return Stamp(observed_on, known_on, is_stale(table, observed_on, as_of))
