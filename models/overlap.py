"""What a log can tell of a policy: how much of it was ever tried, on how few decisions it rests.

Three figures of the weights w = pi(A | X) / m_hat_A(X), whose mean is one where the log covers the
policy and its chances are right:

    effective n   (sum of w)^2 / sum of w^2        Kish 1965
    largest       the largest weight
    covered       mean of w, with its clustered standard error

A log tells nothing of a policy where fewer than `MIN_EFFECTIVE_N` equal decisions would weigh as
much (then one decision may carry more than a tenth of all weight), or where its 95 % interval of
the mean weight lies wholly outside of `COVERED`. A value would be a number with false confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from models.boosting import Vector
from models.errors import EmptyLogError
from models.policy_value import Z95, clustered_se, effective_n

MIN_EFFECTIVE_N: Final = 100.0
COVERED: Final = (0.9, 1.1)

Reason = Literal["few_comparable", "not_tried", "chances_do_not_fit"]


@dataclass(frozen=True)
class Overlap:
    """Figures of the weights of n decisions; `n_used` of them fit the policy: it
    would do, or might do, what was done.

    `largest_share` is the share of all weight that the largest has.
    """

    n: int
    n_used: int
    effective_n: float
    max_weight: float
    largest_share: float
    covered: float
    covered_se: float

    @property
    def reason(self) -> Reason | None:
        """Why the log cannot tell; None where it can."""
        if self.effective_n < MIN_EFFECTIVE_N:
            return "few_comparable"
        if self.covered + Z95 * self.covered_se < COVERED[0]:
            return "not_tried"
        if self.covered - Z95 * self.covered_se > COVERED[1]:
            return "chances_do_not_fit"
        return None

    @property
    def tells(self) -> bool:
        """Whether the log can tell what the policy is worth."""
        return self.reason is None

    @property
    def sentence(self) -> str:
        """What the log can tell, for an analyst."""
        if self.reason is None:
            return (
                f"These logs can tell: {self.n_used:,} of {self.n:,} decisions fit the policy and "
                f"weigh as much as {self.effective_n:,.0f} equal ones."
            )
        why = {
            "few_comparable": (
                f"the {self.n_used:,} decisions that fit the policy weigh as much as "
                f"{self.effective_n:,.0f} equal ones ({MIN_EFFECTIVE_N:.0f} are needed), and one "
                f"of them carries {self.largest_share:.0%} of the weight"
            ),
            "not_tried": (
                f"only {self.covered:.0%} of what the policy would do was ever tried in such cases"
            ),
            "chances_do_not_fit": (
                f"the weights add up to {self.covered:.0%} of what they must, so the chances of "
                "the past choices are not right"
            ),
        }[self.reason]
        return f"These logs cannot tell: {why}."

    def as_dict(self) -> dict[str, Any]:
        """Plain values for reports."""
        return dict(self.__dict__) | {"tells": self.tells, "sentence": self.sentence}


def overlap_of(weights: Vector, clusters: NDArray[np.int64]) -> Overlap:
    """The figures of `weights` (n,), whose rows of a cluster go together.

    Raises:
        EmptyLogError: there is no decision.
    """
    if not len(weights):
        raise EmptyLogError
    total = float(weights.sum())
    largest = float(weights.max())
    return Overlap(
        n=len(weights),
        n_used=int((weights > 0).sum()),
        effective_n=effective_n(weights),
        max_weight=largest,
        largest_share=largest / total if total > 0 else 0.0,
        covered=float(weights.mean()),
        covered_se=clustered_se(weights, clusters),
    )
