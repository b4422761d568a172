"""Rows that an agency takes back: which row, and from which day the Bureau knows.

A withdrawal changes no accepted row. It says from when on the row counts no more, so that an
answer of an earlier day stays what it was.
"""

from dataclasses import replace
from pathlib import Path

import polars as pl

from registers.contract import Column, Table
from registers.rules import in_order
from registers.sources.protocol import TableSource
from registers.validation.checks import Check, OneOfRows
from registers.validation.former_tables import FormerTables
from registers.validation.reporting import TableReport
from registers.validation.table_pass import Circumstances, Files
from registers.validation.tables import validate_table

WITHDRAWN_ON = Column(
    "withdrawn_on", "date", doc="First day on which the Bureau could know that the row is void."
)


def withdrawal_table(table: Table) -> Table:
    """The withdrawals of a table: its key, `reported_on` of the row and `withdrawn_on`."""
    names = (*table.key, "reported_on")
    return Table(
        name=table.name,
        owner=table.owner,
        key=table.key,
        columns=(*(replace(table.column(n), refers_to=None) for n in names), WITHDRAWN_ON),
        rules=(in_order("reported_on", "withdrawn_on"),),
        doc=f"Rows of {table.name} that were taken back.",
    )


def validate_withdrawals(
    table: Table,
    source: TableSource | None,
    folder: Path,
    by: Circumstances,
    former: FormerTables,
) -> TableReport | None:
    """Writes the withdrawals of a table into folder/withdrawn; None where there are none at all.

    Raises:
        TableRefusedError: the file cannot be read or lacks a column.
    """
    known = former.withdrawn_of(table.name)
    if source is None and known is None:
        return None
    void = withdrawal_table(table)
    (folder / "withdrawn").mkdir(exist_ok=True)
    files = Files(
        folder / "withdrawn" / f"{table.name}.parquet",
        folder / "quarantine" / f"{table.name}.withdrawn.parquet",
        folder / "repairs" / f"{table.name}.withdrawn.parquet",
    )
    if source is None:
        files.accepted.write_bytes(known.read_bytes() if known else b"")
        return None
    by = replace(by, former=known, parents={})
    report = validate_table(void, source, files, by)
    met = _rows_that_exist(void, files.accepted, folder / f"{table.name}.parquet")
    if met.height == report.rows:
        return named(report, table)
    return named(validate_table(void, source, files, replace(by, extra=(_exists(met),))), table)


def named(report: TableReport, table: Table) -> TableReport:
    """The report under a name that tells it from that of the table itself."""
    return replace(report, name=f"{table.name} withdrawn")


def _rows_that_exist(void: Table, withdrawn: Path, accepted: Path) -> pl.DataFrame:
    """Which withdrawals name an accepted row, by key and `reported_on`."""
    columns = [*void.key, "reported_on"]
    wanted = pl.scan_parquet(withdrawn).select(columns)
    return (
        wanted.join(pl.scan_parquet(accepted).select(columns), on=columns, how="semi")
        .unique()
        .sort(columns)
        .collect(engine="streaming")
    )


def _exists(met: pl.DataFrame) -> Check:
    return Check(
        "nothing_to_withdraw",
        tuple(met.columns),
        "no accepted row has this key and this reported_on, so there is nothing to take back. "
        "Name the row as it was reported, or deliver it first.",
        OneOfRows(tuple(met.columns), met),
    )
