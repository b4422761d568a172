"""Usual practice plus one average effect per measure: an order that is equal for all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.asking import Asked
from models.boosting import Trees, Vector
from models.examples import Examples
from models.inputs import Rows
from models.nuisance import Scores, mean_effect
from models.parts import Parts, tree_parts
from models.rankers.base import Kind
from models.settings import TrainingSettings


@dataclass(frozen=True)
class ConstantRanker:
    """`usual` reads the facts of the case; `delta` (m) is what each measure adds on average."""

    usual: Trees
    delta: tuple[float, ...]
    kind: Kind = "constant"

    def rates(self, rows: Asked) -> Vector:
        """Usual share plus the measure's average effect."""
        return np.asarray(rows.of_case(self.usual) + np.asarray(self.delta)[rows.arm])

    def contributions(self, rows: Rows) -> Parts:
        """TreeSHAP of the usual share; the effect belongs to the measure, hence to the base."""
        return usual_parts(self.usual, rows, np.asarray(self.delta)[rows.arm])


def usual_parts(usual: Trees, rows: Rows, effect: Vector) -> Parts:
    """Parts of usual practice, with an effect of the measure in the base."""
    base, values, reach = tree_parts(usual, rows.cases, rows)
    nothing = np.zeros_like(rows.pairs)
    return Parts(
        base + effect,
        np.concatenate([values, nothing], axis=1),
        np.zeros(len(rows)),
        np.concatenate([reach, nothing], axis=1),
    )


def fit_constant(
    usual: Trees, examples: Examples, scores: Scores, settings: TrainingSettings
) -> ConstantRanker:
    """Average AIPW effect of each measure over the decisions that speak of it."""
    weight = examples.weights(settings.size_weight, settings.winsorise_at)
    delta = []
    for a in range(len(examples.measures)):
        delta.append(mean_effect(scores, a, examples.speaks_of(a), weight))
    return ConstantRanker(usual, tuple(delta))
