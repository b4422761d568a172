"""The dated values of a law: read from files, checked at start, answered by day.

Each file in `law/<order>/parameters/` (sub-folders by subject) holds one value and its life in
time; its id is the name of the file. A day before the record begins, or after it ends, has no
value: null, hence "cannot tell".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from law.confidence import Confidence, rank
from law.errors import ParameterFileError, UnknownParameterError
from law.parameter_files import LINE, UNITS, check_entry, check_head, read_file
from registers.texts import LANGUAGES, Texts

LAW = Path(__file__).parent

__all__ = [
    "UNITS",
    "DatedValue",
    "Parameter",
    "find_parameter",
    "load_parameter",
    "load_parameters",
    "parameter",
    "parameter_rank",
    "parameters_of",
    "where_the_record_begins",
]


@dataclass(frozen=True)
class DatedValue:
    """One value in force from a day (and, where `until` is given, up to the day before it)."""

    value: int | float
    from_on: date
    until_on: date | None
    article: str
    amending_act: str
    confidence: Confidence
    note: str


@dataclass(frozen=True)
class Parameter:
    """A named value of the law with its life in time, oldest first."""

    id: str
    unit: str
    label: Texts
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """The value in force on that day; None outside the record."""
        found = [
            v for v in self.values if v.from_on <= day and not (v.until_on and day >= v.until_on)
        ]
        return found[-1] if found else None


def load_parameter(file: Path) -> Parameter:
    """The parameter in a file; raises ParameterFileError with file and line."""
    raw = read_file(file)
    check_head(file, raw)
    unit = str(raw["unit"])
    values = tuple(_dated_value(file, entry, unit) for entry in raw["values"])
    _check_order(file, raw["values"], values)
    label = Texts(**{language: str(raw["label"][language]) for language in LANGUAGES})
    return Parameter(str(raw["id"]), unit, label, values)


def _dated_value(file: Path, entry: dict[str, Any], unit: str) -> DatedValue:
    check_entry(file, entry, unit)
    return DatedValue(
        value=entry["value"],
        from_on=entry["from"],
        until_on=entry.get("until"),
        article=str(entry["article"]),
        amending_act=str(entry["amending_act"]),
        confidence=entry["confidence"],
        note=str(entry.get("note") or ""),
    )


def _check_order(file: Path, entries: list[dict[str, Any]], values: tuple[DatedValue, ...]) -> None:
    for number, value in enumerate(values):
        line = int(entries[number][LINE])
        if value.until_on is not None and value.until_on <= value.from_on:
            raise ParameterFileError(file, line, "the value ends before it begins.")
        if number == 0:
            continue
        before = values[number - 1]
        begins = value.from_on.isoformat()
        if value.from_on <= before.from_on:
            raise ParameterFileError(
                file, line, f"overlapping dates: {begins} does not follow {before.from_on}."
            )
        if before.until_on is not None and value.from_on < before.until_on:
            raise ParameterFileError(
                file, line, f"overlapping dates: {begins} lies before the end {before.until_on}."
            )


def load_parameters(folder: Path) -> Mapping[str, Parameter]:
    """All parameters of a folder and its sub-folders by id; raises at the first bad file."""
    found: dict[str, Parameter] = {}
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if file.is_dir():
            continue
        if file.suffix != ".yaml":
            raise ParameterFileError(file, 1, "not read: a parameter is a file that ends in .yaml.")
        if file.stem in found:
            raise ParameterFileError(file, 1, f"'{file.stem}' is given by two files: keep one.")
        found[file.stem] = load_parameter(file)
    return MappingProxyType(dict(sorted(found.items())))


@cache
def parameters_of(legal_order_id: str) -> Mapping[str, Parameter]:
    """The parameters of a legal order, read once."""
    return load_parameters(LAW / legal_order_id / "parameters")


def find_parameter(name: str, legal_order_id: str = "uz") -> Parameter:
    """The parameter with this name; raises UnknownParameterError."""
    known = parameters_of(legal_order_id)
    if name not in known:
        raise UnknownParameterError(name, legal_order_id, known)
    return known[name]


def where_the_record_begins(name: str, legal_order_id: str = "uz") -> date:
    """The first day for which a value is recorded; raises UnknownParameterError.

    >>> where_the_record_begins("bhm")
    datetime.date(2019, 9, 1)
    """
    return find_parameter(name, legal_order_id).values[0].from_on


def parameter(name: str, legal_order_id: str = "uz", day: str = "as_of_date") -> pl.Expr:
    """The value on each row's own `as_of_date` or another `day`; null outside the record.

    >>> import polars as pl
    >>> from datetime import date
    >>> days = [date(2019, 8, 31), date(2025, 7, 31), date(2025, 8, 1)]
    >>> pl.DataFrame({"as_of_date": days}).select(parameter("bhm")).to_series().to_list()
    [None, 375000, 412000]
    """
    found = find_parameter(name, legal_order_id)
    return _by_day(found, {v: pl.lit(v.value) for v in found.values}, day).alias(name)


def parameter_rank(name: str, legal_order_id: str = "uz") -> pl.Expr:
    """The rank of confidence (0 read … 3 memory) of the value in force on `as_of_date`."""
    found = find_parameter(name, legal_order_id)
    return _by_day(found, {v: pl.lit(rank(v.confidence), dtype=pl.Int8) for v in found.values})


def _by_day(
    found: Parameter, answers: Mapping[DatedValue, pl.Expr], on: str = "as_of_date"
) -> pl.Expr:
    day = pl.col(on)
    answer: pl.Expr = pl.lit(None)
    for value in found.values:  # the last one that applies is asked first
        applies = day >= value.from_on
        if value.until_on is not None:
            applies = applies & (day < value.until_on)
        answer = pl.when(applies).then(answers[value]).otherwise(answer)
    return answer
