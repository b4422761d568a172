"""Cross-fitted nuisances and doubly robust scores.

Letters follow Chernozhukov et al. 2018 and Robins, Rotnitzky and Zhao 1994: `m_hat` is the
propensity P(A = a | X) over all measures that officers take, `g_hat` the outcome
E[R | X, A = a], where R is the recovered share of the outstanding amount, and the AIPW score of
measure a is

    gamma_a = g_hat(X, a) + 1{A = a} / m_hat_A(X) * (R - g_hat(X, a)).

`m_hat` and `g_hat` of the folds are fitted to the facts as officers knew them, never to copies
without registers: officers chose by what they knew, so nothing less adjusts for it. The usual
outcome has no measure to be confounded with and is fitted with copies, as is the propensity that
only tells, at answering, how often officers choose a measure in such cases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Trees, Vector, fit_trees, predict
from models.design import Encoder
from models.errors import PropensityUnknownError
from models.examples import Examples
from models.masking import Facts
from models.settings import TrainingSettings


@dataclass(frozen=True)
class Nuisances:
    """The nuisance models of one training set: propensity, outcome by measure, usual outcome."""

    propensity: Trees | None
    outcome: Trees
    usual: Trees
    n_measures: int

    def propensities(self, x: Matrix) -> Matrix:
        """m_hat, (n, m + 1) with the last column for measures that are not ranked.

        How often officers take each measure, whether or not our law supports it: of a measure
        that they took, the chance is never nought. Rows add up to one.
        """
        if self.propensity is None:
            return np.full((len(x), self.n_measures + 1), np.nan)
        return predict(self.propensity, x).reshape(len(x), self.n_measures + 1)

    def outcomes(self, x: Matrix) -> Matrix:
        """g_hat, (n, m): expected recovered share under each measure."""
        columns = [self.outcome_of(x, a) for a in range(self.n_measures)]
        return np.column_stack(columns) if columns else np.zeros((len(x), 0))

    def outcome_of(self, x: Matrix, arm: int) -> Vector:
        """g_hat(X, a) for one measure."""
        return predict(self.outcome, with_arm(x, np.full(len(x), arm)))

    def usual_outcome(self, x: Matrix) -> Vector:
        """E[R | X] under what officers usually choose: the baseline that effects are added to."""
        return predict(self.usual, x)


def with_arm(x: Matrix, arm: NDArray[np.int64]) -> Matrix:
    """`x` with the measure's code as its last column."""
    return np.column_stack([x, arm.astype(float)])


def fit_nuisances(
    facts: Facts,
    examples: Examples,
    encoder: Encoder,
    settings: TrainingSettings,
    seed: int,
    *,
    propensity_for: Literal["adjusting", "answering"] | None,
) -> Nuisances:
    """Nuisances fitted to all of `examples`; None where every propensity is recorded.

    A propensity for answering also learns from copies without registers: it says how often a
    measure is chosen in such a case and is no longer fit to adjust by.
    """
    propensity = None
    if propensity_for is not None:
        copies = propensity_for == "answering"
        propensity = _fit_propensity(facts, examples, encoder, settings, seed, copies=copies)
    weight = examples.weights(settings.size_weight, settings.winsorise_at)
    outcome = fit_trees(
        with_arm(facts.x, examples.arm),
        examples.rate,
        settings.outcome,
        objective="regression",
        categorical=[*encoder.categorical, facts.x.shape[1]],
        seed=seed,
        threads=settings.threads,
        weight=weight,
    )
    x, y, weights = facts.doubled(examples.rate, weight)
    usual = fit_trees(
        x,
        y,
        settings.outcome,
        objective="regression",
        categorical=encoder.categorical,
        seed=seed,
        threads=settings.threads,
        weight=weights,
    )
    return Nuisances(propensity, outcome, usual, len(examples.measures))


def _fit_propensity(
    facts: Facts,
    examples: Examples,
    encoder: Encoder,
    settings: TrainingSettings,
    seed: int,
    *,
    copies: bool,
) -> Trees:
    x, arm = facts.x, examples.arm.astype(float)
    if copies:
        x, arm, _ = facts.doubled(arm)
    return fit_trees(
        x,
        arm,
        settings.propensity,
        objective="multiclass",
        categorical=encoder.categorical,
        seed=seed,
        threads=settings.threads,
        n_classes=len(examples.measures) + 1,
    )


@dataclass(frozen=True)
class Scores:
    """Out-of-fold quantities of n decisions; rates are shares of the outstanding amount.

    `gamma` (n, m) AIPW scores, `usual` (n,) expected share under usual practice, `taken` (n,)
    probability of the measure that was taken, `n_trimmed` how many of those were raised to the
    trimming bound.
    """

    gamma: Matrix
    g_hat: Matrix
    usual: Vector
    taken: Vector
    n_trimmed: int

    def take(self, rows: NDArray[np.int64]) -> Scores:
        """The scores at `rows`."""
        gamma, g_hat = self.gamma[rows], self.g_hat[rows]
        return Scores(gamma, g_hat, self.usual[rows], self.taken[rows], self.n_trimmed)


def score_examples(
    x: Matrix, examples: Examples, nuisances: Nuisances, settings: TrainingSettings
) -> Scores:
    """AIPW scores of `examples` from nuisances that have not seen their debtors."""
    rows = np.arange(len(examples))
    m_hat = nuisances.propensities(x)
    estimated = m_hat[rows, examples.arm]
    recorded = examples.recorded_propensity
    taken = np.where(np.isnan(recorded), estimated, recorded)
    if np.isnan(taken).any():
        raise PropensityUnknownError(int(np.isnan(taken).sum()))
    n_trimmed = int((taken < settings.trim).sum())
    taken = np.maximum(taken, settings.trim)
    g_hat = nuisances.outcomes(x)
    gamma = g_hat.copy()
    ranked = examples.arm < len(examples.measures)
    i, a = rows[ranked], examples.arm[ranked]
    gamma[i, a] += (examples.rate[ranked] - g_hat[i, a]) / taken[ranked]
    return Scores(gamma, g_hat, nuisances.usual_outcome(x), taken, n_trimmed)


def cross_fit(
    facts: Facts,
    examples: Examples,
    folds: NDArray[np.int64],
    encoder: Encoder,
    settings: TrainingSettings,
    progress: Callable[[str], None],
) -> tuple[list[Nuisances], Scores]:
    """Nuisances per fold (fitted without it) and the scores of all examples out of fold."""
    fitted: list[Nuisances] = []
    n, m = examples.lawful.shape
    gamma, g_hat = np.zeros((n, m)), np.zeros((n, m))
    usual, taken, n_trimmed = np.zeros(n), np.zeros(n), 0
    for k in range(settings.n_folds):
        progress(f"nuisances, fold {k + 1} of {settings.n_folds}")
        train, test = np.flatnonzero(folds != k), np.flatnonzero(folds == k)
        nuisances = fit_nuisances(
            facts.take(train),
            examples.take(train),
            encoder,
            settings,
            settings.seed + k,
            propensity_for=None if examples.all_recorded else "adjusting",
        )
        fitted.append(nuisances)
        part = score_examples(facts.x[test], examples.take(test), nuisances, settings)
        gamma[test], g_hat[test] = part.gamma, part.g_hat
        usual[test], taken[test] = part.usual, part.taken
        n_trimmed += part.n_trimmed
    return fitted, Scores(gamma, g_hat, usual, taken, n_trimmed)
