"""Values by tables are those that LightGBM's `pred_contrib` computes, on models of every kind."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any

import lightgbm as lgb
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit

from models.boosting import Trees, explain, predict_raw, without_ranges
from models.inputs import Rows
from models.parts import tree_parts
from models.tree_shap import tables
from models.tree_shap.columns import columns_of
from models.tree_shap.leaves import Leaves, leaves_of
from models.tree_text import splits_of

Matrix = NDArray[np.float64]
OBJECTIVES = ("regression", "cross_entropy", "binary", "huber", "poisson", "tweedie")
ROWS = 60


def facts(rng: np.random.Generator, n: int, d: int, codes: list[int]) -> Matrix:
    """Amounts, counts and codes, with gaps and noughts."""
    x = np.round(rng.lognormal(1.0, 1.5, (n, d)), 2) * rng.choice([-1.0, 1.0], (n, d))
    x[:, ::3] = rng.integers(-2, 4, x[:, ::3].shape)
    x[rng.random(x.shape) < 0.1] = 0.0
    for j in codes:
        x[:, j] = rng.integers(0, 40, n)
    x[rng.random(x.shape) < rng.choice([0.0, 0.05, 0.4])] = np.nan
    return np.asarray(x)


@cache
def random_trees(seed: int) -> tuple[Trees, Matrix]:
    """An ensemble of 1 to 12 trees of 2 to 127 leaves, and rows that are hard for it."""
    rng = np.random.default_rng(seed)
    n, d = int(rng.integers(80, 1500)), int(rng.integers(1, 10))
    codes = [j for j in range(d) if rng.random() < 0.3]
    x = facts(rng, n, d, codes)
    signal = np.sin(np.nan_to_num(x, nan=2.0)) @ rng.normal(size=d) + rng.normal(size=n) * 0.3
    objective = str(rng.choice(OBJECTIVES))
    y = expit(signal) if objective == "cross_entropy" else np.abs(signal)
    y = (signal > 0).astype(float) if objective == "binary" else y
    params = {
        "objective": objective,
        "num_leaves": int(rng.integers(2, 128)),
        "min_data_in_leaf": int(rng.choice([1, 3, 20, 200])),
        "learning_rate": 0.3,
        "use_missing": bool(rng.random() < 0.8),
        "zero_as_missing": bool(rng.random() < 0.2),
        "max_cat_to_onehot": int(rng.choice([1, 4, 100])),
        "min_data_per_group": int(rng.choice([1, 50])),
        "cat_smooth": float(rng.choice([1.0, 10.0])),
        "bagging_fraction": float(rng.choice([0.6, 1.0])),
        "bagging_freq": 1,
        "boosting": str(rng.choice(["gbdt", "dart"])),
        "seed": seed,
        "verbosity": -1,
        "num_threads": 1,
    }
    data = lgb.Dataset(x, y, categorical_feature=codes, params=params)
    booster = lgb.train(params, data, int(rng.integers(1, 13)))
    trees = Trees.from_text(without_ranges(booster.model_to_string()))
    return trees, hard_rows(trees, rng, x[rng.integers(0, n, ROWS)], codes)


def hard_rows(trees: Trees, rng: np.random.Generator, x: Matrix, codes: list[int]) -> Matrix:
    """Values on the cuts and beside them, gaps, noughts, numbers without end, unmet codes."""
    cuts = [float(v) for t in re.findall(r"^threshold=(.*)$", trees.text, re.M) for v in t.split()]
    near = rng.choice([*cuts, 1.0], x.shape)
    towards = np.nextafter(near, rng.choice([-np.inf, np.inf], x.shape))
    odd = rng.choice([np.nan, 0.0, -0.0, 1e-36, -1e-36, 1e-34, np.inf, -np.inf, 1e300], x.shape)
    hard = np.choose(rng.integers(0, 4, x.shape), [x, near, towards, odd])
    for j in codes:
        unmet = rng.choice([-1.0, -0.5, 2.7, 31.0, 32.0, 64.0, 1e6, np.nan], len(x))
        hard[:, j] = np.where(rng.random(len(x)) < 0.5, x[:, j], unmet)
    return hard


def assert_equal_to_lightgbm(trees: Trees, x: Matrix) -> None:
    expected = np.asarray(trees.booster.predict(x, pred_contrib=True, num_threads=1))
    found = explain(trees, x)
    assert found.fallback == ""
    scale = max(1.0, float(np.abs(expected).max()))
    np.testing.assert_allclose(found.values, expected[:, :-1], rtol=0, atol=1e-12 * scale)
    np.testing.assert_allclose(found.base, expected[:, -1], rtol=0, atol=1e-12 * scale)
    whole = found.base + found.values.sum(axis=1)
    np.testing.assert_allclose(whole, predict_raw(trees, x), rtol=0, atol=1e-11 * scale)
    rough = explain(trees, x, precision="float32")
    np.testing.assert_allclose(rough.values, expected[:, :-1], rtol=0, atol=1e-6 * scale)


@pytest.mark.parametrize("seed", range(40))
def test_a_random_ensemble_is_explained_as_by_lightgbm(seed: int) -> None:
    assert_equal_to_lightgbm(*random_trees(seed))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40, 200))
def test_further_random_ensembles_are_explained_as_by_lightgbm(seed: int) -> None:
    assert_equal_to_lightgbm(*random_trees(seed))


def test_the_random_ensembles_are_of_every_kind() -> None:
    """Many leaves and two, constant trees, codes, unknown of three kinds, columns met again."""
    found = [tree for seed in range(40) for tree in splits_of(random_trees(seed)[0].text) or []]
    n_leaves = {len(tree.leaves) for tree in found}
    kinds = {kind for tree in found for kind in tree.kind}
    assert {1, 2} <= n_leaves
    assert max(n_leaves) > 100
    assert {k >> 2 & 3 for k in kinds if not k & 1} == {0, 1, 2}
    assert {k & 1 for k in kinds} == {0, 1}
    assert {k & 2 for k in kinds if not k & 1} == {0, 2}
    assert any(len(codes) > 1 for tree in found for codes in tree.codes)
    assert any(len(set(tree.column)) < len(tree.column) for tree in found)


@pytest.mark.parametrize("states", [1, 2, 8, 64])
def test_leaves_that_have_no_table_are_integrated(
    states: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in (1, 2, 5):
        trees, x = random_trees(seed)
        splits = splits_of(trees.text)
        assert splits is not None
        expected = np.asarray(trees.booster.predict(x, pred_contrib=True))
        monkeypatch.setitem(tables.MOST_STATES, "float64", states)
        made = tables.tables_of(splits)
        assert made is not None
        base, values = made.values(x)
        np.testing.assert_allclose(values, expected[:, :-1], rtol=0, atol=1e-12)
        np.testing.assert_allclose(base, expected[:, -1], rtol=0, atol=1e-12)


def chain() -> tuple[Trees, Matrix]:
    """A tree whose longest paths ask about forty columns, and two rows at the end of them."""
    rng = np.random.default_rng(3)
    x = (rng.random((3000, 40)) < 0.96).astype(float)
    y = np.cumprod(x, axis=1) @ rng.random(40) + rng.normal(size=3000) * 0.01
    params = {"objective": "regression", "num_leaves": 60, "min_data_in_leaf": 1, "verbosity": -1}
    booster = lgb.train(params | {"learning_rate": 1.0}, lgb.Dataset(x, y), 1)
    longest = np.argsort(-np.cumprod(x, axis=1).sum(axis=1), kind="stable")[[0, 900]]
    return Trees.from_text(booster.model_to_string()), x[longest]


def by_fractions(leaf: Leaves, at: int, row: NDArray[np.intp]) -> list[tuple[int, Fraction]]:
    """Column and value of one leaf for a row in bins `row`, in exact arithmetic: the polynomial
    of all columns, divided by the factor of each, integrated from 0 to 1."""
    told = np.flatnonzero(leaf.asked[at])
    z = [Fraction(float(leaf.share[at, f])) for f in told]
    o = [int(leaf.met[leaf.starts[f] + row[f], at]) for f in told]
    whole = [Fraction(1)]
    for a, b in zip(z, o, strict=True):
        grown = [Fraction(0), *(c * (b - a) for c in whole)]
        whole = [c * a + g for c, g in zip([*whole, Fraction(0)], grown, strict=True)]
    found = []
    for f, a, b in zip(told, z, o, strict=True):
        rest, integral = Fraction(0), Fraction(0)
        for power, c in enumerate(whole[:-1]):
            rest = (c - rest * (b - a)) / a
            integral += rest / (power + 1)
        found.append((int(leaf.columns[f]), integral * (b - a) * Fraction(float(leaf.values[at]))))
    return found


def test_a_path_of_forty_columns_is_exact_where_lightgbm_loses_digits() -> None:
    trees, x = chain()
    splits = splits_of(trees.text)
    assert splits is not None
    columns = columns_of(splits)
    assert columns is not None
    leaf = leaves_of(splits[0], columns)
    assert leaf is not None
    assert leaf.asked.sum(axis=1).max() >= 35
    bins = columns.bins(x)[leaf.columns].astype(np.intp)
    exact = np.zeros(x.shape)
    for i in range(len(x)):
        sums = [Fraction(0)] * x.shape[1]
        for at in range(len(leaf.values)):
            for column, value in by_fractions(leaf, at, bins[:, i]):
                sums[int(columns.places[column])] += value
        exact[i] = [float(value) for value in sums]
    theirs = np.asarray(trees.booster.predict(x, pred_contrib=True))[:, :-1]
    np.testing.assert_allclose(explain(trees, x).values, exact, rtol=0, atol=1e-14)
    np.testing.assert_allclose(theirs, exact, rtol=0, atol=1e-5)


@pytest.mark.parametrize("states", [8, 1024])
def test_a_row_has_the_same_bytes_in_any_company_and_on_any_number_of_threads(
    states: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    trees, x = random_trees(5)
    splits = splits_of(trees.text)
    assert splits is not None
    monkeypatch.setitem(tables.MOST_STATES, "float64", states)
    monkeypatch.setattr(tables, "BLOCK", 70)
    made = tables.tables_of(splits)
    assert made is not None
    many = x[np.random.default_rng(1).integers(0, len(x), 1000)]
    base, values = made.values(many)
    again = made.values(many, threads=2)
    assert (again[0] == base).all()
    assert (again[1] == values).all()
    for i in (0, 69, 70, 500, 999):
        alone = made.values(many[i : i + 1])
        assert alone[0].tobytes() == base[i : i + 1].tobytes()
        assert alone[1].tobytes() == values[i : i + 1].tobytes()


def test_the_tables_keep_within_their_bound_and_stay_exact() -> None:
    trees, x = random_trees(5)
    splits = splits_of(trees.text)
    assert splits is not None
    free = tables.tables_of(splits)
    assert free is not None
    bound = free.n_table_bytes // 2
    bounded = tables.tables_of(splits, most_bytes=bound)
    assert bounded is not None
    assert bounded.n_table_bytes <= bound
    np.testing.assert_allclose(bounded.values(x)[1], free.values(x)[1], rtol=0, atol=1e-12)


def oracle(trees: Trees, x: Matrix) -> tuple[float, Matrix]:
    """Expected value and values of the `shap` package."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import shap

        explainer: Any = shap.TreeExplainer(trees.booster)
        values = np.asarray(explainer.shap_values(x), dtype=float)
    return float(np.ravel(explainer.expected_value)[-1]), values


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_values_equal_those_of_tree_explainer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=(900, 5)), rng.integers(0, 6, 900)])
    x[rng.random(x.shape) < 0.125] = np.nan
    y = np.nan_to_num(x) @ rng.normal(size=6) + np.isin(x[:, 5], [1, 4])
    params = {"objective": "regression", "num_leaves": 63, "verbosity": -1, "min_data_in_leaf": 3}
    booster = lgb.train(params, lgb.Dataset(x, y, categorical_feature=[5]), 20)
    trees = Trees.from_text(booster.model_to_string())
    found, (base, values) = explain(trees, x[:ROWS]), oracle(trees, x[:ROWS])
    np.testing.assert_allclose(found.values, values, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.base, base, rtol=0, atol=1e-9)


