"""How much hidden confounding it would take for a ranking not to beat the officers any more.

Marginal sensitivity model (Tan 2006): the odds of a logged choice, given also what the officer saw
and no register holds, differ from the modelled odds by a factor of at most Gamma. The least value
over all such odds is that of the stabilised augmented estimator (Zhao, Small and Bhattacharya
2019), with a percentile bootstrap by debtor. Dorn and Guo's sharper bounds would be no wider.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Vector
from models.policy_value import LoggedRewards

LARGEST = 20.0
_STEPS = 15  # halvings: the answer is exact to 0.001


@dataclass(frozen=True)
class BreakingGamma:
    """The largest Gamma at which the gain over the officers is still above nought.

    `point` from the estimate itself, `sure` from the lower 5 % limit of its bootstrap. None: there
    is no gain even without hidden confounding. `LARGEST` stands for that and more.
    """

    point: float | None
    sure: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Plain values for reports."""
        return dict(self.__dict__)


class LeastGain:
    """The least gain per decision of `policy` over the logged choices, for any Gamma.

    Args:
        log: the logged decisions.
        policy: the measure that the policy chooses, (n,).
        seed, draws: of the bootstrap by cluster.
    """

    def __init__(
        self, log: LoggedRewards, policy: NDArray[np.int64], *, seed: int = 0, draws: int = 200
    ) -> None:
        direct = log.modelled[np.arange(len(policy)), policy]
        rest = log.reward - direct
        used = np.flatnonzero(log.arm == policy)
        used = used[np.argsort(rest[used], kind="stable")]
        _, cluster = np.unique(log.clusters, return_inverse=True)
        self._rest, self._odds = rest[used], 1.0 / log.taken[used] - 1.0
        self._certain, self._used, self._cluster = direct - log.reward, used, cluster
        n = int(cluster.max()) + 1
        rng = np.random.default_rng(seed)
        self._times = [np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(draws)]

    def point(self, gamma: float) -> float:
        """The least gain, from all decisions as they are."""
        return self._least(gamma, np.ones(len(self._certain)))

    def low(self, gamma: float) -> float:
        """The 5 % quantile of the least gain over the bootstrap."""
        draws = [self._least(gamma, t[self._cluster].astype(np.float64)) for t in self._times]
        return float(np.quantile(draws, 0.05))

    def _least(self, gamma: float, times: Vector) -> float:
        """Weights are greatest on the lowest residuals and least on the others: one cut."""
        often = times[self._used]
        certain = float(times @ self._certain / times.sum())
        if not often.sum():
            return float("-inf")  # nothing was observed of what the policy chooses
        great = often * (1.0 + gamma * self._odds)
        small = often * (1.0 + self._odds / gamma)

        def cuts(per_row: Vector) -> Vector:
            """Sums with the first k rows great and the others small, for k = 0 .. all."""
            start = np.concatenate([[0.0], np.cumsum((great - small) * per_row)])
            return np.asarray(start + float(small @ per_row))

        total = cuts(np.ones(len(often)))
        return certain + float((cuts(self._rest) / total).min())


def breaking_gamma(
    log: LoggedRewards, policy: NDArray[np.int64], *, seed: int = 0, draws: int = 200
) -> BreakingGamma:
    """Where the ranking stops beating the officers, by the estimate and by its lower limit."""
    least = LeastGain(log, policy, seed=seed, draws=draws)
    return BreakingGamma(_last_above_nought(least.point), _last_above_nought(least.low))


def _last_above_nought(gain: Callable[[float], float]) -> float | None:
    if gain(1.0) <= 0:
        return None
    if gain(LARGEST) > 0:
        return LARGEST
    low, high = 1.0, LARGEST
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if gain(middle) > 0 else (low, middle)
    return low
