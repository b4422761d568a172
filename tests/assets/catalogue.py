"""The catalogue of faults: every kind with its golden extract, its outcome and its sentence."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from registers.validation import Settings, TableReport, ValidationReport, validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged
from tests.assets import (
    faults_of_columns,
    faults_of_dialects,
    faults_of_files,
    faults_of_rows,
    faults_of_tables,
)
from tests.assets.fault import EXTRACTED_ON, Fault, Folder
from tests.assets.faultless import few, many

FAULTS: tuple[Fault, ...] = (
    *faults_of_files.FAULTS,
    *faults_of_columns.FAULTS,
    *faults_of_rows.FAULTS,
    *faults_of_tables.FAULTS,
    *faults_of_dialects.FAULTS,
)


def make(fault: Fault, folder: Path) -> None:
    """Writes the golden extract of a fault into a folder; the same call writes the same."""
    shutil.rmtree(folder, ignore_errors=True)
    if fault.base == "many":
        fault.spoil(Folder(folder, many(), "parquet"))
    else:
        fault.spoil(Folder(folder, few()))


def polars_alone(name: str, judged: Judged) -> Verdict:
    """A judge that believes Polars: fast enough for a page; tests let the real one judge."""
    return Verdict(judged.frame.height, judged.n_failing, {})


@dataclass(frozen=True)
class Answer:
    """What validation answered to a fault."""

    fault: Fault
    report: ValidationReport
    out: Path

    @property
    def table(self) -> TableReport:
        """The report on the table at fault, or on its withdrawals."""
        name = self.fault.table.removesuffix(" withdrawn")
        if name != self.fault.table:
            return self.report.withdrawals[name]
        return self.report.tables[name]

    @property
    def codes(self) -> set[str]:
        """Every code that the table ended in."""
        table = self.table
        found = {*table.n_by_reason, *table.repairs, str(table.refused_code)}
        found |= {finding.measure.code for finding in table.findings}
        found |= {note.code for note in table.remarks}
        return found | ({"ignored"} if self.report.ignored_files else set())

    @property
    def outcome(self) -> str:
        """What became of the table, or of the worst of its rows."""
        if self.table.refused:
            return "refused"
        if self.table.set_aside:
            return "set aside"
        return "repaired" if self.table.repaired else "accepted"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the operator reads of the fault, and the agency of its first row set aside."""
        told = [self.table.sentence, *self._first_reason(), *self.table.notes]
        ignored = [s for s in self.report.sentences if s.endswith("not read.")]
        return (*told, *ignored)

    def _first_reason(self) -> Iterator[str]:
        if self.table.set_aside:
            yield self.quarantine["reason"][0]

    @property
    def quarantine(self) -> pl.DataFrame:
        """The rows of the table that were set aside."""
        return self._read("quarantine")

    @property
    def repairs(self) -> pl.DataFrame:
        """The cells of the table that were repaired."""
        return self._read("repairs")

    def _read(self, folder: str) -> pl.DataFrame:
        return pl.read_parquet(self.out / folder / self.table.file)


def answer(fault: Fault, out: Path, settings: Settings | None = None) -> Answer:
    """Validates the golden extract of a fault, and the one before it, into folders below `out`."""
    settings = settings or Settings(judge=polars_alone)
    settings = Settings(judge=settings.judge, extracted_on=EXTRACTED_ON)
    before = out / "before" if fault.before else None
    if before is not None:
        validate_extract(fault.folder / "last", before, settings=settings)
    settings = Settings(
        judge=settings.judge,
        extracted_on=EXTRACTED_ON,
        last=before if fault.before == "last" else None,
        onto=before if fault.before == "onto" else None,
    )
    report = validate_extract(fault.folder, out / "tables", settings=settings)
    return Answer(fault, report, out / "tables")
