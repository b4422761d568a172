"""A second extract adds, corrects and takes back rows; what was known on a day stays so."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from registers.errors import IncrementError, UnusableTablesError
from registers.examples import example_frame, example_tables
from registers.extract import load_tables, write_extract
from registers.lineage import load_lineage
from registers.snapshot import Snapshot
from registers.sources.files import seal_extract
from registers.validation import Settings, ValidationReport, validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
PAID = {"payment_id": "payment-0", "amount_som": 100}
CORRECTED = {**PAID, "amount_som": 90, "reported_on": APRIL}


def trusting(name: str, judged: Judged) -> Verdict:
    return Verdict(judged.frame.height, judged.n_failing, {})


class Bureau:
    """A first extract that was validated, and increments to be put onto it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.n = folder, 0
        first: dict[str, list[dict[str, Any]]] = {
            "payments": [PAID, {"amount_som": 70}],
            "incomes": [{}],
        }
        write_extract(folder / "first", example_tables(first), "uz")
        self.tables = folder / "tables-0"
        validate_extract(folder / "first", self.tables, judge=trusting)

    def increment(
        self,
        rows: dict[str, list[dict[str, Any]]],
        taken_back: dict[str, pl.DataFrame] | None = None,
    ) -> Path:
        self.n += 1
        where = self.folder / f"increment-{self.n}"
        write_extract(where, {n: example_frame(n, r) for n, r in rows.items()}, "uz")
        for name, frame in (taken_back or {}).items():
            (where / "registers" / "withdrawn").mkdir(exist_ok=True)
            frame.write_parquet(where / "registers" / "withdrawn" / f"{name}.parquet")
        return where

    def put(self, extract: Path, onto: Path | None = None) -> ValidationReport:
        onto = onto or self.tables
        out = self.folder / f"{onto.name}-{extract.name}"
        report = validate_extract(extract, out, settings=Settings(judge=trusting, onto=onto))
        for table in report.tables.values():
            assert table.read == table.accepted + table.set_aside
            if not table.refused:
                assert pl.read_parquet(out / f"{table.name}.parquet").height == table.rows
        self.tables = out
        return report

    def paid(self, on: date) -> list[int]:
        registers = load_tables(self.tables)
        return Snapshot(registers, on).table("payments")["amount_som"].to_list()


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path)


def taken_back(payment_id: str, reported_on: date, withdrawn_on: date) -> pl.DataFrame:
    return pl.DataFrame(
        {"payment_id": [payment_id], "reported_on": [reported_on], "withdrawn_on": [withdrawn_on]}
    )


def test_an_increment_adds_and_corrects_from_its_own_day_on(bureau: Bureau) -> None:
    new = {"payment_id": "payment-9", "amount_som": 5, "reported_on": APRIL}
    report = bureau.put(bureau.increment({"payments": [CORRECTED, new]}))
    assert report.exit_code == 0
    assert (report.tables["payments"].read, report.tables["payments"].rows) == (2, 4)
    assert bureau.paid(MARCH) == [100, 70]
    assert bureau.paid(APRIL) == [90, 70, 5]


def test_a_table_that_an_increment_leaves_out_stays_as_it_was(bureau: Bureau) -> None:
    before = bureau.tables / "incomes.parquet"
    kept = before.read_bytes()
    report = bureau.put(bureau.increment({"payments": [CORRECTED]}))
    assert report.tables["incomes"].state == "unchanged"
    assert (bureau.tables / "incomes.parquet").read_bytes() == kept
    assert "incomes" not in load_tables(bureau.tables).absent
    assert "accounts" in load_tables(bureau.tables).absent


def test_taking_the_same_increment_in_twice_changes_nothing(bureau: Bureau) -> None:
    void = {"payments": taken_back("payment-1", date(2026, 1, 5), APRIL)}
    extract = bureau.increment({"payments": [CORRECTED]}, void)
    bureau.put(extract)
    once = load_tables(bureau.tables).source_hash
    report = bureau.put(extract)
    assert load_tables(bureau.tables).source_hash == once
    assert report.exit_code == 0
    assert report.tables["payments"].already_known == 1
    assert report.withdrawals["payments"].already_known == 1


def test_an_interrupted_validation_leaves_the_tables_as_they_were(bureau: Bureau) -> None:
    extract = bureau.increment({"payments": [CORRECTED]})
    before = {f.name: f.read_bytes() for f in bureau.tables.glob("*.parquet")}

    def breaks(name: str, judged: Judged) -> Verdict:
        if name == "payments":
            raise KeyboardInterrupt
        return trusting(name, judged)

    with pytest.raises(KeyboardInterrupt):
        validate_extract(
            extract, bureau.tables, settings=Settings(judge=breaks, onto=bureau.tables)
        )
    assert {f.name: f.read_bytes() for f in bureau.tables.glob("*.parquet")} == before
    assert not list(bureau.folder.glob(".*partial"))


def test_a_row_that_was_taken_back_counts_until_the_bureau_knew(bureau: Bureau) -> None:
    void = {"payments": taken_back("payment-1", date(2026, 1, 5), APRIL)}
    report = bureau.put(bureau.increment({"payments": [CORRECTED]}, void))
    assert report.withdrawals["payments"].accepted == 1
    assert bureau.paid(MARCH) == [100, 70]
    assert bureau.paid(APRIL) == [90]


