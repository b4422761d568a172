"""Pages that are lists: values, shared conditions, facts, coverage, limits."""

from collections.abc import Iterator

from law.catalogue import catalogue
from law.condition import Condition
from law.fact_names import FACTS
from law.handbook.conditions import (
    content,
    description,
    heading,
    measures_by_content,
    shared_conditions,
)
from law.handbook.coverage import decided, verdicts_of
from law.handbook.lists import not_modelled, reference_only
from law.handbook.markdown import MARK, anchor, day, table, value_heading
from law.parameters import DatedValue, Parameter, parameters_of
from law.rules import rules_of
from law.stated import STATED
from law.uz.rules import AT_THE_DECISION
from registers.texts import group_digits

_UNITS = {
    "som": "soʻm",
    "bhm": "base units",
    "share": "share",
    "days": "days",
    "months": "months",
    "years": "years",
    "minimum_wages": "minimum wages",
}


def values_page() -> Iterator[str]:
    """Every dated value with its life in time."""
    yield "# The values of the law and their life in time\n"
    yield MARK
    yield "\nA value holds from its day until the next one begins. *read*: read in the text of the"
    yield "law; *secondary*: known from the press or a portal; *inferred*: follows from what was"
    yield "read; *memory*: remembered and not verified. A verdict that leans on a value carries its"
    yield "confidence.\n"
    asking = _conditions_by_value()
    for name, found in parameters_of("uz").items():
        yield f"## {value_heading(name)}\n"
        yield f"{found.label.uz_Latn}. {found.label.ru}. In {_UNITS.get(found.unit, found.unit)}.\n"
        yield from table(
            ("from", "value", "article", "act", "confidence", "note"),
            (_value(value) for value in found.values),
        )
        yield from _used(name, asking.get(name, []))


def _value(value: DatedValue) -> tuple[str, ...]:
    until = f" until {day(value.until_on)}" if value.until_on else ""
    shown = group_digits(value.value) if isinstance(value.value, int) else f"{value.value:g}"
    return (
        f"{day(value.from_on)}{until}",
        shown,
        value.article,
        value.amending_act,
        value.confidence,
        value.note,
    )


def _conditions_by_value() -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for measure, rules in rules_of("uz").items():
        for condition in rules.conditions:
            for name in condition.parameters:
                found.setdefault(name, {})[_place(measure, condition)] = None
    return {name: list(places) for name, places in found.items()}


def _place(measure: str, condition: Condition) -> str:
    shared = len(measures_by_content()[content(condition)]) > 1
    page = "shared-conditions" if shared else measure
    return f"[{condition.id}]({page}.md#{anchor(heading(condition))})"


def _used(name: str, places: list[str]) -> Iterator[str]:
    if places:
        yield f"Conditions that lean on it: {', '.join(places)}.\n"
    elif name in reference_only():
        yield f"No rule reads it: {reference_only()[name]}\n"


def shared_page() -> Iterator[str]:
    """The conditions that several measures ask, each once."""
    yield "# Conditions that several measures share\n"
    yield MARK
    yield "\nIf such a condition is broken, no measure that asks it is lawful."
    yield "‹…› stands for the figure or day of the case.\n"
    measures = catalogue("uz")
    for condition in shared_conditions():
        yield from description(condition)
        asked = measures_by_content()[content(condition)]
        if len(asked) == len(rules_of("uz")):
            yield "Asked of every measure.\n"
        else:
            links = ", ".join(f"[{measures[m].names.en}]({m}.md)" for m in asked)
            yield f"Asked of: {links}.\n"


def facts_page() -> Iterator[str]:
    """The facts that rules read, who knows them, and those that a person can state."""
    yield "# Facts: what the rules read, and who knows it\n"
    yield MARK
    yield "\n## What a person can state\n"
    yield "No register holds these. As long as nobody states one, a rule that needs it answers"
    yield "“cannot tell” and names it; a verdict that rests on a statement says so.\n"
    yield from table(
        ("fact", "article", "English", "Русский", "Oʻzbekcha", "who knows it", "how it is written"),
        ((f"`{name}`", fact.article, *_words(name), fact.forms) for name, fact in STATED.items()),
    )
    yield "## What the registers tell or what follows from it\n"
    yield from table(
        ("fact", "English", "Русский", "Oʻzbekcha", "who knows it where the registers do not"),
        ((f"`{name}`", *_words(name)) for name in sorted(FACTS) if name not in STATED),
    )


def _words(name: str) -> tuple[str, ...]:
    fact = FACTS.get(name)
    if fact is None:
        return (name.replace("_", " "), "", "", "")
    return fact.label.en, fact.label.ru, fact.label.uz_Latn, fact.known_by.en


def coverage_page() -> Iterator[str]:
    """How many cases each condition of each measure decides."""
    yield "# Coverage: how many cases each condition decides\n"
    yield MARK
    yield "\nA case counts for the condition that refuses the measure or leaves it open. None may"
    yield "be at zero: a condition that no case turns on could be dropped, and nobody would see.\n"
    found, verdicts = decided(), verdicts_of()
    yield from table(
        ("", "measure", "conditions", "lawful", "unlawful", "unfounded", "cannot tell"),
        (
            (
                number,
                f"[{measure.names.en}]({name}.md)",
                len(rules_of("uz")[name].conditions),
                *(verdicts[name, v] for v in ("lawful", "unlawful", "unfounded", "cannot_tell")),
            )
            for number, (name, measure) in enumerate(catalogue("uz").items(), 1)
            if name in rules_of("uz")
        ),
    )
    measures = [m for m in catalogue("uz") if m in rules_of("uz")]
    numbers = {m: n for n, m in enumerate(catalogue("uz"), 1)}
    asked = {m: {c.id for c in rules_of("uz")[m].conditions} for m in measures}
    ids = list(dict.fromkeys(c.id for m in measures for c in rules_of("uz")[m].conditions))
    yield "Columns are the measures by number; an empty cell: the measure does not ask it.\n"
    yield from table(
        ("condition", *(str(numbers[m]) for m in measures), "all"),
        (
            (
                f"`{name}`",
                *(found[m, name] if name in asked[m] else "" for m in measures),
                sum(found[m, name] for m in measures),
            )
            for name in ids
        ),
    )


def limits_page() -> Iterator[str]:
    """What is not modelled, what is checked at the decision, where the record begins."""
    yield "# Limits: what the program does not decide\n"
    yield MARK
    yield "\n## Not modelled\n"
    yield from table(
        ("what", "where it stands", "why not", "what the program does instead", "who can tell"),
        ((e.what, e.article, e.why, e.instead, e.who) for e in not_modelled()),
    )
    yield "## Checked at the decision, not at the choice of a measure\n"
    yield from table(("gate", "what is checked"), AT_THE_DECISION.items())
    yield "## Where the record begins\n"
    yield "A day before the first value has none: a verdict that needs it is “cannot tell”.\n"
    yield from table(
        ("value", "recorded from", "changes recorded since"),
        ((_record(name, found)) for name, found in parameters_of("uz").items()),
    )


def _record(name: str, found: Parameter) -> tuple[str, ...]:
    later = ", ".join(day(value.from_on) for value in found.values[1:])
    label = f"[{found.label.en}](values.md#{anchor(value_heading(name))})"
    return label, day(found.values[0].from_on), later or "none"
