"""Facts of a measure are told with the value, register and days of that measure."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from explain.contributions import list_contributions
from explain.numbers import Value
from explain.pair_facts import days, facts_of_ranked, measures_of, said_of_measure, source_tables
from explain.reasons import Reason
from explain.sentences import Narrator
from features.catalogue import feature
from features.catalogue.pairs import PAIR_FEATURES
from law.catalogue import catalogue
from models.scoring import Attribution
from registers.legal_orders import legal_order

REACH = next(f for f in PAIR_FEATURES if f.name == "reach_share")
TRIED = next(f for f in PAIR_FEATURES if f.name == "n_tried")
LEVY, CAR = "bank_account_levy", "vehicle_seizure_sale"
JANUARY, MARCH = date(2026, 1, 31), date(2026, 3, 31)


def ranked_facts() -> pl.DataFrame:
    features = pl.DataFrame(
        {
            "point_id": [7],
            "as_of_date": [date(2026, 4, 1)],
            "n_payments": [2.0],
            "known_on_accounts": [MARCH],
            "observed_on_accounts": [MARCH],
            "known_on_vehicles": [JANUARY],
            "observed_on_vehicles": [JANUARY],
            "known_on_payments": [MARCH],
        }
    )
    pairs = pl.DataFrame(
        {
            "point_id": [7, 7],
            "measure": [LEVY, CAR],
            "reach_share": [0.4, 2.5],
            "n_tried": [1.0, 0.0],
            "known_on_tried": [JANUARY, None],
            "observed_on_tried": [JANUARY, None],
        }
    )
    ranked = pl.DataFrame({"point_id": [7, 7], "measure": [CAR, LEVY], "rank": [1, 2]})
    return facts_of_ranked(features, pairs, ranked)


def test_each_ranked_measure_has_its_own_facts_beside_those_of_the_case() -> None:
    facts = ranked_facts()
    assert facts["measure"].to_list() == [CAR, LEVY]
    assert facts["reach_share"].to_list() == [2.5, 0.4]
    assert facts["n_payments"].to_list() == [2.0, 2.0]


def test_what_a_measure_reaches_is_dated_by_the_register_of_its_asset() -> None:
    facts = ranked_facts()
    of = measures_of(facts)
    assert source_tables(REACH, of, 2, "uz") == ["vehicles", "accounts"]
    assert days(facts, REACH, "known_on", of, "uz").to_list() == [JANUARY, MARCH]
    assert days(facts, TRIED, "known_on", of, "uz").to_list() == [None, JANUARY]


def test_contributions_carry_the_measures_own_value_register_and_day() -> None:
    facts = ranked_facts()
    described = [feature("n_payments"), REACH]
    values = np.array([[1.0, 30.0], [1.0, 5.0]])
    nothing = np.zeros((2, 0))
    names = ("n_payments", "reach_share")
    parts = Attribution(np.zeros(2), values, names, nothing, (), values, values[None])
    told = list_contributions(facts, np.arange(2), parts, described)
    car, levy = told.to_list()
    assert car[1]["feature"] == "reach_share"
    assert (car[1]["value"], car[1]["source_table"], car[1]["known_on"]) == (
        "2.5",
        "vehicles",
        JANUARY,
    )
    assert (levy[1]["value"], levy[1]["source_table"], levy[1]["known_on"]) == (
        "0.4",
        "accounts",
        MARCH,
    )
    assert car[0]["source_table"] == "payments"


def test_facts_of_cases_alone_stay_as_they_are() -> None:
    facts = ranked_facts().drop("measure")
    assert measures_of(facts) is None
    assert source_tables(feature("n_payments"), None, 2, "uz") == ["payments"] * 2


def told(name: str, other: str, value: Value, theirs: Value) -> str:
    of_pairs = {f.name: f for f in PAIR_FEATURES}
    narrator = Narrator(of_pairs, catalogue("uz"), legal_order("uz"))
    reason = Reason(
        "fact", 5e6, other, name, value, known_on=MARCH, observed_on=MARCH, source="accounts",
        other_value=theirs, is_compared=True,
    )  # fmt: skip
    return narrator.tell(reason).en


def test_a_fact_of_the_measure_is_told_beside_that_of_the_other_measure() -> None:
    said = told("reach_share", CAR, 0.4, 2.5)
    assert "debt: 40\xa0%, for “Seizure and sale of a vehicle” 250\xa0% (" in said


@pytest.mark.parametrize(
    ("name", "measure", "n_tried", "said"),
    [
        ("reach_share", "voluntary_notice", 0.0, "touches no property"),
        ("reach_share", LEVY, 0.0, "not reported"),
        ("days_since_tried", LEVY, 0.0, "not taken yet"),
        ("days_since_tried", LEVY, None, "not reported"),
    ],
)
def test_why_there_is_no_number_is_told_and_unknown_is_not_none(
    name: str, measure: str, n_tried: float | None, said: str
) -> None:
    feature_of = next(f for f in PAIR_FEATURES if f.name == name)
    value = said_of_measure(feature_of, None, n_tried, measure, "uz")
    assert f"for “Seizure and sale of a vehicle” {said} (" in told(name, CAR, 1.0, value)
