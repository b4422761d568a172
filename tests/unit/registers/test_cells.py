"""Values read one by one: nothing is lost, nothing is guessed, nothing fails."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import polars as pl
import pytest

from registers.contract import Column, Table
from registers.validation.cells import plain_cells, read_cells, wrong_type
from registers.validation.judging import REASONS
from registers.validation.quarantine import Quarantine
from registers.validation.repairs import prepared

PROBE = Table(
    name="probe",
    owner="nobody",
    key=("code",),
    columns=(Column("code", "id"), Column("note", "text"), Column("day", "date")),
)


UNITS: tuple[tuple[Literal["ms", "us"], str | None], ...] = (
    ("us", None),
    ("ms", None),
    ("ms", "UTC"),
    ("us", "Asia/Tashkent"),
)


def read(**columns: pl.Series) -> pl.DataFrame:
    height = len(next(iter(columns.values())))
    blank = {name: pl.Series([None] * height, dtype=pl.String) for name in PROBE.column_names}
    plain = plain_cells(PROBE, pl.DataFrame(blank | columns))
    return read_cells(PROBE, prepared(PROBE, plain))


def test_ids_that_pandas_made_floats_are_their_digits_again() -> None:
    cells = read(code=pl.Series([17.0, float("nan"), 2.5]))
    assert cells["code"].to_list() == ["17", None, None]
    assert cells[wrong_type("code")].to_list() == [False, False, True]


@pytest.mark.parametrize("text", ["nan", "NaN", "None", "NULL", "<NA>"])
def test_the_word_for_a_missing_id_is_no_id(text: str) -> None:
    assert read(code=pl.Series([text, "nana"]))["code"].to_list() == [None, "nana"]


def test_the_same_word_is_no_code_either() -> None:
    assert read(note=pl.Series(["None", "none of it"]))["note"].to_list() == [None, "none of it"]


@pytest.mark.parametrize("days", [2**30, -(2**30)])
def test_a_day_beyond_the_calendar_becomes_its_end_and_never_fails(days: int) -> None:
    cells = read(day=pl.Series([days, 0], dtype=pl.Int32).cast(pl.Date))["day"]
    assert cells[0] in (date(9999, 12, 31), date(1, 1, 1))
    assert cells[1] == date(1970, 1, 1)


def test_an_instant_beyond_the_calendar_never_fails() -> None:
    for unit, zone in UNITS:
        instants = pl.Series([2**62, 0], dtype=pl.Int64).cast(pl.Datetime(unit, zone))
        cells = read(day=instants)
        assert cells["day"][1] == (date(1970, 1, 1) if zone is None else cells["day"][1])
        assert cells[wrong_type("day")][0]


def test_rows_set_aside_are_valid_json_whatever_they_hold(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "q.parquet")
    reasons = pl.DataFrame([(0, "a", "b", "c."), (1, "a", "b", "c.")], schema=REASONS, orient="row")
    raw = pl.DataFrame(
        {
            "number": [float("nan"), 1.5],
            "day": pl.Series([2**30, 0], dtype=pl.Int32).cast(pl.Date),
            "at": pl.Series([2**62, 0], dtype=pl.Int64).cast(pl.Datetime("ms", "UTC")),
            "days": pl.Series([[2**30], [0]], dtype=pl.List(pl.Int32)).cast(pl.List(pl.Date)),
            "usual": [datetime(2026, 1, 5, 8)] * 2,  # noqa: DTZ001
        }
    )
    quarantine.add(reasons, raw)
    quarantine.close()
    rows = [
        json.loads(row, parse_constant=pytest.fail)
        for row in pl.read_parquet(tmp_path / "q.parquet")["row"]
    ]
    assert rows[0] == {
        "number": "nan",
        "day": 2**30,
        "at": 2**62,
        "days": [2**30],
        "usual": "2026-01-05 08:00:00",
    }
    assert rows[1]["number"] == 1.5
