"""Levels: shares that are right for the cases that are open today."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, logit

from models.levels import Levels, density_ratio, fit_levels, straight

PRIOR = (0.25, 0.15)


def coins(n: int, alpha: float, beta: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Stated shares, and outcomes whose true odds lie elsewhere."""
    rng = np.random.default_rng(seed)
    stated = rng.uniform(0.05, 0.95, n)
    return stated, (rng.random(n) < expit(alpha + beta * logit(stated))).astype(float)


def test_a_level_that_is_off_is_found_and_mended() -> None:
    stated, y = coins(20_000, -0.5, 0.7, 1)
    arm = np.zeros(len(y), dtype=np.int64)
    levels = fit_levels(stated, arm, y, np.ones(len(y)), 1, PRIOR)
    assert levels.alpha[0] == pytest.approx(-0.5, abs=0.05)
    assert levels.beta[0] == pytest.approx(0.7, abs=0.05)
    mended = levels(stated, arm)
    assert abs(mended.mean() - y.mean()) < 0.005
    assert abs(stated.mean() - y.mean()) > 0.05


def test_a_measure_that_was_seldom_taken_borrows_its_level() -> None:
    many, y = coins(20_000, 0.0, 1.0, 2)
    few, z = coins(12, 2.0, 1.0, 3)
    arm = np.repeat([0, 1], [len(many), len(few)])
    rates, outcome = np.concatenate([many, few]), np.concatenate([y, z])
    levels = fit_levels(rates, arm, outcome, np.ones(len(arm)), 2, PRIOR)
    assert abs(levels.alpha[0]) < 0.06
    assert 0.0 < levels.alpha[1] < 1.0
    alone = fit_levels(few, np.zeros(12, dtype=np.int64), z, np.ones(12), 1, (50.0, 50.0))
    assert alone.alpha[0] > levels.alpha[1]


def test_a_measure_never_taken_has_the_level_of_all() -> None:
    stated, y = coins(20_000, -0.5, 0.8, 4)
    arm = np.zeros(len(y), dtype=np.int64)
    levels = fit_levels(stated, arm, y, np.ones(len(y)), 2, PRIOR)
    assert levels.alpha[1] == pytest.approx(levels.alpha[0], abs=0.05)
    assert levels.beta[1] == pytest.approx(levels.beta[0], abs=0.05)


def test_a_map_never_turns_an_order_round() -> None:
    stated = np.random.default_rng(5).uniform(0.05, 0.95, 4000)
    y = (np.random.default_rng(6).random(4000) > stated).astype(float)
    arm = np.zeros(4000, dtype=np.int64)
    levels = fit_levels(stated, arm, y, np.ones(4000), 1, PRIOR)
    assert (np.diff(levels(np.sort(stated), arm)) > 0).all()


def test_straight_levels_change_nothing() -> None:
    rates = np.linspace(0.001, 0.999, 50)
    assert np.allclose(straight(1)(rates, np.zeros(50, dtype=np.int64)), rates, atol=1e-12)
    ends = Levels((0.0,), (1.0,))(np.array([0.0, 1.0]), np.array([0, 0]))
    assert np.allclose(ends, [1e-4, 1 - 1e-4])


def test_past_decisions_like_todays_cases_count_more() -> None:
    rng = np.random.default_rng(7)
    past, today = rng.normal(0, 1, (4000, 2)), rng.normal([1.0, 0.0], 1, (2000, 2))
    ratio = density_ratio(past, today, [], seed=1)
    assert ratio.mean() == pytest.approx(1.0)
    assert ratio.max() <= 11
    like, unlike = past[:, 0] > 1, past[:, 0] < -1
    assert ratio[like].mean() > 3 * ratio[unlike].mean()
    assert np.average(past[:, 0], weights=ratio) == pytest.approx(1.0, abs=0.25)


def test_where_past_and_today_are_alike_all_count_alike() -> None:
    rng = np.random.default_rng(8)
    ratio = density_ratio(rng.normal(size=(4000, 2)), rng.normal(size=(2000, 2)), [], seed=1)
    assert ratio.std() < 0.35


def test_one_map_for_all_measures_leaves_every_order_as_it_is() -> None:
    stated, y = coins(6000, -0.5, 0.7, 7)
    arm = np.arange(6000) % 3
    own = fit_levels(stated, arm, np.where(arm == 1, 1 - y, y), np.ones(6000), 3, PRIOR)
    one = fit_levels(stated, arm, np.where(arm == 1, 1 - y, y), np.ones(6000), 3, None)
    assert len(set(own.alpha)) == 3
    assert len(set(one.alpha)) == len(set(one.beta)) == 1
