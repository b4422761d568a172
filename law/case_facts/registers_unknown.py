"""Which registers are not all known of a point, and why: a fact beside the facts, for sentences."""

import polars as pl

from law.case_facts.case_file import CaseFile
from registers.snapshot import By
from registers.tables import TABLES
from registers.unknown_rows import owner_column

COLUMN = "unknown_registers"


def unknown_registers(file: CaseFile) -> pl.DataFrame:
    """point_id and unknown_registers of the points of which not all is known.

    Registers that no agency of the legal order keeps are missed by nobody. The text lists
    `table:why` in the order of the contract, as in
    "real_estate:part_set_aside vehicles:not_delivered".
    """
    parts = [
        file.unknown(name, by).select(
            "point_id",
            pl.lit(place).alias("place"),
            pl.format("{}:{}", pl.lit(name), "why").alias("told"),
        )
        for place, (name, by) in enumerate(_READ)
        if name in file.registers.legal_order.registers
    ]
    found = pl.concat(parts).sort("point_id", "place")
    once = found.unique(["point_id", "told"], keep="first", maintain_order=True)
    return once.group_by("point_id").agg(pl.col("told").str.join(" ").alias(COLUMN))


def told_of(text: object) -> dict[str, str]:
    """Why each register is not all known, by table, from the text of `unknown_registers`.

    >>> told_of("real_estate:part_set_aside vehicles:not_delivered")["vehicles"]
    'not_delivered'
    >>> told_of(None)
    {}
    """
    if not isinstance(text, str):
        return {}
    return dict(part.split(":", 1) for part in text.split())


def _by(table: str) -> tuple[By, ...]:
    """Tables of cases are read for the case and for all cases of the debtor."""
    is_of_cases = table == "cases" or owner_column(TABLES[table]) == "case_id"
    return ("case", "debtor") if is_of_cases else ("debtor",)


_READ: tuple[tuple[str, By], ...] = tuple((name, by) for name in TABLES for by in _by(name))
