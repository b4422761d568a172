"""What a policy is worth, estimated from decisions that another policy took.

A policy is either the position of the measure it chooses for each decision, (n,) int, or the chance
that it takes each measure, (n, m), adding up to one. All estimators cluster by debtor. With the
weight w = pi(A | X) / m_hat_A(X) of a logged decision and the model's q(X) of what pi would bring:

    IPS      mean of w R                          Horvitz and Thompson 1952
    SNIPS    sum of w R / sum of w                Swaminathan and Joachims 2015
    DR       mean of q(X) + w (R - g_hat_A(X))    Dudík, Langford and Li 2011; Dudík and others 2014

Switch-DR stands in `models.switching`, what the weights allow to say in `models.overlap`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.errors import (
    BadPropensityError,
    EmptyLogError,
    MissingOutcomesError,
    NotAPolicyError,
)

Z95: Final = 1.959963984540054
Policy = NDArray[np.int64] | Matrix
_ADDS_UP: Final = 1e-6


@dataclass(frozen=True)
class PolicyValue:
    """An estimate per decision with its clustered standard error and 95 % interval.

    `effective_n` is Kish's effective sample size of the weights, `max_weight` the largest. `bias`
    is the most by which the estimate may be off because it trusts a model (Switch-DR only); the
    interval makes room for it.
    """

    estimator: str
    value: float
    se: float
    low: float
    high: float
    effective_n: float
    max_weight: float
    bias: float = 0.0

    def as_dict(self) -> dict[str, float | str]:
        """Plain values for reports."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class LoggedRewards:
    """What an evaluation needs: rewards under the logged choices and a model of all others.

    `reward` (n,), `arm` (n,) with m for a measure that is not among the m, `taken` (n,) probability
    of the logged choice, `modelled` (n, m) expected reward of each measure (the direct part of DR),
    `clusters` (n,) debtor numbers. `span` (n,) is how far two rewards of a decision can lie apart
    (what is owed; 1 for a share); without it, how far those of the log do.

    Raises:
        MissingOutcomesError: a reward or an expectation is not a number.
        BadPropensityError: a probability outside of (0, 1].
    """

    reward: Vector
    arm: NDArray[np.int64]
    taken: Vector
    modelled: Matrix
    clusters: NDArray[np.int64]
    span: Vector | None = None

    def __post_init__(self) -> None:
        missing = ~np.isfinite(self.reward) | ~np.isfinite(self.modelled).all(axis=1)
        if missing.any():
            raise MissingOutcomesError(int(missing.sum()), len(missing))
        bad = ~((self.taken > 0) & (self.taken <= 1))
        if bad.any():
            raise BadPropensityError(int(bad.sum()))

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> LoggedRewards:
        """The log at `rows` only."""
        return replace(
            self,
            reward=self.reward[rows],
            arm=self.arm[rows],
            taken=self.taken[rows],
            modelled=self.modelled[rows],
            clusters=self.clusters[rows],
            span=None if self.span is None else self.span[rows],
        )

    def chance(self, policy: Policy) -> Vector:
        """How likely `policy` is to do what was done, (n,)."""
        if policy.ndim == 1:
            return np.asarray((self.arm == policy).astype(np.float64))
        m = policy.shape[1]
        known = policy[np.arange(len(policy)), np.minimum(self.arm, m - 1)]
        return np.where(self.arm < m, known, 0.0)

    def weights(self, policy: Policy) -> Vector:
        """w = pi(A | X) / m_hat_A(X), (n,)."""
        return np.asarray(self.chance(policy) / self.taken)

    def direct(self, policy: Policy) -> Vector:
        """q(X): what the model expects under `policy`, (n,)."""
        if policy.ndim == 1:
            return np.asarray(self.modelled[np.arange(len(policy)), policy.astype(np.int64)])
        return np.asarray((policy * self.modelled).sum(axis=1))

    def residual(self) -> Vector:
        """R - g_hat_A(X), (n,); 0 where the measure that was taken is not among the m."""
        n, m = self.modelled.shape
        own = self.modelled[np.arange(n), np.minimum(self.arm, m - 1)]
        return np.where(self.arm < m, self.reward - own, 0.0)


