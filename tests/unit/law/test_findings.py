"""Warnings beyond the rules: the last that passes and the first that warns, for each of them."""

import re
from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from law.actions.findings import Finding, findings_about, findings_of, warn
from law.condition import Condition
from law.errors import UnknownRulesError
from law.examples import example_facts
from law.parameters import find_parameter
from law.rules import rules_of
from law.uz.catalogue import MEASURES
from law.uz.findings.history import HISTORY, MEANS, history_of
from registers.texts import LANGUAGES

FINDINGS = findings_of("uz")
BY_RULE = {finding.rule.id: finding for finding in FINDINGS}
NOTHING_TRIED: Mapping[str, object] = {
    "has_tried_account_levy": False,
    "has_tried_levy": False,
    "has_attached": False,
    "tried_on": None,
    "tried_result": None,
    "tried_known_on": None,
    "means_are_unchanged": None,
    "account_levy_is_open": True,
    "withholding_is_open": True,
}
EXTRA = {**HISTORY, "means_are_unchanged": pl.Boolean()}
DEBT = 10_000_000


def evidence(changes: Mapping[str, object]) -> pl.DataFrame:
    """The example case with an action on it: `changes` of facts, of the day and of history."""
    known = {n: v for n, v in changes.items() if n not in NOTHING_TRIED}
    seen = {**NOTHING_TRIED, **{n: v for n, v in changes.items() if n in NOTHING_TRIED}}
    return example_facts(known).with_columns(
        pl.lit(value, dtype=EXTRA.get(name, pl.Boolean())).alias(name)
        for name, value in seen.items()
    )


def warned(rule: str, changes: Mapping[str, object]) -> bool:
    return warn(evidence(changes), [BY_RULE[rule]], "uz")["finding"][0] is not None


def owes(som: int) -> dict[str, object]:
    return {"outstanding_som": som, "consolidated_som": som}


HOUSE = {**owes(DEBT), "n_free_objects": 1}
CAR = {**owes(DEBT), "n_free_vehicles": 1}
FAILED = {
    "tried_on": date(2026, 2, 1),
    "tried_known_on": date(2026, 2, 20),
    "tried_result": "nothing_found",
    "means_are_unchanged": True,
}
SIMPLIFIED = {"procedure": "simplified", "voluntary_until": date(2026, 3, 10)}

