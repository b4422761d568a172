"""What an officer sees of a debtor's money: whether there is some to levy, and how much at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nation.arrays import Bools, Floats, Ints, take
from nation.country import Calendar
from nation.situation import Situation, balance, leviable_threshold

MONTHS_SEEN = 5
"""As far back as the last known month-end lies where reports are late and a month is missing."""
_SAFELY_ABOVE, _SAFELY_BELOW = 1.85, 0.35
"""A first report may be wrong by 0.4 to 1.8 before it is corrected, and a little may be blocked."""


@dataclass(frozen=True)
class Money:
    """Seen in the registers: money above what is protected; bounds that no report passes (som)."""

    is_there: Bools
    most: Floats
    least: Floats

    @staticmethod
    def of(s: Situation, balances: Floats, threshold: Floats) -> Money:
        """From the last month-end balances (month x row, the latest first).

        Officers count on nothing where others have blocked the accounts.
        """
        latest = balances[:3].min(axis=0)
        is_free = s.knows_money & (s.free_share == 1.0)
        return Money(
            is_there=(latest > threshold) & is_free,
            most=_SAFELY_ABOVE * balances.max(axis=0) * s.knows_money,
            least=_SAFELY_BELOW * balances.min(axis=0) * is_free,
        )


SeesMoney = Callable[[Ints, Ints, Floats], Money]
"""Case rows, their days and uniform draws (month x row) to what is seen of their money."""


def likely_money(s: Situation, calendar: Calendar) -> SeesMoney:
    """For runs beyond the registers: month-end balances drawn from their own distribution."""

    def sees_money(rows: Ints, day: Ints, uniform: Floats) -> Money:
        here = take(s, rows)
        day = np.minimum(day, len(calendar.bhm) - 1)
        return Money.of(
            here, balance(here.liquid, day, uniform), leviable_threshold(here, day, calendar)
        )

    return sees_money
