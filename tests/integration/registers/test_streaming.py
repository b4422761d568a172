"""Tables larger than a batch: the same result in any batches, and no table held whole."""

import hashlib
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from registers.examples import example_tables
from registers.extract import load_tables, write_extract
from registers.snapshot import Snapshot
from registers.validation import Settings, ValidationReport, validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged


def trusting(name: str, judged: Judged) -> Verdict:
    return Verdict(judged.frame.height, judged.n_failing, {})


def payments(n: int) -> pl.DataFrame:
    """Payments of which every tenth is negative and every seventh repeats the first key."""
    frame = example_tables({"payments": [{"amount_som": 10 + i} for i in range(n)]})["payments"]
    number = pl.int_range(pl.len())
    return frame.with_columns(
        amount_som=pl.when(number % 10 == 3).then(-1).otherwise("amount_som"),
        payment_id=pl.when(number % 7 == 0).then(pl.lit("payment-0")).otherwise("payment_id"),
    )


def validate(folder: Path, frame: pl.DataFrame, batch_rows: int, as_csv: bool) -> ValidationReport:
    extract = write_extract(folder / "in", example_tables({}), "uz")
    if as_csv:
        frame.write_csv(extract / "payments.csv")
    else:
        frame.write_parquet(extract / "payments.parquet", row_group_size=5)
    settings = Settings(judge=trusting, batch_rows=batch_rows)
    return validate_extract(folder / "in", folder / "tables", settings=settings)


def rows_of(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    tables = folder / "tables"
    return (
        pl.read_parquet(tables / "payments.parquet"),
        pl.read_parquet(tables / "quarantine" / "payments.parquet"),
    )


@pytest.mark.parametrize("as_csv", [False, True])
@pytest.mark.parametrize("batch_rows", [1, 2, 7, 49, 50, 51])
def test_batches_of_any_size_give_the_same_rows(
    tmp_path: Path, batch_rows: int, as_csv: bool
) -> None:
    frame = payments(50)
    whole = validate(tmp_path / "whole", frame, 1000, as_csv)
    parted = validate(tmp_path / "parted", frame, batch_rows, as_csv)
    assert whole.tables["payments"] == parted.tables["payments"]
    assert whole.tables["payments"].n_by_reason == {"negative_amount": 5, "contradicting_rows": 8}
    for one, other in zip(rows_of(tmp_path / "whole"), rows_of(tmp_path / "parted"), strict=True):
        assert one.equals(other)


@pytest.mark.parametrize("batch_rows", [1, 7, 100])
def test_equal_rows_count_once_and_contradicting_ones_never_however_far_apart(
    tmp_path: Path, batch_rows: int
) -> None:
    rows = example_tables({"payments": [{"amount_som": 10 + i} for i in range(30)]})["payments"]
    other = rows.head(1).with_columns(pl.lit(99).cast(pl.Int64).alias("amount_som"))
    frame = pl.concat([rows, rows[1:3], other, rows.head(1)])
    said = validate(tmp_path, frame, batch_rows, as_csv=False).tables["payments"]
    assert said.n_by_reason == {"contradicting_rows": 3, "duplicate_key": 2}
    kept, aside = rows_of(tmp_path)
    assert kept["payment_id"].to_list() == [f"payment-{n}" for n in range(1, 30)]
    assert aside["row_number"].to_list() == [0, 30, 31, 32, 33]


def test_the_same_extract_gives_the_same_bytes(tmp_path: Path) -> None:
    hashes = []
    for name in ("once", "again"):
        validate(tmp_path / name, payments(50), 7, as_csv=False)
        files = sorted((tmp_path / name / "tables").rglob("*.parquet"))
        hashes.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
    assert hashes[0] == hashes[1]


def test_a_correction_in_a_later_batch_is_no_repetition(tmp_path: Path) -> None:
    first = example_tables({"payments": [{"amount_som": 10}, {"amount_som": 20}]})["payments"]
    later = first.head(1).with_columns(
        amount_som=pl.lit(11, dtype=pl.Int64), reported_on=pl.lit(date(2026, 2, 1))
    )
    report = validate(tmp_path, pl.concat([first, later]), 2, as_csv=False)
    assert report.exit_code == 0
    paid = Snapshot(load_tables(tmp_path / "tables"), date(2026, 2, 1)).table("payments")
    assert paid["amount_som"].to_list() == [11, 20]


def test_a_column_is_seen_whole_before_a_late_batch_is_repaired(tmp_path: Path) -> None:
    """The first batch can be read either way; only the last tells that the day comes first."""
    days = ["01.02.2026", "03.02.2026", "05.02.2026", "25.02.2026", "26.02.2026"]
    frame = payments(5).with_columns(
        paid_on=pl.Series(days),
        payment_id=pl.format("p-{}", pl.int_range(5)),
        amount_som=pl.lit(5, dtype=pl.Int64),
        reported_on=pl.lit(date(2026, 3, 1)),
    )
    report = validate(tmp_path, frame, 2, as_csv=True)
    assert report.tables["payments"].repairs == {"day_and_month": {"paid_on": 5}}
    accepted, _ = rows_of(tmp_path)
    assert accepted["paid_on"].to_list() == [date(2026, 2, d) for d in (1, 3, 5, 25, 26)]
