"""The registers of money as agencies keep them: incomes, accounts, obligations, businesses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from nation.arrays import Bools, Floats, Ints, spread, take
from nation.country import INDIVIDUAL, Calendar
from nation.money import Money, SeesMoney
from nation.people import People
from nation.reporting import correct_some, dates, finish, ids, lag, whole, words
from nation.situation import BALANCE_SHAPE, Situation, growth, leviable_threshold

_INCOME_KINDS = ("wage", "pension", "self_employed")
_LOANS = ("mortgage", "car", "consumer", "card", "micro", "business")
MONTHS_BEFORE = 5


@dataclass(frozen=True)
class Months:
    """The months of the registers: the day each begins and ends, and its calendar month."""

    first: Ints
    end: Ints
    number: Ints

    def of_day(self, day: Ints) -> Ints:
        """The index of the month that holds each day."""
        return np.searchsorted(self.first, day, side="right") - 1


def build_months(calendar: Calendar) -> Months:
    """Months from five before the history to the one that ends by the day of the questions."""
    index = calendar.start.year * 12 + calendar.start.month - 1 - MONTHS_BEFORE
    last = calendar.as_of.year * 12 + calendar.as_of.month - 1
    firsts = [date(i // 12, i % 12 + 1, 1) for i in range(index, last + 1)]
    days = np.array([(first - calendar.start).days for first in firsts])
    return Months(days[:-1], days[1:], np.array([first.month for first in firsts[:-1]]))


def monthly_balances(rng: np.random.Generator, people: People, months: Months) -> Floats:
    """Balance of each debtor (all accounts) at the end of each month: debtor x month."""
    noise = spread(rng.random((len(people.kind), len(months.end))), BALANCE_SHAPE)
    return people.liquid[:, None] * growth(months.end)[None, :] * noise


def known_money(s: Situation, person: Ints, balances: Floats, months: Months,
                calendar: Calendar) -> SeesMoney:  # fmt: skip
    """What officers see: the month-end balances of the last four months."""

    def sees_money(rows: Ints, day: Ints, _uniform: Floats) -> Money:
        here = take(s, rows)
        month = months.of_day(day)
        seen = [balances[person[rows], np.maximum(month - back, 0)] for back in (1, 2, 3, 4)]
        return Money.of(here, np.stack(seen), leviable_threshold(here, day, calendar))

    return sees_money


def _grid(some: Bools, months: Months) -> tuple[Ints, Ints]:
    """Every (debtor, month) of the chosen debtors."""
    who = np.flatnonzero(some)
    return np.repeat(who, len(months.first)), np.tile(np.arange(len(months.first)), len(who))


def incomes(
    rng: np.random.Generator, people: People, names: pl.Series, months: Months, calendar: Calendar
) -> pl.DataFrame:
    """Declared incomes month by month; reported five to fifteen days later, some later still."""
    who, month = _grid((people.wage > 0) & people.incomes_known, months)
    kept = rng.random(len(who)) > 0.02
    who, month = who[kept], month[kept]
    n = len(who)
    december = np.where(months.number[month] == 12, 1.25, 1.0)
    noise = spread(rng.random(n), 0.05)
    gross = np.round(people.wage[who] * growth(months.end[month]) * noise * december)
    moves = rng.integers(0, 4 * len(months.first), len(people.kind))
    payer = 3 * who + (month >= moves[who])
    kind = people.income_kind[who]
    rows = pl.DataFrame(
        {
            "debtor_id": names.gather(pl.Series(who)),
            "month": dates(months.first[month], calendar),
            "payer_id": ids("Y", np.where(kind == 1, 1, payer % 900_000 + 2)),
            "kind": words(_INCOME_KINDS, kind),
            "gross_som": whole(gross),
            "tax_som": whole(np.floor(gross * np.where(kind == 1, 0.0, 0.12))),
            "reported_on": dates(months.end[month] + lag(rng, n, 4, 14, 0.05), calendar),
        }
    )
    shown = correct_some(rng, rows, "gross_som", 0.008)
    shown = shown.with_columns(pl.min_horizontal("tax_som", "gross_som").alias("tax_som"))
    return finish(shown, ["debtor_id", "month", "payer_id", "kind"], calendar)


def accounts(
    rng: np.random.Generator, people: People, names: pl.Series, balances: Floats, months: Months,
    calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Turnover and balance per account and month; a second account holds a tenth."""
    parts = []
    for number in (1, 2):
        who, month = _grid(people.accounts_known & (people.n_accounts >= number), months)
        n = len(who)
        share = np.where(people.n_accounts[who] == 1, 1.0, 0.9 if number == 1 else 0.1)
        balance = balances[who, month] * share
        before = balances[who, np.maximum(month - 1, 0)] * share
        turnover = 0.7 * np.sqrt(people.income * people.cash) * np.exp(0.4 * people.mobile)
        received = turnover[who] * share * growth(months.end[month]) * spread(rng.random(n), 0.12)
        blocked = np.where(people.past_due[who] > 2.2, 0.08 * balance, 0.0)
        parts.append(
            pl.DataFrame(
                {
                    "account_id": ids("B", who * 2 + number),
                    "month": dates(months.first[month], calendar),
                    "debtor_id": names.gather(pl.Series(who)),
                    "bank_id": ids("Q", (who * 7 + number * 3) % 31 + 1),
                    "credits_som": whole(received),
                    "debits_som": whole(np.maximum(received - balance + before, 0.0)),
                    "balance_som": whole(balance),
                    "blocked_som": whole(blocked),
                    "reported_on": dates(months.end[month] + lag(rng, n, 4, 14), calendar),
                }
            )
        )
    shown = correct_some(rng, pl.concat(parts), "balance_som", 0.004)
    return finish(shown, ["account_id", "month"], calendar)


