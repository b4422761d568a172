"""Write the pages of docs/reference that are read off the code; with --check, compare them.

Pages: registers.md (the contract), measures.md (the catalogues), parameters.md (the law's values),
commands.md (the command line).
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from law.catalogue import catalogue
from registers.contract import Column, Table
from registers.legal_orders import LEGAL_ORDERS
from registers.tables import TABLES
from scripts.commands_page import commands_page

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
MARK = "<!-- Written by `make docs` from the code; edit the code, not this page. -->"


def rows(head: Sequence[str], body: Iterable[Sequence[object]]) -> Iterator[str]:
    """Give the lines of a Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in body:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"


def registers_page() -> Iterator[str]:
    """Give the data sheets of all registers."""
    yield "# The registers\n"
    yield MARK
    yield "\nOne file per table, `<table>.parquet` or `<table>.csv`. A row is known from its"
    yield "`reported_on`; from then on it replaces an earlier row with the same key.\n"
    for table in TABLES.values():
        yield from _data_sheet(table)


def _data_sheet(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    doc = table.doc.strip().removeprefix(f"{table.name}: ")
    yield f"{doc[:1].upper()}{doc[1:]}\n"
    yield from rows(("column", "kind", "may be missing", "values"), map(_column, table.columns))
    if table.rules:
        yield "\nRows that break a rule are set aside with its reason code:\n"
        yield from (f"- `{rule.reason_code}`: {rule.sentence}" for rule in table.rules)
    if table.known_faults:
        yield "\nKnown faults:\n"
        yield from (f"- {fault}" for fault in table.known_faults)
    yield ""


def _column(column: Column) -> tuple[str, str, str, str]:
    said = [
        ", ".join(column.values) if column.values else "",
        f"→ {column.refers_to}" if column.refers_to else "",
        "measures of the legal order" if column.of_legal_order else "",
        f"from {column.minimum}" if column.minimum is not None else "",
        f"above {column.above:g}" if column.above is not None else "",
        f"to {column.maximum}" if column.maximum is not None else "",
        column.unit or "",
        column.doc,
    ]
    values = "; ".join(part for part in said if part)
    return f"`{column.name}`", column.kind, "yes" if column.nullable else "", values


def measures_page() -> Iterator[str]:
    """Give the measures of every legal order with their names."""
    yield "# The measures\n"
    yield MARK
    yield "\nIntrusiveness runs from 1 (lightest) to 10 (heaviest).\n"
    head = ("id", "Uzbek", "Russian", "English", "articles", "intrusiveness")
    for order in LEGAL_ORDERS.values():
        yield f"## {order.id}\n"
        yield f"Amounts in {order.amount_unit}, outcome window {order.outcome_window_days} days.\n"
        measures = catalogue(order.id).values()
        yield from rows(
            head,
            (
                (
                    f"`{m.id}`",
                    m.names.uz_Latn,
                    m.names.ru,
                    m.names.en,
                    ", ".join(m.articles),
                    m.intrusiveness,
                )
                for m in measures
            ),
        )
        yield ""


def parameters_page() -> Iterator[str]:
    """Give every dated value of the law with its citation."""
    yield "# The law's values\n"
    yield MARK
    yield "\nA value holds from its day until the next one. `read`: read in the text of the law;"
    yield "`inferred`: follows from it, a lawyer should confirm.\n"
    for path in sorted((ROOT / "law" / "uz" / "parameters").glob("*.yaml")):
        parameter: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield f"## {parameter['id']}\n"
        label = parameter["label"]
        yield f"{label['en']}. {label['uz_Latn']}. Unit: {parameter['unit']}.\n"
        yield from rows(
            ("from", "value", "article", "act", "confidence", "note"),
            (
                (
                    value["from"],
                    value["value"],
                    value["article"],
                    value["amending_act"],
                    value["confidence"],
                    value.get("note", ""),
                )
                for value in parameter["values"]
            ),
        )
        yield ""


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "registers.md": registers_page,
    "measures.md": measures_page,
    "parameters.md": parameters_page,
    "commands.md": partial(commands_page, MARK),
}


def main(arguments: Sequence[str]) -> int:
    """Write every page, or with --check give 1 where a page is not what the code says."""
    stale = []
    for name, lines in PAGES.items():
        text = "\n".join(lines()).rstrip() + "\n"
        path = REFERENCE / name
        if "--check" in arguments:
            stale += [] if path.is_file() and path.read_text(encoding="utf-8") == text else [name]
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"Not what the code says: {', '.join(stale)} in docs/reference. Run: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
