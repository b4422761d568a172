"""Does an explanation help to find a planted mistake? A simulated officer tries (SimEval).

After Chen, Johnson, Topin, Plumb and Talwalkar (2022): a learner stands in for the person, and what
it can do with an explanation bounds what the explanation carries. Three of them learn to tell cases
whose first choice was spoiled by a mistake (`planted`) from cases without one:

    score         what an officer knows of the case, and the ranking with its figures
    reasons       the same and which facts are told, with direction and size
    values        the same and how far the value that a reason states lies from the officer's own

All see the same true facts of the case (KNOWN). Out of fold, by case; what counts is the area
under the ROC curve, and the difference to `score` with its bootstrap interval over cases. A learner
is no person: it never tires and reads everything, so this says what is there to be found, not what
will be.
"""

from __future__ import annotations

from typing import Any, Final

import lightgbm as lgb
import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from explain.contributions import THEME_ORDER
from models.boosting import Matrix, Vector
from pipelines.explained.answers import BY_NAME, Answered, answer
from pipelines.explained.planted import plant
from pipelines.judging import Scale, Truth

KNOWN: Final = (
    "outstanding_som",
    "account_balance_som",
    "mean_net_6m_som",
    "n_vehicles",
    "n_real_estate",
    "n_other_open_cases",
    "n_measures",
    "n_payments",
    "days_since_opening",
)
"""What an officer knows of a case from its papers and from seeing the debtor."""
HARM: Final = 0.01
"""A mistake is one where following the model costs at least this share of the debt."""
N_BOOTSTRAP: Final = 500
FEWEST: Final = 50


def can_find_mistakes(honest: Answered, truth: Truth, seed: int) -> dict[str, Any]:
    """AUC of the three learners and the differences, with 90 % intervals.

    `honest` are the answers to the cases of `truth`. Returns `n`, `n_mistakes`, `auc` by learner
    and `gain` by learner as (difference, low, high); neither where there are fewer than FEWEST
    mistakes.
    """
    planted = plant(honest.cases, honest.bundle.legal_order, seed)
    spoiled = answer(honest.bundle, planted.cases)
    scale = Scale(truth)
    cost = (scale.of(honest.first) - scale.of(spoiled.first)) / truth.owed
    is_planted = planted.register >= 0
    is_mistake = is_planted & (cost >= HARM)
    rows = np.flatnonzero(~is_planted | is_mistake)
    y = is_mistake[rows].astype(np.int64)
    found: dict[str, Any] = {
        "n": len(rows),
        "n_mistakes": int(y.sum()),
        "n_planted": int(is_planted.sum()),
        "mean_cost": float(cost[is_mistake].mean()) if is_mistake.any() else float("nan"),
    }
    if y.sum() < FEWEST:
        return found
    score = _score_columns(honest, spoiled)
    reasons = np.column_stack([score, _reason_columns(spoiled)])
    values = np.column_stack([reasons, _value_columns(honest, spoiled)])
    said = {
        name: _out_of_fold(x[rows], y, seed)
        for name, x in (("score", score), ("reasons", reasons), ("values", values))
    }
    found["auc"] = {name: float(roc_auc_score(y, p)) for name, p in said.items()}
    found["gain"] = {
        name: _gain(y, said[name], said["score"], seed) for name in ("reasons", "values")
    }
    return found


def _score_columns(honest: Answered, spoiled: Answered) -> Matrix:
    """(n, k): the true facts that an officer knows, and the ranking's first two measures."""
    features = honest.cases.features
    known = [features[c].cast(pl.Float64).fill_null(np.nan).to_numpy() for c in KNOWN]
    each, owed = np.arange(len(spoiled.owed)), spoiled.owed
    net, s = spoiled.scored.net / owed[:, None], spoiled.scored
    second = np.where(spoiled.second >= 0, net[each, spoiled.second], np.nan)
    figures = [
        spoiled.first.astype(float),
        spoiled.second.astype(float),
        net[each, spoiled.first],
        second,
        (s.high - s.low)[each, spoiled.first] / owed,
        s.compared.p_first[each, spoiled.first],
        s.any_payment[each, spoiled.first],
    ]
    return np.column_stack([*known, *figures])


def _reason_columns(spoiled: Answered) -> Matrix:
    """(n, themes + k): what told facts add, over the debt: by theme, and by fact that is known."""
    themes = np.zeros((len(spoiled.owed), len(THEME_ORDER)))
    facts = np.zeros((len(spoiled.owed), len(KNOWN)))
    for i, row in enumerate(spoiled.first_rows):
        for reason in spoiled.told(int(row)):
            name, size = str(reason["feature"]), reason["contribution_som"] / spoiled.owed[i]
            themes[i, THEME_ORDER.index(BY_NAME[name].theme)] += size
            if name in KNOWN:
                facts[i, KNOWN.index(name)] += size
    return np.column_stack([themes, facts])


def _value_columns(honest: Answered, spoiled: Answered) -> Matrix:
    """(n, 2): the largest difference between a told value and the debtor's own, and how many."""
    largest, count = np.zeros(len(spoiled.owed)), np.zeros(len(spoiled.owed))
    for i, row in enumerate(spoiled.first_rows):
        for reason in spoiled.told(int(row)):
            if (name := str(reason["feature"])) not in KNOWN:
                continue
            told, own = _number(spoiled, i, name), _number(honest, i, name)
            off = abs(np.arcsinh(told) - np.arcsinh(own))
            largest[i] = max(largest[i], off)
            count[i] += off > 0.1
    return np.column_stack([largest, count])


def _number(answered: Answered, i: int, name: str) -> float:
    value = answered.cases.features[name][i]
    return -1.0 if value is None else float(value)


def _out_of_fold(x: Matrix, y: NDArray[np.int64], seed: int) -> Vector:
    model = lgb.LGBMClassifier(
        n_estimators=150, num_leaves=15, learning_rate=0.05, min_child_samples=20,
        subsample=0.8, subsample_freq=1, colsample_bytree=0.7,
        random_state=seed, deterministic=True, n_jobs=2, verbose=-1,
    )  # fmt: skip
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    said = cross_val_predict(model, x, y, cv=folds, method="predict_proba")
    return np.asarray(said[:, 1])


def _gain(y: NDArray[np.int64], p: Vector, base: Vector, seed: int) -> tuple[float, float, float]:
    """The difference of two AUCs with its 90 % bootstrap interval over cases."""
    rng = np.random.default_rng([seed, 11])
    drawn = []
    for _ in range(N_BOOTSTRAP):
        rows = rng.integers(len(y), size=len(y))
        if 0 < y[rows].sum() < len(rows):
            drawn.append(roc_auc_score(y[rows], p[rows]) - roc_auc_score(y[rows], base[rows]))
    low, high = np.quantile(drawn, [0.05, 0.95])
    return float(roc_auc_score(y, p) - roc_auc_score(y, base)), float(low), float(high)
