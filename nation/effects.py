"""What each measure does to a debtor: the hidden potential payments.

Each function answers for runs that all take the same measure: given situation, state and uniform
draws `u` (one row per draw), it returns up to three pairs (days after the decision, wanted som).
Payments never exceed the debt; that cap is applied where they are booked (nation/course.py).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nation.arrays import Floats, Ints, between, sigmoid
from nation.country import Calendar
from nation.measures import (
    ACCOUNT,
    BAN,
    BANK,
    COMPULSION,
    ENTRY,
    ESTATE,
    EVICTION,
    HANDOVER,
    INSTALMENT,
    MOVABLE,
    MOVABLE_SALE,
    NOTICE,
    PLEDGE,
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
    balance,
    growth,
    means,
    means_ratio,
    owns_estate,
    owns_vehicle,
    payable,
    pledged_value,
    protected_som,
    pull,
)

Payments = list[tuple[Ints, Floats]]
AFTER_CHANGE = 0.5
"""What a bank levy still brings after the change of regime, against before."""
Effect = Callable[[Situation, State, Floats, Calendar], Payments]


def _whole_or_part(debt: Floats, whole: float, u_whole: Floats, u_part: Floats) -> Floats:
    """The whole debt with probability `whole`, otherwise between a tenth and seven tenths of it."""
    return np.where(u_whole < whole, debt, debt * (0.1 + 0.6 * u_part))


def _repeated(state: State, measure: int) -> Floats:
    return state.tried[:, measure].astype(np.float64)


def notice(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Willing people with means pay when they are told to."""
    odds = -0.85 + pull(s, NOTICE) + means(s, NOTICE, state, calendar)
    pays = u[0] < sigmoid(odds - 0.9 * _repeated(state, NOTICE))
    amount = pays * _whole_or_part(payable(s, state), 0.6, u[1], u[2])
    return [(between(u[3], 2, 17), amount)]


