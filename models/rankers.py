"""The rankers of the tournament: what each says of the recovered share under each measure.

All speak on one scale, the expected share R of the outstanding amount recovered within the
outcome window, so that one scorer turns any of them into net money and into contributions:

    constant    R(x, a) = usual(x) + delta_a                        delta_a: mean AIPW effect
    s_learner   R(x, a) = g(x, a)                                   Künzel et al. 2019
    dr_learner  R(x, a) = usual(x) + calibrated(tau_a(x))           Kennedy 2023, van der Laan 2023

`usual(x)` is the share expected under what officers usually choose: an effect is an advantage
over usual practice, so measures that are lawful in different cases stay comparable.

All of these trees are fitted with copies of examples that lack registers (`models.masking`). The
scores that effects are learned from were made with all registers known: a copy keeps the score of
its original, whose mean over what a missing register may say is the effect where it is missing.
Where outcomes themselves are learned by measure, copies are balanced by 1 / m_hat for that mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Trees, Vector, fit_trees, predict
from models.calibration import Isotonic, fit_isotonic
from models.design import Encoder
from models.examples import Examples
from models.masking import Facts, balance
from models.nuisance import Nuisances, Scores, with_arm
from models.parts import Parts, tree_parts
from models.settings import TrainingSettings

Kind = Literal["constant", "dr_learner", "s_learner"]
# From the simplest to the most flexible: the one-standard-error rule prefers the earlier.
KINDS: tuple[Kind, ...] = ("constant", "dr_learner", "s_learner")


class Ranker(Protocol):
    """Expected recovered share of each (case, measure), and what each fact contributes to it."""

    @property
    def kind(self) -> Kind:
        """Which of the rankers this is."""
        ...

    def rates(self, x: Matrix, arm: NDArray[np.int64]) -> Vector:
        """R(x_i, arm_i), (n,), before it is held within 0..1."""
        ...

    def contributions(self, x: Matrix, arm: NDArray[np.int64]) -> Parts:
        """The parts that add up to `rates`."""
        ...


@dataclass(frozen=True)
class ConstantRanker:
    """Usual practice plus one average effect per measure: an order that is equal for all."""

    usual: Trees
    delta: tuple[float, ...]
    kind: Kind = "constant"

    def rates(self, x: Matrix, arm: NDArray[np.int64]) -> Vector:
        """Usual share plus the measure's average effect."""
        return np.asarray(predict(self.usual, x) + np.asarray(self.delta)[arm])

    def contributions(self, x: Matrix, arm: NDArray[np.int64]) -> Parts:
        """TreeSHAP of the usual share; the effect belongs to the measure, hence to the base."""
        base, values, reach = tree_parts(self.usual, x)
        return Parts(base + np.asarray(self.delta)[arm], values, np.zeros(len(x)), reach)


@dataclass(frozen=True)
class SLearner:
    """One outcome model with the measure among its inputs."""

    outcome: Trees
    kind: Kind = "s_learner"

    def rates(self, x: Matrix, arm: NDArray[np.int64]) -> Vector:
        """The outcome model's own prediction."""
        return predict(self.outcome, with_arm(x, arm))

    def contributions(self, x: Matrix, arm: NDArray[np.int64]) -> Parts:
        """TreeSHAP; what the measure itself contributes is part of the base."""
        base, values, reach = tree_parts(self.outcome, with_arm(x, arm))
        return Parts(base + values[:, -1], values[:, :-1], np.zeros(len(x)), reach[:, :-1])


@dataclass(frozen=True)
class DRLearner:
    """Usual practice plus a calibrated effect that depends on the case."""

    usual: Trees
    effects: tuple[Trees, ...]
    calibrations: tuple[Isotonic, ...]
    kind: Kind = "dr_learner"

    def raw_effect(self, x: Matrix, a: int) -> Vector:
        """tau_a(x) before calibration."""
        return predict(self.effects[a], x)

    def rates(self, x: Matrix, arm: NDArray[np.int64]) -> Vector:
        """Usual share plus the calibrated effect."""
        rates = predict(self.usual, x)
        for a in np.unique(arm):
            rows = arm == a
            rates[rows] += self.calibrations[a](self.raw_effect(x[rows], a))
        return rates

    def contributions(self, x: Matrix, arm: NDArray[np.int64]) -> Parts:
        """TreeSHAP of both parts; those of the effect are scaled to its calibrated size."""
        base, values, reach = tree_parts(self.usual, x)
        calibration = np.zeros(len(x))
        for a in np.unique(arm):
            rows = np.flatnonzero(arm == a)
            effect_base, effect, most = tree_parts(self.effects[a], x[rows])
            raw = self.raw_effect(x[rows], a)
            slope, rest = rescale(effect_base, raw, self.calibrations[a])
            base[rows] += self.calibrations[a](effect_base)
            values[rows] += effect * slope[:, None]
            calibration[rows] = rest
            reach[rows] += most * slope[:, None]
        return Parts(base, values, calibration, reach)


