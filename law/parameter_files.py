"""Reading a file of the law: every fault stops the start with the file and the line."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from law.confidence import CONFIDENCES
from law.errors import ParameterFileError
from registers.texts import LANGUAGES

# The parser in C is eight times as fast; the package may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LINE = "__line__"  # under this name every mapping keeps the line on which it begins

HEAD: tuple[str, ...] = ("id", "unit", "label", "values")
ENTRY: tuple[str, ...] = (
    "from",
    "until",
    "value",
    "article",
    "amending_act",
    "confidence",
    "note",
)


def _whole(value: float) -> bool:
    return value == int(value) and value >= 0


def _any_amount(value: float) -> bool:
    return value >= 0


# Unit -> what a value of it may be. Terms count calendar days unless the unit says working days.
UNITS: Mapping[str, Callable[[float], bool]] = MappingProxyType(
    {
        "som": _whole,
        "bhm": _any_amount,
        "minimum_wages": _any_amount,
        "share": lambda value: 0 <= value <= 1,
        "days": _whole,
        "working_days": _whole,
        "months": _whole,
        "years": _whole,
        "hour": lambda value: _whole(value) and value <= 24,
        "times": _whole,
        "persons": _whole,
        "rank": lambda value: _whole(value) and 1 <= value <= 6,
        "in_force": lambda value: value in (0, 1),
    }
)


def read_file(file: Path) -> dict[str, Any]:
    """The mapping in a YAML file, every mapping with its line; raises ParameterFileError."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ParameterFileError(file, line, f"not readable as YAML ({error.problem}).") from error
    except UnicodeDecodeError as error:
        raise ParameterFileError(file, 1, "not readable: write the file in UTF-8.") from error
    if not isinstance(node, yaml.MappingNode):
        raise ParameterFileError(file, 1, "not a parameter: write id, unit, label and values.")
    return _mapping(file, node)


def _mapping(file: Path, node: yaml.MappingNode) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in mapping:
            line = key.start_mark.line + 1
            raise ParameterFileError(file, line, f"'{key.value}' is given twice: keep one.")
        mapping[key.value] = _value(file, value)
    return {**mapping, LINE: node.start_mark.line + 1}


def _entry(file: Path, node: yaml.Node) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1
        raise ParameterFileError(file, line, "an entry without fields: write each as name: value.")
    return _mapping(file, node)


def _value(file: Path, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return _mapping(file, node)
    if isinstance(node, yaml.SequenceNode):
        return [_entry(file, entry) for entry in node.value]
    try:
        value: object = yaml.constructor.SafeConstructor().construct_object(node)
    except (ValueError, yaml.YAMLError) as error:
        line = node.start_mark.line + 1
        raise ParameterFileError(file, line, f"'{node.value}' is not readable.") from error
    return value


def check_names(file: Path, raw: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Refuse a field that nothing reads: a slip of the pen must not pass unnoticed."""
    for name in raw:
        if name not in (*known, LINE):
            raise ParameterFileError(
                file, int(raw[LINE]), f"unknown field '{name}'. Known: {', '.join(known)}."
            )


def check_head(file: Path, raw: dict[str, Any]) -> None:
    """Refuse a parameter without its file's name as id, a known unit, four labels and values."""
    line = int(raw[LINE])
    check_names(file, raw, HEAD)
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


def check_entry(file: Path, entry: dict[str, Any], unit: str) -> None:
    """Refuse a dated value without citation, from-date, confidence or a value fit for its unit."""
    line = int(entry[LINE])
    check_names(file, entry, ENTRY)
    for name in ("article", "amending_act"):
        if not str(entry.get(name) or "").strip():
            raise ParameterFileError(file, line, f"the value has no {name}: cite where it stands.")
    if not isinstance(entry.get("from"), date):
        raise ParameterFileError(file, line, "the value has no from-date (write from: 2025-08-01).")
    if not isinstance(entry.get("until"), date | None):
        raise ParameterFileError(file, line, "until is no date (write until: 2025-08-01).")
    value = entry.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ParameterFileError(file, line, f"the value '{value}' is no number.")
    if not UNITS[unit](value):
        raise ParameterFileError(file, line, f"the value {value} is no amount in '{unit}'.")
    check_confidence(file, entry)


def check_confidence(file: Path, entry: Mapping[str, Any]) -> None:
    """Refuse an entry that does not say how sure its record is."""
    if entry.get("confidence") not in CONFIDENCES:
        raise ParameterFileError(
            file, int(entry[LINE]), f"the confidence must be one of {', '.join(CONFIDENCES)}."
        )
