"""The day of an extract: who states it, and when the clock of the machine is not believed."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from registers.examples import example_tables
from registers.extract import write_extract
from registers.legal_orders import legal_order
from registers.sources.files import FolderExtract, seal_extract
from registers.tables import TABLES
from registers.validation.day import day_of_extract

CASES = TABLES["cases"].under(legal_order("uz"))
REPORTED, BEFORE, AFTER = date(2026, 1, 5), date(2026, 1, 4), date(2026, 6, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_extract(tmp_path / "in", example_tables({"cases": [{}, {}, {}]}), "uz")


def test_the_manifest_comes_before_a_person_and_a_person_before_the_clock(folder: Path) -> None:
    assert day_of_extract(FolderExtract(folder), AFTER, BEFORE, CASES) == AFTER
    assert day_of_extract(FolderExtract(folder), None, AFTER, CASES) == AFTER
    seal_extract(folder, REPORTED)
    assert day_of_extract(FolderExtract(folder), AFTER, AFTER, CASES) == REPORTED


def test_a_clock_that_lies_before_most_cases_is_not_believed(folder: Path) -> None:
    assert day_of_extract(FolderExtract(folder), None, REPORTED, CASES) == REPORTED
    assert day_of_extract(FolderExtract(folder), None, BEFORE, CASES) is None


def test_nobody_asks_where_nobody_knows(folder: Path) -> None:
    assert day_of_extract(FolderExtract(folder), None, None, CASES) is None


@pytest.mark.parametrize("content", [b"", b"no parquet"])
def test_cases_that_cannot_be_read_do_not_contradict_the_clock(
    folder: Path, content: bytes
) -> None:
    (folder / "cases.parquet").write_bytes(content)
    assert day_of_extract(FolderExtract(folder), None, BEFORE, CASES) == BEFORE


def test_cases_without_a_readable_day_do_not_contradict_the_clock(folder: Path) -> None:
    file = folder / "cases.parquet"
    pl.read_parquet(file).with_columns(reported_on=pl.lit("soon")).write_parquet(file)
    assert day_of_extract(FolderExtract(folder), None, BEFORE, CASES) == BEFORE
    pl.read_parquet(file).drop("closed_on").write_parquet(file)
    assert day_of_extract(FolderExtract(folder), None, BEFORE, CASES) == BEFORE
