"""The questions that every row of a table must answer, made from the contract.

A check is plain data with the Polars expression that finds the failing rows; `expectations`
makes the expectation of Great Expectations from the same data. The order of the checks is the
order in which reasons are given: a row that cannot be read, then missing values, then values
outside of their list or range, then rules across columns, then references, then repeated keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

import polars as pl

from registers.contract import Bound, Column, Table
from registers.rules import Form
from registers.sources.protocol import BROKEN_ROW
from registers.texts import group_digits
from registers.validation.cells import DAMAGED_TEXT, STRAY_QUOTE, impossible_date, wrong_type


@dataclass(frozen=True)
class Flagged:
    """`flag` is a column that is True in the rows that cannot be used."""

    flag: str


@dataclass(frozen=True)
class Filled:
    """The column has a value."""

    column: str


@dataclass(frozen=True)
class OneOf:
    """The value is one of a closed list."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Within:
    """The value lies between two bounds, which it may touch unless `is_above`."""

    column: str
    lowest: Bound | None
    highest: Bound | None
    is_above: bool = False


@dataclass(frozen=True)
class Matches:
    """The whole text matches a regular expression."""

    column: str
    pattern: str


@dataclass(frozen=True)
class OneLine:
    """The text holds no line break, tab or other control character."""

    column: str


@dataclass(frozen=True)
class NotLonger:
    """The text has at most so many characters."""

    column: str
    longest: int


@dataclass(frozen=True)
class Known:
    """The value is a key of another table, of which `ids` are the accepted keys."""

    column: str
    ids: pl.Series


