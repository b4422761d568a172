"""LightGBM behind four functions: fit, predict, contributions, text. Same data, same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from models.leaf_masks import Masks, masks_of
from models.settings import Boosting
from models.tree_shap.errors import OtherColumnsError
from models.tree_shap.store import Wanted, hash_of, tables_by_hash
from models.tree_shap.tables import Precision, Tables

T = TypeVar("T")
Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Trees:
    """A trained ensemble and the text it was read from (the text is its identity)."""

    booster: lgb.Booster
    text: str

    @classmethod
    def from_text(cls, text: str) -> Trees:
        """The ensemble that `text` (LightGBM's own format) describes."""
        return cls(lgb.Booster(model_str=text), text)

    def reach(self, n_features: int) -> Vector:
        """The most that each feature can add to a prediction, either way; 0 where none reads it.

        A Shapley value is a mean of differences between outputs of a tree, so no tree gives a
        feature more than its leaves lie apart, and a tree that never splits on it gives nothing.
        """
        reach = np.zeros(n_features)
        for read, span in self._spans:
            reach[read] += span
        return reach

    @cached_property
    def hash(self) -> str:
        """The SHA-256 of the text."""
        return hash_of(self.text)

    @cached_property
    def masks(self) -> Masks | None:
        """The ensemble as tables for many rows; None where it is not of a kind for that."""
        return masks_of(self.text)

    @cached_property
    def _spans(self) -> list[tuple[list[int], float]]:
        """Of each tree the features that it splits on and how far apart its leaves lie."""
        read = re.findall(r"^split_feature=(.*)$", self.text, re.MULTILINE)
        leaves = re.findall(r"^leaf_value=(.*)$", self.text, re.MULTILINE)
        spans = []
        for features, values in zip(read, leaves, strict=True):
            outputs = [float(v) for v in values.split()]
            spans.append((sorted({int(f) for f in features.split()}), max(outputs) - min(outputs)))
        return spans


def fit_trees(
    x: Matrix,
    y: Vector,
    boosting: Boosting,
    *,
    objective: str,
    categorical: Sequence[int],
    seed: int,
    weight: Vector | None = None,
    n_classes: int = 1,
    groups: Sequence[int] | None = None,
) -> Trees:
    """Trees fitted to `y`, with LightGBM's objective of that name.

    `x` is (n, d) with NaN where a fact is missing; columns in `categorical` hold codes. `groups`
    are the sizes of the queries of a ranking objective, whose rows stand together.
    """
    small = max(5, min(boosting.min_data_in_leaf, len(y) // 20))
    params: dict[str, object] = {
        "objective": objective,
        "learning_rate": boosting.learning_rate,
        "num_leaves": boosting.num_leaves,
        "min_data_in_leaf": small,
        "lambda_l2": boosting.lambda_l2,
        "feature_fraction": boosting.feature_fraction,
        "max_bin": boosting.max_bin,
        "use_missing": True,  # each split learns on which side an unknown fact belongs
        "zero_as_missing": False,
        "bagging_fraction": boosting.bagging_fraction,
        "bagging_freq": 1 if boosting.bagging_fraction < 1.0 else 0,
        # LightGBM hides rare categories by default; a rare measure must be able to stand alone.
        "max_cat_to_onehot": boosting.max_cat_to_onehot,
        "min_data_per_group": boosting.min_data_per_group,
        "seed": seed,
        # Fits stand side by side (`at_once`) instead of each waiting for threads of its own.
        "num_threads": 1,
        "deterministic": True,
        "force_row_wise": True,
        "verbosity": -1,
    }
    if n_classes > 1:
        params["num_class"] = n_classes
    data = lgb.Dataset(
        x,
        y,
        weight=weight,
        group=groups,
        categorical_feature=list(categorical),
        params=params,
    )
    booster = lgb.train(params, data, num_boost_round=boosting.rounds)
    return Trees.from_text(without_ranges(booster.model_to_string()))


def at_once(jobs: Sequence[Callable[[], T]], threads: int) -> list[T]:
    """What the jobs give, in their order, with as many running side by side as there are threads.

    LightGBM gives the interpreter free while it fits. Two fits with a thread each take half the
    time of one after the other with two threads each, which wait for one another at every split.
    """
    if threads == 1 or len(jobs) < 2:
        return [job() for job in jobs]
    with ThreadPoolExecutor(threads) as pool:
        return [done.result() for done in [pool.submit(job) for job in jobs]]


def without_ranges(text: str) -> str:
    """The model's text without the smallest and largest value of each number in its data.

    LightGBM writes them and never reads them; each is the exact amount of one person.

    >>> without_ranges("feature_infos=[1:9.5] 0:1:2 none\ntree_sizes=3")
    'feature_infos=[-inf:inf] 0:1:2 none\ntree_sizes=3'
    """
    return re.sub(
        r"^feature_infos=.*$",
        lambda line: re.sub(r"\[[^\]]*\]", "[-inf:inf]", line.group()),
        text,
        flags=re.MULTILINE,
    )


def predict(trees: Trees, x: Matrix) -> Matrix:
    """Predictions on the scale of the objective's output: (n,) or (n, n_classes)."""
    if len(x) == 0:
        return np.zeros(0)
    return np.asarray(trees.booster.predict(x, num_threads=_threads(x)), dtype=float)


def predict_raw(trees: Trees, x: Matrix) -> Vector:
    """Predictions before the link function: log odds of a cross-entropy ensemble, (n,)."""
    if len(x) == 0:
        return np.zeros(0)
    raw = trees.booster.predict(x, raw_score=True, num_threads=_threads(x))
    return np.asarray(raw, dtype=float)


def _threads(x: Matrix) -> int:
    return 1 if len(x) < 5000 else 2


def shortened(trees: Trees, rounds: int) -> Trees:
    """The first `rounds` trees of an ensemble."""
    return Trees.from_text(without_ranges(trees.booster.model_to_string(num_iteration=rounds)))


@dataclass(frozen=True)
class Explained:
    """Base (n,) and values (n, d) of the raw scores of n rows, and who computed them.

    `fallback` is empty where the tables of `models.tree_shap` did, else it says why LightGBM's
    `pred_contrib` had to.
    """

    base: Vector
    values: Matrix
    fallback: str = ""


def explain(
    trees: Trees,
    x: Matrix,
    *,
    begins: NDArray[np.int64] | None = None,
    n_shared: int = 0,
    fixed: tuple[int, ...] = (),
    precision: Precision = "float64",
) -> Explained:
    """Exact path-dependent TreeSHAP values of the rows of `x` (n, d): base + values = raw score.

    Lundberg, Erion and Lee 2018, equal to LightGBM's `pred_contrib` to 1e-9. Where the rows from
    each of `begins` to the next have the same first `n_shared` columns, trees that read nothing
    else are explained once for them. Columns `fixed` have no values; the base is that of rows with
    the same numbers there. A row's answer is the same bytes whatever rows stand beside it.

    Raises:
        DataError: An ensemble of a kind that has no such parts, or rows with other columns.
    """
    wanted = Wanted(precision, n_shared if begins is not None else 0, fixed)
    tables = tables_by_hash(trees.hash, trees.text, wanted)
    if x.shape[1] != trees.booster.num_feature():
        raise OtherColumnsError(x.shape[1], trees.booster.num_feature())
    if len(x) == 0:
        return Explained(np.zeros(0), np.zeros(x.shape))
    if isinstance(tables, Tables):
        return Explained(*tables.values(x, begins, _threads(x)))
    both = np.asarray(trees.booster.predict(x, pred_contrib=True), dtype=float)
    base, values = both[:, -1], both[:, :-1]
    base = base + values[:, list(fixed)].sum(axis=1)
    values[:, list(fixed)] = 0.0
    return Explained(base, values, tables.why)


def shap_values(trees: Trees, x: Matrix) -> tuple[Vector, Matrix]:
    """Base (n,) and values (n, d) of `explain`, of rows that share nothing."""
    found = explain(trees, x)
    return found.base, found.values
