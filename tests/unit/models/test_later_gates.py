"""Two rankings on the same later decisions: a worse one is stopped, few decisions tell nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from models.gates.gate import Bound, Found, judge, judge_each, verdict_of
from models.gates.later import Later, compare, completed, later_gates, narrowed, on_measures
from models.training import Trained


@pytest.fixture
def later(world: Any, trained: Trained) -> Later:
    return Later(world.examples, trained.scores, world.true_rates)


def few(later: Later, n: int) -> Later:
    rows = np.arange(n)
    return Later(later.examples.take(rows), later.scores.take(rows), later.rates[rows])


def test_a_challenger_that_loses_more_than_the_champion_is_stopped(later: Later) -> None:
    worse = Later(later.examples, later.scores, later.rates[:, [1, 0, 2]])
    gate = compare("champion", "the champion uz-1", worse, later.rates)
    assert gate.verdict == "failed"
    assert gate.value is not None
    assert gate.low is not None
    assert 0.01 < gate.low < gate.value
    assert "the champion uz-1" in gate.sentence
    assert compare("champion", "uz-1", later, worse.rates).verdict == "passed"


def test_a_challenger_that_is_the_champion_again_passes_with_its_power(later: Later) -> None:
    rng = np.random.default_rng(1)
    again = Later(later.examples, later.scores, later.rates + rng.normal(0, 0.02, (2000, 3)))
    gate = compare("champion", "uz-1", again, later.rates)
    assert gate.verdict == "passed"
    assert gate.power is not None
    assert 0 < gate.power < 0.05


def test_few_later_decisions_do_not_pass_in_silence(later: Later) -> None:
    small = few(later, 150)
    for gate in (compare("champion", "uz-1", small, small.rates), *later_gates(small)):
        assert gate.verdict == "cannot_tell"
        assert not gate.passed
        assert "Only 75 debtors have later decisions" in gate.sentence


def test_a_difference_that_these_decisions_could_not_show_is_not_called_none(later: Later) -> None:
    small = few(later, 240)
    rng = np.random.default_rng(1)
    other = np.clip(small.rates + rng.normal(0, 0.3, small.rates.shape), 0, 1)
    gate = compare("champion", "uz-1", Later(small.examples, small.scores, other), other[::-1])
    assert gate.verdict != "passed"
    assert "cannot tell" in gate.sentence or gate.verdict == "failed"


@pytest.mark.parametrize(
    ("change", "stopped"),
    [
        (lambda r: r, set()),
        (lambda r: r + 0.15, {"later_level", "later_level_by_measure"}),
        (lambda r: 0.3 + 2.5 * (r - 0.3), {"later_slope", "later_slope_by_measure"}),
        (lambda r: 2 * r.mean(axis=1, keepdims=True) - r, {"effects"}),
    ],
)
def test_a_wrong_level_and_a_wrong_slope_are_stopped_each_by_its_gate(
    later: Later, change: Any, stopped: set[str]
) -> None:
    gates = later_gates(replace(later, rates=change(later.rates)))
    assert {g.name for g in gates if g.verdict == "failed"} >= stopped
    if not stopped:
        assert {g.verdict for g in gates} <= {"passed", "cannot_tell"}
    for gate in gates:
        assert gate.bound
        assert gate.power is not None


def test_many_parts_share_one_chance_of_a_false_alarm() -> None:
    bound = Bound(-0.1, 0.1, 1.0)
    at_the_edge = Found("one", 0.1 + 2.5 * 0.1, 0.1)
    assert judge("g", "what", at_the_edge, bound).verdict == "failed"
    others = [Found(str(i), 0.0, 0.1) for i in range(20)]
    assert judge_each("g", "what", [at_the_edge, *others], bound).verdict == "passed"
    clear = replace(at_the_edge, value=0.6)
    gate = judge_each("g", "what", [clear, *others, Found("rare", np.nan, np.nan)], bound)
    assert gate.verdict == "failed"
    assert "(one)" in gate.sentence
    assert "Cannot be told of: rare." in gate.sentence


def test_reports_of_older_versions_keep_their_verdict() -> None:
    assert verdict_of({"name": "x", "passed": True}) == "passed"
    assert verdict_of({"name": "x", "passed": False}) == "failed"
    assert verdict_of({"name": "x", "passed": False, "verdict": "cannot_tell"}) == "cannot_tell"


def test_measures_that_one_of_both_does_not_rank_are_other_for_both(later: Later) -> None:
    two = on_measures(later, ("bank_account_levy", "voluntary_notice"))
    assert two.rates.shape == two.examples.lawful.shape == (2000, 2)
    banned = later.examples.arm == 1
    assert (two.examples.arm[banned] == 2).all()
    assert (two.examples.arm[later.examples.arm == 2] == 1).all()
    assert two.examples.pairs.height == 4000
    pairs = completed(two.examples.pairs, later.examples.measures)
    assert pairs.height == 6000
    assert pairs["measure"].to_list()[:3] == list(later.examples.measures)
    assert narrowed(later.examples, later.examples.measures).arm is not None


def test_the_span_of_the_later_decisions_is_told(later: Later) -> None:
    days = [date(2025, 1, 1) + timedelta(days=i % 90) for i in range(2000)]
    features = later.examples.features.with_columns(as_of_date=pl.Series(days))
    told = replace(later, examples=replace(later.examples, features=features))
    assert told.days == "2025-01-01 to 2025-03-31"
