"""Facts from registers: what is counted, what is out of reach, and unknown told from none."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from law.facts import build_facts
from registers.examples import registers_of
from registers.snapshot import locate

DAY = date(2026, 2, 10)
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def _facts(rows: Rows, day: date = DAY) -> dict[str, Any]:
    registers = registers_of(rows)
    questions = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [day]})
    points, _ = locate(registers, questions)
    return build_facts(registers, points).row(0, named=True)


def test_a_register_without_a_row_means_none_and_an_absent_one_means_unknown() -> None:
    none = _facts(
        {n: [] for n in ("accounts", "incomes", "vehicles", "real_estate", "case_events")}
    )
    unknown = _facts({})
    for name in ("account_free_som", "leviable_income_som", "n_vehicles", "n_real_estate"):
        assert none[name] == 0
        assert unknown[name] is None
    assert (none["is_suspended"], unknown["is_suspended"]) == (False, None)


def test_free_money_is_the_last_month_of_each_account_less_what_is_blocked() -> None:
    facts = _facts(
        {
            "accounts": [
                {"account_id": "a", "month": date(2025, 11, 1), "balance_som": 9_000_000},
                {"account_id": "a", "balance_som": 3_000_000, "blocked_som": 500_000},
                {"account_id": "b", "balance_som": 100, "blocked_som": 400},
            ]
        }
    )
    assert facts["account_free_som"] == 2_500_000
    assert facts["protected_amount_som"] == 635_500
    assert facts["leviable_balance_som"] == 1_864_500


@pytest.mark.parametrize(("month", "free"), [(date(2025, 8, 1), 900_000), (date(2025, 7, 1), None)])
def test_balances_older_than_six_months_say_nothing(month: date, free: int | None) -> None:
    assert _facts({"accounts": [{"month": month}]})["account_free_som"] == free


def test_one_old_account_leaves_the_others_as_the_least_there_is() -> None:
    fresh = {"account_id": "a", "balance_som": 3_000_000, "blocked_som": 0}
    old = {"account_id": "b", "month": date(2025, 7, 1)}
    for rows, stale in (([fresh], 0), ([fresh, old], 1)):
        facts = _facts({"accounts": rows})
        assert (facts["account_free_som"], facts["n_stale_accounts"]) == (3_000_000, stale)
        assert facts["leviable_balance_som"] == 2_364_500
        assert facts["whole_balance_som"] == (None if stale else 2_364_500)


@pytest.mark.parametrize(
    ("month", "income"),
    [(date(2025, 12, 1), 5_000_000), (date(2025, 10, 1), 5_000_000), (date(2025, 9, 1), 1_000_000)],
)
def test_an_employer_that_files_late_is_not_forgotten(month: date, income: int) -> None:
    wage = {"payer_id": "p1", "kind": "wage", "gross_som": 4_000_000, "tax_som": 0}
    pension = {"payer_id": "p2", "kind": "pension", "gross_som": 1_000_000, "tax_som": 0}
    known = {"reported_on": date(2026, 2, 1)}
    rows = [{**wage, **known, "month": month}, {**pension, **known, "month": date(2025, 12, 1)}]
    assert _facts({"incomes": rows})["leviable_income_som"] == income


def test_benefits_and_alimony_received_are_no_income_to_withhold_from() -> None:
    facts = _facts(
        {
            "incomes": [
                {"payer_id": "p1", "gross_som": 4_000_000, "tax_som": 480_000},
                {"payer_id": "p2", "kind": "benefit", "gross_som": 700_000, "tax_som": 0},
                {"payer_id": "p3", "kind": "alimony_received", "gross_som": 900_000, "tax_som": 0},
                {"payer_id": "p1", "month": date(2025, 11, 1), "gross_som": 1},
            ]
        }
    )
    assert (facts["leviable_income_som"], facts["n_benefit_months"]) == (3_520_000, 1)
    assert facts["income_month"] == date(2025, 12, 1)


def test_open_money_claims_of_the_debtor_are_added_up_after_payments() -> None:
    facts = _facts(
        {
            "cases": [
                {},
                {"claim_som": 1_000_000, "fee_som": 50_000},
                {"claim_som": 7_000_000, "closed_on": date(2026, 2, 1), "closing": "performed"},
                {"claim_kind": "non_property", "claim_som": 0, "fee_som": 0},
                {"claim_som": 2_000_000, "closing": "performed"},
            ],
            "payments": [{"case_id": "case-1", "amount_som": 300_000}, {"amount_som": 500_000}],
        }
    )
    assert facts["outstanding_som"] == 10_000_000
    assert facts["consolidated_som"] == 10_750_000
    assert facts["n_open_claims"] == 2


def test_the_only_home_is_exempt_and_a_second_whole_dwelling_is_not() -> None:
    home = {"kind": "house"}
    flat = {"residence": False, "share": 1.0, "cadastral_som": 100_000_000}
    land = {"kind": "land", "residence": False, "cadastral_som": 50_000_000}
    alone = _facts({"real_estate": [home, land]})
    assert (alone["n_exempt_dwellings"], alone["n_free_objects"]) == (1, 1)
    assert alone["free_real_estate_som"] == 50_000_000
    two = _facts({"real_estate": [home, flat, land]})
    assert (two["n_exempt_dwellings"], two["n_kept_homes"], two["n_free_objects"]) == (0, 1, 2)
    assert two["free_real_estate_som"] == 150_000_000


@pytest.mark.parametrize(
    ("case", "home", "exempt"),
    [
        ({}, {}, 1),
        ({}, {"residence": False}, 0),
        ({"levies_dwelling": True}, {}, 0),
        ({"secured": True}, {"encumbrance": "pledge"}, 1),
        ({}, {"kind": "unfinished"}, 1),
        ({}, {"encumbrance": "investment"}, 1),
        ({}, {"encumbrance": "pledge"}, 1),
        ({"secured": True}, {}, 1),
        ({}, {"disposed_on": date(2026, 1, 2)}, 0),
        ({}, {"disposed_on": DAY}, 0),
    ],
)
def test_exceptions_to_the_exempt_home(
    case: Mapping[str, Any], home: Mapping[str, Any], exempt: int
) -> None:
    facts = _facts({"cases": [case], "real_estate": [home]})
    assert facts["n_exempt_dwellings"] == exempt


def test_an_entity_has_no_exempt_home() -> None:
    facts = _facts({"debtors": [{"kind": "legal_entity"}], "real_estate": [{}]})
    assert (facts["n_exempt_dwellings"], facts["is_natural_person"]) == (0, False)


@pytest.mark.parametrize(
    ("starts", "ends", "is_in_force"),
    [
        (date(2026, 2, 10), None, True),
        (date(2026, 2, 11), None, False),
        (date(2026, 1, 20), date(2026, 2, 11), True),
        (date(2026, 1, 20), date(2026, 2, 10), False),
    ],
)
def test_an_event_is_in_force_from_its_start_to_the_day_before_its_end(
    starts: date, ends: date | None, is_in_force: bool
) -> None:
    facts = _facts({"case_events": [{"kind": "deferred", "starts_on": starts, "ends_on": ends}]})
    assert facts["is_deferred"] is is_in_force
    assert facts["is_suspended"] is False


def test_a_ban_counts_from_the_day_after_its_decision_until_lifted_or_cancelled() -> None:
    ban = {"measure": "travel_ban", "decided_on": date(2026, 2, 9)}
    assert _facts({"actions": [ban]})["has_travel_ban"] is True
    assert _facts({"actions": [{**ban, "decided_on": DAY}]})["has_travel_ban"] is False
    assert _facts({"actions": [{**ban, "ended_on": DAY}]})["has_travel_ban"] is False
    assert _facts({"actions": [{**ban, "result": "cancelled"}]})["has_travel_ban"] is False


def test_rows_reported_later_change_no_fact() -> None:
    later = {"reported_on": date(2026, 2, 11)}
    rows: dict[str, list[dict[str, Any]]] = {
        "accounts": [{}],
        "vehicles": [{}],
        "real_estate": [{}],
        "payments": [{}],
        "incomes": [{}],
        "case_events": [{"ends_on": date(2026, 1, 9)}],
        "actions": [{}],
    }
    more = {name: [*given, {**given[0], **later}] for name, given in rows.items()}
    assert _facts(rows) == _facts(more)


def test_without_the_register_of_payments_nobody_knows_what_is_left() -> None:
    known, unknown = _facts({"payments": []}), _facts({})
    for name in ("outstanding_som", "consolidated_som"):
        assert known[name] is not None
        assert unknown[name] is None
