"""The law on the registers of an invented nation: batch, single case and past actions agree."""

from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

import polars as pl
import pytest

from law.engine import build_facts, check_measure, excluded_facts, judge, judge_actions
from law.rules import rules_of
from nation.invent import invent
from nation.lawful import in_memory
from registers.extract import Registers
from registers.snapshot import locate
from registers.tables import TABLES

AS_OF = date(2026, 4, 1)


@cache
def _nation() -> tuple[Registers, pl.DataFrame]:
    nation = invent(300, 77, AS_OF, n_draws=1)
    registers = in_memory(nation.tables)
    points, _ = locate(registers, nation.questions)
    return registers, points


def test_a_case_alone_has_the_facts_and_verdicts_that_it_has_in_the_batch() -> None:
    registers, points = _nation()
    facts = build_facts(registers, points)
    judged = judge(facts, "uz")
    for number in range(0, points.height, max(1, points.height // 12)):
        one = points[number].with_columns(pl.lit(0, dtype=pl.UInt32).alias("point_id"))
        alone = build_facts(registers.for_case(one["case_id"].item()), one)
        assert alone.drop("point_id").equals(facts[number].drop("point_id"))
        among = judged.filter(pl.col("point_id") == number)
        assert judge(alone, "uz").drop("point_id").equals(among.drop("point_id"))


def test_the_service_and_the_batch_give_the_same_verdict() -> None:
    registers, points = _nation()
    judged = judge(build_facts(registers, points), "uz")
    case, day = points["case_id"][0], points["as_of_date"][0]
    for measure in rules_of("uz"):
        row = judged.filter((pl.col("point_id") == 0) & (pl.col("measure") == measure))
        assert check_measure(registers, case, measure, day).verdict == row["verdict"].item()


def test_every_refusal_carries_its_article_and_facts() -> None:
    registers, points = _nation()
    facts = build_facts(registers, points)
    judged = judge(facts, "uz").filter(pl.col("verdict") != "lawful")
    refused = judged.with_columns(facts=excluded_facts(facts, judged))
    assert refused.filter(pl.col("article") == "").is_empty()
    bare = refused.filter(pl.col("facts") == "{}")
    assert bare.is_empty()


@pytest.mark.parametrize("table", [t for t in TABLES if t not in ("cases", "debtors")])
def test_a_register_that_was_not_delivered_opens_no_measure(table: str) -> None:
    registers, points = _nation()
    lawful = judge(build_facts(registers, points), "uz").filter(pl.col("verdict") == "lawful")
    without = without_table(registers, table)
    judged = judge(build_facts(without, points), "uz").filter(pl.col("verdict") == "lawful")
    opened = judged.join(lawful, on=["point_id", "measure"], how="anti")
    assert opened.is_empty(), opened.select("measure", "rule")


def without_table(registers: Registers, table: str) -> Registers:
    tables = {**registers.tables, table: registers.tables[table].clear()}
    return replace(
        registers, tables=MappingProxyType(tables), absent=frozenset([table]), prepared={}
    )


def test_past_actions_are_judged_and_mostly_lawful() -> None:
    registers, _ = _nation()
    actions = registers.table("actions")
    judged = judge_actions(registers, actions)
    assert (
        judged["action_id"].to_list() == actions["action_id"].unique(maintain_order=True).to_list()
    )
    encoded = judged.filter(pl.col("measure").is_in(list(rules_of("uz"))))
    verdicts = encoded["verdict"].value_counts().rows_by_key("verdict", unique=True)
    assert verdicts["lawful"][0] > encoded.height / 2
    assert {"unlawful", "unfounded"} <= set(verdicts)


def test_an_action_reported_on_its_own_day_changes_no_verdict() -> None:
    registers, _ = _nation()
    actions = registers.table("actions")
    asked = actions.select("action_id", "case_id", "measure", "decided_on")[:60]
    before = judge_actions(registers, asked)
    same_day = actions[:60].with_columns(
        ("copy-" + pl.col("action_id")).alias("action_id"),
        pl.col("decided_on").alias("reported_on"),
    )
    more = pl.concat([actions, same_day])
    tables = {**registers.tables, "actions": more}
    assert judge_actions(in_memory(tables), asked).equals(before)
