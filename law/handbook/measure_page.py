"""The page of one measure: names, conditions, prohibitions, confirmations, examples."""

from collections.abc import Iterator

from law.catalogue import Measure
from law.condition import Condition, MeasureRules
from law.handbook.cases import VerdictCase, lawful_facts, read_cases
from law.handbook.conditions import description, if_broken, is_shared, link
from law.handbook.markdown import MARK, changes, day, table, with_names
from law.rules import rules_of

_LANGUAGES = {
    "uz_Latn": "Oʻzbekcha",
    "uz_Cyrl": "Ўзбекча",
    "ru": "Русский",
    "en": "English",
}
_VERDICTS = {
    "lawful": "lawful",
    "unlawful": "unlawful",
    "unfounded": "unfounded",
    "cannot_tell": "cannot tell",
}


def measure_page(measure: Measure) -> Iterator[str]:
    """The lines of the page of a measure."""
    yield f"# {measure.names.en}\n"
    yield MARK
    yield ""
    names = measure.names.as_dict()
    yield from table(("language", "name"), ((_LANGUAGES[k], name) for k, name in names.items()))
    yield f"Articles: {', '.join(measure.articles)}. Intrusiveness: {measure.intrusiveness} of 10."
    if measure.needs_senior:
        yield "The senior officer approves the decision."
    yield f"In files and commands: `{measure.id}`.\n"
    rules = rules_of("uz").get(measure.id)
    if rules is None:
        yield "Its conditions are not in code yet: every answer is “cannot tell”."
        return
    yield from _conditions(rules)
    yield from _prohibitions(rules)
    yield from _confirmations(rules)
    yield from _own_conditions(rules)
    yield from _examples(measure)


def _conditions(rules: MeasureRules) -> Iterator[str]:
    yield "## Conditions, in the order in which they are asked\n"
    yield "The first that the law forbids decides; else the first that the facts do not carry;"
    yield "else the first that is not known. Conditions that several measures share are described"
    yield "[on one page](shared-conditions.md).\n"
    yield from table(
        ("", "must hold", "article", "if broken", "confidence"),
        (
            (number, link(c), c.article, if_broken(c), c.confidence)
            for number, c in enumerate(rules.conditions, 1)
        ),
    )


def _own(rules: MeasureRules) -> list[Condition]:
    return [c for c in rules.conditions if not is_shared(c)]


def _prohibitions(rules: MeasureRules) -> Iterator[str]:
    forbidden = [c for c in _own(rules) if c.refusal == "unlawful"]
    if not forbidden:
        return
    yield "## Prohibited\n"
    yield "Beside what the shared conditions forbid:\n"
    for condition in forbidden:
        yield f"- {with_names(condition.broken).en}"
    yield ""


def _confirmations(rules: MeasureRules) -> Iterator[str]:
    if not rules.confirmations:
        return
    yield "## To be confirmed by a person\n"
    yield "No register holds these. They are notes beside the verdict and do not change it.\n"
    yield from table(
        ("article", "English", "Oʻzbekcha", "Русский"),
        (
            (c.article, text.en, text.uz_Latn, text.ru)
            for c in rules.confirmations
            for text in [with_names(c.text)]
        ),
    )


def _own_conditions(rules: MeasureRules) -> Iterator[str]:
    own = _own(rules)
    if own:
        yield "## Its own conditions\n"
    for condition in own:
        yield from description(condition)


def _examples(measure: Measure) -> Iterator[str]:
    cases = [c for c in read_cases().verdicts if c.measure == measure.id]
    alone = [c for c in cases if c.facts == c.changed]
    yield "## Examples\n"
    yield "Each case changes the [example](README.md#the-example) and is asked in every test run.\n"
    yield from table(("case", "changed facts", "day", "verdict", "article"), map(_row, alone))
    family = [c for c in cases if c.facts != c.changed]
    if family:
        base = changes(lawful_facts()[measure.id])
        yield "Cases of the shared conditions, which start from facts on which this measure is"
        yield f"lawful ({base}):\n"
        yield from table(("case", "changed facts", "day", "verdict", "article"), map(_row, family))


def _row(case: VerdictCase) -> tuple[str, ...]:
    return case.name, changes(case.changed), day(case.day), _VERDICTS[case.verdict], case.article
