"""What not knowing a register costs: how far expected shares move when it is taken away.

Learned out of fold: each fold's ranker, which has not seen its debtors, answers their cases with
all that is known and again without a register. The mean square of the difference is the variance
that the register would have explained; an interval that lacks it is wider by that
(`models.intervals`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.examples import Examples
from models.inputs import Design, Inputs
from models.masking import REGISTERS, unknown_registers
from models.rankers.base import Ranker, all_rates

# Held-out cases of each fold that are asked again, evenly spaced in their own order.
MOST_CASES = 200
# Below this many cases of a measure, what all measures show together is taken.
MIN_CASES = 100


@dataclass(frozen=True)
class UnknownCost:
    """Variances of the expected share by measure: `each` (r, m) where one register is unknown,
    `several` (m,) where none is known, r registers in the order of REGISTERS."""

    each: Matrix
    several: Vector

    def variance(self, unknown: NDArray[np.bool_]) -> Matrix:
        """(n, m) for cases of which the registers `unknown` (n, r) are not known.

        Registers stand in for each other: one tells part of what another would have told. So where
        two or more are unknown, no sum of single costs is enough, and the cost is that of knowing
        none, or the sum where that is more. Nothing unknown costs nothing; more costs no less.
        """
        single = unknown.astype(float) @ self.each
        many = unknown.sum(axis=1) >= 2
        return np.where(many[:, None], np.maximum(single, self.several), single)

    def as_dict(self) -> dict[str, object]:
        """Plain values for the bundle, registers by name."""
        each = {name: row.tolist() for name, row in zip(REGISTERS, self.each, strict=True)}
        return {"each": each, "several": self.several.tolist()}

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> UnknownCost:
        """What `as_dict` wrote. A register that it does not name costs what all together do."""
        each, several = data["each"], data["several"]
        assert isinstance(each, dict)  # noqa: S101  (the bundle's hash was checked)
        return cls(
            np.asarray([each.get(name, several) for name in REGISTERS], dtype=float),
            np.asarray(several, dtype=float),
        )


def learn_unknown_cost(
    rankers: Sequence[Ranker],
    design: Design,
    inputs: Inputs,
    examples: Examples,
    folds: NDArray[np.int64],
) -> UnknownCost:
    """The cost of each register, from `rankers` that were each fitted without one fold."""
    rows = _asked_again(folds, len(rankers))
    asked, lawful, of = inputs.take(rows), examples.lawful[rows], folds[rows]
    known = ~unknown_registers(examples.features[rows])
    expected = _held_out(rankers, asked, of, lawful)

    def cost(registers: NDArray[np.bool_], of_cases: NDArray[np.bool_]) -> Vector:
        """Mean squares (m,) over cases that know at least one of the registers."""
        taken = np.broadcast_to(registers, known.shape)
        moved = expected - _held_out(rankers, design.without(asked, taken), of, lawful)
        return _mean_squares(moved, lawful & of_cases[:, None])

    single = np.eye(len(REGISTERS), dtype=np.bool_)
    each = np.stack([cost(one, known[:, r]) for r, one in enumerate(single)])
    every = np.ones(len(REGISTERS), dtype=np.bool_)
    return UnknownCost(each, cost(every, np.asarray(known.any(axis=1))))


def _held_out(
    rankers: Sequence[Ranker],
    inputs: Inputs,
    folds: NDArray[np.int64],
    where: NDArray[np.bool_],
) -> Matrix:
    """Shares (n, m) within 0..1 of each case from the ranker that was fitted without its fold."""
    rates = np.zeros((len(inputs), inputs.n_measures))
    for k, ranker in enumerate(rankers):
        rows = np.flatnonzero(folds == k)
        if len(rows):
            rates[rows] = all_rates(ranker, inputs.take(rows), where[rows])
    return np.clip(rates, 0.0, 1.0)


def _asked_again(folds: NDArray[np.int64], n_folds: int) -> NDArray[np.int64]:
    """Positions of the cases that are asked again, in order."""
    chosen = []
    for k in range(n_folds):
        rows = np.flatnonzero(folds == k)
        places = np.linspace(0, len(rows) - 1, min(len(rows), MOST_CASES)).astype(np.int64)
        chosen.append(rows[places])
    return np.sort(np.concatenate(chosen))


def _mean_squares(moved: Matrix, counted: NDArray[np.bool_]) -> Vector:
    """By measure over the cases that count, of all measures where it has fewer than MIN_CASES."""
    n = counted.sum(axis=0)
    squares = np.where(counted, moved**2, 0.0).sum(axis=0)
    together = squares.sum() / max(n.sum(), 1)
    return np.asarray(np.where(n >= MIN_CASES, squares / np.maximum(n, 1), together))
