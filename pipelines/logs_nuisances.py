"""Chances and expectations learned from a log by plain models, each row by others' rows.

Multinomial logistic regression for the chances of the choices, ridge regression per measure for the
outcome, in two folds by cluster. They serve the checks of `docs/results/judging.md`, where hundreds
of logs are judged in minutes; the program itself learns both with trees (`models.nuisance`).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from models.boosting import Matrix, Vector

TRIM: Final = 0.01
RIDGE: Final = 1.0
ITERATIONS: Final = 60


def learned_chances(x: Matrix, arm: NDArray[np.int64], clusters: NDArray[np.int64]) -> Vector:
    """The chance of each choice that was made, (n,); those below `TRIM` are raised to it.

    `x` (n, d) covariates, none of them constant; `arm` (n,).
    """
    x, found = _standard(x), np.empty(len(x))
    for own in _folds(clusters):
        fitted = LogisticRegression(max_iter=ITERATIONS).fit(x[~own, 1:], arm[~own])
        place = np.searchsorted(fitted.classes_, arm[own])
        found[own] = fitted.predict_proba(x[own, 1:])[np.arange(own.sum()), place]
    return np.maximum(found, TRIM)


def learned_expectations(
    x: Matrix,
    arm: NDArray[np.int64],
    reward: Vector,
    clusters: NDArray[np.int64],
    n_arms: int,
) -> Matrix:
    """What each measure is expected to bring, (n, n_arms)."""
    x, found = _standard(x), np.empty((len(x), n_arms))
    for own in _folds(clusters):
        for a in range(n_arms):
            rows = ~own & (arm == a)
            found[own, a] = x[own] @ _ridge(x[rows], reward[rows])
    return found


def _standard(x: Matrix) -> Matrix:
    return np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])


def _folds(clusters: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    even = clusters % 2 == 0
    return even, ~even


def _ridge(x: Matrix, y: Vector) -> Vector:
    return np.asarray(np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y))
