"""Means and behaviour over time, on rows that a person can count."""

from datetime import date
from typing import Any

import polars as pl

from features.frame import build_features
from registers.examples import registers_of
from registers.snapshot import locate

DAY = date(2026, 3, 1)
Row = dict[str, Any]


def features_of(**rows: list[Row]) -> Row:
    case = {"claim_som": 1_000_000, "fee_som": 0, "reported_on": date(2025, 1, 9)}
    registers = registers_of({"cases": [case], "payments": [], **rows})
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [DAY]})
    points, _ = locate(registers, asked)
    return build_features(registers, points).row(0, named=True)


def wage(month: int, payer: str, year: int = 2025) -> Row:
    day = date(year, month, 1)
    paid = {"kind": "wage", "gross_som": 100, "tax_som": 0}
    return {"month": day, "payer_id": payer, "reported_on": date(2026, 2, 1)} | paid


def test_the_present_employer_is_the_longest_of_those_that_pay_now() -> None:
    old = [wage(month, "old") for month in (6, 7, 8, 12)]
    found = features_of(incomes=[*old, wage(12, "new"), wage(11, "gone")])
    assert found["months_with_present_employer"] == 4
    assert found["n_wage_months_12"] == 5
    assert found["n_wage_gaps_12"] == 2


def test_a_debtor_of_whom_no_income_is_reported_is_no_debtor_without_wages() -> None:
    assert features_of(incomes=[])["n_wage_months_12"] is None
    pension = {**wage(12, "fund"), "kind": "pension"}
    assert features_of(incomes=[pension])["n_wage_months_12"] == 0
    assert features_of(incomes=[pension])["months_with_present_employer"] is None


def test_a_thing_is_sold_from_the_day_of_its_disposal_on() -> None:
    def car(disposed_on: date | None) -> Row:
        return {
            "vehicle_id": "v",
            "assessed_som": 500,
            "acquired_on": date(2020, 1, 1),
            "disposed_on": disposed_on,
            "reported_on": date(2025, 1, 1),
        }

    for disposed_on, n_sold in ((None, 0), (DAY, 1), (date(2026, 3, 2), 0)):
        found = features_of(vehicles=[car(disposed_on)], real_estate=[])
        assert found["n_things_ever"] == 1
        assert found["n_things_sold"] == n_sold, disposed_on
        assert found["things_sold_som"] == 500 * n_sold
    assert features_of(vehicles=[car(DAY)])["n_things_sold"] is None


def test_a_ratio_is_the_amount_over_what_is_owed() -> None:
    account = {"month": date(2026, 2, 1), "balance_som": 250_000, "blocked_som": 100_000}
    found = features_of(accounts=[{**account, "reported_on": date(2026, 2, 20)}])
    assert found["blocked_to_outstanding"] == 0.1
    assert found["min_balance_6m_to_outstanding"] == 0.25
    assert features_of()["blocked_to_outstanding"] is None


def test_a_case_closed_on_the_day_itself_is_not_yet_known_as_closed() -> None:
    def other(closed_on: date) -> Row:
        return {"case_id": "case-1", "closed_on": closed_on, "closing": "performed"}

    def case() -> Row:
        return {"case_id": "case-0", "reported_on": date(2025, 1, 9)}

    today = features_of(cases=[case(), {**other(DAY), "reported_on": DAY}])
    before = features_of(cases=[case(), {**other(date(2026, 2, 1)), "reported_on": DAY}])
    assert (today["n_closed"], today["performed_share"]) == (0, None)
    assert (before["n_closed"], before["performed_share"]) == (1, 1.0)
    assert before["days_since_last_closing"] == 28


def test_payments_are_told_apart_by_what_brought_them() -> None:
    ban = {
        "action_id": "a",
        "measure": "debtor_or_asset_search",
        "decided_on": date(2025, 6, 1),
        "executed_on": None,
        "ended_on": None,
        "reported_on": date(2025, 6, 2),
    }
    paid = {"paid_on": date(2025, 8, 1), "amount_som": 70, "reported_on": date(2025, 8, 2)}
    found = features_of(
        actions=[ban],
        payments=[
            {**paid, "payment_id": "p1", "source": "voluntary", "action_id": "a"},
            {**paid, "payment_id": "p2", "source": "wage", "action_id": None},
        ],
    )
    assert found["brought_by_pressure_som"] == 70
    assert found["brought_by_notices_som"] == 0
    assert found["wage_paid_this_case_som"] == 70
    assert found["n_voluntary_payments_this_case"] == 1
    untraced = features_of(payments=[{**paid, "source": "wage"}])
    assert untraced["brought_by_pressure_som"] is None
