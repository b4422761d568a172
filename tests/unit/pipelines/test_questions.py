"""A file of questions is read like an extract: repaired where proven, nothing lost."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from pipelines.questions import Questions, read_questions

APRIL = date(2026, 4, 1)
TASHKENT = "Asia/Tashkent"


def asked(tmp_path: Path, text: str) -> Questions:
    file = tmp_path / "questions.csv"
    file.write_text(text, encoding="utf-8")
    return read_questions(file)


def delivered(tmp_path: Path, frame: pl.DataFrame) -> Questions:
    file = tmp_path / "questions.parquet"
    frame.write_parquet(file)
    return read_questions(file)


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        ("C1,2026-04-01", APRIL),
        (" C1\u00a0, 2026-04-01 ", APRIL),
        ("C1,2026-03-31T19:00:00Z", APRIL),
        ("C1,2026-03-31 19:00:00+00", APRIL),
        ("C1,2026-04-01T00:00:00+05:00", APRIL),
        ("C1,2026-04-01 00:00:00", APRIL),
        ("C1,13.04.2026", date(2026, 4, 13)),
    ],
)
def test_a_question_gets_the_repairs_of_an_extract(rows: str, day: date, tmp_path: Path) -> None:
    read = asked(tmp_path, f"case_id,as_of_date\n{rows}\n")
    assert read.asked.rows() == [("C1", day)]
    assert read.set_aside.is_empty()


def test_ids_of_a_data_frame_are_whole_numbers_again(tmp_path: Path) -> None:
    text = "case_id,as_of_date\n17.0,2026-04-01\n18.0,2026-04-01\n"
    read = asked(tmp_path, text)
    assert read.asked["case_id"].to_list() == ["17", "18"]
    assert read.n_repaired == 2
    frame = pl.DataFrame({"case_id": [17.0, 18.0], "as_of_date": [APRIL, APRIL]})
    assert delivered(tmp_path, frame).asked["case_id"].to_list() == ["17", "18"]


def test_a_blank_line_is_no_question_and_loses_none(tmp_path: Path) -> None:
    read = asked(tmp_path, "case_id,as_of_date\nC1,2026-04-01\n\n   \nC2,2026-04-01\n")
    assert read.asked["case_id"].to_list() == ["C1", "C2"]
    assert read.set_aside.is_empty()


def test_each_unreadable_question_is_set_aside_with_its_line(tmp_path: Path) -> None:
    lines = [
        "C1,2026-04-01",
        "",
        "C2,soon",
        "C3,",
        ",2026-04-01",
        "C4,2026-04-01,x",
        "C5,2026-02-30",
    ]
    read = asked(tmp_path, "\n".join(["case_id,as_of_date", *lines, ""]))
    assert read.asked.rows() == [("C1", APRIL)]
    assert read.height == 6
    codes = read.set_aside.select("case_id", "reason_code").rows()
    assert codes == [
        ("C2", "unreadable_question"),
        ("C3", "incomplete_question"),
        (None, "incomplete_question"),
        (None, "unreadable_question"),
        ("C5", "unreadable_question"),
    ]
    starts = [reason.split(":")[0] for reason in read.set_aside["reason"]]
    assert starts == [f"questions.csv, line {n}" for n in (4, 5, 6, 7, 8)]


def test_instants_in_parquet_are_days_in_tashkent(tmp_path: Path) -> None:
    midnight = pl.Series([datetime(2026, 4, 1)])  # noqa: DTZ001
    utc = midnight.dt.replace_time_zone(TASHKENT).dt.convert_time_zone("UTC")
    frame = pl.DataFrame({"case_id": ["C1"], "as_of_date": utc})
    assert delivered(tmp_path, frame).asked["as_of_date"].to_list() == [APRIL]


def test_both_orders_in_the_days_are_warned_of(tmp_path: Path) -> None:
    rows = ["C1,13.04.2026", "C2,04/14/2026", "C3,2026-04-05"]
    read = asked(tmp_path, "\n".join(["case_id,as_of_date", *rows, ""]))
    assert read.asked["case_id"].to_list() == ["C3"]
    assert "the other days may be wrong too" in read.warnings[0]


def test_a_file_without_a_question_asks_nothing(tmp_path: Path) -> None:
    assert asked(tmp_path, "case_id,as_of_date\n").height == 0
    frame = pl.DataFrame(schema={"case_id": pl.String, "as_of_date": pl.Date})
    assert delivered(tmp_path, frame).height == 0
