"""What a policy is worth in a trial whose draw is known: doubly robust, clustered by the draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from law.catalogue import catalogue
from models.boosting import Matrix, Vector
from models.inputs import Cube, Inputs
from models.intervals import jackknife_draws
from models.policy_value import Z95, LoggedRewards, clustered_se, dr_terms
from models.rankers.base import all_rates
from models.ranking import order
from models.tournament import Policy, best_lawful, clusters_of, net_amounts
from models.training import Trained

FEW: Final = 10


@dataclass(frozen=True)
class Estimate:
    """A value with its standard error; of a difference, in how many decisions the policies differ.

    From fewer than FEW of them no standard error can be had: the policies count as the same.
    """

    value: float
    se: float
    n_differ: int | None = None

    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        return self.value - Z95 * self.se, self.value + Z95 * self.se

    @property
    def is_held(self) -> bool:
        """Whether a difference is not below zero by more than one standard error."""
        is_same = self.n_differ is not None and self.n_differ < FEW
        return is_same or self.value >= -self.se - 1e-12


def reward_log(trained: Trained, strata: NDArray[np.int64], reward: Vector) -> LoggedRewards:
    """The log of one outcome.

    The direct part is what an arm and a stratum add to the mean, out of fold; with a known draw any
    direct part gives an unbiased value.
    """
    examples = trained.examples
    modelled = np.zeros((len(examples), len(examples.measures)))
    for k in np.unique(trained.folds):
        inside, outside = trained.folds == k, trained.folds != k
        everyone = float(reward[outside].mean())
        for a in range(len(examples.measures)):
            modelled[inside, a] = _mean(reward[outside & (examples.arm == a)], everyone)
        for s in np.unique(strata[inside]):
            own = _mean(reward[outside & (strata == s)], everyone)
            modelled[inside & (strata == s)] += own - everyone
    return LoggedRewards(
        reward, examples.arm, trained.scores.taken, modelled, clusters_of(examples)
    )


def _mean(values: Vector, otherwise: float) -> float:
    return float(values.mean()) if len(values) else otherwise


def value_of(log: LoggedRewards, policy: Policy) -> Estimate:
    """The value of a policy."""
    terms = dr_terms(log, policy)
    return Estimate(float(terms.mean()), clustered_se(terms, log.clusters))


def difference(log: LoggedRewards, policy: Policy, other: Policy) -> Estimate:
    """How much more `policy` is worth than `other`, paired."""
    terms = dr_terms(log, policy) - dr_terms(log, other)
    n_differ = int((policy != other).sum())
    return Estimate(float(terms.mean()), clustered_se(terms, log.clusters), n_differ)


def best_constant(log: LoggedRewards, n_arms: int) -> int:
    """The arm with the highest value for everybody: picked on the same data, so flattered."""
    n = len(log.reward)
    return int(np.argmax([value_of(log, np.full(n, a)).value for a in range(n_arms)]))


def best_constant_elsewhere(log: LoggedRewards, n_arms: int, folds: NDArray[np.int64]) -> Policy:
    """For each fold the arm with the highest value on the others: what nobody could pick better."""
    n = len(log.reward)
    terms = np.column_stack([dr_terms(log, np.full(n, a)) for a in range(n_arms)])
    policy = np.zeros(n, dtype=np.int64)
    for k in np.unique(folds):
        policy[folds == k] = int(np.argmax(terms[folds != k].mean(axis=0)))
    return policy


@dataclass(frozen=True)
class Asked:
    """All cases of a trial asked again, as `models.ranking` orders them."""

    lawful: NDArray[np.bool_]
    outstanding: Vector
    net: Matrix
    draws: Cube


@dataclass(frozen=True)
class Answers:
    """What the chosen ranking says of every case of a trial.

    `inputs` is what it reads, `rates` (n, m) what it states out of fold at the level that is shown,
    `all_rates` the same fitted to all, `draws` (k, n, m) what the rankers of the folds say.
    """

    inputs: Inputs
    rates: Matrix
    all_rates: Matrix
    draws: Cube


def answers_of(trained: Trained) -> Answers:
    """The chosen ranking asked about every case."""
    examples, lawful = trained.examples, trained.examples.lawful
    inputs = trained.design.inputs(examples.features, examples.pairs)
    draws = jackknife_draws(trained.fold_rankers, inputs, lawful)
    everyone = all_rates(trained.ranker, inputs, lawful)
    return Answers(inputs, *(np.clip(r, 0.0, 1.0) for r in (trained.oof_level, everyone, draws)))


def ranker_policies(trained: Trained) -> dict[str, Policy]:
    """What each ranker puts first by expected value, out of fold, as the tournament judged it."""
    return {kind: by_value(trained, rates) for kind, rates in trained.oof_rates.items()}


def by_value(trained: Trained, rates: Matrix) -> Policy:
    """The arm with the highest expected net amount."""
    examples = trained.examples
    return best_lawful(net_amounts(rates, examples.outstanding, trained.costs), examples.lawful)


def as_shown(trained: Trained, rates: Matrix, draws: Cube) -> Policy:
    """The arm that a person would see first: of those that cannot be told apart the lightest."""
    examples, costs = trained.examples, trained.costs
    owed = examples.outstanding
    asked = Asked(
        examples.lawful,
        owed,
        net_amounts(rates, owed, costs),
        draws * owed[:, None] - costs,
    )
    known = catalogue(examples.legal_order)
    weight = np.asarray([known[m].intrusiveness for m in examples.measures])
    rank, _ = order(asked, weight)
    return np.asarray(np.argmax(rank == 1, axis=1))


def n_orders(rates: Matrix) -> int:
    """How many different orders of the arms `rates` (n, m) give, where no two are equal."""
    apart = np.diff(np.sort(rates, axis=1), axis=1).min(axis=1) > 1e-9
    return len(np.unique(np.argsort(-rates[apart], axis=1, kind="stable"), axis=0))
