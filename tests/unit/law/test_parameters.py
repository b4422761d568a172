"""Dated values: what stops the program at start, and what a day outside the record gives."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from law.errors import ParameterFileError, UnknownParameterError
from law.parameters import (
    find_parameter,
    load_parameter,
    load_parameters,
    parameter,
    parameters_of,
    where_the_record_begins,
)
from law.record import nearest_recorded_day, outside_the_record, sentence_outside
from registers.tables import TABLES
from registers.texts import format_date

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
        ("from: 2020-01-01", "from: 2020-13-01", 5, "'2020-13-01' is not readable"),
        ("unit: som", "unit: som\nunits: som", 1, "unknown field 'units'"),
        ("until: 2021-01-01", "up_to: 2021-01-01", 5, "unknown field 'up_to'"),
        ("value: 5", "value: 5\n    value: 7", 8, "'value' is given twice"),
        ("value: 5", "value: 0.5", 5, "no amount in 'som'"),
        ("value: 5", "value: -5", 5, "no amount in 'som'"),
        ("value: 5", "value: .nan", 5, "no number"),
        ("unit: som", "unit: share", 5, "no amount in 'share'"),
        ("unit: som", "unit: in_force", 5, "no amount in 'in_force'"),
        ("value: 6", "value: yes", 11, "no number"),
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


def test_values_lie_in_folders_by_subject_and_keep_their_names(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    _file(tmp_path / "terms", GOOD)
    assert list(load_parameters(tmp_path)) == ["fee"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    _file(tmp_path / "terms", GOOD)
    _file(tmp_path, GOOD)
    with pytest.raises(ParameterFileError, match=r"fee\.yaml, line 1: 'fee' is given by two files"):
        load_parameters(tmp_path)


def test_a_file_that_nothing_would_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fee.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ParameterFileError, match=r"fee\.yml, line 1: not read"):
        load_parameters(tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "fee.yaml"
    file.write_bytes(GOOD.encode("cp1251"))
    with pytest.raises(ParameterFileError, match="write the file in UTF-8"):
        load_parameter(file)


# What a lawyer checks first: each amount and share that changes, the day before and the day.
CHANGES: list[tuple[str, date, float | None, float]] = [
    ("bhm", date(2019, 9, 1), None, 223_000),
    ("bhm", date(2021, 2, 1), 223_000, 245_000),
    ("bhm", date(2021, 9, 1), 245_000, 270_000),
    ("bhm", date(2022, 6, 1), 270_000, 300_000),
    ("bhm", date(2023, 5, 1), 300_000, 330_000),
    ("bhm", date(2023, 12, 1), 330_000, 340_000),
    ("bhm", date(2024, 10, 1), 340_000, 375_000),
    ("bhm", date(2025, 8, 1), 375_000, 412_000),
    ("minimum_wage", date(2022, 6, 1), None, 920_000),
    ("minimum_wage", date(2023, 5, 1), 920_000, 980_000),
    ("minimum_wage", date(2023, 12, 1), 980_000, 1_050_000),
    ("minimum_wage", date(2024, 10, 1), 1_050_000, 1_155_000),
    ("minimum_wage", date(2025, 8, 1), 1_155_000, 1_271_000),
    ("pension_base", date(2025, 8, 1), None, 471_000),
    ("protected_account_share", date(2001, 8, 29), None, 0),
    ("protected_account_share", date(2025, 6, 16), 0, 0.5),
    ("wage_cap_share", date(2001, 8, 29), None, 0.5),
    ("wage_cap_share_alimony_arrears", date(2001, 8, 29), None, 0.5),
    ("wage_cap_share_alimony_arrears", date(2025, 8, 19), 0.5, 0.7),
    ("fine_ceiling_person_bhm", date(2023, 7, 4), None, 5),
    ("fine_ceiling_official_bhm", date(2023, 7, 4), None, 10),
    ("travel_ban_floor_bhm", date(2019, 11, 12), None, 5),
    ("simplified_ceiling_bhm", date(2022, 4, 11), None, 5),
    ("enforcement_fee_share", date(2026, 7, 1), None, 0.05),
    ("pledge_repeat_floor_share", date(2024, 1, 1), None, 0.8),
    ("trade_discount_share", date(2025, 4, 22), None, 0.1),
    ("law_is_recorded", date(2001, 8, 29), None, 1),
    ("simplified_procedure", date(2022, 4, 11), None, 1),
    ("obligations_register", date(2025, 6, 16), None, 1),
    ("obligations_register_years", date(2025, 6, 16), None, 10),
    ("guarantee_deposit", date(2025, 8, 19), None, 1),
]


@pytest.mark.parametrize(("name", "day", "before", "after"), CHANGES)
def test_a_value_changes_on_its_day_and_not_the_day_before(
    name: str, day: date, before: float | None, after: float
) -> None:
    days = pl.DataFrame({"as_of_date": [day - timedelta(days=1), day]})
    assert days.select(parameter(name)).to_series().to_list() == [before, after]


def test_no_amount_of_som_is_stored_that_follows_from_the_base_unit() -> None:
    in_som = {name for name, found in parameters_of("uz").items() if found.unit == "som"}
    assert in_som == {"bhm", "minimum_wage", "pension_base"}


def test_the_ranks_of_claims_are_recorded_and_those_of_our_mapping_say_so() -> None:
    kinds = next(c for c in TABLES["cases"].columns if c.name == "claim_kind").values or ()
    for kind in set(kinds) - {"non_property"}:
        value = find_parameter(f"rank_{kind}").values[0]
        is_named_by_the_law = kind in ("alimony", "wages", "damage_health")
        assert value.confidence == ("read" if is_named_by_the_law else "inferred"), kind


def test_a_day_before_the_record_names_where_it_begins() -> None:
    begins_on = where_the_record_begins("bhm")
    told = outside_the_record("bhm", date(2019, 8, 31))
    assert begins_on == date(2019, 9, 1)
    assert told is not None
    for language, text in told.as_dict().items():
        assert format_date(begins_on, language) in text
        assert format_date(date(2019, 8, 31), language) in text
        assert find_parameter("bhm").label.in_language(language) in text
    assert outside_the_record("bhm", begins_on) is None


def test_a_day_after_the_record_names_the_last_day(tmp_path: Path) -> None:
    fee = load_parameter(_file(tmp_path, GOOD))
    days = (date(2019, 1, 1), date(2021, 1, 1), date(2021, 6, 1), date(2021, 12, 31))
    assert [nearest_recorded_day(fee, day) for day in days] == [
        date(2020, 1, 1),
        date(2020, 12, 31),
        date(2020, 12, 31),
        date(2022, 1, 1),
    ]
    told = sentence_outside(fee, date(2021, 6, 1))
    assert told.en == (
        "The record of “c” ends on 31 December 2020; nothing is recorded for 1 June 2021. "
        "The nearest day is 31 December 2020."
    )