def check_policy(log: LoggedRewards, policy: Policy) -> None:
    """Raises EmptyLogError of an empty log, NotAPolicyError of what is no policy for it."""
    n, m = log.modelled.shape
    if not n:
        raise EmptyLogError
    if policy.shape not in ((n,), (n, m)):
        raise NotAPolicyError(f"it has the shape {policy.shape}, the log {n} decisions")
    if policy.ndim == 1:
        bad = (policy < 0) | (policy >= m)
    else:
        bad = (policy < 0).any(axis=1) | (np.abs(policy.sum(axis=1) - 1.0) > _ADDS_UP)
    if bad.any():
        raise NotAPolicyError(
            f"of {int(bad.sum())} decisions it names no measure of the log, or its chances are "
            "below zero or do not add up to one"
        )


def dr_terms(log: LoggedRewards, policy: Policy) -> Vector:
    """The doubly robust value of each decision under `policy`, (n,); its mean is the value."""
    return log.direct(policy) + log.weights(policy) * log.residual()


def effective_n(weights: Vector) -> float:
    """Kish's effective sample size: how many equal observations the weights amount to.

    >>> effective_n(np.array([1.0, 1.0, 0.0]))
    2.0
    """
    square = float((weights**2).sum())
    return float(weights.sum() ** 2 / square) if square > 0 else 0.0


def cluster_sums(values: Vector, clusters: NDArray[np.int64]) -> Vector:
    """Sums of `values` per cluster."""
    return np.bincount(clusters, weights=values).astype(np.float64)


def clustered_se(terms: Vector, clusters: NDArray[np.int64]) -> float:
    """Standard error of the mean of `terms` when those of a cluster go together."""
    if len(terms) < 2:
        return float("nan")
    residual = cluster_sums(terms - terms.mean(), clusters)
    return float(np.sqrt((residual**2).sum()) / len(terms))


Ratio = tuple[float, float, float, float]


def _bootstrap(
    parts: list[tuple[Vector, Vector]], clusters: NDArray[np.int64], seed: int, draws: int
) -> list[Ratio]:
    """Of each sum(numerator) / sum(denominator): itself, SE, 95 % percentile interval by cluster.

    All are drawn with the same debtors, so that estimators differ by themselves alone.
    """
    _, clusters = np.unique(clusters, return_inverse=True)
    sums = np.column_stack([cluster_sums(v, clusters) for part in parts for v in part])
    rng, n = np.random.default_rng(seed), len(sums)
    drawn = np.empty((draws, sums.shape[1]))
    for b in range(draws):
        drawn[b] = np.bincount(rng.integers(0, n, n), minlength=n) @ sums
    found = []
    for k in range(len(parts)):
        whole = float(sums[:, 2 * k].sum() / max(float(sums[:, 2 * k + 1].sum()), 1e-12))
        ratios = drawn[:, 2 * k] / np.maximum(drawn[:, 2 * k + 1], 1e-12)
        low, high = np.quantile(ratios, [0.025, 0.975])
        found.append((whole, float(ratios.std(ddof=1)), float(low), float(high)))
    return found


def evaluate_policy(
    log: LoggedRewards, policy: Policy, *, seed: int = 0, draws: int = 500
) -> dict[str, PolicyValue]:
    """The value per decision of `policy` by IPS, SNIPS and DR, with clustered intervals.

    Raises:
        EmptyLogError: there is no decision.
        NotAPolicyError: `policy` chooses what the log has no place for.
    """
    check_policy(log, policy)
    w = log.weights(policy)
    ones = np.ones(len(w))
    parts = {
        "ips": (w * log.reward, ones),
        "snips": (w * log.reward, w),
        "dr": (dr_terms(log, policy), ones),
    }
    found = _bootstrap(list(parts.values()), log.clusters, seed, draws)
    n, largest = effective_n(w), float(w.max())
    return {
        name: PolicyValue(name, *ratio, n, largest)
        for name, ratio in zip(parts, found, strict=True)
    }


def logged_value(log: LoggedRewards, *, seed: int = 0, draws: int = 500) -> PolicyValue:
    """What the officers' own choices brought, per decision.

    Raises:
        EmptyLogError: there is no decision.
    """
    if not len(log.reward):
        raise EmptyLogError
    part = (log.reward, np.ones(len(log.reward)))
    found = _bootstrap([part], log.clusters, seed, draws)[0]
    return PolicyValue("logged", *found, float(len(log.reward)), 1.0)
