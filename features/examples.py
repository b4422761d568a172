"""Registers drawn at random from the contract alone, full of accidents, for tests.

Keys collide on purpose (corrections, objects that change hands), reports come late, values are
missing wherever the contract allows it. Nothing in them is plausible, everything is admissible by
type: what holds here holds on any extract.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from registers.contract import Column, Table
from registers.extract import Registers, latest_report
from registers.legal_orders import legal_order
from registers.tables import TABLES

LAST_DAY = date(2026, 4, 1)
DAYS_BACK = 700
ROWS_PER_DEBTOR: Mapping[str, int] = MappingProxyType(
    {"debtors": 2, "cases": 4, "incomes": 12, "accounts": 12, "obligations": 8, "actions": 6}
)


def random_registers(seed: int, n_debtors: int = 12, last_day: date = LAST_DAY) -> Registers:
    """Registers of a few debtors; the same seed gives the same rows.

    >>> random_registers(3).table("cases").equals(random_registers(3).table("cases"))
    True
    """
    rng = np.random.default_rng(seed)
    tables = {name: random_rows(rng, table, n_debtors, last_day) for name, table in TABLES.items()}
    return registers_with(tables)


def registers_with(tables: Mapping[str, pl.DataFrame]) -> Registers:
    """Registers of the default legal order with these tables, none absent."""
    return Registers(
        tables=MappingProxyType(dict(tables)),
        absent=frozenset(),
        legal_order=legal_order("uz"),
        source_hash="random",
        as_of=latest_report(tables),
    )


def with_rows(registers: Registers, added: Mapping[str, pl.DataFrame]) -> Registers:
    """The registers with rows added at the end of some tables."""
    tables = {
        name: pl.concat([frame, added[name]]) if name in added else frame
        for name, frame in registers.tables.items()
    }
    return registers_with(tables)


def random_rows(
    rng: np.random.Generator, table: Table, n_debtors: int, last_day: date
) -> pl.DataFrame:
    """Rows of one table, reported in the two years up to the last day."""
    n = n_debtors * ROWS_PER_DEBTOR.get(table.name, 3)
    ordered = table.under(legal_order("uz"))
    drawn = {c.name: _draw(rng, c, table, n, n_debtors, last_day) for c in ordered.columns}
    if "case_id" in drawn and table.name != "cases":
        drawn["case_id"] = [_case_of(key, n_debtors) for key in drawn[table.key[0]]]
    return pl.DataFrame(drawn, schema=table.schema, strict=False)


def _case_of(key: str, n_debtors: int) -> str:
    """Actions, payments, events and appeals stay in the case in which they were recorded."""
    return f"cases-{7 * int(key.rsplit('-', 1)[1]) % (2 * n_debtors)}"


def _draw(
    rng: np.random.Generator, column: Column, table: Table, n: int, n_debtors: int, last_day: date
) -> list[Any]:
    if column.kind == "id":
        pool = f"{column.refers_to or column.name}"
        size = n_debtors if "debtor" in pool else 2 * n_debtors
        own = column.refers_to or (table.name if column.name == table.key[0] else pool)
        values: list[Any] = [f"{own}-{k}" for k in rng.integers(0, size, n)]
    elif column.values:
        values = [column.values[k] for k in rng.integers(0, len(column.values), n)]
    elif column.kind == "date":
        values = [_day(column.name, last_day, int(k)) for k in rng.integers(0, DAYS_BACK, n)]
    elif column.kind == "bool":
        values = [bool(k) for k in rng.integers(0, 2, n)]
    elif column.kind == "float":
        values = [float(k) / 100 for k in rng.integers(1, 101, n)]
    elif column.kind == "text":
        values = [f"{column.name}-{k}" for k in rng.integers(0, 3, n)]
    else:
        values = [int(k) for k in rng.integers(0, 3_000 if column.kind == "int" else 9_000_000, n)]
    if not column.nullable:
        return values
    return [None if is_null else v for v, is_null in zip(values, rng.random(n) < 0.5, strict=True)]


def _day(name: str, last_day: date, days_back: int) -> date:
    day = last_day - timedelta(days=days_back)
    if name == "month":
        return day.replace(day=1)
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1) if name == "quarter" else day


def random_questions(registers: Registers, seed: int, n: int = 20) -> pl.DataFrame:
    """Questions about cases of the registers on days of the last year."""
    rng = np.random.default_rng(seed)
    cases = registers.table("cases")["case_id"].unique().sort().to_list()
    picked = [cases[k] for k in rng.integers(0, len(cases), n)]
    days = [LAST_DAY - timedelta(days=int(k)) for k in rng.integers(0, 365, n)]
    asked = pl.DataFrame(
        {"case_id": picked, "as_of_date": days},
        schema={"case_id": pl.String, "as_of_date": pl.Date},
    )
    return asked.unique(maintain_order=True)
