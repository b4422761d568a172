"""Nothing reported later, and nothing decided on the day itself, changes a byte of the frame."""

from datetime import date, timedelta
from io import BytesIO

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from features.examples import (
    LAST_DAY,
    random_questions,
    random_registers,
    random_rows,
    with_rows,
)
from features.frame import build_features
from registers.extract import Registers
from registers.snapshot import locate
from registers.tables import TABLES

SEEDS = st.integers(0, 10_000)


def frame_bytes(registers: Registers, points: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    build_features(registers, points).write_parquet(buffer)
    return buffer.getvalue()


def points_of(registers: Registers, seed: int, n: int = 30) -> pl.DataFrame:
    points, _ = locate(registers, random_questions(registers, seed, n))
    return points


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)), days_later=st.integers(1, 400))
@settings(max_examples=12, deadline=None)
def test_rows_reported_later_change_no_byte(seed: int, table: str, days_later: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    later = random_rows(np.random.default_rng(seed + 1), TABLES[table], 12, LAST_DAY)
    day = max(points["as_of_date"].to_list(), default=LAST_DAY) + timedelta(days=days_later)
    added = {table: later.with_columns(reported_on=pl.lit(day))}
    assert frame_bytes(with_rows(registers, added), points) == frame_bytes(registers, points)


@given(seed=SEEDS)
@settings(max_examples=5, deadline=None)
def test_every_register_at_once_reported_later_changes_no_byte(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    rng = np.random.default_rng(seed + 1)
    added = {
        name: random_rows(rng, table, 12, LAST_DAY).with_columns(
            reported_on=pl.lit(LAST_DAY + timedelta(days=1))
        )
        for name, table in TABLES.items()
    }
    assert frame_bytes(with_rows(registers, added), points) == frame_bytes(registers, points)


@given(seed=SEEDS, measure=st.sampled_from(("bank_account_levy", "travel_ban")))
@settings(max_examples=6, deadline=None)
def test_the_decision_of_the_day_itself_changes_no_byte(seed: int, measure: str) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    decided = points.with_columns(
        pl.format("decided-today-{}", "point_id").alias("action_id"),
        pl.lit(measure).alias("measure"),
        pl.col("as_of_date").alias("decided_on"),
        pl.col("as_of_date").alias("executed_on"),
        pl.lit(None, dtype=pl.Date).alias("ended_on"),
        pl.lit("officer").alias("officer_id"),
        pl.lit(5_000, dtype=pl.Int64).alias("cost_som"),
        pl.lit(1.0).alias("officer_hours"),
        pl.lit("effective").alias("result"),
        pl.lit(None, dtype=pl.String).alias("cancelled_as"),
        pl.lit(None, dtype=pl.Float64).alias("propensity"),
        pl.col("as_of_date").alias("reported_on"),
    ).select(TABLES["actions"].column_names)
    for day in (
        points["as_of_date"].unique().sort()[-2:]
    ):  # a later point may know an earlier decision
        asked = points.filter(pl.col("as_of_date") == day)
        added = {"actions": decided.filter(pl.col("decided_on") == day)}
        assert frame_bytes(with_rows(registers, added), asked) == frame_bytes(registers, asked)


@given(seed=SEEDS)
@settings(max_examples=5, deadline=None)
def test_an_earlier_row_that_was_known_does_change_the_frame(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    if points.is_empty():
        return
    known = build_features(registers, points)
    vehicles = points.select(
        pl.format("new-{}", "point_id").alias("vehicle_id"),
        "debtor_id",
        pl.lit("car").alias("kind"),
        pl.lit(2020, dtype=pl.Int64).alias("model_year"),
        pl.lit(None, dtype=pl.Int64).alias("engine_cc"),
        pl.lit(70_000_000, dtype=pl.Int64).alias("assessed_som"),
        pl.lit(value=False).alias("pledged"),
        pl.lit(date(2015, 1, 1)).alias("acquired_on"),
        pl.lit(None, dtype=pl.Date).alias("disposed_on"),
        pl.lit(date(2015, 1, 2)).alias("reported_on"),
    )
    more = build_features(with_rows(registers, {"vehicles": vehicles}), points)
    assert (more["n_vehicles"] > known["n_vehicles"]).all()


@given(seed=SEEDS)
@settings(max_examples=5, deadline=None)
def test_a_point_alone_has_the_bytes_that_it_has_in_a_batch(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    batch = build_features(registers, points)
    for row in range(min(points.height, 3)):
        case_id = points["case_id"][row]
        alone = build_features(registers.for_case(case_id), points[row])
        assert alone.equals(batch[row])


@given(seed=SEEDS)
@settings(max_examples=4, deadline=None)
def test_the_order_of_the_points_changes_no_byte(seed: int) -> None:
    registers = random_registers(seed)
    points = points_of(registers, seed)
    shuffled = points.sample(fraction=1.0, shuffle=True, seed=seed)
    assert frame_bytes(registers, shuffled) == frame_bytes(registers, points)
