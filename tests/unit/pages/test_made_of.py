"""What a measure reaches, brings and did before stands together; more than that says why."""

from datetime import date

import pytest

from registers.texts import LANGUAGES
from serving.pages.reach_view import say_beyond_reach, say_reach, say_tried, say_within
from serving.pages.recommendation_view import _days, _without
from serving.pages.wording import Voice

ROW = {"expected_net_som": 4e6, "expected_own_som": 2.1e6, "reach_som": 2.5e6}
TRIED = {"n_tried": 2.0, "days_since_tried": 31.0, "tried_result": "partly"}
DAY = date(2026, 4, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_expectation_beyond_reach_names_what_the_measure_brings_and_its_limit(
    language: str,
) -> None:
    said = say_reach(Voice(language), ROW) + say_beyond_reach(Voice(language), ROW)
    assert "2 100 000" in said.replace("\xa0", " ")
    assert "2 500 000" in said.replace("\xa0", " ")


@pytest.mark.parametrize(
    "other",
    [{"reach_som": 4e6}, {"reach_som": None}, {"expected_own_som": None}],
    ids=["within reach", "touches no asset", "nothing was traced"],
)
def test_nothing_is_said_where_nothing_is_beyond_reach_or_known(other: dict[str, float]) -> None:
    assert say_beyond_reach(Voice("en"), ROW | other) == ""


def test_a_recommendation_of_an_older_program_has_neither_days_nor_parts() -> None:
    old = {"expected_net_som": 4e6}
    assert say_beyond_reach(Voice("en"), old) == ""
    assert _days(old) == ""
    assert _without(Voice("en"), [old]) == ""
    assert _without(Voice("en"), []) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_tried_here_is_told_with_how_often_when_and_the_result(language: str) -> None:
    said = say_tried(Voice(language), TRIED, DAY)
    assert "2" in said
    assert Voice(language).day(date(2026, 3, 1)) in said
    assert {
        "uz_Latn": "qisman natija berdi",
        "uz_Cyrl": "қисман натижа берди",
        "ru": "дала частичный результат",
        "en": "partly effective",
    }[language] in said


def test_a_result_that_nobody_knows_is_said_to_be_unknown() -> None:
    said = say_tried(Voice("en"), TRIED | {"tried_result": None}, DAY)
    assert "result: not known" in said


@pytest.mark.parametrize("row", [{"n_tried": 0.0}, {"n_tried": None}, {}])
def test_nothing_is_said_of_a_measure_that_was_never_taken(row: dict[str, float | None]) -> None:
    assert say_tried(Voice("en"), row, DAY) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_horizon_is_told_in_days(language: str) -> None:
    assert "180" in say_within(Voice(language), 180)
