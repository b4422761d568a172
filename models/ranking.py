"""The order of the lawful measures of a case, what cannot be told apart, and when to abstain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.abstention import AbstentionLimits, reasons_of
from models.boosting import Matrix, Vector
from models.inputs import Cube
from models.intervals import se_of_draws
from models.scoring import Scored

# Two measures cannot be told apart where the paired difference of their expected values is
# within this many jackknife standard errors.
APART = 1.0
# A tie may give up at most this share of the debt: a measure that was seldom taken is hard to tell
# from the best, and not knowing it must not put it first.
MOST_LOST_IN_A_TIE = 0.01


class Orderable(Protocol):
    """What an order of n cases by m measures is made from: see `models.scoring.Scored`."""

    @property
    def lawful(self) -> NDArray[np.bool_]:
        """(n, m): where the law allows the measure."""
        ...

    @property
    def outstanding(self) -> Vector:
        """What is owed, (n,)."""
        ...

    @property
    def net(self) -> Matrix:
        """Expected net amounts, (n, m)."""
        ...

    @property
    def draws(self) -> Cube:
        """Those of the fold rankers, (k, n, m)."""
        ...


@dataclass(frozen=True)
class Ranking:
    """n cases by m measures: `rank` from 1 (0 where not lawful), `in_best_set`; per case
    `abstain_reason`, empty where the program stands by its order."""

    rank: NDArray[np.int64]
    in_best_set: NDArray[np.bool_]
    abstain_reason: list[str]


def order(
    scored: Orderable, intrusiveness: NDArray[np.int64], most_lost: Vector | None = None
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Rank of each lawful measure, and whether it is in the best set.

    The best measure and all that cannot be told apart from it come first, the less intrusive
    before the more intrusive and, at the same intrusiveness, the higher expected value first;
    then the same again with what is left. `most_lost` (n,) is the most that a tie may give up in
    each case, MOST_LOST_IN_A_TIE of the debt unless given.
    """
    if most_lost is None:
        most_lost = MOST_LOST_IN_A_TIE * scored.outstanding
    n, m = scored.net.shape
    round_of = np.full((n, m), m, dtype=np.int64)
    rows, left = np.arange(n), scored.lawful.copy()
    for number in range(m):
        rows = rows[left[rows].any(axis=1)]
        if not len(rows):
            break
        group = _indistinct(scored, rows, left[rows], most_lost[rows])
        round_of[rows] = np.where(group, number, round_of[rows])
        left[rows] &= ~group
    lightest_first = np.broadcast_to(intrusiveness, (n, m))
    # Stable: what is alike in all three stays in the order of the measures.
    by = np.lexsort((-scored.net, lightest_first, round_of), axis=1)
    rank = np.empty((n, m), dtype=np.int64)
    np.put_along_axis(rank, by, np.broadcast_to(np.arange(1, m + 1), (n, m)), axis=1)
    return np.where(scored.lawful, rank, 0), round_of == 0


def _indistinct(
    scored: Orderable, rows: NDArray[np.int64], left: NDArray[np.bool_], most_lost: Vector
) -> NDArray[np.bool_]:
    """Of the cases at `rows` the best of the measures that are `left`, and all like it."""
    net, draws = scored.net[rows], scored.draws[:, rows]
    each = np.arange(len(rows))
    best = np.argmax(np.where(left, net, -np.inf), axis=1)
    with np.errstate(invalid="ignore"):
        loss = net[each, best][:, None] - net
        se = se_of_draws(draws[:, each, best][:, :, None] - draws)
        near = (loss <= APART * se) & (loss <= most_lost[:, None])
    near[each, best] = True
    return np.asarray(near & left)


def rank_cases(
    scored: Scored,
    intrusiveness: NDArray[np.int64],
    features: pl.DataFrame,
    limits: AbstentionLimits,
    is_missing: NDArray[np.bool_] | None = None,
) -> Ranking:
    """The ranking of every case in `features`; see `models.abstention` for `is_missing`."""
    rank, best_set = order(scored, intrusiveness)
    first = np.argmax(rank == 1, axis=1)
    overlap = scored.m_hat[np.arange(len(rank)), first]
    regret = scored.compared.regret
    reasons = reasons_of(
        limits, features, scored.outstanding, scored.net, regret, overlap, is_missing
    )
    return Ranking(rank, best_set, reasons)
