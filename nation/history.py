"""The history of the invented nation: every case run once, from its opening on."""

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
    MONEY_DRAWS,
    Choice,
    Leg,
    after,
    choose,
    leg_days,
    next_step,
    run_leg,
    tail_days,
)
from nation.measures import (
    COMPULSION,
    ENTRY,
    EVICTION,
    HANDOVER,
    LOOKS_FOR_MEANS,
    MOVABLE,
    MOVABLE_SALE,
    N_MEASURES,
    QUERY,
    WAGE,
)
from nation.mistake_kinds import ENTRY_UNASKED, NO_MISTAKE
from nation.money import SeesMoney
from nation.officers import Practice, owns_nothing_leviable
from nation.situation import Situation, State, falls_due, means_ratio, raised
from nation.truth import cost_of, draw_luck

OPEN, PERFORMED, RETURNED, OTHERWISE, STATUS_CHANGED = range(5)
_REST, _ENTRIES = 3, 4
_ENTERS, _UNASKED = 0.9, 0.08
"""Parts of the returned cases that are entered where that is lawful, and where nobody asked."""


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
    attached: Floats
    failed: Bools
    last_failed: Bools
    tried_until: Ints
    debt_after: Floats
    withheld_after: Bools
    attached_after: Floats


@dataclass(frozen=True)
class History:
    """What happened: decisions, payments, and for each case how and when it ended.

    `grown_until` is the day up to which a periodic claim has grown.
    """

    decisions: Decisions
    payments: Payments
    ending: Ints
    ended_day: Ints
    is_entered: Bools
    grown_until: Ints
    state: State


def run_history(
    rng: np.random.Generator, s: Situation, claims: Claims, practice: Practice,
    sees_money: SeesMoney, calendar: Calendar,
) -> History:  # fmt: skip
    """Runs every case to the day of the questions; one pass per round over all cases."""
    # Consolidated cases share their luck: one debtor, one officer, one day.
    draws = draw_luck(rng, len(claims.kind))[:, :, claims.leader]
    run = _Run(draws, s, claims, practice, sees_money, calendar)
    run.pay_before_measures()
    active = np.flatnonzero((run.ending == OPEN) & s.is_money & (run.day < run.until))
    for round_ in range(MAX_ROUNDS):
        active = run.take_round(active, round_)
    run.rest()
    run.end_the_others()
    run.compel()
    run.grow_to_the_end()
    state = run.state_of(np.arange(len(run.day)))
    decisions, payments = _join(run.decisions), join(run.payments)
    return History(decisions, payments, run.ending, run.ended_day, run.entered,
                   run.grown_until, state)  # fmt: skip


