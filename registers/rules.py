"""The forms that a rule across columns can take.

A form is plain data. The Polars expression that finds the failing rows (`holds`) and the
expectation of Great Expectations that records the verdict (`registers.validation.expectations`)
are both made from it, so that the two cannot drift apart. An unknown value breaks no rule.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import polars as pl


@dataclass(frozen=True)
class AtMost:
    """`smaller` is not above `larger`; for dates: not after it."""

    smaller: str
    larger: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule reads."""
        return (self.smaller, self.larger)

    @property
    def holds(self) -> pl.Expr:
        """True where the rule holds, null where a value is unknown."""
        return pl.col(self.smaller) <= pl.col(self.larger)


@dataclass(frozen=True)
class PartIn:
    """The day or the month of a date is one of `values`: a month is named by its first day."""

    column: str
    part: Literal["day", "month"]
    values: tuple[int, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule reads."""
        return (self.column,)

    @property
    def holds(self) -> pl.Expr:
        """True where the rule holds, null where the date is unknown."""
        day = pl.col(self.column).dt
        part = day.day() if self.part == "day" else day.month()
        return part.is_in(list(self.values))


@dataclass(frozen=True)
class YearAtMost:
    """A year is not after the year of a date, plus `slack` years."""

    year: str
    day: str
    slack: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule reads."""
        return (self.year, self.day)

    @property
    def holds(self) -> pl.Expr:
        """True where the rule holds, null where a value is unknown."""
        return pl.col(self.year) <= pl.col(self.day).dt.year() + self.slack


@dataclass(frozen=True)
class OnlyWith:
    """`column` is filled only where `other` has `value`."""

    column: str
    other: str
    value: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule reads."""
        return (self.column, self.other)

    @property
    def holds(self) -> pl.Expr:
        """True where the rule holds, null where `other` is unknown."""
        return pl.col(self.column).is_null() | (pl.col(self.other) == self.value)


Form: TypeAlias = AtMost | PartIn | YearAtMost | OnlyWith


@dataclass(frozen=True)
class Rule:
    """A rule across the columns of one row, with the sentence that a data owner reads.

    `sentence` tells what is wrong and what to do; table and row are put before it.
    """

    reason_code: str
    form: Form
    sentence: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule reads."""
        return self.form.columns

    @property
    def holds(self) -> pl.Expr:
        """True where the rule holds, null where a value is unknown: an unknown breaks no rule."""
        return self.form.holds


def known_by_report(column: str, what: str) -> Rule:
    """The rule that an event which has happened was not reported before it happened."""
    return Rule(
        reason_code=f"{column.removesuffix('_on')}_after_reported",
        form=AtMost(column, "reported_on"),
        sentence=f"{column} is later than reported_on: {what} cannot be reported before it "
        "happened. Correct one of the two dates.",
    )


def in_order(earlier: str, later: str) -> Rule:
    """The rule that one day of a row is not after another."""
    return Rule(
        reason_code=f"{later.removesuffix('_on')}_before_{earlier.removesuffix('_on')}",
        form=AtMost(earlier, later),
        sentence=f"{later} is earlier than {earlier}. Correct one of the two dates.",
    )


def first_day(column: str, of: Literal["month", "quarter"]) -> tuple[Rule, ...]:
    """The rules that a month or a quarter is named by its first day."""
    sentence = f"{column} must hold the first day of the {of}, as in 2026-01-01. Correct the date."
    first = Rule(f"not_first_of_{of}", PartIn(column, "day", (1,)), sentence)
    if of == "month":
        return (first,)
    months = PartIn(column, "month", (1, 4, 7, 10))
    return (first, Rule("not_first_month_of_quarter", months, sentence))
