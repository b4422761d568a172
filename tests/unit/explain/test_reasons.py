"""Which facts become reasons, and what their codes and numbers say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from explain.numbers import tell_number, tell_value
from explain.reasons import SURE, Reason, pick_reasons, sum_in_order, which_stand
from features.catalogue import feature
from registers.legal_orders import legal_order


def picked(*effects: float, n: int = 4) -> list[int]:
    row = pick_reasons(np.array([effects]), np.array([n]))[0]
    return [int(j) for j in row if j >= 0]


def test_the_largest_come_first_whatever_their_sign() -> None:
    assert picked(10.0, -30.0, 20.0) == [1, 2, 0]


def test_there_are_at_most_four() -> None:
    assert picked(5.0, 6.0, 7.0, 8.0, 9.0) == [4, 3, 2, 1]


def test_a_row_may_ask_for_fewer() -> None:
    assert picked(5.0, 6.0, 7.0, 8.0, 9.0, n=2) == [4, 3]


def test_equal_sizes_keep_the_order_of_the_catalogue() -> None:
    assert picked(3.0, -3.0, 3.0) == [0, 1, 2]


@pytest.mark.parametrize(("small", "n"), [(5.1, 2), (4.9, 1)])
def test_a_fact_below_a_twentieth_of_all_is_no_reason(small: float, n: int) -> None:
    assert len(picked(100.0 - small, small)) == n


def test_what_rounds_to_nothing_is_no_reason() -> None:
    assert picked(0.5, -0.4) == []
    assert picked(0.51) == [0]


def test_nothing_to_explain_gives_no_reason() -> None:
    assert picked(0.0, 0.0) == []


def test_sums_do_not_depend_on_the_batch() -> None:
    values = np.random.default_rng(1).normal(size=(500, 90)) * 1e6
    together = sum_in_order(values)
    alone = [sum_in_order(values[i : i + 1])[0] for i in range(500)]
    assert together.tolist() == alone


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (Reason("fact", 5.0, None, "n_payments"), "raises.n_payments"),
        (Reason("fact", -5.0, None, "n_payments"), "lowers.n_payments"),
        (Reason("fact", 5.0, "travel_ban", "n_payments"), "favours.n_payments"),
        (Reason("fact", -5.0, "travel_ban", "n_payments"), "disfavours.n_payments"),
        (Reason("average_effect", -5.0, "travel_ban"), "average_effect"),
    ],
)
def test_a_code_tells_direction_and_fact(reason: Reason, code: str) -> None:
    assert reason.reason_code == code


@pytest.mark.parametrize(
    ("name", "value", "language", "shown"),
    [
        ("account_balance_som", 4_200_000.0, "en", "4 200 000 soʻm"),
        ("account_balance_som", -1500.4, "ru", "-1 500 сум"),
        ("encumbered_share", 0.345, "uz_Latn", "34 %"),
        ("outstanding_to_income", 2.25, "ru", "2,2 мес."),
        ("max_days_past_due", 12.0, "en", "12 days"),
        ("n_payments", 1234.0, "en", "1 234"),
        ("is_secured", 1.0, "uz_Latn", "ha"),
        ("is_secured", 0.0, "uz_Cyrl", "йўқ"),
        ("claim_kind", "alimony", "ru", "алименты"),
        ("n_payments", None, "en", "not reported"),
        ("debtor_status", None, "uz_Latn", "maʼlumot yoʻq"),
    ],
)
def test_values_are_told_in_their_own_unit(
    name: str, value: float | str | None, language: str, shown: str
) -> None:
    told = tell_value(feature(name), value, language, legal_order("uz"))
    assert told.replace("\u00a0", " ") == shown


def test_a_number_that_rounds_to_zero_has_no_sign() -> None:
    assert tell_number(-0.001, 2, "en") == "0"


def refits_around(effect: float, se: float) -> NDArray[np.float64]:
    """Five refits whose mean is `effect` and whose jackknife standard error is `se`."""
    shape = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    scale = se / np.sqrt(4 / 5 * (shape**2).sum())
    return np.asarray(effect + scale * shape)[:, None, None]


@pytest.mark.parametrize(("of_se", "stands"), [(1.01 * SURE, True), (0.99 * SURE, False)])
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_a_fact_is_a_reason_where_its_direction_would_last(
    of_se: float, sign: float, stands: bool
) -> None:
    effect = sign * of_se * 100.0
    found = which_stand(np.array([[effect]]), refits_around(effect, 100.0), np.array([0.0]))
    assert found.tolist() == [[stands]]


@pytest.mark.parametrize(("effect", "stands"), [(50.1, True), (49.9, False)])
def test_a_fact_is_a_reason_where_it_matters_beside_the_interval(
    effect: float, stands: bool
) -> None:
    found = which_stand(np.array([[effect]]), refits_around(effect, 0.0), np.array([1000.0]))
    assert found.tolist() == [[stands]]


def test_where_no_refit_tests_a_fact_none_is_a_reason() -> None:
    found = which_stand(np.array([[1e9]]), np.zeros((0, 1, 1)), np.array([1.0]))
    assert not found.any()


def test_a_fact_that_does_not_stand_gives_way_to_the_next_one() -> None:
    effects, four = np.array([[100.0, 30.0, 20.0]]), np.array([4])
    stands = np.array([[False, True, True]])
    assert pick_reasons(effects, four, stands)[0].tolist() == [1, 2, -1, -1]