class _Run:
    """The cases on their way: what is paid, decided and ended so far."""

    def __init__(
        self, draws: Floats, s: Situation, claims: Claims, practice: Practice,
        sees_money: SeesMoney, calendar: Calendar,
    ) -> None:  # fmt: skip
        n = len(claims.kind)
        self.draws, self.s, self.claims, self.calendar = draws, s, claims, calendar
        self.practice, self.sees_money = practice, sees_money
        self.day = claims.first_decision.copy()
        self.debt = (claims.claim + claims.fee).astype(np.float64)
        self.tried = np.zeros((n, N_MEASURES), dtype=bool)
        self.n_rounds = np.zeros(n, dtype=np.int64)
        self.is_withheld = np.zeros(n, dtype=bool)
        self.attached = np.zeros(n)
        self.failed = np.zeros((n, N_MEASURES), dtype=bool)
        self.last_failed = np.zeros((n, N_MEASURES), dtype=bool)
        self.tried_until = np.zeros((n, N_MEASURES), dtype=np.int64)
        self.grown_until = claims.opened.copy()
        self.erred = np.zeros(n, dtype=bool)
        self.entered = np.zeros(n, dtype=bool)
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
        claims, u = self.claims, self.draws[_REST]
        ratio = means_ratio(self.s, self.debt, claims.opened, self.calendar)
        pays = (u[0] < sigmoid(-1.9 + 1.0 * self.s.willing + 0.45 * ratio)) & self.s.is_money
        part = np.where(u[1] < 0.75, 1.0, 0.15 + 0.5 * u[2])
        room = np.maximum(claims.first_decision - claims.opened - 1, 1)
        day = claims.opened + 1 + np.floor(u[3] * room).astype(np.int64)
        pays &= (day < claims.first_decision) & (day < self.until)
        who = np.flatnonzero(pays)
        none = np.full(len(who), NO_ACTION, dtype=np.int64)
        most = raised(self.s, claims.opened)[who]
        som = np.floor(np.minimum(self.debt[who], most) * part[who]).astype(np.int64)
        paid = Payments(who, day[who], som, np.full(len(who), VOLUNTARY), none)
        self._receive(paid, who)

    def take_round(self, active: Ints, round_: int) -> Ints:
        """One decision for each active case and what follows; returns the cases that go on."""
        self._grow(active, self.day)
        state, u = self.state_of(active), self.draws[round_][:, active]
        here, calendar = take(self.s, active), self.calendar
        money = self.sees_money(active, state.day, u[MONEY_DRAWS])
        choice = choose(
            self.practice, self.practice.utility[active], here, state, u, money, calendar,
            ~self.erred[active],
        )  # fmt: skip
        self.erred[active] |= choice.mistake != NO_MISTAKE
        days = leg_days(choice.measure, state.day, u, calendar)
        limit = np.minimum(days, self.until[active] - state.day)
        leg = run_leg(here, state, choice.measure, u, limit, calendar)
        number = self._numbers(len(active))
        withholds = choice.measure == WAGE
        self.wage_decision[active[withholds]] = number[withholds]
        wages = self.wage_decision[active]
        self._receive(book(leg, choice.measure, state, active, number, wages, limit), active)
        following = self._follow(active, state, choice, leg, days)
        self._log(active, state, choice, state.day + days, u[COST_DRAW], following)
        live = (self.debt[active] >= 1.0) & (self.day[active] < self.until[active])
        closed, goes_on = next_step(following, choice.measure, u)
        self._end(active[live & closed], OTHERWISE, self.day)
        self.resting.append((active[live & ~closed & ~goes_on], round_))
        return active[live & goes_on]

    def _numbers(self, n: int) -> Ints:
        number: Ints = self.n_decisions + np.arange(n)
        self.n_decisions += n
        return number

    def _log(
        self, cases: Ints, state: State, choice: Choice, leg_end: Ints, u_cost: Floats,
        following: State,
    ) -> None:  # fmt: skip
        """Writes decisions down with the state they were taken in and the one they led to."""
        self.decisions.append(
            Decisions(
                case=cases, measure=choice.measure, probability=choice.probability,
                is_lottery=choice.is_lottery, mistake=choice.mistake,
                cost=cost_of(choice.measure, u_cost).astype(np.int64), leg_end=leg_end,
                hours=u_cost, debt_after=following.debt, withheld_after=following.is_withheld,
                attached_after=following.attached,
                **{name: getattr(state, name) for name in State.__dataclass_fields__},
            )
        )  # fmt: skip

    def _follow(self, active: Ints, state: State, choice: Choice, leg: Leg, days: Ints) -> State:
        """Writes the state after a leg; of what was taken by mistake nothing is held."""
        following = after(state, choice.measure, leg, self.debt[active])
        was_right = choice.mistake == NO_MISTAKE
        attached = np.where(was_right, following.attached, 0.0)
        following = replace(following, attached=attached)
        for name in (
            "tried",
            "n_rounds",
            "is_withheld",
            "attached",
            "failed",
            "last_failed",
            "tried_until",
        ):
            getattr(self, name)[active] = getattr(following, name)
        self.day[active] += days
        return following

    def rest(self) -> None:
        """Cases after their last round: wages run on, some pay, many are returned."""
        for cases, round_ in self.resting:
            self._grow(cases, np.minimum(self.day, self.until))
            state = self.state_of(cases)
            closes = tail_days(self.draws[round_][:, cases])
            limit = np.minimum(closes, self.until[cases] - state.day)
            u = self.draws[_REST][:, cases]
            leg = run_leg(take(self.s, cases), state, None, u, limit, self.calendar)
            none = np.full(len(cases), NO_ACTION, dtype=np.int64)
            wages = self.wage_decision[cases]
            self._receive(book(leg, None, state, cases, none, wages, limit), cases)
            self.is_withheld[cases] = leg.is_withheld
            returned = (self.debt[cases] >= 1.0) & (state.day + closes < self.until[cases])
            self.day[cases] += closes
            self._end(cases[returned], RETURNED, self.day)
            self._enter(cases[returned])

    def _enter(self, cases: Ints) -> None:
        """The closing officer's entry in the Register of Obligations (Art. 41¹), a day before.

        It needs an inventory that found nothing, with a query of the registers where its result is
        not known yet; now and then nobody asked.
        """
        u = self.draws[_ENTRIES][:, cases]
        day = self.day[cases] - 1
        money = self.sees_money(cases, day, u[MONEY_DRAWS])
        here, tried = take(self.s, cases), self.tried[cases]
        may = (day >= self.calendar.register_of_obligations) & ~here.is_simplified
        reported = day >= self.tried_until[cases, MOVABLE] + 7
        in_vain = self.failed[cases, MOVABLE] & reported & ~self.erred[cases]
        in_vain &= ~tried[:, MOVABLE_SALE]
        asked = (tried[:, QUERY] & tried[:, MOVABLE]) | in_vain
        asked &= self.attached[cases] == 0
        asked &= owns_nothing_leviable(here, money, day, self.calendar)
        looked = tried[:, LOOKS_FOR_MEANS].any(axis=1)
        errs = may & ~looked & (u[0] < _UNASKED) & ~self.erred[cases]
        enters = (may & asked & (u[0] < _ENTERS)) | errs
        rows, number = np.flatnonzero(enters), int(enters.sum())
        self._numbers(number)
        state = replace(self.state_of(cases[rows]), day=day[rows])
        mistake = np.where(errs[rows], ENTRY_UNASKED, NO_MISTAKE)
        self._log_act(cases[rows], state, np.full(number, ENTRY), mistake, u[1, rows])
        self.entered[cases[rows]] = True

    def compel(self) -> None:
        """Documents that order acts: most officers take one measure, and some are performed."""
        s, claims = self.s, self.claims
        day = np.maximum(claims.first_decision, np.maximum(claims.term_end, claims.served) + 1)
        ends = np.minimum(self.until, self.ended_day)
        cases = np.flatnonzero(~s.is_money & (self.draws[1][0] < 0.75) & (day + 2 < ends))
        u = self.draws[1][:, cases]
        kind = np.select([u[1] < 0.7, u[1] < 0.92], [COMPULSION, HANDOVER], EVICTION)
        self._numbers(len(cases))
        state = replace(self.state_of(cases), day=day[cases])
        mistake = np.full(len(cases), NO_MISTAKE)
        self._log_act(cases, state, kind.astype(np.int64), mistake, u[2])

    def _log_act(
        self, cases: Ints, state: State, measure: Ints, mistake: Ints, u_cost: Floats
    ) -> None:  # fmt: skip
        """Writes down an act that stands outside the rounds and moves no money."""
        sure, drawn = np.ones(len(cases)), np.zeros(len(cases), dtype=bool)
        end = np.minimum(self.ended_day[cases], state.day + 30)
        self._log(cases, state, Choice(measure, sure, drawn, mistake), end, u_cost, state)

    def end_the_others(self) -> None:
        """Documents that ask for acts, and cases whose debtor died or was liquidated."""
        done = self.claims.opened + between(self.draws[0][2], 15, 200)
        acts = ~self.s.is_money & (self.draws[0][3] < 0.6) & (done < self.until)
        self._end(np.flatnonzero(acts), PERFORMED, done)
        changed = (self.ending == OPEN) & (self.s.end_day < self.calendar.n_days)
        later = self.until + between(self.draws[0][1], 8, 40)
        self._end(np.flatnonzero(changed), STATUS_CHANGED, later)

    def _grow(self, cases: Ints, until: Ints) -> None:
        """Adds the monthly sums of periodic claims that have fallen due up to a day."""
        start, end = self.grown_until[cases], np.maximum(until[cases], self.grown_until[cases])
        self.debt[cases] += falls_due(take(self.s, cases), start, end)
        self.grown_until[cases] = end

    def grow_to_the_end(self) -> None:
        """Periodic claims that were not performed grow until they end, or to the last day."""
        others = np.flatnonzero((self.ending != PERFORMED) & self.s.is_money)
        self._grow(others, np.minimum(self.until, self.ended_day))

    def state_of(self, rows: Ints) -> State:
        """The state of some cases as it stands."""
        return State(**{n: getattr(self, n)[rows] for n in State.__dataclass_fields__})

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
