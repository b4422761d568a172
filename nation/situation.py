"""What a decision starts from: the hidden truth, the visible facts, and the moving state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import NEVER, Bools, Floats, Ints, spread
from nation.claims import (
    ALIMONY,
    COURT_COSTS,
    CRIMINAL_FINE,
    NON_PROPERTY,
    SEARCHED_FOR,
    UTILITY,
    Claims,
    is_court_document,
    is_no_court_document,
    one_pledge,
)
from nation.country import INDIVIDUAL, Calendar
from nation.drivers import SKILL, Drivers
from nation.mess import free_share
from nation.offices import Offices
from nation.people import People

DAILY_GROWTH = 0.11 / 365
MONTHS_RAISED = 12.0
"""Nobody pays more of their own accord than this many times the cash of a month."""
BALANCE_SHAPE = 0.30
"""Shape of the monthly noise of a bank balance around the debtor's usual one."""


@dataclass(frozen=True)
class Situation:
    """One row per case: what does not change while it runs. Hidden amounts are of day 0."""

    kind: Ints
    wage: Floats
    liquid: Floats
    free_share: Floats
    cash: Floats
    willing: Floats
    evasive: Floats
    mobile: Floats
    vehicle: Floats
    vehicle_from: Ints
    vehicle_until: Ints
    vehicle_pledged: Bools
    home: Floats
    home_pledged: Bools
    estate: Floats
    estate_from: Ints
    estate_until: Ints
    receivables: Floats
    past_due: Floats
    end_day: Ints
    officer: Ints
    region: Ints
    knows_wage: Bools
    knows_money: Bools
    has_property: Bools
    is_business: Bools
    is_alimony: Bools
    is_utility: Bools
    is_court_costs: Bools
    is_simplified: Bools
    is_court: Bools
    is_no_court: Bools
    is_criminal_fine: Bools
    may_search: Bools
    is_secured: Bools
    is_own_pledge: Bools
    is_money: Bools
    all_claims: Floats
    claim: Floats
    reports_business: Bools
    revenue: Floats
    opened: Ints
    term_end: Ints
    served: Ints
    hides: Floats
    skill: Floats
    monthly: Floats
    world: World


@dataclass(frozen=True)
class World:
    """What holds for every case: the drivers of effects, the day of a change of regime."""

    drivers: Drivers
    regime_day: int = NEVER


@dataclass(frozen=True)
class State:
    """One row per run: what a decision changes.

    `failed` marks measures that brought nothing and are known to have; `last_failed` the one whose
    result is not reported yet when the next decision falls; `tried_until` is the day on which the
    last attempt of each measure ended.
    """

    day: Ints
    debt: Floats
    tried: Bools
    n_rounds: Ints
    is_withheld: Bools
    attached: Floats
    failed: Bools
    last_failed: Bools
    tried_until: Ints


def build_situation(
    people: People, claims: Claims, offices: Offices, world: World, calendar: Calendar
) -> Situation:
    """Joins each case with its debtor."""
    who = claims.person
    sums = np.zeros(len(people.kind))
    # What a periodic claim grows to by the day of the questions: a bound for the careful side.
    most = claims.claim + claims.fee + claims.monthly * months_due(claims.opened, calendar.n_days)
    np.add.at(sums, who, most)
    column = {
        name: getattr(people, name)[who]
        for name in (
            "kind", "wage", "liquid", "cash", "willing", "evasive", "mobile", "vehicle",
            "vehicle_from", "vehicle_until", "vehicle_pledged", "home", "home_pledged",
            "estate_from", "estate_until", "receivables", "past_due", "region",
            "reports_business", "revenue",
        )
    }  # fmt: skip
    owns = (people.vehicle > 0) | (people.home > 0) | (people.other_estate > 0)
    return Situation(
        **column, free_share=free_share(people.blocks, people.n_accounts)[who],
        estate=people.other_estate[who], end_day=people.status_day[who], officer=claims.officer,
        knows_wage=((people.wage > 0) & people.incomes_known)[who],
        knows_money=(people.accounts_known & (people.n_accounts > 0))[who],
        has_property=owns[who], is_business=people.kind[who] != INDIVIDUAL,
        is_alimony=claims.kind == ALIMONY, is_utility=claims.kind == UTILITY,
        is_court_costs=claims.kind == COURT_COSTS,
        is_simplified=claims.simplified, is_court=is_court_document(claims),
        is_no_court=is_no_court_document(claims),
        is_criminal_fine=claims.kind == CRIMINAL_FINE, is_money=claims.kind != NON_PROPERTY,
        may_search=np.isin(claims.kind, SEARCHED_FOR), is_secured=claims.secured,
        is_own_pledge=claims.secured & one_pledge(people)[who], all_claims=sums[who],
        claim=most, opened=claims.opened,
        term_end=claims.term_end, served=claims.served,
        hides=getattr(people, world.drivers.hiding)[who], skill=offices.skill[claims.officer],
        monthly=claims.monthly, world=world,
    )  # fmt: skip


