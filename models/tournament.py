"""Which ranker earns its complexity: decided by what the data can decide, out of fold.

Two losses of the recovered share R are known for every past decision, A being what was taken:

    level        (R - r_A)^2
    differences  (R - usual - (r_A - sum of m_hat_a r_a))^2          Nie and Wager 2021

The second sees only how a ranker sets the measures of a case against each other. Their sum,
compared between rankers decision by decision and clustered by debtor, tells them apart by several
standard errors where the value of a policy in money cannot. That value, doubly robust in money and
in shares of the debt, is a veto: a ranker that is worse than the officers or the constant order by
two standard errors is not chosen, and the figures stand in the report.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.calibration import calibration_slope
from models.examples import Examples
from models.nuisance import Scores
from models.policy_value import LoggedRewards, PolicyValue, clustered_se, dr_terms, evaluate_policy
from models.rankers.base import KINDS, Kind
from models.settings import TrainingSettings

Policy = NDArray[np.int64]
VETO: Final = 2.0
CLEAR: Final = 2.0
READABLE: Final[tuple[Kind, ...]] = ("constant", "rule_card")
"""What a person can read whole: simpler is better only where it can be read."""
POWER80: Final = 2.8
"""Standard errors that a difference must have to be seen at 95 % in four of five samples."""


def net_amounts(rates: Matrix, outstanding: Vector, costs: Vector) -> Matrix:
    """Expected net recovery (n, m): share held within 0..1, times outstanding, minus cost."""
    return np.clip(rates, 0.0, 1.0) * outstanding[:, None] - costs[None, :]


def best_lawful(net: Matrix, lawful: NDArray[np.bool_]) -> Policy:
    """The lawful measure with the highest expected net recovery; -1 where none is lawful."""
    choice = np.argmax(np.where(lawful, net, -np.inf), axis=1)
    return np.where(lawful.any(axis=1), choice, -1)


def clusters_of(examples: Examples) -> NDArray[np.int64]:
    """A number per debtor, (n,)."""
    return np.unique(np.asarray(examples.debtors), return_inverse=True)[1].astype(np.int64)


def money_log(
    examples: Examples, scores: Scores, costs: Vector, *, cap: float | None = None
) -> LoggedRewards:
    """Net money as the reward; with `cap`, outstanding and recovered amounts held below it."""
    owed = examples.outstanding if cap is None else np.minimum(examples.outstanding, cap)
    return LoggedRewards(
        reward=examples.rate * owed - examples.cost,
        arm=examples.arm,
        taken=scores.taken,
        modelled=scores.g_hat * owed[:, None] - costs[None, :],
        clusters=clusters_of(examples),
        span=owed,
    )


def share_log(examples: Examples, scores: Scores, costs: Vector) -> LoggedRewards:
    """The same as shares of what is owed; a share lost to costs is held at one debt."""
    worth = np.clip(costs[None, :] / examples.outstanding[:, None], 0.0, 1.0)
    own = np.clip(examples.cost / examples.outstanding, 0.0, 1.0)
    return LoggedRewards(
        examples.rate - own,
        examples.arm,
        scores.taken,
        scores.g_hat - worth,
        clusters_of(examples),
        np.ones(len(examples)),
    )


def restrict(log: LoggedRewards, rows: NDArray[np.bool_]) -> LoggedRewards:
    """The log at `rows` only."""
    return log.take(rows)


@dataclass(frozen=True)
class Entry:
    """One ranker in the tournament, all figures out of fold.

    `loss` is the mean of both losses per decision, `behind` what it loses to the best (paired) with
    its standard error, `differences_behind` what its second loss alone is above the constant
    order's. `value` is money per decision, with the outstanding amount winsorised; `over_*` are its
    gains over the officers and the constant order in money and in shares of the debt, each with its
    standard error. `slope` is the calibration slope of its effects.
    """

    kind: Kind
    loss: float
    behind: float
    behind_se: float
    differences_behind: float
    differences_behind_se: float
    value: PolicyValue
    over_officers: tuple[float, float]
    over_constant: tuple[float, float]
    share_over_officers: tuple[float, float]
    share_over_constant: tuple[float, float]
    slope: float
    slope_se: float
    personalises: bool
    vetoed: bool


@dataclass(frozen=True)
class Tournament:
    """The entries, simplest first, the chosen ranker and the sentence that says why.

    `power` is the smallest difference of loss that four of five such samples would show.
    """

    entries: tuple[Entry, ...]
    chosen: Kind
    reason: str
    cap: float
    power: float


def factual_losses(rates: Matrix, examples: Examples, scores: Scores) -> tuple[Vector, Vector]:
    """The loss of the level and that of the differences, (n,) each."""
    rows = np.arange(len(examples))
    arm = np.minimum(examples.arm, rates.shape[1] - 1)
    taken = np.where(examples.arm < rates.shape[1], rates[rows, arm], scores.usual)
    chance = np.where(examples.spoken, propensities(examples, scores), 0.0)
    mean = (chance * rates).sum(axis=1) / np.maximum(chance.sum(axis=1), 1e-12)
    level = (examples.rate - taken) ** 2
    differences = (examples.rate - scores.usual - (taken - mean)) ** 2
    return np.asarray(level), np.asarray(differences)


def propensities(examples: Examples, scores: Scores) -> Matrix:
    """m_hat (n, m); where all are recorded, how often each measure was taken."""
    if not np.isnan(scores.m_hat).any():
        return scores.m_hat
    shares = np.asarray([(examples.arm == a).mean() for a in range(scores.m_hat.shape[1])])
    return np.broadcast_to(shares, scores.m_hat.shape)


def effect_slope(
    rates: Matrix, examples: Examples, scores: Scores, folds: NDArray[np.int64]
) -> tuple[float, float]:
    """Calibration slope of the predicted differences between the measures of a case.

    Rates and scores are taken from their mean over the case's lawful measures, so that an error
    of the level, which both share, cannot pass for an effect; then from their mean per fold and
    measure, so that only what differs from case to case is left. NaN where nothing differs.
    """
    several = examples.lawful.sum(axis=1) >= 2
    clusters = clusters_of(examples)
    allowed = np.where(examples.lawful, 1.0, np.nan)
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # cases without any lawful measure
        effect = rates - np.nanmean(rates * allowed, axis=1, keepdims=True)
        score = scores.gamma - np.nanmean(scores.gamma * allowed, axis=1, keepdims=True)
    x, y, c = [], [], []
    for a in range(rates.shape[1]):
        for k in np.unique(folds):
            rows = several & examples.lawful[:, a] & (folds == k)
            if rows.any():
                x.append(effect[rows, a] - effect[rows, a].mean())
                y.append(score[rows, a] - score[rows, a].mean())
                c.append(clusters[rows])
    if not x:
        return float("nan"), float("nan")
    return calibration_slope(np.concatenate(x), np.concatenate(y), np.concatenate(c))


def hold_tournament(
    rates: Mapping[Kind, Matrix],
    examples: Examples,
    scores: Scores,
    costs: Vector,
    folds: NDArray[np.int64],
    settings: TrainingSettings,
) -> Tournament:
    """Compare out-of-fold `rates` of each ranker and choose by the one-standard-error rule.

    A personalising ranker takes part where its effects' calibration slope is above zero at 95 %,
    or where it loses less on differences than the constant order by two standard errors; and where
    no value vetoes it. Of those that take part the one that loses least is chosen, but one that a
    person can read (READABLE) where its paired loss is within one standard error of that.
    """
    kinds = [k for k in KINDS if k in rates]
    clusters = clusters_of(examples)
    losses = {k: factual_losses(rates[k], examples, scores) for k in kinds}
    whole = {k: level + differences for k, (level, differences) in losses.items()}
    values = _Values(rates, examples, scores, costs, settings)
    judged: dict[Kind, tuple[bool, bool, tuple[float, float], tuple[float, float]]] = {}
    for k in kinds:
        slope = effect_slope(rates[k], examples, scores, folds)
        gap = losses[k][1] - losses["constant"][1]
        clear = (float(gap.mean()), clustered_se(gap, clusters))
        may = k == "constant" or _may_personalise(slope, clear)
        judged[k] = may, values.vetoes(k), slope, clear
    taking_part = [k for k in kinds if judged[k][0] and not judged[k][1]] or ["constant"]
    best = min(taking_part, key=lambda k: float(whole[k].mean()))
    entries = []
    for k in kinds:
        loss = whole[k] - whole[best]
        may, vetoed, slope, clear = judged[k]
        gains = values.gains(k)
        entries.append(
            Entry(
                k,
                float(whole[k].mean()),
                float(loss.mean()),
                clustered_se(loss, clusters),
                clear[0],
                clear[1],
                values.money(k),
                gains[0],
                gains[1],
                gains[2],
                gains[3],
                slope[0],
                slope[1],
                may and k != "constant",
                vetoed,
            )
        )
    by_kind = {e.kind: e for e in entries}
    readable = [
        k for k in taking_part if k in READABLE and by_kind[k].behind <= by_kind[k].behind_se
    ]
    chosen = next(iter(readable), best)
    seen = [e.behind_se for e in entries if e.kind != best]
    power = POWER80 * min(seen) if seen else float("nan")
    reason = _why(chosen, best, by_kind)
    return Tournament(tuple(entries), chosen, reason, values.cap, float(power))


class _Values:
    """Doubly robust values of the rankers' first measures, where any is lawful."""

    def __init__(
        self,
        rates: Mapping[Kind, Matrix],
        examples: Examples,
        scores: Scores,
        costs: Vector,
        settings: TrainingSettings,
    ) -> None:
        some = np.asarray(examples.lawful.any(axis=1))
        self.cap = float(np.quantile(examples.outstanding, settings.winsorise_at))
        owed = np.minimum(examples.outstanding, self.cap)
        self._seed = settings.seed
        self._policies = {
            k: best_lawful(net_amounts(r, owed, costs), examples.lawful)[some]
            for k, r in rates.items()
        }
        money = restrict(money_log(examples, scores, costs, cap=self.cap), some)
        self._logs = money, restrict(share_log(examples, scores, costs), some)
        self._terms = [
            {k: dr_terms(log, p) for k, p in self._policies.items()} for log in self._logs
        ]

    def money(self, kind: Kind) -> PolicyValue:
        """The value per decision in money."""
        policy = self._policies[kind]
        return evaluate_policy(self._logs[0], policy, seed=self._seed, draws=200)["dr"]

    def gains(self, kind: Kind) -> list[tuple[float, float]]:
        """Over the officers and the constant order, in money, then in shares of the debt."""
        found = []
        for log, terms in zip(self._logs, self._terms, strict=True):
            for other in (log.reward, terms["constant"]):
                gain = terms[kind] - other
                found.append((float(gain.mean()), clustered_se(gain, log.clusters)))
        return found

    def vetoes(self, kind: Kind) -> bool:
        """Whether one of the gains is below zero by VETO standard errors."""
        return any(gain < -VETO * se for gain, se in self.gains(kind))


def _may_personalise(slope: tuple[float, float], differences: tuple[float, float]) -> bool:
    value, se = slope
    gap, gap_se = differences
    return bool(value - 1.96 * se > 0) or bool(gap < -CLEAR * gap_se)


def _why(chosen: Kind, best: Kind, entries: Mapping[Kind, Entry]) -> str:
    off = [
        f"{k} may not personalise: "
        + (
            "its effects are the same in every case"
            if np.isnan(e.slope)
            else f"the calibration slope of its effects is {e.slope:.2f} "
            f"(standard error {e.slope_se:.2f})"
        )
        for k, e in entries.items()
        if k != "constant" and not e.personalises
    ]
    vetoed = [
        f"{k} is vetoed: its value is below the officers' or the constant order's by two "
        "standard errors"
        for k, e in entries.items()
        if e.vetoed
    ]
    if chosen == best:
        first = f"{chosen} has the lowest out-of-fold loss of those that may be chosen"
    else:
        e = entries[chosen]
        first = (
            f"{chosen} is simpler than {best} and its loss is higher by {e.behind:.5f} per "
            f"decision, within one standard error ({e.behind_se:.5f})"
        )
    return ". ".join([first, *off, *vetoed]) + "."
