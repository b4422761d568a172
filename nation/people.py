"""Who lives in the invented nation: hidden traits of each debtor, and what they own.

Hidden traits (never written to a register): income, formality, liquidity, wealth (cash and
property), willingness, evasiveness, mobility. Registers see them later, partly and with noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import NEVER, Bools, Floats, Ints, sigmoid
from nation.country import (
    ENTREPRENEUR,
    HISTORY_DAYS,
    INDIVIDUAL,
    LEGAL_ENTITY,
    REGIONS,
    region_weights,
)
from nation.drivers import Drivers
from nation.employers import Employers
from nation.gaps import Gaps
from nation.kin import Kin, invent_kin
from nation.offices import Offices

WAGE_EARNER = 0
"""Code of `income_kind` for those whom an employer pays."""


@dataclass(frozen=True)
class People:
    """One row per debtor; amounts are som on the first day of the history.

    `head` is the first debtor of the household, `owner` the debtor who owns a company (or -1).
    """

    kind: Ints
    region: Ints
    district: Ints
    age: Ints
    is_female: Bools
    income: Floats
    wage: Floats
    income_kind: Ints
    liquid: Floats
    cash: Floats
    willing: Floats
    evasive: Floats
    mobile: Floats
    n_accounts: Ints
    blocks: Floats
    vehicle: Floats
    vehicle_from: Ints
    vehicle_until: Ints
    vehicle_pledged: Bools
    home: Floats
    home_pledged: Bools
    other_estate: Floats
    estate_from: Ints
    estate_until: Ints
    has_loan: Bools
    past_due: Floats
    receivables: Floats
    revenue: Floats
    employees: Ints
    members: Ints
    minors: Ints
    disabled: Ints
    social_register: Bools
    status: Ints
    status_day: Ints
    incomes_known: Bools
    accounts_known: Bools
    household_known: Bools
    reports_business: Bools
    head: Ints
    owner: Ints
    employer: Ints
    next_employer: Ints


@dataclass(frozen=True)
class Land:
    """Where people live: the world's drivers, offices, employers and gaps of the registers."""

    drivers: Drivers
    offices: Offices
    employers: Employers
    gaps: Gaps


def _traits(rng: np.random.Generator, kin: Kin, is_apart: bool) -> tuple[Floats, Floats, Floats]:
    """Willingness, evasiveness and mobility: evasive people are rather unwilling, and move more.

    Where effect and risk are driven apart, mobility is independent of the two.
    """
    z = rng.standard_normal((3, len(kin.head)))
    willing = kin.share(z[0])
    evasive = -0.35 * willing + np.sqrt(1 - 0.35**2) * z[1]
    tie = 0.0 if is_apart else 0.25
    return willing, evasive, tie * evasive + np.sqrt(1 - tie**2) * z[2]


def _ages(rng: np.random.Generator, kin: Kin) -> tuple[Ints, Bools]:
    """Age and sex; the second of a household is as a rule the spouse, of about the same age."""
    n = len(kin.head)
    age, is_female = rng.normal(41, 12, n), rng.random(n) < 0.31
    is_spouse = (kin.head != np.arange(n)) & (rng.random(n) < 0.7)
    age = np.where(is_spouse, age[kin.head] + rng.normal(-1, 4, n), age)
    is_female = np.where(is_spouse, ~is_female[kin.head], is_female)
    return np.clip(age, 19, 79).astype(np.int64), is_female


def _schedule(rng: np.random.Generator, evasive: Floats, n: int) -> tuple[Ints, Ints]:
    """From which day a thing is owned and until which (few buy or sell during the history)."""
    bought = rng.random(n) < 0.05
    start = np.where(
        bought, rng.integers(40, HISTORY_DAYS - 60, n), -rng.integers(200, 4000, n)
    ).astype(np.int64)
    sold = rng.random(n) < 0.04 * sigmoid(0.8 * evasive) * 2
    until = np.where(sold, np.maximum(start, 0) + rng.integers(60, 900, n), NEVER)
    return start, until.astype(np.int64)


