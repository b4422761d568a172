"""Usual practice plus an effect that depends on the case: DR-, X- and R-learner, and a ranking.

With delta_a = E[R | x, a] - usual(x), the advantage of measure a over usual practice, m_hat_a the
propensity, g_hat_a the outcome model and gamma_a the AIPW score (`models.nuisance`), trees are
fitted to a pseudo-outcome of delta_a with a weight (in the cases that speak of a):

    dr   gamma_a - usual                              weight 1
    x    taken:     R - usual                         weight 1 - m_hat_a
         not taken: (g_hat_a - R) (1 - m_hat_a)       weight m_hat_a
    r    taken:     R - usual                         weight 1
         not taken: (usual - R) (1 - m_hat_a)/m_hat_a weight (m_hat_a / (1 - m_hat_a))^2

Two lines of x are Künzel's two imputed effects, pooled by the weights with which he combines them;
r is Nie and Wager's residual on residual, (R - usual) on (1{A = a} - m_hat_a), solved for delta_a.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from models.asking import Asked
from models.boosting import Matrix, Trees, Vector, at_once, fit_trees
from models.calibration import Isotonic, fit_isotonic
from models.examples import Examples
from models.inputs import Design, Rows
from models.nuisance import Scores, effect_scores
from models.parts import Parts, tree_parts
from models.rankers.base import Kind
from models.rankers.constant import usual_parts
from models.settings import TrainingSettings
from models.twins import TwinRows, Twins

MAX_STRETCH: Final = 3.0
OFTEN: Final = 200
EffectKind = Literal["dr_learner", "x_learner", "r_learner"]
EFFECT_KINDS: Final[tuple[EffectKind, ...]] = ("dr_learner", "x_learner", "r_learner")


@dataclass(frozen=True)
class EffectLearner:
    """Usual practice plus a calibrated effect. `effects` has one ensemble per measure, reading the
    facts of the case and of the measure in it; a single one reads the measure's code as well."""

    usual: Trees
    effects: tuple[Trees, ...]
    calibrations: tuple[Isotonic, ...]
    own: tuple[int, ...]
    kind: Kind

    def raw_effect(self, rows: Asked) -> Vector:
        """tau of each pair before calibration."""
        return raw_effects(self.effects, rows)

    def rates(self, rows: Asked) -> Vector:
        """Usual share plus the calibrated effect."""
        rates, raw = rows.of_case(self.usual).copy(), self.raw_effect(rows)
        for a in np.unique(rows.arm):
            at = rows.arm == a
            rates[at] += self.calibrations[a](raw[at])
        return rates

    def contributions(self, rows: Rows) -> Parts:
        """TreeSHAP of both parts; those of the effect are scaled to its calibrated size."""
        whole = usual_parts(self.usual, rows, np.zeros(len(rows)))
        raw = self.raw_effect(rows)
        for a in np.unique(rows.arm):
            at = np.flatnonzero(rows.arm == a)
            base, effect, reach = self._effect_parts(rows.take(at), int(a))
            slope, rest = rescale(base, raw[at], self.calibrations[a])
            whole.base[at] += self.calibrations[a](base)
            whole.values[at] += effect * slope[:, None]
            whole.calibration[at] = rest
            whole.reach[at] += reach * slope[:, None]
        return whole

    def _effect_parts(self, rows: Rows, a: int) -> tuple[Vector, Matrix, Matrix]:
        """Base, values and reach of the raw effect; the measure's own facts are in the base."""
        if len(self.effects) > 1 or len(self.calibrations) == 1:
            return tree_parts(self.effects[a], rows.facts(), rows, self.own)
        x = rows.with_arm()
        base, values, reach = tree_parts(self.effects[0], x, rows, (*self.own, x.shape[1] - 1))
        return base, values[:, :-1], reach[:, :-1]


def raw_effects(effects: tuple[Trees, ...], rows: Asked) -> Vector:
    """tau of each pair before calibration, by the ensemble of its measure or by the only one."""
    if len(effects) == 1:
        return rows.of_pair(effects[0])
    return rows.of_measure(dict(enumerate(effects)))


def rescale(base: Vector, total: Vector, through: Isotonic) -> tuple[Vector, Vector]:
    """What contributions to `total` are multiplied by to become ones to `through(total)`.

    The slope of the chord from base to total (the rescale rule of Shrikumar, Greenside and Kundaje
    2017), held within 0 and MAX_STRETCH: a calibration that flattens effects flattens their
    reasons too. Beside it the rest, the rise from `through(base)` that such a slope leaves over.
    """
    start, end = through(base), through(total)
    run = total - base
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(np.abs(run) > 1e-12, (end - start) / run, 0.0)
    slope = np.clip(slope, 0.0, MAX_STRETCH)
    return slope, end - start - slope * run


