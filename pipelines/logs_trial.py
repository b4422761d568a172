"""A trial confounded on purpose, judged as a log, beside the trial's own value.

Hillstrom 2008: 64,000 customers were drawn to get an e-mail on men's goods, on women's goods or
none, one third each. A policy's own value in the trial is the mean outcome of those who happened to
get what the policy would send: right without any model.

To make a log such as officers leave, a customer is kept with a chance in proportion to e(arm | x),
e a softmax of how good a customer he was before. Over the arms these chances add up to the same for
everybody, so that the customers who stay are, as a whole, those of the trial: only who got what is
no longer by lot. Chances and expectations are then learned from the log alone, as if e were not
known. Every sample draws the trial's customers anew with replacement, so that the trial stands for
the population and its own value for the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import softmax

from models.boosting import Matrix, Vector
from models.off_policy import Judged, judge_policy
from models.policy_value import LoggedRewards, PolicyValue, evaluate_policy
from models.switching import switch_dr
from pipelines.logs_nuisances import learned_chances, learned_expectations
from registers.errors import SourceFileError

ARMS: Final = ("Mens E-Mail", "Womens E-Mail", "No E-Mail")
OUTCOMES: Final = ("visit", "spend")
STRENGTHS: Final = {"moderate": 0.6, "strong": 1.1}
"""How strongly e depends on how good a customer was: the logarithm of an odds, per deviation."""
KEEP: Final = 0.85
"""The largest chance to be kept over the largest e: how much of the trial stays."""


@dataclass(frozen=True)
class Trial:
    """n customers: `x` (n, d) what was known before, `arm` (n,), `outcomes` by name (n,) each,
    `good` (n,) how good a customer was before, standardised; `policies` by name, (n,) each."""

    x: Matrix
    arm: NDArray[np.int64]
    outcomes: dict[str, Vector]
    good: Vector
    policies: dict[str, NDArray[np.int64]]

    def take(self, rows: NDArray[np.int64]) -> Trial:
        """The customers at `rows`."""
        return Trial(
            self.x[rows],
            self.arm[rows],
            {k: v[rows] for k, v in self.outcomes.items()},
            self.good[rows],
            {k: v[rows] for k, v in self.policies.items()},
        )


@dataclass(frozen=True)
class TrialCheck:
    """One policy and outcome: the trial's own value and what logs confounded so strongly say of it.

    `own` has the trial's value with its interval; `naive` the plain mean in the first log of those
    who got what the policy would send; `judged` all estimators in the first log. Over all samples,
    by estimator: `bias` the mean error as a share of the trial's value, `coverage` how many
    intervals hold it. `n_trial` customers are in the trial, `n_spent` of them spent anything,
    `n_kept` stay in the first log.
    """

    strength: str
    policy: str
    outcome: str
    own: PolicyValue
    naive: PolicyValue
    judged: Judged
    bias: dict[str, float]
    coverage: dict[str, float]
    n_trial: int
    n_spent: int
    n_kept: int


def read_trial(file: Path) -> Trial:
    """The trial in `file`.

    Raises:
        SourceFileError: it is not there or not the trial's.
    """
    if not file.exists():
        raise SourceFileError(file, "there is no such file")
    needed = {"recency", "history", "mens", "womens", "zip_code", "newbie", "channel", "segment"}
    try:
        frame = pl.read_csv(file)
    except pl.exceptions.PolarsError as e:
        raise SourceFileError(file, f"it is no table ({type(e).__name__})") from e
    missing = sorted((needed | set(OUTCOMES)) - set(frame.columns))
    if missing or frame.is_empty():
        raise SourceFileError(file, f"it lacks {', '.join(missing) or 'rows'}")
    if not set(frame["segment"].to_list()) <= set(ARMS):
        raise SourceFileError(file, "a segment is none of the trial's three")
    columns = [
        frame["recency"].cast(pl.Float64),
        frame["history"].log(),
        frame["mens"].cast(pl.Float64),
        frame["womens"].cast(pl.Float64),
        frame["newbie"].cast(pl.Float64),
        *((frame["zip_code"] == z).cast(pl.Float64) for z in ("Rural", "Urban")),
        *((frame["channel"] == c).cast(pl.Float64) for c in ("Multichannel", "Web")),
    ]
    x = np.column_stack([c.to_numpy() for c in columns])
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    good = -z[:, 0] + 0.7 * z[:, 1] - 0.7 * z[:, 4]
    mens = frame["mens"].to_numpy() == 1
    code = {a: i for i, a in enumerate(ARMS)}
    return Trial(
        x=x,
        arm=frame["segment"].replace_strict(code, return_dtype=pl.Int64).to_numpy(),
        outcomes={o: frame[o].cast(pl.Float64).to_numpy() for o in OUTCOMES},
        good=good / good.std(),
        policies={
            "men's e-mail for everybody": np.zeros(len(x), dtype=np.int64),
            "the goods that they bought before": np.where(mens, 0, 1),
            "no e-mail for everybody": np.full(len(x), 2),
        },
    )


def confounded(trial: Trial, strength: str, rng: np.random.Generator) -> Trial:
    """A log such as officers leave: the customers who stay."""
    e = softmax(trial.good[:, None] * STRENGTHS[strength] * np.array([1.0, 0.0, -1.0]), axis=1)
    chance = np.minimum(KEEP * e[np.arange(len(trial.arm)), trial.arm], 1.0)
    return trial.take(np.flatnonzero(rng.uniform(size=len(chance)) < chance))


def as_log(log: Trial, outcome: str, chances: Vector, clusters: NDArray[np.int64]) -> LoggedRewards:
    """The confounded log of one outcome."""
    reward = log.outcomes[outcome]
    modelled = learned_expectations(log.x, log.arm, reward, clusters, len(ARMS))
    return LoggedRewards(reward, log.arm, chances, modelled, clusters)


def trial_checks(
    trial: Trial,
    strength: str,
    n_samples: int,
    seed: int,
    progress: Callable[[str], None] = lambda _: None,
    *,
    draws: int = 300,
) -> list[TrialCheck]:
    """Each policy and outcome of the trial judged from confounded logs of it."""
    n = len(trial.arm)
    own = {(p, o): own_value(trial, p, o) for p in trial.policies for o in OUTCOMES}
    first: dict[tuple[str, str], tuple[Judged, PolicyValue, int]] = {}
    values: dict[tuple[str, str], dict[str, list[PolicyValue]]] = {k: {} for k in own}
    for s in range(n_samples + 1):
        if s % 20 == 0:
            progress(f"trial, {strength}ly confounded log {s} of {n_samples}")
        rng = np.random.default_rng([seed, 3, s])
        # The first log is made of the trial as it is; the others of customers drawn anew.
        drawn = np.arange(n) if s == 0 else rng.integers(0, n, n)
        log = confounded(trial.take(drawn), strength, rng)
        clusters = rng.permutation(len(log.arm))
        chances = learned_chances(log.x, log.arm, clusters)
        for o in OUTCOMES:
            rewards = as_log(log, o, chances, clusters)
            for p, policy in log.policies.items():
                if s == 0:
                    judged = judge_policy(rewards, policy, sensitivity=False)
                    first[p, o] = judged, own_value(log, p, o), len(log.arm)
                    continue
                found = evaluate_policy(rewards, policy, seed=s, draws=draws)
                found["switch_dr"] = switch_dr(rewards, policy).value
                for name, value in found.items():
                    values[p, o].setdefault(name, []).append(value)
    return [
        TrialCheck(
            strength=strength,
            policy=p,
            outcome=o,
            own=truth,
            judged=first[p, o][0],
            naive=first[p, o][1],
            n_trial=n,
            n_spent=int((trial.outcomes["spend"] > 0).sum()),
            n_kept=first[p, o][2],
            bias={
                name: float(np.mean([v.value for v in sampled])) / truth.value - 1
                for name, sampled in values[p, o].items()
            },
            coverage={
                name: float(np.mean([v.low <= truth.value <= v.high for v in sampled]))
                for name, sampled in values[p, o].items()
            },
        )
        for (p, o), truth in own.items()
    ]


def own_value(trial: Trial, policy: str, outcome: str) -> PolicyValue:
    """The mean outcome of those who got what the policy would send: right where arms were drawn."""
    n, reward = len(trial.arm), trial.outcomes[outcome]
    shares = np.full(n, 1.0 / len(ARMS))
    log = LoggedRewards(reward, trial.arm, shares, np.zeros((n, len(ARMS))), np.arange(n))
    return evaluate_policy(log, trial.policies[policy])["snips"]
