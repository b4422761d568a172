"""Whatever the registers hold: later rows change nothing, and one case is like a million."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registers.examples import registers_of
from registers.extract import Registers
from registers.outcomes import outstanding, recovered
from registers.snapshot import Snapshot, known_at, locate
from registers.tables import TABLES

DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(6)]

day = st.sampled_from(DAYS)
debtor = st.sampled_from([f"debtor-{n}" for n in range(3)])
case = st.sampled_from([f"case-{n}" for n in range(3)])
key = st.sampled_from(["a", "b", "c"])
amount = st.integers(0, 9)


def rows(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries({**columns, "reported_on": day}), max_size=8)


TABLE_ROWS = st.fixed_dictionaries(
    {
        "debtors": rows(debtor_id=debtor),
        "cases": rows(case_id=case, debtor_id=debtor, claim_som=amount, fee_som=amount),
        "payments": rows(payment_id=key, case_id=case, paid_on=day, amount_som=amount),
        "actions": rows(action_id=key, case_id=case, cost_som=amount),
        "accounts": rows(account_id=key, debtor_id=debtor, balance_som=amount),
        "vehicles": rows(vehicle_id=key, debtor_id=debtor, assessed_som=amount),
        "incomes": rows(debtor_id=debtor, payer_id=key, gross_som=amount, tax_som=st.just(0)),
    }
)

ALL_QUESTIONS = pl.DataFrame(
    [(f"case-{n}", d) for n in range(3) for d in DAYS],
    schema={"case_id": pl.String, "as_of_date": pl.Date},
    orient="row",
)

Withdrawn = dict[str, list[dict[str, Any]]]

BY_CASE = ("cases", "payments", "actions")


def last_rows(
    registers: Registers, name: str, on: date, void: Withdrawn | None = None
) -> list[dict[str, Any]]:
    """The hand-written twin of Snapshot.table: row by row, the later one wins."""
    gone = {
        tuple(row[c] for c in (*TABLES[name].key, "reported_on"))
        for row in (void or {}).get(name, [])
        if row["withdrawn_on"] <= on
    }
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in registers.table(name).iter_rows(named=True):
        of_key = tuple(row[c] for c in TABLES[name].key)
        if (*of_key, row["reported_on"]) in gone:
            continue
        former = found.get(of_key)
        if row["reported_on"] <= on and (
            former is None or row["reported_on"] >= former["reported_on"]
        ):
            found[of_key] = row
    return [found[k] for k in sorted(found)]


def answers(registers: Registers, questions: pl.DataFrame) -> dict[str, pl.DataFrame]:
    points, _ = locate(registers, questions)
    found = {n: known_at(registers, points, n, by="debtor") for n in TABLES}
    found |= {f"{n} of the case": known_at(registers, points, n, by="case") for n in BY_CASE}
    found["outstanding"] = outstanding(registers, points)
    named = points.select("point_id", "case_id", "as_of_date", "debtor_id")
    keep = {n: f.drop("as_of_date", "case_id", "debtor_id", strict=False) for n, f in found.items()}
    return {n: named.join(f, on="point_id", maintain_order="left_right") for n, f in keep.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE_ROWS, day)
def test_a_snapshot_is_what_going_through_row_by_row_gives(
    given_rows: dict[str, list[dict[str, Any]]], on: date
) -> None:
    registers = registers_of(given_rows)
    for name in given_rows:
        snapshot = Snapshot(registers, on).table(name)
        assert snapshot.rows(named=True) == last_rows(registers, name, on)


def withdrawals(data: st.DataObject, rows_of: dict[str, list[dict[str, Any]]]) -> Withdrawn:
    """Some of the rows taken back, on the day of their report or later."""
    frames = registers_of(rows_of).tables
    void: Withdrawn = {}
    for name in rows_of:
        for row in frames[name].iter_rows(named=True):
            if data.draw(st.booleans()):
                of_row = {c: row[c] for c in (*TABLES[name].key, "reported_on")}
                later = row["reported_on"] + timedelta(days=data.draw(st.integers(0, 4)))
                void.setdefault(name, []).append({**of_row, "withdrawn_on": later})
    return void


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE_ROWS, day, st.data())
def test_a_row_that_was_taken_back_counts_until_the_bureau_knew(
    given_rows: dict[str, list[dict[str, Any]]], on: date, data: st.DataObject
) -> None:
    void = withdrawals(data, given_rows)
    registers = registers_of(given_rows, withdrawn=void)
    for name in given_rows:
        snapshot = Snapshot(registers, on).table(name)
        assert snapshot.rows(named=True) == last_rows(registers, name, on, void)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE_ROWS, day, st.data())
def test_what_is_taken_back_later_changes_no_answer(
    given_rows: dict[str, list[dict[str, Any]]], on: date, data: st.DataObject
) -> None:
    asked = ALL_QUESTIONS.filter(pl.col("as_of_date") <= on)
    later = {
        name: [row for row in rows_of if row["withdrawn_on"] > on]
        for name, rows_of in withdrawals(data, given_rows).items()
    }
    before = answers(registers_of(given_rows), asked)
    after = answers(registers_of(given_rows, withdrawn=later), asked)
    assert all(before[name].equals(after[name]) for name in before)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE_ROWS)
def test_a_point_sees_exactly_the_snapshot_of_its_debtor(
    given_rows: dict[str, list[dict[str, Any]]],
) -> None:
    registers = registers_of(given_rows)
    points, _ = locate(registers, ALL_QUESTIONS)
    for name in given_rows:
        known = known_at(registers, points, name, by="debtor").drop("as_of_date")
        for point in points.iter_rows(named=True):
            on = point["as_of_date"]
            own = {c["case_id"]: c for c in last_rows(registers, "cases", on)}
            expected = [
                row
                for row in last_rows(registers, name, on)
                if row.get("debtor_id", own.get(row.get("case_id"), {}).get("debtor_id"))
                == point["debtor_id"]
            ]
            mine = known.filter(pl.col("point_id") == point["point_id"]).drop("point_id")
            assert mine.rows(named=True) == expected


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE_ROWS, day)
def test_rows_reported_later_change_no_answer(
    given_rows: dict[str, list[dict[str, Any]]], on: date
) -> None:
    asked = ALL_QUESTIONS.filter(pl.col("as_of_date") <= on)
    early = {n: [r for r in rs if r["reported_on"] <= on] for n, rs in given_rows.items()}
    before = answers(registers_of(early), asked)
    after = answers(registers_of(given_rows), asked)
    assert all(before[name].equals(after[name]) for name in before)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE_ROWS, case)
def test_one_case_alone_gets_the_answers_of_the_batch(
    given_rows: dict[str, list[dict[str, Any]]], case_id: str
) -> None:
    registers = registers_of(given_rows)
    in_batch = answers(registers, ALL_QUESTIONS)
    alone = answers(registers.for_case(case_id), ALL_QUESTIONS.filter(pl.col("case_id") == case_id))
    for name, frame in alone.items():
        batch = in_batch[name].filter(pl.col("case_id") == case_id)
        assert frame.drop("point_id").equals(batch.drop("point_id")), name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE_ROWS, day, st.integers(1, 6))
def test_a_recovery_is_never_below_zero_nor_above_what_was_owed(
    given_rows: dict[str, list[dict[str, Any]]], known_by: date, window_days: int
) -> None:
    registers = registers_of(given_rows)
    points, _ = locate(registers, ALL_QUESTIONS)
    owed = outstanding(registers, points)
    got = recovered(registers, points, window_days, known_by).join(owed, on="point_id")
    assert got.height == points.height
    assert got.filter(pl.col("recovered_som") < 0).is_empty()
    assert got.filter(pl.col("recovered_som") > pl.col("outstanding_som")).is_empty()