# Rule, changes to the example with which it still passes, changes with which it first warns.
BOUNDARIES: list[tuple[str, Mapping[str, object], Mapping[str, object]]] = [
    ("money_covers_the_debt", owes(4_364_501), owes(4_364_500)),
    (
        "money_covers_the_debt",
        {**owes(1_000_000), "has_tried_account_levy": True},
        owes(1_000_000),
    ),
    ("money_covers_the_debt", {**owes(1_000_000), "claim_kind": "criminal_fine"}, owes(1_000_000)),
    ("money_covers_the_debt", {**owes(1_000_000), "account_levy_is_open": False}, owes(1_000_000)),
    ("income_covers_the_debt", owes(1_271_001), owes(1_271_000)),
    (
        "income_covers_the_debt",
        {**owes(4_000_001), "has_wage_withholding": True},
        {**owes(4_000_000), "has_wage_withholding": True},
    ),
    ("income_covers_the_debt", {**owes(1_000_000), "periodic": True}, owes(1_000_000)),
    ("income_covers_without_ban", owes(4_000_001), owes(4_000_000)),
    (
        "income_covers_without_ban",
        {**owes(4_000_000), "claim_kind": "criminal_fine"},
        owes(4_000_000),
    ),
    (
        "real_estate_in_proportion",
        {**HOUSE, "free_real_estate_som": 5 * DEBT},
        {**HOUSE, "free_real_estate_som": 5 * DEBT + 1},
    ),
    (
        "real_estate_in_proportion",
        {**HOUSE, "free_real_estate_som": 9 * DEBT, "n_free_objects": 2},
        {**HOUSE, "free_real_estate_som": 9 * DEBT},
    ),
    (
        "real_estate_in_proportion",
        {**HOUSE, "free_real_estate_som": 9 * DEBT, "has_tried_levy": True},
        {**HOUSE, "free_real_estate_som": 9 * DEBT},
    ),
    (
        "vehicle_in_proportion",
        {**CAR, "free_vehicles_som": 5 * DEBT},
        {**CAR, "free_vehicles_som": 5 * DEBT + 1},
    ),
    (
        "vehicle_in_proportion",
        {
            **CAR,
            "free_vehicles_som": 9 * DEBT,
            "account_levy_is_open": False,
            "withholding_is_open": False,
        },
        {**CAR, "free_vehicles_som": 9 * DEBT, "account_levy_is_open": False},
    ),
    ("new_facts_since_the_last_attempt", {**FAILED, "means_are_unchanged": False}, FAILED),
    ("new_facts_since_the_last_attempt", {**FAILED, "tried_result": "partly"}, FAILED),
    (
        "new_facts_since_the_last_attempt",
        {**FAILED, "tried_result": "pending"},
        {**FAILED, "tried_result": "cancelled"},
    ),
    ("opened_in_time", {"opened_on": date(2025, 7, 2)}, {"opened_on": date(2025, 7, 3)}),
    (
        "simplified_in_time",
        {**SIMPLIFIED, "as_of_date": date(2026, 3, 13)},
        {**SIMPLIFIED, "as_of_date": date(2026, 3, 14)},
    ),
    (
        "simplified_in_time",
        {**SIMPLIFIED, "as_of_date": date(2026, 3, 14), "has_tried_levy": True},
        {**SIMPLIFIED, "as_of_date": date(2026, 3, 14)},
    ),
    (
        "attached_in_time",
        {"as_of_date": date(2025, 8, 3)},
        {"as_of_date": date(2025, 8, 4)},
    ),
    (
        "attached_in_time",
        {"as_of_date": date(2025, 8, 4), "has_attached": True},
        {"as_of_date": date(2025, 8, 4)},
    ),
    ("sold_in_time", {"as_of_date": date(2026, 5, 2)}, {"as_of_date": date(2026, 5, 3)}),
    ("enforced_in_time", {"as_of_date": date(2025, 9, 17)}, {"as_of_date": date(2025, 9, 18)}),
    (
        "enforced_in_time",
        {"as_of_date": date(2025, 9, 27), "excluded_days": 10},
        {"as_of_date": date(2025, 9, 28), "excluded_days": 10},
    ),
    ("enforced_in_time", {"periodic": True}, {}),
]


@pytest.mark.parametrize(("rule", "passes", "warns"), BOUNDARIES)
def test_the_last_that_passes_and_the_first_that_warns(
    rule: str, passes: Mapping[str, object], warns: Mapping[str, object]
) -> None:
    assert not warned(rule, passes)
    assert warned(rule, warns)


def test_every_finding_has_its_boundary() -> None:
    assert {rule for rule, _, _ in BOUNDARIES} == set(BY_RULE)


@pytest.mark.parametrize("rule", BY_RULE)
def test_what_is_not_known_warns_nobody(rule: str) -> None:
    frame = evidence({})
    known = set(BY_RULE[rule].rule.facts) - {"as_of_date"}
    unknown = frame.with_columns(pl.lit(None, dtype=frame.schema[n]).alias(n) for n in known)
    assert warn(unknown, [BY_RULE[rule]], "uz")["finding"].to_list() == [None]


def test_a_late_measure_tells_its_deadline_and_by_how_many_days() -> None:
    frame = evidence({"as_of_date": date(2025, 9, 20)})
    row = warn(frame, [BY_RULE["enforced_in_time"]], "uz").row(0, named=True)
    assert (row["finding"], row["finding_article"], row["finding_confidence"]) == (
        "late",
        "30",
        "read",
    )
    assert (row["deadline"], row["days_late"]) == (date(2025, 9, 17), 3)
    opened = warn(evidence({"opened_on": date(2025, 7, 7)}), [BY_RULE["opened_in_time"]], "uz").row(
        0, named=True
    )
    assert (opened["deadline"], opened["days_late"]) == (date(2025, 7, 2), 5)


