"""For any history of reports the two days of a fact belong together, and stay what they were."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from features.catalogue import STAMPS
from features.examples import LAST_DAY, random_questions, random_registers, random_rows, with_rows
from features.frame import build_features
from features.freshness import stamp_columns
from features.reading import EVENT_DAYS
from registers.examples import registers_of
from registers.extract import Registers
from registers.snapshot import known_at, locate
from registers.tables import TABLES

SEEDS = st.integers(0, 10_000)
HAPPENED = {
    "case_events": ("starts_on",),
    "actions": ("decided_on", "executed_on"),
    "payments": ("paid_on",),
    "appeals": ("filed_on", "resolved_on"),
}


def stamps(registers: Registers, points: pl.DataFrame) -> pl.DataFrame:
    columns = [column for name in STAMPS for column in stamp_columns(name)]
    return build_features(registers, points).select("point_id", "as_of_date", *columns)


def points_of(registers: Registers, seed: int) -> pl.DataFrame:
    return locate(registers, random_questions(registers, seed, 30))[0]


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_no_fact_is_observed_after_its_report_nor_reported_after_the_day(seed: int) -> None:
    registers = random_registers(seed)
    found = stamps(registers, points_of(registers, seed))
    for name in STAMPS:
        known_on, observed_on = (pl.col(column) for column in stamp_columns(name))
        wrong = (observed_on > known_on) | (known_on > pl.col("as_of_date"))
        assert found.filter(wrong).is_empty(), name
        assert found.filter(known_on.is_null() != observed_on.is_null()).is_empty(), name


def event_day(table: str, row: Mapping[str, Any]) -> date:
    """The day to which a row refers, by hand."""
    if "month" in row:
        month: date = row["month"]
        day = month.replace(day=monthrange(month.year, month.month)[1])
    elif "quarter" in row:
        last = row["quarter"].month + 2
        year = row["quarter"].year
        day = date(year, last, monthrange(year, last)[1])
    else:
        days = [row[column] for column in HAPPENED.get(table, ()) if row[column] is not None]
        day = max(days, default=row["reported_on"])
    reported: date = row["reported_on"]
    return min(day, reported)


@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_stamps_are_those_of_a_count_by_hand(seed: int) -> None:
    registers = random_registers(seed, n_debtors=8)
    points = points_of(registers, seed)
    found = {row["point_id"]: row for row in stamps(registers, points).iter_rows(named=True)}
    case_of = dict(points.select("point_id", "case_id").iter_rows())
    known = {t: known_at(registers, points, t, by="debtor").to_dicts() for t, _ in STAMPS.values()}
    for name, (table, part) in STAMPS.items():
        pairs: dict[int, list[tuple[date, date]]] = {}
        for row in known[table]:
            if table in EVENT_DAYS and row[EVENT_DAYS[table]] >= row["as_of_date"]:
                continue
            here = row.get("case_id") == case_of[row["point_id"]]
            if part == "all" or here == (part == "this_case"):
                dated = (event_day(table, row), row["reported_on"])
                pairs.setdefault(row["point_id"], []).append(dated)
        for point, row in found.items():
            expected = max(pairs[point]) if point in pairs else (None, None)
            known_on, observed_on = stamp_columns(name)
            assert (row[observed_on], row[known_on]) == expected, name


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)), days_later=st.integers(1, 400))
@settings(max_examples=12, deadline=None)
def test_later_reports_change_no_stamp(seed: int, table: str, days_later: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    later = random_rows(np.random.default_rng(seed + 1), TABLES[table], 12, LAST_DAY)
    day = max(points["as_of_date"].to_list(), default=LAST_DAY) + timedelta(days=days_later)
    added = with_rows(registers, {table: later.with_columns(reported_on=pl.lit(day))})
    assert stamps(added, points).equals(stamps(registers, points))


@given(
    months=st.lists(st.integers(1, 12), min_size=1, max_size=6, unique=True),
    lag=st.integers(1, 60),
    delay=st.integers(1, 90),
    which=st.integers(0, 5),
)
@settings(max_examples=40, deadline=None)
def test_a_late_correction_moves_the_stamp_from_its_own_day_on(
    months: list[int], lag: int, delay: int, which: int
) -> None:
    ends = {m: date(2025, m, monthrange(2025, m)[1]) for m in sorted(months)}
    rows = [
        {"account_id": "a", "month": date(2025, m, 1), "reported_on": end + timedelta(days=lag)}
        for m, end in ends.items()
    ]
    wrong = rows[which % len(rows)]
    newest = max(row["reported_on"] for row in rows)  # type: ignore[type-var]
    assert isinstance(newest, date)
    corrected_on = newest + timedelta(days=delay)
    corrected = {**wrong, "balance_som": 7, "reported_on": corrected_on}
    opened = {"cases": [{"document_on": date(2024, 1, 1), "reported_on": date(2024, 1, 9)}]}
    before = registers_of({**opened, "accounts": rows})
    after = registers_of({**opened, "accounts": [*rows, corrected]})
    last = max(ends.values())
    days = [
        newest,
        corrected_on - timedelta(days=1),
        corrected_on,
        corrected_on + timedelta(days=9),
    ]
    for day in days:
        asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [day]})
        one = stamps(after, locate(after, asked)[0]).row(0, named=True)
        old = stamps(before, locate(before, asked)[0]).row(0, named=True)
        assert one["observed_on_accounts"] == last
        moved = day >= corrected_on and wrong is rows[-1]
        assert one["known_on_accounts"] == (corrected_on if moved else old["known_on_accounts"])
