"""Measure explaining by tables beside LightGBM's `pred_contrib` of the same rows (`make bench`).

Ensembles of 300 trees with 31 and 63 leaves on 100 columns, one in seven a category, with gaps.
All peers are timed in turn, several times over, and the best of each counts, for a machine may be
busy; only ratios within one run can be compared. Differences are those to `pred_contrib`, relative
to the largest value of the rows.
"""

import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import lightgbm as lgb
import numpy as np

from models.boosting import Matrix, Trees
from models.tree_shap.tables import Precision, Tables, tables_of
from models.tree_text import splits_of

SEED = 20_260_401
N_TRAIN, N_COLUMNS, N_TREES = 20_000, 100, 300
N_ROWS, N_PEER, N_SHAP = 16_384, 128, 64
ROUNDS = 3
CATEGORICAL = list(range(0, N_COLUMNS, 7))


def facts() -> tuple[Matrix, Matrix]:
    """Numbers, codes and gaps (n, d), and an outcome that depends on half of them."""
    rng = np.random.default_rng(SEED)
    x = rng.normal(size=(N_TRAIN, N_COLUMNS))
    x[:, CATEGORICAL] = rng.integers(0, 12, (N_TRAIN, len(CATEGORICAL)))
    x[:, 1::5] = np.round(x[:, 1::5], 1)
    x[rng.random(x.shape) < 0.08] = np.nan
    known = np.nan_to_num(x)
    weights = rng.normal(size=N_COLUMNS) * (rng.random(N_COLUMNS) < 0.5)
    y = known @ weights + 2.0 * known[:, 1] * known[:, 2] + np.sin(3.0 * known[:, 3])
    return x, y + 3.0 * np.isin(known[:, 0], [1, 4, 7]) + rng.normal(size=N_TRAIN)


def fit(x: Matrix, y: Matrix, n_leaves: int) -> Trees:
    """The ensemble to be explained."""
    params = {
        "objective": "regression",
        "num_leaves": n_leaves,
        "learning_rate": 0.05,
        "min_data_in_leaf": 20,
        "feature_fraction": 0.5,
        "lambda_l2": 1.0,
        "max_cat_to_onehot": 4,
        "min_data_per_group": 10,
        "num_threads": 2,
        "seed": 1,
        "verbosity": -1,
    }
    data = lgb.Dataset(x, y, categorical_feature=CATEGORICAL)
    return Trees.from_text(lgb.train(params, data, N_TREES).model_to_string())


def in_turn(works: dict[str, tuple[int, Callable[[], Any]]]) -> dict[str, float]:
    """Rows per second of each work, the best of some rounds in which all take turns."""
    seconds = dict.fromkeys(works, np.inf)
    for _ in range(ROUNDS):
        for name, (_, work) in works.items():
            begin = time.perf_counter()
            work()
            seconds[name] = min(seconds[name], time.perf_counter() - begin)
    return {name: n / seconds[name] for name, (n, _) in works.items()}


def made(trees: Trees, precision: Precision) -> Tables:
    """Tables of an ensemble, with what they cost."""
    splits = splits_of(trees.text)
    assert splits is not None  # noqa: S101  (the ensemble above is of one class)
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        tables = tables_of(splits, precision)
        seconds.append(time.perf_counter() - begin)
    assert tables is not None  # noqa: S101  (and its columns are of one kind each)
    n_groups = sum(len(part.groups[-1]) for part in (tables.shared, tables.rest))
    n_alone = sum(len(part.leaves[5]) for part in (tables.shared, tables.rest))
    print(
        f"    tables {precision}: {tables.n_bytes / 2**20:.0f} MB, made in {min(seconds):.2f} s "
        f"({max(seconds):.2f} the first time), {n_groups:,} groups, {n_alone} leaves integrated"
    )
    return tables


def shap_values(trees: Trees, x: Matrix) -> Callable[[], Any]:
    """The `shap` package, which may ask LightGBM itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import shap

        explainer = shap.TreeExplainer(trees.booster)
        return lambda: explainer.shap_values(x, check_additivity=False)


def bench(x: Matrix, y: Matrix, n_leaves: int) -> None:
    """Print the table of one ensemble."""
    trees = fit(x, y, n_leaves)
    print(f"{N_TREES} trees, {n_leaves} leaves, {N_COLUMNS} columns, {len(CATEGORICAL)} of codes")
    rows, few = np.ascontiguousarray(x[:N_ROWS]), np.ascontiguousarray(x[:N_PEER])
    exact, rough = made(trees, "float64"), made(trees, "float32")
    works: dict[str, tuple[int, Callable[[], Any]]] = {}
    for threads in (1, 2):
        peer = partial(trees.booster.predict, few, pred_contrib=True, num_threads=threads)
        works[f"pred_contrib, threads {threads}"] = N_PEER, peer
        for name, tables in (("float64", exact), ("float32", rough)):
            ours = partial(tables.values, rows, threads=threads)
            works[f"tables {name}, threads {threads}"] = N_ROWS, ours
    works["shap.TreeExplainer"] = (N_SHAP, shap_values(trees, few[:N_SHAP]))
    for _, work in works.values():
        work()
    rates = in_turn(works)
    for name, rate in rates.items():
        alike = 2 if name.endswith("threads 2") else 1
        ratio = rate / rates[f"pred_contrib, threads {alike}"]
        print(f"    {name:<30} {rate:>10,.0f} rows/s  {ratio:8.1f}x pred_contrib")
    theirs = np.asarray(trees.booster.predict(few, pred_contrib=True))
    for name, tables in (("float64", exact), ("float32", rough)):
        base, values = tables.values(few)
        off = np.abs(np.column_stack([values, base]) - theirs).max()
        print(f"    difference {name}: {off:.1e}, relative {off / np.abs(theirs).max():.1e}")


def main() -> None:
    """Measure both sizes."""
    x, y = facts()
    for n_leaves in (31, 63):
        bench(x, y, n_leaves)


if __name__ == "__main__":
    main()
