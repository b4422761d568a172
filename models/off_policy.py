"""All estimators of one policy side by side, and whether the log can tell at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Vector
from models.overlap import Overlap, overlap_of
from models.policy_value import (
    Z95,
    LoggedRewards,
    Policy,
    PolicyValue,
    clustered_se,
    dr_terms,
    evaluate_policy,
    logged_value,
)
from models.sensitivity import BreakingGamma, breaking_gamma
from models.switching import Switched, switch_dr

ESTIMATORS: Final = ("ips", "snips", "dr", "switch_dr", "model")


@dataclass(frozen=True)
class Judged:
    """A policy judged from a log.

    `estimates` has IPS, SNIPS, DR and `model` (the mean of q(X): what the model alone says; its
    interval knows nothing of the model's own error). `gain` is the DR value less what the logged
    choices brought, paired. `gamma` is None for a policy that is no single choice per case.
    """

    estimates: dict[str, PolicyValue]
    switched: Switched
    overlap: Overlap
    officers: PolicyValue
    gain: PolicyValue
    gamma: BreakingGamma | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for reports."""
        return {
            "estimates": {k: v.as_dict() for k, v in self.estimates.items()}
            | {"switch_dr": self.switched.as_dict()},
            "overlap": self.overlap.as_dict(),
            "officers": self.officers.as_dict(),
            "gain": self.gain.as_dict(),
            "gamma": None if self.gamma is None else self.gamma.as_dict(),
        }


def judge_policy(
    log: LoggedRewards,
    policy: Policy,
    *,
    seed: int = 0,
    draws: int = 500,
    sensitivity: bool = True,
) -> Judged:
    """What `log` tells of `policy`, by every estimator.

    Raises:
        EmptyLogError: there is no decision.
        NotAPolicyError: `policy` chooses what the log has no place for.
    """
    estimates = evaluate_policy(log, policy, seed=seed, draws=draws)
    w = log.weights(policy)
    estimates["model"] = normal("model", log.direct(policy), log.clusters, w)
    gain = normal("dr", dr_terms(log, policy) - log.reward, log.clusters, w)
    one = policy.ndim == 1 and sensitivity
    return Judged(
        estimates=estimates,
        switched=switch_dr(log, policy),
        overlap=overlap_of(w, log.clusters),
        officers=logged_value(log, seed=seed, draws=draws),
        gain=gain,
        gamma=breaking_gamma(log, policy.astype(np.int64), seed=seed) if one else None,
    )


def normal(name: str, terms: Vector, clusters: NDArray[np.int64], weights: Vector) -> PolicyValue:
    """The mean of `terms` with its clustered normal 95 % interval."""
    value, se = float(terms.mean()), clustered_se(terms, clusters)
    overlap = overlap_of(weights, clusters)
    return PolicyValue(
        name, value, se, value - Z95 * se, value + Z95 * se, overlap.effective_n, overlap.max_weight
    )