def test_taking_a_correction_back_brings_the_former_state_back(bureau: Bureau) -> None:
    bureau.put(bureau.increment({"payments": [CORRECTED]}))
    void = {"payments": taken_back("payment-0", APRIL, MAY)}
    bureau.put(bureau.increment({"payments": []}, void))
    assert [bureau.paid(day) for day in (MARCH, APRIL, MAY)] == [[100, 70], [90, 70], [100, 70]]


def test_withdrawals_stay_when_a_further_increment_follows(bureau: Bureau) -> None:
    void = {"payments": taken_back("payment-1", date(2026, 1, 5), APRIL)}
    bureau.put(bureau.increment({"payments": []}, void))
    bureau.put(bureau.increment({"incomes": [{"month": MARCH, "reported_on": MAY}]}))
    assert bureau.paid(MAY) == [100]


def test_nothing_can_be_taken_back_that_nobody_reported(bureau: Bureau) -> None:
    void = pl.concat(
        [taken_back("payment-1", date(2026, 1, 5), APRIL), taken_back("ghost", MARCH, APRIL)]
    )
    report = bureau.put(bureau.increment({"payments": []}, {"payments": void}))
    assert report.exit_code == 11
    assert report.withdrawals["payments"].n_by_reason == {"nothing_to_withdraw": 1}
    aside = pl.read_parquet(bureau.tables / "quarantine" / "payments.withdrawn.parquet")
    assert aside["row_number"].to_list() == [1]
    assert "deliver it first" in aside["reason"][0]


def test_a_row_cannot_be_taken_back_before_it_was_reported(bureau: Bureau) -> None:
    void = {"payments": taken_back("payment-1", date(2026, 1, 5), date(2026, 1, 4))}
    report = bureau.put(bureau.increment({"payments": []}, void))
    assert report.withdrawals["payments"].n_by_reason == {"withdrawn_before_reported": 1}


def test_a_row_that_changed_without_a_later_report_is_set_aside(bureau: Bureau) -> None:
    report = bureau.put(bureau.increment({"payments": [{**PAID, "amount_som": 1}]}))
    assert report.tables["payments"].n_by_reason == {"changed_without_report": 1}
    assert (
        "says something else"
        in (pl.read_parquet(bureau.tables / "quarantine" / "payments.parquet")["reason"][0])
    )
    assert bureau.paid(MAY) == [100, 70]


def test_rows_of_an_increment_may_name_debtors_of_a_former_extract(bureau: Bureau) -> None:
    report = bureau.put(bureau.increment({"incomes": [{"month": MARCH, "reported_on": APRIL}]}))
    assert report.exit_code == 0
    stranger = {"debtor_id": "nobody", "month": MARCH, "reported_on": APRIL}
    report = bureau.put(bureau.increment({"incomes": [stranger]}))
    assert report.tables["incomes"].n_by_reason == {"orphan": 1}


def test_an_increment_that_says_so_is_not_read_as_a_full_extract(bureau: Bureau) -> None:
    seal_extract(bureau.folder / "first", MARCH)
    extract = bureau.increment({"payments": [CORRECTED]})
    seal_extract(extract, APRIL, follows=bureau.folder / "first")
    with pytest.raises(IncrementError, match="--onto TABLES"):
        validate_extract(extract, bureau.folder / "alone", judge=trusting)


def test_an_extract_between_two_increments_is_missed(bureau: Bureau) -> None:
    seal_extract(bureau.folder / "first", MARCH)
    onto = bureau.folder / "sealed"
    validate_extract(bureau.folder / "first", onto, judge=trusting)
    second, third = bureau.increment({"payments": [CORRECTED]}), bureau.increment({"payments": []})
    seal_extract(second, APRIL, follows=bureau.folder / "first")
    seal_extract(third, MAY, follows=second)
    with pytest.raises(IncrementError, match="validate it first"):
        bureau.put(third, onto)
    bureau.put(second, onto)
    bureau.put(third)
    kinds = [known.kind for known in load_lineage(bureau.tables).extracts]
    assert kinds == ["full", "increment", "increment"]


def test_nothing_is_put_onto_tables_that_cannot_be_used(bureau: Bureau) -> None:
    report = json.loads((bureau.tables / "report.json").read_text(encoding="utf-8"))
    report["tables"]["incomes"]["refused"] = "incomes: cut off."
    (bureau.tables / "report.json").write_text(json.dumps(report), encoding="utf-8")
    with pytest.raises(UnusableTablesError):
        bureau.put(bureau.increment({"payments": [CORRECTED]}))


def test_lineage_tells_of_every_extract_and_keeps_that_of_tables_left_alone(
    bureau: Bureau,
) -> None:
    first = load_lineage(bureau.tables)
    bureau.put(bureau.increment({"payments": [CORRECTED]}))
    lineage = load_lineage(bureau.tables)
    assert [known.source for known in lineage.extracts] == ["first", "increment-1"]
    assert lineage.tables["incomes"] == first.tables["incomes"]
    assert lineage.tables["payments"].rows == 3
    assert lineage.source_hash == load_tables(bureau.tables).source_hash
