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
        wrong = _is_wrong(chance, is_open[rows])
        hit = wrong & (left >= 0) & (left < chance.rate)
        kind[rows[hit]], measure[rows[hit]] = NUMBER[chance.code], chance.measure
        left = np.where(wrong, left - chance.rate, left)
    return kind, measure


def spread_mistakes(
    s: Situation, state: State, money: Money, is_open: Bools, uniform: Floats, calendar: Calendar,
    may_err: Bools,
) -> tuple[Ints, Ints]:  # fmt: skip
    """As `draw_mistakes`, at the same rates, but evenly over the rows: no kind by luck alone.

    Every so-many-th of the rows where a mistake is possible has it, counted from a drawn start.
    """
    kind = np.full(len(uniform), NO_MISTAKE, dtype=np.int64)
    measure = np.zeros(len(uniform), dtype=np.int64)
    for number, chance in enumerate(chances(s, state, money, is_open, calendar)):
        wrong = _is_wrong(chance, is_open) & may_err & (kind == NO_MISTAKE)
        start = uniform[number % len(uniform)] if len(uniform) else 0.0
        count = np.floor(start + chance.rate * np.cumsum(wrong))
        hit = wrong & (np.diff(count, prepend=np.floor(start)) > 0)
        kind[hit], measure[hit] = NUMBER[chance.code], chance.measure
    return kind, measure


def _is_wrong(chance: Chance, is_open: Bools) -> Bools:
    """Where the measure is the mistake that it is called; of events nobody can tell beforehand."""
    if chance.code in _BY_EVENTS:
        return chance.where
    wrong: Bools = chance.where & ~is_open[:, chance.measure]
    return wrong
