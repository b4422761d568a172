"""Pages about what stands beside a verdict: amounts, days, and warnings of actions."""

from collections.abc import Iterator

from law.actions.findings import findings_of
from law.catalogue import catalogue
from law.fact_names import FACTS
from law.handbook.cases import ValueCase, read_cases
from law.handbook.conditions import description
from law.handbook.markdown import MARK, changes, day, fact_label, said, table


def figures_page() -> Iterator[str]:
    """Amounts and days that follow from the facts, by their cases."""
    yield "# Amounts and deadlines\n"
    yield MARK
    yield "\nWhole soʻm and calendar days, worked out from the facts of a case and the"
    yield "[values](values.md) of the day. Not known where a fact or a value is not known.\n"
    cases = [case for case in read_cases().values if set(case.expected) & set(FACTS)]
    for file in dict.fromkeys(case.file for case in cases):
        yield f"## {file.replace('_', ' ').capitalize()}\n"
        yield from table(
            ("case", "changed facts", "day", "what follows"),
            (_row(case) for case in cases if case.file == file),
        )


def _row(case: ValueCase) -> tuple[str, ...]:
    follows = [f"{fact_label(name)}: {said(name, value)}" for name, value in case.expected.items()]
    return case.name, changes(case.changed), day(case.day), "; ".join(follows)


def warnings_page() -> Iterator[str]:
    """Warnings of actions that the rules let through."""
    yield "# Warnings: actions that the rules let through and a person should weigh\n"
    yield MARK
    yield "\nA warning is no refusal: the verdict stays that of the rules. It says that an action"
    yield "is unfounded (lawful in form, but facts or proportion do not carry it) or late.\n"
    measures = catalogue("uz")
    for finding in findings_of("uz"):
        yield from description(finding.rule, f"A warning: the action is {finding.kind}.")
        asked = ", ".join(f"[{measures[m].names.en}]({m}.md)" for m in finding.measures)
        yield f"Asked of: {asked}.\n"
