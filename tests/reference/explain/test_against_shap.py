"""The contributions that reasons are told from are those of the `shap` package."""

from __future__ import annotations

import warnings

import lightgbm as lgb
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from models.boosting import Trees, explain, shap_values
from models.inputs import Rows
from models.rankers import ConstantRanker, SLearner

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package's own imports warn, not ours
    import shap

Matrix = NDArray[np.float64]


def facts(n: int, seed: int) -> Matrix:
    """Numbers, a category in the last column, and one value in eight missing."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=(n, 5)), rng.integers(0, 6, n)])
    x[rng.random(x.shape) < 0.125] = np.nan
    return x


def booster(x: Matrix, seed: int) -> lgb.Booster:
    rng = np.random.default_rng(seed)
    known = np.nan_to_num(x)
    y = (
        known[:, 0]
        + 2.0 * np.isin(known[:, 5], [1, 4])
        + known[:, 1]
        + rng.normal(size=len(x)) * 0.1
    )
    data = lgb.Dataset(x, y, categorical_feature=[5])
    params = {"objective": "regression", "num_leaves": 15, "verbosity": -1, "seed": seed}
    return lgb.train(params | {"num_threads": 1, "min_data_in_leaf": 20}, data, 25)


def oracle(model: lgb.Booster, x: Matrix) -> tuple[float, Matrix]:
    """Expected value and contributions as the `shap` package computes them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        explainer = shap.TreeExplainer(model)
        values = np.asarray(explainer.shap_values(x), dtype=float)
    return float(np.ravel(explainer.expected_value)[0]), values


def test_the_model_reads_missing_values_and_categories() -> None:
    text = booster(facts(800, 1), 1).model_to_string()
    assert any(int(line.removeprefix("num_cat=")) for line in text.split() if "num_cat=" in line)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_contributions_equal_those_of_tree_explainer(seed: int) -> None:
    model = booster(facts(800, seed), seed)
    x = facts(60, seed + 100)
    base, values = shap_values(Trees(model, model.model_to_string()), x)
    expected_base, expected = oracle(model, x)
    np.testing.assert_allclose(values, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(base, expected_base, rtol=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_contributions_add_up_to_the_prediction(seed: int) -> None:
    model = booster(facts(800, seed), seed)
    x = facts(60, seed + 200)
    base, values = shap_values(Trees(model, model.model_to_string()), x)
    np.testing.assert_allclose(base + values.sum(axis=1), model.predict(x), rtol=1e-9, atol=1e-12)


def share_booster(x: Matrix, seed: int) -> lgb.Booster:
    """The same by cross-entropy on a share: trees that add up log odds."""
    rng = np.random.default_rng(seed)
    y = expit(np.nan_to_num(x)[:, 0] + 2.0 * np.isin(np.nan_to_num(x)[:, 5], [1, 4]))
    y = np.clip(y + rng.normal(size=len(x)) * 0.1, 0.0, 1.0)
    data = lgb.Dataset(x, y, categorical_feature=[5])
    params = {"objective": "cross_entropy", "num_leaves": 15, "verbosity": -1, "seed": seed}
    return lgb.train(params | {"num_threads": 1, "min_data_in_leaf": 20}, data, 40)


def test_an_s_learner_carries_log_odds_to_shares_and_starts_from_the_measure() -> None:
    """What is carried are the values given the measure, which a test of their own defines."""
    model = share_booster(facts(800, 5), 5)  # the category in the last column plays the measure
    rows = rows_of(facts(40, 6)[:, :5], np.arange(40) % 6)
    ranker = SLearner(Trees(model, model.model_to_string()), ())
    parts, rates = ranker.contributions(rows), ranker.rates(rows)
    given = explain(ranker.outcome, rows.with_arm(), fixed=(5,))
    base, expected = given.base, given.values
    whole = model.predict(rows.with_arm(), raw_score=True)
    for i in range(40):  # the definition, pair by pair
        slope = (expit(whole[i]) - expit(base[i])) / (whole[i] - base[i])
        np.testing.assert_allclose(parts.values[i], expected[i, :-1] * slope, rtol=1e-7, atol=1e-10)
    np.testing.assert_allclose(parts.base, expit(base), rtol=1e-9)
    np.testing.assert_allclose(parts.base + parts.values.sum(axis=1), rates, rtol=0, atol=1e-9)
    np.testing.assert_allclose(rates, model.predict(rows.with_arm()), rtol=1e-12)
    assert (np.abs(parts.values) <= parts.reach + 1e-12).all()


def rows_of(cases: Matrix, arm: NDArray[np.int64]) -> Rows:
    return Rows(cases, np.zeros((len(cases), 0)), arm)


def test_a_constant_ranker_tells_the_same_facts_for_every_measure() -> None:
    model = booster(facts(800, 7), 7)
    ranker = ConstantRanker(Trees(model, model.model_to_string()), (0.05, -0.02))
    x = facts(30, 8)
    first = ranker.contributions(rows_of(x, np.zeros(30, dtype=np.int64))).values
    second = ranker.contributions(rows_of(x, np.ones(30, dtype=np.int64))).values
    np.testing.assert_array_equal(first, second)
    np.testing.assert_allclose(first, oracle(model, x)[1], rtol=1e-9, atol=1e-12)


def test_the_base_of_a_constant_ranker_is_the_mean_expected_value_plus_its_effect() -> None:
    model = booster(facts(800, 7), 7)
    ranker = ConstantRanker(Trees(model, model.model_to_string()), (0.05, -0.02))
    x = facts(30, 8)
    parts = ranker.contributions(rows_of(x, np.ones(30, dtype=np.int64)))
    np.testing.assert_allclose(parts.base, oracle(model, x)[0] - 0.02, rtol=1e-9)
    np.testing.assert_array_equal(parts.calibration, np.zeros(30))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_contribution_is_beyond_its_reach_and_an_unread_fact_has_none(seed: int) -> None:
    model = booster(facts(800, seed), seed)
    trees = Trees(model, model.model_to_string())
    _, values = oracle(model, facts(300, seed + 300))
    reach = trees.reach(6)
    assert (np.abs(values) <= reach + 1e-12).all()
    read = model.feature_importance("split") > 0
    assert ((reach > 0) == read).all()
