"""Estimators on logs whose truth is known: error and coverage over many samples (bar A6).

Cases of debtors who have one to three of them; four measures; the share that a measure recovers is
nothing or Beta-distributed, its expectation a curved function of what is known of the case. Luck is
shared between the cases of a debtor (a Gaussian copula), so that decisions are no independent
observations. Officers choose by softmax, heavier measures for harder debtors: plain means of the
log are wrong. The policy judged is a personal one that differs from theirs in most cases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr, softmax

from models.boosting import Matrix, Vector
from models.overlap import overlap_of
from models.policy_value import LoggedRewards, PolicyValue, evaluate_policy
from models.switching import switch_dr
from pipelines.logs_nuisances import learned_chances, learned_expectations

COSTS: Final = np.array([5_000.0, 14_000.0, 60_000.0, 250_000.0])
WHEN_ANY: Final = np.array([0.35, 0.5, 0.6, 0.7])
"""Mean share where anything comes, by measure."""
SHARED_LUCK: Final = 0.4
SPREAD: Final = 3.0
N_TRUTH: Final = 4_000_000
CHUNK: Final = 500_000
UNITS: Final = ("shares", "som")
SETTINGS: Final = ("recorded", "learned")


@dataclass(frozen=True)
class Cases:
    """n cases: covariates (n, 4), debtor (n,), what is owed (n,), in som."""

    x: Matrix
    debtor: NDArray[np.int64]
    owed: Vector

    @property
    def chance_of_any(self) -> Matrix:
        """How likely each measure brings anything, (n, 4)."""
        hard, balance, wage, age = self.x.T
        return np.column_stack(
            [
                expit(0.2 - 1.0 * hard - 0.3 * age),
                expit(-0.4 - 0.5 * hard + 1.2 * np.tanh(2 * wage)),
                expit(-0.6 - 0.6 * hard + 1.5 * np.tanh(balance) + 0.4 * balance * wage),
                expit(-0.9 + 0.3 * hard + 0.6 * np.abs(balance) - 0.5 * wage),
            ]
        )

    @property
    def shares(self) -> Matrix:
        """The true expected share of each measure, (n, 4)."""
        return np.asarray(self.chance_of_any * WHEN_ANY)

    @property
    def chances(self) -> Matrix:
        """How likely officers take each measure, (n, 4)."""
        hard, balance, wage, _ = self.x.T
        scores = [0.4 - 1.2 * hard, 0.8 * wage - hard, 0.6 * balance - 0.5 * hard, 1.2 * hard]
        return np.asarray(softmax(np.column_stack(scores), axis=1))

    @property
    def policy(self) -> NDArray[np.int64]:
        """The measure that the judged policy takes, (n,)."""
        _, balance, wage, age = self.x.T
        scores = [0.3 - 0.3 * age, 0.2 + wage, 0.1 + balance, np.full(len(age), -0.6)]
        return np.asarray(np.argmax(np.column_stack(scores), axis=1))


def draw_cases(n: int, rng: np.random.Generator) -> Cases:
    """Cases in the order of their debtors."""
    debtor = np.repeat(np.arange(n), rng.choice([1, 2, 3], n, p=[0.6, 0.25, 0.15]))[:n]
    own, of_debtor = rng.normal(size=(n, 4)), rng.normal(size=(int(debtor[-1]) + 1, 4))
    x = np.sqrt(0.5) * own + np.sqrt(0.5) * of_debtor[debtor]
    owed = np.exp(14.5 + 1.2 * rng.normal(size=n) + 0.2 * x[:, 0])
    return Cases(x, debtor.astype(np.int64), np.round(owed))


def draw_log(cases: Cases, rng: np.random.Generator) -> tuple[NDArray[np.int64], Vector]:
    """What officers took and the share that came, (n,) each."""
    n = len(cases.owed)
    rows = np.arange(n)
    arm = (rng.uniform(size=n)[:, None] > cases.chances.cumsum(axis=1)).sum(axis=1).clip(max=3)
    luck = rng.normal(size=int(cases.debtor[-1]) + 1)[cases.debtor]
    mixed = np.sqrt(SHARED_LUCK) * luck + np.sqrt(1 - SHARED_LUCK) * rng.normal(size=n)
    any_comes = ndtr(mixed) < cases.chance_of_any[rows, arm]
    mean = WHEN_ANY[arm]
    share = np.where(any_comes, rng.beta(SPREAD * mean, SPREAD * (1 - mean)), 0.0)
    return arm.astype(np.int64), share


def true_values(seed: int, n: int = N_TRUTH) -> dict[str, float]:
    """The value per case of the judged policy, by the mean over `n` cases of their expectations."""
    rng = np.random.default_rng([seed, 1])
    totals, done = np.zeros(2), 0
    while done < n:
        size = min(CHUNK, n - done)
        cases = draw_cases(size, rng)
        rows, policy = np.arange(size), cases.policy
        share = cases.shares[rows, policy]
        net = share * cases.owed - COSTS[policy]
        totals += [share.sum(), net.sum()]
        done += size
    return dict(zip(UNITS, (float(t) for t in totals / n), strict=True))


@dataclass(frozen=True)
class Sampled:
    """Of one estimator over all samples, errors as shares of the truth.

    `error` the mean absolute one, `worst` the largest, `bias` the mean; `coverage` how many 95 %
    intervals hold the truth, `half_width` their mean half width as a share of the truth.
    """

    setting: str
    unit: str
    estimator: str
    n_samples: int
    error: float
    worst: float
    bias: float
    coverage: float
    half_width: float


@dataclass(frozen=True)
class Simulation:
    """All figures of the simulation, and how the logs lie to who takes plain means of them."""

    n_cases: int
    seed: int
    truth: dict[str, float]
    sampled: tuple[Sampled, ...]
    naive_error: dict[str, float]
    effective_n: float
    agree: float


def simulate(
    n_samples: int,
    n_cases: int,
    seed: int,
    progress: Callable[[str], None] = lambda _: None,
    *,
    draws: int = 500,
    n_truth: int = N_TRUTH,
) -> Simulation:
    """Judge the policy from `n_samples` logs of `n_cases` cases each."""
    truth = true_values(seed, n_truth)
    found: dict[tuple[str, str, str], list[PolicyValue]] = {}
    naive: dict[str, list[float]] = {unit: [] for unit in UNITS}
    sizes, agree = [], []
    for s in range(n_samples):
        if s % 10 == 0:
            progress(f"simulated log {s + 1} of {n_samples}")
        rng = np.random.default_rng([seed, 2, s])
        cases = draw_cases(n_cases, rng)
        arm, share = draw_log(cases, rng)
        policy, rows = cases.policy, np.arange(n_cases)
        chances = {
            "recorded": cases.chances[rows, arm],
            "learned": learned_chances(cases.x, arm, cases.debtor),
        }
        rewards = {"shares": share, "som": share * cases.owed - COSTS[arm]}
        agree.append(float((arm == policy).mean()))
        for unit, reward in rewards.items():
            naive[unit].append(float(reward[arm == policy].mean()))
            span = np.ones(n_cases) if unit == "shares" else cases.owed
            modelled = learned_expectations(cases.x, arm, reward, cases.debtor, 4)
            for setting in SETTINGS:
                log = LoggedRewards(reward, arm, chances[setting], modelled, cases.debtor, span)
                values = evaluate_policy(log, policy, seed=s, draws=draws)
                values["switch_dr"] = switch_dr(log, policy).value
                for name, value in values.items():
                    found.setdefault((setting, unit, name), []).append(value)
                sizes.append(overlap_of(log.weights(policy), log.clusters).effective_n)
    return Simulation(
        n_cases=n_cases,
        seed=seed,
        truth=truth,
        sampled=tuple(_sampled(*key, v, truth[key[1]]) for key, v in found.items()),
        naive_error={u: float(np.mean(v)) / truth[u] - 1 for u, v in naive.items()},
        effective_n=float(np.mean(sizes)),
        agree=float(np.mean(agree)),
    )


def _sampled(
    setting: str, unit: str, estimator: str, values: list[PolicyValue], truth: float
) -> Sampled:
    off = np.asarray([v.value for v in values]) / truth - 1.0
    held = [v.low <= truth <= v.high for v in values]
    half = np.mean([(v.high - v.low) / 2 for v in values]) / truth
    return Sampled(
        setting,
        unit,
        estimator,
        len(values),
        error=float(np.abs(off).mean()),
        worst=float(np.abs(off).max()),
        bias=float(off.mean()),
        coverage=float(np.mean(held)),
        half_width=float(half),
    )
