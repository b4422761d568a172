"""calendar.yaml: the days on which an act makes Uzbekistan work, or rest, other than recorded."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from holidays.version import __version__ as installed_edition

from law.confidence import Confidence
from law.errors import ParameterFileError
from law.parameter_files import LINE, check_confidence, check_names, read_file

FIRST_DAY = date(2001, 1, 1)
LAST_DAY = date(2040, 12, 31)
CALENDAR_FILE = Path(__file__).parent / "calendar.yaml"

_HEAD = ("holidays_edition", "decrees_from", "decrees_until", "days")
_ENTRY = ("date", "working", "act", "confidence")


@dataclass(frozen=True)
class Override:
    """A day that an act makes a working day or a day off."""

    on: date
    working: bool
    act: str
    confidence: Confidence


@dataclass(frozen=True)
class Overrides:
    """The years whose decrees are recorded, and the days that differ, in order."""

    decrees_from: date
    decrees_until: date
    days: tuple[Override, ...]


def load_overrides(file: Path) -> Overrides:
    """The overrides in a file; raises ParameterFileError with file and line."""
    raw = read_file(file)
    _check_head(file, raw)
    days = tuple(_override(file, entry) for entry in raw["days"])
    for before, after, entry in zip(days, days[1:], raw["days"][1:], strict=False):
        if after.on <= before.on:
            raise ParameterFileError(file, entry[LINE], f"{after.on} does not follow {before.on}.")
    return Overrides(raw["decrees_from"], raw["decrees_until"], days)


def _check_head(file: Path, raw: dict[str, Any]) -> None:
    line = int(raw[LINE])
    check_names(file, raw, _HEAD)
    written = raw.get("holidays_edition")
    if written != installed_edition:
        why = f"written against holidays {written}, installed is {installed_edition}."
        what = "Compare the days of both, then write the installed edition here."
        raise ParameterFileError(file, line, f"{why} {what}")
    for name in ("decrees_from", "decrees_until"):
        if not isinstance(raw.get(name), date):
            raise ParameterFileError(file, line, f"{name} is no date (write 2018-01-01).")
    if not isinstance(raw.get("days"), list):
        raise ParameterFileError(file, line, "no days: write a list, which may be empty ([]).")


def _override(file: Path, entry: dict[str, Any]) -> Override:
    line = int(entry[LINE])
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
