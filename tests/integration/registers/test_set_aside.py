"""From a row set aside to the tables that everything reads: whose rows are not all known."""

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from registers.errors import UnusableTablesError
from registers.examples import example_frame, example_tables
from registers.extract import load_tables, source_hash_of, write_extract
from registers.lineage import changed_tables, load_lineage
from registers.snapshot import locate
from registers.tables import TABLES
from registers.unknown import unknown_points
from registers.unknown_rows import unknown_schema
from registers.validation import Settings, ValidationReport, validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged

REPORTED, LATER, DAY = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
CAR = {"vehicle_id": "car", "reported_on": REPORTED}
Rows = dict[str, list[dict[str, Any]]]


def trusting(name: str, judged: Judged) -> Verdict:
    return Verdict(judged.frame.height, judged.n_failing, {})


def extract(folder: Path, rows: Rows, *, every: bool = True) -> Path:
    made = example_tables(rows) if every else {n: example_frame(n, r) for n, r in rows.items()}
    write_extract(folder, made, "uz")
    return folder


def validated(
    folder: Path, rows: Rows, name: str = "tables", **settings: Any
) -> tuple[ValidationReport, Path]:
    source = extract(folder / f"{name}-extract", rows, every="onto" not in settings)
    chosen = Settings(judge=trusting, **settings)
    return validate_extract(source, folder / name, settings=chosen), folder / name


def unknown(tables: Path, name: str) -> list[dict[str, Any]]:
    frame = pl.read_parquet(tables / "unknown" / f"{name}.parquet")
    assert frame.schema == unknown_schema(TABLES[name])
    return frame.to_dicts()


def why(tables: Path, table: str, day: date = DAY) -> list[str]:
    registers = load_tables(tables)
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [day]})
    points, _ = locate(registers, asked)
    return unknown_points(registers, points, table, "debtor")["why"].to_list()


def test_a_row_set_aside_is_written_with_owner_reason_report_and_key(tmp_path: Path) -> None:
    report, tables = validated(tmp_path, {"vehicles": [{**CAR, "kind": "spaceship"}, {}]})
    assert unknown(tables, "vehicles") == [
        {
            "debtor_id": "debtor-0",
            "reason": "unknown_value",
            "reported_on": REPORTED,
            "vehicle_id": "car",
        }
    ]
    assert report.tables["vehicles"].n_unknown == 1
    assert "Debtors of whom not all rows" in report.tables["vehicles"].sentence
    assert why(tables, "vehicles") == ["part_set_aside"]
    assert why(tables, "vehicles", date(2026, 1, 20)) == []
    assert stat.S_IMODE((tables / "unknown").stat().st_mode) == 0o700


def test_every_table_has_its_file_and_nothing_is_unknown_of_a_faultless_one(tmp_path: Path) -> None:
    _, tables = validated(tmp_path, {"vehicles": [CAR]})
    assert all(unknown(tables, name) == [] for name in TABLES)
    assert why(tables, "vehicles") == []
    assert load_tables(tables).unknown == {}


def test_the_report_day_of_a_row_that_contradicts_it_is_not_believed(tmp_path: Path) -> None:
    late = {"payment_id": "p", "paid_on": LATER, "reported_on": REPORTED}
    _, tables = validated(tmp_path, {"payments": [late, {}]})
    assert [row["reported_on"] for row in unknown(tables, "payments")] == [None]


def test_a_row_whose_owner_cannot_be_read_is_counted_and_said(tmp_path: Path) -> None:
    source = extract(tmp_path / "extract", {"vehicles": [{}, {}]})
    file = source / "registers" / "vehicles.parquet"
    frame = pl.read_parquet(file)
    nameless = pl.when(pl.int_range(pl.len()) == 0).then(None).otherwise("debtor_id")
    frame.with_columns(nameless.alias("debtor_id")).write_parquet(file)
    report = validate_extract(source, tmp_path / "tables", judge=trusting)
    assert report.tables["vehicles"].n_without_owner == 1
    assert unknown(tmp_path / "tables", "vehicles") == []
    assert "nobody can tell whose they are: 1." in report.tables["vehicles"].sentence


