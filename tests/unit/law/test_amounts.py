"""Amounts that follow from a case and the law of its day: what is protected, what may be taken."""

from datetime import date
from typing import Any

import pytest

from law.catalogue import catalogue
from law.examples import example_facts
from law.uz.amounts import coverable_som

OLD = date(2019, 8, 31)  # no base unit and no minimum wage is recorded for this day


def _one(name: str, change: dict[str, Any]) -> Any:
    return example_facts(change)[name][0]


ARREARS = {"claim_kind": "alimony", "alimony_arrears_som": 1}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, date(2028, 6, 1)),  # a court writ of 1 June 2025: three years
        ({"interrupted_on": date(2025, 6, 20)}, date(2028, 6, 20)),  # Art. 28: runs anew
        ({"document_kind": "court_order"}, date(2028, 6, 11)),  # from ten days after the issue
        (
            {"document_kind": "court_order", "interrupted_on": date(2025, 6, 20)},
            date(2028, 6, 20),
        ),
        ({"document_kind": "labour_commission"}, date(2025, 9, 1)),
        (
            {"document_kind": "labour_commission", "interrupted_on": date(2025, 8, 31)},
            date(2025, 11, 30),  # the last day of a shorter month
        ),
        ({"periodic": True}, None),
        ({"periodic": None}, None),
    ],
)
def test_the_term_of_presentation_runs_anew_from_its_interruption(
    change: dict[str, Any], expected: date | None
) -> None:
    assert _one("presentation_until", change) == expected


@pytest.mark.parametrize(
    ("change", "share", "withholdable"),
    [
        ({}, 0.5, 2_000_000),
        ({"leviable_income_som": 3_999_999}, 0.5, 1_999_999),  # rounded down
        ({"claim_kind": "alimony"}, 0.5, 2_000_000),
        (ARREARS, 0.7, 2_800_000),
        ({**ARREARS, "as_of_date": date(2025, 8, 19)}, 0.7, 2_800_000),
        ({**ARREARS, "as_of_date": date(2025, 8, 18)}, 0.5, 2_000_000),
        ({**ARREARS, "leviable_income_som": 130}, 0.7, 91),
        ({"alimony_arrears_som": 1}, 0.5, 2_000_000),  # of alimony only
        ({"outstanding_som": 1_999_999}, 0.5, 1_999_999),
        ({"outstanding_som": None}, 0.5, None),
        ({"leviable_income_som": None}, 0.5, None),
        ({"leviable_income_som": None, "outstanding_som": 0}, 0.5, 0),
        ({"leviable_income_som": 0, "outstanding_som": None}, 0.5, 0),
        ({"claim_kind": None}, None, None),
        ({"as_of_date": date(2001, 8, 28)}, None, None),
    ],
)
def test_a_month_withholds_at_most_its_share_and_at_most_the_debt(
    change: dict[str, Any], share: float | None, withholdable: int | None
) -> None:
    facts = example_facts(change)
    assert (facts["withholding_share"][0], facts["withholdable_som"][0]) == (share, withholdable)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, 2_060_000),
        ({"debtor_kind": "entrepreneur"}, 2_060_000),
        ({"debtor_kind": "legal_entity"}, 4_120_000),  # of its official
        ({"outstanding_som": 2_059_999}, 2_059_999),  # not above what is owed
        ({"claim_kind": "non_property", "outstanding_som": 0}, 2_060_000),
        ({"outstanding_som": None}, None),
        ({"debtor_kind": None}, None),
        ({"claim_kind": None}, None),
        ({"as_of_date": date(2023, 7, 3)}, None),
        ({"as_of_date": date(2023, 7, 4)}, 1_650_000),
    ],
)
def test_a_fine_has_the_ceiling_of_its_day_and_of_the_debt(
    change: dict[str, Any], expected: int | None
) -> None:
    assert _one("fine_ceiling_som", change) == expected


