"""How fresh a fact is: the day to which it refers, the report that brought it, and when it is old.

Each register is dated once, here. A row has two days: the event day, to which the fact itself
refers (the last day of the month of a balance), and `reported_on`, the day from which the Bureau
could know it. A stamp is such a pair, of the row with the latest event day among the rows used; of
several rows of that day, the report that came last completed it. The two are never taken from
different rows: a late correction of January does not make March's balance newer.

A register that reports a running period before its end cannot have seen the end: no event day is
later than its report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal

import polars as pl

Period = Literal["month", "quarter"]


@dataclass(frozen=True)
class Freshness:
    """How one register dates its rows and how often it usually speaks.

    Attributes:
        period: The column that names a period; the fact is as of the period's last day.
        days: Columns of days on which something happened; the fact is as of the latest of them.
            With neither, the register states what holds on `reported_on`.
        stale_after_days: The fact is older than usual when the event day lies further back than
            this; None where silence is no sign of age.
        source: Why, by the data sheet of the table (docs/reference/registers.md).
    """

    source: str
    period: Period | None = None
    days: tuple[str, ...] = ()
    stale_after_days: int | None = None

    @property
    def event_day(self) -> pl.Expr:
        """The day to which a row refers, never after its `reported_on`."""
        day = pl.col("reported_on")
        if self.period == "month":
            day = pl.col("month").dt.month_end()
        elif self.period == "quarter":
            day = pl.col("quarter").dt.offset_by("2mo").dt.month_end()
        elif self.days:
            day = pl.max_horizontal(*self.days)
        return pl.min_horizontal(day, "reported_on")


_STATE = "a row comes when something changed, so silence is no sign of age"
_EVENT = "what happened stays as it was"

FRESHNESS: Final[Mapping[str, Freshness]] = MappingProxyType(
    {
        "debtors": Freshness(f"Status is as of reported_on; {_STATE}."),
        "cases": Freshness(f"What the last row says holds until the next; {_STATE}."),
        "case_events": Freshness(
            f"The day on which the stay began, or was ordered ahead; {_EVENT}.",
            days=("starts_on",),
        ),
        "actions": Freshness(
            f"Decided or executed; ended_on may be a planned day, so it does not date; {_EVENT}.",
            days=("decided_on", "executed_on"),
        ),
        "payments": Freshness(f"The day of the payment; {_EVENT}.", days=("paid_on",)),
        "appeals": Freshness(f"Filed or resolved; {_EVENT}.", days=("filed_on", "resolved_on")),
        "incomes": Freshness(
            "Months come about six weeks after their end: 45 days, the next month, 30 of grace.",
            period="month",
            stale_after_days=106,
        ),
        "accounts": Freshness(
            "Balance at the end of the month, within two weeks: 14 days, the next month, 30 of "
            "grace.",
            period="month",
            stale_after_days=75,
        ),
        "real_estate": Freshness(f"As the cadastre recorded it on reported_on; {_STATE}."),
        "vehicles": Freshness(f"As the traffic police recorded it on reported_on; {_STATE}."),
        "obligations": Freshness(
            "Debt at the end of the month, within three weeks: 20 days, the next month, 30 of "
            "grace.",
            period="month",
            stale_after_days=81,
        ),
        "households": Freshness(
            "A month is often reported more than a year late: 365 days, the next month.",
            period="month",
            stale_after_days=396,
        ),
        "businesses": Freshness(
            "Filings come up to three months after the quarter: 92 days, the next quarter.",
            period="quarter",
            stale_after_days=184,
        ),
    }
)


@dataclass(frozen=True)
class Stamp:
    """Both days of a fact: `observed_on`, to which it refers, and `known_on`, its report.

    >>> Stamp(date(2026, 3, 31), date(2026, 4, 9)).has_two_days
    True
    """

    observed_on: date
    known_on: date
    is_stale: bool = False

    @property
    def has_two_days(self) -> bool:
        """Whether there are two days to tell."""
        return self.observed_on != self.known_on


def stamp_columns(name: str) -> tuple[str, str]:
    """The columns of the feature frame with the two days of a stamp.

    >>> stamp_columns("accounts")
    ('known_on_accounts', 'observed_on_accounts')
    """
    return f"known_on_{name}", f"observed_on_{name}"


def is_stale(table: str, observed_on: date | None, as_of: date) -> bool:
    """Whether a fact is older than the usual rhythm of its register lets expect.

    >>> is_stale("accounts", date(2026, 1, 31), date(2026, 4, 16))  # the 75th day
    False
    >>> is_stale("accounts", date(2026, 1, 31), date(2026, 4, 17))
    True
    >>> is_stale("vehicles", date(2019, 1, 31), date(2026, 4, 17))  # it reports changes only
    False
    """
    limit = FRESHNESS[table].stale_after_days
    if observed_on is None or limit is None:
        return False
    return as_of - observed_on > timedelta(days=limit)


def stale_expr(table: pl.Expr, observed_on: pl.Expr, as_of: pl.Expr | pl.Series) -> pl.Expr:
    """`is_stale` over columns: a table's name, an event day and a day; false where unknown."""
    limits = {name: one.stale_after_days for name, one in FRESHNESS.items()}
    limit = table.replace_strict(limits, return_dtype=pl.Int64, default=None)
    age = pl.lit(as_of) if isinstance(as_of, pl.Series) else as_of
    return ((age - observed_on).dt.total_days() > limit).fill_null(value=False)
