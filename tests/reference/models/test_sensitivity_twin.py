"""Sensitivity to hidden confounding beside a search by hand and a world of known Gamma."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from models.policy_value import LoggedRewards
from models.sensitivity import LeastGain, breaking_gamma


def small(n: int = 16, seed: int = 1) -> LoggedRewards:
    rng = np.random.default_rng(seed)
    return LoggedRewards(
        reward=rng.normal(2, 3, n),
        arm=rng.integers(0, 2, n),
        taken=rng.uniform(0.2, 0.9, n),
        modelled=rng.normal(2, 1, (n, 2)),
        clusters=np.arange(n),
    )


def confounded(gamma: float, n: int = 40_000) -> LoggedRewards:
    """Neither measure does anything: officers take measure 1 the rather where they see a debtor
    who will pay. The modelled odds are even; the true ones are `gamma` or 1 / `gamma`."""
    rng = np.random.default_rng(7)
    seen = rng.uniform(size=n) < 0.5
    odds = np.where(seen, gamma, 1 / gamma)
    arm = (rng.uniform(size=n) < odds / (1 + odds)).astype(np.int64)
    return LoggedRewards(
        reward=np.where(seen, 10.0, 0.0).astype(np.float64),
        arm=arm,
        taken=np.full(n, 0.5),
        modelled=np.zeros((n, 2)),
        clusters=np.arange(n),
    )


@pytest.mark.parametrize("gamma", [1.0, 1.5, 4.0])
def test_least_gain_equals_a_search_over_all_corners(gamma: float) -> None:
    log = small()
    policy = np.ones(16, dtype=np.int64)
    used = log.arm == 1
    odds, rest = 1 / log.taken[used] - 1, (log.reward - log.modelled[:, 1])[used]
    corners = []
    for factor in product([gamma, 1 / gamma], repeat=int(used.sum())):
        z = 1 + np.array(factor) * odds
        corners.append((z @ rest) / z.sum())
    by_hand = (log.modelled[:, 1] - log.reward).mean() + min(corners)
    assert LeastGain(log, policy, draws=1).point(gamma) == pytest.approx(by_hand, rel=1e-9)


def test_a_gain_that_is_all_confounding_does_not_outlast_its_gamma() -> None:
    log = confounded(2.0)
    policy = np.ones(len(log.arm), dtype=np.int64)
    least = LeastGain(log, policy, draws=1)
    assert least.point(1.0) > 1.0  # the naive estimate is taken in
    assert least.point(2.0) < 0.1
    found = breaking_gamma(log, policy, draws=40)
    assert found.point is not None
    assert found.sure is not None
    assert 1.0 < found.sure < found.point <= 2.1


def test_no_gain_has_no_gamma() -> None:
    log = confounded(2.0)
    found = breaking_gamma(log, np.zeros(len(log.arm), dtype=np.int64), draws=10)
    assert found.point is None
    assert found.sure is None
