"""Markdown as the pages of the handbook need it, and facts of the law in the words of a lawyer."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from law.code_names import code_texts
from law.fact_names import FACTS
from law.parameters import find_parameter
from law.words import value_texts
from registers.texts import Texts

MARK = "<!-- Written by `make docs` from the code; edit the code, not this page. -->"
_PLACE = re.compile(r"\{(\w+)\}")


def table(head: Sequence[str], body: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table, and an empty one after it."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in body:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def anchor(heading: str) -> str:
    """The address that a heading gets within its page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def value_link(parameter: str) -> str:
    """A link to the life of a dated value."""
    label = find_parameter(parameter).label.en
    return f"[{label}](values.md#{anchor(value_heading(parameter))})"


def value_heading(parameter: str) -> str:
    """The heading of a dated value on the page of values."""
    return f"{find_parameter(parameter).label.en} ({parameter})"


def fact_label(name: str) -> str:
    """What a fact is called, in English; its column where it has no name in words."""
    return FACTS[name].label.en if name in FACTS else name.replace("_", " ")


def with_names(text: Texts) -> Texts:
    """A sentence with the name of each fact where its value will stand: ‹outstanding amount›."""
    return Texts(*(_named(said, language) for language, said in text.as_dict().items()))


def _named(text: str, language: str) -> str:
    def name(found: re.Match[str]) -> str:
        fact = FACTS.get(found.group(1))
        return f"‹{fact.label.in_language(language) if fact else found.group(1)}›"

    return _PLACE.sub(name, text)


def without_values(text: str) -> str:
    """A title without the places for values, as a heading has it.

    >>> without_values("Something is outstanding ({outstanding_som})")
    'Something is outstanding'
    """
    return re.sub(r"\s+", " ", re.sub(r"\s*\(\{\w+\}\)|\s*\{\w+\}", "", text)).strip()


def said(name: str, value: object) -> str:
    """A value as a lawyer reads it in English: amounts grouped, days in words, yes and no."""
    if value is None:
        return "none or not known" if name.endswith(("_on", "_since", "_until")) else "not known"
    spoken = code_texts(name, value) or value_texts(name, value)
    return spoken.en


def changes(facts: Mapping[str, object]) -> str:
    """Changed facts in words; 'the example as it is' where nothing is changed."""
    told = [f"{fact_label(name)}: {said(name, value)}" for name, value in facts.items()]
    return "; ".join(told) or "the example as it is"


def day(on: date) -> str:
    """A day as files have it."""
    return on.isoformat()
