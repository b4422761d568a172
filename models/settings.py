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
    bagging_fraction: float = 1.0
    max_bin: int = 63
    max_cat_to_onehot: int = 64
    min_data_per_group: int = 1


@dataclass(frozen=True)
class TrainingSettings:
    """How a ranking is learned.

    `trim` is the smallest propensity that a score may divide by; `min_per_measure` is the number
    of logged decisions below which a measure is not ranked (one: a measure never taken teaches
    nothing, a rare one borrows from others); `winsorise_at` is the quantile at
    which the outstanding amount is capped in the tournament (never in the estimates shown);
    `size_weight` is the power of the outstanding amount by which an example counts: the outcome
    is a share, but what a wrong share costs grows with the debt (0: all alike, 1: by amount);
    `masked_share` is the share of examples that have a copy without some of their registers, and
    `min_copies` how many have one at least (all, where there are fewer): what to expect where a
    register is unknown is learned from a number of cases, not from a share of them;
    `t_least` is how often a measure must have been taken for the T-learner to give it a model of
    its own; `card_depth` is how many questions the rule card may ask and `card_cases` how many
    decisions it is grown from; `ranked_cases` is how many cases the ranking learner reads,
    `relevance_levels` and `relevance_trust` how it is told which measure is better (the trust is
    the weight of the AIPW correction); `level_prior_*` are how far the level of one measure may lie
    from that of all (standard deviations of intercept and slope);
    `abstain_share` is the share of open cases, those with the least stable order among them, of
    which the program does not stand by its order; `kinds` are the rankers that take part beside
    the constant order and the S-learner, `stacked` those of them that the stack is a mean of.
    """

    seed: int = 20260401
    n_folds: int = 5
    threads: int = 2
    trim: float = 0.02
    min_per_measure: int = 1
    winsorise_at: float = 0.99
    isotonic_bins: int = 40
    size_weight: float = 0.1
    masked_share: float = 0.2
    min_copies: int = 1000
    t_least: int = 300
    card_depth: int = 3
    card_cases: int = 12_000
    ranked_cases: int = 8_000
    relevance_levels: int = 5
    relevance_trust: float = 0.3
    level_prior_alpha: float = 0.25
    level_prior_beta: float = 0.15
    abstain_share: float = 0.24
    kinds: tuple[str, ...] = ("rule_card", "x_learner", "stack")
    stacked: tuple[str, ...] = ("constant", "s_learner", "x_learner")
    # What the share of a measure is learned with, of all measures together and of one alone.
    share: Boosting = field(
        default_factory=lambda: Boosting(
            rounds=500,
            learning_rate=0.04,
            num_leaves=31,
            min_data_in_leaf=20,
            lambda_l2=1.0,
            feature_fraction=0.5,
            bagging_fraction=0.8,
        )
    )
    share_of_one: Boosting = field(
        default_factory=lambda: Boosting(
            rounds=200,
            learning_rate=0.04,
            num_leaves=15,
            min_data_in_leaf=20,
            lambda_l2=5.0,
            feature_fraction=0.5,
            bagging_fraction=0.8,
        )
    )
    ranking: Boosting = field(
        default_factory=lambda: Boosting(rounds=150, learning_rate=0.05, num_leaves=15)
    )
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