@dataclass(frozen=True)
class FirstOfKey:
    """No earlier row of the frame has the same values in these columns."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class OneVersion:
    """All rows of the frame with the same values in `key` agree in `columns` too."""

    key: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class OneOfRows:
    """The values in these columns are together those of one of `rows`."""

    columns: tuple[str, ...]
    rows: pl.DataFrame


Question: TypeAlias = (
    Flagged
    | Filled
    | OneOf
    | Within
    | Matches
    | OneLine
    | NotLonger
    | Known
    | FirstOfKey
    | OneVersion
    | OneOfRows
    | Form
)


@dataclass(frozen=True)
class Check:
    """One question to every row, with the reason that is recorded where it fails.

    `fails` is True exactly in the failing rows. `concealed_by` names flags that tell the same
    fault better: an unreadable cell is not also reported as missing.
    """

    reason_code: str
    columns: tuple[str, ...]
    sentence: str
    question: Question
    concealed_by: tuple[str, ...] = ()

    @property
    def fails(self) -> pl.Expr:
        """True in the rows that fail; an unknown value fails only where it must be known."""
        return _fails(self.question)

    @property
    def is_reason(self) -> pl.Expr:
        """True in the rows where this check is a reason to be told."""
        return pl.all_horizontal(self.fails, *(~pl.col(flag) for flag in self.concealed_by))


def _fails(question: Question) -> pl.Expr:
    if isinstance(question, Flagged):
        return pl.col(question.flag)
    if isinstance(question, Filled):
        return pl.col(question.column).is_null()
    if isinstance(question, FirstOfKey):
        return ~pl.struct(question.columns).is_first_distinct()
    if isinstance(question, OneVersion):
        return pl.struct(question.columns).n_unique().over(list(question.key)) > 1
    if isinstance(question, OneLine):
        return pl.col(question.column).str.contains(CONTROL).fill_null(False)
    if isinstance(question, NotLonger):
        return (pl.col(question.column).str.len_chars() > question.longest).fill_null(False)
    if isinstance(question, OneOfRows):
        texts = _as_text(question.columns)
        return ~texts.is_in(question.rows.select(texts).to_series().implode()).fill_null(True)
    return ~_holds(question).fill_null(True)


def _as_text(columns: tuple[str, ...]) -> pl.Expr:
    """Several values as one text; a unit separator keeps them apart."""
    return pl.concat_str(*(pl.col(name).cast(pl.String) for name in columns), separator="\x1f")


def _holds(question: OneOf | Within | Matches | Known | Form) -> pl.Expr:
    if isinstance(question, OneOf):
        return pl.col(question.column).is_in(list(question.values))
    if isinstance(question, Within):
        return _is_within(question)
    if isinstance(question, Matches):
        return pl.col(question.column).str.contains(f"^(?:{question.pattern})$")
    if isinstance(question, Known):
        return pl.col(question.column).is_in(question.ids.implode())
    return question.holds


def _is_within(question: Within) -> pl.Expr:
    value = pl.col(question.column)
    bounds = [pl.lit(True)]
    if question.lowest is not None:
        lowest = pl.lit(question.lowest)
        bounds.append(value > lowest if question.is_above else value >= lowest)
    if question.highest is not None:
        bounds.append(value <= pl.lit(question.highest))
    return pl.when(value.is_not_null()).then(pl.all_horizontal(bounds))


# What no id and no code holds: line breaks, tabs and other signs that steer a machine.
CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"


def build_checks(
    table: Table,
    flags: frozenset[str],
    parents: Mapping[str, pl.Series],
    extracted_on: date | None = None,
) -> list[Check]:
    """The checks of a table, in the order in which reasons are given.

    Args:
        table: the table under its legal order.
        flags: the flag columns that reading left (unreadable cells, broken rows).
        parents: the accepted keys of the tables that were accepted; a reference to a table that
            is absent or was refused cannot be checked.
        extracted_on: the day of the extract: nothing in it can have been reported later.
    """
    checks = [*_stray_quote(flags), *_broken_row(flags), *_damaged_text(flags)]
    for column in table.columns:
        checks.extend(_unreadable(column, flags))
    for column in table.columns:
        checks.extend(_missing(column, flags))
    for make in (_plain_text, _values, _range, _pattern):
        for column in table.columns:
            checks.extend(make(column))
    if extracted_on is not None:
        checks.append(_not_from_the_future(extracted_on))
    checks.extend(
        Check(rule.reason_code, rule.columns, rule.sentence, rule.form) for rule in table.rules
    )
    for column in table.references:
        ids = parents.get(column.refers_to or "")
        if ids is not None and not column.nullable:
            checks.append(_reference(column, ids))
    return checks


def contradiction(table: Table) -> Check:
    """The check that the rows of a key and a day say one thing; else none of them counts."""
    key = (*table.key, "reported_on")
    return Check(
        "contradicting_rows",
        key,
        f"another row has the same {', '.join(table.key)} and the same reported_on and says "
        "something else, so nobody can tell which of them holds. Ask the agency, and deliver the "
        "one that does; a correction needs a later reported_on.",
        OneVersion(key, table.column_names),
    )


def repeated_key(table: Table) -> Check:
    """The check that a row was not delivered twice; the first of equal rows counts."""
    return Check(
        "duplicate_key",
        (*table.key, "reported_on"),
        f"an earlier row has the same {', '.join(table.key)} and the same reported_on. A "
        "correction needs a later reported_on; remove the row that does not count.",
        FirstOfKey(table.column_names),
    )


def _not_from_the_future(extracted_on: date) -> Check:
    return Check(
        "reported_in_future",
        ("reported_on",),
        f"reported_on is after {extracted_on.isoformat()}, the day of the extract: nothing can be "
        "reported before it is known. Correct the date.",
        Within("reported_on", None, extracted_on),
    )


def _stray_quote(flags: frozenset[str]) -> list[Check]:
    sentence = (
        "a quotation mark that opens in one line of the file and closes in a later one has "
        "swallowed the lines between them. Remove it, or double it where it belongs to the text, "
        "and export the table again."
    )
    check = Check("stray_quote", (), sentence, Flagged(STRAY_QUOTE))
    return [check] if STRAY_QUOTE in flags else []


def _broken_row(flags: frozenset[str]) -> list[Check]:
    sentence = (
        "the row has not as many fields as the header. Quote texts that hold commas, and export "
        "the table again."
    )
    own = tuple(flag for flag in (STRAY_QUOTE,) if flag in flags)
    check = Check("broken_row", (), sentence, Flagged(BROKEN_ROW), concealed_by=own)
    return [check] if BROKEN_ROW in flags else []


def _damaged_text(flags: frozenset[str]) -> list[Check]:
    sentence = (
        "a text of the row holds a NUL character, so the file was damaged on its way or is no "
        "plain text. Export the table again as UTF-8."
    )
    check = Check("damaged_text", (), sentence, Flagged(DAMAGED_TEXT))
    return [check] if DAMAGED_TEXT in flags else []


_TYPE_WORDS: dict[str, str] = {
    "id": "a text",
    "text": "a text",
    "int": "a whole number",
    "som": "a whole amount",
    "float": "a number",
    "bool": "true or false",
    "date": "a date such as 2026-01-31",
}


def _unreadable(column: Column, flags: frozenset[str]) -> list[Check]:
    name = column.name
    kinds = {
        wrong_type(name): (
            "wrong_type",
            f"{name} is not {_TYPE_WORDS[column.kind]}. Correct the value.",
        ),
        impossible_date(name): (
            "impossible_date",
            f"{name} is a day that does not exist. Correct the date.",
        ),
    }
    return [
        Check(code, (name,), sentence, Flagged(flag))
        for flag, (code, sentence) in kinds.items()
        if flag in flags
    ]


def _missing(column: Column, flags: frozenset[str]) -> list[Check]:
    if column.nullable:
        return []
    own = (wrong_type(column.name), impossible_date(column.name), BROKEN_ROW, STRAY_QUOTE)
    check = Check(
        "missing_value",
        (column.name,),
        f"{column.name} is missing, but the contract needs it. Fill it in.",
        Filled(column.name),
    )
    return [replace(check, concealed_by=tuple(flag for flag in own if flag in flags))]


def _plain_text(column: Column) -> list[Check]:
    if column.longest_text is None:
        return []
    name, longest = column.name, column.longest_text
    return [
        Check(
            "control_character",
            (name,),
            f"{name} holds a line break, a tab or another control character, so it is no code, or "
            "more than one. Correct the value.",
            OneLine(name),
        ),
        Check(
            "too_long",
            (name,),
            f"{name} is longer than {longest} characters, so it is no code, or more than one. "
            "Correct the value.",
            NotLonger(name, longest),
        ),
    ]


def _values(column: Column) -> list[Check]:
    if column.values is None:
        return []
    sentence = (
        f"{column.name} is none of the values of the contract "
        f"({', '.join(column.values)}). Correct the value."
    )
    return [Check("unknown_value", (column.name,), sentence, OneOf(column.name, column.values))]


def _range(column: Column) -> list[Check]:
    if column.above is not None:
        within = Within(column.name, column.above, column.highest, is_above=True)
    else:
        within = Within(column.name, column.lowest, column.highest)
    if within.lowest is None and within.highest is None:
        return []
    if column.kind == "som" and within.lowest == 0:
        return [*_below_zero(column), *_too_large(column)]
    code = "impossible_date" if column.kind == "date" else "out_of_range"
    sentence = f"{column.name} must be {_bounds(within)}. Correct the value."
    return [Check(code, (column.name,), sentence, within)]


def _below_zero(column: Column) -> list[Check]:
    sentence = f"{column.name} is below zero. Correct the amount."
    within = Within(column.name, 0, None)
    return [Check("negative_amount", (column.name,), sentence, within)]


def _too_large(column: Column) -> list[Check]:
    if column.highest is None:
        return []
    sentence = (
        f"{column.name} is above {group_digits(int(str(column.highest)))}, more than any such "
        "amount is: a filler value, or a slip. Deliver the true amount."
    )
    within = Within(column.name, None, column.highest)
    return [Check("amount_too_large", (column.name,), sentence, within)]


def _bounds(within: Within) -> str:
    words = []
    if within.lowest is not None:
        words.append(f"{'above' if within.is_above else 'at least'} {_shown(within.lowest)}")
    if within.highest is not None:
        words.append(f"at most {_shown(within.highest)}")
    return " and ".join(words)


def _shown(bound: Bound) -> str:
    return bound.isoformat() if isinstance(bound, date) else f"{bound:g}"


def _pattern(column: Column) -> list[Check]:
    if column.pattern is None:
        return []
    sentence = f"{column.name} has not the form of its code ({column.doc.rstrip('.')}). Correct it."
    return [Check("wrong_form", (column.name,), sentence, Matches(column.name, column.pattern))]


def _reference(column: Column, ids: pl.Series) -> Check:
    return Check(
        "orphan",
        (column.name,),
        f"{column.name} names no accepted row of {column.refers_to}. Deliver that row, or correct "
        f"{column.name}; see quarantine/{column.refers_to}.parquet.",
        Known(column.name, ids),
    )
