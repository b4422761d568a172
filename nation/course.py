"""The course of cases: one decision after another, with what is paid in between.

The same code runs the history once, and runs each decision point many times to find the hidden
truth. A run starts at a decision; a *leg* is the time from one decision to the next (or to the end
of the run). All chance comes from uniform draws handed in: draws[leg][number of the draw][run], so
that runs of different measures at one point share their luck (common random numbers).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nation.arrays import Bools, Floats, Ints, between, pick, sigmoid, spread, take
from nation.country import Calendar
from nation.effects import EFFECTS, Payments, found_movables
from nation.measures import ENTRY, MEASURES, MOVABLE, MOVABLE_SALE, WAGE
from nation.mistake_kinds import NO_MISTAKE
from nation.mistakes import draw_mistakes, spread_mistakes
from nation.money import MONTHS_SEEN, Money
from nation.officers import Practice, mixed_policy, policy
from nation.situation import Situation, State, growth, means_ratio, payable

MAX_ROUNDS = 3
"""Officers usually choose at most three measures for a case; a forced one may follow them."""

(
    _LOTTERY, _CHOICE, _DAYS, _ENDS, _CLOSES, _PAYS_ON, _PAYS_WHOLE, _PAYS_PART, _PHASE, _QUITS,
    _WAGE, _EMPLOYER,
) = range(12)  # fmt: skip
_EFFECT = slice(12, 17)
MONEY_DRAWS = slice(17, 17 + MONTHS_SEEN)
N_DRAWS = 17 + MONTHS_SEEN
COST_DRAW = _PAYS_PART
"""The cost of a measure shares a draw that has no say in its effect."""

_GOES_ON = 0.86
_CLOSES_OTHERWISE = 0.02
_TAIL_CLOSES = 0.72
_LONGEST = 10**5


@dataclass(frozen=True)
class Choice:
    """What was decided at the start of a leg: measure, how likely it was, and by what."""

    measure: Ints
    probability: Floats
    is_lottery: Bools
    mistake: Ints


@dataclass(frozen=True)
class Leg:
    """One stretch of a run: its length in days, the payments wanted in it, and how it ends."""

    days: Ints
    effects: Payments
    own: tuple[Ints, Floats]
    wage_phase: Ints
    wage_count: Ints
    wage_som: Floats
    is_withheld: Bools
    attached: Floats


def choose(
    practice: Practice, utility: Floats, s: Situation, state: State, u: Floats, money: Money,
    calendar: Calendar, may_err: Bools | None = None,
) -> Choice:  # fmt: skip
    """The officer's decision: habit, now and then a lottery, now and then a mistake.

    `may_err` is given for the history: the cases in which no mistake was planted yet. Mistakes are
    then spread evenly over the decisions, so that every kind occurs.
    """
    habit, lottery, is_open = policy(utility, s, state, money, calendar)
    can_draw = lottery.sum(axis=1) > 0
    draws_lots = (u[_LOTTERY] < practice.lottery_share) & can_draw
    weights = np.where(draws_lots[:, None], lottery, habit)
    measure = pick(u[_CHOICE], weights)
    here = s, state, money, is_open, u[_LOTTERY], calendar
    if may_err is None:
        mistake, mistaken = draw_mistakes(*here)
    else:
        mistake, mistaken = spread_mistakes(*here, may_err & ~draws_lots)
    measure = np.where(mistake == NO_MISTAKE, measure, mistaken)
    rows = np.arange(len(measure))
    probability = np.where(
        draws_lots, lottery[rows, measure], mixed_policy(practice, habit, lottery)[rows, measure]
    )
    return Choice(measure, probability, draws_lots, mistake)


def run_leg(
    s: Situation, state: State, measure: Ints | None, u: Floats, days: Ints, calendar: Calendar
) -> Leg:
    """What the debtor pays (uncapped) in a leg of `days`, after `measure` or after none."""
    withheld = state.is_withheld
    phase = between(u[_PHASE], 1, 29)
    effects: Payments = []
    attached = state.attached
    if measure is not None:
        effects = _effects(s, state, measure, u[_EFFECT], calendar)
        attached = np.where(
            measure == MOVABLE, found_movables(s, state, u[_EFFECT]), state.attached
        ) * (measure != MOVABLE_SALE)
        starts = (measure == WAGE) & ~withheld & (s.wage > 0)
        starts &= u[_EMPLOYER] < 0.95 * (1.0 - 0.5 * sigmoid(1.4 * s.hides - 1.2))
        phase = np.where(starts, between(u[_PHASE], 12, 30), phase)
        withheld = withheld | starts
    due = np.maximum((days - phase + 29) // 30, 0)
    leaving = 0.02 + 0.12 * sigmoid(1.6 * s.hides - 1.6)
    stays = np.floor(np.log(np.clip(u[_QUITS], 1e-9, 1.0)) / np.log1p(-leaving)).astype(np.int64)
    count: Ints = np.where(withheld, np.minimum(due, stays), 0)
    share = np.where(s.is_alimony, 0.70, 0.50) * 0.88
    wage = share * s.wage * growth(state.day) * spread(u[_WAGE], 0.08)
    return Leg(
        days, effects, _own_payment(s, state, u, calendar), phase, count, wage,
        withheld & (stays >= due), attached,
    )  # fmt: skip


def _own_payment(s: Situation, state: State, u: Floats, calendar: Calendar) -> tuple[Ints, Floats]:
    """A payment of the debtor's own accord: its day (often beyond the leg) and its amount."""
    ratio = means_ratio(s, state.debt, state.day, calendar)
    rate = np.exp(-6.9 + 0.85 * s.willing + 0.35 * ratio)
    waits = -np.log(np.clip(u[_PAYS_ON], 1e-9, 1.0)) / rate
    on = np.minimum(1.0 + waits, _LONGEST).astype(np.int64)
    part = np.where(u[_PAYS_WHOLE] < 0.5, 1.0, 0.1 + 0.5 * u[_PAYS_PART])
    return on, payable(s, state) * part


