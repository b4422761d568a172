"""What a row set aside leaves unknown, from which day on, and what makes it known again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from registers.examples import registers_of
from registers.extract import Registers
from registers.outcomes import most_outstanding, outstanding, recovered
from registers.snapshot import By, locate
from registers.tables import TABLES
from registers.unknown import Reads, unknown_points
from registers.unknown_rows import unknown_schema

OPENED = date(2026, 1, 5)
LOST_ON, DAY = date(2026, 2, 1), date(2026, 3, 1)
ME = {"debtor_id": "debtor-0"}


def lost(registers: Registers, table: str, *rows: Mapping[str, Any]) -> Registers:
    """The registers with rows of a table set aside, as validation writes them."""
    schema = unknown_schema(TABLES[table])
    defaults = {"reason": "unknown_value", "reported_on": LOST_ON}
    frame = pl.DataFrame([{**defaults, **row} for row in rows], schema=schema, orient="row")
    return replace(registers, unknown={**registers.unknown, table: frame})


def whole(rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> Registers:
    """Registers of which every table was delivered."""
    return registers_of({**{name: [] for name in TABLES if name not in BASE}, **(rows or {})})


BASE = ("debtors", "cases")


def why(
    registers: Registers,
    table: str,
    day: date = DAY,
    by: By = "debtor",
    reads: Reads = "state",
    case: str = "case-0",
) -> str | None:
    asked = pl.DataFrame({"case_id": [case], "as_of_date": [day]})
    points, _ = locate(registers, asked)
    found = unknown_points(registers, points, table, by, reads)["why"].to_list()
    return found[0] if found else None


def test_a_row_set_aside_leaves_its_debtor_unknown_from_its_report_on() -> None:
    registers = lost(whole(), "vehicles", {**ME, "vehicle_id": "v"})
    assert why(registers, "vehicles", date(2026, 1, 31)) is None
    assert why(registers, "vehicles", LOST_ON) == "part_set_aside"
    assert why(registers, "real_estate", LOST_ON) is None


def test_a_row_whose_report_cannot_be_read_is_unknown_on_every_day() -> None:
    registers = lost(whole(), "vehicles", {**ME, "vehicle_id": "v", "reported_on": None})
    assert why(registers, "vehicles", OPENED) == "part_set_aside"


def test_another_debtor_stays_known() -> None:
    registers = lost(whole(), "vehicles", {"debtor_id": "somebody", "vehicle_id": "v"})
    assert why(registers, "vehicles") is None


def test_a_later_report_of_the_same_key_makes_it_known_again() -> None:
    row = {"vehicle_id": "v", "reported_on": date(2026, 2, 20)}
    registers = lost(whole({"vehicles": [row]}), "vehicles", {**ME, "vehicle_id": "v"})
    assert why(registers, "vehicles", date(2026, 2, 19)) == "part_set_aside"
    assert why(registers, "vehicles", date(2026, 2, 20)) is None
    same_day = lost(
        whole({"vehicles": [{**row, "reported_on": LOST_ON}]}),
        "vehicles",
        {**ME, "vehicle_id": "v"},
    )
    assert why(same_day, "vehicles") == "part_set_aside"


def test_a_row_that_was_taken_back_settles_nothing() -> None:
    row = {"vehicle_id": "v", "reported_on": date(2026, 2, 20)}
    void = {**ME, "vehicle_id": "v", "reported_on": row["reported_on"], "withdrawn_on": DAY}
    registers = registers_of({"vehicles": [row]}, withdrawn={"vehicles": [void]})
    registers = lost(registers, "vehicles", {**ME, "vehicle_id": "v"})
    assert why(registers, "vehicles", date(2026, 2, 28)) is None
    assert why(registers, "vehicles", DAY) == "part_set_aside"


def test_a_word_for_word_repetition_leaves_nothing_unknown() -> None:
    row = {"vehicle_id": "v", "reported_on": LOST_ON}
    repeated = {**ME, "vehicle_id": "v", "reason": "duplicate_key"}
    assert why(lost(whole({"vehicles": [row]}), "vehicles", repeated), "vehicles") is None
    assert why(lost(whole(), "vehicles", repeated), "vehicles") == "part_set_aside"


@pytest.mark.parametrize(
    ("account", "lost_month", "lost_on", "state", "history"),
    [
        ("a", date(2025, 6, 1), OPENED, None, "part_set_aside"),  # the present, not the past
        ("b", date(2025, 6, 1), OPENED, "part_set_aside", "part_set_aside"),  # another account
        ("a", date(2026, 2, 1), OPENED, "part_set_aside", "part_set_aside"),
        ("a", date(2024, 12, 1), OPENED, None, None),  # nothing sums over more than a year
        ("a", date(2024, 12, 1), LOST_ON, None, "part_set_aside"),  # it was the newest report
        ("b", date(2024, 12, 1), OPENED, "part_set_aside", "part_set_aside"),  # nobody told since
    ],
)
def test_a_later_month_tells_the_present_and_a_year_later_the_past_is_not_asked(
    account: str, lost_month: date, lost_on: date, state: str | None, history: str | None
) -> None:
    row = {"account_id": account, "month": date(2026, 1, 1), "reported_on": OPENED}
    gone = {**ME, "account_id": "a", "month": lost_month, "reported_on": lost_on}
    registers = lost(whole({"accounts": [row]}), "accounts", gone)
    assert why(registers, "accounts") == state
    assert why(registers, "accounts", reads="history") == history


def test_a_month_dated_in_advance_takes_no_older_one_out_of_sight() -> None:
    ahead = {"account_id": "a", "month": date(2026, 12, 1), "reported_on": OPENED}
    gone = {**ME, "account_id": "a", "month": date(2025, 6, 1), "reported_on": OPENED}
    registers = lost(whole({"accounts": [ahead]}), "accounts", gone)
    assert why(registers, "accounts", reads="history") == "part_set_aside"


def test_a_later_month_of_an_account_that_another_has_settles_nothing() -> None:
    later = {"account_id": "a", "month": date(2026, 1, 1), "reported_on": OPENED}
    gone = {**ME, "account_id": "a", "month": date(2025, 12, 1), "reported_on": OPENED}
    debtors = [{"debtor_id": "debtor-0"}, {"debtor_id": "debtor-1"}]
    for owner, state in (("debtor-1", "part_set_aside"), ("debtor-0", None)):
        told = whole({"accounts": [{**later, "debtor_id": owner}], "debtors": debtors})
        assert why(lost(told, "accounts", gone), "accounts") == state


def test_a_payment_set_aside_concerns_its_case_and_its_debtor() -> None:
    cases = [{"case_id": "case-0"}, {"case_id": "case-1"}]
    registers = lost(whole({"cases": cases}), "payments", {"case_id": "case-1", "payment_id": "p"})
    assert why(registers, "payments", by="case") is None
    assert why(registers, "payments", by="case", case="case-1") == "part_set_aside"
    assert why(registers, "payments", by="debtor") == "part_set_aside"


def test_a_case_that_cannot_be_read_leaves_what_hangs_on_cases_unknown() -> None:
    registers = lost(whole(), "cases", {**ME, "case_id": "case-9"})
    assert why(registers, "cases", by="case") is None
    assert why(registers, "cases", by="debtor") == "part_set_aside"
    assert why(registers, "actions", by="debtor") == "part_set_aside"
    assert why(registers, "actions", by="case") is None
    nameless = lost(whole(), "cases", {**ME, "case_id": None})
    assert why(nameless, "cases", by="case") == "part_set_aside"


def test_a_question_about_a_case_that_cannot_be_read_is_told_so_from_its_report_on() -> None:
    registers = lost(whole(), "cases", {**ME, "case_id": "case-9"})
    asked = pl.DataFrame({"case_id": ["case-9"] * 2, "as_of_date": [date(2026, 1, 31), LOST_ON]})
    _, set_aside = locate(registers, asked)
    assert set_aside["reason_code"].to_list() == ["case_unknown", "case_set_aside"]


def test_a_table_that_was_not_delivered_and_one_all_set_aside_are_told_apart() -> None:
    registers = registers_of({})
    assert why(registers, "vehicles") == "not_delivered"
    lost_whole = replace(registers, all_set_aside=frozenset(["vehicles"]))
    assert why(lost_whole, "vehicles") == "all_set_aside"


def test_one_case_gets_the_same_answer_alone_and_among_all() -> None:
    debtors = [{"debtor_id": f"debtor-{n}"} for n in range(3)]
    cases = [{"debtor_id": f"debtor-{n}", "case_id": f"case-{n}"} for n in range(3)]
    registers = whole({"debtors": debtors, "cases": cases})
    registers = lost(registers, "vehicles", {"debtor_id": "debtor-1", "vehicle_id": "v"})
    registers = lost(registers, "payments", {"case_id": "case-2", "payment_id": "p"})
    for n in range(3):
        own = registers.for_case(f"case-{n}")
        for table in ("vehicles", "payments"):
            told = why(registers, table, case=f"case-{n}")
            assert why(own, table, case=f"case-{n}") == told
    assert registers.for_case("case-0").unknown == {}


def test_what_is_outstanding_is_unknown_where_a_payment_was_set_aside() -> None:
    registers = lost(whole(), "payments", {"case_id": "case-0", "payment_id": "p"})
    asked = pl.DataFrame({"case_id": ["case-0"] * 2, "as_of_date": [date(2026, 1, 31), LOST_ON]})
    points, _ = locate(registers, asked)
    owed = outstanding(registers, points)["outstanding_som"].to_list()
    assert owed[1] is None
    assert most_outstanding(registers, points)["outstanding_som"].to_list() == [owed[0], owed[0]]


def test_an_outcome_is_unknown_where_a_payment_was_set_aside_later() -> None:
    registers = lost(whole(), "payments", {"case_id": "case-0", "payment_id": "p"})
    points, _ = locate(registers, pl.DataFrame({"case_id": ["case-0"], "as_of_date": [OPENED]}))
    before = recovered(registers, points, 180, known_by=date(2026, 1, 31))
    assert before["recovered_som"].to_list() == [0]
    assert recovered(registers, points, 180, known_by=DAY)["recovered_som"].to_list() == [None]