MAX_STRETCH = 3.0


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


def effect_scores(scores: Scores, a: int) -> Vector:
    """Pseudo-outcomes of measure a: its AIPW score minus the share under usual practice."""
    return scores.gamma[:, a] - scores.usual


def fit_constant(
    nuisances: Nuisances, examples: Examples, scores: Scores, settings: TrainingSettings
) -> ConstantRanker:
    """Average AIPW effect of each measure over the decisions that speak of it."""
    weight = examples.weights(settings.size_weight, settings.winsorise_at)
    delta = []
    for a in range(len(examples.measures)):
        rows = examples.speaks_of(a)
        delta.append(float(np.average(effect_scores(scores, a)[rows], weights=weight[rows])))
    return ConstantRanker(nuisances.usual, tuple(delta))


def fit_s_learner(
    facts: Facts,
    examples: Examples,
    scores: Scores,
    encoder: Encoder,
    settings: TrainingSettings,
    seed: int,
) -> SLearner:
    """The outcome model g(x, a), fitted with balanced copies."""
    weight = examples.weights(settings.size_weight, settings.winsorise_at)
    of_copies = balance(examples.arm, scores.taken)
    x, y, weights = facts.with_arm(examples.arm).doubled(examples.rate, weight, of_copies)
    return SLearner(
        fit_trees(
            x,
            y,
            settings.outcome,
            objective="regression",
            categorical=[*encoder.categorical, facts.x.shape[1]],
            seed=seed,
            threads=settings.threads,
            weight=weights,
        )
    )


def fit_effects(
    facts: Facts,
    examples: Examples,
    scores: Scores,
    encoder: Encoder,
    settings: TrainingSettings,
    seed: int,
) -> tuple[Trees, ...]:
    """tau_a: trees fitted to the pseudo-outcomes of measure a where it was lawful or taken."""
    weight = examples.weights(settings.size_weight, settings.winsorise_at)
    fitted = []
    for a in range(len(examples.measures)):
        rows = np.flatnonzero(examples.speaks_of(a))
        x, y, weights = facts.take(rows).doubled(effect_scores(scores, a)[rows], weight[rows])
        fitted.append(
            fit_trees(
                x,
                y,
                settings.effect,
                objective="regression",
                categorical=encoder.categorical,
                seed=seed + 100 * (a + 1),
                threads=settings.threads,
                weight=weights,
            )
        )
    return tuple(fitted)


def calibrate_effects(
    predicted: Matrix, examples: Examples, scores: Scores, rows: NDArray[np.bool_], n_bins: int
) -> tuple[Isotonic, ...]:
    """One isotonic map per measure, learned on `rows` from out-of-fold effects (n, m)."""
    maps = []
    for a in range(len(examples.measures)):
        own = rows & examples.speaks_of(a)
        use = own if own.any() else rows
        maps.append(fit_isotonic(predicted[use, a], effect_scores(scores, a)[use], n_bins))
    return tuple(maps)


def predict_effects(effects: tuple[Trees, ...], x: Matrix) -> Matrix:
    """tau(x), (n, m), before calibration."""
    return np.column_stack([predict(trees, x) for trees in effects])


def all_rates(ranker: Ranker, x: Matrix, m: int) -> Matrix:
    """R(x, a) of every measure, (n, m)."""
    if isinstance(ranker, ConstantRanker):
        return np.asarray(predict(ranker.usual, x)[:, None] + np.asarray(ranker.delta)[:m])
    return np.column_stack([ranker.rates(x, np.full(len(x), a)) for a in range(m)])


def held_out_rates(
    rankers: Sequence[Ranker], x: Matrix, folds: NDArray[np.int64], m: int
) -> Matrix:
    """R(x, a), (n, m), of each case from the ranker that was fitted without its fold."""
    rates = np.zeros((len(x), m))
    for k, ranker in enumerate(rankers):
        rows = folds == k
        rates[rows] = all_rates(ranker, x[rows], m)
    return rates
