"""Where a mistake is possible, because it certainly is one: what the law forbids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nation.arrays import Bools
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
from nation.officers import is_term_over
from nation.situation import (
    Situation,
    State,
    owns_estate,
    owns_vehicle,
    protected_som,
)

LEAST_ASSESSED = 0.25
"""Part of its true value that the reported value of a vehicle always reaches."""


@dataclass(frozen=True)
class Chance:
    """A measure that is a mistake of one kind where `where`: how often it is then taken."""

    code: str
    measure: int
    rate: float
    where: Bools


@dataclass(frozen=True)
class Seen:
    """What the conditions of many mistakes share."""

    s: Situation
    state: State
    money: Money
    is_open: Bools
    calendar: Calendar

    @property
    def over(self) -> Bools:
        """The voluntary term has passed."""
        return is_term_over(self.s, self.state.day)

    @property
    def firm(self) -> Bools:
        """It has, and the procedure is the ordinary one."""
        return self.over & ~self.s.is_simplified

    @property
    def person(self) -> Bools:
        """The debtor is a natural person."""
        natural: Bools = self.s.kind != LEGAL_ENTITY
        return natural

    @property
    def car(self) -> Bools:
        """The debtor owns a vehicle free of pledge, and every register knows it."""
        return owns_vehicle(self.s, self.state.day, 60) & ~self.s.vehicle_pledged

    @property
    def estate(self) -> Bools:
        """The debtor owns real estate besides the home, and every register knows it."""
        return owns_estate(self.s, self.state.day, 60)

    @property
    def owns_nothing(self) -> Bools:
        """The debtor never owns a vehicle or real estate."""
        nothing: Bools = (self.s.vehicle == 0) & (self.s.estate == 0) & (self.s.home == 0)
        return nothing

    @property
    def money_covers(self) -> Bools:
        """The balance that any report shows, less what is protected, covers the whole claim."""
        free = self.money.least - protected_som(self.s, self.state.day, self.calendar)
        return free > self.s.claim


def too_early(x: Seen) -> Iterator[Chance]:
    """Art. 45: the voluntary term runs; Art. 32-38: a stay is in force (see case_registers)."""
    running = (x.state.day < x.s.term_end) & (x.state.day > x.s.opened)
    for measure in (BANK, ACCOUNT, MOVABLE, VEHICLE, BAN):
        yield Chance("before_term", measure, 0.002, running)
    since_opening = x.state.day > x.s.opened + 8
    for measure in (BANK, WAGE, TRAVEL, BAN, ACCOUNT):
        yield Chance("during_stay", measure, 0.0006, since_opening & x.is_open[:, measure])


def simplified(x: Seen) -> Iterator[Chance]:
    """Art. 43²: only money on accounts and income, and not for utility debts on accounts."""
    where = x.over & x.s.is_simplified
    for measure in (ACCOUNT, MOVABLE, SEARCH, RECEIVABLES, BAN, TRAVEL, VEHICLE, ESTATE):
        yield Chance("simplified_procedure", measure, 0.0003, where)
    yield Chance("simplified_utility", BANK, 0.008, where & x.s.is_utility)


def wrong_order(x: Seen) -> Iterator[Chance]:
    """Art. 47, 60, 64: money first, then vehicles, then real estate; wages if these fall short."""
    s, debt = x.s, x.state.debt
    for measure, thing in ((MOVABLE, x.firm), (VEHICLE, x.car)):
        yield Chance("money_suffices", measure, 0.0035, x.firm & x.money_covers & thing)
    plenty = np.where(x.car, LEAST_ASSESSED * s.vehicle, 0.0)
    enough = x.firm & (plenty > s.all_claims)
    above = s.all_claims > x.calendar.minimum_wage[x.state.day]
    yield Chance("property_suffices", WAGE, 0.03, enough & s.knows_wage & above & ~s.is_alimony
                 & (debt > x.calendar.minimum_wage[x.state.day]))  # fmt: skip
    lighter = enough & x.estate & ~s.is_own_pledge
    yield Chance("lighter_property_first", ESTATE, 0.02, lighter)


def wrong_person(x: Seen) -> Iterator[Chance]:
    """Art. 42¹: travel bans by court acts, above five base units, of persons; Art. 64: wages."""
    s, bhm = x.s, x.calendar.bhm[x.state.day]
    fits = x.firm & x.person & ~x.state.tried[:, TRAVEL]
    small = (s.claim <= 5 * bhm) & ~s.is_alimony & ~s.is_criminal_fine
    yield Chance("travel_floor", TRAVEL, 0.004, fits & s.is_court & small)
    yield Chance(
        "travel_no_court", TRAVEL, 0.035, fits & s.is_no_court & (x.state.debt > 5.1 * bhm)
    )
    entity = x.firm & (s.kind == LEGAL_ENTITY)
    yield Chance("travel_of_entity", TRAVEL, 0.021, entity & s.is_court)
    yield Chance("wage_of_entity", WAGE, 0.014, entity)


def wrong_thing(x: Seen) -> Iterator[Chance]:
    """Art. 52, 53, 51, 73: the only home, what was never attached, the pledge of another claim."""
    s = x.s
    home = (s.home > 0) & (s.estate == 0) & ~s.is_secured & x.person
    yield Chance("only_home", ESTATE, 0.0018, x.firm & home)
    yield Chance("nothing_attached", MOVABLE_SALE, 0.0012, x.firm & ~x.state.tried[:, MOVABLE])
    pledged = owns_vehicle(s, x.state.day, 60) & s.vehicle_pledged & ~s.is_secured
    yield Chance("pledge_of_others", PLEDGE, 0.08, x.firm & pledged & x.money_covers)
    yield Chance("act_for_money", EVICTION, 0.001, x.firm & (s.home > 0))
    yield Chance("act_for_money", HANDOVER, 0.0006, x.firm)
    yield Chance("no_postponement_left", INSTALMENT, 0.0055, x.over & (x.state.n_rounds >= 2))
