"""Two faultless extracts: one of a few rows to read, one large enough to be judged as a whole."""

from datetime import date, timedelta
from typing import Any

import polars as pl

from registers.examples import example_tables

Rows = dict[str, list[dict[str, Any]]]

# Days that can only be days of the month prove the order of a date.
_PAID = [date(2026, 1, day) for day in (5, 13, 14, 17, 19, 20, 9, 22)]
N_DEBTORS = 210
N_MONTHS = 3


def few() -> dict[str, pl.DataFrame]:
    """Three debtors with a case, an action, incomes, real estate, and eight payments."""
    rows: Rows = {
        "debtors": [{}, {}, {"activity_code": "47110"}],
        "cases": [{"debtor_id": f"debtor-{n}"} for n in range(3)],
        "actions": [{"case_id": f"case-{n}"} for n in range(3)],
        "payments": [_payment(n, day) for n, day in enumerate(_PAID)],
        "incomes": [_income(n, date(2025, 12, 1), 0) for n in range(3)],
        "real_estate": [{"debtor_id": f"debtor-{n}", "area_m2": 54.5 + n} for n in range(3)],
    }
    return example_tables(rows)


def _payment(number: int, day: date) -> dict[str, Any]:
    return {
        "case_id": f"case-{number % 3}",
        "paid_on": day,
        "amount_som": 100_000 + 5_000 * number,
        "reported_on": day + timedelta(days=5),
    }


def _income(debtor: int, month: date, step: int) -> dict[str, Any]:
    gross = 2_000_000 + 37_000 * debtor + 11_000 * step
    return {
        "debtor_id": f"debtor-{debtor}",
        "month": month,
        "gross_som": gross,
        "tax_som": gross * 12 // 100,
        "reported_on": date(2026, 1, 10),
    }


def many() -> dict[str, pl.DataFrame]:
    """Two hundred and ten debtors, each with a case and with incomes of three months."""
    months = [date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)]
    rows: Rows = {
        "debtors": [{}] * N_DEBTORS,
        "cases": [
            {"debtor_id": f"debtor-{n}", "claim_som": 1_000_000 + 41_000 * n}
            for n in range(N_DEBTORS)
        ],
        "incomes": [
            _income(debtor, month, step)
            for debtor in range(N_DEBTORS)
            for step, month in enumerate(months)
        ],
    }
    return example_tables(rows)
