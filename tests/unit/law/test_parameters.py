"""Dated values: what stops the program at start, and what a day outside the record gives."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from law.errors import ParameterFileError, UnknownParameterError
from law.parameters import find_parameter, load_parameter, load_parameters, parameter

GOOD = """id: fee
unit: som
label: {uz_Latn: a, uz_Cyrl: а, ru: б, en: c}
values:
  - from: 2020-01-01
    until: 2021-01-01
    value: 5
    article: "Art. 1"
    amending_act: "Act 1"
    confidence: read
  - from: 2022-01-01
    value: 6
    article: "Art. 1"
    amending_act: "Act 2"
    confidence: inferred
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "fee.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_value_ends_on_its_until_day_and_a_gap_has_no_value(tmp_path: Path) -> None:
    fee = load_parameter(_file(tmp_path, GOOD))
    days = (date(2019, 12, 31), date(2020, 12, 31), date(2021, 1, 1), date(2022, 1, 1))
    assert [v.value if (v := fee.on(day)) else None for day in days] == [None, 5, None, 6]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("unit: som", "unit: tenge", 1, "unknown unit 'tenge'"),
        (
            '    article: "Art. 1"\n    amending_act: "Act 2"',
            '    amending_act: "x"',
            11,
            "article",
        ),
        ('amending_act: "Act 1"', 'amending_act: ""', 5, "amending_act"),
        ("from: 2022-01-01", "from: 2020-06-01", 11, "overlapping dates"),
        ("from: 2022-01-01", "from: 2020-01-01", 11, "overlapping dates"),
        ("until: 2021-01-01", "until: 2019-01-01", 5, "ends before it begins"),
        ("from: 2020-01-01", "from: soon", 5, "from-date"),
        ("confidence: read", "confidence: sure", 5, "confidence"),
        ("value: 5", "value: five", 5, "no number"),
        ("id: fee", "id: tax", 1, "the file's name"),
        ("ru: б, ", "", 1, "lacks ru"),
        ("unit: som", "unit: [som", 3, "not readable as YAML"),
    ],
)
def test_a_bad_file_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    with pytest.raises(ParameterFileError) as refused:
        load_parameter(_file(tmp_path, GOOD.replace(old, new)))
    assert refused.value.line == line
    assert str(refused.value).startswith(f"fee.yaml, line {line}: ")
    assert words in str(refused.value)


def test_each_row_is_answered_by_its_own_day() -> None:
    days = pl.DataFrame({"as_of_date": [date(2025, 8, 1), date(2025, 7, 31), date(2019, 8, 31)]})
    answers = days.select(parameter("bhm")).to_series().to_list()
    assert answers == [412_000, 375_000, None]


def test_an_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(UnknownParameterError, match="Did you mean 'minimum_wage'"):
        find_parameter("minimun_wage")


def test_a_legal_order_without_parameters_has_none(tmp_path: Path) -> None:
    assert dict(load_parameters(tmp_path / "nowhere")) == {}