def test_an_account_names_its_owner_where_the_row_does_not(tmp_path: Path) -> None:
    rows = [{"account_id": "a", "month": date(2025, m, 1)} for m in (10, 11)]
    source = extract(tmp_path / "extract", {"accounts": rows})
    file = source / "registers" / "accounts.parquet"
    frame = pl.read_parquet(file)
    nameless = pl.when(pl.col("month") == date(2025, 11, 1)).then(None).otherwise("debtor_id")
    frame.with_columns(nameless.alias("debtor_id")).write_parquet(file)
    report = validate_extract(source, tmp_path / "tables", judge=trusting)
    assert [row["debtor_id"] for row in unknown(tmp_path / "tables", "accounts")] == ["debtor-0"]
    assert report.tables["accounts"].n_without_owner == 0


def test_what_is_unknown_changes_the_hash_and_the_lineage_sees_it_change(tmp_path: Path) -> None:
    _, tables = validated(tmp_path, {"vehicles": [{**CAR, "kind": "spaceship"}, {}]})
    lineage = load_lineage(tables)
    assert lineage.source_hash == source_hash_of(tables)
    assert changed_tables(tables, lineage) == {}
    file = tables / "unknown" / "vehicles.parquet"
    pl.read_parquet(file).clear().write_parquet(file)
    assert source_hash_of(tables) != lineage.source_hash
    assert changed_tables(tables, lineage) == {"unknown/vehicles": "differs"}


def test_a_table_all_set_aside_is_not_one_that_came_empty(tmp_path: Path) -> None:
    bad = [{"vehicle_id": f"v{n}", "kind": "spaceship"} for n in range(60)]
    report, tables = validated(tmp_path, {"vehicles": bad})
    assert report.exit_code == 12
    sentence = str(report.tables["vehicles"].refused)
    assert "all 60 rows were set aside" in sentence
    assert "without a row" not in sentence
    assert "In 60 of 60 rows the reason is one: `kind`" in sentence
    with pytest.raises(UnusableTablesError, match="vehicles"):
        load_tables(tables)


def test_a_table_all_set_aside_and_let_pass_is_known_of_nobody(tmp_path: Path) -> None:
    bad = [{"vehicle_id": f"v{n}", "kind": "spaceship"} for n in range(60)]
    debtors = [{}, {}]
    cases = [{"debtor_id": "debtor-1"}]
    rows = {"vehicles": bad, "debtors": debtors, "cases": cases}
    _, tables = validated(tmp_path, rows, accept=("vehicles.all_rows_set_aside",))
    assert why(tables, "vehicles") == ["all_set_aside"]  # debtor-1 had no row among them
    assert "vehicles" in load_tables(tables).absent


def test_an_increment_makes_known_what_it_delivers_anew(tmp_path: Path) -> None:
    bad = [{**CAR, "kind": "spaceship"}, {"vehicle_id": "v2", "kind": "spaceship"}, {}]
    _, first = validated(tmp_path, {"vehicles": bad}, "first")
    assert len(unknown(first, "vehicles")) == 2
    again = {"vehicles": [CAR]}
    _, second = validated(tmp_path, again, "second", onto=first)
    assert [row["vehicle_id"] for row in unknown(second, "vehicles")] == ["v2"]
    _, third = validated(tmp_path, {"incomes": [{}]}, "third", onto=second)
    assert [row["vehicle_id"] for row in unknown(third, "vehicles")] == ["v2"]
    report = json.loads((third / "report.json").read_text(encoding="utf-8"))
    assert report["tables"]["vehicles"]["unknown_owners"] == 1
    assert why(third, "vehicles") == ["part_set_aside"]


def test_a_later_report_leaves_the_days_before_it_unknown(tmp_path: Path) -> None:
    _, first = validated(tmp_path, {"vehicles": [{**CAR, "kind": "spaceship"}, {}]}, "first")
    again = {"vehicles": [{**CAR, "reported_on": LATER}]}
    _, second = validated(tmp_path, again, "second", onto=first)
    assert why(second, "vehicles", REPORTED) == ["part_set_aside"]
    assert why(second, "vehicles", LATER) == []


def test_the_size_of_a_batch_changes_no_byte(tmp_path: Path) -> None:
    bad = [{"vehicle_id": f"v{n}", "kind": "spaceship" if n % 3 else "car"} for n in range(30)]
    written = []
    for size in (4, 7, 1000):
        _, tables = validated(tmp_path, {"vehicles": bad}, f"by-{size}", batch_rows=size)
        written.append((tables / "unknown" / "vehicles.parquet").read_bytes())
    assert len(set(written)) == 1
