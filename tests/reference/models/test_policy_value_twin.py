"""Estimators beside a short hand-written version, and beside a truth that is known."""

from __future__ import annotations

import numpy as np
import pytest

from models.calibration import calibration_slope, fit_isotonic
from models.policy_value import LoggedRewards, clustered_se, evaluate_policy, logged_value


def logged(n: int = 4000, seed: int = 3) -> tuple[LoggedRewards, np.ndarray]:
    """A log with three actions, known propensities and a known value of every action."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 1, n)
    p = np.column_stack([0.2 + 0.5 * x, 0.5 - 0.4 * x, np.full(n, 0.3) - 0.1 * x])
    p /= p.sum(axis=1, keepdims=True)
    truth = np.column_stack([10 * x, 5 * np.ones(n), 8 - 6 * x])
    arm = (rng.uniform(size=n)[:, None] > p.cumsum(axis=1)).sum(axis=1)
    reward = truth[np.arange(n), arm] + rng.normal(0, 2, n)
    log = LoggedRewards(
        reward=reward,
        arm=arm,
        taken=p[np.arange(n), arm],
        modelled=truth + 1.0,  # a biased model: DR must correct it
        clusters=np.repeat(np.arange(n // 2), 2),
    )
    return log, truth


def test_estimators_equal_their_hand_written_twins() -> None:
    log, _ = logged(200)
    policy = np.zeros(200, dtype=np.int64)
    found = evaluate_policy(log, policy, draws=50)
    ips = snips_num = snips_den = dr = 0.0
    for i in range(200):
        w = (1.0 if log.arm[i] == policy[i] else 0.0) / log.taken[i]
        direct = log.modelled[i, policy[i]]
        ips += w * log.reward[i] / 200
        snips_num, snips_den = snips_num + w * log.reward[i], snips_den + w
        dr += (direct + w * (log.reward[i] - direct)) / 200
    assert found["ips"].value == pytest.approx(ips, rel=1e-12)
    assert found["snips"].value == pytest.approx(snips_num / snips_den, rel=1e-12)
    assert found["dr"].value == pytest.approx(dr, rel=1e-12)


def test_intervals_hold_the_true_value_although_the_model_is_biased() -> None:
    held = {"ips": 0, "snips": 0, "dr": 0}
    for seed in range(40):
        log, truth = logged(1000, seed)
        policy = np.argmax(truth, axis=1)
        value = truth[np.arange(1000), policy].mean()
        for name, estimate in evaluate_policy(log, policy, draws=200).items():
            held[name] += estimate.low <= value <= estimate.high
    assert all(34 <= n <= 40 for n in held.values()), held


def test_clustered_error_is_larger_where_rows_of_a_debtor_agree() -> None:
    rng = np.random.default_rng(0)
    terms = np.repeat(rng.normal(size=500), 4)
    alone = clustered_se(terms, np.arange(2000))
    together = clustered_se(terms, np.repeat(np.arange(500), 4))
    assert together == pytest.approx(2 * alone, rel=0.05)


def test_logged_value_is_the_plain_mean() -> None:
    log, _ = logged(300)
    assert logged_value(log, draws=20).value == pytest.approx(log.reward.mean())


def test_slope_equals_least_squares_and_is_nan_without_variation() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=500)
    y = 0.7 * x + rng.normal(size=500)
    slope, se = calibration_slope(x, y, np.arange(500))
    assert slope == pytest.approx(np.polyfit(x, y, 1)[0], rel=1e-9)
    assert 0.02 < se < 0.08
    assert np.isnan(calibration_slope(np.ones(10), y[:10], np.arange(10))[0])


def test_isotonic_map_is_monotone_and_flattens_noise() -> None:
    rng = np.random.default_rng(2)
    predicted = rng.normal(size=2000)
    through = fit_isotonic(predicted, rng.normal(size=2000), 40)
    grid = through(np.linspace(-3, 3, 50))
    assert (np.diff(grid) >= 0).all()
    assert np.ptp(grid) < 0.6
