"""The registers of money as agencies keep them: incomes, accounts, obligations, businesses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from nation.arrays import Bools, Floats, Ints, spread, take
from nation.country import INDIVIDUAL, Calendar
from nation.employers import PENSION_FUND, Employers
from nation.gaps import Gaps, bank_of
from nation.mess import FIRST_SHARE, SECOND_SHARE, SEEN_WHERE_LATE, late_before
from nation.money import MONTHS_SEEN, Money, SeesMoney
from nation.names import Names
from nation.people import WAGE_EARNER, People
from nation.reporting import correct_some, dates, finish, ids, lag, whole, words
from nation.situation import BALANCE_SHAPE, Situation, growth, leviable_threshold

_INCOME_KINDS = ("wage", "pension", "self_employed")
_LOANS = ("mortgage", "car", "consumer", "card", "micro", "business")
MONTHS_BEFORE = 5
_OWN_PAYER = 5_000_000
"""Pseudonyms of the self-employed, who report themselves, come after those of employers."""


@dataclass(frozen=True)
class Sources:
    """Who reports: the employers of the nation, and what agencies did not deliver."""

    employers: Employers
    gaps: Gaps


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


def known_money(
    s: Situation, person: Ints, balances: Floats, months: Months, gaps: Gaps, calendar: Calendar
) -> SeesMoney:
    """What officers see: the last month-end balances.

    Of a bank that was late the lowest and the highest of the months that may be the last known.
    """
    late = late_before(gaps.late_days)

    def sees_money(rows: Ints, day: Ints, _uniform: Floats) -> Money:
        here, who = take(s, rows), person[rows]
        month = months.of_day(day)
        every = np.stack(
            [balances[who, np.maximum(month - back, 0)] for back in range(1, SEEN_WHERE_LATE + 1)]
        )
        is_late = late[bank_of(who, 0), month] | late[bank_of(who, 1), month]
        seen = every[:MONTHS_SEEN]
        seen[0] = np.where(is_late, every.min(axis=0), seen[0])
        seen[1] = np.where(is_late, every.max(axis=0), seen[1])
        return Money.of(here, seen, leviable_threshold(here, day, calendar))

    return sees_money


def _grid(some: Bools, months: Months) -> tuple[Ints, Ints]:
    """Every (debtor, month) of the chosen debtors."""
    who = np.flatnonzero(some)
    return np.repeat(who, len(months.first)), np.tile(np.arange(len(months.first)), len(who))


def incomes(
    rng: np.random.Generator, people: People, names: Names, months: Months, sources: Sources,
    calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Declared incomes month by month; reported by the employer, later by a bad one."""
    who, month = _grid((people.wage > 0) & people.incomes_known, months)
    kept = rng.random(len(who)) > 0.02
    kept &= sources.gaps.delivered("incomes", people.region[who], month)
    who, month = who[kept], month[kept]
    n, kind = len(who), people.income_kind[who]
    moves = rng.integers(0, 4 * len(months.first), len(people.kind))
    employer = np.where(month >= moves[who], people.next_employer[who], people.employer[who])
    is_wage = kind == WAGE_EARNER
    gross = np.round(people.wage[who] * growth(months.end[month]) * spread(rng.random(n), 0.05))
    gross = np.round(gross * _season_of_income(kind, months.number[month], employer, sources))
    own = _OWN_PAYER + names.numbers.take("self-employed", len(people.kind)) + who
    payer = np.where(is_wage, sources.employers.payer(employer), own)
    later = np.where(is_wage, sources.employers.later_days[employer], 0)
    rows = pl.DataFrame(
        {
            "debtor_id": names.debtors.gather(pl.Series(who)),
            "month": dates(months.first[month], calendar),
            "payer_id": ids("Y", np.where(kind == 1, PENSION_FUND, payer)),
            "kind": words(_INCOME_KINDS, kind),
            "gross_som": whole(gross),
            "tax_som": whole(np.floor(gross * np.where(kind == 1, 0.0, 0.12))),
            "reported_on": dates(months.end[month] + lag(rng, n, 4, 14, 0.05) + later, calendar),
        }
    )
    shown = correct_some(rng, rows, "gross_som", 0.008)
    shown = shown.with_columns(pl.min_horizontal("tax_som", "gross_som").alias("tax_som"))
    return finish(shown, ["debtor_id", "month", "payer_id", "kind"], calendar)


