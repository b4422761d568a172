"""Every choice of the training that a reader may question, in one place."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

import numpy as np

MIN_EXAMPLES = 300
MIN_DEBTORS = 100


@dataclass(frozen=True)
class Boosting:
    """Parameters of one LightGBM model (names as in its documentation)."""

    rounds: int = 150
    learning_rate: float = 0.05
    num_leaves: int = 15
    min_data_in_leaf: int = 40
    lambda_l2: float = 5.0
    feature_fraction: float = 0.7


@dataclass(frozen=True)
class TrainingSettings:
    """How a ranking is learned.

    `trim` is the smallest propensity that a score may divide by; `min_per_measure` is the number
    of logged decisions below which a measure is not ranked (one: a measure never taken teaches
    nothing, a rare one borrows from others); `winsorise_at` is the quantile at
    which the outstanding amount is capped in the tournament (never in the estimates shown);
    `size_weight` is the power of the outstanding amount by which an example counts: the outcome
    is a share, but what a wrong share costs grows with the debt (0: all alike, 1: by amount);
    `masked_share` is the share of examples that have a copy without some of their registers.
    """

    seed: int = 20260401
    n_folds: int = 5
    threads: int = 2
    trim: float = 0.02
    min_per_measure: int = 1
    winsorise_at: float = 0.99
    isotonic_bins: int = 40
    size_weight: float = 0.5
    masked_share: float = 0.5
    # Few, slow and strongly regularised trees: effects are small beside the noise of outcomes.
    outcome: Boosting = field(default_factory=Boosting)
    effect: Boosting = field(
        default_factory=lambda: Boosting(
            rounds=80, learning_rate=0.05, num_leaves=8, min_data_in_leaf=100, lambda_l2=20.0
        )
    )
    propensity: Boosting = field(
        default_factory=lambda: Boosting(rounds=60, learning_rate=0.1, num_leaves=8)
    )

    def as_dict(self) -> dict[str, object]:
        """The settings as plain values, for MLflow and the bundle."""
        return asdict(self)


def rng(settings: TrainingSettings, *path: int) -> np.random.Generator:
    """A generator of its own for each use, so that no draw depends on the order of calls."""
    return np.random.default_rng([settings.seed, *path])
