"""Whether what a model states holds what a trial shows.

A trial shows one outcome of each decision, never its expectation, so that no single interval can be
looked at. Means can: of a cell of decisions that were drawn the same arm and have like stated
shares, the mean outcome is as likely above the mean of the stated shares as below.

    near    the mean outcome lies within what sampling allows: the noise of the cell's outcomes and
            the stated error of the mean itself (the jackknife at its scale)
    whole   the mean outcome lies between the means of the stated ends

The error of a cell's mean is at most the mean of its cases' errors: `near` should hold in 90 % of
the cells or more. The stated ends also leave room for what no register shows of one case
(`models.intervals`). A cell's mean averages that away: `whole` should always hold, and how wide
that room must be cannot be told from one outcome per case. The scale was set on some of the
decisions; only others are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Vector
from models.intervals import Z90, beta_ends, se_of_draws
from models.masking import unknown_registers
from models.policy_value import clustered_se
from models.spread import Spread
from models.tournament import clusters_of
from models.training import N_HELD, Trained
from pipelines.trials.values import Answers, Estimate

N_BINS: Final = 10
STATED: Final = 0.9


@dataclass(frozen=True)
class Cell:
    """Decisions of one arm with like stated shares; all figures are means over the cell."""

    arm: int
    n: int
    stated: float
    shown: float
    noise: float
    error: float
    low: float
    high: float

    @property
    def is_near(self) -> bool:
        """Whether the outcome lies as near as sampling allows, at 90 %."""
        return abs(self.shown - self.stated) <= Z90 * float(np.hypot(self.noise, self.error))

    @property
    def is_within(self) -> bool:
        """Whether the outcome lies between the stated ends."""
        return self.low <= self.shown <= self.high


@dataclass(frozen=True)
class Held:
    """What the cells of a trial show of the stated intervals.

    `arms` has, of those who were drawn each arm, the mean stated share and what came of it; `width`
    is the mean width of the stated intervals of what was drawn.
    """

    cells: tuple[Cell, ...]
    arms: tuple[tuple[float, Estimate], ...]
    width: float

    @property
    def near(self) -> float:
        """The share of cells whose outcome is as near as sampling allows."""
        return float(np.mean([c.is_near for c in self.cells]))

    @property
    def within(self) -> float:
        """The share of cells whose outcome lies between the stated ends."""
        return float(np.mean([c.is_within for c in self.cells]))

    @property
    def chance(self) -> float:
        """How far below 90 % chance alone brings the share of so many cells, at 95 %."""
        return 1.96 * float(np.sqrt(STATED * (1 - STATED) / len(self.cells)))

    @property
    def is_right(self) -> bool:
        """Whether the intervals hold: `near` not below 90 % by more than chance, `within` not."""
        return self.near >= STATED - self.chance and self.within >= STATED - self.chance


def check_intervals(trained: Trained, answers: Answers) -> Held:
    """The cells of each arm by tenths of the stated share, out of fold."""
    examples = trained.examples
    n, m = examples.lawful.shape
    rows, own = np.arange(n), np.minimum(examples.arm, m - 1)
    taken = np.zeros((n, m), dtype=np.bool_)
    taken[rows, own] = examples.arm < m
    draws, rate = answers.draws, answers.rates
    spread = Spread(trained.interval_scale, trained.hidden, trained.unknown_cost)
    low, high = beta_ends(rate, spread.variances(rate, draws, unknown_registers(examples.features)))
    error = trained.interval_scale * se_of_draws(draws)
    looked_at = np.ones(n, dtype=np.bool_)
    if n > 2 * N_HELD:  # of fewer decisions too few would be left
        looked_at[np.linspace(0, n - 1, N_HELD).astype(np.int64)] = False
    clusters, stated = clusters_of(examples), rate[rows, own]
    cells, arms = [], []
    for a in range(m):
        everyone = np.flatnonzero(taken[:, a])
        arms.append((float(stated[everyone].mean()), _shown(examples.rate, clusters, everyone)))
        mine = np.flatnonzero(taken[:, a] & looked_at)
        for b in np.array_split(mine[np.argsort(stated[mine], kind="stable")], N_BINS):
            if len(np.unique(clusters[b])) < 2:
                continue
            cells.append(
                Cell(
                    a,
                    len(b),
                    float(stated[b].mean()),
                    float(examples.rate[b].mean()),
                    _shown(examples.rate - stated, clusters, b).se,
                    float(error[b, a].mean()),
                    float(low[b, a].mean()),
                    float(high[b, a].mean()),
                )
            )
    return Held(tuple(cells), tuple(arms), float((high - low)[taken].mean()))


def _shown(values: Vector, clusters: NDArray[np.int64], rows: NDArray[np.int64]) -> Estimate:
    """The mean of `values` at `rows` with its standard error."""
    names = np.unique(clusters[rows], return_inverse=True)[1]
    return Estimate(float(values[rows].mean()), clustered_se(values[rows], names))
