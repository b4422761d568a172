"""One way through the rows of a table: each batch read, repaired, judged and written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import polars as pl

from registers.contract import Table
from registers.errors import TableRefusedError
from registers.sources.protocol import BROKEN_ROW, SWALLOWED, TableSource
from registers.unknown_rows import UNKNOWN_FOLDER
from registers.validation.cells import STRAY_QUOTE, flags_of, plain_cells, read_cells
from registers.validation.checks import Check, build_checks, contradiction, repeated_key
from registers.validation.evidence import NOTHING, Evidence, asks_for_evidence
from registers.validation.expectations import Verdict, add_verdicts, describe_checks, record_verdict
from registers.validation.former import BASE_ROW, Former
from registers.validation.judging import Judged, judge_rows
from registers.validation.portrait import PortraitPainter
from registers.validation.quarantine import Quarantine
from registers.validation.references import without_unknown
from registers.validation.repair_log import RepairLog
from registers.validation.repairs import prepared, repair
from registers.validation.repeats import Repeats
from registers.validation.totals import Totals
from registers.validation.unknown_log import UnknownCounts, UnknownLog
from registers.validation.writing import BATCH_ROWS, TableWriter, row_groups, without_places

Progress = Callable[[str], None]


class Judge(Protocol):
    """Who records the verdict on a batch of a table beside Polars."""

    def __call__(self, name: str, judged: Judged) -> Verdict:
        """The unexpected rows per check."""


@dataclass(frozen=True)
class Files:
    """Where the rows of one table go."""

    accepted: Path
    quarantine: Path
    repairs: Path
    unknown: Path | None = None

    @staticmethod
    def of(folder: Path, table: str) -> "Files":
        """The files of a table below the folder that validation writes."""
        parts = (folder, folder / "quarantine", folder / "repairs", folder / UNKNOWN_FOLDER)
        return Files(*(part / f"{table}.parquet" for part in parts))


@dataclass(frozen=True)
class Circumstances:
    """What a table is judged by besides its own rows.

    Attributes:
        parents: the accepted keys of the tables before it.
        judge: who records the verdict beside Polars.
        extracted_on: the day of the extract, or None where nobody states it.
        former: the accepted table that an increment continues, or None.
        former_unknown: whose rows of that table are not all known, or None.
        extra: checks beside those of the contract.
        batch_rows: how many rows are held at a time.
        progress: is told how far a long table is.
    """

    parents: Mapping[str, pl.Series] = field(default_factory=dict)
    judge: Judge = record_verdict
    extracted_on: date | None = None
    former: Path | None = None
    former_unknown: Path | None = None
    extra: tuple[Check, ...] = ()
    batch_rows: int = BATCH_ROWS
    progress: Progress | None = None


class ColumnMustBeSeenError(Exception):
    """A batch holds a text that only its whole column can explain."""


class TablePass:
    """The rows of one table on their way, and what is counted along it.

    Attributes:
        n_read: rows read from the source.
        n_known: rows that the former table held already, word for word.
        unknown: whose rows were set aside, counted.
        verdict: what Great Expectations counted, check by check; repeated keys last.
        swallowed: the lines of the file that stray quotation marks swallowed, as 102-112.
    """

    def __init__(
        self, table: Table, source: TableSource, files: Files, by: Circumstances, proof: Evidence
    ) -> None:
        self.table, self.source, self.files, self.by = table, source, files, by
        self.evidence = proof
        made = build_checks(table, _flags(table, source), by.parents, by.extracted_on)
        self.checks = [*made, *by.extra]
        self.n_read = self.n_known = 0
        self.quarantine = Quarantine(files.quarantine)
        self.repairs = RepairLog(files.repairs)
        self.painter = PortraitPainter(table)
        self.swallowed: dict[str, None] = {}
        self.unknown = UnknownCounts()
        self._unknown = _unknown_log(table, files, by)
        self._repeats = Repeats(table)
        self._totals = Totals(table)
        self._writer = TableWriter(files.accepted, table.schema)
        self._verdict = Verdict(0, (0,) * len(self.checks), {})
        self._repeated = Verdict(0, (0, 0), {})

    @property
    def n_accepted(self) -> int:
        """Rows of the source that were accepted."""
        return self.n_read - self.quarantine.n_rows

    @property
    def verdict(self) -> dict[str, object]:
        """The verdict as it stands in the report."""
        checks = (*self.checks, contradiction(self.table), repeated_key(self.table))
        found = (*self._verdict.n_unexpected, *self._repeated.n_unexpected)
        return {
            "expectations": len(checks),
            "is_clean": not any(found),
            "suite": describe_checks(checks),
            "unexpected": {
                f"{check.reason_code} ({', '.join(check.columns)})": n
                for check, n in zip(checks, found, strict=True)
                if n
            },
        }

    def go(self) -> None:
        """Reads the source to its end; raises ColumnMustBeSeenError and TableRefusedError."""
        try:
            try:
                self._keep_former()
                for raw in self.source.batches(self.by.batch_rows):
                    self._take(raw)
            finally:
                for file in (self._writer, self.quarantine, self.repairs):
                    file.close()
            self._settle_repeats()
        finally:
            if self._unknown:
                self._unknown.close()
        if self._unknown:
            self.unknown = self._unknown.settle(self.files.accepted)

    def _keep_former(self) -> None:
        if self.by.former is None:
            return
        for rows in row_groups(self.by.former):
            self._accept(rows, pl.repeat(BASE_ROW, rows.height, dtype=pl.UInt32, eager=True))

    def _take(self, raw: pl.DataFrame) -> None:
        plain = plain_cells(self.table, raw)
        if self.evidence is NOTHING and asks_for_evidence(self.table, prepared(self.table, plain)):
            raise ColumnMustBeSeenError
        repaired = repair(self.table, plain, self.evidence)
        read = read_cells(self.table, repaired.frame)
        cells, emptied = without_unknown(self.table, read, self.by.parents)
        cells = self._with_marks(cells, raw)
        numbers = pl.int_range(self.n_read, self.n_read + raw.height, eager=True)
        judged = judge_rows(self.table, cells, self.checks, numbers)
        self._verdict = add_verdicts(self._verdict, self._recorded(judged))
        self._part(raw, judged, numbers)
        changes = pl.concat([repaired.changes, emptied])
        self.repairs.add(changes, judged.is_bad, self.n_read)
        self.n_read += raw.height
        self._tell_progress(raw.height)

    def _with_marks(self, cells: pl.DataFrame, raw: pl.DataFrame) -> pl.DataFrame:
        """The cells with what reading the file said of their rows."""
        if BROKEN_ROW not in raw.columns:
            return cells
        lines = raw[SWALLOWED]
        marked = cells.with_columns(raw[BROKEN_ROW], lines.is_not_null().alias(STRAY_QUOTE))
        if lines.null_count() == lines.len():
            return marked
        self.swallowed.update(dict.fromkeys(lines.drop_nulls().unique(maintain_order=True)))
        return marked.with_columns(lines)

    def _recorded(self, judged: Judged) -> Verdict:
        verdict = self.by.judge(self.table.name, judged)
        check_agreement(self.table, judged, verdict)
        return verdict

    def _part(self, raw: pl.DataFrame, judged: Judged, numbers: pl.Series) -> None:
        is_good = ~judged.is_bad
        rows = judged.frame.filter(is_good).select(self.table.column_names)
        self._accept(rows, numbers.filter(is_good))
        if self._unknown:
            self._unknown.accepted(rows)
        if judged.reasons.height:
            self.quarantine.add(judged.reasons, raw.filter(judged.is_bad))
            self._lose(judged.frame.filter(judged.is_bad), judged.reasons, self.checks)

    def _lose(self, rows: pl.DataFrame, reasons: pl.DataFrame, checks: Sequence[Check]) -> None:
        """Rows set aside, with their reasons in the same order: unknown to their owners now."""
        if self._unknown:
            self._unknown.add(rows, reasons["reason_code"], checks)

    def _accept(self, rows: pl.DataFrame, numbers: pl.Series) -> None:
        self._totals.add(rows)
        self._writer.append(rows)
        self._repeats.add(rows, numbers)
        self.painter.add(rows)

    def _settle_repeats(self) -> None:
        """Of equal rows the first counts, of rows that contradict each other none.

        A row of a former extract stays: answers were given by it, and only a withdrawal ends it.
        """
        suspects = self._repeats.places(self.files.accepted)
        if suspects.is_empty():
            return
        checks = [contradiction(self.table), repeated_key(self.table)]
        judged = judge_rows(self.table, suspects, checks, suspects["row_number"])
        self._repeated = self._recorded(judged)
        is_gone = judged.is_bad & (suspects["row_number"] != BASE_ROW)
        if not is_gone.any():
            return
        without_places(self.files.accepted, suspects["place"].filter(is_gone), self.table.schema)
        former = Former.of(self.table, suspects)
        self.n_known = former.n_known
        reasons = former.explain(self.table, judged.reasons)
        if reasons.height:
            self.quarantine.add_from(self.source, reasons, self.by.batch_rows)
            lost = reasons.join(suspects, on="row_number", how="left", maintain_order="left")
            self._lose(lost, reasons, ())
            self.repairs.forget(reasons["row_number"])

    def _tell_progress(self, n_rows: int) -> None:
        if self.by.progress is not None and n_rows == self.by.batch_rows:
            of = f" of {self.source.n_rows:,}" if self.source.n_rows else ""
            self.by.progress(f"{self.table.name}: {self.n_read:,}{of} rows")


def _unknown_log(table: Table, files: Files, by: Circumstances) -> UnknownLog | None:
    """The log of what gets unknown; rows that are taken back have none of their own."""
    if files.unknown is None:
        return None
    return UnknownLog(table, files.unknown, by.former_unknown, by.extracted_on)


def _flags(table: Table, source: TableSource) -> frozenset[str]:
    plain = plain_cells(table, source.schema.to_frame()).schema
    flags = frozenset(flags_of(table, plain))
    return flags | {BROKEN_ROW, STRAY_QUOTE} if BROKEN_ROW in source.schema else flags


def check_agreement(table: Table, judged: Judged, verdict: Verdict) -> None:
    """Two judges that disagree about one check mean a fault in the program: stop here."""
    pairs = zip(judged.checks, judged.n_failing, verdict.n_unexpected, strict=True)
    for check, n_failing, n_unexpected in pairs:
        if n_failing != n_unexpected:
            raise TableRefusedError(
                table.name,
                "judges_disagree",
                f"{table.name}: the two checks of {check.reason_code} "
                f"({', '.join(check.columns)}) disagree ({n_failing} and {n_unexpected} rows). "
                "This is a fault of the program, not of the table: keep the extract and report it.",
            )
