"""Bad input: a sentence with table, column, row and remedy, the exit code, and no row lost."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from registers.errors import ExtractNotFoundError
from registers.examples import example_tables
from registers.extract import load_tables, write_extract
from registers.validation import ValidationReport, validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged

ROWS: dict[str, list[dict[str, Any]]] = {
    "debtors": [{}, {}],
    "cases": [{}, {"debtor_id": "debtor-1"}],
    "actions": [{}, {"case_id": "case-1"}],
    "payments": [{}, {"case_id": "case-1"}, {"action_id": "action-0"}],
    "incomes": [{}, {"debtor_id": "debtor-1"}],
    "real_estate": [{}, {"debtor_id": "debtor-1"}],
}


def trusting(name: str, judged: Judged) -> Verdict:
    return Verdict(judged.frame.height, judged.n_failing, {})


class Office:
    """An extract to spoil, and what validation says about it."""

    def __init__(self, folder: Path) -> None:
        self.extract = write_extract(folder / "in", example_tables(ROWS), "uz")
        self.out = folder / "tables"

    def change(self, table: str, *changes: pl.Expr | pl.Series) -> None:
        file = self.extract / f"{table}.parquet"
        pl.read_parquet(file).with_columns(*changes).write_parquet(file)

    def as_csv(self, table: str, edit: Callable[[str], str] = str) -> Path:
        frame = pl.read_parquet(self.extract / f"{table}.parquet")
        (self.extract / f"{table}.parquet").unlink()
        file = self.extract / f"{table}.csv"
        file.write_text(edit(frame.write_csv()), encoding="utf-8")
        return file

    def validate(self) -> ValidationReport:
        report = validate_extract(self.extract, self.out, judge=trusting)
        for table in report.tables.values():
            assert table.read == table.accepted + table.set_aside
            kept = pl.read_parquet(self.out / f"{table.name}.parquet")
            aside = self.quarantine(table.name)
            assert (kept.height, aside.height) == (table.accepted, table.set_aside)
            assert sum(table.n_by_reason.values()) == table.set_aside
        return report

    def quarantine(self, table: str) -> pl.DataFrame:
        return pl.read_parquet(self.out / "quarantine" / f"{table}.parquet")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def in_row(row: int, column: str, value: Any, dtype: Any = None) -> pl.Expr:
    """The column with another value in one row."""
    here = pl.int_range(pl.len()) == row
    return pl.when(here).then(pl.lit(value, dtype=dtype)).otherwise(pl.col(column)).alias(column)


def test_a_clean_extract_is_accepted_whole(office: Office) -> None:
    report = office.validate()
    assert report.exit_code == 0
    assert {name: t.read for name, t in report.tables.items() if t.read} == {
        name: len(rows) for name, rows in ROWS.items()
    }


BAD_CELLS: list[tuple[str, str, Any, str]] = [
    ("payments", "amount_som", -1, "negative_amount"),
    ("payments", "source", "gift_card", "unknown_value"),
    ("payments", "amount_som", None, "missing_value"),
    ("payments", "payment_id", "", "missing_value"),
    ("payments", "case_id", "nowhere", "orphan"),
    ("payments", "paid_on", date(2026, 1, 6), "paid_after_reported"),
    ("payments", "paid_on", date(1025, 1, 5), "impossible_date"),
    ("payments", "reported_on", date(9999, 1, 5), "impossible_date"),
    ("actions", "measure", "marriage_bar", "unknown_value"),
    ("actions", "measure", "reminder", "unknown_value"),  # a measure of another legal order
    ("actions", "propensity", 0.0, "out_of_range"),
    ("actions", "propensity", 1.4, "out_of_range"),
    ("actions", "executed_on", date(2026, 1, 4), "executed_before_decided"),
    ("actions", "cancelled_as", "unlawful", "cancelled_as_without_cancellation"),
    ("incomes", "tax_som", 4_000_001, "tax_above_gross"),
    ("incomes", "month", date(2025, 12, 2), "not_first_of_month"),
    ("real_estate", "share", 1.01, "out_of_range"),
    ("real_estate", "district", "172626", "wrong_form"),
    ("real_estate", "built_year", 2032, "built_year_after_reported"),
    ("cases", "voluntary_until", date(2026, 1, 4), "voluntary_until_before_opened"),
]


@pytest.mark.parametrize(("table", "column", "value", "reason_code"), BAD_CELLS)
def test_a_bad_cell_sends_its_row_and_no_other_to_quarantine(
    office: Office, table: str, column: str, value: Any, reason_code: str
) -> None:
    dtype = pl.read_parquet(office.extract / f"{table}.parquet").schema[column]
    office.change(table, in_row(1, column, value, dtype))
    report = office.validate()
    assert report.exit_code == 11
    aside = office.quarantine(table).row(0, named=True)
    assert office.quarantine(table).height == 1
    assert (aside["row_number"], aside["reason_code"]) == (1, reason_code)
    assert aside["reason"].startswith(f"{table}, row 1: ")
    assert column in aside["reason"]
    assert aside["reason"].endswith(".")
    assert json.loads(aside["row"])[column] == (
        value.isoformat() if isinstance(value, date) else value
    )


LAST_GOOD: list[tuple[str, str, Any]] = [
    ("payments", "amount_som", 0),
    ("payments", "paid_on", date(2026, 1, 5)),
    ("actions", "propensity", 1.0),
    ("actions", "propensity", 1e-9),
    ("actions", "ended_on", date(2027, 1, 5)),
    ("incomes", "tax_som", 4_000_000),
    ("real_estate", "share", 0.0),
    ("real_estate", "share", 1.0),
    ("real_estate", "built_year", 2031),
    ("cases", "voluntary_until", date(2026, 1, 5)),
    ("cases", "closing", "performed"),
]


@pytest.mark.parametrize(("table", "column", "value"), LAST_GOOD)
def test_the_last_value_that_may_pass_passes(
    office: Office, table: str, column: str, value: Any
) -> None:
    dtype = pl.read_parquet(office.extract / f"{table}.parquet").schema[column]
    office.change(table, in_row(1, column, value, dtype))
    assert office.validate().exit_code == 0


def test_rows_under_a_row_that_was_set_aside_are_orphans(office: Office) -> None:
    office.change("debtors", in_row(1, "status", "elected"))
    report = office.validate()
    aside = {name: t.n_by_reason for name, t in report.tables.items() if t.set_aside}
    assert aside == {
        "debtors": {"unknown_value": 1},
        "cases": {"orphan": 1},
        "actions": {"orphan": 1},
        "payments": {"orphan": 1},
        "incomes": {"orphan": 1},
        "real_estate": {"orphan": 1},
    }


def test_of_contradicting_rows_none_counts_and_a_correction_is_no_contradiction(
    office: Office,
) -> None:
    first = pl.read_parquet(office.extract / "payments.parquet")
    again = first.head(1).with_columns(amount_som=pl.lit(5, dtype=pl.Int64))
    corrected = again.with_columns(reported_on=pl.lit(date(2026, 2, 1)))
    pl.concat([first, again, corrected]).write_parquet(office.extract / "payments.parquet")
    report = office.validate()
    assert office.quarantine("payments")["row_number"].to_list() == [0, 3]
    assert report.tables["payments"].n_by_reason == {"contradicting_rows": 2}
    kept = load_tables(office.out).table("payments").filter(pl.col("payment_id") == "payment-0")
    assert kept["amount_som"].to_list() == [5]


def test_of_equal_rows_the_first_counts(office: Office) -> None:
    first = pl.read_parquet(office.extract / "payments.parquet")
    pl.concat([first, first.head(1)]).write_parquet(office.extract / "payments.parquet")
    assert office.validate().tables["payments"].n_by_reason == {"duplicate_key": 1}
    assert office.quarantine("payments")["row_number"].to_list() == [3]


def test_an_optional_reference_that_leads_nowhere_is_emptied_and_its_row_kept(
    office: Office,
) -> None:
    office.change("payments", in_row(0, "action_id", "nowhere"))
    report = office.validate()
    assert report.exit_code == 0
    assert report.tables["payments"].repairs == {"unknown_reference": {"action_id": 1}}
    assert load_tables(office.out).table("payments")["action_id"][0] is None
    repairs = pl.read_parquet(office.out / "repairs" / "payments.parquet")
    assert repairs.select("row_number", "was", "now").rows() == [(0, "nowhere", None)]
    page = (office.out / "report.html").read_text(encoding="utf-8")
    assert "an optional reference led to no accepted row" in page
    assert "nowhere" not in page


def test_a_good_row_counts_where_an_earlier_row_of_its_key_is_bad(office: Office) -> None:
    good = pl.read_parquet(office.extract / "payments.parquet")
    bad = good.head(1).with_columns(amount_som=pl.lit(-5, dtype=pl.Int64))
    pl.concat([bad, good]).write_parquet(office.extract / "payments.parquet")
    assert office.validate().tables["payments"].n_by_reason == {"negative_amount": 1}


def test_a_lost_correction_is_told_because_the_older_state_stays_in_force(office: Office) -> None:
    cases = pl.read_parquet(office.extract / "cases.parquet")
    closing = cases.head(1).with_columns(
        closing=pl.lit("vanished"), reported_on=pl.lit(date(2026, 3, 1))
    )
    pl.concat([cases, closing]).write_parquet(office.extract / "cases.parquet")
    assert office.validate().tables["cases"].n_older_state == 1
    assert "older state" in (office.out / "report.html").read_text(encoding="utf-8")


def test_a_row_with_two_faults_tells_both(office: Office) -> None:
    office.change("payments", in_row(0, "amount_som", -1), in_row(0, "source", "gift_card"))
    office.validate()
    aside = office.quarantine("payments").row(0, named=True)
    assert aside["reason_code"] == "unknown_value"
    assert "unknown_value (source), negative_amount (amount_som)" in aside["reason"]


@pytest.mark.parametrize("table", ["debtors", "cases"])
def test_a_missing_needed_table_is_refused_and_the_others_are_still_judged(
    office: Office, table: str
) -> None:
    (office.extract / f"{table}.parquet").unlink()
    report = office.validate()
    assert report.exit_code == 12
    assert str(report.tables[table].refused).startswith(f"{table}: the table is missing")
    assert f"{table}.csv" in str(report.tables[table].refused)
    assert report.tables["incomes"].accepted == 2


def test_another_missing_table_is_told_and_nothing_else(office: Office) -> None:
    (office.extract / "actions.parquet").unlink()
    report = office.validate()
    assert report.exit_code == 0
    assert "actions" in report.absent
    assert "action_id was not checked" in " ".join(report.tables["payments"].notes)


def test_a_missing_column_refuses_the_table_by_name(office: Office) -> None:
    file = office.extract / "payments.parquet"
    pl.read_parquet(file).drop("paid_on").write_parquet(file)
    report = office.validate()
    assert report.exit_code == 12
    told = str(report.tables["payments"].refused)
    assert "payments.parquet lacks the column paid_on. Export" in told


def test_a_column_that_the_contract_lacks_is_dropped_with_a_note(office: Office) -> None:
    office.change("payments", pl.lit("x").alias("colour"))
    report = office.validate()
    assert report.exit_code == 0
    assert "dropped: colour." in report.tables["payments"].notes[0]


def test_a_cut_off_parquet_file_is_refused(office: Office) -> None:
    file = office.extract / "payments.parquet"
    file.write_bytes(file.read_bytes()[:-40])
    report = office.validate()
    assert report.exit_code == 12
    assert "no complete Parquet file" in str(report.tables["payments"].refused)
    assert report.tables["incomes"].accepted == 2


def test_bytes_that_are_no_parquet_at_all_are_refused(office: Office) -> None:
    (office.extract / "payments.parquet").write_bytes(b"PAR1 not really PAR1")
    assert "no complete Parquet file" in str(office.validate().tables["payments"].refused)


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_an_empty_file_is_refused(office: Office, suffix: str) -> None:
    (office.extract / "payments.parquet").unlink()
    (office.extract / f"payments.{suffix}").write_bytes(b"")
    report = office.validate()
    assert report.exit_code == 12
    assert f"payments.{suffix} is empty" in str(report.tables["payments"].refused)


def test_a_table_delivered_twice_is_refused(office: Office) -> None:
    (office.extract / "payments.csv").write_text("payment_id\n", encoding="utf-8")
    assert "both as payments.parquet and as payments.csv" in str(
        office.validate().tables["payments"].refused
    )


def test_csv_gives_the_same_rows_as_parquet(office: Office) -> None:
    office.validate()
    before = {name: (office.out / f"{name}.parquet").read_bytes() for name in ROWS}
    for table in ROWS:
        office.as_csv(table, edit=lambda text: "\ufeff" + text.replace("\n", "\r\n"))
    assert office.validate().exit_code == 0
    assert {name: (office.out / f"{name}.parquet").read_bytes() for name in ROWS} == before


@pytest.mark.parametrize(
    ("old", "new", "reason_code"),
    [
        ("100000", "100000.5", "wrong_type"),
        ("100000", "1e5", "wrong_type"),
        ("100000", "99999999999999999999", "wrong_type"),
        ("100000", "a lot", "wrong_type"),
        ("100000", "", "missing_value"),
        ("2026-01-05", "2026-02-30", "impossible_date"),
        ("2026-01-05", "05.01.2026", "wrong_type"),
        (",voluntary,", ',voluntary,"extra, field",', "broken_row"),
        (",voluntary,", ",", "broken_row"),
    ],
)
def test_a_bad_field_of_a_csv_file_sets_its_row_aside(
    office: Office, old: str, new: str, reason_code: str
) -> None:
    def edit(text: str) -> str:
        header, first, *rest = text.splitlines()
        return "\n".join([header, first.replace(old, new, 1), *rest]) + "\n"

    office.as_csv("payments", edit)
    report = office.validate()
    assert report.exit_code == 11
    assert report.tables["payments"].read == 3
    aside = office.quarantine("payments").row(0, named=True)
    assert (aside["row_number"], aside["reason_code"]) == (0, reason_code)
    assert "payment-0" in aside["row"]


def test_a_csv_file_in_another_encoding_is_refused(office: Office) -> None:
    file = office.as_csv("payments")
    file.write_bytes(file.read_text(encoding="utf-8").replace("case-0", "иш-0").encode("cp1251"))
    report = office.validate()
    assert report.exit_code == 12
    assert "payments.csv is not in UTF-8" in str(report.tables["payments"].refused)
    assert "Export it again as UTF-8" in str(report.tables["payments"].refused)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda text: text.replace(",", ";"), "not separated by commas"),
        (lambda text: text.replace("source", "paid_on", 1), "paid_on more than once"),
        (lambda text: text.replace("voluntary", '"voluntary', 1), "stray quotation mark"),
        (lambda text: "\n" + text, "no header row"),
    ],
)
def test_a_csv_file_of_another_form_is_refused(
    office: Office, edit: Callable[[str], str], told: str
) -> None:
    office.as_csv("payments", edit)
    report = office.validate()
    assert report.exit_code == 12
    assert told in str(report.tables["payments"].refused)


def test_a_header_without_rows_is_a_table_without_rows(office: Office) -> None:
    office.as_csv("payments", lambda text: text.splitlines()[0] + "\n")
    report = office.validate()
    assert report.exit_code == 0
    assert report.tables["payments"].read == 0
    assert "payments" not in report.absent


def test_columns_in_another_type_are_read_where_nothing_is_lost(office: Office) -> None:
    office.change(
        "payments",
        pl.col("amount_som").cast(pl.Float64),
        pl.col("paid_on").cast(pl.Datetime("ns")),
        pl.col("source").cast(pl.Categorical),
    )
    report = office.validate()
    assert report.exit_code == 0
    assert "amount_som was delivered as Float64" in " ".join(report.tables["payments"].notes)


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("amount_som", pl.Series([1.0, 2.5, float("inf")])),
        ("amount_som", pl.Series([1.0, 2.0**60, -0.1])),
        ("amount_som", pl.Series(["1", "two", "3,000"])),
        ("paid_on", pl.Series([datetime(2026, 1, 5, h) for h in (0, 1, 23)])),  # noqa: DTZ001
        ("paid_on", pl.Series(["2026-01-05", "5 January", "2026-1-5"])),
    ],
)
def test_of_a_column_in_another_type_only_unreadable_cells_cost_their_rows(
    office: Office, column: str, cells: pl.Series
) -> None:
    office.change("payments", cells.alias(column))
    report = office.validate()
    assert report.tables["payments"].n_by_reason == {"wrong_type": 2}
    assert office.quarantine("payments")["row_number"].to_list() == [1, 2]


@pytest.mark.parametrize(
    "cells",
    [
        pl.Series([[1], [2], [3]]),
        pl.Series([{"a": 1}] * 3),
        pl.Series([b"\xff\x00"] * 3),
        pl.Series([True] * 3),
    ],
    ids=["list", "struct", "bytes", "bool"],
)
def test_a_column_of_a_strange_type_costs_its_rows_and_nothing_else(
    office: Office, cells: pl.Series
) -> None:
    office.change("payments", cells.alias("amount_som"))
    report = office.validate()
    assert report.exit_code == 11
    assert report.tables["payments"].n_by_reason == {"wrong_type": 3}


def test_misspelt_files_are_named(office: Office) -> None:
    (office.extract / "payment.csv").write_text("a\n1\n", encoding="utf-8")
    report = office.validate()
    assert report.ignored_files == ("payment.csv",)
    assert "payment.csv: no table of the contract; not read." in report.sentences


def test_an_extract_without_any_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractNotFoundError):
        validate_extract(tmp_path, tmp_path / "out", judge=trusting)


def test_reports_hold_no_values_of_rows(office: Office) -> None:
    office.change("payments", in_row(0, "amount_som", -7_654_321), in_row(1, "source", "secret"))
    office.validate()
    for name in ("report.json", "report.html"):
        text = (office.out / name).read_text(encoding="utf-8")
        assert "7654321" not in text
        assert "secret" not in text
        assert "payment-0" not in text


def test_the_page_needs_nothing_from_outside(office: Office) -> None:
    office.validate()
    page = (office.out / "report.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert "<script" not in page
    assert 'name="viewport"' in page
    assert 'lang="en"' in page


def test_the_operator_reads_count_column_rows_and_file(office: Office) -> None:
    office.change("payments", in_row(2, "amount_som", -1))
    assert office.validate().tables["payments"].sentence == (
        "payments: 1 of 3 rows set aside, negative_amount in amount_som (row 2). "
        "See quarantine/payments.parquet."
    )
