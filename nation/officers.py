"""What officers do: the measures they hold open for a case, and how they choose among them.

The choice depends on facts that stand in registers (debt, wages, balances, property, days past due,
earlier measures), on each officer's habits and on the load of the office. With a `gamma` above 1
the officer also senses the debtor's willingness, which no register holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import Bools, Floats, Ints, sigmoid
from nation.country import LEGAL_ENTITY, Calendar
from nation.measures import (
    ACCOUNT,
    BAN,
    BANK,
    ESTATE,
    INSTALMENT,
    MOVABLE,
    MOVABLE_SALE,
    N_MEASURES,
    NOTICE,
    PLEDGE,
    QUERY,
    RECEIVABLES,
    SEARCH,
    TRAVEL,
    VEHICLE,
    WAGE,
)
from nation.money import Money
from nation.offices import Offices
from nation.settings import LOTTERY_SHARE
from nation.situation import (
    Situation,
    State,
    growth,
    owns_estate,
    owns_vehicle,
    pledged_value,
    protected_som,
)

REPORT_LAG = 45
"""Days after which an officer counts on the register having a new purchase."""
NEWS_WITHIN = 82
"""Days after which the registers certainly hold a further month, though one was never sent."""
ATTACH_WITHIN = 28
"""Days from service in which movables are attached; the law gives a month (Art. 53)."""
MOST_ASSESSED, MOST_CADASTRAL = 3.0, 2.7
"""Times the true value that a reported value never passes: noise, and a wrong first report."""
LEAST_INCOME, MOST_INCOME = 0.6, 1.6
"""Parts of the usual income that a month's report keeps to: harvest, December, chance."""
MOST_REPORTED = 3.0
"""Times the true receivables that a quarter never reports."""

# Columns: notice bank wage ban travel vehicle estate query account movable instalment
# receivables search movable_sale pledge; the others are not chosen by habit.
_BASE = np.array(
    [0.4, 1.0, 0.9, 0.3, 0.0, -0.4, -1.6, -2.6, -0.7, -0.7, -0.6, -1.9, -1.6, 1.2, 1.0, 0, 0, 0, 0]
)
_ON_DEBT = np.array(
    [-0.3, 0.0, -0.1, 0.35, 0.45, 0.75, 0.85, 0.1, 0.2, 0.1, 0.1, 0.2, 0.3, 0.1, 0.5, 0, 0, 0, 0]
)
_ON_PAST_DUE = np.array(
    [-0.5, 0.1, 0.0, 0.25, 0.5, 0.3, 0.2, 0.1, 0.2, 0.1, -0.4, 0.0, 0.4, 0.2, 0.3, 0, 0, 0, 0]
)
_ON_MONEY = np.array(
    [0.0, 0.5, 0.0, 0.0, 0.1, 0.0, 0.0, -0.1, 0.15, 0.0, 0.0, 0.0, -0.2, 0.0, 0.0, 0, 0, 0, 0]
)
_AFTER_SAME = -1.3
HARSH = [BAN, TRAVEL, VEHICLE, ESTATE, ACCOUNT, MOVABLE, SEARCH, MOVABLE_SALE, PLEDGE]
"""What an officer takes rather of somebody whom they think unwilling."""


@dataclass(frozen=True)
class Practice:
    """The officers' practice: static utilities per case and measure, and the shares of chance."""

    utility: Floats
    lottery_share: float = LOTTERY_SHARE


def build_practice(
    offices: Offices, s: Situation, gamma: float = 1.0, lottery_share: float = LOTTERY_SHARE
) -> Practice:
    """Habits and loads, joined with what the registers show of each case.

    With `gamma` above 1 officers also see who is unwilling, which no register holds: the odds of
    the harsh measures rise by up to that factor and no more (Rosenbaum's bound).
    """
    money = np.clip(np.log((s.liquid + 2e5) / 1.5e6), -2.0, 2.5) * s.knows_money
    seen = 1.2 * s.past_due - 0.4
    utility = _BASE + offices.utility(s.officer, s.region)
    utility = utility + seen[:, None] * _ON_PAST_DUE + money[:, None] * _ON_MONEY
    utility[:, ACCOUNT] += 0.7 * s.is_business
    knows_nothing = ~s.knows_wage & ~s.knows_money & ~s.has_property
    utility[:, QUERY] += 2.5 * knows_nothing
    # Where the registers show nothing to levy, only a visit tells what there is.
    utility[:, MOVABLE] += 3.0 * (~s.knows_wage & ~s.has_property)
    utility[:, HARSH] += np.log(gamma) * unwillingness(s.willing)[:, None]
    return Practice(utility, lottery_share)


