"""A weighted mean of rankers: over the folds of debtors, or over several kinds (a stack)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from models.asking import Asked
from models.boosting import Matrix, Vector
from models.inputs import Rows
from models.parts import Parts
from models.rankers.base import Kind, Ranker


@dataclass(frozen=True)
class Blend:
    """The mean of `members` by `weights`, which add up to one."""

    members: tuple[Ranker, ...]
    weights: tuple[float, ...]
    kind: Kind

    @property
    def is_bag(self) -> bool:
        """Whether the members are one kind of ranker, each fitted without one fold."""
        return all(member.kind == self.kind for member in self.members)

    def rates(self, rows: Asked) -> Vector:
        """The mean of the members' shares."""
        return np.asarray(
            sum(w * r.rates(rows) for w, r in zip(self.weights, self.members, strict=True))
        )

    def contributions(self, rows: Rows) -> Parts:
        """The mean of the members' parts: means of exact parts are exact."""
        parts = [r.contributions(rows) for r in self.members]
        w = self.weights
        return Parts(
            _mean([p.base for p in parts], w),
            _mean([p.values for p in parts], w),
            _mean([p.calibration for p in parts], w),
            _mean([p.reach for p in parts], w),
            _mean([p.limits_of(len(rows)) for p in parts], w),
            np.stack([p.values for p in parts]) if self.is_bag else None,
        )


def _mean(values: Sequence[Matrix], weights: Sequence[float]) -> Matrix:
    total = weights[0] * values[0]
    for w, v in zip(weights[1:], values[1:], strict=True):
        total = total + w * v
    return np.asarray(total)


def bag(members: Sequence[Ranker]) -> Blend:
    """The plain mean of the rankers that were fitted without one fold each."""
    return Blend(tuple(members), (1.0 / len(members),) * len(members), members[0].kind)


def stack_weights(columns: Matrix, y: Vector, weight: Vector) -> Vector:
    """Convex weights of out-of-fold shares `columns` (n, k) that fit the outcomes best.

    Least squares without negative weights (Breiman 1996), then made to add up to one.
    """
    root = np.sqrt(weight)
    found, _ = nnls(columns * root[:, None], y * root)
    total = float(found.sum())
    if total <= 0:
        return np.full(columns.shape[1], 1.0 / columns.shape[1])
    return np.asarray(found / total)
