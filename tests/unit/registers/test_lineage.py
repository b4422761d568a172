"""Where tables came from is written once and read back whole, years later."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registers.errors import ChoraError
from registers.lineage import (
    ExtractLineage,
    Lineage,
    LineageUnreadableError,
    NoLineageError,
    OtherTablesError,
    TableLineage,
    ValidationOutcome,
    changed_tables,
    find_lineage,
    hash_file,
    lineage_of,
    load_lineage,
    parse_lineage,
    write_lineage,
)

ACCOUNTS = TableLineage(
    source="accounts.csv",
    source_sha256="a" * 64,
    table_sha256="b" * 64,
    rows=97,
    read=100,
    accepted=97,
    repaired=4,
    set_aside=3,
    repairs={"decimal_comma": 4},
    validation=ValidationOutcome(21, False, ("reported_on is 40 days old.",), "c" * 64),
)
NOTHING = TableLineage("vehicles", "d" * 64, 0, 0, 0, 0, 0, absent=True)
LINEAGE = Lineage(
    source_hash="e" * 64,
    validated_with={"chora": "1.0", "judge": "Great Expectations 1.24"},
    extracts=(
        ExtractLineage("extract of March", "f" * 64, date(2026, 4, 1)),
        ExtractLineage("public schema", kind="increment"),
    ),
    tables={"accounts": ACCOUNTS, "vehicles": NOTHING},
)


def test_a_lineage_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    write_lineage(tmp_path, LINEAGE)
    assert load_lineage(tmp_path) == LINEAGE
    assert load_lineage(tmp_path).as_text() == LINEAGE.as_text()


def test_the_file_has_the_fixed_fields() -> None:
    body = LINEAGE.as_dict()
    assert list(body) == ["source_hash", "validated_with", "extracts", "tables"]
    extract = ["source", "manifest_sha256", "extracted_on", "kind"]
    assert sorted(body["extracts"][0]) == sorted(extract)
    assert body["extracts"][0]["extracted_on"] == "2026-04-01"
    assert body["tables"]["accounts"] == {
        "source": "accounts.csv",
        "source_sha256": "a" * 64,
        "table_sha256": "b" * 64,
        "rows": 97,
        "read": 100,
        "accepted": 97,
        "repaired": 4,
        "set_aside": 3,
        "repairs": {"decimal_comma": 4},
        "validation": {
            "expectations": 21,
            "is_clean": False,
            "warnings": ["reported_on is 40 days old."],
            "suite_sha256": "c" * 64,
        },
        "absent": False,
    }


def test_a_lineage_of_some_tables_keeps_their_order_and_all_else() -> None:
    one = LINEAGE.of_tables({"vehicles", "unheard_of"})
    assert list(one.tables) == ["vehicles"]
    assert replace(one, tables=LINEAGE.tables) == LINEAGE
    assert list(LINEAGE.of_tables(["vehicles", "accounts"]).tables) == ["accounts", "vehicles"]


def test_tables_of_an_older_validation_say_so_with_the_remedy(tmp_path: Path) -> None:
    assert find_lineage(tmp_path) is None
    with pytest.raises(NoLineageError, match=r"older version.*chora validate again") as told:
        load_lineage(tmp_path)
    assert told.value.exit_code == 2


def _without(name: str) -> str:
    body = LINEAGE.as_dict()
    del body[name]
    return json.dumps(body)


def _with_table(**changed: Any) -> str:
    body = LINEAGE.as_dict()
    body["tables"]["accounts"] |= changed
    return json.dumps(body)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is no JSON"),
        ("[]", "another kind"),
        ("null", "another kind"),
        (_without("source_hash"), "source_hash is missing"),
        (_without("tables"), "tables is missing"),
        (_with_table(rows="many"), "another kind"),
        (_with_table(table_sha256=None), "another kind"),
        (_with_table(repairs=[1]), "another kind"),
        (_with_table(validation=None), "another kind"),
        (LINEAGE.as_text().replace('"increment"', '"half"'), "another kind"),
        (LINEAGE.as_text().replace("2026-04-01", "1 April"), "another kind"),
    ],
)
def test_a_damaged_lineage_is_told_in_one_sentence(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "lineage.json").write_text(text)
    for read in (load_lineage, find_lineage):
        with pytest.raises(LineageUnreadableError, match=why) as told:
            read(tmp_path)
        assert isinstance(told.value, ChoraError)
        assert told.value.exit_code == 12


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "lineage.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LineageUnreadableError, match="no text in UTF-8"):
        load_lineage(tmp_path)


def test_fields_of_a_later_version_are_left() -> None:
    body = LINEAGE.as_dict() | {"seal": "later"}
    body["tables"]["accounts"]["partitions"] = 12
    assert parse_lineage(json.dumps(body)) == LINEAGE


def test_a_changed_and_a_missing_file_are_named(tmp_path: Path) -> None:
    for name in ("accounts", "vehicles"):
        (tmp_path / f"{name}.parquet").write_bytes(name.encode() * 1000)
    tables = {
        name: replace(table, table_sha256=hash_file(tmp_path / f"{name}.parquet"))
        for name, table in LINEAGE.tables.items()
    }
    lineage = replace(LINEAGE, tables=tables)
    assert changed_tables(tmp_path, lineage) == {}
    with (tmp_path / "accounts.parquet").open("ab") as file:
        file.write(b"x")
    assert changed_tables(tmp_path, lineage) == {"accounts": "differs"}
    (tmp_path / "vehicles.parquet").unlink()
    assert changed_tables(tmp_path, lineage) == {"accounts": "differs", "vehicles": "missing"}


def test_the_lineage_of_the_very_tables_is_given_and_that_of_others_refused(
    tmp_path: Path,
) -> None:
    assert lineage_of(tmp_path, "e" * 64) is None
    write_lineage(tmp_path, LINEAGE)
    assert lineage_of(tmp_path, LINEAGE.source_hash) == LINEAGE
    (tmp_path / "vehicles.parquet").write_bytes(b"changed")
    with pytest.raises(OtherTablesError, match=r"accounts, vehicles.*validate again") as told:
        lineage_of(tmp_path, "9" * 64)
    assert told.value.exit_code == 12
