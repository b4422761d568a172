"""The officers of the invented nation against the law room."""

from datetime import date

import polars as pl
import pytest

from law.engine import judge_actions
from nation.invent import Nation, invent
from nation.lawful import in_memory
from nation.mistake_kinds import CODES
from registers.legal_orders import legal_order
from registers.outcomes import outstanding
from registers.snapshot import locate

# Whether these are lawful hangs on what no register holds: which act the document orders, the
# paper that proves a receivable (decision 0012).
UNKNOWABLE = {"non_property_compulsion", "item_handover", "eviction", "receivables_levy"}
# A third postponement may be a first mediation instead: only the claimant knows (Art. 33, 36).
ONLY_THE_CLAIMANT_KNOWS = "unknown_claimant_asks_mediation"


@pytest.fixture(scope="module")
def nation() -> Nation:
    return invent(9_000, 405, date(2026, 10, 1), n_draws=2)


@pytest.fixture(scope="module")
def judged(nation: Nation) -> pl.DataFrame:
    first = nation.tables["actions"].unique("action_id", keep="first", maintain_order=True)
    verdicts = judge_actions(
        in_memory(nation.tables), first.select("action_id", "case_id", "measure", "decided_on")
    )
    planted = nation.truth["actions"].select("action_id", "planted", "planted_kind")
    return verdicts.join(planted, on="action_id")


def test_officers_take_all_nineteen_measures_of_the_law(judged: pl.DataFrame) -> None:
    honest = judged.filter(pl.col("planted").is_null())
    assert set(honest["measure"]) == set(legal_order("uz").measures)


def test_officers_choose_lawfully_except_where_a_mistake_was_planted(judged: pl.DataFrame) -> None:
    honest = judged.filter(pl.col("planted").is_null())
    assert honest.height > 10_000
    assert set(honest["verdict"]) == {"lawful", "cannot_tell"}
    open_ = honest.filter(pl.col("verdict") == "cannot_tell")
    others = open_.filter(pl.col("reason_code") != ONLY_THE_CLAIMANT_KNOWS)
    assert set(others["measure"]) <= UNKNOWABLE
    assert open_.height <= 0.01 * honest.height


def test_nobody_is_warned_of_what_officers_rightly_chose(judged: pl.DataFrame) -> None:
    honest = judged.filter(pl.col("planted").is_null())
    warned = honest.filter(pl.col("finding").is_in(["unlawful", "unfounded"]))
    assert warned.height <= 0.0005 * honest.height


def test_planted_mistakes_of_every_kind_are_found(judged: pl.DataFrame) -> None:
    planted = judged.filter(pl.col("planted").is_not_null())
    kinds = planted.group_by("planted_kind").agg(
        pl.len(), (pl.col("finding") == pl.col("planted")).mean().alias("recall")
    )
    assert set(kinds["planted_kind"]) == set(CODES)
    assert kinds.filter(pl.col("recall") < 0.8).is_empty()
    assert (planted["finding"] == planted["planted"]).mean() >= 0.98  # type: ignore[operator]


def test_what_breaks_a_rule_is_unlawful_by_the_rules_alone(judged: pl.DataFrame) -> None:
    unlawful = judged.filter(pl.col("planted") == "unlawful")
    assert unlawful.height > 100
    assert set(unlawful["verdict"]) == {"unlawful"}


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
    assert counts.is_in([float(n) for n in range(2, 16)]).all()
