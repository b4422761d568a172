"""Cross-fitted nuisances and doubly robust scores.

Letters follow Chernozhukov et al. 2018 and Robins, Rotnitzky and Zhao 1994: `m_hat` is the
propensity P(A = a | X) over all measures that officers take, `g_hat` the outcome
E[R | X, A = a], where R is the recovered share of the outstanding amount, and the AIPW score of
measure a is

    gamma_a = g_hat(X, a) + 1{A = a} / m_hat_A(X) * (R - g_hat(X, a)).

The outcome model is the S-learner of the tournament: what it says of a measure in a case is g_hat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.asking import OutcomeModel, all_rates
from models.boosting import Matrix, Trees, Vector, fit_trees, predict
from models.errors import BadPropensityError, PropensityUnknownError
from models.examples import Examples
from models.inputs import Design, Inputs
from models.settings import TrainingSettings
from models.twins import Twins

CORRECTION_SD: Final = 0.1
"""How far an outcome model's mean is expected to lie from the truth, as a share of the debt."""


@dataclass(frozen=True)
class Nuisances:
    """The nuisance models of one training set: propensity, outcome by measure, usual outcome."""

    propensity: Trees | None
    outcome: OutcomeModel
    usual: Trees
    n_measures: int

    def propensities(self, cases: Matrix) -> Matrix:
        """m_hat, (n, m + 1): `propensities_of` of its trees."""
        return propensities_of(self.propensity, cases, self.n_measures)

    def outcomes(self, inputs: Inputs, where: NDArray[np.bool_]) -> Matrix:
        """g_hat, (n, m): expected recovered share under each measure, 0 but `where`."""
        return all_rates(self.outcome, inputs, where)

    def usual_outcome(self, cases: Matrix) -> Vector:
        """E[R | X] under what officers usually choose: the baseline that effects are added to."""
        return predict(self.usual, cases)


def propensities_of(propensity: Trees | None, cases: Matrix, n_measures: int) -> Matrix:
    """m_hat, (n, m + 1), with the last column for measures that are not ranked.

    How often officers take each measure, whether or not our law supports it: of a measure that
    they took, the chance is never nought. Rows add up to one; NaN without a model.
    """
    if propensity is None:
        return np.full((len(cases), n_measures + 1), np.nan)
    return predict(propensity, cases).reshape(len(cases), n_measures + 1)


def fit_propensity(
    twins: Twins,
    examples: Examples,
    design: Design,
    settings: TrainingSettings,
    seed: int,
    *,
    copies: bool,
) -> Trees:
    """How often each measure is taken.

    With `copies` it also learns from cases without registers: it then says how often a measure is
    chosen in such a case and is no longer fit to adjust by.
    """
    x, arm = twins.inputs.cases, examples.arm.astype(float)
    if copies:
        also = np.flatnonzero(twins.has_copy)
        x = np.concatenate([x, twins.masked.cases[also]])
        arm = np.concatenate([arm, arm[also]])
    return fit_trees(
        x,
        arm,
        settings.propensity,
        objective="multiclass",
        categorical=design.encoder.categorical,
        seed=seed,
        n_classes=len(examples.measures) + 1,
    )


def fit_usual(
    twins: Twins, examples: Examples, design: Design, settings: TrainingSettings, seed: int
) -> Trees:
    """The share expected under what officers usually choose."""
    weight = examples.weights(settings.size_weight, settings.winsorise_at)
    copies = np.flatnonzero(twins.has_copy)
    return fit_trees(
        np.concatenate([twins.inputs.cases, twins.masked.cases[copies]]),
        np.concatenate([examples.rate, examples.rate[copies]]),
        settings.outcome,
        objective="regression",
        categorical=design.encoder.categorical,
        seed=seed,
        weight=np.concatenate([weight, weight[copies]]),
    )


