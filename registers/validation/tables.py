"""One table of an extract through validation, from its source to its report."""

from difflib import get_close_matches

import polars as pl

from registers.contract import Table
from registers.errors import TableRefusedError
from registers.sources.protocol import BROKEN_ROW, RAW_FIELDS, TableSource
from registers.validation.cells import notes_on, plain_cells
from registers.validation.evidence import NOTHING, gather_evidence
from registers.validation.repairs import trim
from registers.validation.reporting import TableReport
from registers.validation.table_pass import (
    Circumstances,
    ColumnMustBeSeenError,
    Files,
    Judge,
    TablePass,
)

__all__ = ["Circumstances", "Files", "Judge", "validate_table"]


def validate_table(
    table: Table, source: TableSource, files: Files, by: Circumstances
) -> TableReport:
    """Writes what is accepted of a table, what is set aside and what was repaired.

    Where a batch holds a text that only its whole column can explain, the table is read once for
    what its columns prove and then from the beginning.

    Args:
        table: the table under its legal order.
        source: its rows as they were delivered.
        files: where accepted rows, rows set aside and repairs go.
        by: what the table is judged by besides its own rows.

    Raises:
        TableRefusedError: the table cannot be read or lacks a column.
    """
    check_columns(table, source)
    try:
        done = _passed(TablePass(table, source, files, by, NOTHING))
    except ColumnMustBeSeenError:
        frames = source.batches(by.batch_rows)
        evidence = gather_evidence(table, (trim(plain_cells(table, raw)) for raw in frames))
        done = _passed(TablePass(table, source, files, by, evidence))
    return _report(table, source, by, done)


def _passed(table_pass: TablePass) -> TablePass:
    table_pass.go()
    return table_pass


def check_columns(table: Table, source: TableSource) -> None:
    """Raises TableRefusedError where the source lacks a column of the contract."""
    delivered = [name for name in source.schema if name not in (BROKEN_ROW, RAW_FIELDS)]
    missing = [name for name in table.column_names if name not in delivered]
    if not missing:
        return
    if len(delivered) == 1 and any(mark in delivered[0] for mark in ";\t|"):
        raise TableRefusedError(
            table.name,
            "wrong_delimiter",
            f"{table.name}: the columns of {source.label} are not separated by commas. "
            "Export it again with commas.",
        )
    raise TableRefusedError(
        table.name,
        "missing_column",
        f"{table.name}: {source.label} lacks the column {listed(missing)}"
        f"{_likely(missing, delivered)}. Export the table again with every column of the contract; "
        "a value may be missing only where the contract says so.",
    )


def _likely(missing: list[str], delivered: list[str]) -> str:
    """A column that may be the missing one under another name."""
    for name in missing:
        others = {other.strip().lower(): other for other in delivered}
        found = get_close_matches(name, list(others), n=1, cutoff=0.7)
        if found and found[0] not in {"", *missing} - {name}:
            return f" (is {others[found[0]][:40]!r} meant for {name}?)"
    return ""


def listed(names: list[str]) -> str:
    """Names for a sentence; a name from a file is cut, for a file may hold anything."""
    shown = ", ".join(name[:40] for name in names[:10])
    return f"{shown} and {len(names) - 10} more" if len(names) > 10 else shown


def _report(table: Table, source: TableSource, by: Circumstances, done: TablePass) -> TableReport:
    return TableReport(
        name=table.name,
        read=done.n_read,
        accepted=done.n_accepted,
        repaired=done.repairs.n_rows,
        set_aside=done.quarantine.n_rows,
        already_known=done.n_known,
        rows=pl.scan_parquet(done.files.accepted).select(pl.len()).collect().item(),
        source_file=source.label,
        source_sha256=source.sha256,
        reasons=done.quarantine.reasons,
        repairs=done.repairs.counts,
        notes=(*_dropped(table, source), *notes_on(table, source.schema), *_unchecked(table, by)),
        n_older_state=_n_older_state(table, done),
        verdict=done.verdict,
        portrait=done.painter.portrait(),
    )


def _dropped(table: Table, source: TableSource) -> list[str]:
    known = (*table.column_names, BROKEN_ROW, RAW_FIELDS)
    unknown = [name for name in source.schema if name not in known]
    dropped = f"Columns that the contract does not have were dropped: {listed(unknown)}."
    return [dropped] if unknown else []


def _unchecked(table: Table, by: Circumstances) -> list[str]:
    return [
        f"{column.name} was not checked, for {column.refers_to} was not delivered or was refused."
        for column in table.references
        if column.refers_to not in by.parents
    ]


def _n_older_state(table: Table, done: TablePass) -> int:
    """Keys of which a later row was set aside, so that an earlier state stays in force."""
    if not done.lost:
        return 0
    key = list(table.key)
    lost = pl.concat(done.lost).group_by(key).agg(pl.col("reported_on").max())
    latest = (
        pl.scan_parquet(done.files.accepted)
        .select(*key, "reported_on")
        .join(lost.lazy().select(key), on=key, how="semi")
        .group_by(key)
        .agg(pl.col("reported_on").max().alias("known_on"))
        .collect(engine="streaming")
    )
    return lost.join(latest, on=key).filter(pl.col("reported_on") > pl.col("known_on")).height