def months_due(opened: Ints, day: Ints | int) -> Ints:
    """How many monthly sums of a periodic claim have fallen due since it was opened."""
    due: Ints = np.maximum((day - opened) // 30, 0)
    return due


def falls_due(s: Situation, start: Ints, end: Ints) -> Floats:
    """By how much periodic claims grow after `start` and up to `end`, in som."""
    due: Floats = s.monthly * (months_due(s.opened, end) - months_due(s.opened, start))
    return due


def pull(s: Situation, measure: int) -> Floats:
    """Log odds by which the debtor's traits and the officer's skill lift a measure."""
    by = s.world.drivers.table[measure]
    traits = by[0] * s.willing + by[1] * s.evasive + by[2] * s.mobile
    lift: Floats = traits + SKILL * s.skill
    return lift


def means(s: Situation, measure: int, state: State, calendar: Calendar) -> Floats:
    """Log odds by which the debtor's means lift a measure."""
    weight = float(s.world.drivers.table[measure, 3])
    return weight * means_ratio(s, state.debt, state.day, calendar)


def growth(day: Ints) -> Floats:
    """How much higher nominal incomes and means are than on day 0."""
    factor: Floats = np.exp(DAILY_GROWTH * day)
    return factor


def protected_som(s: Situation, day: Ints, calendar: Calendar) -> Floats:
    """Money on accounts that no levy may touch: half a minimum wage (Art. 47 pt 12).

    Nought for businesses and alimony.
    """
    half = calendar.minimum_wage[day] / 2.0
    return np.where(s.is_business | s.is_alimony, 0.0, half)


def leviable_threshold(s: Situation, day: Ints, calendar: Calendar) -> Floats:
    """The balance from which an officer sees money worth a levy."""
    return 1.15 * protected_som(s, day, calendar) + 20_000.0


def balance(liquid: Floats, day: Ints, uniform: Floats) -> Floats:
    """A bank balance on a day: the usual one, grown, with the month's noise."""
    return liquid * growth(day) * spread(uniform, BALANCE_SHAPE)


def means_ratio(s: Situation, debt: Floats, day: Ints, calendar: Calendar) -> Floats:
    """Log of hidden cash over the debt, bounded: can the debtor pay if they want to?"""
    cash = s.cash * growth(day) * calendar.season[day]
    return np.clip(np.log(np.maximum(cash, 1e4) / np.maximum(debt, 1e4)), -2.5, 2.5)


def raised(s: Situation, day: Ints) -> Floats:
    """The most that the debtor could raise: some months of hidden cash."""
    most: Floats = MONTHS_RAISED * s.cash * growth(day)
    return most


def payable(s: Situation, state: State) -> Floats:
    """The debt, or the most that the debtor could raise of it."""
    return np.minimum(state.debt, raised(s, state.day))


def owns_vehicle(s: Situation, day: Ints, lag: int = 0) -> Bools:
    """Whether the debtor owns a vehicle that day, and the register knew it `lag` days later."""
    return (s.vehicle > 0) & (day >= s.vehicle_from + lag) & (day < s.vehicle_until)


def owns_estate(s: Situation, day: Ints, lag: int = 0) -> Bools:
    """Whether the debtor owns real estate besides the home that day."""
    return (s.estate > 0) & (day >= s.estate_from + lag) & (day < s.estate_until)


def pledged_value(s: Situation, day: Ints) -> Floats:
    """What the thing that secures the claim is worth; nought where none does."""
    vehicle = np.where(s.vehicle_pledged & owns_vehicle(s, day), s.vehicle, 0.0)
    home = np.where(s.home_pledged, s.home, 0.0)
    return np.where(s.is_own_pledge, vehicle + home, 0.0)
