import json
from pathlib import Path

import polars as pl
import pytest

from registers.errors import (
    ExtractDescriptionError,
    ExtractNotFoundError,
    NotValidatedError,
    OutputFolderError,
    TablesChangedError,
    UnknownLegalOrderError,
    UnusableTablesError,
)
from registers.examples import example_tables
from registers.extract import find_extract, load_tables, write_extract
from registers.validation import validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged


def trusting(name: str, judged: Judged) -> Verdict:
    """A judge that takes Polars' word: the tests of the real one are in tests/reference."""
    return Verdict(judged.frame.height, judged.n_failing, {})


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    write_extract(tmp_path / "in", example_tables({"payments": [{}, {}]}), "uz")
    return tmp_path / "in"


@pytest.fixture
def tables(extract: Path, tmp_path: Path) -> Path:
    validate_extract(extract, tmp_path / "tables", judge=trusting)
    return tmp_path / "tables"


def test_validated_tables_are_loaded_with_all_thirteen_tables(tables: Path) -> None:
    registers = load_tables(tables)
    assert len(registers.tables) == 13
    assert registers.table("payments").height == 2
    assert registers.table("vehicles").is_empty()
    assert "vehicles" in registers.absent
    assert "payments" not in registers.absent


def test_a_raw_extract_is_refused_with_the_command_that_helps(extract: Path) -> None:
    for folder in (extract, extract / "registers"):
        with pytest.raises(NotValidatedError, match="Run: chora validate") as told:
            load_tables(folder)
        assert told.value.exit_code == 2


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    for call in (load_tables, find_extract):
        with pytest.raises(ExtractNotFoundError, match="no register table"):
            call(tmp_path)


def test_the_same_tables_have_the_same_hash_and_others_another(
    extract: Path, tables: Path, tmp_path: Path
) -> None:
    validate_extract(extract, tmp_path / "again", judge=trusting)
    write_extract(tmp_path / "other", example_tables({"payments": [{}]}), "uz")
    validate_extract(tmp_path / "other", tmp_path / "other_tables", judge=trusting)
    hashes = [
        load_tables(folder).source_hash
        for folder in (tables, tmp_path / "again", tmp_path / "other_tables")
    ]
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_refused_table_makes_the_tables_unusable(extract: Path, tmp_path: Path) -> None:
    (extract / "registers" / "payments.parquet").write_bytes(b"")
    report = validate_extract(extract, tmp_path / "tables", judge=trusting)
    assert report.exit_code == 12
    with pytest.raises(UnusableTablesError, match=r"payments\.parquet is empty"):
        load_tables(tmp_path / "tables")


def test_a_table_that_was_removed_or_changed_afterwards_is_noticed(tables: Path) -> None:
    pl.DataFrame({"a": [1]}).write_parquet(tables / "vehicles.parquet")
    with pytest.raises(TablesChangedError, match="vehicles"):
        load_tables(tables)
    (tables / "accounts.parquet").unlink()
    with pytest.raises(TablesChangedError, match="accounts"):
        load_tables(tables)


def test_validation_replaces_what_it_wrote_and_nothing_else(
    extract: Path, tables: Path, tmp_path: Path
) -> None:
    before = (tables / "report.json").read_bytes()
    validate_extract(extract, tables, judge=trusting)
    assert (tables / "report.json").read_bytes() == before
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear colleague")
    with pytest.raises(OutputFolderError, match="left alone"):
        validate_extract(extract, mine, judge=trusting)
    with pytest.raises(OutputFolderError):
        validate_extract(extract, extract / "registers", judge=trusting)
    assert sorted(path.name for path in mine.iterdir()) == ["letter.txt"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_extract_names_its_legal_order(tmp_path: Path) -> None:
    letters = example_tables({"actions": [{"measure": "reminder"}]})
    write_extract(tmp_path / "in", letters, "philadelphia")
    report = validate_extract(tmp_path / "in", tmp_path / "tables", judge=trusting)
    assert report.exit_code == 0
    assert load_tables(tmp_path / "tables").legal_order.currency == "USD"


@pytest.mark.parametrize("text", ["{", "[]", '{"legal_order": "\udcff"}'])
def test_a_description_that_cannot_be_read_is_named(extract: Path, text: str) -> None:
    file = extract / "registers" / "extract.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ExtractDescriptionError, match=r"extract\.json"):
        validate_extract(extract, extract / "out", judge=trusting)


def test_a_legal_order_that_is_not_served_is_named(extract: Path) -> None:
    file = extract / "registers" / "extract.json"
    file.write_text(json.dumps({"legal_order": "atlantis"}), encoding="utf-8")
    with pytest.raises(UnknownLegalOrderError, match="atlantis"):
        validate_extract(extract, extract / "out", judge=trusting)
