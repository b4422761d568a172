"""What not knowing a register costs: how far expected shares move when it is taken away.

Learned out of fold: each fold's ranker, which has not seen its debtors, answers their cases with
all that is known and again without a register. The cost, a variance of the expected share, is

- the mean square of the difference: what the register would have explained of the case; and
- where the fold rankers agree more without the register than with it, what the sampling error then
  falls short, so that of NOT_NARROWER held-out cases none has a narrower interval for knowing less:
  that trees have less to disagree about does not make anybody surer.

An interval that lacks the register is wider by that (`models.intervals`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.examples import Examples
from models.inputs import Design, Inputs
from models.intervals import jackknife_draws, se_of_draws
from models.masking import REGISTERS, unknown_registers
from models.rankers.base import Ranker

# Held-out cases of each fold that are asked again, evenly spaced in their own order.
MOST_CASES = 300
# Below this many cases of a measure, what all measures show together is taken.
MIN_CASES = 150
NOT_NARROWER = 0.95


@dataclass(frozen=True)
class UnknownCost:
    """Variances of the expected share by measure: `each` (r, m) where one register is unknown,
    `several` (m,) where none is known, r registers in the order of REGISTERS. `never` names the
    registers that no past case had, as in a legal order without them."""

    each: Matrix
    several: Vector
    never: tuple[str, ...] = ()

    def variance(self, unknown: NDArray[np.bool_]) -> Matrix:
        """(n, m) for cases of which the registers `unknown` (n, r) are not known.

        Registers stand in for each other: one tells part of what another would have told. So where
        two or more are unknown, no sum of single costs is enough, and the cost is that of knowing
        none, or the sum where that is more. Nothing unknown costs nothing; more costs no less. What
        no past case had would have told nobody anything: not knowing it costs nothing.
        """
        unknown = unknown & [name not in self.never for name in REGISTERS]
        single = np.zeros((len(unknown), self.each.shape[1]))
        for of_register, cost in zip(unknown.T, self.each, strict=True):
            single += (
                of_register[:, None] * cost
            )  # in one order, so that a further one never lowers
        many = unknown.sum(axis=1) >= 2
        return np.where(many[:, None], np.maximum(single, self.several), single)

    def as_dict(self) -> dict[str, object]:
        """Plain values for the bundle, registers by name."""
        each = {name: row.tolist() for name, row in zip(REGISTERS, self.each, strict=True)}
        return {"each": each, "several": self.several.tolist(), "never": list(self.never)}

    @classmethod
    def from_dict(cls, data: dict[str, object]) -> UnknownCost:
        """What `as_dict` wrote. A register that it does not name costs what all together do."""
        each, several, never = data["each"], data["several"], data.get("never", [])
        assert isinstance(each, dict)  # noqa: S101  (the bundle's hash was checked)
        return cls(
            np.asarray([each.get(name, several) for name in REGISTERS], dtype=float),
            np.asarray(several, dtype=float),
            tuple(str(name) for name in never) if isinstance(never, list) else (),
        )


def learn_unknown_cost(
    rankers: Sequence[Ranker],
    design: Design,
    inputs: Inputs,
    examples: Examples,
    folds: NDArray[np.int64],
    interval_scale: float,
) -> UnknownCost:
    """The cost of each register, from `rankers` that were each fitted without one fold."""
    rows = _asked_again(folds, len(rankers))
    asked, lawful, of = inputs.take(rows), examples.lawful[rows], folds[rows]
    known = ~unknown_registers(examples.features[rows])

    def answers(facts: Inputs) -> tuple[Matrix, Matrix]:
        """Held-out shares (n, m), and what sampling adds to their variance."""
        draws = np.clip(jackknife_draws(rankers, facts, lawful), 0.0, 1.0)
        return draws[of, np.arange(len(facts))], (interval_scale * se_of_draws(draws)) ** 2

    expected, sampling = answers(asked)

    def cost(registers: NDArray[np.bool_], of_cases: NDArray[np.bool_]) -> Vector:
        """(m,), over cases that know at least one of the registers."""
        taken = np.broadcast_to(registers, known.shape)
        without, surer = answers(design.without(asked, taken))
        counted = lawful & of_cases[:, None]
        shortfall = np.maximum(sampling - surer, 0.0)
        return _by_measure(
            (expected - without) ** 2, counted, lambda found: float(found.mean())
        ) + _by_measure(shortfall, counted, _surely_not_narrower)

    single = np.eye(len(REGISTERS), dtype=np.bool_)
    each = np.stack([cost(one, known[:, r]) for r, one in enumerate(single)])
    every = np.ones(len(REGISTERS), dtype=np.bool_)
    had = np.asarray((~unknown_registers(examples.features)).any(axis=0))
    never = tuple(name for name, is_had in zip(REGISTERS, had, strict=True) if not is_had)
    return UnknownCost(each, cost(every, np.asarray(known.any(axis=1))), never)


def _surely_not_narrower(found: Vector) -> float:
    """The quantile of the shortfall that others, not only those asked, exceed that seldom.

    The level is raised by two standard errors of a share of so many cases.
    """
    error = np.sqrt(NOT_NARROWER * (1.0 - NOT_NARROWER) / len(found))
    return float(np.quantile(found, min(NOT_NARROWER + 2.0 * error, 1.0)))


def _asked_again(folds: NDArray[np.int64], n_folds: int) -> NDArray[np.int64]:
    """Positions of the cases that are asked again, in order."""
    chosen = []
    for k in range(n_folds):
        rows = np.flatnonzero(folds == k)
        places = np.linspace(0, len(rows) - 1, min(len(rows), MOST_CASES)).astype(np.int64)
        chosen.append(rows[places])
    return np.sort(np.concatenate(chosen))


def _by_measure(
    values: Matrix, counted: NDArray[np.bool_], of: Callable[[Vector], float]
) -> Vector:
    """`of` (m,) the values that count; of all measures where one has fewer than MIN_CASES."""
    if not counted.any():
        return np.zeros(values.shape[1])
    together = of(values[counted])
    return np.asarray(
        [
            of(values[rows, a]) if rows.sum() >= MIN_CASES else together
            for a, rows in enumerate(counted.T)
        ]
    )
