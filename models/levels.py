"""Levels: expected shares that are right, on average, for the cases that are open today.

Past decisions came late in a case and after earlier measures; the cases that are asked about are
younger. A ranker that is right on average over the past need not be over today's cases. Outcomes
are therefore set against out-of-fold shares once more, each past decision weighted by how much its
case is like an open one (a density ratio from a classifier), on the scale of log odds:

    logit(level_a(r)) = alpha_a + beta_a * logit(r)

The pair (alpha, beta) of a measure is drawn towards that of all measures together, as if by a prior
of stated width: a measure that was seldom taken borrows its level. A ranker whose order can be read
whole (a constant order, a rule card) gets one map for all measures: maps of their own would put
another measure first in some cases than the order that was read, judged and chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from models.boosting import Matrix, Vector, fit_trees, predict
from models.settings import Boosting

EDGE: Final = 1e-4
LARGEST_RATIO: Final = 10.0
SMALLEST_SLOPE: Final = 0.05
RATIO_TREES: Final = Boosting(rounds=60, learning_rate=0.1, num_leaves=8, min_data_in_leaf=100)


@dataclass(frozen=True)
class Levels:
    """One logistic map per measure: `alpha` (m) and `beta` (m); 0 and 1 change nothing."""

    alpha: tuple[float, ...]
    beta: tuple[float, ...]

    def __call__(self, rates: Vector, arm: NDArray[np.int64]) -> Vector:
        """The shares (k,) of measures `arm` (k,) at their level.

        >>> Levels((0.0,), (1.0,))(np.array([0.2]), np.array([0])).round(6).tolist()
        [0.2]
        """
        odds = logit(np.clip(rates, EDGE, 1.0 - EDGE))
        return np.asarray(expit(np.asarray(self.alpha)[arm] + np.asarray(self.beta)[arm] * odds))


def straight(n_measures: int) -> Levels:
    """Levels that change nothing (within EDGE of 0 and 1)."""
    return Levels((0.0,) * n_measures, (1.0,) * n_measures)


def density_ratio(past: Matrix, today: Matrix, categorical: list[int], seed: int) -> Vector:
    """How much each past decision (n, d) is like a case that is open today, (n,), mean 1.

    Odds of a classifier that tells the two apart, held below LARGEST_RATIO times their mean.
    """
    x = np.concatenate([past, today])
    is_open = np.concatenate([np.zeros(len(past)), np.ones(len(today))])
    half = np.random.default_rng(seed).integers(0, 2, len(x))
    odds = np.zeros(len(past))
    for side in (0, 1):
        trees = fit_trees(
            x[half != side],
            is_open[half != side],
            RATIO_TREES,
            objective="binary",
            categorical=categorical,
            seed=seed + side,
        )
        mine = half[: len(past)] == side
        p = np.clip(predict(trees, past[mine]), EDGE, 1.0 - EDGE)
        odds[mine] = p / (1.0 - p)
    odds = np.minimum(odds / odds.mean(), LARGEST_RATIO)
    return np.asarray(odds / odds.mean())


def fit_levels(
    rates: Vector,
    arm: NDArray[np.int64],
    y: Vector,
    weight: Vector,
    n_measures: int,
    prior_sd: tuple[float, float] | None,
) -> Levels:
    """Maps from out-of-fold shares (n,) of the measures taken to the outcomes `y` (n,).

    `prior_sd` is how far alpha and beta of one measure may lie from those of all together; None
    gives all measures one map, which leaves the order of a case as it is.
    """
    z = logit(np.clip(rates, EDGE, 1.0 - EDGE))
    weight = weight * weight.sum() / np.square(weight).sum()  # as many as their effective number
    spread = _dispersion(z, y, weight)
    everyone = _posterior(z, y, weight, np.array([0.0, 1.0]), np.array([10.0, 10.0]), spread)
    if prior_sd is None:
        alike = float(everyone[0]), float(max(everyone[1], SMALLEST_SLOPE))
        return Levels((alike[0],) * n_measures, (alike[1],) * n_measures)
    alpha, beta = [], []
    for a in range(n_measures):
        mine = arm == a
        found = _posterior(z[mine], y[mine], weight[mine], everyone, np.asarray(prior_sd), spread)
        alpha.append(float(found[0]))
        beta.append(float(max(found[1], SMALLEST_SLOPE)))
    return Levels(tuple(alpha), tuple(beta))


def _dispersion(z: Vector, y: Vector, weight: Vector) -> float:
    """Variance of shares over that of coins with the same odds: below one, they are no coins."""
    p = expit(z)
    coin = float((weight * p * (1.0 - p)).sum())
    return float(max((weight * (y - p) ** 2).sum() / max(coin, 1e-12), 0.05))


def _posterior(
    z: Vector, y: Vector, weight: Vector, mean: Vector, sd: Vector, spread: float
) -> Vector:
    """(alpha, beta) of a weighted logistic regression with a normal prior, by Newton's method."""
    design = np.column_stack([np.ones(len(z)), z])
    w, found, prior = weight / spread, mean.astype(float).copy(), np.diag(1.0 / sd**2)
    for _ in range(50):
        p = expit(design @ found)
        gradient = design.T @ (w * (y - p)) - prior @ (found - mean)
        curve = (design * (w * p * (1.0 - p))[:, None]).T @ design + prior
        step = np.linalg.solve(curve, gradient)
        found = found + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-10:
            break
    return found