@pytest.mark.parametrize(
    ("name", "today", "day_before"),
    [
        ("travel_ban_floor_som", 2_060_000, 1_875_000),
        ("alimony_pledge_floor_som", 103_000_000, 93_750_000),
        ("own_valuation_item_som", 8_240_000, 7_500_000),
        ("own_valuation_total_som", 41_200_000, 37_500_000),
    ],
)
def test_thresholds_in_base_units_follow_the_base_unit_of_the_day(
    name: str, today: int, day_before: int
) -> None:
    days = (date(2025, 8, 1), date(2025, 7, 31), OLD)
    found = example_facts(*({"as_of_date": day} for day in days))[name].to_list()
    assert found == [today, day_before, None]


def test_a_day_before_the_law_is_not_recorded() -> None:
    days = (date(2001, 8, 28), date(2001, 8, 29))
    found = example_facts(*({"as_of_date": day} for day in days))["law_is_recorded"].to_list()
    assert found == [None, True]


PLEDGED_CAR = {"n_free_vehicles": 0, "n_pledged_vehicles": 1, "pledged_vehicles_som": 3}
OWN_CAR = {"secured": True, "n_pledged_vehicles": 1, "pledged_vehicles_som": 3}
OWN_HOME = {"secured": True, "n_pledged_homes": 1, "pledged_home_som": 9}


@pytest.mark.parametrize(
    ("measure", "change", "expected"),
    [
        ("bank_account_levy", {}, 4_364_500),  # 5 000 000 less half of the minimum wage
        ("bank_account_levy", {"claim_kind": "alimony"}, 5_000_000),
        ("bank_account_levy", {"outstanding_som": 1_000_000}, 1_000_000),
        ("bank_account_levy", {"account_free_som": None}, None),
        ("wage_income_withholding", {}, 2_000_000),
        ("vehicle_seizure_sale", {}, 20_000_000),
        ("real_estate_sale", {"outstanding_som": 7_000_000}, 7_000_000),
        ("pledge_enforcement", {"pledged_vehicles_som": 3, "pledged_real_estate_som": 4}, 7),
        ("pledge_enforcement", {"pledged_vehicles_som": None}, None),
        ("pledge_enforcement", {"secured": True}, None),
        ("pledge_enforcement", {**OWN_CAR, "pledged_real_estate_som": 4}, 3),
        ("pledge_enforcement", {**OWN_CAR, "n_pledged_objects": 1}, None),
        ("pledge_enforcement", {**OWN_HOME, "pledge_of_this_claim": "real_estate"}, 9),
        ("pledge_enforcement", OWN_HOME, None),
        ("vehicle_seizure_sale", {**OWN_CAR, "n_free_vehicles": 0, "free_vehicles_som": 0}, 3),
        ("vehicle_seizure_sale", {"pledged_vehicles_som": 3}, 20_000_000),
        ("vehicle_seizure_sale", {**PLEDGED_CAR, "free_vehicles_som": 0}, 3),
        ("real_estate_sale", {**OWN_HOME, "pledge_of_this_claim": "real_estate"}, 20_000_009),
        ("real_estate_sale", OWN_HOME, None),
        ("receivables_levy", {}, None),  # until somebody states what was proved
        ("receivables_levy", {"proved_receivable_som": 6_000_000}, 6_000_000),
        ("receivables_levy", {"proved_receivable_som": 60_000_000}, 52_500_000),
        ("movable_sale", {}, None),  # no register holds what movables are worth
        ("movable_sale", {"outstanding_som": 0}, 0),
        ("account_attachment", {}, 52_500_000),
        ("registration_ban", {}, 52_500_000),
    ],
)
def test_a_measure_covers_no_more_than_the_debt_and_what_it_reaches(
    measure: str, change: dict[str, Any], expected: int | None
) -> None:
    covers = coverable_som(measure)
    assert covers is not None
    assert example_facts(change).select(covers.alias("som"))["som"].to_list() == [expected]


def test_a_measure_that_covers_no_money_has_no_such_amount() -> None:
    without = {measure for measure in catalogue("uz") if coverable_som(measure) is None}
    assert {"eviction", "registry_asset_query", "travel_ban", "item_handover"} <= without
    assert "bank_account_levy" not in without
