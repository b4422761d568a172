"""The named cases of the law: facts, day, verdict, article. Lawyers read and add the YAML."""

from datetime import timedelta
from pathlib import Path

import pytest

from law.examples import example_facts
from law.handbook.cases import (
    LAWFUL_FACTS,
    ValueCase,
    answers,
    lawful_facts,
    read_cases,
    values_of,
)
from law.handbook.coverage import undecided, verdicts_of
from law.handbook.errors import SpecCaseError
from law.handbook.notes import NoteCase, noted_on, read_notes
from law.parameters import find_parameter, parameters_of
from law.rules import rules_of
from law.verdicts import judge

CASES = read_cases()


@pytest.mark.parametrize(
    "number",
    range(len(CASES.verdicts)),
    ids=[f"{c.file}: {c.measure}: {c.name}" for c in CASES.verdicts],
)
def test_case_has_the_verdict_that_the_law_gives(number: int) -> None:
    case, found = CASES.verdicts[number], answers().row(number, named=True)
    expected = (case.verdict, case.article, case.reason)
    assert (found["verdict"], found["article"], found["reason_code"]) == expected
    assert case.confidence in ("", found["confidence"])


@pytest.mark.parametrize("case", CASES.values, ids=[f"{c.file}: {c.name}" for c in CASES.values])
def test_case_has_the_amounts_and_days_that_the_law_gives(case: ValueCase) -> None:
    assert values_of(case) == dict(case.expected)


@pytest.mark.parametrize("case", read_notes(), ids=[f"{c.measure}: {c.case}" for c in read_notes()])
def test_case_notes_what_a_person_must_confirm(case: NoteCase) -> None:
    found = noted_on(case)
    assert set(case.noted) <= found
    assert not set(case.not_noted) & found


@pytest.mark.parametrize("name", sorted(parameters_of("uz")))
def test_each_change_of_a_dated_value_has_a_case_on_its_day_and_the_day_before(name: str) -> None:
    told = {case.day for case in CASES.values if name in case.expected}
    for value in find_parameter(name).values:
        days = {value.from_on, value.from_on - timedelta(days=1)}
        missing = ", ".join(sorted(day.isoformat() for day in days - told))
        assert not missing, f"{name} changes: write a case in values.yaml for {missing}"


def test_there_are_at_least_250_written_cases_and_no_two_of_one_name() -> None:
    assert CASES.n_written >= 250
    names = [(c.file, c.measure, c.name) for c in CASES.verdicts]
    names += [(c.file, "", c.name) for c in CASES.values]
    assert len(set(names)) == len(names)


def test_every_condition_of_every_measure_decides_some_case_of_that_measure() -> None:
    """A condition that no case turns on could be dropped without anybody seeing it."""
    assert undecided() == []


def test_every_measure_has_cases_where_it_is_lawful_refused_and_open() -> None:
    found = verdicts_of()
    for measure in rules_of("uz"):
        assert found[measure, "lawful"], measure
        assert found[measure, "unlawful"] + found[measure, "unfounded"], measure
        assert found[measure, "cannot_tell"], measure


def test_each_measure_is_lawful_on_the_facts_that_gate_cases_start_from() -> None:
    assert set(lawful_facts()) == set(rules_of("uz"))
    for measure, facts in lawful_facts().items():
        found = judge(example_facts(facts), "uz", [measure]).row(0, named=True)
        assert found["verdict"] == "lawful", (measure, found)


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("{case: a, measure: travel_bam, facts: {}, verdict: lawful}", "Did you mean 'travel_ban'"),
        ("{case: a, measure: travel_ban, fact: {}, verdict: lawful}", "Did you mean 'facts'"),
        ("{case: a, measure: travel_ban, facts: {fee: 1}, verdict: lawful}", "no fact 'fee'"),
        ("{case: a, measure: eviction, facts: {}, verdict: unlawful}", "needs article and reason"),
        ("{case: a, measure: travel_ban, facts: {}}", "verdict missing"),
        ("{case: a, facts: {}, verdict: lawful}", "write one of measure, measures, expected"),
        ("{case: a, measures: {all_that_ask: not_defered}, facts: {}, verdict: lawful}",
         "Did you mean 'not_deferred'"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_asked_is_named_with_its_mistake(
    tmp_path: Path, case: str, says: str
) -> None:
    (tmp_path / LAWFUL_FACTS).write_text("{}", encoding="utf-8")
    (tmp_path / "cases.yaml").write_text(f"- {case}\n", encoding="utf-8")
    with pytest.raises(SpecCaseError, match=r"cases\.yaml, case 'a'") as refused:
        read_cases(tmp_path)
    assert says in str(refused.value)
