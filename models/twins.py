"""Examples as trees are fitted to them: each as it was known, some once more without registers.

See `models.masking`: copies stand beside the originals, which keep all that they say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Vector
from models.inputs import Inputs, Rows


@dataclass(frozen=True)
class TwinRows:
    """k pairs as they were known, `masked` the same without the registers that were drawn;
    `has_copy` (k,) tells which of these stand beside the originals."""

    rows: Rows
    masked: Rows
    has_copy: NDArray[np.bool_]

    def take(self, rows: NDArray[np.int64]) -> TwinRows:
        """The pairs at `rows`."""
        return TwinRows(self.rows.take(rows), self.masked.take(rows), self.has_copy[rows])

    def doubled(
        self, y: Vector, weight: Vector, of_copies: Vector | None
    ) -> tuple[Rows, Vector, Vector]:
        """Originals and copies to fit trees to: pairs, outcomes `y` (k,) and weights.

        A copy has the outcome and weight of its original, the latter times `of_copies` (k,).
        """
        copies = np.flatnonzero(self.has_copy)
        theirs = weight if of_copies is None else weight * of_copies
        masked = self.masked.take(copies)
        rows = Rows(
            np.concatenate([self.rows.cases, masked.cases]),
            np.concatenate([self.rows.pairs, masked.pairs]),
            np.concatenate([self.rows.arm, masked.arm]),
        )
        return rows, np.concatenate([y, y[copies]]), np.concatenate([weight, theirs[copies]])


@dataclass(frozen=True)
class Twins:
    """n cases by m measures, and the same without the registers that were drawn."""

    inputs: Inputs
    masked: Inputs
    has_copy: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.inputs)

    def take(self, rows: NDArray[np.int64]) -> Twins:
        """The cases at `rows`."""
        return Twins(self.inputs.take(rows), self.masked.take(rows), self.has_copy[rows])

    def under(self, arm: NDArray[np.int64]) -> TwinRows:
        """Each case under one measure, `arm` (n,); the last one where a decision took another."""
        held = np.minimum(arm, self.inputs.n_measures - 1)
        return TwinRows(self.inputs.under(held), self.masked.under(held), self.has_copy)

    def of(self, a: int, rows: NDArray[np.int64]) -> TwinRows:
        """The cases at `rows` under measure a."""
        arm = np.full(len(rows), a)
        return TwinRows(self.inputs.of(rows, arm), self.masked.of(rows, arm), self.has_copy[rows])