def obligations(
    rng: np.random.Generator, people: People, names: pl.Series, months: Months, calendar: Calendar
) -> pl.DataFrame:
    """Debts to lenders with days past due, which tell something of willingness."""
    who, month = _grid(people.has_loan, months)
    n, n_people = len(who), len(people.kind)
    size = people.income * rng.lognormal(0.9, 0.9, n_people)
    natural = np.array([[0.06, 0.12, 0.45, 0.2, 0.17, 0.0]])
    kind = np.where(
        people.kind != INDIVIDUAL, 5, rng.choice(6, n_people, p=natural[0])
    )  # fmt: skip
    left = np.clip(1.1 - (month + 1) / (len(months.first) + 8.0), 0.05, 1.0)
    late = 30.0 * people.past_due[who] + 9.0 * rng.standard_normal(n)
    rows = pl.DataFrame(
        {
            "obligation_id": ids("G", who + 1),
            "month": dates(months.first[month], calendar),
            "debtor_id": names.gather(pl.Series(who)),
            "lender_id": ids("Q", (who * 11) % 31 + 1),
            "kind": words(_LOANS, kind[who]),
            "outstanding_som": whole(size[who] * left),
            "monthly_due_som": whole(size[who] / 30.0),
            "days_past_due": pl.Series(
                np.where(people.past_due[who] > 0, np.maximum(late, 0.0), 0.0).astype(np.int64)
            ),
            "reported_on": dates(months.end[month] + lag(rng, n, 8, 20), calendar),
        }
    )
    return finish(rows, ["obligation_id", "month"], calendar)


def businesses(
    rng: np.random.Generator, people: People, names: pl.Series, months: Months, calendar: Calendar
) -> pl.DataFrame:
    """Quarterly figures of entrepreneurs and legal entities."""
    who, month = _grid(people.reports_business, months)
    first = (months.number[month] % 3 == 1) & (month + 2 < len(months.first))
    who, month = who[first], month[first]
    n = len(who)
    revenue = people.revenue[who] * growth(months.end[month]) * spread(rng.random(n), 0.12)
    arrears = np.where(
        people.willing[who] + 0.5 * rng.standard_normal(n) < -0.6, 0.06 * revenue, 0.0
    )
    rows = pl.DataFrame(
        {
            "debtor_id": names.gather(pl.Series(who)),
            "quarter": dates(months.first[month], calendar),
            "revenue_som": whole(revenue),
            "receivables_som": whole(people.receivables[who] * spread(rng.random(n), 0.1)),
            "employees": pl.Series(people.employees[who]),
            "tax_arrears_som": whole(arrears),
            "production_assets_som": whole(people.revenue[who] * 0.4),
            "reported_on": dates(months.end[month + 2] + lag(rng, n, 15, 40), calendar),
        }
    )
    return finish(rows, ["debtor_id", "quarter"], calendar)
