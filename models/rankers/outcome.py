"""Outcome models: the recovered share as a cross-entropy ensemble, of all measures or of each.

Such an ensemble adds up log odds. Its TreeSHAP values are carried to shares by the chord from the
base to the whole (the rescale rule of Shrikumar, Greenside and Kundaje 2017):

    share(f) - share(b) = sum of phi_j * (share(f) - share(b)) / (f - b),   f = b + sum of phi_j

which is exact. The base b is what the trees expect of that measure without knowing the debtor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from models.asking import Asked
from models.boosting import Matrix, Trees, Vector, at_once, fit_trees, predict_raw, shortened
from models.examples import Examples
from models.inputs import Design, Rows
from models.masking import balance
from models.parts import Parts, tree_parts
from models.rankers.base import Kind
from models.settings import Boosting, TrainingSettings
from models.twins import TwinRows


@dataclass(frozen=True)
class SLearner:
    """One outcome model with the measure among its inputs; `own` are the positions of the facts
    that belong to the measure and not to the debtor."""

    outcome: Trees
    own: tuple[int, ...]
    kind: Kind = "s_learner"

    def rates(self, rows: Asked) -> Vector:
        """The outcome model's own prediction."""
        return np.asarray(expit(rows.of_pair(self.outcome)))

    def contributions(self, rows: Rows) -> Parts:
        """TreeSHAP given the measure, carried to shares."""
        return share_parts(self.outcome, rows, self.own, with_arm=True)


@dataclass(frozen=True)
class TLearner:
    """One outcome model per measure that was taken often enough; the others are the S-learner's."""

    outcomes: Mapping[int, Trees]
    other: SLearner
    kind: Kind = "t_learner"

    def rates(self, rows: Asked) -> Vector:
        """Each measure by its own model."""
        rates = np.asarray(expit(rows.of_measure(self.outcomes)))
        has_own = np.isin(rows.arm, list(self.outcomes))
        return rates if has_own.all() else np.where(has_own, rates, self.other.rates(rows))

    def contributions(self, rows: Rows) -> Parts:
        """Those of the measure's own model."""
        k, d = len(rows), rows.cases.shape[1] + rows.pairs.shape[1]
        found = Parts(np.zeros(k), np.zeros((k, d)), np.zeros(k), np.zeros((k, d)))
        for a in np.unique(rows.arm):
            at = np.flatnonzero(rows.arm == a)
            own, part = self.outcomes.get(int(a)), rows.take(at)
            parts = (
                self.other.contributions(part)
                if own is None
                else share_parts(own, part, self.other.own, with_arm=False)
            )
            found.base[at], found.values[at] = parts.base, parts.values
            found.reach[at] = parts.reach
        return found


def share_parts(trees: Trees, rows: Rows, own: tuple[int, ...], *, with_arm: bool) -> Parts:
    """Parts of the share from an ensemble that adds up log odds, given the measure: columns `own`
    and, where it is read, the measure's code."""
    x = rows.with_arm() if with_arm else rows.facts()
    fixed = (*own, x.shape[1] - 1) if with_arm else own
    base, values, reach = tree_parts(trees, x, rows, fixed)
    slope = chord(base, predict_raw(trees, x))
    values, reach = values * slope[:, None], reach * slope[:, None]
    if with_arm:
        values, reach = values[:, :-1], reach[:, :-1]
    return Parts(np.asarray(expit(base)), values, np.zeros(len(x)), reach)


def chord(start: Vector, end: Vector) -> Vector:
    """Slope of the logistic function between two points; its derivative where they meet.

    >>> chord(np.array([0.0]), np.array([0.0])).tolist()
    [0.25]
    """
    run = end - start
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (expit(end) - expit(start)) / run
    middle = expit((start + end) / 2.0)
    return np.asarray(np.where(np.abs(run) > 1e-9, slope, middle * (1.0 - middle)))


def fit_share(
    x: Matrix,
    y: Vector,
    weight: Vector,
    boosting: Boosting,
    categorical: list[int],
    seed: int,
) -> Trees:
    """Trees fitted to shares by cross-entropy."""
    return fit_trees(
        x,
        np.clip(y, 0.0, 1.0),
        boosting,
        objective="cross_entropy",
        categorical=categorical,
        seed=seed,
        weight=weight,
    )


def fit_s_learner(
    twins: TwinRows,
    examples: Examples,
    taken: Vector,
    design: Design,
    settings: TrainingSettings,
    seed: int,
) -> SLearner:
    """g(x, a) of the measures that were taken, with balanced copies (`models.masking`)."""
    ranked = np.flatnonzero(examples.arm < len(examples.measures))
    weight = examples.weights(settings.size_weight, settings.winsorise_at)
    of_copies = balance(examples.arm, taken)
    rows, y, weights = twins.take(ranked).doubled(
        examples.rate[ranked], weight[ranked], of_copies[ranked]
    )
    trees = fit_share(rows.with_arm(), y, weights, settings.share, design.with_arm, seed)
    return SLearner(trees, own_columns(design))


def shortened_to(learner: SLearner, rounds: int) -> SLearner:
    """The same after fewer rounds of boosting."""
    return SLearner(shortened(learner.outcome, rounds), learner.own)


def rates_after(learner: SLearner, rows: Rows, rounds: int) -> Vector:
    """The shares of the pairs as they would be after fewer rounds."""
    booster = learner.outcome.booster
    return np.asarray(booster.predict(rows.with_arm(), num_iteration=rounds), dtype=float)


def own_columns(design: Design) -> tuple[int, ...]:
    """Positions of the facts that belong to the measure."""
    told = set(design.told.tolist())
    return tuple(j for j in range(len(design.names)) if j not in told)


def fit_t_learner(
    twins: TwinRows,
    examples: Examples,
    other: SLearner,
    design: Design,
    settings: TrainingSettings,
    seed: int,
) -> TLearner:
    """A model of its own for each measure that was taken at least `t_least` times."""
    weight = examples.weights(settings.size_weight, settings.winsorise_at)

    def of_one(a: int) -> Trees:
        at: NDArray[np.int64] = np.flatnonzero(examples.arm == a)
        rows, y, weights = twins.take(at).doubled(examples.rate[at], weight[at], None)
        own = seed + 100 * (a + 1)
        return fit_share(rows.facts(), y, weights, settings.share_of_one, design.categorical, own)

    counts = np.bincount(examples.arm, minlength=len(examples.measures))
    often = [a for a in range(len(examples.measures)) if counts[a] >= settings.t_least]
    fitted = at_once([partial(of_one, a) for a in often], settings.threads)
    return TLearner(dict(zip(often, fitted, strict=True)), other)
