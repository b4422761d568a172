"""What a policy is worth, estimated from decisions that another policy took.

A policy is the position of the measure it chooses for each decision, (n,) int. All estimators
cluster by debtor. IPS: Horvitz and Thompson 1952; SNIPS: Swaminathan and Joachims 2015; DR: Dudík,
Langford and Li 2011.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector

Z95 = 1.959963984540054


@dataclass(frozen=True)
class PolicyValue:
    """An estimate per decision with its clustered standard error and 95 % bootstrap interval.

    `effective_n` is Kish's effective sample size of the weights, `max_weight` the largest.
    """

    estimator: str
    value: float
    se: float
    low: float
    high: float
    effective_n: float
    max_weight: float

    def as_dict(self) -> dict[str, float | str]:
        """Plain values for reports."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class LoggedRewards:
    """What an evaluation needs: rewards under the logged choices and a model of all others.

    `reward` (n,), `arm` (n,), `taken` (n,) probability of the logged choice, `modelled` (n, m)
    expected reward of each measure (the direct part of DR), `clusters` (n,) debtor numbers.
    """

    reward: Vector
    arm: NDArray[np.int64]
    taken: Vector
    modelled: Matrix
    clusters: NDArray[np.int64]

    def weights(self, policy: NDArray[np.int64]) -> Vector:
        """1{A = pi(X)} / m_hat_A(X)."""
        return np.asarray((self.arm == policy) / self.taken)


def dr_terms(log: LoggedRewards, policy: NDArray[np.int64]) -> Vector:
    """The doubly robust value of each decision under `policy`, (n,); its mean is the value."""
    direct = log.modelled[np.arange(len(policy)), policy]
    return direct + log.weights(policy) * (log.reward - direct)


def cluster_sums(values: Vector, clusters: NDArray[np.int64]) -> Vector:
    """Sums of `values` per cluster."""
    return np.bincount(clusters, weights=values).astype(np.float64)


def clustered_se(terms: Vector, clusters: NDArray[np.int64]) -> float:
    """Standard error of the mean of `terms` when those of a cluster go together."""
    if len(terms) < 2:
        return float("nan")
    residual = cluster_sums(terms - terms.mean(), clusters)
    return float(np.sqrt((residual**2).sum()) / len(terms))


def _bootstrap(
    numerator: Vector, denominator: Vector, clusters: NDArray[np.int64], seed: int, draws: int
) -> tuple[float, float, float]:
    """SE and 95 % percentile interval of sum(numerator) / sum(denominator), by cluster."""
    _, clusters = np.unique(clusters, return_inverse=True)
    num, den = cluster_sums(numerator, clusters), cluster_sums(denominator, clusters)
    rng = np.random.default_rng(seed)
    ratios = np.empty(draws)
    for b in range(draws):
        times = np.bincount(rng.integers(0, len(num), len(num)), minlength=len(num))
        ratios[b] = float(times @ num) / max(float(times @ den), 1e-12)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return float(ratios.std(ddof=1)), float(low), float(high)


def evaluate_policy(
    log: LoggedRewards, policy: NDArray[np.int64], *, seed: int = 0, draws: int = 500
) -> dict[str, PolicyValue]:
    """The value per decision of `policy` by IPS, SNIPS and DR, with clustered intervals."""
    w = log.weights(policy)
    ones = np.ones(len(w))
    used = w[w > 0]
    effective = float(used.sum() ** 2 / (used**2).sum()) if len(used) else 0.0
    largest = float(used.max()) if len(used) else 0.0
    parts = {
        "ips": (w * log.reward, ones),
        "snips": (w * log.reward, w),
        "dr": (dr_terms(log, policy), ones),
    }
    values = {}
    for name, (num, den) in parts.items():
        se, low, high = _bootstrap(num, den, log.clusters, seed, draws)
        point = float(num.sum() / max(den.sum(), 1e-12))
        values[name] = PolicyValue(name, point, se, low, high, effective, largest)
    return values


def logged_value(log: LoggedRewards, *, seed: int = 0, draws: int = 500) -> PolicyValue:
    """What the officers' own choices brought, per decision."""
    se, low, high = _bootstrap(log.reward, np.ones(len(log.reward)), log.clusters, seed, draws)
    n = float(len(log.reward))
    return PolicyValue("logged", float(log.reward.mean()), se, low, high, n, 1.0)
