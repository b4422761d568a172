"""Validation of a whole extract: every table judged, the result written at once or not at all."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl

from registers.errors import OutputFolderError
from registers.extract import (
    EXTRACT_FILE,
    REPORT_FILE,
    SUFFIXES,
    find_extract,
    read_description,
    write_json,
)
from registers.legal_orders import legal_order
from registers.tables import TABLES
from registers.validation.expectations import record_verdict, version
from registers.validation.reporting import ValidationReport
from registers.validation.tables import Judge, ValidatedTable, validate_table

Progress = Callable[[str], None]


def validate_extract(
    source: Path, out: Path, progress: Progress | None = None, judge: Judge = record_verdict
) -> ValidationReport:
    """Splits an extract into accepted rows and rows set aside, and writes both into `out`.

    `out` then holds a Parquet file per table of the contract (absent tables are empty),
    quarantine/, extract.json, report.json and report.html. It is written to the side and moved
    into place when complete. A folder that validation wrote before is replaced.

    Args:
        source: the folder of an extract, or the folder above its `registers/`.
        out: the folder to write.
        progress: is told one sentence per table.
        judge: who records the verdict beside Polars; Great Expectations unless a test says other.

    Returns:
        The report, whose `exit_code` is 0 clean, 11 rows set aside, 12 a table unusable.

    Raises:
        ExtractNotFoundError: there is no table in `source`.
        ExtractDescriptionError: extract.json cannot be read.
        UnknownLegalOrderError: extract.json names a legal order that is not served.
        OutputFolderError: `out` holds something that validation did not write.
    """
    folder = find_extract(source)
    description = read_description(folder)
    check_output_folder(out)
    validated = _validate_tables(folder, str(description["legal_order"]), progress, judge)
    report = ValidationReport(
        legal_order=str(description["legal_order"]),
        judge=f"Great Expectations {version()}" if judge is record_verdict else "another judge",
        tables={name: table.report for name, table in validated.items()},
        ignored_files=_ignored(folder),
        description=description,
    )
    _write(out, validated, report)
    return report


def check_output_folder(out: Path) -> None:
    """Raises OutputFolderError unless `out` is new, empty or written by validation."""
    if not out.exists():
        return
    if not out.is_dir() or (any(out.iterdir()) and not (out / REPORT_FILE).is_file()):
        raise OutputFolderError(out)


def _validate_tables(
    folder: Path, legal_order_id: str, progress: Progress | None, judge: Judge
) -> dict[str, ValidatedTable]:
    """Parents come first in the contract, so that a row whose parent was set aside is an orphan."""
    validated: dict[str, ValidatedTable] = {}
    parents: dict[str, pl.Series] = {}
    for name, table in TABLES.items():
        validated[name] = validate_table(
            table.under(legal_order(legal_order_id)), folder, parents, judge
        )
        ids = validated[name].ids
        if ids is not None:
            parents[name] = ids
        if progress is not None:
            progress(validated[name].report.sentence)
    return validated


def _ignored(folder: Path) -> tuple[str, ...]:
    """Files of the folder that are no table: a misspelt name must not pass in silence."""
    read = {f"{name}{suffix}" for name in TABLES for suffix in SUFFIXES} | {EXTRACT_FILE}
    return tuple(sorted(file.name for file in folder.iterdir() if file.name not in read))


def _write(out: Path, validated: dict[str, ValidatedTable], report: ValidationReport) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        _write_into(partial, validated, report)
        _move_into_place(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_into(
    folder: Path, validated: dict[str, ValidatedTable], report: ValidationReport
) -> None:
    quarantine = folder / "quarantine"
    quarantine.mkdir(parents=True)
    quarantine.chmod(0o700)  # rows as read: personal data
    for name, table in validated.items():
        table.accepted.write_parquet(folder / f"{name}.parquet", compression="zstd")
        table.quarantine.write_parquet(quarantine / f"{name}.parquet", compression="zstd")
    write_json(folder / EXTRACT_FILE, report.description)
    write_json(folder / REPORT_FILE, report.as_dict())
    (folder / "report.html").write_text(report.as_html(), encoding="utf-8")


def _move_into_place(partial: Path, out: Path) -> None:
    former = out.with_name(f".{out.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if out.exists():
        out.rename(former)
    partial.rename(out)
    shutil.rmtree(former, ignore_errors=True)