def unwillingness(willing: Floats) -> Floats:
    """What officers sense of unwillingness where confounding is hidden: 0 (willing) to 1 (not)."""
    return sigmoid(-4.0 * willing)


def is_term_over(s: Situation, day: Ints) -> Bools:
    """Art. 45: the voluntary term has passed (or the document is performed at once, Art. 30)."""
    return day > np.maximum(s.term_end, s.served)


def held_open(s: Situation, state: State, money: Money, calendar: Calendar) -> Bools:
    """Which measures the officer holds open: lawful, founded, on the careful side of each limit.

    Of a levy on receivables no register holds the proof; it is held open on the reports alone.
    """
    day, debt = state.day, state.debt
    over = is_term_over(s, day)
    firm = over & ~s.is_simplified
    short = firm & (debt > money.most)
    by_money, by_income = lighter_covers(s, state, money)
    # Art. 64: wages come before things only for sums up to the minimum wage, or withheld already.
    wages_first = (debt <= calendar.minimum_wage[day]) | state.tried[:, WAGE]
    heavy = short & ~by_money & ~(by_income & wages_first)
    car, house = owns_vehicle(s, day, REPORT_LAG), owns_estate(s, day, REPORT_LAG)
    lighter = money.most + MOST_ASSESSED * s.vehicle
    open_ = np.zeros((len(day), N_MEASURES), dtype=bool)
    open_[:, NOTICE] = True
    open_[:, BANK] = over & money.is_there & ~bars_accounts(s)
    open_[:, WAGE] = over & s.knows_wage & may_withhold(s, state, money, calendar)
    open_[:, BAN] = firm & (car | house | (s.home > 0))
    covered = (by_money | by_income) & ~s.is_criminal_fine
    open_[:, TRAVEL] = firm & s.is_court & (s.kind != LEGAL_ENTITY) & ~covered
    # The fee (a twentieth) does not lift a small claim above the floor.
    least = np.minimum(debt, s.claim / 1.05)
    open_[:, TRAVEL] &= s.is_alimony | (least > 5.1 * calendar.bhm[day])
    weighed = state.tried[:, [BANK, WAGE, ACCOUNT]].any(axis=1) | ~(s.knows_wage | s.knows_money)
    fits = weighed | (MOST_ASSESSED * s.vehicle <= 5 * debt)
    open_[:, VEHICLE] = heavy & car & ~s.vehicle_pledged & (debt > 1.5e6) & fits & ~s.is_secured
    fits = weighed | (MOST_CADASTRAL * s.estate <= 5 * debt)
    # Art. 51, 60: a claim's own pledge goes first, and what an entity is owed before real estate.
    owed = np.where(s.kind == LEGAL_ENTITY, MOST_REPORTED * s.receivables, 0.0)
    open_[:, ESTATE] = heavy & house & (debt > np.maximum(lighter + owed, 4e6)) & fits
    open_[:, ESTATE] &= ~s.is_secured
    open_[:, QUERY] = True
    open_[:, ACCOUNT] = short & s.knows_money
    open_[:, MOVABLE] = heavy & (day <= s.served + ATTACH_WITHIN)
    open_[:, INSTALMENT] = over
    open_[:, RECEIVABLES] = short & s.reports_business & (s.receivables > 1e5)
    open_[:, SEARCH] = heavy & s.may_search & (property_at_most(s, money) < debt)
    open_[:, MOVABLE_SALE] = heavy & (state.attached > 0)
    open_[:, PLEDGE] = firm & knows_pledge(s, day)
    open_[:, _ONCE] &= ~state.tried[:, _ONCE]
    # These may come again where the first has ended in vain and there is news of accounts since.
    rested = state.day[:, None] >= state.tried_until + NEWS_WITHIN
    open_[:, _AGAIN] &= ~state.tried[:, _AGAIN] | (state.failed & rested)[:, _AGAIN]
    open_[:, BANK] &= ~state.failed[:, BANK] | rested[:, BANK]
    return open_


def bars_accounts(s: Situation) -> Bools:
    """Art. 43²: simplified utility debts, and court costs, which may be of a videoconference."""
    return s.is_simplified & (s.is_utility | s.is_court_costs)


