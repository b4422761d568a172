"""How one condition of the law reads on a page: what must hold, what follows if not, what helps."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from law.condition import Condition
from law.handbook.markdown import (
    anchor,
    fact_label,
    table,
    value_link,
    with_names,
    without_values,
)
from law.rules import rules_of
from law.words import words
from registers.texts import Texts

Content = tuple[str, ...]

_UNKNOWN = words(
    uz="Aytib boʻlmaydi: yetishmayotgan maʼlumot va uning manbai aytiladi.",
    ru="Сказать нельзя: называются недостающее сведение и его источник.",
    en="Cannot tell: the missing fact and its source are named.",
)
_FIRST = "As long as it is open nothing else is weighed: the verdict is “cannot tell”."


def content(condition: Condition) -> Content:
    """What a page says of a condition: conditions with the same content are one condition."""
    texts = (condition.title, condition.broken, condition.unknown, condition.remedy)
    said = tuple(text.en if text else "" for text in texts)
    more = (condition.article, if_broken(condition), condition.confidence)
    return (condition.id, *said, *more, *condition.parameters, "/", *condition.facts)


def if_broken(condition: Condition) -> str:
    """The verdict that follows where the condition does not hold."""
    return "cannot tell" if condition.settles_first else condition.refusal


@cache
def measures_by_content() -> dict[Content, tuple[str, ...]]:
    """The measures that ask each condition."""
    found: dict[Content, list[str]] = {}
    for measure, rules in rules_of("uz").items():
        for condition in rules.conditions:
            found.setdefault(content(condition), []).append(measure)
    return {said: tuple(measures) for said, measures in found.items()}


def is_shared(condition: Condition) -> bool:
    """Whether several measures ask this very condition."""
    return len(measures_by_content()[content(condition)]) > 1


@cache
def shared_conditions() -> tuple[Condition, ...]:
    """The conditions that several measures ask, each once, in the order in which they are met."""
    found: dict[Content, Condition] = {}
    for rules in rules_of("uz").values():
        for condition in rules.conditions:
            if is_shared(condition):
                found.setdefault(content(condition), condition)
    return tuple(found.values())


@cache
def _headings() -> dict[Content, str]:
    said: Counter[str] = Counter()
    headings = {}
    for condition in shared_conditions():
        name = _plain_heading(condition)
        said[name] += 1
        headings[content(condition)] = name if said[name] == 1 else f"{name}, form {said[name]}"
    return headings


def _plain_heading(condition: Condition) -> str:
    return f"{without_values(condition.title.en)} ({condition.id})"


def heading(condition: Condition) -> str:
    """The heading under which a condition is described."""
    return _headings().get(content(condition), _plain_heading(condition))


def link(condition: Condition) -> str:
    """A link from the page of a measure to the description of one of its conditions."""
    page = "shared-conditions.md" if is_shared(condition) else ""
    title = with_names(condition.title).en
    return f"[{title}]({page}#{anchor(heading(condition))})"


def description(condition: Condition, follows: str = "") -> Iterator[str]:
    """The section of one condition or warning; `follows` says what its breach leads to."""
    yield f"### {heading(condition)}\n"
    breach = _FIRST if condition.settles_first else f"If it is broken: {condition.refusal}."
    yield f"Art. {condition.article}. {follows or breach} Confidence: {condition.confidence}.\n"
    yield from table(("", "English", "Oʻzbekcha", "Русский"), _texts(condition))
    read = "; ".join(f"{fact_label(name)} (`{name}`)" for name in condition.facts)
    yield f"Facts: {read}."
    if condition.parameters:
        yield f"Values: {'; '.join(value_link(name) for name in condition.parameters)}."
    yield ""


def _texts(condition: Condition) -> Iterator[tuple[str, ...]]:
    told: list[tuple[str, Texts | None]] = [
        ("must hold", condition.title),
        ("if broken", condition.broken),
        ("if not known", condition.unknown or _UNKNOWN),
        ("what helps", condition.remedy),
    ]
    for name, text in told:
        never_said = condition.settles_first and name == "if broken"
        if text is not None and not never_said:
            named = with_names(text)
            yield name, named.en, named.uz_Latn, named.ru
