"""What must hold of every log: equal policies, other units, other orders, hulls and budgets."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.boosting import Matrix
from models.off_policy import judge_policy
from models.policy_value import LoggedRewards
from models.qini import hull_steps, qini

SEEDS = st.integers(0, 10_000)
DRAWS = 10


def any_log(seed: int, n: int = 40, m: int = 3) -> tuple[LoggedRewards, Matrix]:
    """A log whose choices were drawn by chances (n, m), and those chances."""
    rng = np.random.default_rng(seed)
    chances = rng.dirichlet(np.ones(m) * 2, n)
    chances = (chances + 0.02) / (1 + 0.02 * m)
    arm = (rng.uniform(size=n)[:, None] > chances.cumsum(axis=1)).sum(axis=1).clip(max=m - 1)
    log = LoggedRewards(
        reward=rng.lognormal(1, 1, n) - 1.0,
        arm=arm,
        taken=chances[np.arange(n), arm],
        modelled=rng.normal(2, 1, (n, m)),
        clusters=rng.integers(0, n // 2, n),
        span=rng.uniform(1, 9, n),
    )
    return log, chances


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_with_weights_of_one_every_estimate_is_the_plain_mean(seed: int) -> None:
    log, _ = any_log(seed)
    certain = replace(log, taken=np.ones(len(log.reward)))
    found = judge_policy(certain, log.arm, draws=DRAWS, sensitivity=False)
    for name in ("ips", "snips", "dr"):
        assert found.estimates[name].value == pytest.approx(log.reward.mean())
    assert found.switched.value.value == pytest.approx(log.reward.mean())
    assert found.overlap.effective_n == pytest.approx(len(log.reward))
    assert found.gain.value == pytest.approx(0.0, abs=1e-9)


@given(seed=SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_value_of_the_loggers_own_policy_is_the_mean_of_its_log(seed: int) -> None:
    log, chances = any_log(seed)
    flat = replace(log, modelled=np.repeat(log.modelled[:, :1], 3, axis=1))
    found = judge_policy(flat, chances, draws=DRAWS)
    for name in ("ips", "snips", "dr"):
        assert found.estimates[name].value == pytest.approx(log.reward.mean())
    assert found.overlap.max_weight == pytest.approx(1.0)
    assert found.overlap.covered == pytest.approx(1.0)


@given(seed=SEEDS, unit=st.sampled_from([0.01, 100.0, 12_000.0]), level=st.floats(-50, 50))
@settings(max_examples=30, deadline=None)
def test_another_unit_and_another_nought_change_no_judgement(
    seed: int, unit: float, level: float
) -> None:
    """IPS alone depends on where nought lies; nothing depends on the unit."""
    log, _ = any_log(seed)
    policy = np.argmax(log.modelled, axis=1)
    assert log.span is not None
    other = replace(
        log,
        reward=log.reward * unit + level,
        modelled=log.modelled * unit + level,
        span=log.span * unit,
    )
    here = judge_policy(log, policy, draws=DRAWS, sensitivity=False)
    there = judge_policy(other, policy, draws=DRAWS, sensitivity=False)
    for name in ("snips", "model"):
        a, b = here.estimates[name], there.estimates[name]
        assert b.value == pytest.approx(a.value * unit + level, rel=1e-9, abs=1e-9)
        assert b.high - b.low == pytest.approx((a.high - a.low) * unit, rel=1e-6, abs=1e-9)
    dr = here.estimates["dr"].value * unit + level
    assert there.estimates["dr"].value == pytest.approx(dr, rel=1e-9, abs=1e-9)
    assert there.switched.threshold == here.switched.threshold
    assert there.switched.value.bias == pytest.approx(here.switched.value.bias * unit)
    assert there.gain.se == pytest.approx(here.gain.se * unit)
    assert there.overlap == here.overlap


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_rows_and_the_numbers_of_debtors_do_not_matter(seed: int) -> None:
    log, _ = any_log(seed)
    policy = np.argmax(log.modelled, axis=1)
    order = np.random.default_rng(seed).permutation(len(policy))
    moved = replace(log.take(order), clusters=log.clusters[order] * 7 + 3)
    here = judge_policy(log, policy, draws=DRAWS, sensitivity=False)
    there = judge_policy(moved, policy[order], draws=DRAWS, sensitivity=False)
    for name, value in here.estimates.items():
        assert there.estimates[name].value == pytest.approx(value.value)
    assert there.gain.se == pytest.approx(here.gain.se)
    assert there.switched.value.high == pytest.approx(here.switched.value.high)


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_single_choice_and_its_chances_are_the_same_policy(seed: int) -> None:
    log, _ = any_log(seed)
    policy = np.argmax(log.modelled, axis=1)
    one = judge_policy(log, policy, draws=DRAWS, sensitivity=False)
    two = judge_policy(log, np.eye(3)[policy], draws=DRAWS)
    assert {k: v.value for k, v in one.estimates.items()} == pytest.approx(
        {k: v.value for k, v in two.estimates.items()}
    )
    assert one.overlap == two.overlap


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_no_policy_of_the_same_intrusiveness_is_expected_to_bring_more(seed: int) -> None:
    """Against all policies of three cases and three measures, at every step of the budget."""
    rng = np.random.default_rng(seed)
    expected = np.round(rng.normal(5, 3, (3, 3)), 1)
    lawful = rng.uniform(size=(3, 3)) < 0.8
    lawful[np.arange(3), rng.integers(0, 3, 3)] = True
    weight = np.asarray(rng.choice([[1.0, 2.0, 7.0], [3.0, 3.0, 5.0], [4.0, 1.0, 9.0]]))
    steps = hull_steps(expected, lawful, weight)
    rows = np.arange(3)
    all_policies = [
        np.array(p) for p in product(range(3), repeat=3) if lawful[rows, np.array(p)].all()
    ]
    for taken in range(len(steps.cost) + 1):
        budget = steps.least + steps.cost[:taken].sum() / 3
        policy = steps.policy(budget)
        assert lawful[rows, policy].all()
        assert weight[policy].mean() <= budget + 1e-9
        best = max(
            expected[rows, p].sum() for p in all_policies if weight[p].mean() <= budget + 1e-9
        )
        assert expected[rows, policy].sum() == pytest.approx(best)


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_the_curve_uses_no_more_than_its_budgets_and_more_of_each_next_one(seed: int) -> None:
    log, _ = any_log(seed, n=120)
    weight = np.array([1.0, 4.0, 8.0])
    lawful = np.ones((120, 3), dtype=bool)
    curve = qini(log, log.modelled, lawful, weight, officers_intrusiveness=4.0)
    budgets, used = [p.budget for p in curve.points], [p.used for p in curve.points]
    assert budgets == sorted(budgets)
    assert used == sorted(used)
    assert all(u <= b + 1e-9 for u, b in zip(used, budgets, strict=True))
    assert used[-1] == pytest.approx(weight[np.argmax(log.modelled, axis=1)].mean())
