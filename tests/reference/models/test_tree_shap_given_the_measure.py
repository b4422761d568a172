"""What is explained of a measure is the score given that measure: the definition, by brute force.

For a set S of told columns, f(S) follows the row at splits on S and on the fixed columns, and goes
both ways elsewhere, weighing each side by the training rows that came to it. The value of column i
is Shapley's mean of f(S + i) - f(S) over all S.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import combinations
from math import factorial, isnan
from typing import Any

import lightgbm as lgb
import numpy as np
import pytest
from numpy.typing import NDArray

from models.boosting import Trees, explain, predict_raw
from models.inputs import Rows
from models.parts import tree_parts
from models.tree_shap import store, tables

Matrix = NDArray[np.float64]
WIDTH, ARM, OWN = 6, 5, 4
"""Four facts of the case, one that belongs to the measure alone, the measure's code."""


def facts(rng: np.random.Generator, n: int) -> Matrix:
    x = np.round(rng.normal(size=(n, WIDTH)), 1)
    x[:, 3] = rng.integers(0, 6, n)
    x[:, ARM] = rng.integers(0, 5, n)
    x[:, OWN] = np.asarray([0.5, 0.1, 0.9, 0.3, 0.7])[x[:, ARM].astype(int)]
    x[:, :3][rng.random((n, 3)) < 0.15] = np.nan
    return x


@pytest.fixture(scope="module", params=[4, 8, 31])
def trees(request: pytest.FixtureRequest) -> Trees:
    rng = np.random.default_rng(4)
    x = facts(rng, 1500)
    known = np.nan_to_num(x, nan=0.7)
    y = known[:, 0] * (known[:, ARM] == 1) + known[:, 1] * known[:, OWN] + known[:, ARM] * 0.2
    params = {
        "objective": "regression",
        "num_leaves": request.param,
        "min_data_in_leaf": 10,
        "max_cat_to_onehot": 1 if request.param == 31 else 10,
        "min_data_per_group": 1,
        "verbosity": -1,
        "num_threads": 1,
    }
    y = y + 0.5 * np.isin(known[:, 3], [1, 4]) + rng.normal(size=1500) * 0.05
    data = lgb.Dataset(x, y, categorical_feature=[3, ARM])
    return Trees.from_text(lgb.train(params, data, 6).model_to_string())


def goes_left(node: dict[str, Any], value: float) -> bool:
    if node["decision_type"] == "==":
        return not isnan(value) and str(int(value)) in node["threshold"].split("||")
    if isnan(value):
        if node["missing_type"] == "NaN":
            return bool(node["default_left"])
        value = 0.0
    return bool(value <= node["threshold"])


def expectation(node: dict[str, Any], row: Matrix, told: frozenset[int]) -> float:
    """f(S) of one tree, as LightGBM describes it in its other format."""
    if "leaf_value" in node:
        return float(node["leaf_value"])
    left, right = node["left_child"], node["right_child"]
    if node["split_feature"] in told:
        return expectation(
            left if goes_left(node, row[node["split_feature"]]) else right, row, told
        )
    n_left, n_right = (c.get("internal_count", c.get("leaf_count")) for c in (left, right))
    sides = n_left * expectation(left, row, told) + n_right * expectation(right, row, told)
    return float(sides / (n_left + n_right))


def by_definition(trees: Trees, row: Matrix, fixed: frozenset[int]) -> tuple[float, Matrix]:
    """Base and values of one row over all sets of the columns that are not fixed."""
    roots = [tree["tree_structure"] for tree in trees.booster.dump_model()["tree_info"]]
    free = [j for j in range(WIDTH) if j not in fixed]
    f = {
        frozenset(told): sum(expectation(root, row, fixed | frozenset(told)) for root in roots)
        for size in range(len(free) + 1)
        for told in combinations(free, size)
    }
    values, n = np.zeros(WIDTH), len(free)
    for told in f:
        for i in set(free) - told:
            weight = factorial(len(told)) * factorial(n - len(told) - 1) / factorial(n)
            values[i] += weight * (f[told | {i}] - f[told])
    return f[frozenset()], values


@pytest.mark.parametrize("fixed", [(), (ARM,), (OWN, ARM), (0, 3), tuple(range(WIDTH))])
@pytest.mark.parametrize("states", [4, 1024])
def test_values_given_the_measure_are_those_of_the_definition(
    trees: Trees, fixed: tuple[int, ...], states: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tables.MOST_STATES, "float64", states)
    monkeypatch.setattr(store, "_held", OrderedDict())
    x = facts(np.random.default_rng(7), 8)
    found = explain(trees, x, fixed=fixed)
    for i, row in enumerate(x):
        base, values = by_definition(trees, row, frozenset(fixed))
        np.testing.assert_allclose(found.values[i], values, rtol=0, atol=1e-12)
        np.testing.assert_allclose(found.base[i], base, rtol=0, atol=1e-12)


def test_base_and_values_given_the_measure_add_up_to_the_score(trees: Trees) -> None:
    x = facts(np.random.default_rng(8), 300)
    found = explain(trees, x, fixed=(OWN, ARM))
    whole = found.base + found.values.sum(axis=1)
    np.testing.assert_allclose(whole, predict_raw(trees, x), rtol=0, atol=1e-12)
    assert (found.values[:, [OWN, ARM]] == 0).all()


def test_the_base_is_one_number_per_measure_and_owes_nothing_to_the_debtor(trees: Trees) -> None:
    x = facts(np.random.default_rng(9), 300)
    rows = Rows(x[:, :4], x[:, 4:5], x[:, ARM].astype(np.int64))
    base, _, reach = tree_parts(trees, rows.with_arm(), rows, (OWN, ARM))
    bases = {a: np.unique(base[rows.arm == a]) for a in range(5)}
    assert {len(found) for found in bases.values()} == {1}
    assert len({float(found[0]) for found in bases.values()}) > 1
    assert (reach[:, [OWN, ARM]] == 0).all()