def test_of_several_findings_the_first_in_order_is_told() -> None:
    found = findings_about("travel_ban", "uz")
    frame = evidence({**owes(3_000_000)})
    kinds = [warn(frame, [one], "uz")["finding"][0] for one in found]
    assert kinds.count(None) < len(kinds) - 1
    first = next(one for one, kind in zip(found, kinds, strict=True) if kind)
    assert warn(frame, found, "uz")["finding_rule"][0] == first.rule.id


@pytest.mark.parametrize("finding", FINDINGS, ids=list(BY_RULE))
def test_every_finding_speaks_four_languages_cites_and_says_what_to_do(finding: Finding) -> None:
    rule: Condition = finding.rule
    assert rule.article
    assert rule.remedy is not None
    for text in (rule.title, rule.broken, rule.remedy):
        for language in LANGUAGES:
            assert text.in_language(language).strip()
        assert not re.search("[a-zA-Z]", re.sub(r"\{\w+\}", "", text.uz_Cyrl))
        assert not re.search(r"['’‘`]|[^oOgG]ʻ|[oOgG]ʼ", text.uz_Latn)
        named = {n for t in text.as_dict().values() for n in re.findall(r"\{(\w+)\}", t)}
        assert named <= set(rule.facts)
    assert rule.article.split("(")[0] in rule.broken.en


@pytest.mark.parametrize("finding", FINDINGS, ids=list(BY_RULE))
def test_a_finding_reads_what_it_names_and_asks_measures_that_exist(finding: Finding) -> None:
    assert set(finding.rule.holds.meta.root_names()) <= {*finding.rule.facts, "as_of_date"}
    assert set(finding.measures) <= {measure.id for measure in MEASURES}
    assert (finding.kind == "late") == bool(finding.deadline)
    assert all(find_parameter(name) for name in finding.rule.parameters)


def test_no_finding_repeats_the_name_of_a_condition() -> None:
    conditions = {c.id for rules in rules_of("uz").values() for c in rules.conditions}
    assert len(BY_RULE) == len(FINDINGS)
    assert not conditions & set(BY_RULE)


@pytest.mark.parametrize("rule", ["real_estate_in_proportion", "vehicle_in_proportion"])
def test_proportion_is_left_to_a_person_and_marked_as_our_own_figure(rule: str) -> None:
    finding = BY_RULE[rule]
    assert "a person must weigh it" in finding.rule.broken.en
    assert finding.rule.confidence == "inferred"
    (name,) = finding.rule.parameters
    assert {v.confidence for v in find_parameter(name).values} == {"inferred"}


def test_only_a_law_with_findings_warns() -> None:
    assert findings_of("philadelphia") == ()
    with pytest.raises(UnknownRulesError, match="Did you mean 'uz'"):
        findings_of("uzb")


def test_means_are_facts_of_a_case() -> None:
    assert {name for means in MEANS.values() for name in means} <= {
        *example_facts().columns,
        "accounts_month",
        "income_month",
    }


def test_history_counts_only_what_was_decided_before_and_not_cancelled() -> None:
    day = date(2026, 3, 1)
    past = pl.DataFrame(
        {
            "point_id": pl.Series([0, 0, 0, 0], dtype=pl.UInt32),
            "action_id": ["a", "b", "c", "d"],
            "measure": ["bank_account_levy", "travel_ban", "travel_ban", "movable_attachment"],
            "decided_on": [day, date(2026, 1, 5), date(2026, 1, 9), date(2026, 2, 1)],
            "result": ["pending", "partly", "cancelled", "cancelled"],
            "reported_on": [day, day, date(2026, 2, 9), day],
        }
    )
    asked = pl.DataFrame(
        {
            "point_id": pl.Series([0, 1], dtype=pl.UInt32),
            "measure": ["travel_ban", "travel_ban"],
            "as_of_date": [day, day],
        }
    )
    rows = history_of(asked, past).rows(named=True)
    assert rows[0] == {
        "has_tried_account_levy": False,
        "has_tried_levy": False,
        "has_attached": False,
        "tried_on": date(2026, 1, 9),
        "tried_result": "cancelled",
        "tried_known_on": date(2026, 2, 9),
    }
    assert rows[1]["tried_on"] is None
