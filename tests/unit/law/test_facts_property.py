"""What a business shows, what is pledged, when the last wage came, and what only people tell."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from law.examples import FACTS_SCHEMA
from law.facts import build_facts
from law.stated import STATED
from registers.examples import registers_of
from registers.snapshot import locate

FactsOf = Callable[..., dict[str, Any]]


def test_every_fact_of_the_example_comes_from_the_registers_in_its_type() -> None:
    tables = ("incomes", "businesses", "actions", "case_events", "vehicles", "real_estate")
    for delivered in ((), tables):
        rows: dict[str, list[dict[str, Any]]] = {name: [{}] for name in delivered}
        registers = registers_of(rows)
        questions = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [date(2026, 2, 10)]})
        facts = build_facts(registers, locate(registers, questions)[0])
        assert {name: facts.schema.get(name) for name in FACTS_SCHEMA} == dict(FACTS_SCHEMA)


def test_what_only_a_person_can_state_is_unknown(facts_of: FactsOf) -> None:
    facts = facts_of({})
    assert {name: facts[name] for name in STATED} == dict.fromkeys(STATED)


def _business(facts_of: FactsOf, *quarters: date, **changes: object) -> tuple[Any, ...]:
    rows = [
        {"quarter": quarter, "receivables_som": number, "production_assets_som": 10 + number}
        for number, quarter in enumerate(quarters, start=1)
    ]
    facts = facts_of({"businesses": [{**row, **changes} for row in rows]})
    return tuple(
        facts[name] for name in ("receivables_som", "production_assets_som", "last_revenue_on")
    )


def test_the_latest_quarter_tells_receivables_and_production_assets(facts_of: FactsOf) -> None:
    quarters = (date(2025, 7, 1), date(2025, 10, 1), date(2025, 4, 1))
    assert _business(facts_of, *quarters) == (2, 12, date(2025, 10, 1))


def test_quarters_older_than_twelve_months_say_nothing_about_today(facts_of: FactsOf) -> None:
    assert _business(facts_of, date(2025, 2, 1))[:2] == (1, 11)
    assert _business(facts_of, date(2025, 1, 1)) == (None, None, date(2025, 1, 1))


def test_who_files_no_quarter_has_no_business(facts_of: FactsOf) -> None:
    assert _business(facts_of) == (0, 0, None)
    unknown = facts_of({})
    assert (unknown["receivables_som"], unknown["production_assets_som"]) == (None, None)


def test_a_quarter_without_revenue_is_no_day_of_revenue(facts_of: FactsOf) -> None:
    assert _business(facts_of, date(2025, 10, 1), revenue_som=0)[2] is None
    rows = [
        {"quarter": date(2025, 7, 1), "revenue_som": 1},
        {"quarter": date(2025, 10, 1), "revenue_som": 0},
    ]
    assert facts_of({"businesses": rows})["last_revenue_on"] == date(2025, 7, 1)


def test_a_corrected_or_late_quarter_counts_from_its_report(facts_of: FactsOf) -> None:
    quarter = {"quarter": date(2025, 10, 1), "receivables_som": 5}
    corrected = {**quarter, "receivables_som": 7, "reported_on": date(2026, 2, 10)}
    rows = {"businesses": [quarter, corrected]}
    assert facts_of(rows)["receivables_som"] == 7
    assert facts_of(rows, known_on=date(2026, 2, 9))["receivables_som"] == 5


def test_pledged_vehicles_and_objects_have_their_own_value(facts_of: FactsOf) -> None:
    pledge = {"encumbrance": "pledge", "kind": "land", "residence": False}
    facts = facts_of(
        {
            "vehicles": [
                {"pledged": True, "assessed_som": 30},
                {"pledged": True, "assessed_som": 50, "disposed_on": date(2026, 1, 2)},
                {"pledged": False, "assessed_som": 7},
            ],
            "real_estate": [
                {**pledge, "cadastral_som": 400, "share": 0.5},
                {**pledge, "cadastral_som": 900, "encumbrance": "none"},
                {"kind": "house", "cadastral_som": 1_000, "encumbrance": "pledge"},
            ],
        }
    )
    assert (facts["pledged_vehicles_som"], facts["free_vehicles_som"]) == (30, 7)
    assert (facts["pledged_real_estate_som"], facts["n_exempt_dwellings"]) == (200, 1)


HOME: dict[str, Any] = {"kind": "house", "residence": True, "cadastral_som": 1_000}
FLAT: dict[str, Any] = {"kind": "apartment", "residence": False, "cadastral_som": 300}
LAND: dict[str, Any] = {"kind": "land", "residence": False, "cadastral_som": 70}


def _homes(facts_of: FactsOf, *objects: dict[str, Any], **case: object) -> tuple[Any, ...]:
    facts = facts_of({"cases": [case], "real_estate": list(objects)})
    names = ("n_exempt_dwellings", "n_doubtful_homes", "n_kept_homes", "free_real_estate_som")
    return tuple(facts[name] for name in names)


def test_a_whole_second_dwelling_may_be_levied_and_the_residence_stays(facts_of: FactsOf) -> None:
    assert _homes(facts_of, HOME) == (1, 0, 0, 0)
    assert _homes(facts_of, HOME, LAND) == (1, 0, 0, 70)
    assert _homes(facts_of, HOME, FLAT, LAND) == (0, 0, 1, 370)


@pytest.mark.parametrize(
    "other",
    [
        {**FLAT, "share": 0.05},
        {**FLAT, "share": 0.99},
        {**FLAT, "encumbrance": "pledge"},
        {**FLAT, "kind": "unfinished"},
    ],
)
def test_a_share_a_pledged_and_an_unfinished_dwelling_leave_the_home_in_doubt(
    facts_of: FactsOf, other: dict[str, Any]
) -> None:
    assert _homes(facts_of, HOME, other) == (0, 2, 0, 0)
    assert _homes(facts_of, HOME, other, LAND) == (0, 2, 0, 70)
    assert _homes(facts_of, HOME, other, FLAT) == (0, 0, 1, 300 + _free_som(other))


def _free_som(other: dict[str, Any]) -> int:
    is_free = other.get("encumbrance") != "pledge"
    return round(other.get("share", 1.0) * other["cadastral_som"]) if is_free else 0


def test_the_family_may_live_in_an_unfinished_house(facts_of: FactsOf) -> None:
    unfinished = {**HOME, "kind": "unfinished"}
    assert _homes(facts_of, unfinished) == (1, 0, 0, 0)
    assert _homes(facts_of, unfinished, FLAT) == (0, 0, 1, 300)


def test_an_only_dwelling_in_which_nobody_is_recorded_is_in_doubt(facts_of: FactsOf) -> None:
    assert _homes(facts_of, FLAT) == (0, 1, 0, 0)
    assert _homes(facts_of, FLAT, {**FLAT, "cadastral_som": 200}) == (0, 0, 1, 200)


def test_a_document_that_names_the_dwelling_leaves_nothing_aside(facts_of: FactsOf) -> None:
    assert _homes(facts_of, HOME, FLAT, levies_dwelling=True) == (0, 0, 0, 1_300)


@pytest.mark.parametrize("secured", [True, False])
def test_the_pledged_home_stays_exempt_and_is_counted_by_itself(
    facts_of: FactsOf, secured: bool
) -> None:
    home, land = {**HOME, "encumbrance": "pledge"}, {**LAND, "encumbrance": "pledge"}
    facts = facts_of({"cases": [{"secured": secured}], "real_estate": [home, land]})
    assert (facts["n_exempt_dwellings"], facts["n_pledged_homes"]) == (1, 1)
    assert (facts["pledged_home_som"], facts["n_pledged_objects"]) == (1_000, 1)
    assert facts["pledged_real_estate_som"] == 70


def test_a_search_that_found_nothing_is_counted_from_the_day_after_it(facts_of: FactsOf) -> None:
    search = {
        "measure": "debtor_or_asset_search",
        "decided_on": date(2026, 1, 5),
        "executed_on": date(2026, 2, 9),
        "result": "nothing_found",
    }
    for changes, expected in (
        ({}, 1),
        ({"executed_on": date(2026, 2, 10)}, 0),
        ({"executed_on": None, "result": "pending"}, 0),
        ({"result": "effective"}, 0),
        ({"measure": "registration_ban"}, 0),
    ):
        facts = facts_of({"actions": [{**search, **changes}]})
        assert facts["n_fruitless_searches"] == expected, changes
    assert facts_of({"actions": []})["n_fruitless_searches"] == 0
    assert facts_of({})["n_fruitless_searches"] is None


def test_no_vehicle_and_no_object_are_worth_nothing_and_unknown_ones_unknown(
    facts_of: FactsOf,
) -> None:
    none, unknown = facts_of({"vehicles": [], "real_estate": []}), facts_of({})
    for name in ("pledged_vehicles_som", "pledged_real_estate_som"):
        assert (none[name], unknown[name]) == (0, None)


def test_the_last_wage_is_found_however_old_and_a_pension_is_none(facts_of: FactsOf) -> None:
    rows = [
        {"month": date(2024, 3, 1)},
        {"month": date(2024, 5, 1), "gross_som": 0, "tax_som": 0},
        {"month": date(2025, 11, 1), "kind": "pension"},
    ]
    facts = facts_of({"incomes": rows})
    assert facts["last_wage_on"] == date(2024, 3, 1)
    assert facts["income_month"] == date(2025, 11, 1)
    assert facts_of({"incomes": [rows[2]]})["last_wage_on"] is None
    assert facts_of({"incomes": []})["last_wage_on"] is None


@pytest.mark.parametrize(
    ("known_on", "found"),
    [(date(2026, 2, 8), None), (date(2026, 2, 9), date(2025, 12, 1))],
)
def test_a_wage_counts_from_its_report(
    facts_of: FactsOf, known_on: date, found: date | None
) -> None:
    wage = {"reported_on": date(2026, 2, 9)}
    assert facts_of({"incomes": [wage]}, known_on=known_on)["last_wage_on"] == found