def _status(rng: np.random.Generator, kind: Ints) -> tuple[Ints, Ints]:
    """Status (0 active, 1 deceased, 2 missing, 3 insolvency_opened, 4 liquidated) and its day."""
    n = len(kind)
    u = rng.random(n)
    business = np.select([u < 0.012, u < 0.02], [3, 4], 0)
    person = np.select([u < 0.006, u < 0.009], [1, 2], 0)
    status = np.where(kind == LEGAL_ENTITY, business, np.where(kind == INDIVIDUAL, person, 0))
    day = np.where(status > 0, rng.integers(100, HISTORY_DAYS + 200, n), NEVER)
    return status.astype(np.int64), day.astype(np.int64)


def invent_people(rng: np.random.Generator, n: int, land: Land) -> People:
    """Draws the debtors of the nation with their hidden traits."""
    kind = rng.choice(3, n, p=[0.87, 0.08, 0.05]).astype(np.int64)
    natural = kind != LEGAL_ENTITY
    kin, is_apart = invent_kin(rng, kind), land.drivers.is_apart
    region = rng.choice(len(REGIONS), n, p=region_weights()).astype(np.int64)[kin.anchor]
    district = land.offices.district(rng, region)[kin.anchor]
    willing, evasive, mobile = _traits(rng, kin, is_apart)
    if not is_apart:
        mobile = mobile + np.array([r.mobility for r in REGIONS])[region]
    age, is_female = _ages(rng, kin)
    z_income = kin.share(rng.standard_normal(n))
    scale = np.select([kind == ENTREPRENEUR, kind == LEGAL_ENTITY], [2.0, 14.0], 1.0)
    income = 3.1e6 * np.array([r.income for r in REGIONS])[region] * np.exp(0.55 * z_income) * scale
    is_pension = (age >= 60) & (kind == INDIVIDUAL)
    formal = rng.random(n) < sigmoid(0.45 + 0.55 * z_income - 0.25 * mobile * (not is_apart))
    wage, income_kind = _declared(rng, kind, income, formal, is_pension)
    employer = land.employers.hire(rng, region)
    wage = wage * np.where(income_kind == WAGE_EARNER, land.employers.pay[employer], 1.0)
    liquid = income * np.exp(-0.25 + 1.0 * rng.standard_normal(n)) * np.where(natural, 1.0, 0.7)
    cash = income * np.exp(0.1 + 0.9 * rng.standard_normal(n)) * np.where(formal, 0.8, 1.35)
    vehicle = _vehicles(rng, kind, z_income)
    vehicle_from, vehicle_until = _schedule(rng, evasive, n)
    home, other = _estates(rng, kind, region, z_income)
    estate_from, estate_until = _schedule(rng, evasive, n)
    minors = np.where(natural, np.minimum(rng.poisson(1.6, n), 6), 0)[kin.head]
    adults = 1 + rng.integers(0, 4, n) + (np.bincount(kin.head, minlength=n) > 1)
    revenue = np.where(kind == INDIVIDUAL, 0.0, income * 3 * rng.lognormal(0.8, 0.7, n))
    status, status_day = _status(rng, kind)
    has_loan = rng.random(n) < np.where(kind == LEGAL_ENTITY, 0.5, 0.46)
    n_accounts = _accounts(rng, natural, formal)
    cash = cash + np.where(n_accounts == 0, liquid, 0.0)
    liquid = np.where(n_accounts == 0, 0.0, liquid)
    return People(
        kind=kind, region=region, district=district, age=age, is_female=is_female,
        income=income, wage=wage, income_kind=income_kind, liquid=liquid, cash=cash,
        willing=willing, evasive=evasive, mobile=mobile,
        n_accounts=n_accounts, blocks=np.zeros(n),
        vehicle=vehicle, vehicle_from=vehicle_from, vehicle_until=vehicle_until,
        vehicle_pledged=rng.random(n) < 0.13, home=home, other_estate=other,
        estate_from=estate_from, estate_until=estate_until, has_loan=has_loan,
        # What credit bureau and officers see of willingness: days past due, with noise.
        past_due=_past_due(rng, has_loan, willing, evasive),
        receivables=revenue * rng.beta(1.2, 6.0, n) * 2, revenue=revenue,
        employees=np.where(kind == INDIVIDUAL, 0, rng.poisson(1 + revenue / 3e7)),
        members=(adults[kin.head] + minors) * natural, minors=minors,
        disabled=(rng.random(n) < 0.05).astype(np.int64)[kin.head] * natural,
        social_register=(rng.random(n) < sigmoid(-2.6 - 1.1 * z_income))[kin.head] & natural,
        status=status, status_day=status_day,
        incomes_known=land.gaps.finds(rng, "incomes", region),
        accounts_known=land.gaps.finds(rng, "accounts", region),
        household_known=land.gaps.finds(rng, "households", region)[kin.head],
        home_pledged=rng.random(n) < 0.06,
        # One entrepreneur in ten files nothing with the tax committee.
        reports_business=(kind == LEGAL_ENTITY)
        | ((kind == ENTREPRENEUR) & (rng.random(n) < 0.9)),
        head=kin.head, owner=kin.owner, employer=employer,
        next_employer=land.employers.hire(rng, region),
    )  # fmt: skip


