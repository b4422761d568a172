"""Working days and public holidays of Uzbekistan: what a term of "n working days" counts.

Public holidays, additional days off and working Saturdays come from the package `holidays`; dated
overrides stand in calendar.yaml. That the week has five working days is inferred (the Law names
"working days" and no register or act in the record tells the Bureau's week). Days outside
2001..2040 are unknown: null.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import overload

import holidays
import numpy as np
import polars as pl
from numpy.typing import NDArray

from law.confidence import Confidence
from law.errors import ParameterFileError
from law.parameter_files import check_confidence, check_names, read_file

FIRST_DAY = date(2001, 1, 1)
LAST_DAY = date(2040, 12, 31)
CALENDAR_FILE = Path(__file__).parent / "calendar.yaml"

_HEAD = ("holidays_edition", "decrees_from", "decrees_until", "days")
_ENTRY = ("date", "working", "act", "confidence")
_SATURDAY = 5


@dataclass(frozen=True)
class Override:
    """A day that an act makes a working day or a day off."""

    on: date
    working: bool
    act: str
    confidence: Confidence


@dataclass(frozen=True)
class Overrides:
    """What calendar.yaml holds: the years of recorded decrees and the days that differ."""

    decrees_from: date
    decrees_until: date
    days: tuple[Override, ...]


@dataclass(frozen=True)
class CalendarDay:
    """Whether a day is a working day, why, and how sure the record of it is."""

    on: date
    working: bool
    why: str
    confidence: Confidence


def load_overrides(file: Path = CALENDAR_FILE) -> Overrides:
    """The overrides in a file; raises ParameterFileError with file and line."""
    raw = read_file(file)
    line = int(raw["__line__"])
    check_names(file, raw, _HEAD)
    if raw.get("holidays_edition") != holidays.__version__:
        raise ParameterFileError(
            file,
            line,
            f"written against holidays {raw.get('holidays_edition')}, installed is "
            f"{holidays.__version__}. Compare the days of both, then write the new edition.",
        )
    for name in ("decrees_from", "decrees_until"):
        if not isinstance(raw.get(name), date):
            raise ParameterFileError(file, line, f"{name} is no date (write 2018-01-01).")
    if not isinstance(raw.get("days"), list):
        raise ParameterFileError(file, line, "no days: write a list, which may be empty ([]).")
    days = tuple(_override(file, entry) for entry in raw["days"])
    _check_order(file, raw["days"], days)
    return Overrides(raw["decrees_from"], raw["decrees_until"], days)


def _override(file: Path, entry: object) -> Override:
    if not isinstance(entry, dict):
        raise ParameterFileError(file, 1, f"'{entry}' is no day: write date, working and act.")
    line = int(entry["__line__"])
    check_names(file, entry, _ENTRY)
    on = entry.get("date")
    if not isinstance(on, date) or not FIRST_DAY <= on <= LAST_DAY:
        raise ParameterFileError(file, line, f"the date must lie in {FIRST_DAY}..{LAST_DAY}.")
    if not isinstance(entry.get("working"), bool):
        raise ParameterFileError(file, line, "working must be true or false.")
    if not str(entry.get("act") or "").strip():
        raise ParameterFileError(file, line, "the day has no act: cite where it stands.")
    check_confidence(file, entry)
    return Override(on, entry["working"], str(entry["act"]), entry["confidence"])


def _check_order(file: Path, entries: list[dict[str, object]], days: tuple[Override, ...]) -> None:
    for before, after, entry in zip(days, days[1:], entries[1:], strict=False):
        if after.on <= before.on:
            line = int(str(entry["__line__"]))
            raise ParameterFileError(file, line, f"{after.on} does not follow {before.on}.")


@cache
def _official() -> holidays.HolidayBase:
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    return holidays.country_holidays("UZ", years=years, language="en_US")


@cache
def _overrides() -> Overrides:
    return load_overrides()


def calendar_day(on: date) -> CalendarDay | None:
    """The record of a day; None outside the calendar.

    >>> calendar_day(date(2026, 9, 1))
    CalendarDay(on=datetime.date(2026, 9, 1), working=False, why='Independence Day', \
confidence='secondary')
    """
    if not FIRST_DAY <= on <= LAST_DAY:
        return None
    override = {day.on: day for day in _overrides().days}.get(on)
    if override is not None:
        return CalendarDay(on, override.working, override.act, override.confidence)
    if on in _official().weekend_workdays:
        return CalendarDay(on, True, "working day by decree", "secondary")
    name = _official().get(on)
    if name is not None:
        return CalendarDay(on, False, name, "inferred" if "estimated" in name else "secondary")
    working = on.weekday() < _SATURDAY
    return CalendarDay(on, working, "five-day week", "inferred")


@cache
def _working_days() -> NDArray[np.int32]:
    """Every working day of the calendar as a number of days since 1970, in order."""
    first, last = np.datetime64(FIRST_DAY, "D"), np.datetime64(LAST_DAY, "D")
    days = np.arange(first, last + 1)
    working = np.is_busday(days)
    for day in _official():
        working[(np.datetime64(day, "D") - first).astype(int)] = False
    for day in _official().weekend_workdays:
        working[(np.datetime64(day, "D") - first).astype(int)] = True
    for override in _overrides().days:
        working[(np.datetime64(override.on, "D") - first).astype(int)] = override.working
    return days[working].astype(np.int32)


@overload
def working_days_after(day: pl.Series, n: int | pl.Series) -> pl.Series: ...
@overload
def working_days_after(day: pl.Expr | str, n: int | pl.Expr) -> pl.Expr: ...
def working_days_after(
    day: pl.Series | pl.Expr | str, n: int | pl.Series | pl.Expr
) -> pl.Series | pl.Expr:
    """The n-th working day after a day, which itself does not count; n from 1.

    Args:
        day: a column of dates (its name, an expression or a Series).
        n: how many working days, one number or one per row (a dated value).

    Returns:
        Dates; null where the day or the number is unknown, or the answer lies outside the calendar.

    >>> working_days_after(pl.Series([date(2026, 8, 28)]), 1).to_list()  # a Friday
    [datetime.date(2026, 9, 2)]
    """
    return _ask(day, n, first="after")


@overload
def next_working_day(day: pl.Series) -> pl.Series: ...
@overload
def next_working_day(day: pl.Expr | str) -> pl.Expr: ...
def next_working_day(day: pl.Series | pl.Expr | str) -> pl.Series | pl.Expr:
    """The day itself where it is a working day, else the first one after it; null outside."""
    return _ask(day, 1, first="same")


def is_working_day(on: date) -> bool | None:
    """Whether a day is a working day; None outside the calendar."""
    found = calendar_day(on)
    return None if found is None else found.working


def within_calendar(day: pl.Expr) -> pl.Expr:
    """The day, or null where it lies outside the calendar."""
    return pl.when(day.is_between(pl.lit(FIRST_DAY), pl.lit(LAST_DAY))).then(day)


def _ask(
    day: pl.Series | pl.Expr | str, n: int | pl.Series | pl.Expr, first: str
) -> pl.Series | pl.Expr:
    def answer(columns: list[pl.Series]) -> pl.Series:
        return _count(columns[0], columns[1], first)

    if isinstance(day, pl.Series):
        number = n if isinstance(n, pl.Series) else pl.Series([n])
        return _count(day, number, first).alias(day.name)
    exprs = [day, n if isinstance(n, pl.Expr) else pl.lit(n)]
    return pl.map_batches(exprs, answer, return_dtype=pl.Date)  # type: ignore[arg-type]


def _count(days: pl.Series, n: pl.Series, first: str) -> pl.Series:
    """Where each day stands among the working days, and the one n places further."""
    working = _working_days()
    starts = days.cast(pl.Date).cast(pl.Int32)
    numbers = (
        n.cast(pl.Int64)
        if len(n) == len(days)
        else pl.repeat(n[0], len(days), dtype=pl.Int64, eager=True)
    )
    lowest = (FIRST_DAY - date(1970, 1, 1)).days
    is_known = (starts.is_not_null() & numbers.is_not_null() & (starts >= lowest)).fill_null(False)
    side = "right" if first == "after" else "left"
    places = np.searchsorted(working, starts.fill_null(0).to_numpy(), side=side)  # type: ignore[call-overload]
    places = places + numbers.fill_null(1).to_numpy() - 1
    fits = (
        is_known.to_numpy()
        & (places >= 0)
        & (places < len(working))
        & (numbers.fill_null(0).to_numpy() >= 1)
    )
    found = working[np.where(fits, places, 0)]
    return (
        pl.select(pl.when(pl.Series(fits)).then(pl.Series(found)).cast(pl.Date))
        .to_series()
        .alias(days.name)
    )
