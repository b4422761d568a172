"""The whole law is read at start: one fault in one file stops the program, file and line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import law.parameters
import law.rules
import law.uz.calendar
from law.check import check_law
from law.errors import ParameterFileError, UnknownRulesError
from law.rules import law_version

LAW = law.parameters.LAW
TERM = Path("uz/parameters/terms/appeal_term_days.yaml")
CALENDAR = Path("uz/calendar.yaml")


@pytest.fixture
def copied_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The files of the law in a folder of their own, read in place of the real ones."""
    copy = tmp_path / "law"
    shutil.copytree(LAW, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(law.parameters, "LAW", copy)
    monkeypatch.setattr(law.rules, "_HERE", copy)
    monkeypatch.setattr(law.uz.calendar, "CALENDAR_FILE", copy / CALENDAR)
    _forget()
    yield copy
    _forget()


def _forget() -> None:
    law.parameters.parameters_of.cache_clear()
    law.uz.calendar.overrides.cache_clear()
    law_version.cache_clear()


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_law_of_each_legal_order_can_be_read() -> None:
    check_law("uz")
    check_law("philadelphia")
    check_law("pawnshop")


def test_a_legal_order_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(UnknownRulesError, match="Did you mean 'uz'"):
        check_law("uzz")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("from: 2023-04-26", "from: 2001-08-29", 15, "overlapping dates"),
        ('article: "Art. 86¹"', 'article: ""', 9, "cite where it stands"),
        ("unit: days", "unit: fortnights", 1, "unknown unit 'fortnights'"),
    ],
)
def test_a_fault_in_a_dated_value_stops_the_start(
    copied_law: Path, old: str, new: str, line: int, words: str
) -> None:
    _change(copied_law / TERM, old, new)
    with pytest.raises(ParameterFileError, match=words) as refused:
        check_law("uz")
    assert str(refused.value).startswith(f"appeal_term_days.yaml, line {line}: ")


def test_a_fault_in_the_calendar_stops_the_start(copied_law: Path) -> None:
    _change(copied_law / CALENDAR, "days: []", "days: none")
    with pytest.raises(ParameterFileError, match=r"calendar.yaml, line \d+: no days"):
        check_law("uz")


@pytest.mark.parametrize("file", [TERM, CALENDAR])
def test_the_version_of_the_law_changes_with_any_file(copied_law: Path, file: Path) -> None:
    before = law_version("uz")
    (copied_law / file).write_text(
        (copied_law / file).read_text(encoding="utf-8") + "# read again\n", encoding="utf-8"
    )
    law_version.cache_clear()
    assert law_version("uz") != before
