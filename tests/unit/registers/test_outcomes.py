"""What came in on a case, which measure brought it, and when the first of it came."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from registers.examples import registers_of
from registers.outcomes import outcomes, recovered
from registers.snapshot import locate

DAY = date(2026, 1, 10)
WINDOW = 180
LATER = date(2026, 12, 1)
EARLIER = {"action_id": "before", "decided_on": DAY - timedelta(days=3)}
OWN = {"action_id": "own", "decided_on": DAY}


def paid(amount: int, days: int, action: str | None = None, **row: Any) -> dict[str, Any]:
    on = DAY + timedelta(days=days)
    told = {"payment_id": f"p{days}-{amount}", "paid_on": on, "reported_on": on, **row}
    return {**told, "amount_som": amount, "action_id": action}


def told(*payments: dict[str, Any], claim: int = 10_000_000) -> dict[str, Any]:
    registers = registers_of(
        {
            "cases": [{"claim_som": claim, "fee_som": 0}],
            "actions": [EARLIER, OWN],
            "payments": list(payments),
        }
    )
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [DAY]})
    points, _ = locate(registers, asked)
    taken = points.with_columns(action_id=pl.lit("own"))
    row: dict[str, Any] = outcomes(registers, taken, WINDOW, LATER).row(0, named=True)
    plain = recovered(registers, points, WINDOW, LATER)["recovered_som"][0]
    assert row["recovered_som"] == plain
    return row


def test_each_payment_is_the_measures_own_an_earlier_ones_or_neither() -> None:
    row = told(paid(500, 20, "own"), paid(300, 12, "before"), paid(90, 40), paid(7, 50, "own"))
    assert row["recovered_som"] == 897
    assert row["brought_som"] == 507
    assert row["on_its_way_som"] == 300
    assert row["first_paid_days"] == 12


def test_where_nothing_came_there_is_no_first_day() -> None:
    row = told(paid(100, WINDOW), paid(100, -1))
    assert row["recovered_som"] == row["brought_som"] == row["on_its_way_som"] == 0
    assert row["first_paid_days"] is None


def test_no_part_is_more_than_what_was_owed() -> None:
    row = told(paid(900, 5, "own"), paid(800, 6, "before"), claim=1_000)
    assert row["recovered_som"] == 1_000
    assert (row["brought_som"], row["on_its_way_som"]) == (900, 100)


def test_a_payment_of_a_measure_that_nobody_knows_is_neither() -> None:
    row = told(paid(500, 20, "somewhere"))
    assert (row["brought_som"], row["on_its_way_som"]) == (0, 0)
