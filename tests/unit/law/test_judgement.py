"""One measure in one case: grounds, sentences, confirmations, errors with the nearest choice."""

from datetime import date

import polars as pl
import pytest

from law.actions import judge_actions
from law.catalogue import catalogue
from law.engine import check_measure, excluded_facts, judge, law_version, lawful_measures
from law.errors import (
    ActionsUnusableError,
    UnknownCaseError,
    UnknownMeasureError,
    UnknownRulesError,
)
from law.examples import example_facts
from law.judgement import judge_one
from law.rules import rules_of
from registers.examples import registers_of
from registers.extract import Registers

DAY = date(2026, 2, 10)


def _registers(**case: object) -> Registers:
    served = {"served_on": date(2026, 1, 7), "voluntary_until": date(2026, 1, 22), **case}
    return registers_of(
        {
            "cases": [served],
            "case_events": [],
            "actions": [],
            "payments": [],
            "incomes": [{}],
            "accounts": [{}],
            "vehicles": [],
            "real_estate": [],
        }
    )


def test_the_deciding_ground_comes_first_with_its_figures() -> None:
    judgement = check_measure(_registers(), "case-0", "vehicle_seizure_sale", DAY)
    assert judgement.verdict == "unfounded"
    assert judgement.decisive.rule == "owns_a_vehicle"
    assert judgement.decisive.facts == {"n_vehicles": 0}
    assert "no vehicle is registered" in judgement.decisive.sentence.en
    assert all("{" not in text for g in judgement.grounds for text in g.sentence.as_dict().values())


def test_a_lawful_measure_lists_every_condition_and_what_to_confirm() -> None:
    judgement = check_measure(_registers(), "case-0", "travel_ban", DAY)
    assert judgement.verdict == "lawful"
    assert judgement.decisive.rule == "all_conditions"
    assert len(judgement.grounds) == 1 + len(rules_of("uz")["travel_ban"].conditions)
    assert {ground.verdict for ground in judgement.grounds} == {"lawful"}
    assert "no valid reason" in judgement.confirmations[0].en


def test_an_unknown_measure_names_the_nearest() -> None:
    with pytest.raises(UnknownMeasureError, match="Did you mean 'travel_ban'"):
        check_measure(_registers(), "case-0", "travel_bann", DAY)


def test_an_unknown_case_names_the_nearest_and_an_early_day_the_first_report() -> None:
    with pytest.raises(UnknownCaseError, match="Did you mean 'case-0'"):
        check_measure(_registers(), "case-O", "travel_ban", DAY)
    with pytest.raises(UnknownCaseError, match="first reported on 2026-01-05"):
        check_measure(_registers(), "case-0", "travel_ban", date(2026, 1, 4))


def test_an_unknown_legal_order_names_those_that_have_rules() -> None:
    for ask in (lambda: judge(example_facts(), "uk"), lambda: law_version("uk")):
        with pytest.raises(UnknownRulesError, match="Did you mean 'uz'"):
            ask()


def test_facts_of_the_deciding_rule_are_json_with_sorted_names() -> None:
    facts = example_facts({"outstanding_som": 2_060_000}, {})
    judged = judge(facts, "uz", ["travel_ban"])
    assert excluded_facts(facts, judged).to_list() == [
        '{"claim_kind":"bank_credit","claim_som":50000000,"document_kind":"court_writ",'
        '"outstanding_som":2060000,"periodic":false,"travel_ban_floor_som":2060000}',
        "{}",
    ]


def test_the_day_decides_the_lawful_set() -> None:
    facts = example_facts({"outstanding_som": 1_900_000})
    may = lawful_measures(facts, date(2025, 7, 31))["measure"].to_list()
    may_not = lawful_measures(facts, date(2025, 8, 1))["measure"].to_list()
    assert "travel_ban" in may
    assert "travel_ban" not in may_not


def test_every_letter_of_philadelphia_is_lawful() -> None:
    registers = registers_of({}, "philadelphia")
    judgement = check_measure(registers, "case-0", "sheriff", DAY)
    assert judgement.verdict == "lawful"
    assert judge(example_facts(), "philadelphia")["verdict"].to_list() == ["lawful"] * 8


def test_every_terms_of_the_pawnshop_are_lawful() -> None:
    registers = registers_of({}, "pawnshop")
    judgement = check_measure(registers, "case-0", "forced_fee", DAY)
    assert judgement.verdict == "lawful"
    assert judge(example_facts(), "pawnshop")["verdict"].to_list() == ["lawful"] * 5


def test_a_past_action_is_judged_without_what_its_own_day_reports() -> None:
    day = date(2026, 2, 3)
    registers = registers_of(
        {
            "cases": [{"served_on": date(2026, 1, 7), "voluntary_until": date(2026, 1, 22)}],
            "case_events": [{"starts_on": day, "reported_on": day}],
            "actions": [{"measure": "registration_ban", "decided_on": day, "reported_on": day}],
            "payments": [],
            "vehicles": [{}],
            "real_estate": [],
        }
    )
    judged = judge_actions(registers, registers.table("actions"))
    assert judged.row(0, named=True)["verdict"] == "lawful"
    asked = pl.DataFrame(
        {"case_id": ["case-0"], "measure": ["registration_ban"], "decided_on": [date(2026, 2, 4)]}
    )
    assert judge_actions(registers, asked)["verdict"].to_list() == ["unlawful"]


def test_every_action_gets_a_row_with_a_sentence() -> None:
    asked = pl.DataFrame(
        {
            "action_id": ["1", "2", "3", "4", "5", "1"],
            "case_id": ["case-0", "case-9", "case-0", "case-0", None, "case-0"],
            "measure": ["eviction", "travel_ban", "marriage_bar", "evicton", "eviction", "x"],
            "decided_on": [DAY] * 6,
        }
    )
    judged = judge_actions(_registers(), asked)
    assert judged["rule"].to_list() == [
        "awards_no_money",
        "case_unknown",
        "no_legal_basis",
        "unknown_measure",
        "incomplete_action",
    ]
    assert judged["verdict"].to_list()[2] == "unlawful"
    assert "eviction" in judged["sentence_en"][3]
    assert judged["sentence_uz_Latn"].null_count() == 0


def test_actions_without_a_needed_column_are_refused() -> None:
    with pytest.raises(ActionsUnusableError, match="the column measure is missing"):
        judge_actions(_registers(), pl.DataFrame({"case_id": ["a"], "decided_on": [DAY]}))


def test_a_physical_measure_on_a_day_off_names_the_next_working_day() -> None:
    measure = catalogue("uz")["movable_attachment"]
    # Nowruz 2026 falls on a Saturday: 20 March is a holiday and 23 March is given off.
    told = judge_one(example_facts({"as_of_date": date(2026, 3, 21)}), measure, "uz", "UZS")
    assert "24 March 2026" in told.confirmations[0].en
    working = judge_one(example_facts({"as_of_date": date(2026, 3, 24)}), measure, "uz", "UZS")
    assert "day off" not in working.confirmations[0].en


def test_a_day_before_the_record_of_a_value_is_told_where_it_begins() -> None:
    facts = example_facts(
        {"as_of_date": date(2022, 5, 31), "procedure": "simplified", "claim_som": 1_000_000}
    )
    told = judge_one(facts, catalogue("uz")["wage_income_withholding"], "uz", "UZS")
    sentences = {ground.rule: ground.sentence for ground in told.grounds}
    said = sentences["simplified_within_minimum_wage"]
    assert "begins on 1 June 2022" in said.en
    assert "1 июня 2022" in said.ru
