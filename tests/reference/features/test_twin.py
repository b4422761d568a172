"""A second, plain-Python reading of the catalogue's sentences gives the same features."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

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
    }


def is_same(found: object, expected: object) -> bool:
    if found is None or isinstance(expected, str):
        return found == expected
    return bool(found == pytest.approx(expected, rel=EXACT))


@pytest.mark.parametrize("seed", range(6))
def test_a_plain_reading_gives_the_same_features(seed: int) -> None:
    registers = random_registers(seed)
    points, _ = locate(registers, random_questions(registers, seed, 60))
    frame = build_features(registers, points)
    assert frame.height > 5
    for point in frame.iter_rows(named=True):
        for name, expected in twin(registers, point).items():
            assert is_same(point[name], expected), (name, point["case_id"], point[name], expected)


def test_the_twin_is_not_vacuous() -> None:
    registers = random_registers(0, n_debtors=40)
    points, _ = locate(registers, random_questions(registers, 0, 200))
    varied = build_features(registers, points).select(pl.all().n_unique()).row(0, named=True)
    names = twin(registers, points.row(0, named=True))
    assert [name for name in names if varied[name] < 2] == []