def pseudo_outcomes(
    kind: EffectKind, examples: Examples, scores: Scores, a: int
) -> tuple[Vector, Vector]:
    """Pseudo-outcomes of delta_a and their weights, (n,) each."""
    if kind == "dr_learner":
        return effect_scores(scores, a), np.ones(len(examples))
    took = examples.arm == a
    m_hat = np.clip(scores.m_hat[:, a], scores.trim, 1.0 - scores.trim)
    r, usual = examples.rate, scores.usual
    if kind == "x_learner":
        target = np.where(took, r - usual, (scores.g_hat[:, a] - r) * (1.0 - m_hat))
        return target, np.where(took, 1.0 - m_hat, m_hat)
    odds = m_hat / (1.0 - m_hat)
    return np.where(took, r - usual, (usual - r) / odds), np.where(took, 1.0, odds**2)


def fit_effects(
    kind: EffectKind,
    twins: Callable[[int, NDArray[np.int64]], TwinRows],
    examples: Examples,
    scores: Scores,
    design: Design,
    settings: TrainingSettings,
    seed: int,
) -> tuple[Trees, ...]:
    """tau_a of every measure, from the decisions where it was lawful or taken.

    `twins(a, rows)` gives those decisions under measure a, with their copies without registers.
    """
    weight = examples.weights(settings.size_weight, settings.winsorise_at)

    def of_one(a: int) -> Trees:
        at = np.flatnonzero(examples.speaks_of(a))
        target, own = pseudo_outcomes(kind, examples, scores, a)
        rows, y, weights = twins(a, at).doubled(target[at], (weight * own)[at], None)
        return fit_trees(
            rows.facts(),
            y,
            settings.effect,
            objective="regression",
            categorical=design.categorical,
            seed=seed + 100 * (a + 1),
            weight=weights,
        )

    jobs = [partial(of_one, a) for a in range(len(examples.measures))]
    return tuple(at_once(jobs, settings.threads))


def fit_ranking(
    twins: Twins,
    examples: Examples,
    scores: Scores,
    design: Design,
    settings: TrainingSettings,
    seed: int,
) -> tuple[Trees, ...]:
    """One lambdarank ensemble over the lawful measures of each case, and of its copy if it has one.

    The relevance of a measure is its place among those of the case by out-of-fold expected share
    corrected towards its AIPW score, in `relevance_levels` steps.
    """
    several = np.flatnonzero(examples.lawful.sum(axis=1) >= 2)[: settings.ranked_cases]
    i, a = np.nonzero(examples.lawful[several])
    again = twins.has_copy[several[i]]
    known, masked = twins.inputs.of(several[i], a), twins.masked.of(several[i], a)
    value = (
        scores.g_hat[several[i], a]
        + settings.relevance_trust
        * (np.clip(scores.gamma, -1.0, 2.0) - scores.g_hat)[several[i], a]
    )
    relevance = _levels(value, i, settings.relevance_levels)
    trees = fit_trees(
        np.concatenate([known.with_arm(), masked.take(again).with_arm()]),
        np.concatenate([relevance, relevance[again]]),
        settings.ranking,
        objective="lambdarank",
        categorical=design.with_arm,
        seed=seed,
        groups=[*np.bincount(i), *np.unique(i[again], return_counts=True)[1]],
    )
    return (trees,)


def _levels(value: Vector, group: NDArray[np.int64], n_levels: int) -> Vector:
    """Each value's place between the least and the most of its group, 0..n_levels - 1."""
    low = np.full(int(group.max(initial=-1)) + 1, np.inf)
    high = np.full(len(low), -np.inf)
    np.minimum.at(low, group, value)
    np.maximum.at(high, group, value)
    span = np.maximum((high - low)[group], 1e-12)
    return np.asarray(np.floor((value - low[group]) / span * (n_levels - 1) + 0.5))


def calibrate_effects(
    predicted: Matrix, examples: Examples, scores: Scores, rows: NDArray[np.bool_], n_bins: int
) -> tuple[Isotonic, ...]:
    """One isotonic map per measure, learned on `rows` from out-of-fold effects (n, m).

    A measure that was taken fewer than OFTEN times has the map of all together.
    """
    spoken = examples.spoken & rows[:, None]
    effects = scores.gamma - scores.usual[:, None]
    together = fit_isotonic(predicted[spoken], effects[spoken], n_bins)
    maps = []
    for a in range(len(examples.measures)):
        use = spoken[:, a]
        often = (examples.arm[rows] == a).sum() >= OFTEN
        maps.append(fit_isotonic(predicted[use, a], effects[use, a], n_bins) if often else together)
    return tuple(maps)
