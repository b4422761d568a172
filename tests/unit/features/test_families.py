"""What single features say about small cases whose truth can be read off by eye."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from features.catalogue import FEATURES, feature
from features.errors import FeatureDefinitionError, PointColumnsError, UnknownFeatureError
from features.frame import build_features
from registers.examples import registers_of
from registers.snapshot import locate

DAY = date(2026, 3, 1)
MONTHS = [date(2025, m, 1) for m in range(7, 13)]


def profile(rows: Mapping[str, Any], day: date = DAY, legal_order: str = "uz") -> dict[str, Any]:
    registers = registers_of(rows, legal_order)
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [day]})
    points, set_aside = locate(registers, asked)
    assert set_aside.is_empty()
    return build_features(registers, points).row(0, named=True)


def test_missing_registers_are_unknown_not_zero() -> None:
    known = profile({})
    for name in ("n_vehicles", "real_estate_value_som", "n_measures", "n_payments", "is_deferred"):
        assert known[name] is None, name
    assert known["mean_net_6m_som"] is None
    assert known["bank_levy_result"] is None
    assert known["known_on_incomes"] is None


def test_registers_that_list_all_they_know_say_zero_without_rows() -> None:
    known = profile(
        {name: [] for name in ("vehicles", "real_estate", "actions", "payments", "case_events")}
    )
    for name in ("n_vehicles", "real_estate_value_som", "n_measures", "n_payments", "is_deferred"):
        assert known[name] == 0, name
    assert known["bank_levy_result"] == "never_tried"
    assert known["newest_vehicle_age_years"] is None
    assert known["days_since_last_measure"] is None


def test_income_is_unknown_without_a_row_and_zero_with_benefits_only() -> None:
    assert profile({"incomes": []})["last_month_gross_som"] is None
    benefit = {"month": date(2026, 1, 1), "kind": "benefit", "reported_on": date(2026, 2, 10)}
    known = profile({"incomes": [benefit]})
    assert known["last_month_gross_som"] == 0
    assert known["mean_net_6m_som"] == 0
    assert known["outstanding_to_income"] is None
    assert known["receives_benefit"] == 1
    assert known["protected_income_share"] == 1


def test_income_is_averaged_over_the_months_that_had_any() -> None:
    wages = [{"month": m, "gross_som": 1_000_000 + 100_000 * i} for i, m in enumerate(MONTHS)]
    known = profile({"incomes": [{**w, "tax_som": 120_000} for w in wages[1:]], "payments": []})
    assert known["last_month_gross_som"] == 1_500_000
    assert known["last_month_net_som"] == 1_380_000
    assert known["mean_net_6m_som"] == pytest.approx(1_180_000)
    assert known["n_income_months_12"] == 5
    assert known["income_trend"] == pytest.approx(4_200_000 / 2_300_000 - 1)
    assert known["outstanding_to_income"] == pytest.approx(10_500_000 / 1_180_000)


def test_a_wage_is_current_up_to_the_sixth_month_after_its_own() -> None:
    wage = [{"month": date(2025, 9, 1)}]
    assert profile({"incomes": wage}, date(2026, 3, 31))["has_current_wage"] == 1
    assert profile({"incomes": wage}, date(2026, 4, 1))["has_current_wage"] == 0


def test_a_wage_is_current_until_its_payer_is_silent_for_three_months_while_others_report() -> None:
    wage = {"payer_id": "p1", "month": date(2025, 10, 1), "gross_som": 3_000_000, "tax_som": 0}
    for month, is_current in ((date(2025, 12, 1), 1), (date(2026, 1, 1), 0)):
        rent = {"payer_id": "p2", "kind": "rent", "month": month, "gross_som": 1, "tax_som": 0}
        known = profile({"incomes": [wage, {**rent, "reported_on": date(2026, 2, 9)}]})
        assert known["has_current_wage"] == is_current
        assert known["last_month_net_som"] == 1 + 3_000_000 * is_current


def test_balance_adds_the_newest_month_of_each_account() -> None:
    accounts = [
        {"account_id": "a", "month": date(2025, 11, 1), "balance_som": 5},
        {"account_id": "a", "month": date(2025, 12, 1), "balance_som": 700_000},
        {"account_id": "b", "month": date(2025, 11, 1), "balance_som": 2_000_000, "bank_id": "q"},
        {"account_id": "old", "month": date(2025, 1, 1), "balance_som": 99_000_000},
    ]
    known = profile({"accounts": accounts, "payments": []})
    assert known["account_balance_som"] == 2_700_000
    assert known["max_account_balance_som"] == 2_000_000
    assert (known["n_accounts"], known["n_stale_accounts"], known["n_banks"]) == (3, 1, 2)
    assert known["balance_to_outstanding"] == pytest.approx(2_700_000 / 10_500_000)


@pytest.mark.parametrize(
    ("debtor", "claim", "expected"),
    [
        ("individual", "bank_credit", 1_000_000 - 635_500),
        ("individual", "alimony", 1_000_000),
        ("entrepreneur", "bank_credit", 1_000_000),
        ("legal_entity", "tax", 1_000_000),
    ],
)
def test_half_the_minimum_wage_is_kept_from_levy(debtor: str, claim: str, expected: int) -> None:
    rows = {
        "debtors": [{"kind": debtor}],
        "cases": [{"claim_kind": claim}],
        "accounts": [{"balance_som": 1_100_000, "blocked_som": 100_000}],
    }
    assert profile(rows)["leviable_balance_som"] == expected


def test_leviable_balance_is_never_below_zero() -> None:
    assert profile({"accounts": [{"balance_som": 600_000}]})["leviable_balance_som"] == 0


def test_property_is_counted_by_share_home_and_charge() -> None:
    homes = [
        {"share": 0.5, "cadastral_som": 101},
        {"residence": False, "cadastral_som": 200, "encumbrance": "pledge"},
        {"residence": False, "cadastral_som": 300},
        {"residence": False, "cadastral_som": 900, "disposed_on": DAY},
        {"residence": False, "cadastral_som": 900, "acquired_on": date(2026, 3, 2)},
    ]
    cars = [{"assessed_som": 40, "pledged": True}, {"assessed_som": 60, "model_year": 2021}]
    known = profile({"real_estate": homes, "vehicles": cars})
    assert known["n_real_estate"] == 3
    assert known["real_estate_value_som"] == 51 + 200 + 300
    assert known["non_residence_value_som"] == 500
    assert known["free_real_estate_value_som"] == 300
    assert known["encumbered_share"] == pytest.approx(200 / 551)
    assert known["pledged_value_som"] == 240
    assert known["unpledged_vehicles_value_som"] == 60
    assert known["newest_vehicle_age_years"] == 5


def test_events_of_the_day_itself_are_no_history() -> None:
    day = {"reported_on": DAY}
    rows = {
        "actions": [{"decided_on": DAY, **day}],
        "payments": [{"paid_on": DAY, **day}],
        "case_events": [{"starts_on": DAY, "kind": "mediation", **day}],
    }
    known = profile(rows)
    assert known["n_measures"] == 0
    assert known["n_payments"] == 0
    assert known["is_suspended"] == 0
    assert known["known_on_actions"] is None


def test_a_payment_of_the_day_lowers_the_debt_and_shows_in_no_history_of_payments() -> None:
    for reported_on, owed in ((DAY, 10_400_000), (date(2026, 3, 2), 10_500_000)):
        payment = {"paid_on": DAY, "amount_som": 100_000, "reported_on": reported_on}
        known = profile({"payments": [payment]})
        assert known["outstanding_som"] == owed
        assert (known["n_payments"], known["paid_som"], known["paid_90d_som"]) == (0, 0, 0)
        assert known["days_since_last_payment"] is None


def test_earlier_measures_are_told_by_case_kind_and_result() -> None:
    cases = [{}, {"case_id": "other"}]
    actions = [
        {"decided_on": date(2026, 1, 10), "result": "nothing_found"},
        {"decided_on": date(2026, 1, 20), "case_id": "other", "result": "effective"},
        {"decided_on": date(2026, 2, 1), "measure": "travel_ban"},
    ]
    known = profile({"cases": cases, "actions": actions})
    assert (known["n_measures"], known["n_measures_other_cases"]) == (2, 1)
    assert known["n_bank_levies"] == 1
    assert known["bank_levy_result"] == "effective"
    assert known["wage_withholding_result"] == "never_tried"
    assert known["days_since_last_measure"] == 28
    assert known["n_measures_pending"] == 1
    assert known["measures_cost_som"] == 10_000


def test_of_two_results_on_one_day_the_greater_id_counts() -> None:
    day = date(2026, 1, 10)
    actions = [
        {"action_id": "b", "decided_on": day, "result": "partly"},
        {"action_id": "a", "decided_on": day, "result": "nothing_found"},
    ]
    assert profile({"actions": actions})["bank_levy_result"] == "partly"


def test_payments_are_told_by_case_source_and_recency() -> None:
    cases = [{}, {"case_id": "other"}]
    payments = [
        {"paid_on": date(2025, 11, 30), "amount_som": 1_000_000},
        {"paid_on": date(2025, 12, 1), "amount_som": 50_000, "source": "wage"},
        {"paid_on": date(2026, 2, 1), "amount_som": 7, "case_id": "other"},
    ]
    known = profile({"cases": cases, "payments": payments})
    assert (known["n_payments"], known["n_payments_other_cases"]) == (2, 1)
    assert known["paid_som"] == 1_050_000
    assert known["paid_share"] == pytest.approx(0.1)
    assert known["paid_90d_som"] == 50_000
    assert (known["n_voluntary_payments"], known["voluntary_paid_som"]) == (2, 1_000_007)
    assert known["days_since_last_payment"] == 90
    assert known["outstanding_som"] == 10_500_000 - 1_050_000
    assert known["other_open_claims_som"] == 10_500_000 - 7


def test_a_case_closed_before_the_day_is_history_and_one_open_is_a_burden() -> None:
    closed = {"closed_on": date(2026, 2, 28), "closing": "performed"}
    cases = [{}, {"case_id": "done", **closed}, {"case_id": "open", "claim_som": 1, "fee_som": 0}]
    known = profile({"cases": cases, "payments": []})
    assert known["n_closed_performed"] == 1
    assert known["n_other_open_cases"] == 1
    assert known["other_open_claims_som"] == 1


def test_protection_counts_days_within_the_last_year_only() -> None:
    events = [
        {"starts_on": date(2024, 1, 1), "ends_on": date(2025, 3, 11)},
        {"starts_on": date(2026, 2, 19), "kind": "deferred", "ends_on": date(2026, 3, 2)},
    ]
    known = profile({"case_events": events})
    assert known["days_protected_365"] == 10 + 10
    assert (known["is_deferred"], known["is_suspended"]) == (1, 0)
    assert profile({"case_events": events}, date(2026, 3, 2))["is_deferred"] == 0


def test_facts_carry_the_day_from_which_they_were_known() -> None:
    rows = [{"vehicle_id": str(k), "reported_on": date(2026, 2, k)} for k in (3, 9)]
    assert profile({"vehicles": rows})["known_on_vehicles"] == date(2026, 2, 9)
    assert profile({"vehicles": rows}, date(2026, 2, 8))["known_on_vehicles"] == date(2026, 2, 3)


def test_another_legal_order_works_with_few_registers() -> None:
    rows = {
        "cases": [{"claim_som": 123_456, "fee_som": 0}],
        "real_estate": [{}],
        "payments": [],
    }
    known = profile(rows, legal_order="philadelphia")
    assert known["outstanding_som"] == 123_456
    assert known["n_real_estate"] == 1
    assert known["leviable_balance_som"] is None
    assert sum(known[f.name] is None for f in FEATURES) > len(FEATURES) / 2


def test_no_points_give_an_empty_frame_with_all_columns() -> None:
    registers = registers_of({})
    asked = pl.DataFrame(schema={"case_id": pl.String, "as_of_date": pl.Date})
    points, _ = locate(registers, asked)
    frame = build_features(registers, points)
    assert frame.height == 0
    assert {f.name for f in FEATURES} <= set(frame.columns)


def test_points_without_their_columns_are_refused() -> None:
    with pytest.raises(PointColumnsError, match="debtor_id"):
        build_features(registers_of({}), pl.DataFrame({"point_id": [0], "case_id": ["case-0"]}))


def test_an_unknown_feature_is_refused_with_a_hint() -> None:
    with pytest.raises(UnknownFeatureError, match=r"docs/reference/features\.md"):
        feature("shoe_size")


@pytest.mark.parametrize(("kind", "unit"), [("flag", "som"), ("category", "share")])
def test_a_feature_that_contradicts_itself_is_refused(kind: Any, unit: Any) -> None:
    label = feature("sex").label
    with pytest.raises(FeatureDefinitionError):
        type(feature("sex"))("x", "claim", "claim", kind, unit, ("cases.x",), label, "meaning")
