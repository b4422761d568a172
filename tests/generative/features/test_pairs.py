"""Of each measure nothing reported later, and nothing decided on the day itself, is known."""

from datetime import timedelta
from io import BytesIO

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from features.catalogue.pairs import PAIR_FEATURES, PAIR_STAMPS
from features.examples import (
    LAST_DAY,
    random_questions,
    random_registers,
    random_rows,
    with_rows,
)
from features.freshness import stamp_columns
from features.pairs import build_pairs
from law.facts import build_facts
from registers.extract import Registers
from registers.snapshot import known_at, locate
from registers.tables import TABLES

SEEDS = st.integers(0, 10_000)


def pairs_of(registers: Registers, points: pl.DataFrame) -> pl.DataFrame:
    return build_pairs(registers, points, build_facts(registers, points))


def pair_bytes(registers: Registers, points: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    pairs_of(registers, points).write_parquet(buffer)
    return buffer.getvalue()


def points_of(registers: Registers, seed: int, n: int = 30) -> pl.DataFrame:
    points, _ = locate(registers, random_questions(registers, seed, n))
    return points


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)), days_later=st.integers(1, 400))
@settings(max_examples=12, deadline=None)
def test_rows_reported_later_change_no_byte_of_a_pair(
    seed: int, table: str, days_later: int
) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    later = random_rows(np.random.default_rng(seed + 1), TABLES[table], 12, LAST_DAY)
    day = max(points["as_of_date"].to_list(), default=LAST_DAY) + timedelta(days=days_later)
    added = {table: later.with_columns(reported_on=pl.lit(day))}
    assert pair_bytes(with_rows(registers, added), points) == pair_bytes(registers, points)


@given(seed=SEEDS, measure=st.sampled_from(("bank_account_levy", "travel_ban")))
@settings(max_examples=6, deadline=None)
def test_a_decision_cannot_rest_on_itself(seed: int, measure: str) -> None:
    """Neither the decision of the day, nor what it brings on that day, is known to it."""
    registers = random_registers(seed)
    points = points_of(registers, seed)
    if points.is_empty():
        return
    day = points["as_of_date"].max()
    asked = points.filter(pl.col("as_of_date") == day)
    today = pl.col("as_of_date")
    decided = asked.select(
        pl.format("today-{}", "point_id").alias("action_id"),
        "case_id",
        pl.lit(measure).alias("measure"),
        today.alias("decided_on"),
        today.alias("executed_on"),
        pl.lit(None, dtype=pl.Date).alias("ended_on"),
        pl.lit("officer").alias("officer_id"),
        pl.lit(5_000, dtype=pl.Int64).alias("cost_som"),
        pl.lit(1.0).alias("officer_hours"),
        pl.lit("effective").alias("result"),
        pl.lit(None, dtype=pl.String).alias("cancelled_as"),
        pl.lit(None, dtype=pl.Float64).alias("propensity"),
        today.alias("reported_on"),
    ).select(TABLES["actions"].column_names)
    known = pairs_of(registers, asked)
    more = pairs_of(with_rows(registers, {"actions": decided}), asked)
    assert more.equals(known)


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_tries_are_those_of_a_count_by_hand(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    actions = known_at(registers, points, "actions", by="debtor").to_dicts()
    payments = known_at(registers, points, "payments", by="debtor").to_dicts()
    case_of = dict(points.select("point_id", "case_id").iter_rows())
    for pair in pairs_of(registers, points).iter_rows(named=True):
        before = [
            row
            for row in actions
            if row["point_id"] == pair["point_id"]
            and row["measure"] == pair["measure"]
            and row["decided_on"] < row["as_of_date"]
        ]
        own = case_of[pair["point_id"]]
        here = [row for row in before if row["case_id"] == own]
        assert pair["n_tried"] == len(here)
        assert pair["n_tried_other_cases"] == len(before) - len(here)
        if not here:
            assert pair["tried_result"] == "never_tried"
            assert pair["days_since_tried"] is None
            assert pair["brought_share"] is None
            continue
        last = max(here, key=lambda row: (row["decided_on"], row["action_id"]))
        assert pair["tried_result"] == last["result"]
        assert pair["days_since_tried"] == (last["as_of_date"] - last["decided_on"]).days
        since = sum(
            row["amount_som"]
            for row in payments
            if row["point_id"] == pair["point_id"]
            and row["case_id"] == own
            and last["decided_on"] <= row["paid_on"] < row["as_of_date"]
        )
        assert (pair["paid_since_tried_share"] or 0.0) >= 0.0
        assert ((pair["paid_since_tried_share"] or 0.0) > 0.0) == (since > 0)


@given(seed=SEEDS)
@settings(max_examples=8, deadline=None)
def test_no_pair_fact_is_observed_after_its_report_nor_reported_after_the_day(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    pairs = pairs_of(registers, points).join(points.select("point_id", "as_of_date"), on="point_id")
    for stamp in PAIR_STAMPS:
        known_on, observed_on = (pl.col(column) for column in stamp_columns(stamp))
        wrong = (observed_on > known_on) | (known_on > pl.col("as_of_date"))
        assert pairs.filter(wrong).is_empty(), stamp


@given(seed=SEEDS)
@settings(max_examples=5, deadline=None)
def test_a_point_alone_has_the_pairs_that_it_has_in_a_batch(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    batch = pairs_of(registers, points)
    for row in range(min(points.height, 3)):
        alone = pairs_of(registers.for_case(points["case_id"][row]), points[row])
        assert alone.equals(batch.filter(pl.col("point_id") == points["point_id"][row]))


@given(seed=SEEDS)
@settings(max_examples=4, deadline=None)
def test_pairs_are_sorted_whatever_the_order_of_the_points(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    shuffled = points.sample(fraction=1.0, shuffle=True, seed=seed)
    pairs = pairs_of(registers, points)
    assert pair_bytes(registers, shuffled) == pair_bytes(registers, points)
    order = registers.legal_order.measures
    assert pairs["measure"].to_list() == list(order) * points.height
    assert pairs["point_id"].is_sorted()
    assert set(PAIR_FEATURES[0].tables) <= set(TABLES)
