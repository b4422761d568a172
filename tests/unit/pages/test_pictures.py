"""The pictures of a measure say what the record says, no more and no less."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.texts import LANGUAGES
from serving.pages.pictures_view import build_contrast, build_waterfall
from serving.pages.wording import Voice

THEMES = ("income", "assets", "claim", "corrections")
SUMS = st.integers(-(10**9), 10**9).map(float)


def explanation(base: float, *totals: float) -> dict[str, Any]:
    parts = [
        {"theme": theme, "contribution_som": som}
        for theme, som in zip(THEMES, totals, strict=False)
    ]
    return {"base_som": base, "theme_totals": parts}


def reason(code: str, feature: str | None, som: float) -> dict[str, Any]:
    texts = dict.fromkeys(LANGUAGES, "a sentence")
    return {"reason_code": code, "feature": feature, "contribution_som": som, **texts}


@given(base=SUMS, totals=st.lists(SUMS, min_size=4, max_size=4))
def test_each_bar_begins_where_the_last_one_ends_and_the_last_is_the_expected_amount(
    base: float, totals: list[float]
) -> None:
    picture = build_waterfall(Voice("en"), explanation(base, *totals))
    assert picture is not None
    first, *steps, whole = picture.steps
    assert (first.start, whole.start) == (picture.zero, picture.zero)
    for before, after in zip([first, *steps], steps, strict=False):
        assert after.start == before.end
    assert whole.end == pytest.approx(steps[-1].end if steps else first.end, abs=0.02)
    assert whole.amount == Voice("en").amount(base + sum(totals))
    assert all(0.0 <= edge <= 100.0 for s in picture.steps for edge in (s.start, s.end))


def test_what_takes_off_runs_to_the_left_and_has_a_minus() -> None:
    picture = build_waterfall(Voice("en"), explanation(100.0, 50.0, -30.0))
    assert picture is not None
    _, more, less, _ = picture.steps
    assert (more.sign, more.amount[0]) == ("+", "+")
    assert more.end > more.start
    assert (less.sign, less.amount[0]) == ("-", "\u2212")
    assert less.end < less.start


def test_what_rounds_to_nothing_is_no_step() -> None:
    picture = build_waterfall(Voice("en"), explanation(100.0, 0.4, 0.0))
    assert picture is not None
    assert len(picture.steps) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contrast_names_facts_the_past_and_the_rest_and_never_a_column(language: str) -> None:
    told = {
        "contrast_to": "travel_ban",
        "reasons": [
            reason("less_intrusive", None, 9.0),
            reason("favours.account_balance_som", "account_balance_som", 50.0),
            reason("average_part", None, -20.0),
            reason("share_limits", None, -5.0),
        ],
        "other_factors": reason("other_factors", None, 4.0),
    }
    picture = build_contrast(Voice(language), told, "X")
    assert picture is not None
    assert [step.sign for step in picture.steps] == ["+", "-", "-", "+"]
    assert all("_" not in step.label for step in picture.steps)
    assert picture.steps[0].end == 100.0
    assert all(step.start == picture.zero for step in picture.steps)


@pytest.mark.parametrize("record", [{}, {"contrast_to": None, "reasons": []}])
def test_a_record_of_an_older_program_and_a_last_measure_have_no_picture(
    record: dict[str, Any],
) -> None:
    assert build_waterfall(Voice("en"), record) is None
    assert build_contrast(Voice("en"), record, "X") is None
