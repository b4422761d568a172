"""To which day a fact refers, which report brought it, and when it is older than usual."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from features.catalogue import FEATURES, STAMPS
from features.frame import build_features
from features.freshness import FRESHNESS, Stamp, is_stale, stale_expr, stamp_columns
from features.roles import roles
from features.stamps import stamp_of
from registers.examples import example_frame, registers_of
from registers.snapshot import locate
from registers.tables import TABLES

DAY = date(2026, 5, 4)
Days = tuple[date | None, date | None]


def stamps_of(rows: Mapping[str, Any], day: date = DAY) -> dict[str, Days]:
    """Stamp -> (observed_on, known_on) of case-0 on a day."""
    registers = registers_of(rows)
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [day]})
    points, _ = locate(registers, asked)
    facts = build_features(registers, points).row(0, named=True)
    pairs = {name: stamp_columns(name) for name in STAMPS}
    return {name: (facts[observed], facts[known]) for name, (known, observed) in pairs.items()}


EVENT_DAYS = [
    ("accounts", {"month": date(2026, 3, 1)}, date(2026, 3, 31)),
    ("accounts", {"month": date(2024, 2, 1)}, date(2024, 2, 29)),
    ("incomes", {"month": date(2026, 2, 1)}, date(2026, 2, 28)),
    ("obligations", {"month": date(2025, 12, 1)}, date(2025, 12, 31)),
    ("households", {"month": date(2026, 3, 1)}, date(2026, 3, 31)),
    ("businesses", {"quarter": date(2026, 1, 1)}, date(2026, 3, 31)),
    ("businesses", {"quarter": date(2025, 10, 1)}, date(2025, 12, 31)),
    ("payments", {"paid_on": date(2026, 4, 2)}, date(2026, 4, 2)),
    ("actions", {"decided_on": date(2026, 3, 2)}, date(2026, 3, 2)),
    (
        "actions",
        {"decided_on": date(2026, 3, 2), "executed_on": date(2026, 3, 9)},
        date(2026, 3, 9),
    ),
    (
        "actions",
        {"decided_on": date(2026, 3, 2), "ended_on": date(2026, 4, 8)},
        date(2026, 3, 2),
    ),
    ("appeals", {"filed_on": date(2026, 3, 2)}, date(2026, 3, 2)),
    ("appeals", {"filed_on": date(2026, 3, 2), "resolved_on": date(2026, 4, 1)}, date(2026, 4, 1)),
    ("case_events", {"starts_on": date(2026, 2, 3)}, date(2026, 2, 3)),
    ("case_events", {"starts_on": date(2026, 4, 30)}, date(2026, 4, 9)),
    ("cases", {"served_on": date(2026, 2, 3)}, date(2026, 4, 9)),
    ("debtors", {"status": "bankrupt", "status_on": date(2026, 2, 3)}, date(2026, 4, 9)),
    ("vehicles", {"acquired_on": date(2019, 6, 1)}, date(2026, 4, 9)),
    ("real_estate", {}, date(2026, 4, 9)),
]


@pytest.mark.parametrize(("table", "row", "expected"), EVENT_DAYS)
def test_each_register_dates_its_rows(table: str, row: dict[str, Any], expected: date) -> None:
    reported = date(2026, 4, 9)
    rows = example_frame(table, [{**row, "reported_on": reported}])
    found = stamp_of(rows, table, DAY)
    assert found is not None
    assert (found.observed_on, found.known_on) == (expected, reported)


def test_every_register_of_the_contract_is_dated_by_its_own_columns() -> None:
    assert set(FRESHNESS) == set(TABLES)
    for name, one in FRESHNESS.items():
        columns = [one.period] if one.period else list(one.days)
        assert set(columns) <= set(TABLES[name].column_names), name
        assert one.source.endswith("."), name


def test_a_report_of_a_running_month_is_no_report_of_its_end() -> None:
    rows = example_frame("accounts", [{"month": date(2026, 4, 1), "reported_on": date(2026, 4, 9)}])
    assert stamp_of(rows, "accounts", DAY) == Stamp(date(2026, 4, 9), date(2026, 4, 9))


def test_the_two_days_belong_to_one_row() -> None:
    march = {"month": date(2026, 3, 1), "reported_on": date(2026, 4, 9)}
    january = {"month": date(2026, 1, 1), "reported_on": date(2026, 2, 9)}
    late = {**january, "balance_som": 7, "reported_on": date(2026, 4, 20)}
    accounts = [{"account_id": "a", **row} for row in (january, march, late)]
    pair = (date(2026, 3, 31), date(2026, 4, 9))
    assert stamps_of({"accounts": accounts})["accounts"] == pair


def test_of_two_banks_that_report_one_month_the_later_report_completes_it() -> None:
    march = {"month": date(2026, 3, 1)}
    accounts = [
        {"account_id": "a", "bank_id": "p", **march, "reported_on": date(2026, 4, 20)},
        {"account_id": "b", "bank_id": "q", **march, "reported_on": date(2026, 4, 9)},
    ]
    for day, known in ((date(2026, 4, 19), date(2026, 4, 9)), (DAY, date(2026, 4, 20))):
        found = stamps_of({"accounts": accounts}, day)["accounts"]
        assert found == (date(2026, 3, 31), known)


def test_a_late_correction_counts_from_its_own_day_and_not_before() -> None:
    march = {"account_id": "a", "month": date(2026, 3, 1), "reported_on": date(2026, 4, 9)}
    corrected = {**march, "balance_som": 7, "reported_on": date(2026, 4, 20)}
    rows = {"accounts": [march, corrected]}
    of = date(2026, 3, 31)
    assert stamps_of(rows, date(2026, 4, 8))["accounts"] == (None, None)
    assert stamps_of(rows, date(2026, 4, 19))["accounts"] == (of, date(2026, 4, 9))
    assert stamps_of(rows, date(2026, 4, 20))["accounts"] == (of, date(2026, 4, 20))


def test_what_was_paid_in_this_case_is_not_dated_by_another_case() -> None:
    cases = [{}, {"case_id": "other", "opened_on": date(2026, 2, 2), "reported_on": DAY}]
    payments = [
        {"paid_on": date(2026, 2, 3), "reported_on": date(2026, 2, 5)},
        {"paid_on": date(2026, 4, 3), "reported_on": date(2026, 4, 5), "case_id": "other"},
    ]
    found = stamps_of({"cases": cases, "payments": payments})
    assert found["payments_this_case"] == (date(2026, 2, 3), date(2026, 2, 5))
    assert found["payments_other_cases"] == (date(2026, 4, 3), date(2026, 4, 5))
    assert found["payments"] == found["payments_other_cases"]
    assert found["cases_this_case"] == (date(2026, 1, 5), date(2026, 1, 5))
    assert found["cases_other_cases"] == (DAY, DAY)
    assert found["actions_this_case"] == (None, None)


def test_stamps_are_shown_and_never_learnt_from() -> None:
    part = roles()
    stamps = {column for name in STAMPS for column in stamp_columns(name)}
    assert set(part.freshness) == stamps
    assert not stamps & {*part.covariates, *part.excluded, *part.keys}
    assert {f.known_on for f in FEATURES} | {f.observed_on for f in FEATURES} <= stamps


@pytest.mark.parametrize(
    ("table", "limit"),
    [("accounts", 75), ("incomes", 106), ("obligations", 81), ("businesses", 184)],
)
def test_a_fact_is_old_from_the_day_after_its_limit(table: str, limit: int) -> None:
    of = date(2026, 1, 31)
    for days, expected in ((limit, False), (limit + 1, True)):
        day = of + timedelta(days=days)
        assert is_stale(table, of, day) is expected
        row = pl.DataFrame({"table": [table], "of": [of], "day": [day]})
        stale = stale_expr(pl.col("table"), pl.col("of"), pl.col("day"))
        assert row.select(stale).item() is expected


@pytest.mark.parametrize("table", ["vehicles", "real_estate", "debtors", "payments", "actions"])
def test_a_register_of_changes_is_never_old_by_its_silence(table: str) -> None:
    assert not is_stale(table, date(2001, 1, 1), DAY)
    row = pl.DataFrame({"table": [table], "of": [date(2001, 1, 1)], "day": [DAY]})
    assert row.select(stale_expr(pl.col("table"), pl.col("of"), pl.col("day"))).item() is False


def test_no_row_has_no_stamp_and_is_not_old() -> None:
    assert stamp_of(TABLES["accounts"].empty(), "accounts", DAY) is None
    assert not is_stale("accounts", None, DAY)
