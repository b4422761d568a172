"""The history of the invented nation: every case run once, from its opening on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import NEVER, Bools, Floats, Ints, between, sigmoid, take
from nation.booking import NO_ACTION, VOLUNTARY, Payments, book, join
from nation.claims import Claims
from nation.country import Calendar
from nation.course import (
    COST_DRAW,
    MAX_ROUNDS,
    HasMoney,
    Leg,
    after,
    choose,
    leg_days,
    next_step,
    run_leg,
    tail_days,
)
from nation.measures import N_MEASURES, WAGE
from nation.mistakes import kind_of_mistake
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
    mistake: Ints
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


def run_history(
    rng: np.random.Generator, s: Situation, claims: Claims, practice: Practice,
    has_money: HasMoney, calendar: Calendar,
) -> History:  # fmt: skip
    """Runs every case to the day of the questions; one pass per round over all cases."""
    run = _Run(draw_luck(rng, len(claims.kind)), s, claims, practice, has_money, calendar)
    run.pay_before_measures()
    active = np.flatnonzero((run.ending == OPEN) & s.is_money & (run.day < run.until))
    for round_ in range(MAX_ROUNDS):
        active = run.take_round(active, round_)
    run.rest()
    run.end_the_others()
    state = State(run.day, run.debt, run.tried, run.n_rounds, run.is_withheld)
    return History(_join(run.decisions), join(run.payments), run.ending, run.ended_day, state)


class _Run:
    """The cases on their way: what is paid, decided and ended so far."""

    def __init__(
        self, draws: Floats, s: Situation, claims: Claims, practice: Practice,
        has_money: HasMoney, calendar: Calendar,
    ) -> None:  # fmt: skip
        n = len(claims.kind)
        self.draws, self.s, self.claims, self.calendar = draws, s, claims, calendar
        self.practice, self.has_money = practice, has_money
        self.day = claims.first_decision.copy()
        self.debt = (claims.claim + claims.fee).astype(np.float64)
        self.tried = np.zeros((n, N_MEASURES), dtype=bool)
        self.n_rounds = np.zeros(n, dtype=np.int64)
        self.is_withheld = np.zeros(n, dtype=bool)
        self.until = np.minimum(calendar.n_days, s.end_day)
        self.ending = np.full(n, OPEN)
        self.ended_day = np.full(n, NEVER, dtype=np.int64)
        self.wage_decision = np.full(n, NO_ACTION, dtype=np.int64)
        self.payments: list[Payments] = []
        self.decisions: list[Decisions] = []
        self.resting: list[tuple[Ints, int]] = []
        self.n_decisions = 0

    def pay_before_measures(self) -> None:
        """Some debtors perform in the voluntary term, wholly or in part."""
        claims, u = self.claims, self.draws[-1]
        ratio = means_ratio(self.s, self.debt, claims.opened, self.calendar)
        pays = (u[0] < sigmoid(-1.9 + 1.0 * self.s.willing + 0.45 * ratio)) & self.s.is_money
        part = np.where(u[1] < 0.75, 1.0, 0.15 + 0.5 * u[2])
        room = np.maximum(claims.first_decision - claims.opened - 1, 1)
        day = claims.opened + 1 + np.floor(u[3] * room).astype(np.int64)
        pays &= (day < claims.first_decision) & (day < self.until)
        who = np.flatnonzero(pays)
        none = np.full(len(who), NO_ACTION, dtype=np.int64)
        som = np.floor(self.debt[who] * part[who]).astype(np.int64)
        paid = Payments(who, day[who], som, np.full(len(who), VOLUNTARY), none)
        self._receive(paid, who)

    def take_round(self, active: Ints, round_: int) -> Ints:
        """One decision for each active case and what follows; returns the cases that go on."""
        state, u = self._state(active), self.draws[round_][:, active]
        here, calendar = take(self.s, active), self.calendar
        money = self.has_money(active, state.day, u[0])
        choice = choose(
            self.practice, self.practice.utility[active], here, state, u, money, calendar
        )
        days = leg_days(choice.measure, state.day, u, calendar)
        limit = np.minimum(days, self.until[active] - state.day)
        leg = run_leg(here, state, choice.measure, u, limit, calendar)
        number = self.n_decisions + np.arange(len(active))
        self.n_decisions += len(active)
        withholds = choice.measure == WAGE
        self.wage_decision[active[withholds]] = number[withholds]
        wages = self.wage_decision[active]
        self._receive(book(leg, choice.measure, state, active, number, wages, limit), active)
        self.decisions.append(
            Decisions(
                case=active, day=state.day, measure=choice.measure,
                probability=choice.probability, is_lottery=choice.is_lottery,
                mistake=kind_of_mistake(here, state, choice.measure, choice.is_planted),
                cost=cost_of(choice.measure, u[COST_DRAW]).astype(np.int64),
                leg_end=state.day + days, hours=u[COST_DRAW], debt=state.debt, tried=state.tried,
                n_rounds=state.n_rounds, is_withheld=state.is_withheld,
                debt_after=self.debt[active],
            )
        )  # fmt: skip
        return self._go_on(active, choice.measure, leg, days, u, round_)

    def _go_on(
        self, active: Ints, measure: Ints, leg: Leg, days: Ints, u: Floats, round_: int
    ) -> Ints:
        """Writes the state after a leg; closes, rests or continues each case."""
        following = after(self._state(active), measure, leg, self.debt[active])
        self.tried[active], self.n_rounds[active] = following.tried, following.n_rounds
        self.is_withheld[active] = following.is_withheld
        self.day[active] += days
        live = (self.debt[active] >= 1.0) & (self.day[active] < self.until[active])
        closed, goes_on = next_step(following, u)
        self._end(active[live & closed], OTHERWISE, self.day)
        self.resting.append((active[live & ~closed & ~goes_on], round_))
        return active[live & goes_on]

    def rest(self) -> None:
        """Cases after their last round: wages run on, some pay, many are returned."""
        for cases, round_ in self.resting:
            state = self._state(cases)
            closes = tail_days(self.draws[round_][:, cases])
            limit = np.minimum(closes, self.until[cases] - state.day)
            leg = run_leg(
                take(self.s, cases), state, None, self.draws[-1][:, cases], limit, self.calendar
            )
            none = np.full(len(cases), NO_ACTION, dtype=np.int64)
            wages = self.wage_decision[cases]
            self._receive(book(leg, None, state, cases, none, wages, limit), cases)
            self.is_withheld[cases] = leg.is_withheld
            returned = (self.debt[cases] >= 1.0) & (state.day + closes < self.until[cases])
            self.day[cases] += closes
            self._end(cases[returned], RETURNED, self.day)

    def end_the_others(self) -> None:
        """Documents that ask for acts, and cases whose debtor died or was liquidated."""
        done = self.claims.opened + between(self.draws[0][2], 15, 200)
        acts = ~self.s.is_money & (self.draws[0][3] < 0.6) & (done < self.until)
        self._end(np.flatnonzero(acts), PERFORMED, done)
        changed = (self.ending == OPEN) & (self.s.end_day < self.calendar.n_days)
        later = self.until + between(self.draws[0][1], 8, 40)
        self._end(np.flatnonzero(changed), STATUS_CHANGED, later)

    def _state(self, rows: Ints) -> State:
        return State(
            self.day[rows], self.debt[rows], self.tried[rows], self.n_rounds[rows],
            self.is_withheld[rows],
        )  # fmt: skip

    def _receive(self, paid: Payments, cases: Ints) -> None:
        """Takes payments off the debts; a case without debt is performed on its last payment."""
        self.payments.append(paid)
        np.subtract.at(self.debt, paid.case, paid.som.astype(np.float64))
        last = np.zeros(len(self.debt), dtype=np.int64)
        np.maximum.at(last, paid.case, paid.day)
        self._end(cases[(self.debt[cases] < 1.0) & (last[cases] > 0)], PERFORMED, last)

    def _end(self, cases: Ints, ending: int, day: Ints) -> None:
        self.ending[cases] = ending
        self.ended_day[cases] = day[cases]


def _join(parts: list[Decisions]) -> Decisions:
    names = Decisions.__dataclass_fields__
    return Decisions(**{n: np.concatenate([getattr(p, n) for p in parts]) for n in names})
