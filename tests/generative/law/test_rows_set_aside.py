"""Rows set aside: what they told gets unknown for their owners, and nothing else moves."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from features.catalogue import AUDIT_FEATURES, FEATURES
from features.examples import random_questions, random_registers
from features.frame import build_features
from law.case_facts.fact_tables import FACT_TABLES
from law.facts import build_facts
from law.outcomes import REFUSED, ask
from law.rules import rules_of
from law.verdicts import judge
from registers.extract import Registers
from registers.snapshot import locate
from registers.tables import TABLES
from registers.unknown_rows import owner_column, thing_columns, unknown_schema

SEEDS = st.integers(0, 10_000)
# What follows from several facts at once; no condition says of it that a register does not tell.
NOT_OF_A_REGISTER = ("unknown_registers", "contradiction")
SHARES = st.sampled_from([0.05, 0.3, 1.0])


def some_rows(registers: Registers, table: str, seed: int, share: float) -> pl.Series:
    """Which rows of a table are set aside: a share of the rows of half of its owners."""
    frame = registers.table(table)
    owner = owner_column(TABLES[table])
    mark = pl.int_range(pl.len()).hash(seed=seed) % 1000 < 1000 * share
    chosen = pl.col(owner).hash(seed=seed + 1) % 2 == 0
    return frame.select((mark & chosen).alias("lost"))["lost"]


def without(registers: Registers, table: str, rows: pl.Series) -> Registers:
    """The registers with these rows of a table set aside, as validation leaves them."""
    frame, owner = registers.table(table), owner_column(TABLES[table])
    schema = unknown_schema(TABLES[table])
    lost = frame.filter(rows).with_columns(pl.lit("unknown_value").alias("reason"))
    kept = frame.filter(~rows)
    named = [lost.select(schema.names())]
    if owner not in TABLES[table].key:
        thing = thing_columns(TABLES[table])
        again = lost.drop(owner).join(kept.select(*thing, owner).unique(), on=thing)
        named.append(again.select(schema.names()))
    unknown = pl.concat(named).unique().sort(schema.names())
    return replace(
        registers,
        tables={**registers.tables, table: kept},
        unknown={table: unknown},
        prepared={},
    )


def both(registers: Registers, changed: Registers, seed: int) -> pl.DataFrame:
    """The points that both can answer about."""
    questions = random_questions(registers, seed, 40)
    keys = ["case_id", "as_of_date", "debtor_id"]
    points, fewer = locate(registers, questions)[0], locate(changed, questions)[0]
    shared = points.join(fewer, on=keys, how="semi").drop("point_id").sort(keys)
    return shared.with_row_index("point_id")


def written(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)), share=SHARES)
@settings(max_examples=20, deadline=None)
@example(seed=4997, table="accounts", share=0.3)  # an account that another debtor has later
@example(seed=6626, table="incomes", share=0.3)  # months dated in advance
@example(seed=273, table="accounts", share=0.05)  # an account of which nobody told for long
@example(seed=8169, table="incomes", share=0.05)  # an old month reported last
@example(seed=9147, table="accounts", share=0.05)
def test_a_feature_gets_null_or_stays_as_it_was(seed: int, table: str, share: float) -> None:
    registers = random_registers(seed)
    changed = without(registers, table, some_rows(registers, table, seed, share))
    points = both(registers, changed, seed)
    before, after = build_features(registers, points), build_features(changed, points)
    for feature in (*FEATURES, *AUDIT_FEATURES):
        moved = after[feature.name].ne_missing(before[feature.name])
        assert after.filter(moved)[feature.name].is_null().all(), feature.name


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)), share=SHARES)
@settings(max_examples=12, deadline=None)
def test_the_law_says_nothing_new_on_the_ground_of_nothing(
    seed: int, table: str, share: float
) -> None:
    registers = random_registers(seed)
    changed = without(registers, table, some_rows(registers, table, seed, share))
    points = both(registers, changed, seed)
    before, after = build_facts(registers, points), build_facts(changed, points)
    told = {measure: ask(before, [rules]) for measure, rules in rules_of("uz").items()}
    pairs = judge(after, "uz").join(
        judge(before, "uz"), on=["point_id", "measure"], suffix="_before"
    )
    moved = pairs.filter(
        (pl.col("verdict") != pl.col("verdict_before")) & (pl.col("verdict") != "cannot_tell")
    )
    for row in moved.iter_rows(named=True):
        if row["rule_before"] == "facts_agree":
            continue  # a contradiction with a row that nobody can read any more
        assert row["verdict"] != "lawful", row
        rules = rules_of("uz")[row["measure"]].conditions
        deciding = next(c for c in rules if c.id == row["rule"])
        assert told[row["measure"]].of(deciding)[row["point_id"]] == REFUSED, row


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)), share=SHARES)
@settings(max_examples=12, deadline=None)
def test_nobody_elses_facts_change_by_a_byte(seed: int, table: str, share: float) -> None:
    registers = random_registers(seed)
    changed = without(registers, table, some_rows(registers, table, seed, share))
    lost = changed.unknown[table]
    cases = registers.table("cases")
    owner = owner_column(TABLES[table])
    touched = (
        lost[owner]
        if owner == "debtor_id"
        else cases.filter(pl.col("case_id").is_in(lost["case_id"].implode()))["debtor_id"]
    )
    points = both(registers, changed, seed)
    others = points.filter(~pl.col("debtor_id").is_in(touched.implode()))
    for build in (build_features, build_facts):
        assert written(build(changed, others)) == written(build(registers, others))


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)), days_later=st.integers(1, 400))
@settings(max_examples=8, deadline=None)
def test_rows_set_aside_and_reported_later_change_no_earlier_answer(
    seed: int, table: str, days_later: int
) -> None:
    registers = random_registers(seed)
    questions = random_questions(registers, seed, 40)
    points, _ = locate(registers, questions)
    if points.is_empty():
        return
    later = points["as_of_date"].max() + timedelta(days=days_later)  # type: ignore[operator]
    schema = unknown_schema(TABLES[table])
    rows = registers.table(table).with_columns(
        pl.lit("unknown_value").alias("reason"), pl.lit(later).alias("reported_on")
    )
    changed = replace(registers, unknown={table: rows.select(schema.names())}, prepared={})
    for build in (build_features, build_facts):
        assert written(build(changed, points)) == written(build(registers, points))


@given(seed=SEEDS, table=st.sampled_from(sorted(TABLES)))
@settings(max_examples=12, deadline=None)
def test_every_fact_that_a_register_takes_along_names_it(seed: int, table: str) -> None:
    registers = random_registers(seed)
    rows = pl.repeat(True, registers.table(table).height, eager=True)
    if table == "cases":  # without any row of a case there is no point
        rows = some_rows(registers, table, seed, 0.3)
    changed = without(registers, table, rows)
    points = both(registers, changed, seed)
    before, after = build_facts(registers, points), build_facts(changed, points)
    for name in after.columns:
        lost = after[name].is_null() & before[name].is_not_null()
        if lost.any() and name not in NOT_OF_A_REGISTER:
            assert table in FACT_TABLES.get(name, ()), name