def case_and_pair_trees() -> tuple[Trees, Rows]:
    """An ensemble that reads four facts of a case, two of a measure in it and the measure."""
    rng = np.random.default_rng(9)
    x = np.column_stack([facts(rng, 2000, 6, []), rng.integers(0, 5, 2000)])
    y = np.sin(np.nan_to_num(x)).sum(axis=1) + rng.normal(size=2000) * 0.1
    params = {"objective": "regression", "num_leaves": 7, "min_data_in_leaf": 5, "verbosity": -1}
    data = lgb.Dataset(x, y, categorical_feature=[6])
    booster = lgb.train(params | {"feature_fraction": 0.6}, data, 40)
    case = np.repeat(np.arange(60), rng.integers(1, 6, 60))
    pairs, arm = facts(rng, len(case), 2, []), rng.integers(0, 5, len(case))
    return Trees.from_text(booster.model_to_string()), Rows(x[case, :4], pairs, arm)


def test_what_reads_the_case_alone_is_explained_once_and_the_answer_stays_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trees, rows = case_and_pair_trees()
    asked = []
    add = tables.Part.add

    def counting(self: tables.Part, bins: Any, out: Any) -> None:
        asked.append((len(self.groups[-1]), bins.shape[1]))
        add(self, bins, out)

    monkeypatch.setattr(tables.Part, "add", counting)
    monkeypatch.setattr(tables, "BLOCK", 7)  # cases stand across the ends of blocks
    _, values, _ = tree_parts(trees, rows.with_arm(), rows)
    expected = np.asarray(trees.booster.predict(rows.with_arm(), pred_contrib=True))
    np.testing.assert_allclose(values, expected[:, :-1], rtol=0, atol=1e-12)
    shared, rest = asked[::2], asked[1::2]
    assert min(n_groups for n_groups, _ in [*shared, *rest]) > 0
    assert sum(n for _, n in rest) == len(rows)
    assert sum(n for _, n in shared) <= len(rows.begins) + len(rows) // 7 + 1
    assert len(rows.begins) == 60


def test_pairs_are_explained_alike_alone_and_among_others() -> None:
    trees, rows = case_and_pair_trees()
    base, values, _ = tree_parts(trees, rows.with_arm(), rows)
    for i in (0, 1, 30, len(rows) - 1):
        one = rows.take(np.asarray([i]))
        alone = tree_parts(trees, one.with_arm(), one)
        assert alone[0].tobytes() == base[i : i + 1].tobytes()
        assert alone[1].tobytes() == values[i : i + 1].tobytes()
