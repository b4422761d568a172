"""The page of faults: every golden extract validated, and what is read of it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.markdown import rows
from tests.assets import (
    faults_of_columns,
    faults_of_dialects,
    faults_of_files,
    faults_of_rows,
    faults_of_tables,
)
from tests.assets.catalogue import FAULTS, Answer, answer
from tests.assets.fault import Fault

GROUPS: tuple[tuple[str, tuple[Fault, ...]], ...] = (
    ("Files", faults_of_files.FAULTS),
    ("Columns", faults_of_columns.FAULTS),
    ("Rows", faults_of_rows.FAULTS),
    ("Tables as a whole", faults_of_tables.FAULTS),
    ("Dialects", faults_of_dialects.FAULTS),
)
HEAD = ("fault", "table", "outcome", "read = accepted + set aside", "what is read of it")


def faults_page(mark: str) -> Iterator[str]:
    """Give the page; every sentence is what validation says while the page is written."""
    yield "# Faults and what becomes of them\n"
    yield mark
    yield f"\n{len(FAULTS)} kinds of fault, each with a small extract of its own in"
    yield "[tests/assets/faults](../../tests/assets/faults), which is validated while this page is"
    yield "written. The sentences are those of the console and, where rows are set aside, that of"
    yield "the first of them in quarantine; `report.html` says the same in four languages."
    yield "How to take in an extract: [a guide](../how-to/take-in-an-extract.md).\n"
    for title, faults in GROUPS:
        yield f"## {title}\n"
        yield from rows(HEAD, map(_row, faults))
        yield ""


def _row(fault: Fault) -> tuple[str, str, str, str, str]:
    with tempfile.TemporaryDirectory() as folder:
        found = answer(fault, Path(folder))
        name = f"[{fault.name.partition('-')[0]}](../../tests/assets/faults/{fault.name})"
        said = "<br>".join(found.sentences)
        return f"{name} {fault.what}", f"`{fault.table}`", _outcome(found), _counts(found), said


def _outcome(found: Answer) -> str:
    """What became of it, and the code by which reports name it."""
    code = found.fault.code
    warned = found.outcome == "accepted" and bool(found.table.findings)
    outcome = "accepted with a warning" if warned else found.outcome
    return f"{outcome}, `{code}`" if code and code != "ignored" else outcome


def _counts(found: Answer) -> str:
    table = found.table
    if table.refused_code or table.is_absent:
        return ""
    repaired = f", {table.repaired} repaired" if table.repaired else ""
    return f"{table.read} = {table.accepted} + {table.set_aside}{repaired}"
