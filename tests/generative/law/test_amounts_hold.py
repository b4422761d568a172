"""Promises that hold for any case: what is protected, what may be taken, when a step is due."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from law.examples import example_facts
from law.uz.amounts import REACHES, coverable_som
from law.uz.calendar import is_working_day, next_working_day, working_days_after
from law.uz.calendar_file import FIRST_DAY, LAST_DAY

SOM = st.none() | st.integers(0, 10**12)
DAY = st.none() | st.dates(date(1999, 1, 1), date(2045, 1, 1))
CLAIM = st.sampled_from(["alimony", "bank_credit", "wages", "non_property"])
DEADLINES = (
    "must_open_by",
    "enforce_by",
    "attach_by",
    "removal_from",
    "sell_by",
    "simplified_measures_by",
    "appeal_until",
)
WORKING = ("must_open_by", "removal_from", "simplified_measures_by")
CASES = st.lists(
    st.fixed_dictionaries(
        {"claim_kind": CLAIM},
        optional={
            "as_of_date": st.dates(date(1999, 1, 1), date(2045, 1, 1)),
            "debtor_kind": st.sampled_from([None, "individual", "entrepreneur", "legal_entity"]),
            "procedure": st.sampled_from(["ordinary", "simplified"]),
            "outstanding_som": SOM,
            "account_free_som": SOM,
            "leviable_income_som": SOM,
            "free_vehicles_som": SOM,
            "free_real_estate_som": SOM,
            "proved_receivable_som": SOM,
            "presented_on": DAY,
            "opened_on": DAY,
            "served_on": DAY,
            "voluntary_until": DAY,
            "attached_on": DAY,
            "interrupted_on": DAY,
            "excluded_days": st.none() | st.integers(0, 5000),
        },
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(CASES, st.integers(0, 10**12))
def test_more_debt_never_raises_a_protected_amount(cases: list[dict[str, Any]], more: int) -> None:
    raised = [{**c, "outstanding_som": (c.get("outstanding_som") or 0) + more} for c in cases]
    before, after = example_facts(*cases), example_facts(*raised)
    assert before["protected_amount_som"].to_list() == after["protected_amount_som"].to_list()
    assert before["leviable_balance_som"].to_list() == after["leviable_balance_som"].to_list()


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_a_month_withholds_no_more_than_its_share_and_the_debt(
    cases: list[dict[str, Any]],
) -> None:
    for row in example_facts(*cases).iter_rows(named=True):
        taken, share = row["withholdable_som"], row["withholding_share"]
        if taken is None:
            continue
        assert taken >= 0
        if row["outstanding_som"] is not None:
            assert taken <= row["outstanding_som"]
        if row["leviable_income_som"] is not None and share is not None:
            assert taken * 10 <= row["leviable_income_som"] * round(share * 10)


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_no_measure_covers_more_than_is_owed(cases: list[dict[str, Any]]) -> None:
    facts = example_facts(*cases)
    for measure in REACHES:
        covers = coverable_som(measure)
        assert covers is not None
        asked = facts.select(covers.alias("som"), "outstanding_som")
        assert asked.filter(pl.col("som") > pl.col("outstanding_som")).is_empty()
        assert asked.filter(pl.col("som") < 0).is_empty()


@settings(max_examples=60, deadline=None)
@given(st.dates(FIRST_DAY, date(2040, 1, 1)), st.integers(1, 60))
def test_working_days_are_worked_and_never_earlier_than_as_many_days(day: date, n: int) -> None:
    found = working_days_after(pl.Series([day]), n)[0]
    assert found >= day + timedelta(days=n)
    assert is_working_day(found)
    between = (day + timedelta(days=k) for k in range(1, (found - day).days + 1))
    assert sum(bool(is_working_day(d)) for d in between) == n


@settings(max_examples=60, deadline=None)
@given(st.dates(FIRST_DAY, date(2040, 12, 1)))
def test_the_next_working_day_is_the_first_one_from_the_day_on(day: date) -> None:
    found = next_working_day(pl.Series([day]))[0]
    assert is_working_day(found)
    assert not any(is_working_day(day + timedelta(days=k)) for k in range((found - day).days))


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_no_step_is_due_on_a_day_outside_the_calendar(cases: list[dict[str, Any]]) -> None:
    facts = example_facts(*cases)
    for name in DEADLINES:
        for due in facts[name].drop_nulls():
            assert FIRST_DAY <= due <= LAST_DAY
            assert name not in WORKING or is_working_day(due)


@settings(max_examples=25, deadline=None)
@given(CASES)
def test_a_case_alone_has_the_amounts_that_it_has_among_many(cases: list[dict[str, Any]]) -> None:
    together = example_facts(*cases)
    for number, case in enumerate(cases):
        alone, among = example_facts(case).drop("point_id"), together[number].drop("point_id")
        assert alone.equals(among)
