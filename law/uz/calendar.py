"""Working days and public holidays of Uzbekistan: what a term of "n working days" counts.

Public holidays, additional days off and working Saturdays come from the package `holidays`; dated
overrides stand in calendar.yaml. That the week has five working days is inferred: the Law names
"working days", and the Bureau's week was read nowhere. Days outside 2001..2040 are unknown: null.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, overload

import holidays
import numpy as np
import polars as pl
from numpy.typing import NDArray

from law.confidence import Confidence
from law.uz.calendar_file import CALENDAR_FILE, FIRST_DAY, LAST_DAY, Overrides, load_overrides

Ground = Literal["act", "decree", "holiday", "week"]

_EPOCH = date(1970, 1, 1)
_FIRST = (FIRST_DAY - _EPOCH).days
_N_DAYS = (LAST_DAY - FIRST_DAY).days + 1
_SATURDAY = 5


@dataclass(frozen=True)
class CalendarDay:
    """Whether a day is a working day, on what ground, and how sure the record of it is.

    `ground`: "act" an override of calendar.yaml, "decree" a working Saturday, "holiday" a public
    holiday or an additional day off, "week" the week of five days. `source` names the act or the
    holiday. `decrees_recorded`: whether decrees on days off of that year are recorded at all.
    """

    on: date
    working: bool
    ground: Ground
    source: str
    confidence: Confidence
    decrees_recorded: bool


@cache
def _official() -> holidays.HolidayBase:
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    return holidays.country_holidays("UZ", years=years, language="en_US")


@cache
def overrides() -> Overrides:
    """What calendar.yaml holds, read once; raises ParameterFileError with file and line."""
    return load_overrides(CALENDAR_FILE)


def calendar_day(on: date) -> CalendarDay | None:
    """The record of a day; None outside the calendar.

    >>> found = calendar_day(date(2026, 9, 1))
    >>> (found.working, found.ground, found.source, found.confidence)
    (False, 'holiday', 'Independence Day', 'secondary')
    """
    if not FIRST_DAY <= on <= LAST_DAY:
        return None
    recorded = overrides().decrees_from <= on < overrides().decrees_until
    override = {day.on: day for day in overrides().days}.get(on)
    name = _official().get(on)
    if override is not None:
        return CalendarDay(on, override.working, "act", override.act, override.confidence, recorded)
    if on in _official().weekend_workdays:
        return CalendarDay(on, True, "decree", "working Saturday", "secondary", recorded)
    if name is not None:  # the day of a moon may be an estimate
        confidence: Confidence = "inferred" if "estimated" in name else "secondary"
        return CalendarDay(on, False, "holiday", name, confidence, recorded)
    in_week = on.weekday() < _SATURDAY
    return CalendarDay(on, in_week, "week", "week of five days", "inferred", recorded)


def is_working_day(on: date) -> bool | None:
    """Whether a day is a working day; None outside the calendar."""
    found = calendar_day(on)
    return None if found is None else found.working


@cache
def working_day_numbers() -> NDArray[np.int64]:
    """Every working day of the calendar as a number of days since 1970, in order."""
    numbers = np.arange(_FIRST, _FIRST + _N_DAYS)
    working: NDArray[np.bool_] = np.is_busday(numbers.astype("datetime64[D]"))
    for day in _official():
        _set(working, day, False)
    for day in _official().weekend_workdays:
        _set(working, day, True)
    for override in overrides().days:
        _set(working, override.on, override.working)
    found: NDArray[np.int64] = numbers[working]
    return found


def _set(working: NDArray[np.bool_], day: date, answer: bool) -> None:
    if FIRST_DAY <= day <= LAST_DAY:
        working[(day - FIRST_DAY).days] = answer


@overload
def working_days_after(day: pl.Series, n: int) -> pl.Series: ...
@overload
def working_days_after(day: pl.Expr | str, n: int | pl.Expr) -> pl.Expr: ...
def working_days_after(day: pl.Series | pl.Expr | str, n: int | pl.Expr) -> pl.Series | pl.Expr:
    """The n-th working day after a day, which itself does not count; n from 1.

    Args:
        day: a column of dates (its name, an expression or a Series).
        n: how many working days; an expression gives one number per row (a dated value).

    Returns:
        Dates; null where the day or n is unknown, and outside the calendar.

    >>> working_days_after(pl.Series([date(2026, 8, 28)]), 1).to_list()  # a Friday
    [datetime.date(2026, 9, 2)]
    """
    return _ask(day, n, "right")


@overload
def next_working_day(day: pl.Series) -> pl.Series: ...
@overload
def next_working_day(day: pl.Expr | str) -> pl.Expr: ...
def next_working_day(day: pl.Series | pl.Expr | str) -> pl.Series | pl.Expr:
    """The day itself where it is a working day, else the first one after it; null outside.

    >>> next_working_day(pl.Series([date(2026, 8, 28), date(2026, 8, 29)])).to_list()
    [datetime.date(2026, 8, 28), datetime.date(2026, 9, 2)]
    """
    return _ask(day, 1, "left")


def within_calendar(day: pl.Expr) -> pl.Expr:
    """The day, or null where it lies outside the calendar."""
    return pl.when(day.is_between(pl.lit(FIRST_DAY), pl.lit(LAST_DAY))).then(day)


Side = Literal["left", "right"]  # where counting starts: at the day itself, or after it


def _ask(day: pl.Series | pl.Expr | str, n: int | pl.Expr, side: Side) -> pl.Series | pl.Expr:
    if isinstance(day, pl.Series):
        frame = pl.DataFrame({"day": day}, schema={"day": pl.Date})
        return frame.select(_ask("day", n, side)).to_series().alias(day.name)
    number = n if isinstance(n, pl.Expr) else pl.lit(n)
    asked = pl.struct(
        (pl.col(day) if isinstance(day, str) else day).cast(pl.Date).cast(pl.Int64).alias("day"),
        number.cast(pl.Int64).alias("n"),
    )
    return asked.map_batches(lambda s: _answer(s, side), return_dtype=pl.Date, is_elementwise=True)


def _answer(asked: pl.Series, side: Side) -> pl.Series:
    """Where each day stands among the working days, and the one that is n places on."""
    days, n = asked.struct.field("day"), asked.struct.field("n")
    working = working_day_numbers()
    is_asked = (days >= _FIRST) & (days < _FIRST + _N_DAYS) & (n >= 1)
    start = np.searchsorted(working, days.fill_null(0).to_numpy(), side=side)
    place = start + n.fill_null(1).to_numpy() - 1
    fits = is_asked.fill_null(False).to_numpy() & (place < len(working))
    found = pl.Series(working[np.where(fits, place, 0)].astype(np.int32)).cast(pl.Date)
    return found.zip_with(
        pl.Series(fits), pl.Series([None], dtype=pl.Date).new_from_index(0, len(found))
    )
