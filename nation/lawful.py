"""The lawful measures at decision points of the invented nation, asked of the law room itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from law.engine import judge
from law.facts import build_facts
from nation.measures import MEASURE_IDS, N_FOR_MONEY
from registers.extract import Registers, latest_report
from registers.legal_orders import legal_order
from registers.snapshot import locate
from registers.tables import TABLES


def in_memory(tables: Mapping[str, pl.DataFrame]) -> Registers:
    """The invented tables as registers, without a way over the disk."""
    frames = {
        name: tables[name].select(table.column_names).cast(table.schema)
        for name, table in TABLES.items()
    }
    return Registers(
        tables=MappingProxyType(frames),
        absent=frozenset(),
        legal_order=legal_order("uz"),
        source_hash="",
        as_of=latest_report(frames),
    )


def lawful_at(tables: Mapping[str, pl.DataFrame], questions: pl.DataFrame) -> pl.DataFrame:
    """The lawful measures of each question, of those for money: case_id, measure, one row each."""
    registers = in_memory(tables)
    points, _ = locate(registers, questions)
    facts = build_facts(registers, points)
    judged = judge(facts, "uz", list(MEASURE_IDS[:N_FOR_MONEY]))
    return (
        judged.filter(pl.col("verdict") == "lawful")
        .join(points.select("point_id", "case_id"), on="point_id")
        .select("case_id", "measure")
        .sort("case_id", "measure")
    )
