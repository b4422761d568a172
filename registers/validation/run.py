"""Validation of a whole extract: every table judged, the result written at once or not at all."""

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from registers.contract import Table
from registers.errors import OutputFolderError, TableRefusedError
from registers.extract import EXTRACT_FILE, REPORT_FILE, write_json
from registers.legal_orders import legal_order
from registers.lineage import write_lineage
from registers.sources.files import FolderExtract
from registers.sources.protocol import ExtractSource
from registers.tables import REQUIRED_TABLES, TABLES
from registers.unknown_rows import UNKNOWN_FOLDER, unknown_schema
from registers.validation.day import day_of_extract
from registers.validation.expectations import record_measures, record_verdict, version
from registers.validation.findings import find
from registers.validation.former_tables import FormerTables
from registers.validation.origin import build_lineage
from registers.validation.page import as_page
from registers.validation.plausibility import (
    Extract,
    Measure,
    measure_set_aside,
    measure_table,
)
from registers.validation.quarantine import QUARANTINE
from registers.validation.repairs import REPAIRS
from registers.validation.reporting import TableReport, ValidationReport, refused_table
from registers.validation.table_pass import Circumstances, Files, Judge, Progress
from registers.validation.tables import validate_table
from registers.validation.taken_back import validate_withdrawals
from registers.validation.writing import BATCH_ROWS, TableWriter


@dataclass(frozen=True)
class Settings:
    """How an extract is validated.

    Attributes:
        judge: who records the verdict beside Polars; Great Expectations unless a test says other.
        extracted_on: the day of the extract where its manifest does not state it; a row cannot
            have been reported later.
        today: the day on the clock, taken for the day of the extract where nobody states one and
            the cases do not contradict it. None: not asked.
        onto: the accepted tables that an increment continues.
        last: the accepted tables of the last extract, with which this one is compared; where none
            are named, those that stand in the output folder.
        accept: findings that stop a table and are true all the same, by name
            (incomes.row_count).
        batch_rows: how many rows of a table are held at a time.
    """

    judge: Judge = record_verdict
    extracted_on: date | None = None
    today: date | None = None
    onto: Path | None = None
    last: Path | None = None
    accept: Collection[str] = field(default_factory=tuple)
    batch_rows: int = BATCH_ROWS


