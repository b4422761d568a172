"""Cases of confirmations: on which facts a person is told what no register holds.

    {case: …, measure: travel_ban, facts: {…}, noted: [no_valid_reason], not_noted: [sale_rules]}

They stand in tests/spec/law/confirmations.yaml and start from facts on which the measure is lawful.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from law.examples import EXAMPLE_DAY, example_facts
from law.handbook.cases import FOLDER, NOTES, lawful_facts
from law.judgement import is_noted
from law.rules import rules_of


@dataclass(frozen=True, eq=False)
class NoteCase:
    """A measure on facts of a day, the confirmations that must be noted and those that must not."""

    case: str
    measure: str
    facts: Mapping[str, object]
    day: date = EXAMPLE_DAY
    noted: list[str] = field(default_factory=list)
    not_noted: list[str] = field(default_factory=list)


@cache
def read_notes(folder: Path = FOLDER) -> tuple[NoteCase, ...]:
    """The cases of confirmations, in the order of the file."""
    written = yaml.safe_load((folder / NOTES).read_text(encoding="utf-8"))
    return tuple(NoteCase(**case) for case in written)


def noted_on(case: NoteCase) -> set[str]:
    """The ids of the confirmations that a person reads on the facts of a case."""
    base = lawful_facts()[case.measure]
    facts = example_facts({**base, **case.facts, "as_of_date": case.day})
    every = rules_of("uz")[case.measure].confirmations
    return {c.id for c in every if is_noted(c, facts)}
