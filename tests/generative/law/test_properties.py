"""Promises that hold for any facts: no lawful set contains what a rule refuses, and the like."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from law.catalogue import catalogue
from law.engine import judge
from law.examples import example_facts
from law.judgement import judge_one
from law.outcomes import HOLDS, ask
from law.rules import rules_of
from law.stated import PLEDGED_THINGS
from registers.tables import TABLES

SOM = st.none() | st.integers(0, 100_000_000) | st.sampled_from([0, 1, 1_271_000, 2_060_000])
COUNT = st.none() | st.integers(0, 2)
DAYS = st.dates(date(2025, 5, 1), date(2026, 4, 10))
FLAG = st.none() | st.booleans()
STAYS = ("suspended", "deferred", "postponed", "mediation", "guarantee_deposit")


def _values(table: str, column: str) -> st.SearchStrategy[str]:
    found = next(c for c in TABLES[table].columns if c.name == column)
    return st.sampled_from(list(found.values or ()))


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "as_of_date": DAYS,
        "document_kind": _values("cases", "document_kind"),
        "claim_kind": _values("cases", "claim_kind"),
        "procedure": _values("cases", "procedure"),
        "debtor_kind": _values("debtors", "kind"),
        "debtor_status": st.none() | _values("debtors", "status"),
        "document_on": DAYS,
        "presented_on": DAYS,
        "opened_on": DAYS,
        "served_on": st.none() | DAYS,
        "voluntary_until": st.none() | DAYS,
        "closed_on": st.none() | DAYS,
        "periodic": st.booleans(),
        "secured": st.booleans(),
        "outstanding_som": SOM,
        "consolidated_som": SOM,
        "account_free_som": SOM,
        "leviable_income_som": SOM,
        "free_vehicles_som": SOM,
        "free_real_estate_som": SOM,
        "attached_som": SOM,
        "n_vehicles": COUNT,
        "n_free_vehicles": COUNT,
        "n_pledged_vehicles": COUNT,
        "n_real_estate": COUNT,
        "n_exempt_dwellings": COUNT,
        "n_free_objects": COUNT,
        "n_pledged_objects": COUNT,
        "n_pledged_homes": COUNT,
        "n_doubtful_homes": COUNT,
        "pledge_of_this_claim": st.none() | st.sampled_from(PLEDGED_THINGS),
        **{f"is_{stay}": FLAG for stay in STAYS},
        "has_travel_ban": FLAG,
        "has_registration_ban": FLAG,
    },
)
MANY = st.lists(CHANGES, min_size=1, max_size=6)


@settings(max_examples=30, deadline=None)
@given(MANY)
def test_a_lawful_measure_is_one_whose_every_condition_holds(changes: list[dict[str, Any]]) -> None:
    facts = example_facts(*changes)
    judged = judge(facts, "uz")
    outcomes = ask(facts, rules_of("uz").values())
    for measure, rules in rules_of("uz").items():
        answers = zip(*(outcomes.of(c).tolist() for c in rules.conditions), strict=True)
        holds = [all(code == HOLDS for code in row) for row in answers]
        verdicts = judged.filter(pl.col("measure") == measure)["verdict"].to_list()
        assert [verdict == "lawful" for verdict in verdicts] == holds


@settings(max_examples=20, deadline=None)
@given(MANY)
def test_one_case_alone_gets_the_verdict_that_it_gets_among_many(
    changes: list[dict[str, Any]],
) -> None:
    facts = example_facts(*changes)
    together = judge(facts, "uz")
    for number in range(facts.height):
        alone = judge(facts[number], "uz")
        assert alone.equals(together.filter(pl.col("point_id") == number))


@settings(max_examples=20, deadline=None)
@given(CHANGES, st.sampled_from(sorted(rules_of("uz"))))
def test_the_grounds_told_to_a_person_are_those_of_the_verdict(
    change: dict[str, Any], measure: str
) -> None:
    facts = example_facts(change)
    row = judge(facts, "uz", [measure]).row(0, named=True)
    told = judge_one(facts, catalogue("uz")[measure], "uz", "UZS")
    assert (told.verdict, told.decisive.rule) == (row["verdict"], row["rule"])
    assert (told.decisive.reason_code, told.decisive.confidence) == (
        row["reason_code"],
        row["confidence"],
    )
    assert all(text.strip() for g in told.grounds for text in g.sentence.as_dict().values())


@settings(max_examples=50, deadline=None)
@given(CHANGES, st.booleans())
def test_the_only_home_is_never_sold_unless_somebody_states_that_it_is_pledged_for_the_claim(
    change: dict[str, Any], pledged: bool
) -> None:
    home = {
        "n_real_estate": 1,
        "n_exempt_dwellings": 1,
        "n_pledged_homes": int(pledged),
        "n_doubtful_homes": 0,
        "n_free_objects": 0,
        "n_pledged_objects": 0,
    }
    verdict = judge(example_facts({**change, **home}), "uz", ["real_estate_sale"])["verdict"].item()
    is_stated = pledged and change.get("pledge_of_this_claim") == "real_estate"
    assert verdict != "lawful" or (is_stated and change.get("secured") is True)


@settings(max_examples=30, deadline=None)
@given(CHANGES, st.sampled_from(STAYS))
def test_a_day_inside_a_stay_allows_nothing(change: dict[str, Any], stay: str) -> None:
    change = {**change, f"is_{stay}": True}
    if stay == "guarantee_deposit":  # Art. 33¹: not for periodic payments
        change["periodic"] = False
    assert "lawful" not in judge(example_facts(change), "uz")["verdict"].to_list()


@settings(max_examples=30, deadline=None)
@given(CHANGES, st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_debt_never_raises_the_protected_amount(
    change: dict[str, Any], debt: int, more: int
) -> None:
    facts = example_facts(
        {**change, "outstanding_som": debt}, {**change, "outstanding_som": debt + more}
    )
    less_debt, more_debt = facts["protected_amount_som"].to_list()
    assert less_debt == more_debt


@settings(max_examples=30, deadline=None)
@given(MANY)
def test_every_verdict_has_its_ground_and_confidence(changes: list[dict[str, Any]]) -> None:
    judged = judge(example_facts(*changes), "uz")
    assert judged.height == len(changes) * len(catalogue("uz"))
    assert judged.null_count().sum_horizontal().item() == 0
