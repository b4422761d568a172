"""What an expected recovery is made of: the measure itself, earlier measures, everything else.

The total is the ranker's. Beside it three things are learned from the payments that the treasury
traced to an action: the share of the debt that the measure taken brought itself, the share that
earlier measures of the case went on to bring (it is on its way without a new measure), and the days
to the first payment where one came. What is neither, voluntary or not traced, is the rest.

By itself a measure brings no more than it can reach by law, whatever the trees say: a levy on an
empty account may be followed by payments, but does not collect them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from models.boosting import Matrix, Trees, Vector, fit_trees
from models.fitting import Data
from models.grid import Grid
from models.inputs import Design
from models.masking import balance
from models.nuisance import Scores
from models.rankers.outcome import fit_share
from models.settings import TrainingSettings

REACH: Final = "reach_som"


@dataclass(frozen=True)
class Composition:
    """Ensembles of the shares of the debt that a measure brings itself and that is on its way, and
    of the days to the first payment, held within `window_days`. None where no payment was traced to
    the measures taken, to earlier ones, or where none came at all: then nothing is said."""

    own: Trees | None
    on_its_way: Trees | None
    days: Trees | None
    window_days: int


@dataclass(frozen=True)
class Made:
    """Of n cases by m measures, NaN where nothing can be said: `own` (n, m) what the measure brings
    itself, in the money's unit, at most what it can reach and what is expected in all; `reach`
    (n, m) what it can reach by law (NaN: unknown, or it touches no asset); `without` (n,) what
    comes without a new measure; `days` (n, m) to the first payment, if one comes."""

    own: Matrix
    reach: Matrix
    without: Vector
    days: Matrix


def fit_composition(data: Data, scores: Scores) -> Composition:
    """Learned from all decisions, with copies without registers as every model is."""
    examples, settings = data.examples, data.settings
    ranked = np.flatnonzero(examples.arm < len(examples.measures))
    twins = data.twins.under(examples.arm)
    of_copies = balance(examples.arm, scores.taken)
    alike = np.ones(len(examples))

    def shares(y: Vector, rows: NDArray[np.int64], *, of_measure: bool) -> Trees | None:
        if not (y[rows] > 0).any():
            return None
        found, share, weight = twins.take(rows).doubled(y[rows], alike[rows], of_copies[rows])
        x = found.with_arm() if of_measure else found.cases
        codes = data.design.with_arm if of_measure else data.design.encoder.categorical
        return fit_share(x, share, weight, settings.outcome, codes, settings.seed)

    return Composition(
        own=shares(examples.brought / examples.outstanding, ranked, of_measure=True),
        on_its_way=shares(
            examples.on_its_way / examples.outstanding, np.arange(len(examples)), of_measure=False
        ),
        days=_fit_days(data, settings, ranked, of_copies),
        window_days=examples.window_days,
    )


def _fit_days(
    data: Data, settings: TrainingSettings, ranked: NDArray[np.int64], of_copies: Vector
) -> Trees | None:
    examples = data.examples
    paid = ranked[np.isfinite(examples.first_paid_days[ranked])]
    if not len(paid):
        return None
    rows, days, weight = (
        data.twins.under(examples.arm)
        .take(paid)
        .doubled(examples.first_paid_days[paid], np.ones(len(paid)), of_copies[paid])
    )
    return fit_trees(
        rows.with_arm(),
        days,
        settings.outcome,
        objective="regression",
        categorical=data.design.with_arm,
        seed=settings.seed,
        weight=weight,
    )


def compose(made_of: Composition, design: Design, grid: Grid, owed: Vector, rate: Matrix) -> Made:
    """What the expected shares `rate` (n, m; NaN but in the grid) of `owed` (n,) are made of."""
    row, n = grid.row, len(grid.inputs)
    reach = grid.spread(grid.inputs.pairs[row, grid.arm, design.pair_columns.index(REACH)])
    own, days, without = np.full(len(row), np.nan), np.full(len(row), np.nan), np.full(n, np.nan)
    if made_of.own is not None:
        most = np.fmin(reach[grid.where], owed[row] * rate[grid.where])
        own = np.minimum(expit(grid.of_pair(made_of.own)) * owed[row], most)
    if made_of.days is not None:
        days = np.clip(grid.of_pair(made_of.days), 0.0, made_of.window_days)
    if made_of.on_its_way is not None:
        without = np.clip(expit(grid.of_cases(made_of.on_its_way)), 0.0, 1.0) * owed
    return Made(grid.spread(own), reach, without, grid.spread(days))
