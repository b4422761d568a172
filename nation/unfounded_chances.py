"""Where a measure is lawful in form, and the facts certainly do not carry it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nation.measures import (
    ACCOUNT,
    BAN,
    BANK,
    ESTATE,
    MOVABLE,
    PLEDGE,
    RECEIVABLES,
    TRAVEL,
    VEHICLE,
    WAGE,
)
from nation.mistake_chances import LEAST_ASSESSED, Chance, Seen
from nation.officers import MOST_ASSESSED, bars_accounts, income_at_least, may_withhold
from nation.situation import (
    pledged_value,
)


def nothing_there(x: Seen) -> Iterator[Chance]:
    """Lawful in form, but the registers show nothing of the kind."""
    s, firm = x.s, x.firm
    poor = firm & ~s.knows_money
    yield Chance("no_money", BANK, 0.006, x.over & ~s.knows_money & ~bars_accounts(x.s))
    yield Chance("no_income", WAGE, 0.026, firm & x.person & s.is_alimony & (s.wage == 0))
    yield Chance("nothing_to_ban", BAN, 0.004, firm & x.owns_nothing)
    yield Chance("no_vehicle", VEHICLE, 0.010, poor & (s.vehicle == 0))
    yield Chance("no_real_estate", ESTATE, 0.026, poor & x.owns_nothing)
    yield Chance("no_account", ACCOUNT, 0.009, poor)
    short = firm & (x.state.debt > x.money.most)
    yield Chance("no_receivables", RECEIVABLES, 0.0045, short & (s.revenue == 0))
    nothing = ~s.is_secured & ~(s.vehicle_pledged & (s.vehicle > 0)) & ~s.home_pledged
    yield Chance("no_pledge", PLEDGE, 0.001, firm & nothing)


def again(x: Seen) -> Iterator[Chance]:
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
    yield Chance("repeated", VEHICLE, 0.45, failed[:, VEHICLE] & x.car & short)
    lighter = x.money.most + MOST_ASSESSED * s.vehicle
    yield Chance("repeated", ESTATE, 0.45, failed[:, ESTATE] & x.estate & (state.debt > lighter))
    pledge = pledged_value(s, state.day) > 0
    yield Chance("repeated", PLEDGE, 0.45, failed[:, PLEDGE] & pledge)


def too_much(x: Seen) -> Iterator[Chance]:
    """Art. 47(11), 53: income covers the debt soon; a thing worth many times the debt."""
    s, state = x.s, x.state
    untried = ~state.tried[:, [BANK, WAGE, ACCOUNT]].any(axis=1)
    open_wage = may_withhold(s, state, x.money, x.calendar) & x.firm & s.knows_wage & ~s.is_alimony
    # The law counts no more of a month's income than this one claim still needs.
    monthly = np.minimum(income_at_least(s, state.day), state.debt)
    covers = open_wage & (monthly * 2 > s.all_claims)
    short = state.debt > x.money.most
    travel = covers & s.is_court & (state.debt > 5.1 * x.calendar.bhm[state.day])
    yield Chance("income_suffices", TRAVEL, 0.3, travel & ~s.is_criminal_fine
                 & ~state.tried[:, TRAVEL])  # fmt: skip
    # Art. 64: wages come before things only for sums up to the minimum wage.
    small = s.all_claims <= x.calendar.minimum_wage[state.day]
    yield Chance("income_suffices", MOVABLE, 0.08, covers & short & small)
    lighter = untried & (open_wage | x.money.is_there) & short
    dear = LEAST_ASSESSED * s.vehicle > 5 * s.all_claims
    yield Chance("out_of_proportion", VEHICLE, 0.16, x.firm & lighter & x.car & dear)
    least = 0.15 * s.estate  # a quarter share, and a wrong first report
    dear = least > 5 * s.all_claims
    alone = x.estate & (s.home == 0) & (s.vehicle == 0)
    yield Chance("out_of_proportion", ESTATE, 0.3, x.firm & lighter & alone & dear)
