"""Estimators of a policy's value against figures worked out by hand, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from models.errors import (
    BadPropensityError,
    EmptyLogError,
    MissingOutcomesError,
    NotAPolicyError,
)
from models.off_policy import ESTIMATORS, judge_policy
from models.overlap import overlap_of
from models.policy_value import LoggedRewards, evaluate_policy, logged_value
from models.switching import critical_value, switch_dr

POLICY = np.array([0, 0, 0, 1])


def four(span: float = 2.0) -> LoggedRewards:
    """Four decisions of three debtors; the weights under POLICY are 2, 0, 1.25 and 2."""
    return LoggedRewards(
        reward=np.array([10.0, 0.0, 4.0, 6.0]),
        arm=np.array([0, 1, 0, 1]),
        taken=np.array([0.5, 0.25, 0.8, 0.5]),
        modelled=np.array([[8.0, 1.0], [2.0, 1.0], [4.0, 2.0], [3.0, 5.0]]),
        clusters=np.array([0, 1, 1, 2]),
        span=np.full(4, span),
    )


def test_every_estimator_gives_what_was_worked_out_by_hand() -> None:
    found = judge_policy(four(), POLICY, draws=20)
    assert found.estimates["ips"].value == pytest.approx((2 * 10 + 1.25 * 4 + 2 * 6) / 4)
    assert found.estimates["snips"].value == pytest.approx(37 / 5.25)
    assert found.estimates["dr"].value == pytest.approx((12 + 2 + 4 + 7) / 4)
    assert found.estimates["model"].value == pytest.approx((8 + 2 + 4 + 5) / 4)
    assert found.officers.value == 5.0
    assert found.gain.value == pytest.approx(6.25 - 5.0)
    assert found.overlap.effective_n == pytest.approx(5.25**2 / (4 + 1.25**2 + 4))
    assert found.overlap.max_weight == 2.0
    assert found.overlap.covered == pytest.approx(5.25 / 4)
    assert found.overlap.n_used == 3
    assert set(found.as_dict()["estimates"]) == set(ESTIMATORS)


def test_the_standard_error_counts_debtors_and_not_decisions() -> None:
    """Decisions 1 and 2 are one debtor's: model 8 | 2 + 4 | 5 less the mean 4.75 each."""
    model = judge_policy(four(), POLICY, draws=20).estimates["model"]
    assert model.se == pytest.approx(np.sqrt(3.25**2 + (-2.75 - 0.75) ** 2 + 0.25**2) / 4)


def test_a_policy_of_chances_is_weighed_by_them() -> None:
    chances = np.array([[0.5, 0.5], [0.2, 0.8], [1.0, 0.0], [0.0, 1.0]])
    log = four()
    assert log.weights(chances).tolist() == [1.0, 3.2, 1.25, 2.0]
    assert log.direct(chances).tolist() == pytest.approx([4.5, 1.2, 4.0, 5.0])
    terms = [4.5 + 1.0 * 2, 1.2 + 3.2 * -1, 4.0, 5.0 + 2.0 * 1]
    found = evaluate_policy(log, chances, draws=20)["dr"]
    assert found.value == pytest.approx(np.mean(terms))


def test_a_measure_that_the_model_does_not_know_carries_no_weight() -> None:
    log = replace(four(), arm=np.array([0, 2, 0, 2]))
    assert log.weights(POLICY).tolist() == [2.0, 0.0, 1.25, 0.0]
    assert log.weights(np.full((4, 2), 0.5)).tolist() == [1.0, 0.0, 0.625, 0.0]
    assert log.residual().tolist() == [2.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("span", "threshold", "value", "bias"),
    [
        (0.1, 1.25, 4.75, 0.1),  # 1.58 of variance and 0.01 of bias against 5.16 of variance
        (1.0, 1.25, 4.75, 1.0),
        (3.0, 2.0, 6.25, 0.0),  # a bias of 9 is worse than all of the variance: nothing is cut off
    ],
)
def test_switch_dr_cuts_off_where_that_costs_less_than_it_brings(
    span: float, threshold: float, value: float, bias: float
) -> None:
    found = switch_dr(four(span), POLICY)
    assert found.threshold == threshold
    assert found.value.value == pytest.approx(value)
    assert found.value.bias == pytest.approx(bias)
    assert found.left_to_model == pytest.approx(4 / 5.25 if bias else 0.0)