@dataclass(frozen=True)
class Scores:
    """Out-of-fold quantities of n decisions; rates are shares of the outstanding amount.

    `gamma` (n, m) AIPW scores, `g_hat` (n, m) expected shares, `m_hat` (n, m) propensities (NaN
    where all are recorded), `usual` (n,) expected share under usual practice, `taken` (n,)
    probability of the measure that was taken, `n_trimmed` how many of those were raised to `trim`.
    """

    gamma: Matrix
    g_hat: Matrix
    m_hat: Matrix
    usual: Vector
    taken: Vector
    n_trimmed: int
    trim: float

    def take(self, rows: NDArray[np.int64]) -> Scores:
        """The scores at `rows`."""
        return Scores(
            self.gamma[rows],
            self.g_hat[rows],
            self.m_hat[rows],
            self.usual[rows],
            self.taken[rows],
            self.n_trimmed,
            self.trim,
        )


def mean_effect(
    scores: Scores, a: int, rows: NDArray[np.int64] | NDArray[np.bool_], weight: Vector
) -> float:
    """Mean effect of measure a over usual practice among `rows`, as far as data can tell.

    What the outcome model says, plus the mean AIPW correction drawn towards none by its own noise:
    of a measure that was taken a few times the correction is chance, and the model's word stands.
    """
    w = weight[rows] / weight[rows].sum()
    direct = scores.g_hat[rows, a] - scores.usual[rows]
    correction = (scores.gamma - scores.g_hat)[rows, a]
    mean = float(w @ correction)
    noise = float(np.square(w * (correction - mean)).sum())
    trust = CORRECTION_SD**2 / (CORRECTION_SD**2 + noise)
    return float(w @ direct) + trust * mean


def effect_scores(scores: Scores, a: int) -> Vector:
    """Pseudo-outcomes of measure a: its AIPW score minus the share under usual practice."""
    return scores.gamma[:, a] - scores.usual


def taken_propensities(examples: Examples, m_hat: Matrix) -> Vector:
    """Probability of the measure that was taken: recorded where it is, else estimated.

    Raises:
        BadPropensityError: a recorded one is no probability of a decision that was taken.
        PropensityUnknownError: none is recorded and there is no model.
    """
    recorded = examples.recorded_propensity
    bad = np.isfinite(recorded) & ~((recorded > 0) & (recorded <= 1))
    if bad.any():
        raise BadPropensityError(int(bad.sum()))
    taken = np.where(np.isnan(recorded), m_hat[np.arange(len(examples)), examples.arm], recorded)
    if np.isnan(taken).any():
        raise PropensityUnknownError(int(np.isnan(taken).sum()))
    return np.asarray(taken)


def score_examples(inputs: Inputs, examples: Examples, nuisances: Nuisances, trim: float) -> Scores:
    """AIPW scores of `examples` from nuisances that have not seen their debtors."""
    rows = np.arange(len(examples))
    m_hat = nuisances.propensities(inputs.cases)
    taken = taken_propensities(examples, m_hat)
    n_trimmed = int((taken < trim).sum())
    taken = np.maximum(taken, trim)
    g_hat = nuisances.outcomes(inputs, examples.spoken)
    gamma = g_hat.copy()
    ranked = examples.arm < len(examples.measures)
    i, a = rows[ranked], examples.arm[ranked]
    gamma[i, a] += (examples.rate[ranked] - g_hat[i, a]) / taken[ranked]
    usual = nuisances.usual_outcome(inputs.cases)
    return Scores(gamma, g_hat, m_hat[:, :-1], usual, taken, n_trimmed, trim)


def joined(parts: list[tuple[NDArray[np.int64], Scores]], n: int) -> Scores:
    """The scores of n decisions from those of their folds; `parts` tells which rows each has."""
    m = parts[0][1].gamma.shape[1]
    gamma, g_hat, m_hat = (np.zeros((n, m)) for _ in range(3))
    usual, taken = np.zeros(n), np.zeros(n)
    for rows, s in parts:
        gamma[rows], g_hat[rows], m_hat[rows] = s.gamma, s.g_hat, s.m_hat
        usual[rows], taken[rows] = s.usual, s.taken
    n_trimmed = sum(s.n_trimmed for _, s in parts)
    return Scores(gamma, g_hat, m_hat, usual, taken, n_trimmed, parts[0][1].trim)
