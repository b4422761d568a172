"""The order of the lawful measures of a case, what cannot be told apart, and when to abstain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.abstention import AbstentionLimits, reasons_of
from models.boosting import Matrix
from models.intervals import se_of_draws
from models.scoring import Scored

# Two measures cannot be told apart where the paired difference of their expected values is
# within this many jackknife standard errors.
APART = 1.0
# A tie may give up at most this share of the debt: a measure that was seldom taken is hard to tell
# from the best, and not knowing it must not put it first.
MOST_LOST_IN_A_TIE = 0.01


@dataclass(frozen=True)
class Ranking:
    """n cases by m measures: `rank` from 1 (0 where not lawful), `in_best_set`; per case
    `abstain_reason`, empty where the program stands by its order."""

    rank: NDArray[np.int64]
    in_best_set: NDArray[np.bool_]
    abstain_reason: list[str]


def order(
    scored: Scored, intrusiveness: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Rank of each lawful measure, and whether it is in the best set.

    The best measure and all that cannot be told apart from it come first, the less intrusive
    before the more intrusive and, at the same intrusiveness, the higher expected value first;
    then the same again with what is left.
    """
    n, m = scored.net.shape
    rank = np.zeros((n, m), dtype=np.int64)
    best_set = np.zeros((n, m), dtype=bool)
    left = scored.lawful.copy()
    for round_ in range(m):
        if not left.any():
            break
        group = _indistinct(scored, left)
        if round_ == 0:
            best_set = group
        _assign(rank, group, scored.net, intrusiveness)
        left &= ~group
    return rank, best_set


def _indistinct(scored: Scored, left: NDArray[np.bool_]) -> NDArray[np.bool_]:
    net = np.where(left, scored.net, -np.inf)
    best = np.argmax(net, axis=1)
    rows = np.arange(len(net))
    with np.errstate(invalid="ignore"):
        loss = scored.net[rows, best][:, None] - scored.net
        se = se_of_draws(scored.draws[:, rows, best][:, :, None] - scored.draws)
        at_stake = scored.outstanding[:, None]
        near = (loss <= APART * se) & (loss <= MOST_LOST_IN_A_TIE * at_stake)
    near[rows, best] = True
    return np.asarray(near & left)


def _assign(
    rank: NDArray[np.int64],
    group: NDArray[np.bool_],
    net: Matrix,
    intrusiveness: NDArray[np.int64],
) -> None:
    """Give the next ranks to `group`, in place."""
    m = net.shape[1]
    weight = np.broadcast_to(intrusiveness, net.shape)
    for i in range(m):
        ahead = np.zeros(net.shape[0], dtype=np.int64)
        for j in range(m):
            lighter = weight[:, j] < weight[:, i]
            equal = weight[:, j] == weight[:, i]
            higher = (net[:, j] > net[:, i]) | ((net[:, j] == net[:, i]) & (j < i))
            ahead += group[:, j] & (j != i) & (lighter | (equal & higher))
        rows = group[:, i]
        start = np.where(rank == 0, 0, 1).sum(axis=1) - _given(rank, group)
        rank[rows, i] = (start + ahead + 1)[rows]


def _given(rank: NDArray[np.int64], group: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of the group already have a rank (they do not count as earlier groups)."""
    return np.asarray(((rank > 0) & group).sum(axis=1))


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
