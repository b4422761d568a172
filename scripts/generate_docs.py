"""Write the pages of docs that are read off the code; with --check, compare them.

docs/reference: registers.md (the contract), commands.md (the command line), faults.md (what
validation answers to each kind of fault). docs/law: the law for a lawyer, one page per measure and
the lists (see law/handbook).
"""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from law.handbook.document import law_pages
from registers.contract import Column, Table
from registers.tables import TABLES
from registers.validation.repairs import RULES
from scripts.commands_page import commands_page
from scripts.faults_page import faults_page
from scripts.markdown import rows

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
MARK = "<!-- Written by `make docs` from the code; edit the code, not this page. -->"


def registers_page() -> Iterator[str]:
    """Give the data sheets of all registers."""
    yield "# The registers\n"
    yield MARK
    yield "\nOne file per table, `<table>.parquet` or `<table>.csv`. A row is known from its"
    yield "`reported_on`; from then on it replaces an earlier row with the same key.\n"
    yield "What becomes of each kind of fault: [faults](faults.md). Few repairs are made, each"
    yield "only where the text, its column or its list of values proves it, and each is listed with"
    yield "the text before and after:\n"
    yield from (f"- `{rule}`: {texts.en}" for rule, texts in RULES.items())
    yield "\nOf a column marked *varies* all rows having one value is a fault of the export; a"
    yield "median outside of its *usual* amounts means another unit, as thousands of som.\n"
    for table in TABLES.values():
        yield from _data_sheet(table)


def _data_sheet(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    doc = table.doc.strip().removeprefix(f"{table.name}: ")
    yield f"{doc[:1].upper()}{doc[1:]}\n"
    yield f"{_expected(table)}\n"
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
        f"to {_grouped(column.maximum)}" if column.maximum is not None else "",
        column.unit or "",
        "varies" if column.varies else "",
        _usual(column),
        column.doc,
    ]
    values = "; ".join(part for part in said if part)
    return f"`{column.name}`", column.kind, "yes" if column.nullable else "", values


def _grouped(bound: object) -> str:
    """A bound with its digits in groups; a year has none."""
    is_long = isinstance(bound, int) and bound >= 10_000
    return f"{bound:,}".replace(",", " ") if is_long else str(bound)


def _expected(table: Table) -> str:
    """What the table as a whole is measured by."""
    late = (
        f"Late when the last report is older than {table.fresh_days} days."
        if table.fresh_days
        else "It reports changes alone, so silence is not late."
    )
    if table.covers is None:
        return late
    return f"{late} At least {table.covers:.0%} of the debtors are expected to have a row."


def _usual(column: Column) -> str:
    if column.typical is None:
        return ""
    low, high = (f"{bound:,}".replace(",", " ") for bound in column.typical)
    return f"usual median {low} to {high}"


REFERENCE: dict[str, Callable[[], Iterator[str]]] = {
    "registers.md": registers_page,
    "commands.md": partial(commands_page, MARK),
    "faults.md": partial(faults_page, MARK),
}


def pages() -> dict[str, str]:
    """The text of every generated page by its path below docs."""
    reference = {
        f"reference/{name}": "\n".join(lines()).rstrip() + "\n" for name, lines in REFERENCE.items()
    }
    return reference | {f"law/{name}": text for name, text in law_pages().items()}


def is_stale(path: Path, text: str) -> bool:
    """Whether a page is missing or differs from what the code says."""
    return not path.is_file() or path.read_text(encoding="utf-8") != text


def leftovers(written: Collection[str]) -> list[str]:
    """Pages of docs/law that the code no longer gives."""
    found = sorted(f"law/{file.name}" for file in (DOCS / "law").glob("*.md"))
    return [name for name in found if name not in written]


def main(arguments: Sequence[str]) -> int:
    """Write every page, or with --check give 1 where a page is not what the code says."""
    written = pages()
    left = leftovers(written)
    if "--check" in arguments:
        stale = [*(name for name, text in written.items() if is_stale(DOCS / name, text)), *left]
        if stale:
            print(f"Not what the code says: {', '.join(stale)} in docs. Run: make docs")
        return 1 if stale else 0
    for name, text in written.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8")
    for name in left:
        (DOCS / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
