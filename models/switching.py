"""Switch-DR: doubly robust where the log bears it, the model alone where a weight is too large.

Wang, Agarwal and Dudík 2017. With the weight w of a logged decision and a threshold tau

    Switch-DR(tau) = mean of q(X) + w 1{w <= tau} (R - g_hat_A(X)).

What is cut off is left to the model, so the estimate may be off by at most

    bias(tau) = mean of w 1{w > tau} span(X),

the weight that is cut off times how far a reward can lie from what the model says of it. (Wang and
others take the policy's chance where the weight would be too large times the largest reward; this
is the same expectation under the logger, seen in the decisions that were logged.) tau is that of
the weights at which variance + bias^2 is least: large weights are kept unless cutting them off
brings more certainty than it could cost in truth.

The interval makes room for the bias (Armstrong and Kolesár 2018): value ± c se, where c is the 95 %
quantile of |N(bias / se, 1)|.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import chndtrix

from models.boosting import Vector
from models.policy_value import (
    Z95,
    LoggedRewards,
    Policy,
    PolicyValue,
    check_policy,
    clustered_se,
    effective_n,
)

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999)
_Z90: Final = 1.6448536269514722
_FAR: Final = 6.0
"""From this bias (in standard errors) on only one side of the interval can fail."""


@dataclass(frozen=True)
class Switched:
    """Switch-DR and what it trusts the model with.

    `threshold` is tau, `left_to_model` the share of the policy's weight above it.
    """

    value: PolicyValue
    threshold: float
    left_to_model: float

    def as_dict(self) -> dict[str, float | str]:
        """Plain values for reports."""
        more = {"threshold": self.threshold, "left_to_model": self.left_to_model}
        return self.value.as_dict() | more


def critical_value(bias_in_se: float) -> float:
    """c with P(|N(bias_in_se, 1)| <= c) = 0.95.

    >>> round(critical_value(0.0), 2), round(critical_value(1.0), 2), round(critical_value(9.0), 2)
    (1.96, 2.65, 10.64)
    """
    if bias_in_se > _FAR:
        return bias_in_se + _Z90
    return float(np.sqrt(chndtrix(0.95, 1.0, bias_in_se**2))) if bias_in_se > 0 else Z95


def switch_dr(log: LoggedRewards, policy: Policy) -> Switched:
    """The value per decision of `policy` by Switch-DR, at the threshold that costs least.

    Raises:
        EmptyLogError: there is no decision.
        NotAPolicyError: `policy` chooses what the log has no place for.
    """
    check_policy(log, policy)
    w, direct, rest = log.weights(policy), log.direct(policy), log.residual()
    span = np.full(len(w), np.ptp(log.reward)) if log.span is None else log.span

    def at(threshold: float) -> tuple[Vector, float]:
        """The terms whose mean is the value, and the most that it may be off."""
        kept = w <= threshold
        return direct + np.where(kept, w * rest, 0.0), float(np.where(kept, 0.0, w * span).mean())

    def cost(threshold: float) -> float:
        terms, bias = at(threshold)
        se = clustered_se(terms, log.clusters)
        return bias**2 + (0.0 if np.isnan(se) else se**2)

    threshold = min(_thresholds(w), key=lambda t: (cost(t), -t))
    terms, bias = at(threshold)
    value, se = float(terms.mean()), clustered_se(terms, log.clusters)
    half = se * critical_value(bias / se) if se > 0 else bias
    kept = np.where(w <= threshold, w, 0.0)
    found = PolicyValue(
        "switch_dr",
        value,
        se,
        value - half,
        value + half,
        effective_n(kept),
        float(kept.max()),
        bias,
    )
    return Switched(found, threshold, float(1.0 - kept.sum() / w.sum()) if w.any() else 1.0)


def _thresholds(weights: Vector) -> list[float]:
    """Quantiles of the weights that were used, and the largest: nothing is cut off there."""
    used = weights[weights > 0]
    if not len(used):
        return [0.0]
    inner = np.quantile(used, QUANTILES, method="lower")
    return sorted({*(float(v) for v in inner), float(used.max())})
