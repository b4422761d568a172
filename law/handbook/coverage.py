"""How many spec cases each condition of each measure decides: refuses it, or leaves it open."""

from collections import Counter
from functools import cache
from pathlib import Path

from law.handbook.cases import FOLDER, answers
from law.rules import rules_of


@cache
def decided(folder: Path = FOLDER) -> Counter[tuple[str, str]]:
    """The number of cases by measure and by the id of the condition that decides them."""
    pairs = answers(folder).select("measure", "rule").iter_rows()
    return Counter((str(measure), str(rule)) for measure, rule in pairs)


def undecided(folder: Path = FOLDER) -> list[tuple[str, str]]:
    """Measure and condition of every condition that no case of its measure turns on."""
    found = decided(folder)
    return [
        (measure, condition.id)
        for measure, rules in rules_of("uz").items()
        for condition in rules.conditions
        if not found[measure, condition.id]
    ]


@cache
def verdicts_of(folder: Path = FOLDER) -> Counter[tuple[str, str]]:
    """The number of cases by measure and verdict."""
    pairs = answers(folder).select("measure", "verdict").iter_rows()
    return Counter((str(measure), str(verdict)) for measure, verdict in pairs)
