"""Where more is expected than a measure can reach by law, the card says why."""

import pytest

from registers.texts import LANGUAGES
from serving.pages.recommendation_view import _beyond_reach, _days, _without
from serving.pages.wording import Voice

ROW = {"expected_net_som": 4e6, "expected_own_som": 2.1e6, "reach_som": 2.5e6}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_expectation_beyond_reach_names_what_the_measure_brings_and_its_limit(
    language: str,
) -> None:
    said = _beyond_reach(Voice(language), ROW).replace("\xa0", " ")
    assert "2 100 000" in said or "2,100,000" in said
    assert "2 500 000" in said or "2,500,000" in said


@pytest.mark.parametrize(
    "other",
    [{"reach_som": 4e6}, {"reach_som": None}, {"expected_own_som": None}],
    ids=["within reach", "touches no asset", "nothing was traced"],
)
def test_nothing_is_said_where_nothing_is_beyond_reach_or_known(other: dict[str, float]) -> None:
    assert _beyond_reach(Voice("en"), ROW | other) == ""


def test_a_recommendation_of_an_older_program_has_neither_days_nor_parts() -> None:
    old = {"expected_net_som": 4e6}
    assert _beyond_reach(Voice("en"), old) == ""
    assert _days(old) == ""
    assert _without(Voice("en"), [old]) == ""
    assert _without(Voice("en"), []) == ""