def test_the_interval_of_switch_dr_makes_room_for_its_bias() -> None:
    found = switch_dr(four(1.0), POLICY).value
    assert found.high - found.value > found.se * critical_value(0.0)
    assert found.high - found.value == pytest.approx(found.se * critical_value(1.0 / found.se))


@pytest.mark.parametrize("bias", [0.0, 0.3, 1.0, 2.5, 5.9, 6.1, 40.0])
def test_the_critical_value_holds_a_shifted_normal_in_95_of_100(bias: float) -> None:
    c, normal = critical_value(bias), NormalDist(bias)
    assert normal.cdf(c) - normal.cdf(-c) == pytest.approx(0.95, abs=1e-6)


@pytest.mark.parametrize(
    ("broken", "error", "words"),
    [
        ({"taken": np.array([0.5, 0.0, 0.8, 0.5])}, BadPropensityError, "1 decisions"),
        ({"taken": np.array([0.5, -0.1, 0.8, 1.5])}, BadPropensityError, "2 decisions"),
        ({"taken": np.array([np.nan, 0.1, 0.8, 0.5])}, BadPropensityError, "outside"),
        ({"reward": np.array([np.nan, 0, 4.0, 6])}, MissingOutcomesError, "Of 4 .* 1 have no"),
        ({"reward": np.array([np.inf, 0, 4.0, 6])}, MissingOutcomesError, "Unknown is not nothing"),
        ({"modelled": np.full((4, 2), np.nan)}, MissingOutcomesError, "4 have no known outcome"),
    ],
)
def test_a_log_that_cannot_be_right_is_refused(
    broken: dict[str, np.ndarray], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        replace(four(), **broken)


@pytest.mark.parametrize(
    "ask",
    [
        lambda log: evaluate_policy(log, np.zeros(0, dtype=np.int64)),
        lambda log: switch_dr(log, np.zeros(0, dtype=np.int64)),
        logged_value,
        lambda log: overlap_of(log.taken, log.clusters),
    ],
)
def test_an_empty_log_is_refused(ask: Callable[[LoggedRewards], object]) -> None:
    with pytest.raises(EmptyLogError, match="holds no decision"):
        ask(four().take(np.zeros(0, dtype=np.int64)))


@pytest.mark.parametrize(
    "policy",
    [
        np.array([0, 0, 0, 2]),
        np.array([0, 0, 0, -1]),
        np.array([0, 0, 0]),
        np.full((4, 2), 0.6),
        np.array([[1.5, -0.5]] * 4),
        np.full((4, 3), 1 / 3),
    ],
)
def test_what_is_no_choice_among_the_measures_is_refused(policy: np.ndarray) -> None:
    with pytest.raises(NotAPolicyError, match="no policy for the log"):
        judge_policy(four(), policy)


@pytest.mark.parametrize(
    ("weights", "reason", "words"),
    [
        (np.full(400, 1.0), None, "These logs can tell: 400 of 400"),
        (np.r_[np.full(300, 0.5), 200.0], "few_comparable", "weigh as much as 3 equal ones"),
        (np.zeros(400), "few_comparable", "as much as 0 equal ones"),
        (np.r_[np.ones(200), np.zeros(200)], "not_tried", "only 50% of what the policy would do"),
        (np.full(400, 1.5), "chances_do_not_fit", "add up to 150%"),
    ],
)
def test_a_log_without_overlap_says_that_it_cannot_tell_and_why(
    weights: np.ndarray, reason: str | None, words: str
) -> None:
    found = overlap_of(weights, np.arange(len(weights)))
    assert found.reason == reason
    assert found.tells is (reason is None)
    assert words in found.sentence


def test_where_a_hundred_equal_decisions_weigh_no_single_one_has_a_tenth() -> None:
    """Why the largest share needs no rule of its own."""
    rng = np.random.default_rng(4)
    for _ in range(200):
        found = overlap_of(rng.pareto(0.8, 3000), np.arange(3000))
        assert found.largest_share <= 1 / np.sqrt(found.effective_n) + 1e-12
