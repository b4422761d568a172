"""One table of an extract through validation, from its source to its report."""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

import polars as pl

from registers.contract import Table
from registers.errors import TableRefusedError
from registers.sources.protocol import MARKS, TableSource
from registers.validation.cells import notes_on, plain_cells
from registers.validation.checks import Check, contradiction, repeated_key
from registers.validation.evidence import NOTHING, gather_evidence
from registers.validation.plausibility import ANY, Measure
from registers.validation.reason_words import CHANGED_WITHOUT_REPORT, words_of
from registers.validation.reasons import Reason
from registers.validation.refusal_words import Note
from registers.validation.repairs import prepared
from registers.validation.reporting import TableReport
from registers.validation.table_pass import (
    Circumstances,
    ColumnMustBeSeenError,
    Files,
    Judge,
    TablePass,
)
from registers.validation.unproven import refuse_unproven

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
        TableRefusedError: the table cannot be read, lacks a column, or is written in a dialect
            that it does not prove.
    """
    check_columns(table, source)
    try:
        done = _passed(TablePass(table, source, files, by, NOTHING))
    except ColumnMustBeSeenError:
        frames = source.batches(by.batch_rows)
        evidence = gather_evidence(table, (prepared(table, plain_cells(table, f)) for f in frames))
        refuse_unproven(table, source.label, evidence)
        done = _passed(TablePass(table, source, files, by, evidence))
    return _report(table, source, by, done)


def _passed(table_pass: TablePass) -> TablePass:
    table_pass.go()
    return table_pass


def check_columns(table: Table, source: TableSource) -> None:
    """Raises TableRefusedError where the source lacks a column of the contract."""
    delivered = [name for name in source.schema if name not in MARKS]
    missing = [name for name in table.column_names if name not in delivered]
    if not missing:
        return
    if len(delivered) == 1 and any(mark in delivered[0] for mark in ";\t|"):
        raise TableRefusedError(
            table.name,
            "wrong_delimiter",
            f"{table.name}: the columns of {source.label} are not separated by commas. "
            "Export it again with commas.",
            source.label,
        )
    if len(missing) == len(table.columns):
        raise TableRefusedError(
            table.name,
            "no_header",
            f"{table.name}: {source.label} names no column of the contract. Export it again with "
            f"the names in its first line: {', '.join(table.column_names)}.",
            source.label,
        )
    raise TableRefusedError(
        table.name,
        "missing_column",
        f"{table.name}: {source.label} lacks the column {listed(missing)}"
        f"{_likely(missing, delivered)}. Export the table again with every column of the contract; "
        "a value may be missing only where the contract says so.",
        f"{source.label}: {listed(missing)}",
    )


def _likely(missing: list[str], delivered: list[str]) -> str:
    """A column that may be the missing one under another name."""
    for name in missing:
        others = {other.strip().lower(): other for other in delivered}
        found = get_close_matches(name, list(others), n=1, cutoff=0.7)
        if found and found[0] not in {"", *missing} - {name}:
            return f" (is the column {others[found[0]][:40]} meant for {name}?)"
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
        reasons=tuple(_told(table, done.checks, done.quarantine.reasons)),
        repairs=done.repairs.counts,
        remarks=(
            *_swallowed(done),
            *_dropped(table, source),
            *notes_on(table, source.schema),
            *_unchecked(table, by),
        ),
        doubts=_doubts(done),
        n_older_state=done.unknown.older_state,
        n_unknown=done.unknown.owners,
        n_unknown_rows=done.unknown.rows,
        n_without_owner=done.unknown.without_owner,
        verdict=done.verdict,
        portrait=done.painter.portrait(),
    )


def _told(table: Table, checks: list[Check], reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """The reasons with their words in four languages."""
    repeated = repeated_key(table)
    texts = {
        (check.reason_code, ", ".join(check.columns)): words_of(table, check)
        for check in (*checks, contradiction(table), repeated)
    }
    texts["changed_without_report", ", ".join(repeated.columns)] = CHANGED_WITHOUT_REPORT
    for reason in reasons:
        yield replace(reason, texts=texts[reason.code, reason.columns])


def _swallowed(done: TablePass) -> list[Note]:
    lines = list(done.swallowed)
    return [Note("swallowed_lines", {"lines": listed(lines)})] if lines else []


def _doubts(done: TablePass) -> tuple[Measure, ...]:
    """The columns of days in which both orders stand, with the days of the rarer one."""
    found = ((name, proof.n_odd_days) for name, proof in done.evidence.proofs.items())
    return tuple(
        Measure("both_orders", name, n, (0, 0), ANY, {"days": n}) for name, n in found if n
    )


def _dropped(table: Table, source: TableSource) -> list[Note]:
    known = (*table.column_names, *MARKS)
    unknown = [name for name in source.schema if name not in known]
    return [Note("dropped_columns", {"columns": listed(unknown)})] if unknown else []


def _unchecked(table: Table, by: Circumstances) -> list[Note]:
    return [
        Note("not_checked", {"column": column.name, "table": str(column.refers_to)})
        for column in table.references
        if column.refers_to not in by.parents
    ]