def _season_of_income(kind: Ints, number: Ints, employer: Ints, sources: Sources) -> Floats:
    """A month's income against the year's: a premium in December, the harvest in autumn."""
    premium = np.where(number == 12, 1.25, 1.0)
    harvest = 1.0 + 0.15 * np.cos(2 * np.pi * (number - 10) / 12)
    by_kind = [sources.employers.season(employer, number) * premium, np.ones(len(kind)), harvest]
    return np.select([kind == k for k in range(3)], by_kind, 1.0)


def accounts(
    rng: np.random.Generator, people: People, names: Names, balances: Floats, months: Months,
    gaps: Gaps, calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Turnover and balance per account and month; a second account holds a tenth.

    What others block they block on each account, whatever lies there.
    """
    parts = []
    n_people = len(people.kind)
    first = names.numbers.take("B", 2 * n_people)
    for number in (0, 1):
        who, month = _grid(people.accounts_known & (people.n_accounts > number), months)
        bank = bank_of(who, number)
        sent = gaps.bank_delivered(bank, month)
        who, month, bank = who[sent], month[sent], bank[sent]
        n = len(who)
        part = FIRST_SHARE if number == 0 else SECOND_SHARE
        share = np.where(people.n_accounts[who] == 1, 1.0, part)
        balance = balances[who, month] * share
        before = balances[who, np.maximum(month - 1, 0)] * share
        turnover = 0.7 * np.sqrt(people.income * people.cash) * np.exp(0.4 * people.mobile)
        received = turnover[who] * share * growth(months.end[month]) * spread(rng.random(n), 0.12)
        blocked = np.where(people.past_due[who] > 2.2, 0.08 * balance, 0.0)
        others = people.blocks[who] * balances[who, month]
        blocked = np.maximum(blocked, others)
        reported = months.end[month] + lag(rng, n, 4, 14) + gaps.late_days[bank, month]
        parts.append(
            pl.DataFrame(
                {
                    "account_id": ids("B", first + 2 * who + number),
                    "month": dates(months.first[month], calendar),
                    "debtor_id": names.debtors.gather(pl.Series(who)),
                    "bank_id": ids("Q", bank + 1),
                    "credits_som": whole(received),
                    "debits_som": whole(np.maximum(received - balance + before, 0.0)),
                    "balance_som": whole(balance),
                    "blocked_som": whole(blocked),
                    "reported_on": dates(reported, calendar),
                }
            )
        )
    shown = correct_some(rng, pl.concat(parts), "balance_som", 0.004)
    return finish(shown, ["account_id", "month"], calendar)


def obligations(
    rng: np.random.Generator, people: People, names: Names, months: Months, gaps: Gaps,
    calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Debts to lenders with days past due, which tell something of willingness."""
    who, month = _grid(people.has_loan, months)
    sent = gaps.delivered("obligations", people.region[who], month)
    who, month = who[sent], month[sent]
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
            "obligation_id": names.numbers.counted("G", who, n_people),
            "month": dates(months.first[month], calendar),
            "debtor_id": names.debtors.gather(pl.Series(who)),
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
    shown = correct_some(rng, rows, "outstanding_som", 0.005)
    return finish(shown, ["obligation_id", "month"], calendar)


def businesses(
    rng: np.random.Generator, people: People, names: Names, months: Months, gaps: Gaps,
    calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Quarterly figures of entrepreneurs and legal entities."""
    who, month = _grid(people.reports_business, months)
    first = (months.number[month] % 3 == 1) & (month + 2 < len(months.first))
    first &= gaps.delivered("businesses", people.region[who], month)
    who, month = who[first], month[first]
    n = len(who)
    revenue = people.revenue[who] * growth(months.end[month]) * spread(rng.random(n), 0.12)
    arrears = np.where(
        people.willing[who] + 0.5 * rng.standard_normal(n) < -0.6, 0.06 * revenue, 0.0
    )
    rows = pl.DataFrame(
        {
            "debtor_id": names.debtors.gather(pl.Series(who)),
            "quarter": dates(months.first[month], calendar),
            "revenue_som": whole(revenue),
            "receivables_som": whole(people.receivables[who] * spread(rng.random(n), 0.1)),
            "employees": pl.Series(people.employees[who]),
            "tax_arrears_som": whole(arrears),
            "production_assets_som": whole(people.revenue[who] * 0.4),
            "reported_on": dates(months.end[month + 2] + lag(rng, n, 15, 40), calendar),
        }
    )
    # Receivables stay as first reported: their bound in nation/officers.py rests on it.
    shown = correct_some(rng, rows, "revenue_som", 0.01)
    return finish(shown, ["debtor_id", "quarter"], calendar)
