"""Files and PostgreSQL give identical tables, quarantine and features, hash by hash."""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
from psycopg import sql

from features.frame import build_features
from registers.contract import Column
from registers.extract import load_tables
from registers.snapshot import locate
from registers.sources.dates import ReportedBetween
from registers.sources.files import FolderExtract
from registers.sources.opening import open_source
from registers.sources.postgres import Address, load_extract, make_reader
from registers.tables import TABLES
from registers.validation import ValidationReport, validate_extract
from registers.validation.page import as_page
from tests.integration.registers.postgres.bad_csv import write_csv_with_faults

OTHER = Path(__file__).parents[5] / "shared" / "data" / "other_extract"
WINDOW = ReportedBetween(date(2025, 6, 1), date(2025, 12, 31))
# What names the source itself, and so cannot be the same.
NAMES_OF_SOURCES = {"source", "source_file"}


@pytest.fixture(
    params=[
        "csv with faults",
        pytest.param("parquet", marks=pytest.mark.long),
        pytest.param("another hand", marks=pytest.mark.long),
    ]
)
def extract(request: pytest.FixtureRequest, nation: Path, tmp_path: Path) -> Path:
    if request.param == "parquet":
        return nation
    if request.param == "csv with faults":
        return write_csv_with_faults(nation, tmp_path / "csv")
    if not OTHER.is_dir():
        pytest.skip("other_extract lies beside the project and is not there")
    return OTHER


def _hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that validation wrote, without the names of the sources.

    The page is compared apart: it is made from the report, with the names in its sentences.
    """
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(_told(path)).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".html"
    }


def _told(path: Path) -> bytes:
    if path.suffix != ".json":
        return path.read_bytes()
    return json.dumps(_without_sources(json.loads(path.read_bytes()))).encode()


def _without_sources(told: Any) -> Any:
    if isinstance(told, dict):
        return {k: _without_sources(v) for k, v in told.items() if k not in NAMES_OF_SOURCES}
    return [_without_sources(each) for each in told] if isinstance(told, list) else told


def _from_nowhere(report: ValidationReport) -> ValidationReport:
    """The report without the names of its sources, which differ on purpose."""
    tables = {
        name: replace(table, source_file="it" if table.source_file else None)
        for name, table in report.tables.items()
    }
    return replace(report, source="it", tables=tables)


def _features_hash(tables: Path, questions: Path) -> str:
    registers = load_tables(tables)
    points, _ = locate(registers, pl.read_parquet(questions))
    content = io.BytesIO()
    build_features(registers, points).write_parquet(content)
    return hashlib.sha256(content.getvalue()).hexdigest()


def test_tables_quarantine_repairs_report_and_features_are_the_same(
    extract: Path, url: str, address_of: Callable[[str], str], tmp_path: Path
) -> None:
    files, database = tmp_path / "files", tmp_path / "database"
    from_files = validate_extract(extract, files)
    load_extract(FolderExtract(extract), Address.parse(url), batch_rows=3_333)
    make_reader(Address.parse(url), "same_reader")
    with open_source(url=address_of("same_reader")) as (source, warnings):
        from_database = validate_extract(source, database)
    assert warnings == ()
    assert from_files.exit_code == from_database.exit_code
    assert _hashes(files) == _hashes(database)
    assert as_page(_from_nowhere(from_files)) == as_page(_from_nowhere(from_database))
    questions = extract / "questions.parquet"
    assert _features_hash(files, questions) == _features_hash(database, questions)
    _assert_not_empty(from_files, extract)


def _assert_not_empty(report: ValidationReport, extract: Path) -> None:
    """The comparison is worth something: rows were accepted, and of the faulty CSV set aside."""
    assert sum(table.accepted for table in report.tables.values()) > 10_000
    if extract.name == "csv":
        assert all(table.set_aside >= 3 for table in report.tables.values() if table.read)
        assert sum(table.repaired for table in report.tables.values()) > 0


@pytest.mark.long
def test_an_operators_own_tables_give_the_same_rows_and_features(
    nation: Path, url: str, owner: psycopg.Connection, tmp_path: Path
) -> None:
    """Tables without our columns, in an order of their own, in other types that mean the same."""
    files, database = tmp_path / "files", tmp_path / "database"
    validate_extract(nation, files)
    load_extract(FolderExtract(nation), Address.parse(url))
    owner.execute("CREATE SCHEMA own")
    for name in TABLES:
        columns = sql.SQL(", ").join(map(_in_another_type, TABLES[name].columns))
        copy = sql.SQL("CREATE TABLE own.{t} AS SELECT {c} FROM registers.{t} ORDER BY random()")
        owner.execute(copy.format(t=sql.Identifier(name), c=columns))
    with open_source(url=url, schema="own") as (source, _):
        validate_extract(source, database)
    for name, table in TABLES.items():
        by = list(table.column_names)
        mine = pl.read_parquet(files / f"{name}.parquet").sort(by)
        assert mine.equals(pl.read_parquet(database / f"{name}.parquet").sort(by)), name
    questions = nation / "questions.parquet"
    assert _features_hash(files, questions) == _features_hash(database, questions)


def _in_another_type(column: Column) -> sql.Composed:
    other = {"id": "varchar(60)", "som": "numeric(15)", "int": "int", "date": "timestamp"}
    name = sql.Identifier(column.name)
    if column.kind not in other:
        return sql.SQL("{}").format(name)
    return sql.SQL("{n}::{t} AS {n}").format(n=name, t=sql.SQL(other[column.kind]))


def test_a_filter_by_the_server_gives_what_a_filter_of_files_gives(
    extract: Path, url: str, tmp_path: Path
) -> None:
    load_extract(FolderExtract(extract), Address.parse(url))
    whole = FolderExtract(extract)
    n_left_out = 0
    with (
        open_source(extract, days=WINDOW) as (files, _),
        open_source(url=url, days=WINDOW) as (database, _),
    ):
        for name in TABLES:
            mine, other, every = files.table(name), database.table(name), whole.table(name)
            if mine is None or other is None or every is None:
                assert mine is other is every is None
                continue
            assert mine.sha256 == other.sha256
            assert other.n_rows is None
            rows = list(mine.batches(700))
            assert len(rows) == len(list(other.batches(700)))
            for frame, same in zip(rows, other.batches(700), strict=True):
                assert frame.equals(same), name
            n_every = sum(frame.height for frame in every.batches(10_000))
            n_left_out += n_every - sum(frame.height for frame in rows)
    assert n_left_out > 1_000
