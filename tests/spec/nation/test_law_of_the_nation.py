"""The officers of the invented nation against the law room."""

from datetime import date

import polars as pl
import pytest

from law.engine import judge_actions
from nation.invent import Nation, invent
from nation.lawful import in_memory
from nation.measures import MEASURE_IDS, N_ENCODED
from registers.outcomes import outstanding
from registers.snapshot import locate


@pytest.fixture(scope="module")
def nation() -> Nation:
    return invent(4_000, 405, date(2026, 10, 1), n_draws=2)


@pytest.fixture(scope="module")
def judged(nation: Nation) -> pl.DataFrame:
    first = nation.tables["actions"].unique("action_id", keep="first", maintain_order=True)
    verdicts = judge_actions(
        in_memory(nation.tables), first.select("action_id", "case_id", "measure", "decided_on")
    )
    encoded = pl.col("measure").is_in(MEASURE_IDS[:N_ENCODED])
    planted = nation.truth["actions"].select("action_id", "planted")
    return verdicts.filter(encoded).join(planted, on="action_id")


def test_officers_choose_lawfully_except_where_a_mistake_was_planted(judged: pl.DataFrame) -> None:
    honest = judged.filter(pl.col("planted").is_null())
    assert honest.height > 5_000
    assert honest.filter(pl.col("verdict") == "lawful").height >= 0.99 * honest.height


def test_planted_mistakes_are_found_by_the_law(judged: pl.DataFrame) -> None:
    planted = judged.filter(pl.col("planted").is_not_null())
    assert planted.height > 50
    assert set(planted["planted"]) == {"unlawful", "unfounded"}
    found = planted.filter(pl.col("verdict") == pl.col("planted"))
    assert found.height >= 0.95 * planted.height


def test_questions_are_open_money_claims_with_debt_left(nation: Nation) -> None:
    registers = in_memory(nation.tables)
    points, set_aside = locate(registers, nation.questions)
    assert set_aside.is_empty()
    assert points.height == nation.questions.height
    assert outstanding(registers, points)["outstanding_som"].min() > 0  # type: ignore[operator]


def test_recorded_lotteries_tell_their_true_probability(nation: Nation) -> None:
    first = nation.tables["actions"].unique("action_id", keep="first", maintain_order=True)
    drawn = first.drop_nulls("propensity").join(
        nation.truth["actions"], on=["action_id", "measure"]
    )
    assert drawn["is_lottery"].all()
    assert (drawn["propensity"] == drawn["probability"]).all()
    counts = (1.0 / drawn["propensity"]).round(6)
    assert counts.is_in([2.0, 3.0, 4.0, 5.0, 6.0, 7.0]).all()
