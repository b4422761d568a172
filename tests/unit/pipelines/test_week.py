"""A week's plan: within the hours, nobody twice, those who cannot wait first, nothing lost."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.week import (
    LIVES_BY,
    TERM_ENDS,
    PlanInputError,
    choose,
    plan_week,
    read_hours,
    read_recommendations,
)
from registers.examples import registers_of
from registers.extract import Registers

DAY = date(2026, 4, 1)
OFFER = {"case_id": pl.String, "hours": pl.Float64, "expected_net_som": pl.Float64}
OFFER |= {"first_because": pl.String}


def offer(*rows: tuple[str, float, float, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=OFFER, orient="row")


def test_the_hours_go_where_they_bring_most() -> None:
    taken, price = choose(offer(("a", 4, 900, None), ("b", 2, 700, None), ("c", 2, 600, None)), 4)
    assert sorted(taken["case_id"]) == ["b", "c"]
    assert price == pytest.approx(225)  # a quarter of case a


def test_a_case_has_one_measure_a_week() -> None:
    taken, _ = choose(offer(("a", 1, 900, None), ("a", 1, 800, None)), 10)
    assert taken["expected_net_som"].to_list() == [900]


def test_a_small_debt_that_somebody_lives_by_comes_before_a_large_one() -> None:
    taken, price = choose(offer(("child", 3, 50, LIVES_BY), ("bank", 3, 9_000_000, None)), 5)
    assert taken["case_id"].to_list() == ["child"]
    assert price == pytest.approx(3_000_000)


def test_of_those_that_do_not_wait_as_many_as_possible_are_served() -> None:
    first = (("a", 4, 900, TERM_ENDS), ("b", 2, 100, LIVES_BY), ("c", 2, 90, LIVES_BY))
    taken, _ = choose(offer(*first), 4)
    assert sorted(taken["case_id"]) == ["b", "c"]


def test_where_no_hour_is_short_one_more_is_worth_nothing() -> None:
    _, price = choose(offer(("a", 1, 900, None)), 10)
    assert price is None


ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from([0.5, 1.0, 2.0, 3.0]),
        st.integers(1, 1000).map(float),
        st.sampled_from([None, None, LIVES_BY]),
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, hours=st.sampled_from([0.0, 1.0, 2.5, 4.0]))
def test_no_other_choice_serves_more_of_the_first_or_brings_more(
    rows: list[tuple[str, float, float, str | None]], hours: float
) -> None:
    because = {case: why for case, _, _, why in rows}
    rows = [(case, h, net, because[case]) for case, h, net, _ in rows]

    def worth(taken: list[tuple[str, float, float, str | None]]) -> tuple[int, float, float]:
        first = [r for r in taken if r[3]]
        return len(first), sum(r[2] for r in first), sum(r[2] for r in taken if not r[3])

    best = (0, 0.0, 0.0)
    for marks in product([False, True], repeat=len(rows)):
        taken = [r for r, mark in zip(rows, marks, strict=True) if mark]
        fits = sum(r[1] for r in taken) <= hours and len({r[0] for r in taken}) == len(taken)
        best = max(best, worth(taken)) if fits else best
    chosen, _ = choose(offer(*rows), hours)
    found = worth(chosen.rows())
    assert found[0] == best[0]
    assert found[1:] == pytest.approx(best[1:])
    assert chosen["hours"].sum() <= hours + 1e-9
    assert chosen["case_id"].is_unique().all()


CASES: list[dict[str, Any]] = [
    {"case_id": "alimony", "claim_kind": "alimony", "claim_som": 300_000},
    {"case_id": "loan", "claim_som": 90_000_000},
    {"case_id": "stuck", "claim_som": 5_000_000},
    {"case_id": "poor", "claim_som": 5_000_000},
    {"case_id": "other", "claim_som": 5_000_000, "officer_id": "officer-1"},
]


@pytest.fixture(scope="module")
def registers() -> Registers:
    actions = [{"case_id": "loan", "officer_hours": hours} for hours in (1.0, 3.0)]
    return registers_of({"cases": CASES, "actions": actions})


def ranked(**changed: Any) -> pl.DataFrame:
    rows = [
        ("alimony", 1, "bank_account_levy", 200_000.0, False),
        ("loan", 1, "bank_account_levy", 40_000_000.0, False),
        ("loan", 2, "travel_ban", 4_000_000.0, False),
        ("stuck", 1, "bank_account_levy", 900_000.0, True),
        ("poor", 1, "bank_account_levy", -500.0, False),
        ("other", 1, "bank_account_levy", 900_000.0, False),
    ]
    names = ["case_id", "rank", "measure", "expected_net_som", "abstained"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    return frame.with_columns(pl.lit(DAY).alias("as_of_date")).with_columns(**changed)


def test_every_case_is_planned_or_left_undone_with_its_reason(registers: Registers) -> None:
    week = plan_week(registers, ranked(), {"officer-0": 2.5})
    assert week.plan.select("case_id", "turn", "first_because").rows() == [("alimony", 1, LIVES_BY)]
    assert dict(week.undone.select("case_id", "reason_code").iter_rows()) == {
        "loan": "hours_used_up",
        "stuck": "decide_by_hand",
        "poor": "brings_nothing",
        "other": "no_hours",
    }
    line = week.officers.row(by_predicate=pl.col("officer_id") == "officer-0", named=True)
    assert line["hours_planned"] == 2.0  # the mean of what levies took before
    assert line["next_hour_som"] == pytest.approx(20_000_000)


def test_with_hours_for_all_the_largest_comes_after_the_first(registers: Registers) -> None:
    week = plan_week(registers, ranked(), 36.0)
    mine = week.plan.filter(pl.col("officer_id") == "officer-0")
    assert mine["case_id"].to_list() == ["alimony", "loan"]
    assert mine["measure"].to_list() == ["bank_account_levy"] * 2


def test_an_officer_without_a_single_hour_keeps_all_cases_undone(registers: Registers) -> None:
    week = plan_week(registers, ranked(), 0.0)
    assert week.plan.is_empty()
    assert week.undone.height == len(CASES)


def test_the_same_input_gives_the_same_plan(registers: Registers, tmp_path: Path) -> None:
    for name in ("a", "b"):
        plan_week(registers, ranked().sample(fraction=1.0, shuffle=True), 3.0).write(
            tmp_path / name
        )
    for file in ("plan", "undone", "officers"):
        one, two = (tmp_path / name / f"{file}.parquet" for name in ("a", "b"))
        assert one.read_bytes() == two.read_bytes()


def test_what_no_week_can_be_planned_from_is_refused_with_what_to_do(
    registers: Registers,
) -> None:
    with pytest.raises(PlanInputError, match="no ranked measure"):
        plan_week(registers, ranked()[:0], 36.0)
    two = pl.concat([ranked(), ranked(as_of_date=pl.lit(date(2026, 4, 2)))])
    with pytest.raises(PlanInputError, match="of 2 days"):
        plan_week(registers, two, 36.0)
    with pytest.raises(PlanInputError, match="-1 hours"):
        plan_week(registers, ranked(), {"officer-0": -1.0})
    with pytest.raises(PlanInputError, match="how many hours it took"):
        plan_week(registers_of({"cases": CASES}), ranked(), 36.0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("officer_id\nA\n", "no column hours"),
        ("officer_id,hours\nA,many\n", "no hours"),
        ("officer_id,hours\nA,3\nA,4\n", "more than once"),
        ("officer_id,hours\n,3\n", "no officer_id"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text(text)
    with pytest.raises(PlanInputError, match=says):
        read_hours(file)


def test_hours_and_recommendations_are_read(tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text("officer_id,hours\n007,12.5\n")
    assert read_hours(file) == {"007": 12.5}
    ranked().write_parquet(tmp_path / "r.parquet")
    assert read_recommendations(tmp_path / "r.parquet").height == 6
    with pytest.raises(PlanInputError, match="cannot be read"):
        read_recommendations(tmp_path / "none.parquet")
    pl.DataFrame({"case_id": ["a"]}).write_parquet(tmp_path / "bad.parquet")
    with pytest.raises(PlanInputError, match="has no column as_of_date"):
        read_recommendations(tmp_path / "bad.parquet")
