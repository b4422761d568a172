"""The history of the invented nation: every case run once, from its opening to the questions' day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nation.arrays import NEVER, Bools, Floats, Ints, between, sigmoid, take
from nation.booking import NO_ACTION, VOLUNTARY, Payments, book, join
from nation.claims import Claims
from nation.country import Calendar
from nation.course import (
    COST_DRAW,
    MAX_ROUNDS,
    HasMoney,
    after,
    choose,
    leg_days,
    next_step,
    run_leg,
    tail_days,
)
from nation.measures import N_MEASURES, WAGE
from nation.officers import Practice
from nation.situation import Situation, State, means_ratio
from nation.truth import cost_of, draw_luck

OPEN, PERFORMED, RETURNED, OTHERWISE, STATUS_CHANGED = range(5)


@dataclass(frozen=True)
class Decisions:
    """Every logged decision with the state it was taken in (one row each, in order of round)."""

    case: Ints
    day: Ints
    measure: Ints
    probability: Floats
    is_lottery: Bools
    is_planted: Bools
    cost: Ints
    leg_end: Ints
    hours: Floats
    debt: Floats
    tried: Bools
    n_rounds: Ints
    is_withheld: Bools
    debt_after: Floats


@dataclass(frozen=True)
class History:
    """What happened: decisions, payments, and for each case how and when it ended."""

    decisions: Decisions
    payments: Payments
    ending: Ints
    ended_day: Ints
    state: State


def _voluntary(
    s: Situation, claims: Claims, u: Floats, calendar: Calendar
) -> tuple[Payments, Floats]:
    """Payments before the first decision: some debtors perform in the voluntary term."""
    debt = (claims.claim + claims.fee).astype(np.float64)
    ratio = means_ratio(s, debt, claims.opened, calendar)
    pays = (u[0] < sigmoid(-1.9 + 1.0 * s.willing + 0.45 * ratio)) & s.is_money
    part = np.where(u[1] < 0.75, 1.0, 0.15 + 0.5 * u[2])
    room = np.maximum(claims.first_decision - claims.opened - 1, 1)
    day = claims.opened + 1 + np.floor(u[3] * room).astype(np.int64)
    som = np.floor(debt * part).astype(np.int64)
    pays &= (day < claims.first_decision) & (day < np.minimum(calendar.n_days, s.end_day))
    who = np.flatnonzero(pays)
    none = np.full(len(who), NO_ACTION, dtype=np.int64)
    paid = Payments(who, day[who], som[who], np.full(len(who), VOLUNTARY), none)
    debt[who] -= som[who]
    return paid, debt


def run_history(
    rng: np.random.Generator, s: Situation, claims: Claims, practice: Practice,
    has_money: HasMoney, calendar: Calendar,
) -> History:  # fmt: skip
    """Runs every case to the day of the questions; one pass per round over all cases."""
    n = len(claims.kind)
    draws = draw_luck(rng, n)
    first_payments, debt = _voluntary(s, claims, draws[-1], calendar)
    payments, decisions = [first_payments], []
    ending = np.where(debt < 1.0, PERFORMED, OPEN)
    ending = np.where(s.is_money, ending, OPEN)
    ended_day = np.full(n, NEVER, dtype=np.int64)
    paid_off = first_payments.case[debt[first_payments.case] < 1.0]
    last_paid = np.zeros(n, dtype=np.int64)
    last_paid[first_payments.case] = first_payments.day
    ended_day[paid_off] = last_paid[paid_off]
    until = np.minimum(calendar.n_days, s.end_day)
    whole = State(
        day=claims.first_decision.copy(), debt=debt, tried=np.zeros((n, N_MEASURES), dtype=bool),
        n_rounds=np.zeros(n, dtype=np.int64), is_withheld=np.zeros(n, dtype=bool),
    )  # fmt: skip
    wage_decision = np.full(n, NO_ACTION, dtype=np.int64)
    n_decisions = 0
    rests: list[tuple[Ints, Ints]] = []
    active = np.flatnonzero((ending == OPEN) & s.is_money & (whole.day < until))
    for round_ in range(MAX_ROUNDS):
        here, state, u = take(s, active), take(whole, active), draws[round_][:, active]
        money = has_money(active, state.day, u[0])
        choice = choose(practice, practice.utility[active], here, state, u, money, calendar)
        days = leg_days(choice.measure, state.day, u, calendar)
        limit = np.minimum(days, until[active] - state.day)
        leg = run_leg(here, state, choice.measure, u, limit, calendar)
        number = n_decisions + np.arange(len(active))
        n_decisions += len(active)
        is_wage = choice.measure == WAGE
        wage_decision[active[is_wage]] = number[is_wage]
        paid = book(leg, choice.measure, state, active, number, wage_decision[active], limit)
        payments.append(paid)
        left = state.debt.copy()
        np.subtract.at(left, np.searchsorted(active, paid.case), paid.som.astype(np.float64))
        np.maximum.at(last_paid, paid.case, paid.day)
        decisions.append(
            Decisions(
                case=active, day=state.day, measure=choice.measure,
                probability=choice.probability, is_lottery=choice.is_lottery,
                is_planted=choice.is_planted,
                cost=cost_of(choice.measure, u[COST_DRAW]).astype(np.int64),
                leg_end=state.day + days, hours=u[COST_DRAW], debt=state.debt, tried=state.tried,
                n_rounds=state.n_rounds, is_withheld=state.is_withheld, debt_after=left,
            )
        )  # fmt: skip
        following = after(state, choice.measure, leg, left)
        closed, goes_on = next_step(following, u)
        over = following.day >= until[active]
        done = left < 1.0
        closed = closed & ~done & (state.day + days < until[active])
        goes_on = goes_on & ~done & (state.day + days < until[active])
        _put(whole, active, following)
        whole.day[active] = state.day + days
        ending[active[done]] = PERFORMED
        ended_day[active[done]] = last_paid[active[done]]
        ending[active[closed]] = OTHERWISE
        ended_day[active[closed]] = (state.day + days)[closed]
        resting = ~done & ~closed & ~goes_on & ~over & (state.day + days < until[active])
        rests.append((active[resting], np.full(int(resting.sum()), round_)))
        active = active[goes_on]
    for cases, rounds in rests:
        if len(cases) == 0:
            continue
        here, state = take(s, cases), take(whole, cases)
        closes = tail_days(draws[int(rounds[0])][:, cases])
        limit = np.minimum(closes, until[cases] - state.day)
        leg = run_leg(here, state, None, draws[-1][:, cases], limit, calendar)
        none = np.full(len(cases), NO_ACTION, dtype=np.int64)
        paid = book(leg, None, state, cases, none, wage_decision[cases], limit)
        payments.append(paid)
        left = state.debt.copy()
        np.subtract.at(left, np.searchsorted(cases, paid.case), paid.som.astype(np.float64))
        np.maximum.at(last_paid, paid.case, paid.day)
        whole.debt[cases] = left
        whole.is_withheld[cases] = leg.is_withheld
        done = left < 1.0
        ending[cases[done]] = PERFORMED
        ended_day[cases[done]] = last_paid[cases[done]]
        closed = ~done & (state.day + closes < until[cases])
        ending[cases[closed]] = RETURNED
        ended_day[cases[closed]] = (state.day + closes)[closed]
    acts_done = claims.opened + between(draws[0][2], 15, 200)
    acts = ~s.is_money & (draws[0][3] < 0.6) & (acts_done < until)
    ending[acts], ended_day[acts] = PERFORMED, acts_done[acts]
    changed = (ending == OPEN) & (s.end_day < calendar.n_days)
    ending[changed] = STATUS_CHANGED
    ended_day[changed] = s.end_day[changed] + between(draws[0][1][changed], 8, 40)
    return History(
        _join_decisions(decisions), join(payments), ending, ended_day, replace(whole)
    )


def _put(whole: State, rows: Ints, part: State) -> None:
    """Writes the state of some cases back."""
    whole.debt[rows] = part.debt
    whole.tried[rows] = part.tried
    whole.n_rounds[rows] = part.n_rounds
    whole.is_withheld[rows] = part.is_withheld


def _join_decisions(parts: list[Decisions]) -> Decisions:
    names = Decisions.__dataclass_fields__
    return Decisions(**{n: np.concatenate([getattr(p, n) for p in parts]) for n in names})
