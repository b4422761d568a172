"""How each fact is called in front of a person, and who knows it when the registers do not.

The names stand in `law/fact_names.yaml`, one entry per fact; every fact that a rule names is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from law.name_files import Entry, read_names
from registers.texts import Texts

FILE = Path(__file__).parent / "fact_names.yaml"


@dataclass(frozen=True)
class FactName:
    """The label of a fact and the office or person that can tell it."""

    label: Texts
    known_by: Texts


def load_fact_names(file: Path) -> tuple[Mapping[str, Texts], Mapping[str, FactName]]:
    """Who knows facts, and the facts, by name; raises NamesFileError with file and line."""
    names = read_names(file)
    knowers = {key: names.part("knowers").part(key).texts() for key in names.part("knowers")}
    facts = names.part("facts")
    named = {key: _fact_name(facts.part(key), knowers) for key in facts}
    return MappingProxyType(knowers), MappingProxyType(named)


def _fact_name(entry: Entry, knowers: Mapping[str, Texts]) -> FactName:
    knower = entry.text("known_by")
    if knower not in knowers:
        raise entry.error(
            f"nobody is called {knower}. Those who know facts are: {', '.join(knowers)}."
        )
    return FactName(entry.texts("known_by"), knowers[knower])


KNOWERS, FACTS = load_fact_names(FILE)
BUREAU = KNOWERS["officer"]