def _declared(
    rng: np.random.Generator, kind: Ints, income: Floats, formal: Bools, is_pension: Bools
) -> tuple[Floats, Ints]:
    """Declared monthly income and its kind (0 wage, 1 pension, 2 self_employed, 3 none)."""
    n = len(kind)
    share, pension = rng.uniform(0.55, 0.95, n), 0.9e6 * np.exp(0.25 * rng.standard_normal(n))
    natural = kind == INDIVIDUAL
    registered = natural & ~formal & (rng.random(n) < 0.18)
    code = np.select([is_pension, natural & formal, registered], [1, 0, 2], 3)
    amounts = [income * share, pension, income * share * 0.5]
    return np.select([code == k for k in range(3)], amounts, 0.0), code


def _past_due(
    rng: np.random.Generator, has_loan: Bools, willing: Floats, evasive: Floats
) -> Floats:
    """Months past due at the lenders: what registers show of (un)willingness, with noise."""
    signal = 0.3 - 0.9 * willing + 0.35 * evasive + 0.4 * rng.standard_normal(len(willing))
    return np.clip(signal, 0.0, 4.0) * has_loan


def _accounts(rng: np.random.Generator, natural: Bools, formal: Bools) -> Ints:
    some = rng.random(len(natural)) < np.where(~natural, 1.0, np.where(formal, 0.98, 0.86))
    second = rng.random(len(natural)) < 0.22
    return np.where(some, np.where(second, 2, 1), 0)


def _vehicles(rng: np.random.Generator, kind: Ints, z_income: Floats) -> Floats:
    """Value of the main vehicle, nought for most."""
    n = len(kind)
    owns = rng.random(n) < sigmoid(-0.9 + 0.6 * z_income + 1.2 * (kind != INDIVIDUAL))
    value = 68e6 * np.exp(0.25 * z_income + 0.6 * rng.standard_normal(n))
    return np.where(owns, value, 0.0)


def _estates(
    rng: np.random.Generator, kind: Ints, region: Ints, z_income: Floats
) -> tuple[Floats, Floats]:
    """Value of the home and of another object, nought where there is none."""
    n = len(kind)
    price = np.array([r.income for r in REGIONS])[region] ** 1.6
    natural = kind != LEGAL_ENTITY
    home = ((rng.random(n) < 0.58) & natural) * 270e6 * price * rng.lognormal(0.0, 0.5, n)
    owns = rng.random(n) < sigmoid(-2.4 + 0.7 * z_income + 1.6 * (kind != INDIVIDUAL))
    return home, owns * 190e6 * price * np.exp(0.2 * z_income) * rng.lognormal(0.0, 0.7, n)
