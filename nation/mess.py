"""How accounts look where banks are untidy: months that come late, and blocks above the balance.

A late bank sends nothing for two or three months and then all of them at once; two banks have sent
nothing for four months when the questions are asked. Where several banks
block for one debt, each of them blocks the whole of it, on a small account too.
"""

from __future__ import annotations

import numpy as np

from nation.arrays import Bools, Floats, Ints
from nation.gaps import N_BANKS

LATE_NOW = 2
"""Banks that are late on the day of the questions, so that every nation has some."""
MOST_LATE, MONTHS_LATE_NOW = 3, 4
"""Months that a bank leaves out: the last known one is never too old to count for the law."""
SEEN_WHERE_LATE = 8
"""As far back as the last known month-end lies where the bank was late."""
FIRST_SHARE, SECOND_SHARE = 0.9, 0.1
"""What lies on each account of a debtor with two."""

_LATE_ONCE = 0.4
_BLOCKED = 0.05
_LOWEST_BLOCK, _HIGHEST_BLOCK = 0.15, 1.6


def late_days(rng: np.random.Generator, month_ends: Ints) -> Ints:
    """Days by which each bank's report of each month comes later than usual: bank x month."""
    n_months = len(month_ends)
    length = rng.integers(2, MOST_LATE + 1, N_BANKS)
    is_now = np.isin(np.arange(N_BANKS), rng.permutation(N_BANKS)[:LATE_NOW])
    length = np.where(is_now, MONTHS_LATE_NOW, length)
    start = rng.integers(1, n_months - 2 * SEEN_WHERE_LATE, N_BANKS)
    start = np.where(is_now, n_months - length, start)
    some = is_now | (rng.random(N_BANKS) < _LATE_ONCE)
    month = np.arange(n_months)
    late = (month >= start[:, None]) & (month < (start + length)[:, None]) & some[:, None]
    # A bank that is late now sends nothing before the day of the questions.
    sent = np.where(
        is_now, month_ends[-1] + 31, month_ends[np.minimum(start + length, n_months) - 1]
    )
    days: Ints = np.where(late, sent[:, None] - month_ends, 0)
    return days


def late_before(days: Ints) -> Bools:
    """Whether the last known month of a bank may be an old one: bank x month of the day."""
    late = days > 0
    near = np.zeros((late.shape[0], late.shape[1] + 1), dtype=bool)
    for back in range(1, SEEN_WHERE_LATE + 1):
        near[:, back:] |= late[:, : near.shape[1] - back]
    return near


def foreign_blocks(rng: np.random.Generator, past_due: Floats, n_accounts: Ints) -> Floats:
    """What others block on each account of a debtor, in parts of the whole balance."""
    n = len(past_due)
    some = (rng.random(n) < _BLOCKED * (1.0 + (past_due > 1.0))) & (n_accounts > 0)
    part = np.exp(rng.uniform(np.log(_LOWEST_BLOCK), np.log(_HIGHEST_BLOCK), n))
    return np.where(some, part, 0.0)


def free_share(blocks: Floats, n_accounts: Ints) -> Floats:
    """What is left free of the whole balance: never below nought on any account."""
    one = np.maximum(1.0 - blocks, 0.0)
    two = np.maximum(FIRST_SHARE - blocks, 0.0) + np.maximum(SECOND_SHARE - blocks, 0.0)
    return np.where(blocks > 0, np.where(n_accounts > 1, two, one), 1.0)
