"""Which rows a filter on dates keeps, in words that Polars and PostgreSQL both follow.

A row is left out only where the day on which it was reported can be read and lies outside. A row
whose day is missing, or stands there in a form that is no ISO day, is kept: validation judges it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from registers.sources.instants import day_of_zoned

REPORTED_ON = "reported_on"
WITHDRAWN_ON = "withdrawn_on"  # a withdrawal is known from this day on

# Years 1 to 9999 as days from 1970: what every tool can write and read as a day.
FIRST_DAY: Final = -719_162
LAST_DAY: Final = 2_932_896
UNITS_PER_DAY: Final = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}

ISO_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@dataclass(frozen=True)
class ReportedBetween:
    """The days on which the rows to be read were reported; both ends are included."""

    reported_from: date | None = None
    reported_until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is left out."""
        return self.reported_from is None and self.reported_until is None

    @property
    def label(self) -> str:
        """The filter as reports name it beside a table."""
        first = f" reported from {self.reported_from}" if self.reported_from else ""
        last = f" reported until {self.reported_until}" if self.reported_until else ""
        return f"{first}{last}".strip()

    def labelled(self, label: str) -> str:
        """The name of a source with the filter beside it."""
        return label if self.is_open else f"{label} ({self.label})"

    def keeps(self, column: str, dtype: pl.DataType) -> pl.Expr:
        """The rows to keep, for a column of days of this type as it was delivered."""
        day = _day(pl.col(column), dtype)
        if day is None:
            return pl.lit(True)
        outside = pl.lit(False)
        if self.reported_from is not None:
            outside = outside | (day < self.reported_from)
        if self.reported_until is not None:
            outside = outside | (day > self.reported_until)
        return ~outside.fill_null(False)


def _day(column: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    """The day where it can be read, else null; None where no value of the type is a day."""
    if dtype == pl.Date:
        return _day_of_number(column.to_physical())
    if isinstance(dtype, pl.Datetime):
        number, per_day = column.to_physical(), UNITS_PER_DAY[dtype.time_unit]
        if dtype.time_zone is not None:
            return _day_of_zoned(column, number, per_day)
        return _day_of_number(pl.when(number % per_day == 0).then(number // per_day))
    if dtype in (pl.String, pl.Categorical, pl.Enum):
        text = column.cast(pl.String)
        iso = pl.when(text.str.contains(ISO_DAY)).then(text)
        return iso.str.to_date("%Y-%m-%d", strict=False)
    return None


def _day_of_zoned(column: pl.Expr, number: pl.Expr, per_day: int) -> pl.Expr:
    """The day in Tashkent; at the ends of the calendar, where no zone can be reckoned, in UTC."""
    least, most = max((FIRST_DAY + 1) * per_day, -(2**63)), min((LAST_DAY - 1) * per_day, 2**63 - 1)
    is_near = number.is_between(least, most)
    day = day_of_zoned(pl.when(is_near).then(column))
    return pl.when(is_near).then(day).otherwise(_day_of_number(number // per_day))


def _day_of_number(number: pl.Expr) -> pl.Expr:
    is_day = number.is_between(FIRST_DAY, LAST_DAY)
    return pl.when(is_day).then(number).cast(pl.Int32).cast(pl.Date)
