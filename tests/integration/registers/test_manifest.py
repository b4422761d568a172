"""A manifest tells what was sent; what arrived otherwise is named before it is read."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from registers.errors import ManifestError
from registers.examples import example_tables
from registers.extract import write_extract
from registers.sources.files import FolderExtract, seal_extract
from registers.validation import ValidationReport, validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged

DAY = date(2026, 4, 1)


def trusting(name: str, judged: Judged) -> Verdict:
    return Verdict(judged.frame.height, judged.n_failing, {})


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    folder = write_extract(tmp_path / "in", example_tables({"payments": [{}] * 3}), "uz")
    seal_extract(tmp_path / "in", DAY)
    return folder


def validate(extract: Path) -> ValidationReport:
    return validate_extract(extract, extract.parent / "tables", judge=trusting)


def test_what_arrived_as_it_was_sent_is_read(extract: Path) -> None:
    report = validate(extract)
    assert report.exit_code == 0
    assert report.extracted_on == "2026-04-01"
    assert report.manifest_sha256 == FolderExtract(extract).manifest_sha256


def test_the_manifest_states_hash_size_and_rows_of_every_file(extract: Path) -> None:
    stated = json.loads((extract / "manifest.json").read_text(encoding="utf-8"))
    assert set(stated["files"]) == {
        "debtors.parquet",
        "cases.parquet",
        "payments.parquet",
        "extract.json",
    }
    entry = stated["files"]["payments.parquet"]
    assert entry["rows"] == 3
    assert entry["bytes"] == (extract / "payments.parquet").stat().st_size
    assert len(entry["sha256"]) == 64


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def append(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (cut_off, "it was cut off on the way. Transfer it again."),
        (append, "it was changed on the way. Transfer it again."),
        (flip, "its SHA-256 differs). Transfer it again"),
        (Path.unlink, "payments.parquet is missing, but manifest.json names it. Transfer it"),
    ],
)
def test_a_file_that_arrived_otherwise_is_named_and_the_others_are_read(
    extract: Path, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(extract / "payments.parquet")
    report = validate(extract)
    assert report.exit_code == 12
    assert told in str(report.tables["payments"].refused)
    assert str(report.tables["payments"].refused).startswith("payments: payments.parquet ")
    assert report.tables["cases"].accepted == 1


def test_a_table_that_the_manifest_does_not_name_is_not_read(extract: Path) -> None:
    example_tables({"incomes": [{}]})["incomes"].write_parquet(extract / "incomes.parquet")
    assert "is not named in manifest.json" in str(validate(extract).tables["incomes"].refused)


def test_a_count_of_rows_that_does_not_fit_is_told(extract: Path) -> None:
    file = extract / "manifest.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"rows": 3', '"rows": 4'))
    assert "has 3 rows where manifest.json states 4" in str(
        validate(extract).tables["payments"].refused
    )


def test_no_row_can_have_been_reported_after_the_day_of_the_extract(extract: Path) -> None:
    payments = pl.read_parquet(extract / "payments.parquet")
    late = pl.Series("reported_on", [DAY, date(2026, 4, 2), date(2026, 1, 5)])
    payments.with_columns(late).write_parquet(extract / "payments.parquet")
    seal_extract(extract, DAY)
    report = validate(extract)
    assert report.tables["payments"].n_by_reason == {"reported_in_future": 1}
    aside = pl.read_parquet(extract.parent / "tables" / "quarantine" / "payments.parquet")
    assert aside["row_number"].to_list() == [1]
    assert "after 2026-04-01, the day of the extract" in aside["reason"][0]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"[]",
        b"{}",
        b'{"manifest": 2, "files": {}}',
        b'{"manifest": 1, "files": {"a": {"sha256": "x"}}}',
        b'{"manifest": 1, "files": {}, "extracted_on": "soon"}',
        b'{"manifest": 1, "files": {"a": {"sha256": "x", "bytes": 1, "rows": "many"}}}',
        b'{"manifest": 1, "files": {}, "extent": "some"}',
    ],
)
def test_a_manifest_that_cannot_be_read_stops_with_a_sentence(
    extract: Path, content: bytes
) -> None:
    (extract / "manifest.json").write_bytes(content)
    with pytest.raises(ManifestError, match=r"cannot be read: .*chora manifest"):
        validate(extract)


def test_an_increment_needs_the_manifest_of_the_extract_before(
    extract: Path, tmp_path: Path
) -> None:
    write_extract(tmp_path / "unsealed", example_tables({}), "uz")
    with pytest.raises(ManifestError, match="there is none"):
        seal_extract(extract, DAY, follows=tmp_path / "unsealed")
