"""Similar cases told: never of fewer than ten, in every language, and only what was counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from explain.similar import BANDS, SCHEMA, build_similar, tell_similar
from models.neighbours import Similar
from registers.texts import LANGUAGES, NO_BREAK_SPACE

RANKED = pl.DataFrame(
    {
        "case_id": ["a", "a", "b"],
        "as_of_date": [date(2026, 4, 1)] * 3,
        "rank": [1, 2, 1],
        "measure": ["bank_account_levy", "voluntary_notice", "travel_ban"],
    }
)
FOUND = Similar(
    n=np.asarray([14, 9, 10]),
    n_kept=np.asarray([300, 9, 20]),
    n_taken=np.asarray([4000, 9, 20]),
    bands=np.asarray([[5, 4, 3, 2], [9, 0, 0, 0], [0, 0, 0, 10]]),
    median_share=np.asarray([0.235, 0.0, 1.0]),
)


def test_of_fewer_than_ten_cases_no_count_is_told() -> None:
    rows = build_similar(RANKED, FOUND).to_dicts()
    assert [row["n_comparable"] for row in rows] == [14, None, 10]
    assert [rows[1][name] for name in (*BANDS, "median_share")] == [None] * 5
    for language in LANGUAGES:
        assert "9" not in rows[1]["sentence"][language]


def test_counts_stand_as_they_were_found() -> None:
    rows = build_similar(RANKED, FOUND).to_dicts()
    assert [rows[0][name] for name in BANDS] == [5, 4, 3, 2]
    assert (rows[0]["median_share"], rows[0]["n_looked_at"], rows[0]["n_taken"]) == (
        0.235,
        300,
        4000,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_tells_every_count_and_what_was_left_unlooked_at(language: str) -> None:
    text = tell_similar(14, 5, 4, 3, 2, 0.235, 300, 4000)[language]
    for number in ("14", "5", "4", "3", "2", f"4{NO_BREAK_SPACE}000", "300"):
        assert number in text
    assert ("23.5" if language == "en" else "23,5") in text
    whole = tell_similar(14, 5, 4, 3, 2, 0.235, 300, 300)[language]
    assert text.startswith(whole)
    assert f"4{NO_BREAK_SPACE}000" not in whole


def test_a_model_that_keeps_no_past_decisions_tells_nothing() -> None:
    nothing = build_similar(RANKED, None)
    assert nothing.is_empty()
    assert dict(nothing.schema) == dict(build_similar(RANKED, FOUND).schema) == dict(SCHEMA)
