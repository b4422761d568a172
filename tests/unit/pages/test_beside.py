"""What stands beside a measure: doubt and similar cases, and nothing for what was stored before."""

from __future__ import annotations

import pytest

from explain.similar import tell_similar
from registers.texts import LANGUAGES
from serving.pages.beside_view import Beside, build_beside
from serving.pages.wording import Voice

RANKED = {"measure": "travel_ban", "rank": 2}
FIGURES = {"p_first": 0.31, "behind_low_som": -50_000.0, "behind_high_som": 220_000.0}


def similar(n: int | None) -> dict[str, object]:
    counts = (None,) * 4 if n is None else (5, 4, 3, 2)
    names = ("n_nothing", "n_some", "n_more_than_half", "n_all")
    median = None if n is None else 0.2
    return {
        "measure": "travel_ban",
        "n_comparable": n,
        **dict(zip(names, counts, strict=True)),
        "sentence": tell_similar(n, *counts, median, 40, 40),
    }


def test_what_was_stored_before_these_were_told_shows_nothing() -> None:
    assert build_beside(Voice("en"), {}, RANKED) == Beside()


def test_doubt_tells_the_place_the_difference_and_how_many_cases_are_comparable() -> None:
    document: dict[str, object] = {"similar": [similar(14)]}
    beside = build_beside(Voice("en"), document, RANKED | FIGURES)
    assert beside.doubt[0].endswith("31\u00a0%")
    assert "from 50\u00a0000\u00a0soʻm more to 220\u00a0000\u00a0soʻm less" in beside.doubt[1]
    assert beside.doubt[2] == "14 comparable cases in three years"
    assert [row.count for row in beside.came_back] == ["5", "4", "3", "2"]


def test_the_measure_expected_to_bring_most_is_not_behind_itself() -> None:
    first = RANKED | {"p_first": 0.8, "behind_low_som": 0.0, "behind_high_som": 0.0}
    assert len(build_beside(Voice("en"), {}, first).doubt) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_fewer_than_ten_cases_are_told_without_counts(language: str) -> None:
    beside = build_beside(Voice(language), {"similar": [similar(None)]}, RANKED)
    assert beside.came_back == ()
    assert len(beside.doubt) == 1
    assert beside.similar
