"""The dated values of a law: read from files, checked at start, answered by day.

Each file in `law/<order>/parameters/` holds one value and its life in time. A day before the
record begins, or after it ends, has no value: null, hence "cannot tell".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl
import yaml

from law.confidence import CONFIDENCES, Confidence, rank
from law.errors import ParameterFileError, UnknownParameterError
from registers.texts import LANGUAGES, Texts

UNITS: tuple[str, ...] = ("som", "bhm", "share", "days", "months", "years", "minimum_wages")


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


class _LineLoader(yaml.SafeLoader):
    """Reads mappings with the line on which they begin, kept under `__line__`."""


def _mapping_with_line(loader: _LineLoader, node: yaml.MappingNode) -> dict[str, Any]:
    mapping = {str(k): v for k, v in loader.construct_mapping(node, deep=True).items()}
    mapping["__line__"] = node.start_mark.line + 1
    return mapping


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_line)


def load_parameter(file: Path) -> Parameter:
    """The parameter in a file; raises ParameterFileError with file and line."""
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=_LineLoader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ParameterFileError(file, line, f"not readable as YAML ({error.problem}).") from error
    if not isinstance(raw, dict):
        raise ParameterFileError(file, 1, "not a parameter: write id, unit, label and values.")
    _check_head(file, raw)
    values = tuple(_dated_value(file, entry) for entry in raw["values"])
    _check_order(file, raw["values"], values)
    label = Texts(**{language: str(raw["label"][language]) for language in LANGUAGES})
    return Parameter(str(raw["id"]), str(raw["unit"]), label, values)


def _check_head(file: Path, raw: dict[str, Any]) -> None:
    line = int(raw["__line__"])
    if raw.get("id") != file.stem:
        raise ParameterFileError(file, line, f"the id must be the file's name, '{file.stem}'.")
    if raw.get("unit") not in UNITS:
        raise ParameterFileError(
            file, line, f"unknown unit '{raw.get('unit')}'. Known units are: {', '.join(UNITS)}."
        )
    label = raw.get("label")
    missing = [n for n in LANGUAGES if not (isinstance(label, dict) and label.get(n))]
    if missing:
        raise ParameterFileError(file, line, f"the label lacks {', '.join(missing)}.")
    if not isinstance(raw.get("values"), list) or not raw["values"]:
        raise ParameterFileError(file, line, "no values: give at least one with its from-date.")


def _dated_value(file: Path, entry: object) -> DatedValue:
    if not isinstance(entry, dict):
        raise ParameterFileError(
            file, 1, f"'{entry}' is no dated value: write from, value, article."
        )
    line = int(entry["__line__"])
    for name in ("article", "amending_act"):
        if not str(entry.get(name) or "").strip():
            raise ParameterFileError(file, line, f"the value has no {name}: cite where it stands.")
    if not isinstance(entry.get("from"), date):
        raise ParameterFileError(file, line, "the value has no from-date (write from: 2025-08-01).")
    if not isinstance(entry.get("until"), date | None):
        raise ParameterFileError(file, line, "until is no date (write until: 2025-08-01).")
    value = entry.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ParameterFileError(file, line, f"the value '{value}' is no number.")
    if entry.get("confidence") not in CONFIDENCES:
        raise ParameterFileError(
            file, line, f"the confidence must be one of {', '.join(CONFIDENCES)}."
        )
    return DatedValue(
        value=value,
        from_on=entry["from"],
        until_on=entry.get("until"),
        article=str(entry["article"]),
        amending_act=str(entry["amending_act"]),
        confidence=entry["confidence"],
        note=str(entry.get("note") or ""),
    )


def _check_order(file: Path, entries: list[dict[str, Any]], values: tuple[DatedValue, ...]) -> None:
    for number, value in enumerate(values):
        line = int(entries[number]["__line__"])
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
    """All parameters of a folder by id; raises ParameterFileError at the first bad file."""
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    return MappingProxyType({file.stem: load_parameter(file) for file in files})


@cache
def parameters_of(legal_order_id: str) -> Mapping[str, Parameter]:
    """The parameters of a legal order, read once."""
    return load_parameters(Path(__file__).parent / legal_order_id / "parameters")


def find_parameter(name: str, legal_order_id: str = "uz") -> Parameter:
    """The parameter with this name; raises UnknownParameterError."""
    known = parameters_of(legal_order_id)
    if name not in known:
        raise UnknownParameterError(name, legal_order_id, known)
    return known[name]


def parameter(name: str, legal_order_id: str = "uz") -> pl.Expr:
    """The value on each row's own `as_of_date`; null outside the record.

    >>> import polars as pl
    >>> from datetime import date
    >>> days = [date(2019, 8, 31), date(2025, 7, 31), date(2025, 8, 1)]
    >>> pl.DataFrame({"as_of_date": days}).select(parameter("bhm")).to_series().to_list()
    [None, 375000, 412000]
    """
    found = find_parameter(name, legal_order_id)
    return _by_day(found, {v: pl.lit(v.value) for v in found.values}).alias(name)


def parameter_rank(name: str, legal_order_id: str = "uz") -> pl.Expr:
    """The rank of confidence (0 read … 3 memory) of the value in force on `as_of_date`."""
    found = find_parameter(name, legal_order_id)
    return _by_day(found, {v: pl.lit(rank(v.confidence), dtype=pl.Int8) for v in found.values})


def _by_day(found: Parameter, answers: Mapping[DatedValue, pl.Expr]) -> pl.Expr:
    day = pl.col("as_of_date")
    answer: pl.Expr = pl.lit(None)
    for value in found.values:  # the last one that applies is asked first
        applies = day >= value.from_on
        if value.until_on is not None:
            applies = applies & (day < value.until_on)
        answer = pl.when(applies).then(answers[value]).otherwise(answer)
    return answer
