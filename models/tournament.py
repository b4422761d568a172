"""Which ranker earns its complexity: out-of-fold doubly robust policy values, side by side."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.calibration import calibration_slope
from models.examples import Examples
from models.nuisance import Scores
from models.policy_value import LoggedRewards, PolicyValue, clustered_se, dr_terms, evaluate_policy
from models.rankers import KINDS, Kind
from models.settings import TrainingSettings

Policy = NDArray[np.int64]


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
    )


def restrict(log: LoggedRewards, rows: NDArray[np.bool_]) -> LoggedRewards:
    """The log at `rows` only."""
    return LoggedRewards(
        log.reward[rows], log.arm[rows], log.taken[rows], log.modelled[rows], log.clusters[rows]
    )


@dataclass(frozen=True)
class Entry:
    """One ranker in the tournament, all figures out of fold.

    `value` is per decision, with the outstanding amount winsorised; `behind` is what it loses
    to the best (paired), with its standard error; `slope` is the calibration slope of its effects.
    """

    kind: Kind
    value: PolicyValue
    behind: float
    behind_se: float
    slope: float
    slope_se: float
    personalises: bool


@dataclass(frozen=True)
class Tournament:
    """The entries, simplest first, the chosen ranker and the sentence that says why."""

    entries: tuple[Entry, ...]
    chosen: Kind
    reason: str
    cap: float


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

    A personalising ranker takes part only where its effects' calibration slope is above zero at
    95 %. Of those that take part, the simplest whose paired loss to the best is within one
    standard error of that loss is chosen.
    """
    some = np.asarray(examples.lawful.any(axis=1))
    cap = float(np.quantile(examples.outstanding, settings.winsorise_at))
    log = restrict(money_log(examples, scores, costs, cap=cap), some)
    owed = np.minimum(examples.outstanding, cap)
    policies = {
        k: best_lawful(net_amounts(r, owed, costs), examples.lawful)[some] for k, r in rates.items()
    }
    terms = {k: dr_terms(log, p) for k, p in policies.items()}
    slopes = {k: effect_slope(r, examples, scores, folds) for k, r in rates.items()}
    taking_part = [k for k in KINDS if k in rates and _may_take_part(k, slopes[k])]
    best = max(taking_part, key=lambda k: float(terms[k].mean()))
    entries = []
    for k in (kind for kind in KINDS if kind in rates):
        loss = terms[best] - terms[k]
        entries.append(
            Entry(
                kind=k,
                value=evaluate_policy(log, policies[k], seed=settings.seed)["dr"],
                behind=float(loss.mean()),
                behind_se=clustered_se(loss, log.clusters),
                slope=slopes[k][0],
                slope_se=slopes[k][1],
                personalises=k in taking_part and k != "constant",
            )
        )
    by_kind = {e.kind: e for e in entries}
    chosen = next(k for k in taking_part if by_kind[k].behind <= by_kind[k].behind_se)
    return Tournament(tuple(entries), chosen, _why(chosen, best, by_kind), cap)


def _may_take_part(kind: Kind, slope: tuple[float, float]) -> bool:
    if kind == "constant":
        return True
    value, se = slope
    return bool(value - 1.96 * se > 0)


def _why(chosen: Kind, best: Kind, entries: Mapping[Kind, Entry]) -> str:
    off = [
        f"{k} may not personalise: the calibration slope of its effects is {e.slope:.2f} "
        f"(standard error {e.slope_se:.2f})"
        for k, e in entries.items()
        if k != "constant" and not e.personalises
    ]
    if chosen == best:
        first = f"{chosen} has the highest out-of-fold value of those that may be chosen"
    else:
        e = entries[chosen]
        first = (
            f"{chosen} is simpler than {best} and behind it by {e.behind:.0f} per decision, "
            f"within one standard error ({e.behind_se:.0f})"
        )
    return ". ".join([first, *off]) + "."