def validate_extract(
    source: Path | ExtractSource,
    out: Path,
    progress: Progress | None = None,
    judge: Judge = record_verdict,
    settings: Settings | None = None,
) -> ValidationReport:
    """Splits an extract into accepted rows and rows set aside, and writes both into `out`.

    `out` then holds a Parquet file per table of the contract (absent tables are empty),
    quarantine/, repairs/, unknown/ (whose rows are not all known), withdrawn/ (where rows were
    taken back), extract.json, lineage.json,
    report.json and report.html. It is written to the side and moved into place when complete. A
    folder that validation wrote before is replaced.

    Args:
        source: a source of registers, or the folder of an extract, or the folder above its
            `registers/`.
        out: the folder to write.
        progress: is told one sentence per table, and of long tables how far they are.
        judge: short for `Settings(judge=…)`.
        settings: how to validate.

    Returns:
        The report, whose `exit_code` is 0 clean, 11 rows set aside, 12 a table unusable.

    Raises:
        ExtractNotFoundError: there is no table in `source`.
        ExtractDescriptionError: extract.json cannot be read.
        ManifestError: manifest.json cannot be read.
        UnknownLegalOrderError: extract.json names a legal order that is not served.
        OutputFolderError: `out` holds something that validation did not write.
        IncrementError: an increment without, or not on, the tables that it continues.
    """
    extract = FolderExtract(source) if isinstance(source, Path) else source
    _bring_back(out)
    check_output_folder(out)
    settings = settings or Settings(judge=judge)
    former = FormerTables.of(extract, settings.onto, settings.last or out)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        _make_folders(partial)
        report = _Validation(extract, partial, settings, former, progress).report()
        _write_reports(partial, report, former)
        _move_into_place(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return report


def check_output_folder(out: Path) -> None:
    """Raises OutputFolderError unless `out` is new, empty or written by validation."""
    if not out.exists():
        return
    if not out.is_dir() or (any(out.iterdir()) and not (out / REPORT_FILE).is_file()):
        raise OutputFolderError(out)


class _Validation:
    """The tables of one extract, parents first, so that a row without its parent is an orphan."""

    def __init__(
        self,
        extract: ExtractSource,
        folder: Path,
        settings: Settings,
        former: FormerTables,
        progress: Progress | None,
    ) -> None:
        self.extract, self.folder, self.settings = extract, folder, settings
        self.former, self.progress = former, progress or (lambda _sentence: None)
        self.legal_order = str(extract.description["legal_order"])
        self.day = day_of_extract(
            extract, settings.extracted_on, settings.today, self._contract["cases"]
        )
        # What a clock says is checked against, and stands in no report: the same input is told
        # with the same bytes on any day.
        self.stated = extract.extracted_on or settings.extracted_on
        self.parents: dict[str, pl.Series] = {}
        self.is_compared = False

    def report(self) -> ValidationReport:
        """What became of every table and every withdrawal."""
        tables = {name: self._table(table) for name, table in self._contract.items()}
        withdrawals = {
            name: found
            for name, table in self._contract.items()
            if (found := self._withdrawals(table)) is not None
        }
        judged = self._judged_whole(tables)
        is_gx = self.settings.judge is record_verdict
        return ValidationReport(
            legal_order=self.legal_order,
            judge=f"Great Expectations {version()}" if is_gx else "another judge",
            tables=judged,
            source=self.extract.label,
            extracted_on=self.stated.isoformat() if self.stated else None,
            manifest_sha256=self.extract.manifest_sha256,
            withdrawals=withdrawals,
            ignored_files=self.extract.ignored,
            last=self.former.label if self.is_compared else None,
            description=self.extract.description,
        )

    @property
    def _contract(self) -> dict[str, Table]:
        order = legal_order(self.legal_order)
        return {name: table.under(order) for name, table in TABLES.items()}

    def _table(self, table: Table) -> TableReport:
        files = Files.of(self.folder, table.name)
        try:
            source = self.extract.table(table.name)
            if source is None:
                report = self._not_delivered(table, files)
            else:
                report = validate_table(table, source, files, self._circumstances(table))
        except TableRefusedError as refusal:
            _write_nothing(table, files)
            report = refused_table(table.name, refusal)
        if not report.refused and not report.is_absent and table.name in _PARENTS:
            ids = pl.read_parquet(files.accepted, columns=[table.key[0]]).to_series()
            self.parents[table.name] = ids.unique().sort()
        self.progress(report.sentence)
        return report

    def _circumstances(self, table: Table) -> Circumstances:
        return Circumstances(
            parents=self.parents,
            judge=self.settings.judge,
            extracted_on=self.day,
            former=self.former.file_of(table.name),
            former_unknown=self.former.unknown_of(table.name),
            batch_rows=self.settings.batch_rows,
            progress=self.progress,
        )

    def _not_delivered(self, table: Table, files: Files) -> TableReport:
        """An increment may leave a table as it is; a full extract may lack it."""
        kept = self.former.file_of(table.name)
        _write_nothing(table, files)
        if kept is not None:
            shutil.copyfile(kept, files.accepted)
            unknown = self.former.unknown_of(table.name)
            if unknown is not None and files.unknown is not None:
                shutil.copyfile(unknown, files.unknown)
            return self.former.unchanged(table.name)
        if table.name in REQUIRED_TABLES:
            raise TableRefusedError(
                table.name,
                "missing_table",
                f"{table.name}: the table is missing, and nothing can be answered without it. "
                f"Add {table.name}.parquet or {table.name}.csv to the extract.",
                f"{table.name}.parquet, {table.name}.csv",
            )
        return TableReport(table.name, is_absent=True)

    def _withdrawals(self, table: Table) -> TableReport | None:
        try:
            source = self.extract.withdrawals(table.name)
            return validate_withdrawals(
                table, source, self.folder, self._circumstances(table), self.former
            )
        except TableRefusedError as refusal:
            return refused_table(f"{table.name} withdrawn", refusal)

    def _judged_whole(self, tables: dict[str, TableReport]) -> dict[str, TableReport]:
        """The tables with what makes each as a whole doubtful; a stop refuses the table."""
        days = [t.portrait.last_reported for t in tables.values() if t.portrait.last_reported]
        latest = date.fromisoformat(max(days)) if days else None
        day = self.stated or latest
        n_debtors = tables["debtors"].portrait.n_debtors or 0
        measured: dict[str, tuple[Measure, ...]] = {}
        for name, report in tables.items():
            if report.refused or report.is_absent or not report.source_file:
                continue
            last = self.former.portrait_of(name, report.source_sha256)
            self.is_compared |= last is not None
            extract = Extract(day, n_debtors, last)
            figures = measure_set_aside(report.read, report.accepted, report.rows)
            if report.accepted or not report.set_aside:
                figures += measure_table(self._contract[name], report.portrait, extract)
            measured[name] = (*report.doubts, *figures)
        if self.settings.judge is record_verdict:
            record_measures([m for measures in measured.values() for m in measures])
        return {
            name: self._with_findings(report, measured.get(name, ()))
            for name, report in tables.items()
        }

    def _with_findings(self, report: TableReport, measures: Sequence[Measure]) -> TableReport:
        if not measures:
            return report
        findings = find(report.name, measures, self.settings.accept, report.reasons)
        for finding in findings:
            self.progress(finding.sentence)
        stops = [finding.sentence for finding in findings if finding.level == "stop"]
        refused = " ".join(stops) if stops else report.refused
        return replace(report, findings=tuple(findings), refused=refused)


_PARENTS = {column.refers_to for table in TABLES.values() for column in table.references}


def _make_folders(folder: Path) -> None:
    folder.mkdir()
    for name in ("quarantine", "repairs", UNKNOWN_FOLDER):
        (folder / name).mkdir()
        (folder / name).chmod(0o700)  # rows, texts and keys as read: personal data


def _write_nothing(table: Table, files: Files) -> None:
    schemas = {
        files.accepted: table.schema,
        files.quarantine: QUARANTINE,
        files.repairs: REPAIRS,
        files.unknown: unknown_schema(table),
    }
    for file, schema in schemas.items():
        if file is not None:
            TableWriter(file, schema).close()


def _write_reports(folder: Path, report: ValidationReport, former: FormerTables) -> None:
    write_json(folder / EXTRACT_FILE, report.description)
    write_json(folder / REPORT_FILE, report.as_dict())
    (folder / "report.html").write_text(as_page(report), encoding="utf-8")
    write_lineage(folder, build_lineage(folder, report, former))


def _bring_back(out: Path) -> None:
    """Undoes a move that was killed between its two steps."""
    former = _former(out)
    if former.is_dir() and not out.exists():
        former.rename(out)


def _former(out: Path) -> Path:
    return out.with_name(f".{out.name}.former")


def _move_into_place(partial: Path, out: Path) -> None:
    former = _former(out)
    shutil.rmtree(former, ignore_errors=True)
    if out.exists():
        out.rename(former)
    partial.rename(out)
    shutil.rmtree(former, ignore_errors=True)
