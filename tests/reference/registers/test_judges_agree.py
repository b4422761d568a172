"""Great Expectations and Polars count the same failing rows, check by check."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from registers.examples import example_frame, example_tables
from registers.extract import write_extract
from registers.legal_orders import legal_order
from registers.tables import TABLES
from registers.validation import validate_extract
from registers.validation.cells import flags_of, plain_cells, read_cells
from registers.validation.checks import (
    Check,
    OneOfRows,
    build_checks,
    contradiction,
    repeated_key,
)
from registers.validation.expectations import Verdict, add_verdicts, record_verdict
from registers.validation.judging import Judged, judge_rows

EARLY = date(2026, 1, 4)
N_GOOD = 5


def spoilt(name: str) -> pl.DataFrame:
    """Good rows, and for each column rows with no value and with a wrong one."""
    table = TABLES[name]
    wrong: dict[str, Any] = {
        "id": "nowhere",
        "text": "mystery",
        "int": -3,
        "som": -1,
        "float": -0.5,
        "date": date(2150, 5, 17),
    }
    rows: list[dict[str, Any]] = [{} for _ in range(N_GOOD)]
    for column in table.columns:
        rows.append({column.name: None})
        if column.kind in wrong:
            rows.append({column.name: wrong[column.kind]})
        if column.kind == "date":
            rows += [{column.name: EARLY}, {column.name: date(2026, 1, 2)}]
    rows += [{"tax_som": 9_000_000}, {"minors": 9}, {"cancelled_as": "unlawful"}]
    named = [{k: v for k, v in row.items() if k in table.column_names} for row in rows]
    return example_frame(name, named)


def judged(name: str, frame: pl.DataFrame, *extra: Check) -> Judged:
    table = TABLES[name].under(legal_order("uz"))
    plain = plain_cells(table, frame)
    parents = {
        other: pl.Series([f"{other.rstrip('s')}-{n}" for n in range(3)])
        for other in ("debtors", "cases", "actions")
    }
    checks = build_checks(table, frozenset(flags_of(table, plain.schema)), parents)
    return judge_rows(table, read_cells(table, plain), [*checks, *extra])


@pytest.mark.parametrize("name", TABLES)
def test_both_judges_count_the_same_for_every_check(name: str) -> None:
    found = judged(name, spoilt(name))
    assert sum(found.n_failing) > len(TABLES[name].columns)
    verdict = record_verdict(name, found)
    assert verdict.n_unexpected == found.n_failing
    assert not verdict.is_clean
    assert len(verdict.suite["expectations"]) == len(found.checks)


def test_both_judges_count_the_same_for_cells_that_cannot_be_read() -> None:
    frame = spoilt("payments").with_columns(pl.col("amount_som").cast(pl.String))
    broken = frame.with_columns(
        pl.Series("paid_on", ["2026-02-30", "soon", None] + ["2026-01-05"] * (frame.height - 3))
    )
    found = judged("payments", broken)
    codes = {c.reason_code for c, n in zip(found.checks, found.n_failing, strict=True) if n}
    assert {"impossible_date", "wrong_type", "missing_value"} <= codes
    assert record_verdict("payments", found).n_unexpected == found.n_failing


def test_counts_of_batches_add_up() -> None:
    frame = spoilt("payments")
    whole = judged("payments", frame)
    verdicts = [
        record_verdict("payments", judged("payments", part)) for part in frame.iter_slices(4)
    ]
    together = verdicts[0]
    for verdict in verdicts[1:]:
        together = add_verdicts(together, verdict)
    assert together.n_rows == frame.height
    assert together.n_unexpected == whole.n_failing


def test_both_judges_find_the_same_repeated_keys() -> None:
    frame = pl.concat([spoilt("payments").head(3)] * 2)
    table = TABLES["payments"]
    found = judge_rows(table, frame, [repeated_key(table)])
    assert found.n_failing == (3,)
    assert record_verdict("payments", found).n_unexpected == (3,)


def test_both_judges_find_the_same_rows_that_contradict_each_other() -> None:
    table = TABLES["payments"]
    rows = example_frame("payments", [{"action_id": None}, {}, {}, {}])
    other = rows[1:3].with_columns(action_id=pl.Series(["action-7", None], dtype=pl.String))
    frame = pl.concat([rows, rows.head(1), other])
    found = judge_rows(table, frame, [contradiction(table), repeated_key(table)])
    assert found.n_failing == (2, 2)
    assert record_verdict("payments", found).n_unexpected == (2, 2)


def test_both_judges_find_the_same_lines_in_a_code_and_the_same_endless_codes() -> None:
    odd = ["a\nb", "a\tb", "a\u2028b", "a\x85b", "k" * 129, "ʻ" * 128, "C-1/26", "Ж"]
    found = judged("payments", example_frame("payments", [{"payment_id": text} for text in odd]))
    codes = zip(found.checks, found.n_failing, strict=True)
    n_found = {c.reason_code: n for c, n in codes if c.columns == ("payment_id",)}
    assert (n_found["control_character"], n_found["too_long"]) == (4, 1)
    assert record_verdict("payments", found).n_unexpected == found.n_failing


def test_both_judges_find_the_same_rows_that_a_list_of_rows_lacks() -> None:
    frame = spoilt("payments").head(4)
    listed = frame.head(2).select("payment_id", "reported_on")
    question = OneOfRows(("payment_id", "reported_on"), listed)
    found = judge_rows(
        TABLES["payments"], frame, [Check("unlisted", question.columns, "", question)]
    )
    assert found.n_failing == (2,)
    assert record_verdict("payments", found).n_unexpected == (2,)


def test_a_trailing_line_break_does_not_slip_through_a_pattern() -> None:
    found = judged("debtors", example_frame("debtors", [{"region": "1726\n"}, {}]))
    assert sum(found.n_failing) == 1
    assert record_verdict("debtors", found).n_unexpected == found.n_failing


def test_judges_that_disagree_refuse_the_table(tmp_path: Path) -> None:
    def contrary(name: str, judged: Judged) -> Verdict:
        return Verdict(judged.frame.height, tuple(n + 1 for n in judged.n_failing), {})

    write_extract(tmp_path / "in", example_tables({}), "uz")
    report = validate_extract(tmp_path / "in", tmp_path / "out", judge=contrary)
    assert report.exit_code == 12
    assert "fault of the program" in str(report.tables["debtors"].refused)


def test_the_report_names_great_expectations_as_the_judge(tmp_path: Path) -> None:
    payments = [{}, {"amount_som": -1}]
    write_extract(tmp_path / "in", example_tables({"payments": payments}), "uz")
    told: list[str] = []
    report = validate_extract(tmp_path / "in", tmp_path / "out", told.append)
    assert report.exit_code == 11
    assert len(told) == 13
    written = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert written["judge"].startswith("Great Expectations 1.")
    assert written["tables"]["payments"]["verdict"]["is_clean"] is False
    assert written["tables"]["payments"]["verdict"]["unexpected"] == {
        "negative_amount (amount_som)": 1
    }
    assert (
        written["tables"]["payments"] | {"read": 2, "accepted": 1, "set_aside": 1}
        == (written["tables"]["payments"])
    )
