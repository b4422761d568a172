"""The pages of docs/law: what the law says in code and data, for a lawyer to read and correct."""

from collections.abc import Iterator, Mapping

from law.catalogue import catalogue
from law.examples import EXAMPLE_DAY, EXAMPLE_FACTS
from law.handbook.cases import read_cases
from law.handbook.figures_page import figures_page, warnings_page
from law.handbook.lists_pages import (
    coverage_page,
    facts_page,
    limits_page,
    shared_page,
    values_page,
)
from law.handbook.markdown import MARK, fact_label, said, table
from law.handbook.measure_page import measure_page
from law.rules import rules_of
from law.uz.catalogue import NO_LEGAL_BASIS

_EXAMPLE_SHOWN = (
    "debtor_kind",
    "document_kind",
    "document_on",
    "presented_on",
    "opened_on",
    "served_on",
    "voluntary_until",
    "claimant_kind",
    "claim_kind",
    "outstanding_som",
    "account_free_som",
    "leviable_income_som",
    "n_vehicles",
    "free_vehicles_som",
    "n_real_estate",
    "n_exempt_dwellings",
    "free_real_estate_som",
)


def law_pages() -> Mapping[str, str]:
    """The text of each page by its file name below docs/law."""
    pages = {
        "README.md": index_page(),
        "shared-conditions.md": shared_page(),
        "values.md": values_page(),
        "figures.md": figures_page(),
        "warnings.md": warnings_page(),
        "facts.md": facts_page(),
        "coverage.md": coverage_page(),
        "limits.md": limits_page(),
    }
    pages |= {f"{name}.md": measure_page(measure) for name, measure in catalogue("uz").items()}
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in pages.items()}


def index_page() -> Iterator[str]:
    """The way in: the measures, the other pages, the example that cases change."""
    cases = read_cases()
    yield "# The law as the program knows it\n"
    yield MARK
    yield "\nLaw of the Republic of Uzbekistan 258-II of 29.08.2001 on the enforcement of judicial"
    yield "acts and acts of other bodies, read in an unofficial copy of the edition of July 2026."
    yield "Every rule and value must be checked against lex.uz before it governs a real case.\n"
    yield "- [Conditions that several measures share](shared-conditions.md)"
    yield "- [Values and their life in time](values.md)"
    yield "- [Amounts and deadlines](figures.md)"
    yield "- [Warnings of actions that the rules let through](warnings.md)"
    yield "- [Facts, and who knows them](facts.md)"
    yield "- [What the program does not decide](limits.md)"
    yield f"- [Coverage](coverage.md): {cases.n_written} named cases, asked as"
    yield f"  {len(cases.verdicts)} verdicts and {len(cases.values)} amounts, days and values"
    yield "- [How to change the law](../how-to/change-the-law.md)\n"
    yield from _measures()
    yield from _verdicts()
    yield from _example()
    yield from _trial(
        "philadelphia",
        "## The letters of the Philadelphia trial\n",
        "A second legal order, for a real randomised trial. No condition restricts a letter.\n",
        "letter",
    )
    yield from _trial(
        "pawnshop",
        "## The loan terms of the pawnshop trial\n",
        "A third legal order, for a real randomised trial. No condition restricts any terms.\n",
        "terms",
    )


def _measures() -> Iterator[str]:
    yield "## The measures\n"
    yield "Intrusiveness runs from 1 (lightest) to 10 (heaviest). It is the project's own proposal;"
    yield "the Law gives no such rank.\n"
    measures = catalogue("uz")
    yield from table(
        ("", "measure", "Oʻzbekcha", "Русский", "articles", "intrusiveness", "conditions"),
        (
            (
                number,
                f"[{m.names.en}]({name}.md)",
                m.names.uz_Latn,
                m.names.ru,
                ", ".join(m.articles),
                m.intrusiveness,
                len(rules_of("uz")[name].conditions) if name in rules_of("uz") else "not in code",
            )
            for number, (name, m) in enumerate(measures.items(), 1)
        ),
    )
    without = ", ".join(name.replace("_", " ") for name in NO_LEGAL_BASIS)
    yield f"Not offered, for no basis was found in the edition read: {without}.\n"


def _verdicts() -> Iterator[str]:
    yield "## The verdicts\n"
    yield from table(
        ("verdict", "what it means"),
        (
            ("lawful", "every condition holds"),
            ("unlawful", "a condition that the Law sets is broken; its article is cited"),
            ("unfounded", "lawful in form, but the facts do not carry it (Art. 83¹)"),
            ("cannot tell", "no condition is broken, and a fact is not known; it is named"),
        ),
    )


def _example() -> Iterator[str]:
    yield "## The example\n"
    on = said("day", EXAMPLE_DAY)
    yield f"The cases on these pages change one case of an invented debtor, on {on}:\n"
    yield from table(
        ("fact", "in the example"),
        ((fact_label(name), said(name, EXAMPLE_FACTS[name])) for name in _EXAMPLE_SHOWN),
    )


def _trial(legal_order: str, title: str, what: str, head: str) -> Iterator[str]:
    yield title
    yield what
    yield from table(
        (head, "Oʻzbekcha", "Русский", "intrusiveness"),
        (
            (f"{m.names.en} (`{m.id}`)", m.names.uz_Latn, m.names.ru, m.intrusiveness)
            for m in catalogue(legal_order).values()
        ),
    )
