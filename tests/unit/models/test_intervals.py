"""Intervals of a share: within what a share can be, and of the level that they state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from models.intervals import _beta_draws, _table_at, beta_ends, compare, se_of_draws, variances

SHARES = st.floats(0.0, 1.0)


@given(rate=SHARES, hidden=st.floats(0.0, 2.0), se=st.floats(0.0, 1.0), cost=st.floats(0.0, 0.5))
@settings(max_examples=300, deadline=None)
def test_an_interval_holds_its_expectation_and_stays_within_nothing_and_all(
    rate: float, hidden: float, se: float, cost: float
) -> None:
    r = np.array([[rate]])
    v = variances(r, np.array([[se]]), 1.0, hidden, np.array([[cost]]))
    low, high = beta_ends(r, v)
    assert 0.0 <= low[0, 0] <= rate <= high[0, 0] <= 1.0


def test_intervals_hold_nine_of_ten_truths_of_their_own_kind() -> None:
    rng = np.random.default_rng(1)
    mu = rng.uniform(0.05, 0.95, 40_000)
    coin = mu * (1 - mu)
    total = 1 / 0.2 - 1.0
    truth = rng.beta(mu * total, (1 - mu) * total)
    v = variances(mu[:, None], np.zeros((len(mu), 1)), 1.0, 0.2, np.zeros((len(mu), 1)))
    assert np.allclose(v[:, 0], 0.2 * coin)
    low, high = beta_ends(mu[:, None], v)
    assert ((truth >= low[:, 0]) & (truth <= high[:, 0])).mean() == pytest.approx(0.9, abs=0.01)


def test_draws_have_the_quantiles_of_the_distribution() -> None:
    for mu, part in ((0.1, 0.05), (0.5, 0.2), (0.85, 0.4)):
        v, total = part * mu * (1 - mu), 1 / part - 1
        z = np.linspace(-2, 2, 9)
        from scipy.stats import norm

        drawn = _beta_draws(np.array([mu]), np.array([v]), _table_at(z))[0]
        exact = beta.ppf(norm.cdf(z), mu * total, (1 - mu) * total)
        assert np.allclose(drawn, exact, atol=0.02)


def two(rates: list[float], v: float, alike: float = 0.5) -> tuple[np.ndarray, ...]:
    r = np.asarray([rates])
    found = compare(
        r, np.full(r.shape, v), np.ones(r.shape, bool), np.array([100.0]), np.zeros(2), alike
    )
    return found.p_first[0], found.behind_low[0], found.behind_high[0], found.regret


def test_a_measure_that_is_far_ahead_is_first_in_every_draw_and_regrets_nothing() -> None:
    p, low, _, regret = two([0.9, 0.1], 1e-4)
    assert p.tolist() == [1.0, 0.0]
    assert low[1] > 70
    assert regret[0] == 0.0


def test_two_equal_measures_share_the_first_place_and_regret_what_chance_makes_of_it() -> None:
    p, low, high, regret = two([0.5, 0.5], 0.02)
    assert p[0] == pytest.approx(0.5, abs=0.15)
    assert low[1] < 0 < high[1]
    assert 1.0 < regret[0] < 15.0


def test_measures_that_share_what_is_hidden_are_told_apart_better() -> None:
    apart, together = two([0.55, 0.5], 0.03, 0.0), two([0.55, 0.5], 0.03, 0.95)
    assert together[3][0] < apart[3][0]
    assert together[0][0] > apart[0][0]


def test_a_case_is_compared_alike_alone_and_among_others() -> None:
    rng = np.random.default_rng(3)
    r, v = rng.uniform(0.05, 0.95, (50, 4)), np.full((50, 4), 0.02)
    lawful = rng.random((50, 4)) < 0.7
    owed, costs = rng.uniform(1e4, 1e8, 50), np.array([1e3, 2e3, 5e3, 1e4])
    batch = compare(r, v, lawful, owed, costs, 0.5)
    for i in range(0, 50, 7):
        one = slice(i, i + 1)
        alone = compare(r[one], v[one], lawful[one], owed[one], costs, 0.5)
        assert np.array_equal(alone.p_first[0], batch.p_first[i], equal_nan=True)
        assert alone.regret[0] == batch.regret[i]


def test_a_case_without_a_lawful_measure_has_nothing_to_compare() -> None:
    r = np.full((1, 2), np.nan)
    found = compare(r, r, np.zeros((1, 2), bool), np.array([5.0]), np.zeros(2), 0.5)
    assert np.isnan(found.p_first).all()
    assert found.regret.tolist() == [0.0]


def test_the_jackknife_is_the_textbooks() -> None:
    draws = np.random.default_rng(4).normal(size=(5, 3, 2))
    for i in range(3):
        for a in range(2):
            d = draws[:, i, a]
            expected = np.sqrt(4 / 5 * sum((x - d.mean()) ** 2 for x in d))
            assert se_of_draws(draws)[i, a] == pytest.approx(expected)
