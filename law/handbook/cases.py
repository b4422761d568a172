"""The named cases of the law, as lawyers write them in tests/spec/law/*.yaml.

A case changes the example of law/examples.py and names what must follow:

    {case: …, measure: travel_ban, facts: {…}, day: 2026-04-01, verdict: lawful, article: "42¹"}
    {case: …, measures: [travel_ban, eviction], facts: {…}, verdict: …, article: …, reason: …}
    {case: …, measures: {all_that_ask: not_deferred}, facts: {…}, verdict: …, article: …, reason: …}
    {case: …, day: 2026-04-01, facts: {…}, expected: {protected_amount_som: 635500}}

The second and third form stand for one case per measure, each on facts on which that measure is
lawful (lawful.yaml) and which the case then changes. The fourth asks for amounts and days that
follow from facts, or for dated values of the law. `confidence` may be added to any verdict.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from law.catalogue import catalogue
from law.errors import nearest
from law.examples import EXAMPLE_DAY, EXAMPLE_FACTS, example_facts
from law.handbook.errors import SpecCaseError
from law.parameters import find_parameter
from law.rules import rules_of
from law.stated import STATED
from law.verdicts import judge

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "spec" / "law"
LAWFUL_FACTS = "lawful.yaml"
NOTES = "confirmations.yaml"

_FIELDS = frozenset(
    (
        "case",
        "measure",
        "measures",
        "facts",
        "day",
        "verdict",
        "article",
        "reason",
        "confidence",
        "expected",
    )
)


@dataclass(frozen=True, eq=False)
class VerdictCase:
    """One measure on one set of facts on one day, and the verdict that must follow."""

    file: str
    name: str
    measure: str
    facts: Mapping[str, object]
    changed: Mapping[str, object]
    day: date
    verdict: str
    article: str
    reason: str
    confidence: str


@dataclass(frozen=True, eq=False)
class ValueCase:
    """Facts on a day, and the amounts and days that must follow from them."""

    file: str
    name: str
    changed: Mapping[str, object]
    day: date
    expected: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Cases:
    """All cases: `n_written` counts what a lawyer wrote, one measure of a family not counted."""

    verdicts: tuple[VerdictCase, ...]
    values: tuple[ValueCase, ...]
    n_written: int


@cache
def read_cases(folder: Path = FOLDER) -> Cases:
    """The cases of all files, in the order of files and lines; raises SpecCaseError."""
    written = [
        (file.name, case)
        for file in sorted(folder.glob("*.yaml"))
        if file.name not in (LAWFUL_FACTS, NOTES)
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    for file_name, case in written:
        _check(file_name, case)
    verdicts = [v for name, case in written for v in _verdict_cases(name, case, folder)]
    values = [_value_case(name, case) for name, case in written if "expected" in case]
    return Cases(tuple(verdicts), tuple(values), len(written))


@cache
def lawful_facts(folder: Path = FOLDER) -> Mapping[str, Mapping[str, object]]:
    """For each measure the changes to the example on which it is lawful.

    `as_of_date` is among them for a measure that opens only after the day of the example.
    """
    found: dict[str, dict[str, object]] = yaml.safe_load(
        (folder / LAWFUL_FACTS).read_text(encoding="utf-8")
    )
    for measure, facts in found.items():
        _check_facts(LAWFUL_FACTS, measure, {n: v for n, v in facts.items() if n != "as_of_date"})
    return found


def measures_that_ask(condition: str) -> tuple[str, ...]:
    """The measures among whose conditions is one with this id, in catalogue order."""
    rules = rules_of("uz")
    return tuple(
        m
        for m in catalogue("uz")
        if m in rules and condition in {c.id for c in rules[m].conditions}
    )


def _verdict_cases(file: str, case: dict[str, Any], folder: Path) -> Iterator[VerdictCase]:
    if "expected" in case:
        return
    alone = "measure" in case
    lawful = lawful_facts(folder)
    for measure in [case["measure"]] if alone else _measures(file, case):
        if not alone and measure not in lawful:
            raise SpecCaseError(file, case["case"], f"{LAWFUL_FACTS} has no facts for '{measure}'.")
        facts = case["facts"] if alone else {**lawful[measure], **case["facts"]}
        yield VerdictCase(
            file=file.removesuffix(".yaml"),
            name=case["case"],
            measure=measure,
            facts=facts,
            changed=case["facts"],
            day=case.get("day", EXAMPLE_DAY),
            verdict=case["verdict"],
            article=case.get("article", catalogue("uz")[measure].main_article),
            reason=case.get("reason", "lawful"),
            confidence=case.get("confidence", ""),
        )


def _measures(file: str, case: dict[str, Any]) -> tuple[str, ...]:
    asked = case["measures"]
    if isinstance(asked, list):
        return tuple(asked)
    found = measures_that_ask(asked["all_that_ask"])
    if not found:
        known = sorted({c.id for rules in rules_of("uz").values() for c in rules.conditions})
        name = asked["all_that_ask"]
        raise SpecCaseError(file, case["case"], f"no measure asks '{name}'.{nearest(name, known)}")
    left_out = set(asked.get("but_not", ()))
    return tuple(measure for measure in found if measure not in left_out)


def _value_case(file: str, case: dict[str, Any]) -> ValueCase:
    return ValueCase(
        file=file.removesuffix(".yaml"),
        name=case["case"],
        changed=case.get("facts", {}),
        day=case["day"],
        expected=case["expected"],
    )


def _check(file: str, case: dict[str, Any]) -> None:
    name = str(case.get("case", "without a name"))
    unknown = sorted(set(case) - _FIELDS)
    if unknown:
        near = nearest(unknown[0], _FIELDS)
        raise SpecCaseError(file, name, f"there is no field '{unknown[0]}'.{near}")
    needed = {"case"} | ({"day"} if "expected" in case else {"facts", "verdict"})
    if needed - set(case):
        raise SpecCaseError(file, name, f"{', '.join(sorted(needed - set(case)))} missing.")
    if ("measure" in case) + ("measures" in case) + ("expected" in case) != 1:
        raise SpecCaseError(file, name, "write one of measure, measures, expected.")
    if case.get("verdict", "lawful") != "lawful" and not {"article", "reason"} <= set(case):
        raise SpecCaseError(file, name, "a measure that is not lawful needs article and reason.")
    named = case.get("measures", [])
    for measure in [case["measure"]] if "measure" in case else named:
        if measure not in catalogue("uz") and isinstance(named, list):
            near = nearest(measure, catalogue("uz"))
            raise SpecCaseError(file, name, f"there is no measure '{measure}'.{near}")
    _check_facts(file, name, case.get("facts", {}))


def _check_facts(file: str, name: str, facts: Mapping[str, object]) -> None:
    known = {*EXAMPLE_FACTS, *STATED}
    for fact in facts:
        if fact not in known:
            near = nearest(fact, known)
            raise SpecCaseError(file, name, f"there is no fact '{fact}'.{near}")


@cache
def answers(folder: Path = FOLDER) -> pl.DataFrame:
    """What the law answers to each verdict case: number, file, case, measure, verdict, rule, …."""
    cases = read_cases(folder).verdicts
    facts = example_facts(*({**c.facts, "as_of_date": c.day} for c in cases))
    asked = pl.DataFrame(
        {
            "point_id": range(len(cases)),
            "measure": [c.measure for c in cases],
            "file": [c.file for c in cases],
            "case": [c.name for c in cases],
        },
        schema_overrides={"point_id": pl.UInt32},
    )
    found = judge(facts, "uz", sorted({c.measure for c in cases}))
    return asked.join(found, on=["point_id", "measure"], how="left", maintain_order="left")


def values_of(case: ValueCase) -> dict[str, object]:
    """What the law says of each name that a case expects: a fact or amount, else a dated value."""
    facts = example_facts({"as_of_date": case.day, **case.changed}).row(0, named=True)
    return {n: facts[n] if n in facts else _value_on(n, case.day) for n in case.expected}


def _value_on(name: str, day: date) -> int | float | None:
    found = find_parameter(name).on(day)
    return found.value if found else None
