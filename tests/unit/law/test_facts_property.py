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
