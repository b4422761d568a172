"""Working days of Uzbekistan, and the file that overrides them."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from law.errors import ParameterFileError
from law.uz import calendar
from law.uz.calendar import (
    calendar_day,
    is_working_day,
    next_working_day,
    working_days_after,
)
from law.uz.calendar_file import CALENDAR_FILE, FIRST_DAY, LAST_DAY, load_overrides

OVERRIDE = """days:
  - date: 2027-01-04
    working: false
    act: "Resolution 1"
    confidence: read
  - date: 2027-01-09
    working: true
    act: "Resolution 1"
    confidence: secondary
"""


def _after(day: date, n: int) -> date | None:
    found: date | None = working_days_after(pl.Series([day]), n)[0]
    return found


@pytest.mark.parametrize(
    ("day", "working", "ground", "confidence"),
    [
        (date(2026, 11, 20), True, "week", "inferred"),  # a Friday
        (date(2026, 11, 21), False, "week", "inferred"),  # a Saturday
        (date(2026, 9, 1), False, "holiday", "secondary"),  # Independence Day
        (date(2026, 8, 31), False, "holiday", "secondary"),  # an additional day off
        (date(2026, 12, 12), True, "decree", "secondary"),  # a Saturday worked for 31 December
        (date(2026, 12, 31), False, "holiday", "secondary"),  # the day off that it pays for
        (date(2026, 3, 20), False, "holiday", "secondary"),  # a day of the moon, confirmed
        (date(2027, 3, 9), False, "holiday", "inferred"),  # a day of the moon, estimated
        (date(2026, 3, 23), False, "holiday", "secondary"),  # a holiday that fell on a Saturday
    ],
)
def test_a_day_tells_whether_it_is_worked_and_on_what_ground(
    day: date, working: bool, ground: str, confidence: str
) -> None:
    found = calendar_day(day)
    assert found is not None
    assert (found.working, found.ground, found.confidence) == (working, ground, confidence)
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday to Monday
        (date(2026, 8, 28), 1, date(2026, 9, 2)),  # over two days off
        (date(2026, 12, 11), 1, date(2026, 12, 12)),  # to a working Saturday
        (date(2026, 12, 30), 2, date(2027, 1, 5)),  # over the turn of the year
        (date(2026, 11, 20), 15, date(2026, 12, 12)),  # Constitution Day lies between
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, n: int, expected: date) -> None:
    assert _after(day, n) == expected


def test_a_day_off_moves_to_the_next_working_day_and_a_working_day_stays() -> None:
    days = pl.Series("due", [date(2026, 11, 20), date(2026, 11, 21), None])
    moved = next_working_day(days)
    assert moved.to_list() == [date(2026, 11, 20), date(2026, 11, 23), None]
    assert moved.name == "due"


def test_a_day_outside_the_calendar_has_no_answer() -> None:
    before, after = FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1)
    assert _after(before, 1) is None
    assert _after(LAST_DAY, 1) is None
    assert _after(FIRST_DAY, 0) is None
    assert next_working_day(pl.Series([before, after])).to_list() == [None, None]
    assert calendar_day(before) is None
    assert is_working_day(after) is None


def test_each_row_has_its_own_number_of_days() -> None:
    frame = pl.DataFrame({"day": [date(2026, 11, 20)] * 3, "n": [1, 2, None]})
    found = frame.select(working_days_after("day", pl.col("n"))).to_series().to_list()
    assert found == [date(2026, 11, 23), date(2026, 11, 24), None]


def test_an_empty_frame_has_no_days() -> None:
    frame = pl.DataFrame(schema={"day": pl.Date})
    assert frame.select(working_days_after("day", 1)).height == 0


def test_years_without_recorded_decrees_say_so() -> None:
    years = {2017: False, 2018: True, 2026: True, 2027: False}
    for year, recorded in years.items():
        found = calendar_day(date(year, 6, 1))
        assert found is not None
        assert found.decrees_recorded is recorded


def _file(folder: Path, days: str) -> Path:
    head = CALENDAR_FILE.read_text(encoding="utf-8").split("days: []")[0]
    file = folder / "calendar.yaml"
    file.write_text(head + days, encoding="utf-8")
    return file


def test_an_override_decides_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (is_working_day(date(2027, 1, 4)), is_working_day(date(2027, 1, 9))) == (True, False)
    monkeypatch.setattr(calendar, "CALENDAR_FILE", _file(tmp_path, OVERRIDE))
    _forget()
    try:
        found = calendar_day(date(2027, 1, 4))
        assert found is not None
        assert (found.working, found.ground, found.source) == (False, "act", "Resolution 1")
        assert _after(date(2027, 1, 1), 1) == date(2027, 1, 5)
        assert _after(date(2027, 1, 8), 1) == date(2027, 1, 9)
    finally:
        _forget()


def _forget() -> None:
    calendar.overrides.cache_clear()
    calendar.working_day_numbers.cache_clear()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("date: 2027-01-04", "date: soon", "the date must lie in"),
        ("date: 2027-01-04", "date: 2041-01-04", "the date must lie in"),
        ("date: 2027-01-09", "date: 2027-01-04", "does not follow"),
        ("working: false", "working: maybe", "true or false"),
        ('    act: "Resolution 1"\n    confidence: read', "    confidence: read", "no act"),
        ("confidence: read", "confidence: sure", "confidence must be one of"),
        ("working: false", "works: false", "unknown field 'works'"),
        (OVERRIDE, "days:\n  - 2027-01-04\n", "an entry without fields"),
    ],
)
def test_a_bad_override_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in OVERRIDE
    file = _file(tmp_path, OVERRIDE.replace(old, new))
    with pytest.raises(ParameterFileError, match=words) as refused:
        load_overrides(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert str(refused.value).startswith(f"calendar.yaml, line {refused.value.line}: ")
    assert lines[refused.value.line - 1].lstrip().startswith("- ")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('holidays_edition: "', 'holidays_edition: "0.', "written against holidays 0."),
        ("decrees_until: 2027-01-01", "decrees_until: never", "decrees_until is no date"),
        ("days: []", "dates: []", "unknown field 'dates'"),
        ("days: []", "", "no days"),
    ],
)
def test_a_bad_head_of_the_calendar_is_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    text = CALENDAR_FILE.read_text(encoding="utf-8")
    assert text.count(old) == 1 or old == "days: []"
    file = tmp_path / "calendar.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ParameterFileError, match=words):
        load_overrides(file)