_ONCE = [
    BAN, TRAVEL, VEHICLE, ESTATE, QUERY, MOVABLE, RECEIVABLES, SEARCH, MOVABLE_SALE, PLEDGE,
]  # fmt: skip
_AGAIN = [WAGE, ACCOUNT]


def knows_pledge(s: Situation, day: Ints) -> Bools:
    """Whether the registers tell that a thing secures the claim: of a home they never do."""
    known = (pledged_value(s, day - REPORT_LAG) > 0) & (pledged_value(s, day) > 0)
    return known & ~s.home_pledged


def property_at_most(s: Situation, money: Money) -> Floats:
    """More than any report of money, vehicles and real estate comes to; one home alone is exempt.

    Unless it is pledged for this claim (Art. 52).
    """
    homes = np.where((s.estate > 0) | s.is_own_pledge, s.home, 0.0)
    return money.most + MOST_ASSESSED * s.vehicle + MOST_CADASTRAL * (s.estate + homes)


def owns_nothing_leviable(s: Situation, money: Money, day: Ints, calendar: Calendar) -> Bools:
    """Art. 40(3): no money above what is protected, no income, vehicle, other estate or pledge."""
    nothing = ~s.knows_wage & (s.vehicle == 0) & (s.estate == 0) & ~s.is_secured
    poor: Bools = nothing & ~s.is_business & (money.most <= protected_som(s, day, calendar))
    return poor


def income_at_least(s: Situation, day: Ints) -> Floats:
    """What may be withheld of a month's income (Art. 66), with room for a low month."""
    return 0.5 * 0.88 * LEAST_INCOME * s.wage * growth(day) * s.knows_wage


def lighter_covers(s: Situation, state: State, money: Money) -> tuple[Bools, Bools]:
    """Whether money on accounts, or income within two months, might cover the debt (Art. 47)."""
    by_money = ~state.tried[:, BANK] & (state.debt <= money.most)
    months = 2 * (MOST_INCOME / LEAST_INCOME) * income_at_least(s, state.day)
    by_income = s.knows_wage & ~s.is_alimony & (state.debt <= months)
    return by_money, by_income


def may_withhold(s: Situation, state: State, money: Money, calendar: Calendar) -> Bools:
    """Art. 64: periodic, or all claims within a minimum wage, or too little property; Art. 43²."""
    least_wage = calendar.minimum_wage[state.day]
    property_ = property_at_most(s, money)
    # Art. 51, 64: the pledge of the claim is property too, and has to be known.
    short = (property_ < state.debt) & (~s.is_secured | knows_pledge(s, state.day))
    enough = s.is_alimony | (s.all_claims <= least_wage) | short
    return enough & (~s.is_simplified | (s.claim <= least_wage))


def choice_weights(practice_utility: Floats, state: State, is_open: Bools) -> Floats:
    """Probability of each open measure under the officers' habits (rows add up to 1)."""
    size = np.clip(np.log(np.maximum(state.debt, 1e4) / 1e6) / 2.0, -1.5, 2.5)
    score = practice_utility + size[:, None] * _ON_DEBT + _AFTER_SAME * state.tried
    weight = np.where(is_open, np.exp(score), 0.0)
    total: Floats = weight.sum(axis=1, keepdims=True)
    return weight / total


def lottery_weights(is_open: Bools) -> Floats:
    """Equal chances among the open measures; all nought where fewer than two are open.

    A levy on receivables is left out: whether it is lawful no register tells.
    """
    drawn = is_open.copy()
    drawn[:, RECEIVABLES] = False
    n = drawn.sum(axis=1, keepdims=True)
    return np.where(n >= 2, drawn / np.maximum(n, 1), 0.0)


def policy(
    utility: Floats, s: Situation, state: State, money: Money, calendar: Calendar
) -> tuple[Floats, Floats, Bools]:
    """The officers' policy: habit, lottery, and the set held open."""
    is_open = held_open(s, state, money, calendar)
    return choice_weights(utility, state, is_open), lottery_weights(is_open), is_open


def mixed_policy(practice: Practice, habit: Floats, lottery: Floats) -> Floats:
    """Probability of each measure when a lottery decides now and then (mistakes left out)."""
    share = practice.lottery_share * (lottery.sum(axis=1, keepdims=True) > 0)
    mixed: Floats = (1.0 - share) * habit + share * lottery
    return mixed
