"""Asking trees column by column gives LightGBM's own numbers, to the last bit."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.boosting import Matrix, Trees, Vector, fit_trees, without_ranges
from models.grid import MANY, Grid
from models.inputs import Inputs
from models.leaf_masks import code
from models.settings import Boosting

N_CASE_FACTS, N_PAIR_FACTS, N_MEASURES = 5, 4, 6
CODES = (2, 6)
"""Columns of the facts of a case and of a measure in it that hold codes."""
READS = {
    "case": (N_CASE_FACTS, [2]),
    "measure": (N_CASE_FACTS + N_PAIR_FACTS, list(CODES)),
    "pair": (N_CASE_FACTS + N_PAIR_FACTS + 1, [*CODES, N_CASE_FACTS + N_PAIR_FACTS]),
}


def facts(rng: np.random.Generator, shape: tuple[int, ...], first: int) -> Matrix:
    """Amounts, counts and codes with gaps; column j of all facts is `first` + j of these."""
    x = np.round(rng.lognormal(2.0, 2.0, shape), 2) * rng.choice([-1.0, 1.0], shape)
    x[..., 1] = rng.integers(0, 4, shape[:-1])
    x[..., 0] = np.where(rng.random(shape[:-1]) < 0.3, 1e15, x[..., 0])
    x[rng.random(shape) < 0.15] = np.nan
    for j in CODES:
        if 0 <= j - first < shape[-1]:
            x[..., j - first] = rng.integers(0, 7, shape[:-1])
    return np.asarray(x)


@cache
def trees(reads: str, objective: str, number: int = 0) -> Trees:
    """An ensemble that splits on every column, on gaps and on codes."""
    width, categorical = READS[reads]
    rng = np.random.default_rng([width, len(objective), number])
    x = facts(rng, (1500, width), 0)
    x[:, -1] = rng.integers(0, N_MEASURES, 1500) if reads == "pair" else x[:, -1]
    signal = np.nan_to_num(x, nan=3.0, posinf=9.0)
    y = np.sin(np.minimum(np.abs(signal), 50.0)).sum(axis=1) + rng.normal(size=1500)
    y = y if objective == "regression" else (y > 0).astype(float)
    boosting = Boosting(rounds=25, num_leaves=31, min_data_in_leaf=5)
    return fit_trees(x, y, boosting, objective=objective, categorical=categorical, seed=1)


def hard_rows(found: Trees, rng: np.random.Generator, x: Matrix, categorical: list[int]) -> Matrix:
    """Values on the cuts and next to them, gaps, noughts, numbers without end, unmet codes."""
    cuts = [float(v) for t in re.findall(r"^threshold=(.*)$", found.text, re.M) for v in t.split()]
    near = rng.choice(cuts, x.shape)
    towards = np.nextafter(near, rng.choice([-np.inf, np.inf], x.shape))
    odd = rng.choice([np.nan, 0.0, -0.0, 1e-36, -1e-36, 1e-34, np.inf, -np.inf, 1e300], x.shape)
    which = rng.integers(0, 4, x.shape)
    hard = np.choose(which, [x, near, towards, odd])
    for j in categorical:
        unmet = rng.choice([-1.0, -0.5, 2.7, 31.0, 32.0, 64.0, 1e6, np.nan], len(x))
        hard[:, j] = np.where(rng.random(len(x)) < 0.5, x[:, j], unmet)
    return hard


def plain(found: Trees, x: Matrix) -> Vector:
    return np.asarray(found.booster.predict(x, raw_score=True, num_threads=1), dtype=float)


@pytest.mark.parametrize("objective", ["regression", "cross_entropy", "binary"])
@pytest.mark.parametrize("reads", sorted(READS))
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_rows_are_answered_as_by_lightgbm(reads: str, objective: str, seed: int) -> None:
    found, (width, categorical) = trees(reads, objective), READS[reads]
    rng = np.random.default_rng(seed)
    x = hard_rows(found, rng, facts(rng, (300, width), 0), categorical)
    columns = [code(column) for column in x.T]
    masks = found.masks
    assert masks is not None
    assert (masks.of_rows(columns.__getitem__, len(x)) == plain(found, x)).all()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([0.35, 0.9, 1.0]))
def test_a_grid_is_answered_as_its_pairs_one_by_one(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    n = MANY
    pairs = facts(rng, (n, N_MEASURES, N_PAIR_FACTS), N_CASE_FACTS)
    pairs[rng.random((n, N_MEASURES)) < 0.8] = [0.0, 0.0, np.nan, np.nan]  # never tried
    pairs[..., 3] = rng.random((n, N_MEASURES))  # differs from pair to pair
    inputs = Inputs(facts(rng, (n, N_CASE_FACTS), 0), pairs)
    grid = Grid(inputs, rng.random((n, N_MEASURES)) < share)
    rows = inputs.of(grid.row, grid.arm)
    assert len(grid) >= MANY
    for objective in ("regression", "cross_entropy"):
        of_pair, of_case = trees("pair", objective), trees("case", objective)
        expected = plain(of_pair, rows.with_arm())
        assert (grid.of_pair(of_pair) == expected).all()
        assert (grid.of_pair(of_pair) == expected).all()  # kept, not worked out again
        assert (grid.of_case(of_case) == plain(of_case, rows.cases)).all()
    own = {a: trees("measure", "regression", a) for a in range(N_MEASURES - 1)}
    assert (grid.of_measure(own) == rows.of_measure(own)).all()
    assert (grid.of_measure(own)[grid.arm == N_MEASURES - 1] == 0).all()


def test_few_pairs_are_answered_as_many() -> None:
    """A case has the same bytes alone and in a batch: below MANY pairs LightGBM itself is asked."""
    rng = np.random.default_rng(5)
    pairs = facts(rng, (MANY, N_MEASURES, N_PAIR_FACTS), N_CASE_FACTS)
    inputs = Inputs(facts(rng, (MANY, N_CASE_FACTS), 0), pairs)
    everywhere, found = np.ones((MANY, N_MEASURES), dtype=np.bool_), trees("pair", "binary")
    together = Grid(inputs, everywhere).of_pair(found).reshape(MANY, N_MEASURES)
    for i in (0, 17, MANY - 1):
        one = np.asarray([i])
        assert (Grid(inputs.take(one), everywhere[one]).of_pair(found) == together[i]).all()


@pytest.mark.parametrize(
    ("what", "params"),
    [
        ("several classes", {"objective": "multiclass", "num_class": 3}),
        ("more leaves than bits", {"objective": "regression", "num_leaves": 60}),
        ("linear leaves", {"objective": "regression", "linear_tree": True}),
        ("noughts as unknown", {"objective": "regression", "zero_as_missing": True}),
        ("means of trees", {"objective": "regression", "boosting": "rf", "bagging_freq": 1}),
    ],
)
def test_ensembles_of_other_kinds_are_left_to_lightgbm(
    what: str, params: dict[str, object]
) -> None:
    import lightgbm as lgb

    rng = np.random.default_rng(1)
    x = rng.choice([0.0, 1.0, 2.0, 3.5], (600, 4)) + rng.normal(size=(600, 4)) * (
        rng.random((600, 4)) < 0.7
    )
    y = rng.integers(0, 3, 600) + x[:, 0]
    y = np.clip(np.floor(np.abs(y)), 0, 2) if what == "several classes" else y
    given_ = {"verbosity": -1, "min_data_in_leaf": 3, "bagging_fraction": 0.7, **params}
    booster = lgb.train(given_, lgb.Dataset(x, y, params=given_), num_boost_round=3)
    assert Trees.from_text(without_ranges(booster.model_to_string())).masks is None
