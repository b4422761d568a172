"""The planted mistakes: measures that an officer takes although the law or the facts forbid them.

About one decision in a hundred. A mistake is possible only where it is certainly one: the bounds on
money and property hold for every report of the registers. Its kind names the rule that it breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nation.arrays import Bools, Floats, Ints, take
from nation.country import LEGAL_ENTITY, Calendar
from nation.measures import (
    ACCOUNT,
    BAN,
    BANK,
    ESTATE,
    EVICTION,
    HANDOVER,
    INSTALMENT,
    MOVABLE,
    MOVABLE_SALE,
    PLEDGE,
    RECEIVABLES,
    SEARCH,
    TRAVEL,
    VEHICLE,
    WAGE,
)
from nation.money import Money
from nation.officers import MOST_ASSESSED, income_at_least, is_term_over, may_withhold
from nation.situation import (
    Situation,
    State,
    owns_estate,
    owns_vehicle,
    pledged_value,
    protected_som,
)

NO_MISTAKE = -1
_LEAST_ASSESSED = 0.25
"""Part of its true value that the reported value of a vehicle always reaches."""


@dataclass(frozen=True)
class Kind:
    """A kind of mistake: its short code, and what the law says of it."""

    code: str
    label: str


KINDS = (
    Kind("before_term", "unlawful"),
    Kind("simplified_procedure", "unlawful"),
    Kind("simplified_utility", "unlawful"),
    Kind("during_stay", "unlawful"),
    Kind("money_suffices", "unlawful"),
    Kind("property_suffices", "unlawful"),
    Kind("lighter_property_first", "unlawful"),
    Kind("only_home", "unlawful"),
    Kind("travel_floor", "unlawful"),
    Kind("travel_no_court", "unlawful"),
    Kind("travel_of_entity", "unlawful"),
    Kind("wage_of_entity", "unlawful"),
    Kind("nothing_attached", "unlawful"),
    Kind("pledge_of_others", "unlawful"),
    Kind("act_for_money", "unlawful"),
    Kind("no_postponement_left", "unlawful"),
    Kind("entry_without_query", "unlawful"),
    Kind("no_money", "unfounded"),
    Kind("no_income", "unfounded"),
    Kind("nothing_to_ban", "unfounded"),
    Kind("no_vehicle", "unfounded"),
    Kind("no_real_estate", "unfounded"),
    Kind("no_account", "unfounded"),
    Kind("no_receivables", "unfounded"),
    Kind("no_pledge", "unfounded"),
    Kind("already_in_force", "unfounded"),
    Kind("repeated", "unfounded"),
    Kind("income_suffices", "unfounded"),
    Kind("out_of_proportion", "unfounded"),
)
CODES = tuple(kind.code for kind in KINDS)
LABELS = tuple(kind.label for kind in KINDS)
NUMBER = {code: number for number, code in enumerate(CODES)}
STAY, POSTPONED, ENTRY_UNASKED = (
    NUMBER[code] for code in ("during_stay", "no_postponement_left", "entry_without_query")
)


_BY_EVENTS = ("during_stay", "no_postponement_left")
"""Mistakes by the events of the case, which are invented with them."""


@dataclass(frozen=True)
class Chance:
    """A measure that is a mistake of one kind where `where`: how often it is then taken."""

    code: str
    measure: int
    rate: float
    where: Bools


@dataclass(frozen=True)
class _Seen:
    """What the conditions of many mistakes share."""

    s: Situation
    state: State
    money: Money
    is_open: Bools
    calendar: Calendar

    @property
    def over(self) -> Bools:
        return is_term_over(self.s, self.state.day)

    @property
    def firm(self) -> Bools:
        return self.over & ~self.s.is_simplified

    @property
    def person(self) -> Bools:
        natural: Bools = self.s.kind != LEGAL_ENTITY
        return natural

    @property
    def car(self) -> Bools:
        return owns_vehicle(self.s, self.state.day, 60) & ~self.s.vehicle_pledged

    @property
    def estate(self) -> Bools:
        return owns_estate(self.s, self.state.day, 60)

    @property
    def owns_nothing(self) -> Bools:
        nothing: Bools = (self.s.vehicle == 0) & (self.s.estate == 0) & (self.s.home == 0)
        return nothing

    @property
    def money_covers(self) -> Bools:
        """The balance that any report shows, less what is protected, covers the whole claim."""
        free = self.money.least - protected_som(self.s, self.state.day, self.calendar)
        return free > self.s.claim


def chances(
    s: Situation, state: State, money: Money, is_open: Bools, calendar: Calendar
) -> Iterator[Chance]:
    """Every mistake that an officer might make in ordinary rounds, and where."""
    seen = _Seen(s, state, money, is_open, calendar)
    yield from _too_early(seen)
    yield from _simplified(seen)
    yield from _wrong_order(seen)
    yield from _wrong_person(seen)
    yield from _wrong_thing(seen)
    yield from _nothing_there(seen)
    yield from _again(seen)
    yield from _too_much(seen)


def _too_early(x: _Seen) -> Iterator[Chance]:
    """Art. 45: the voluntary term runs; Art. 32-38: a stay is in force (see case_registers)."""
    running = (x.state.day < x.s.term_end) & (x.state.day > x.s.opened)
    for measure in (BANK, ACCOUNT, MOVABLE, VEHICLE, BAN):
        yield Chance("before_term", measure, 0.002, running)
    since_opening = x.state.day > x.s.opened + 8
    for measure in (BANK, WAGE, TRAVEL, BAN, ACCOUNT):
        yield Chance("during_stay", measure, 0.0005, since_opening & x.is_open[:, measure])


def _simplified(x: _Seen) -> Iterator[Chance]:
    """Art. 43²: only money on accounts and income, and not for utility debts on accounts."""
    where = x.over & x.s.is_simplified
    for measure in (ACCOUNT, MOVABLE, SEARCH, RECEIVABLES, BAN, TRAVEL, VEHICLE, ESTATE):
        yield Chance("simplified_procedure", measure, 0.0005, where)
    yield Chance("simplified_utility", BANK, 0.008, where & x.s.is_utility)


def _wrong_order(x: _Seen) -> Iterator[Chance]:
    """Art. 47, 60, 64: money first, then vehicles, then real estate; wages if these fall short."""
    s, debt = x.s, x.state.debt
    for measure, thing in ((ACCOUNT, s.knows_money), (MOVABLE, x.firm), (VEHICLE, x.car)):
        yield Chance("money_suffices", measure, 0.003, x.firm & x.money_covers & thing)
    plenty = np.where(x.car, _LEAST_ASSESSED * s.vehicle, 0.0)
    enough = x.firm & (plenty > s.all_claims)
    above = s.all_claims > x.calendar.minimum_wage[x.state.day]
    yield Chance("property_suffices", WAGE, 0.03, enough & s.knows_wage & above & ~s.is_alimony
                 & (debt > x.calendar.minimum_wage[x.state.day]))  # fmt: skip
    lighter = enough & x.estate & ~s.is_own_pledge
    yield Chance("lighter_property_first", ESTATE, 0.02, lighter)


def _wrong_person(x: _Seen) -> Iterator[Chance]:
    """Art. 42¹: travel bans by court acts, above five base units, of persons; Art. 64: wages."""
    s, bhm = x.s, x.calendar.bhm[x.state.day]
    fits = x.firm & x.person & ~x.state.tried[:, TRAVEL]
    small = (s.claim <= 5 * bhm) & ~s.is_alimony & ~s.is_criminal_fine
    yield Chance("travel_floor", TRAVEL, 0.003, fits & s.is_court & small)
    yield Chance(
        "travel_no_court", TRAVEL, 0.035, fits & s.is_no_court & (x.state.debt > 5.1 * bhm)
    )
    entity = x.firm & (s.kind == LEGAL_ENTITY)
    yield Chance("travel_of_entity", TRAVEL, 0.018, entity & s.is_court)
    yield Chance("wage_of_entity", WAGE, 0.011, entity)


def _wrong_thing(x: _Seen) -> Iterator[Chance]:
    """Art. 52, 53, 51, 73: the only home, what was never attached, the pledge of another claim."""
    s = x.s
    home = (s.home > 0) & (s.estate == 0) & ~s.is_secured & x.person
    yield Chance("only_home", ESTATE, 0.0018, x.firm & home)
    yield Chance("nothing_attached", MOVABLE_SALE, 0.0008, x.firm & ~x.state.tried[:, MOVABLE])
    pledged = owns_vehicle(s, x.state.day, 60) & s.vehicle_pledged & ~s.is_secured
    yield Chance("pledge_of_others", PLEDGE, 0.1, x.firm & pledged & x.money_covers)
    yield Chance("act_for_money", EVICTION, 0.0006, x.firm & (s.home > 0))
    yield Chance("act_for_money", HANDOVER, 0.0004, x.firm)
    yield Chance("no_postponement_left", INSTALMENT, 0.0035, x.over & (x.state.n_rounds >= 2))


def _nothing_there(x: _Seen) -> Iterator[Chance]:
    """Lawful in form, but the registers show nothing of the kind."""
    s, firm = x.s, x.firm
    poor = firm & ~s.knows_money
    yield Chance(
        "no_money", BANK, 0.006, x.over & ~s.knows_money & ~(s.is_simplified & s.is_utility)
    )
    yield Chance("no_income", WAGE, 0.035, firm & x.person & s.is_alimony & (s.wage == 0))
    yield Chance("nothing_to_ban", BAN, 0.004, firm & x.owns_nothing)
    yield Chance("no_vehicle", VEHICLE, 0.009, poor & (s.vehicle == 0))
    yield Chance("no_real_estate", ESTATE, 0.028, poor & x.owns_nothing)
    yield Chance("no_account", ACCOUNT, 0.007, poor)
    short = firm & (x.state.debt > x.money.most)
    yield Chance("no_receivables", RECEIVABLES, 0.0035, short & (s.revenue == 0))
    nothing = ~s.is_secured & ~(s.vehicle_pledged & (s.vehicle > 0)) & ~s.home_pledged
    yield Chance("no_pledge", PLEDGE, 0.0011, firm & nothing)


def _again(x: _Seen) -> Iterator[Chance]:
    """A second decision while the first holds; a sale that came to nothing, tried again."""
    s, state = x.s, x.state
    ban = x.firm & state.tried[:, BAN] & (x.car | (s.home > 0))
    yield Chance("already_in_force", BAN, 0.006, ban)
    yield Chance("already_in_force", TRAVEL, 0.01, x.firm & state.tried[:, TRAVEL]
                 & (s.is_alimony | (state.debt > 5.1 * x.calendar.bhm[state.day])))  # fmt: skip
    last = state.n_rounds == 1
    enough = may_withhold(s, state, x.money, x.calendar) & x.over & s.knows_wage
    yield Chance("already_in_force", WAGE, 0.008, enough & state.tried[:, WAGE] & last)
    account = x.firm & (state.debt > x.money.most) & s.knows_money
    yield Chance("already_in_force", ACCOUNT, 0.02, account & state.tried[:, ACCOUNT] & last)
    # A sale that came to nothing is known to have failed before the next decision falls.
    failed = x.firm[:, None] & (state.failed | state.last_failed)
    short = state.debt > x.money.most
    yield Chance("repeated", VEHICLE, 0.3, failed[:, VEHICLE] & x.car & short)
    lighter = x.money.most + MOST_ASSESSED * s.vehicle
    yield Chance("repeated", ESTATE, 0.3, failed[:, ESTATE] & x.estate & (state.debt > lighter))
    pledge = pledged_value(s, state.day) > 0
    yield Chance("repeated", PLEDGE, 0.3, failed[:, PLEDGE] & pledge)


def _too_much(x: _Seen) -> Iterator[Chance]:
    """Art. 47(11), 53: income covers the debt soon; a thing worth many times the debt."""
    s, state = x.s, x.state
    untried = ~state.tried[:, [BANK, WAGE, ACCOUNT]].any(axis=1)
    open_wage = may_withhold(s, state, x.money, x.calendar) & x.firm & s.knows_wage & ~s.is_alimony
    covers = open_wage & (income_at_least(s, state.day) * 2 > s.all_claims)
    short = state.debt > x.money.most
    travel = covers & s.is_court & (state.debt > 5.1 * x.calendar.bhm[state.day])
    yield Chance("income_suffices", TRAVEL, 0.3, travel & ~s.is_criminal_fine
                 & ~state.tried[:, TRAVEL])  # fmt: skip
    yield Chance("income_suffices", MOVABLE, 0.08, covers & short)
    lighter = untried & (open_wage | x.money.is_there) & short
    dear = _LEAST_ASSESSED * s.vehicle > 5 * s.all_claims
    yield Chance("out_of_proportion", VEHICLE, 0.1, x.firm & lighter & x.car & dear)
    least = 0.15 * s.estate  # a quarter share, and a wrong first report
    dear = least > 5 * s.all_claims
    alone = x.estate & (s.home == 0) & (s.vehicle == 0)
    yield Chance("out_of_proportion", ESTATE, 0.2, x.firm & lighter & alone & dear)


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
