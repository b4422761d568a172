"""Deliver an extract as other programs and hurried people do, and tell what each case ends in.

    python -m scripts.deliver_cases MAKER REGISTERS [CASE ...]

MAKER is a program `MAKER REGISTERS OUT [CASE ...]` that writes OUT/<case>/registers for each way of
delivering (the operator's own; none is kept here). REGISTERS is a good extract in Parquet. Printed
is a table: case, exit code and outcome of each table that is not plainly accepted, its sentence.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from registers.validation import Settings, TableReport, ValidationReport, validate_extract
from scripts.markdown import rows

HEAD = ("case", "exit", "table", "outcome", "read = accepted + set aside", "sentence")


@dataclass(frozen=True)
class Delivered:
    """One case and what validation said of it."""

    case: str
    report: ValidationReport

    @property
    def told(self) -> Iterator[tuple[str, ...]]:
        """A row for each table that is more than plainly accepted, or one for all."""
        noted = [table for table in self.report.tables.values() if _is_noted(table)]
        exit_code = str(self.report.exit_code)
        if not noted:
            yield self.case, exit_code, "all", "accepted", "", "Every row of every table counts."
        for table in noted:
            yield self.case, exit_code, table.name, outcome(table), _counts(table), table.sentence


def outcome(table: TableReport) -> str:
    """What became of a table, in a word."""
    if table.refused:
        return "refused"
    if table.is_absent:
        return "not delivered"
    if table.set_aside:
        return "set aside"
    return "repaired" if table.repaired else "accepted"


def _is_noted(table: TableReport) -> bool:
    return outcome(table) != "accepted" or bool(table.findings)


def _counts(table: TableReport) -> str:
    if table.refused_code or table.is_absent:
        return ""
    repaired = f", {table.repaired} repaired" if table.repaired else ""
    return f"{table.read} = {table.accepted} + {table.set_aside}{repaired}"


def deliver(
    maker: Path,
    registers: Path,
    folder: Path,
    cases: Sequence[str] = (),
    settings: Settings | None = None,
) -> Iterator[Delivered]:
    """Make the cases in `folder` and validate each, in the order of their names.

    Raises:
        subprocess.CalledProcessError: the maker failed; what it said is shown.
    """
    made = folder / "cases"
    call = [sys.executable, str(maker), str(registers), str(made), *cases]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the operator's own
    for case in sorted(made.iterdir()):
        report = validate_extract(case, folder / "tables" / case.name, settings=settings)
        yield Delivered(case.name, report)


def main(arguments: list[str]) -> None:
    """Print the table."""
    if len(arguments) < 2:
        sys.exit(__doc__)
    maker, registers, *cases = arguments
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tables").mkdir()
        delivered = deliver(Path(maker), Path(registers), Path(folder), cases)
        print("\n".join(rows(HEAD, (row for one in delivered for row in one.told))))


if __name__ == "__main__":
    main(sys.argv[1:])
