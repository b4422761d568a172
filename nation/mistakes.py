"""The planted mistakes: measures that an officer takes although the law or the facts forbid them.

A little under two decisions in a hundred. A mistake is possible only where it certainly is one: the
bounds on money and property hold for every report of the registers. Its kind names the rule broken.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nation.arrays import Bools, Floats, Ints, take
from nation.country import Calendar
from nation.mistake_chances import (
    Chance,
    Seen,
    simplified,
    too_early,
    wrong_order,
    wrong_person,
    wrong_thing,
)
from nation.mistake_kinds import NO_MISTAKE, NUMBER
from nation.money import Money
from nation.situation import (
    Situation,
    State,
)
from nation.unfounded_chances import again, nothing_there, too_much

_BY_EVENTS = ("during_stay", "no_postponement_left")
"""Mistakes by the events of the case, which are invented with them."""


def chances(
    s: Situation, state: State, money: Money, is_open: Bools, calendar: Calendar
) -> Iterator[Chance]:
    """Every mistake that an officer might make in ordinary rounds, and where."""
    seen = Seen(s, state, money, is_open, calendar)
    yield from too_early(seen)
    yield from simplified(seen)
    yield from wrong_order(seen)
    yield from wrong_person(seen)
    yield from wrong_thing(seen)
    yield from nothing_there(seen)
    yield from again(seen)
    yield from too_much(seen)


def draw_mistakes(
    s: Situation, state: State, money: Money, is_open: Bools, uniform: Floats, calendar: Calendar
) -> tuple[Ints, Ints]:
    """The kind of mistake of each decision (NO_MISTAKE for nearly all) and the measure taken.

    The upper end of the uniform draw is divided among the mistakes that are possible; its lower
    end belongs to the lotteries.
    """
    n = len(uniform)
    kind, measure = np.full(n, NO_MISTAKE, dtype=np.int64), np.zeros(n, dtype=np.int64)
    rows = np.flatnonzero(uniform > 0.5)
    if not len(rows):
        return kind, measure
    left = 1.0 - uniform[rows]
    part = Money(money.is_there[rows], money.most[rows], money.least[rows])
    some = take(s, rows), take(state, rows), part, is_open[rows], calendar
    for chance in chances(*some):
        wrong = chance.where
        if chance.code not in _BY_EVENTS:
            wrong = wrong & ~is_open[rows, chance.measure]
        hit = wrong & (left >= 0) & (left < chance.rate)
        kind[rows[hit]], measure[rows[hit]] = NUMBER[chance.code], chance.measure
        left = np.where(wrong, left - chance.rate, left)
    return kind, measure