def _effects(s: Situation, state: State, measure: Ints, u: Floats, calendar: Calendar) -> Payments:
    """The payments that the measures bring: each measure answers for its own runs."""
    n = len(measure)
    out = [(np.ones(n, dtype=np.int64), np.zeros(n)) for _ in range(3)]
    for code in np.unique(measure):
        rows = np.flatnonzero(measure == code)
        if len(rows) == n:
            return EFFECTS[int(code)](s, state, u, calendar)
        found = EFFECTS[int(code)](take(s, rows), take(state, rows), u[:, rows], calendar)
        for slot, (on, amount) in enumerate(found):
            out[slot][0][rows] = on
            out[slot][1][rows] = amount
    return out


_DAYS_LOW = np.array([terms.days[0] for terms in MEASURES])
_DAYS_HIGH = np.array([terms.days[1] for terms in MEASURES])


def leg_days(measure: Ints, day: Ints, u: Floats, calendar: Calendar) -> Ints:
    """Days until the officer looks at the case again: each measure is given its time."""
    low, high = _DAYS_LOW[measure], _DAYS_HIGH[measure]
    days: Ints = np.floor(low + u[_DAYS] * (high - low + 1)).astype(np.int64)
    shift: Ints = calendar.workday_shift[np.minimum(day + days, len(calendar.bhm) - 1)]
    total: Ints = days + np.where(measure == ENTRY, 0, shift)
    return total


def next_step(state: State, measure: Ints, u: Floats) -> tuple[Bools, Bools]:
    """After a leg with debt left: whether the case is closed otherwise, and whether it goes on.

    An entry in the Register of Obligations is the last act: the document is returned after it.
    """
    closed = (u[_ENDS] < _CLOSES_OTHERWISE) | (measure == ENTRY)
    goes_on = ~closed & (u[_ENDS] < _CLOSES_OTHERWISE + _GOES_ON) & (state.n_rounds < MAX_ROUNDS)
    return closed, goes_on


def tail_days(u: Floats) -> Ints:
    """Days for which a case rests after the last round before it is returned (many never are)."""
    closes = u[_CLOSES] < _TAIL_CLOSES
    return np.where(closes, between(u[_CLOSES] / _TAIL_CLOSES, 25, 240), _LONGEST)


def paid_within(leg: Leg, limit: Ints) -> Floats:
    """Uncapped sum of what a leg brings in its first `limit` days."""
    total: Floats = np.zeros(len(leg.days))
    for on, amount in [*leg.effects, leg.own]:
        total += amount * (on < limit)
    due = np.maximum((limit - leg.wage_phase + 29) // 30, 0)
    wages: Floats = np.minimum(leg.wage_count, due) * leg.wage_som
    return total + wages


def after(state: State, measure: Ints, leg: Leg, debt: Floats) -> State:
    """The state at the end of a leg that began with a measure."""
    rows = np.arange(len(measure))
    tried, last_failed = state.tried.copy(), np.zeros_like(state.tried)
    tried[rows, measure] = True
    last_failed[rows, measure] = debt >= state.debt
    until = state.tried_until.copy()
    until[rows, measure] = state.day + leg.days
    return replace(
        state, day=state.day + leg.days, debt=debt, tried=tried, n_rounds=state.n_rounds + 1,
        is_withheld=leg.is_withheld, attached=leg.attached,
        failed=state.failed | state.last_failed, last_failed=last_failed,
        tried_until=until,
    )  # fmt: skip