def bank_levy(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """The bank sends what lies above the protected minimum, and some of what comes in later.

    What others have blocked stays where it is. From the change of regime on, decisions bring half
    of it.
    """
    kept_away = 0.92 * sigmoid(1.5 * s.hides - 0.35)
    factor = (
        (1.0 - kept_away)
        * (1.0 - 0.45 * _repeated(state, BANK))
        * (u[0] < sigmoid(1.5 + pull(s, BANK)))
        * np.where(state.day >= s.world.regime_day, AFTER_CHANGE, 1.0)
    )
    floor, free = protected_som(s, state.day, calendar), s.liquid * s.free_share
    first = np.maximum(balance(free, state.day, u[1]) - floor, 0.0) * factor
    second = np.maximum(balance(free, state.day, u[2]) - floor, 0.0) * factor * 0.4
    third = np.maximum(balance(free, state.day, 1.0 - u[1]) - floor, 0.0) * factor * 0.4
    return [
        (between(u[3], 1, 4), first),
        (between(u[4], 18, 29), second),
        (between(u[3], 36, 44), third),
    ]


def nothing(_s: Situation, state: State, _u: Floats, _calendar: Calendar) -> Payments:
    """A query alone moves no money; wages come month by month (nation/course.py)."""
    return [(np.ones(len(state.day), dtype=np.int64), np.zeros(len(state.day)))]


def registration_ban(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Owners who want to sell or to drive pay; the more the property is worth against the debt."""
    vehicle = s.vehicle * owns_vehicle(s, state.day)
    estate = s.estate * owns_estate(s, state.day)
    worth = vehicle + 0.5 * estate + 0.06 * s.home
    worth = np.log(np.maximum(worth, 1e4) / np.maximum(state.debt, 1e4))
    odds = -1.4 + means(s, BAN, state, calendar) + pull(s, BAN)
    odds = odds + 0.38 * np.clip(worth, -2.0, 3.5)
    owns = (vehicle + estate + s.home) > 0
    pays = (u[0] < sigmoid(odds - 0.8 * _repeated(state, BAN))) & owns
    return [(between(u[3], 4, 52), pays * _whole_or_part(payable(s, state), 0.55, u[1], u[2]))]


def travel_ban(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """People with means who go abroad, above all those who evaded so far, pay to be let go."""
    odds = -1.65 + pull(s, TRAVEL) + means(s, TRAVEL, state, calendar)
    pays = u[0] < sigmoid(odds - 0.8 * _repeated(state, TRAVEL))
    return [(between(u[3], 4, 56), pays * _whole_or_part(payable(s, state), 0.65, u[1], u[2]))]


def _sale(
    s: Situation, state: State, u: Floats, price: Floats, odds: Floats, days: tuple[int, int],
    calendar: Calendar,
) -> Payments:  # fmt: skip
    """The owner redeems the thing before the auction, or the hammer falls, or nothing is seized."""
    seized = u[0] < sigmoid(odds)
    redeem_odds = -1.0 + 0.9 * means_ratio(s, state.debt, state.day, calendar)
    redeemed = seized & (u[1] < sigmoid(redeem_odds)) & (payable(s, state) >= state.debt)
    sold = seized & ~redeemed
    return [
        (between(u[2], 12, days[0] - 8), redeemed * state.debt),
        (between(u[3], days[0], days[1]), sold * price * (0.42 + 0.3 * u[4]) * growth(state.day)),
    ]


def vehicle_sale(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Seizure and auction of the main vehicle; the evasive hide it."""
    free = np.where(s.vehicle_pledged & ~s.is_own_pledge, 0.15, 1.0)
    price = s.vehicle * owns_vehicle(s, state.day) * free
    odds = 0.2 + pull(s, VEHICLE) - 0.7 * _repeated(state, VEHICLE)
    odds = np.where(price > 0, odds, -30.0)
    return _sale(s, state, u, price, odds, (58, 110), calendar)


def estate_sale(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Auction of real estate, of the home where it secures the claim: not hidden, but slow."""
    home = np.where(s.is_own_pledge & s.home_pledged, s.home, 0.0)
    price = 0.9 * (s.estate * owns_estate(s, state.day) + home)
    odds = np.where(price > 0, 0.2 + pull(s, ESTATE) - 0.7 * _repeated(state, ESTATE), -30.0)
    return _sale(s, state, u, price, odds, (85, 150), calendar)


def account_attachment(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Blocking outgoing money hurts those who trade through the bank."""
    free = np.log((s.liquid * growth(state.day) + 1e4) / np.maximum(state.debt, 1e4))
    odds = -1.5 + 0.5 * np.clip(free, -2.5, 2.0) + 0.8 * s.is_business + pull(s, ACCOUNT)
    pays = u[0] < sigmoid(odds - 0.8 * _repeated(state, ACCOUNT))
    del calendar
    return [(between(u[3], 3, 28), pays * _whole_or_part(payable(s, state), 0.4, u[1], u[2]))]


def movable_attachment(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Inventory of movables: some pay when the officer comes; see `found_movables`."""
    odds = -1.1 + pull(s, MOVABLE) + means(s, MOVABLE, state, calendar)
    pays = u[0] < sigmoid(odds - 0.8 * _repeated(state, MOVABLE))
    return [(between(u[3], 3, 19), pays * np.minimum(state.debt, 2.5e6 * u[1]))]


def found_movables(s: Situation, state: State, u: Floats) -> Floats:
    """What an inventory finds and attaches, in som; the evasive have moved things away."""
    found = u[2] < sigmoid(0.5 - 0.6 * s.hides - 0.8 * _repeated(state, MOVABLE))
    worth = 0.9e6 * (s.cash / 2e6) ** 0.4 * np.where(s.is_business, 4.0, 1.0) * (0.3 + 1.4 * u[4])
    return np.where(found, worth, 0.0)


def movable_sale(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Attached things are redeemed, or go under the hammer for about half their worth."""
    redeem_odds = -0.9 + 0.6 * means_ratio(s, state.debt, state.day, calendar)
    redeemed = (u[1] < sigmoid(redeem_odds)) & (state.attached > 0)
    price = state.attached * (0.4 + 0.3 * u[4])
    return [
        (between(u[2], 4, 25), redeemed * np.minimum(state.debt, state.attached)),
        (between(u[3], 34, 58), ~redeemed * price),
    ]


def pledge_sale(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Auction of the thing that secures the claim; the creditor knows where it is."""
    price = pledged_value(s, state.day)
    odds = np.where(price > 0, 0.9 + pull(s, PLEDGE) - 0.7 * _repeated(state, PLEDGE), -30.0)
    return _sale(s, state, u, price, odds, (70, 122), calendar)


def instalment(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Three instalments from the willing; some stop after the first."""
    odds = -0.6 + pull(s, INSTALMENT) + means(s, INSTALMENT, state, calendar)
    pays = u[0] < sigmoid(odds - 0.6 * _repeated(state, INSTALMENT))
    part = payable(s, state) * (0.10 + 0.15 * u[1]) * pays
    goes_on = u[2] < 0.75
    return [
        (between(u[3], 8, 28), part),
        (between(u[3], 8, 28) + 30, part * goes_on),
        (between(u[3], 8, 28) + 60, part * goes_on),
    ]


def receivables_levy(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """What third parties owe a business, where it can be proved."""
    del calendar
    pays = u[0] < 0.35 - 0.2 * _repeated(state, RECEIVABLES)
    return [(between(u[3], 8, 44), pays * s.receivables * u[1] * 0.6 * growth(state.day))]


def search(s: Situation, state: State, u: Floats, calendar: Calendar) -> Payments:
    """Looking for the debtor: now and then somebody is found and pays a part."""
    odds = -2.0 + pull(s, SEARCH) + means(s, SEARCH, state, calendar)
    pays = u[0] < sigmoid(odds - 0.8 * _repeated(state, SEARCH))
    return [(between(u[3], 10, 44), pays * _whole_or_part(payable(s, state), 0.3, u[1], u[2]))]


EFFECTS: dict[int, Effect] = {
    NOTICE: notice, BANK: bank_levy, WAGE: nothing, BAN: registration_ban, TRAVEL: travel_ban,
    VEHICLE: vehicle_sale, ESTATE: estate_sale, QUERY: nothing, ACCOUNT: account_attachment,
    MOVABLE: movable_attachment, INSTALMENT: instalment, RECEIVABLES: receivables_levy,
    SEARCH: search, MOVABLE_SALE: movable_sale, PLEDGE: pledge_sale, ENTRY: nothing,
    HANDOVER: nothing, EVICTION: nothing, COMPULSION: nothing,
}  # fmt: skip
