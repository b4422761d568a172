"""The curve over budgets of intrusiveness against three cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.policy_value import LoggedRewards
from models.qini import hull_steps, qini

WEIGHT = np.array([1.0, 3.0, 7.0])
EXPECTED = np.array(
    [
        [1.0, 5.0, 6.0],  # to the second for 2 points each, then to the third for 0.25
        [2.0, 3.0, 14.0],  # straight to the third, for 2 points each: the second is below the hull
        [4.0, 3.0, 2.0],  # nothing heavier brings more
    ]
)
LAWFUL = np.array([[True, True, True], [True, True, True], [True, True, False]])


def test_the_steps_are_those_worked_out_by_hand() -> None:
    steps = hull_steps(EXPECTED, LAWFUL, WEIGHT)
    assert steps.start.tolist() == [0, 0, 0]
    assert steps.least == 1.0
    assert list(zip(steps.case.tolist(), steps.arm.tolist(), steps.cost.tolist(), strict=True)) == [
        (0, 1, 2.0),
        (1, 2, 6.0),
        (0, 2, 4.0),
    ]
    assert steps.most() == 1.0 + 12 / 3
    assert steps.policy(0.5).tolist() == [0, 0, 0]
    assert steps.policy(1.0 + 2 / 3).tolist() == [1, 0, 0]
    assert steps.policy(1.0 + 7 / 3).tolist() == [1, 0, 0]
    assert steps.policy(1.0 + 8 / 3).tolist() == [1, 2, 0]
    assert steps.policy(99.0).tolist() == [2, 2, 0]


def test_a_case_begins_at_the_best_of_its_lightest_lawful_measures() -> None:
    steps = hull_steps(
        np.array([[9.0, 2.0, 5.0]]), np.array([[False, True, True]]), np.array([1.0, 4.0, 4.0])
    )
    assert steps.start.tolist() == [2]
    assert steps.most() == steps.least == 4.0


def test_the_value_of_a_budget_is_read_from_the_log_and_not_from_the_expectation() -> None:
    """300 cases alike: heavy measures are expected to bring 9 and brought nothing."""
    n = 300
    arm = np.arange(n) % 3
    log = LoggedRewards(
        reward=np.array([2.0, 1.0, 0.0])[arm],
        arm=arm,
        taken=np.full(n, 1 / 3),
        modelled=np.zeros((n, 3)),
        clusters=np.arange(n),
    )
    expected = np.tile([1.0, 3.0, 9.0], (n, 1))
    curve = qini(log, expected, np.ones((n, 3), bool), WEIGHT, officers_intrusiveness=11 / 3)
    first, last = curve.points[0], curve.points[-1]
    assert (first.used, last.used) == (1.0, 7.0)
    assert first.value == pytest.approx(2.0)
    assert last.value == pytest.approx(0.0)
    assert first.gain == pytest.approx(1.0)
    assert last.personal == pytest.approx(0.0)
    assert curve.least_at_par == 1.0
    assert any(p.budget == 11 / 3 for p in curve.points)


def test_a_budget_of_which_the_log_cannot_tell_is_marked_and_is_no_par() -> None:
    n = 300
    arm = np.r_[np.zeros(297, dtype=np.int64), 2, 2, 2]
    log = LoggedRewards(
        reward=np.where(arm == 2, 50.0, 1.0),
        arm=arm,
        taken=np.where(arm == 2, 0.01, 0.99),
        modelled=np.zeros((n, 3)),
        clusters=np.arange(n),
    )
    expected = np.tile([1.0, 2.0, 9.0], (n, 1))
    curve = qini(log, expected, np.ones((n, 3), bool), WEIGHT, officers_intrusiveness=1.06)
    assert curve.points[0].tells
    assert not curve.points[-1].tells
    assert curve.points[-1].gain > 0
    assert curve.least_at_par is None or curve.least_at_par < 7.0
