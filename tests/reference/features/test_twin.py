"""A second, plain-Python reading of the catalogue's sentences gives the same features."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from features.catalogue.ratios import RATIO_OF
from features.examples import random_questions, random_registers
from features.frame import build_features
from registers.extract import Registers
from registers.snapshot import locate
from registers.tables import TABLES

Row = dict[str, Any]
YEAR = timedelta(days=365)
EXACT = 1e-12


def known_rows(registers: Registers, table: str, day: date) -> list[Row]:
    """The last row of each key reported by the day; of one day, the later in the file."""
    last: dict[tuple[Any, ...], Row] = {}
    for row in registers.table(table).iter_rows(named=True):
        key = tuple(row[name] for name in TABLES[table].key)
        if row["reported_on"] <= day and (
            key not in last or row["reported_on"] >= last[key]["reported_on"]
        ):
            last[key] = row
    return list(last.values())


def of_debtor(registers: Registers, point: Row, table: str) -> list[Row]:
    day, debtor = point["as_of_date"], point["debtor_id"]
    rows = known_rows(registers, table, day)
    if "debtor_id" in TABLES[table].column_names:
        return [row for row in rows if row["debtor_id"] == debtor]
    cases = {
        row["case_id"] for row in known_rows(registers, "cases", day) if row["debtor_id"] == debtor
    }
    return [row for row in rows if row["case_id"] in cases]


def months(day: date) -> int:
    return 12 * day.year + day.month


def twin_income(rows: list[Row], day: date) -> Row:
    if not rows:
        return dict.fromkeys(("mean_net_6m_som", "income_trend", "n_payers"))
    paid = [row for row in rows if row["kind"] not in ("benefit", "alimony_received")]
    gross: dict[int, int] = defaultdict(int)
    net: dict[int, int] = defaultdict(int)
    for row in paid:
        gross[months(row["month"])] += row["gross_som"]
        net[months(row["month"])] += row["gross_som"] - row["tax_som"]
    top = max(gross, default=0)
    with_income = [m for m in range(top - 5, top + 1) if gross.get(m, 0) > 0]
    total = sum(net.get(m, 0) for m in range(top - 5, top + 1))
    new = sum(gross.get(m, 0) for m in range(top - 2, top + 1))
    old = sum(gross.get(m, 0) for m in range(top - 5, top - 2))
    in_year = {r["payer_id"] for r in paid if r["month"] >= day - YEAR and r["gross_som"] > 0}
    return {
        "mean_net_6m_som": total / len(with_income) if with_income else 0,
        "income_trend": new / old - 1 if old else None,
        "n_payers": len(in_year),
        "income_report_age_days": (day - max(r["reported_on"] for r in rows)).days,
    }


def newest_of(rows: list[Row], *key: str) -> list[Row]:
    last: dict[tuple[Any, ...], Row] = {}
    for row in sorted(rows, key=lambda r: r["month"]):
        last[tuple(row[name] for name in key)] = row
    return list(last.values())


def is_fresh(row: Row, day: date) -> bool:
    return months(row["month"]) >= months(day) - 6


def twin_current_income(rows: list[Row], day: date) -> Row:
    support = ("benefit", "alimony_received")
    earned = [row for row in rows if row["kind"] not in support]
    top = max((months(row["month"]) for row in earned), default=0)
    paying = [
        row
        for row in newest_of(earned, "payer_id", "kind")
        if is_fresh(row, day) and months(row["month"]) >= top - 2
    ]
    if not rows:
        return dict.fromkeys(("last_month_gross_som", "last_month_net_som", "has_current_wage"))
    return {
        "last_month_gross_som": sum(row["gross_som"] for row in paying),
        "last_month_net_som": sum(max(row["gross_som"] - row["tax_som"], 0) for row in paying),
        "has_current_wage": int(any(r["kind"] == "wage" and r["gross_som"] > 0 for r in paying)),
    }


def twin_loans(rows: list[Row], day: date) -> Row:
    owed = [row for row in newest_of(rows, "obligation_id") if is_fresh(row, day)]
    if not owed:
        return dict.fromkeys(("obligations_outstanding_som", "n_obligations"))
    return {
        "obligations_outstanding_som": sum(row["outstanding_som"] for row in owed),
        "obligations_due_som": sum(row["monthly_due_som"] for row in owed),
        "max_days_past_due": max(row["days_past_due"] for row in owed),
        "n_obligations": len(owed),
    }


def twin_money(rows: list[Row], day: date) -> Row:
    if not rows:
        return dict.fromkeys(("account_balance_som", "n_accounts", "mean_credits_3m_som"))
    top = max(months(row["month"]) for row in rows)
    recent = [row for row in rows if months(row["month"]) > top - 3]
    every = newest_of(rows, "account_id")
    last = [row for row in every if is_fresh(row, day)]
    return {
        "account_balance_som": sum(row["balance_som"] for row in last) if last else None,
        "max_account_balance_som": max((row["balance_som"] for row in last), default=None),
        "blocked_som": sum(row["blocked_som"] for row in last) if last else None,
        "n_accounts": len(every),
        "n_stale_accounts": len(every) - len(last),
        "n_banks": len({row["bank_id"] for row in every}),
        "mean_credits_3m_som": sum(row["credits_som"] for row in recent)
        / len({row["month"] for row in recent}),
    }


def twin_assets(homes: list[Row], cars: list[Row], day: date) -> Row:
    def owned(row: Row) -> bool:
        return row["acquired_on"] <= day and not (row["disposed_on"] and row["disposed_on"] <= day)

    kept = [(row, int(row["cadastral_som"] * row["share"] + 0.5)) for row in homes if owned(row)]
    driven = [row for row in cars if owned(row)]
    return {
        "n_real_estate": len(kept),
        "real_estate_value_som": sum(value for _, value in kept),
        "free_real_estate_value_som": sum(
            value for row, value in kept if row["encumbrance"] == "none" and not row["residence"]
        ),
        "n_vehicles": len(driven),
        "unpledged_vehicles_value_som": sum(r["assessed_som"] for r in driven if not r["pledged"]),
    }


def twin_history(actions: list[Row], payments: list[Row], case_id: str, day: date) -> Row:
    before = [row for row in actions if row["decided_on"] < day]
    here = [row for row in before if row["case_id"] == case_id]
    levies = [row for row in before if row["measure"] == "bank_account_levy"]
    newest = max(levies, key=lambda r: (r["decided_on"], r["action_id"]), default=None)
    paid = [row for row in payments if row["paid_on"] < day and row["case_id"] == case_id]
    return {
        "n_measures": len(here),
        "n_measures_other_cases": len(before) - len(here),
        "measures_cost_som": sum(row["cost_som"] for row in here),
        "n_measures_nothing_found": sum(row["result"] == "nothing_found" for row in before),
        "bank_levy_result": newest["result"] if newest else "never_tried",
        "days_since_last_measure": (
            (day - max(row["decided_on"] for row in here)).days if here else None
        ),
        "paid_som": sum(row["amount_som"] for row in paid),
        "n_payments": len(paid),
    }


def twin_social(events: list[Row], case_id: str, day: date) -> Row:
    begun = [row for row in events if row["case_id"] == case_id and row["starts_on"] < day]
    covered = [
        (min(row["ends_on"] or day, day) - max(row["starts_on"], day - YEAR)).days for row in begun
    ]
    deferrals = [row for row in begun if row["kind"] in ("deferred", "postponed")]
    return {
        "n_protection_events": len(begun),
        "days_protected_365": min(sum(max(days, 0) for days in covered), 365),
        "is_deferred": int(any(r["ends_on"] is None or r["ends_on"] > day for r in deferrals)),
    }


def twin_behaviour(rows: dict[str, list[Row]], case_id: str, day: date) -> Row:
    paid = [row for row in rows["payments"] if row["paid_on"] < day]
    here = [row for row in paid if row["case_id"] == case_id]
    levied = [row for row in here if row["source"] == "bank_levy"]
    elsewhere = [row for row in paid if row["case_id"] != case_id]
    measure_of = {r["action_id"]: r["measure"] for r in rows["actions"] if r["decided_on"] < day}
    banned = ("travel_ban", "debtor_or_asset_search", "obligations_register_entry")
    closed = [row for row in rows["cases"] if row["closed_on"] and row["closed_on"] < day]
    performed = sum(row["closing"] == "performed" for row in closed)
    return {
        "n_bank_levy_payments_this_case": len(levied),
        "bank_levy_paid_this_case_som": sum(row["amount_som"] for row in levied),
        "days_since_bank_levy_payment": (
            (day - max(row["paid_on"] for row in levied)).days if levied else None
        ),
        "wage_paid_other_cases_som": sum(
            row["amount_som"] for row in elsewhere if row["source"] == "wage"
        ),
        "paid_other_cases_som": sum(row["amount_som"] for row in elsewhere),
        "brought_by_pressure_som": sum(
            row["amount_som"] for row in paid if measure_of.get(row["action_id"]) in banned
        ),
        "mean_payment_som": sum(r["amount_som"] for r in here) / len(here) if here else None,
        "n_closed": len(closed),
        "performed_share": performed / len(closed) if closed else None,
        "days_since_last_closing": (
            (day - max(row["closed_on"] for row in closed)).days if closed else None
        ),
    }


def twin_balances(rows: list[Row]) -> Row:
    if not rows:
        return dict.fromkeys(("mean_balance_6m_som", "min_balance_6m_som", "balance_range_6m_som"))
    top = max(months(row["month"]) for row in rows)
    recent = [row for row in rows if months(row["month"]) > top - 6]
    by_account: dict[str, list[int]] = defaultdict(list)
    for row in recent:
        by_account[row["account_id"]].append(row["balance_som"])
    n_months = len({row["month"] for row in recent})
    return {
        "mean_balance_6m_som": sum(row["balance_som"] for row in recent) / n_months,
        "min_balance_6m_som": sum(min(balances) for balances in by_account.values()),
        "balance_range_6m_som": sum(max(own) - min(own) for own in by_account.values()),
    }


def twin_wages(rows: list[Row], day: date) -> Row:
    if not rows:
        return dict.fromkeys(("n_wage_months_12", "n_wage_gaps_12", "days_since_last_wage"))
    top = max(months(row["month"]) for row in rows)
    wages = [row for row in rows if row["kind"] == "wage" and row["gross_som"] > 0]
    year = sorted({months(row["month"]) for row in wages if months(row["month"]) > top - 12})
    last = max((row["month"] for row in wages), default=None)
    present = {row["payer_id"] for row in wages if row["month"] == last}
    with_present = [
        len({row["month"] for row in wages if row["payer_id"] == payer}) for payer in present
    ]
    return {
        "n_wage_months_12": len(year),
        "n_wage_gaps_12": year[-1] - year[0] + 1 - len(year) if year else 0,
        "days_since_last_wage": (day - last).days if last else None,
        "months_with_present_employer": max(with_present, default=None),
    }


def twin_things(homes: list[Row], cars: list[Row], day: date) -> Row:
    sold = [row for row in (*homes, *cars) if row["disposed_on"] and row["disposed_on"] <= day]
    return {
        "n_things_ever": len(homes) + len(cars),
        "n_things_sold": len(sold),
        "things_sold_som": sum(
            int(row["cadastral_som"] * row["share"] + 0.5)
            if "object_id" in row
            else row["assessed_som"]
            for row in sold
        ),
        "days_since_last_sale": (
            (day - max(row["disposed_on"] for row in sold)).days if sold else None
        ),
    }


def twin_past_due(rows: list[Row], day: date) -> Row:
    if not rows:
        return dict.fromkeys(("max_days_past_due_12m", "n_past_due_obligations"))
    top = max(months(row["month"]) for row in rows)
    year = [row for row in rows if months(row["month"]) > top - 12]
    current = [row for row in newest_of(rows, "obligation_id") if is_fresh(row, day)]
    late = [row for row in current if row["days_past_due"] > 0]
    return {
        "max_days_past_due_12m": max(row["days_past_due"] for row in year),
        "n_past_due_obligations": len(late) if current else None,
        "past_due_loans_som": sum(row["outstanding_som"] for row in late) if current else None,
    }


def twin(registers: Registers, point: Row) -> Row:
    day, case_id = point["as_of_date"], point["case_id"]
    rows = {name: of_debtor(registers, point, name) for name in TABLES}
    return {
        **twin_income(rows["incomes"], day),
        **twin_current_income(rows["incomes"], day),
        **twin_loans(rows["obligations"], day),
        **twin_money(rows["accounts"], day),
        **twin_assets(rows["real_estate"], rows["vehicles"], day),
        **twin_history(rows["actions"], rows["payments"], case_id, day),
        **twin_social(rows["case_events"], case_id, day),
        **twin_behaviour(rows, case_id, day),
        **twin_balances(rows["accounts"]),
        **twin_wages(rows["incomes"], day),
        **twin_things(rows["real_estate"], rows["vehicles"], day),
        **twin_past_due(rows["obligations"], day),
    }


def is_same(found: object, expected: object) -> bool:
    if found is None or isinstance(expected, str):
        return found == expected
    return bool(found == pytest.approx(expected, rel=EXACT))


# Few debtors share actions and payments by chance, many have every kind of income among them.
SIZES = (6, 12, 150)


@pytest.mark.parametrize("n_debtors", SIZES)
@pytest.mark.parametrize("seed", range(4))
def test_a_plain_reading_gives_the_same_features(seed: int, n_debtors: int) -> None:
    registers = random_registers(seed, n_debtors)
    points, _ = locate(registers, random_questions(registers, seed, 90))
    frame = build_features(registers, points)
    assert not frame.is_empty()
    for point in frame.iter_rows(named=True):
        found = twin(registers, point)
        for name, expected in found.items():
            assert is_same(point[name], expected), (name, point["case_id"], point[name], expected)
        for name, amount in RATIO_OF.items():
            owed = point["outstanding_som"]
            ratio = found[amount] / owed if owed and found.get(amount) is not None else None
            if amount in found:
                assert is_same(point[name], ratio), (name, point["case_id"], point[name], ratio)


def test_the_twin_is_not_vacuous() -> None:
    varied: set[str] = set()
    names: list[str] = []
    for seed, n_debtors in product(range(4), SIZES):
        registers = random_registers(seed, n_debtors)
        points, _ = locate(registers, random_questions(registers, seed, 90))
        frame = build_features(registers, points)
        names = list(twin(registers, points.row(0, named=True)))
        varied |= {name for name in names if frame[name].n_unique() > 1}
    assert [name for name in names if name not in varied] == []
