"""What officers do: the measures they hold open for a case, and how they choose among them.

The choice depends on facts that stand in registers (debt, wages, balances, property, days past due,
earlier measures) and on each officer's habits. With `hidden_confounding` above nought the officer
also sees the debtor's willingness itself, which no register holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import Bools, Floats, Ints
from nation.claims import N_OFFICERS
from nation.country import LEGAL_ENTITY, REGIONS, Calendar
from nation.measures import (
    ACCOUNT,
    BAN,
    BANK,
    ESTATE,
    INSTALMENT,
    MOVABLE,
    N_ENCODED,
    N_MEASURES,
    NOTICE,
    QUERY,
    RECEIVABLES,
    SEARCH,
    TRAVEL,
    VEHICLE,
    WAGE,
)
from nation.situation import (
    Situation,
    State,
    growth,
    owns_estate,
    owns_vehicle,
)

LOTTERY_SHARE = 0.06
PLANTED_SHARE = 0.02
REPORT_LAG = 45
"""Days after which an officer counts on the register having a new purchase."""

# Columns: notice bank wage ban travel vehicle estate query account movable instalment
# receivables search
_BASE = np.array([0.4, 1.0, 0.9, 0.3, 0.0, -0.9, -1.6, -1.3, -1.3, -2.0, -1.3, -1.3, -2.6])
_ON_DEBT = np.array([-0.3, 0.0, -0.1, 0.35, 0.45, 0.75, 0.85, 0.1, 0.2, 0.1, 0.1, 0.2, 0.3])
_ON_PAST_DUE = np.array([-0.5, 0.1, 0.0, 0.25, 0.5, 0.3, 0.2, 0.1, 0.2, 0.1, -0.4, 0.0, 0.4])
_ON_MONEY = np.array([0.0, 0.5, 0.0, 0.0, 0.1, 0.0, 0.0, -0.1, 0.15, 0.0, 0.0, 0.0, -0.2])
_AFTER_SAME = -1.3


@dataclass(frozen=True)
class Practice:
    """The officers' practice: static utilities per case and measure, and the shares of chance."""

    utility: Floats
    lottery_share: float = LOTTERY_SHARE
    planted_share: float = PLANTED_SHARE


def build_practice(
    rng: np.random.Generator, s: Situation, hidden_confounding: float = 0.0
) -> Practice:
    """Habits of officers and regions, joined with what the registers show of each case."""
    habits = 0.6 * rng.standard_normal((N_OFFICERS, N_MEASURES))
    regions = 0.25 * rng.standard_normal((len(REGIONS), N_MEASURES))
    money = np.clip(np.log((s.liquid + 2e5) / 1.5e6), -2.0, 2.5) * s.knows_money
    seen = 1.2 * s.past_due - 0.4 - hidden_confounding * 2.0 * s.willing
    utility = _BASE + habits[s.officer] + regions[s.region]
    utility = utility + seen[:, None] * _ON_PAST_DUE + money[:, None] * _ON_MONEY
    utility[:, ACCOUNT] += 0.7 * s.is_business
    return Practice(utility)


def is_term_over(s: Situation, day: Ints) -> Bools:
    """Art. 45: the voluntary term has passed (or the document is performed at once, Art. 30)."""
    return day > np.maximum(s.term_end, s.served)


def held_open(s: Situation, state: State, has_money: Bools, calendar: Calendar) -> Bools:
    """Which measures the officer holds open: lawful, founded, on the careful side of each limit."""
    day, debt = state.day, state.debt
    over = is_term_over(s, day)
    firm = over & ~s.is_simplified
    car, house = owns_vehicle(s, day, REPORT_LAG), owns_estate(s, day, REPORT_LAG)
    money = _money_at_most(s, day)
    open_ = np.zeros((len(day), N_MEASURES), dtype=bool)
    open_[:, NOTICE] = True
    open_[:, BANK] = over & has_money & ~(s.is_simplified & s.is_utility)
    open_[:, WAGE] = over & s.knows_wage & _may_withhold(s, state, calendar)
    open_[:, BAN] = firm & (car | house | (s.home > 0)) & ~state.tried[:, BAN]
    open_[:, TRAVEL] = firm & s.is_court & (s.kind != LEGAL_ENTITY) & ~state.tried[:, TRAVEL]
    open_[:, TRAVEL] &= s.is_alimony | (debt > 5.1 * calendar.bhm[day])
    open_[:, VEHICLE] = firm & car & ~s.vehicle_pledged & (debt > np.maximum(money, 1.5e6))
    lighter = money + 1.4 * s.vehicle
    open_[:, ESTATE] = firm & house & (debt > np.maximum(lighter, 4e6))
    open_[:, QUERY] = ~state.tried[:, QUERY]
    open_[:, ACCOUNT] = firm & s.knows_money
    open_[:, MOVABLE] = firm
    open_[:, INSTALMENT] = firm
    open_[:, RECEIVABLES] = firm & (s.receivables > 0)
    open_[:, SEARCH] = firm & (s.is_alimony | (debt > 5e6))
    return open_


def _money_at_most(s: Situation, day: Ints) -> Floats:
    """A bound that the balances of a month hardly exceed."""
    return 2.5 * s.liquid * growth(day) * s.knows_money


def _may_withhold(s: Situation, state: State, calendar: Calendar) -> Bools:
    """Art. 64: periodic, or all claims within a minimum wage, or too little property; Art. 43²."""
    least_wage = calendar.minimum_wage[state.day]
    homes = np.where(s.estate > 0, s.home, 0.0)  # one home alone is exempt (Art. 52)
    property_ = _money_at_most(s, state.day) + 1.4 * s.vehicle + 1.3 * (s.estate + homes)
    enough = s.is_alimony | (s.all_claims <= least_wage) | (property_ < state.debt)
    return enough & (~s.is_simplified | (state.debt <= least_wage))


def choice_weights(practice_utility: Floats, state: State, is_open: Bools) -> Floats:
    """Probability of each open measure under the officers' habits (rows add up to 1)."""
    size = np.clip(np.log(np.maximum(state.debt, 1e4) / 1e6) / 2.0, -1.5, 2.5)
    score = practice_utility + size[:, None] * _ON_DEBT + _AFTER_SAME * state.tried
    weight = np.where(is_open, np.exp(score), 0.0)
    total: Floats = weight.sum(axis=1, keepdims=True)
    return weight / total


def lottery_weights(is_open: Bools) -> Floats:
    """Equal chances among the open encoded measures; all nought where fewer than two are open."""
    encoded = is_open.copy()
    encoded[:, N_ENCODED:] = False
    n = encoded.sum(axis=1, keepdims=True)
    return np.where(n >= 2, encoded / np.maximum(n, 1), 0.0)


def policy(
    utility: Floats, s: Situation, state: State, has_money: Bools, calendar: Calendar
) -> tuple[Floats, Floats, Bools]:
    """The officers' policy: habit, lottery, and the set held open."""
    is_open = held_open(s, state, has_money, calendar)
    return choice_weights(utility, state, is_open), lottery_weights(is_open), is_open


def mixed_policy(practice: Practice, habit: Floats, lottery: Floats) -> Floats:
    """Probability of each measure when a lottery decides now and then (mistakes left out)."""
    share = practice.lottery_share * (lottery.sum(axis=1, keepdims=True) > 0)
    mixed: Floats = (1.0 - share) * habit + share * lottery
    return mixed
