"""One table through validation: read, judged, split into accepted rows and rows set aside."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from registers.contract import Table
from registers.errors import TableRefusedError
from registers.tables import REQUIRED_TABLES
from registers.validation.cells import read_cells
from registers.validation.checks import build_checks
from registers.validation.expectations import Verdict, record_verdict
from registers.validation.judging import Judged, judge_rows
from registers.validation.reading import BROKEN_ROW, RAW_FIELDS, RawTable, file_of, read_raw
from registers.validation.reporting import N_ROWS_SHOWN, Reason, TableReport

QUARANTINE = pl.Schema(
    {
        "row_number": pl.UInt32(),
        "reason_code": pl.String(),
        "reason": pl.String(),
        "row": pl.String(),
    }
)


class Judge(Protocol):
    """Who records the verdict on a table beside Polars."""

    def __call__(self, name: str, judged: Judged) -> Verdict:
        """The unexpected rows per check."""


@dataclass(frozen=True)
class ValidatedTable:
    """The accepted rows of a table, the rows set aside, and the report on both."""

    accepted: pl.DataFrame
    quarantine: pl.DataFrame
    report: TableReport

    @property
    def ids(self) -> pl.Series | None:
        """The accepted keys that other tables may name; None where nothing can be checked."""
        if self.report.refused or self.report.is_absent:
            return None
        return self.accepted.to_series(0).unique().sort()


def validate_table(
    table: Table, folder: Path, parents: dict[str, pl.Series], judge: Judge = record_verdict
) -> ValidatedTable:
    """What is accepted of one table of an extract; a table that cannot be used is refused."""
    try:
        file = file_of(folder, table.name)
        if file is None:
            return _absent(table)
        return _validated(table, read_raw(table, file), parents, judge)
    except TableRefusedError as refusal:
        return _nothing(table, TableReport(table.name, refused=str(refusal)))


def _nothing(table: Table, report: TableReport) -> ValidatedTable:
    return ValidatedTable(table.empty(), pl.DataFrame(schema=QUARANTINE), report)


def _absent(table: Table) -> ValidatedTable:
    if table.name in REQUIRED_TABLES:
        raise TableRefusedError(
            table.name,
            "missing_table",
            f"{table.name}: the table is missing, and nothing can be answered without it. "
            f"Add {table.name}.parquet or {table.name}.csv to the extract.",
        )
    return _nothing(table, TableReport(table.name, is_absent=True))


def _validated(
    table: Table, raw: RawTable, parents: dict[str, pl.Series], judge: Judge
) -> ValidatedTable:
    cells = read_cells(table, raw.frame)
    frame = cells.frame
    if BROKEN_ROW in raw.frame.columns:
        frame = frame.with_columns(raw.frame[BROKEN_ROW])
    flags = frozenset(name for name in frame.columns if "?" in name)
    judged = judge_rows(table, frame, build_checks(table, flags, parents))
    verdict = judge(table.name, judged)
    _check_agreement(table, judged, verdict)
    accepted, quarantine = _split(table, raw.frame, judged)
    notes = (*raw.notes, *cells.notes, *_unchecked(table, parents))
    return ValidatedTable(
        accepted, quarantine, _report(table, raw, judged, accepted, verdict, notes)
    )


def _check_agreement(table: Table, judged: Judged, verdict: Verdict) -> None:
    """Two judges that disagree about one check mean a fault in the program: stop here."""
    pairs = zip(judged.checks, judged.n_failing, verdict.n_unexpected, strict=True)
    for check, n_failing, n_unexpected in pairs:
        if n_failing != n_unexpected:
            raise TableRefusedError(
                table.name,
                "judges_disagree",
                f"{table.name}: the two checks of {check.reason_code} "
                f"({', '.join(check.columns)}) disagree ({n_failing} and {n_unexpected} rows). "
                "This is a fault of the program, not of the table: keep the extract and report it.",
            )


def _split(table: Table, raw: pl.DataFrame, judged: Judged) -> tuple[pl.DataFrame, pl.DataFrame]:
    numbers = judged.reasons["row_number"]
    numbered = judged.frame.with_row_index("?row_number")
    accepted = numbered.filter(~pl.col("?row_number").is_in(numbers.implode()))
    rows = pl.Series("row", _rows_as_json(raw[numbers]), dtype=pl.String)
    quarantine = judged.reasons.with_columns(rows).select(QUARANTINE.names())
    return accepted.select(table.column_names).rechunk(), quarantine.cast(QUARANTINE)


def _rows_as_json(rows: pl.DataFrame) -> list[str]:
    """Rows as they were read, as JSON; a row with too many or few fields as its one line."""
    columns = [name for name in rows.columns if name not in (BROKEN_ROW, RAW_FIELDS)]
    lines = rows[RAW_FIELDS].to_list() if RAW_FIELDS in rows.columns else [None] * rows.height
    return [
        _as_json({"line": line} if line is not None else row)
        for line, row in zip(lines, rows.select(columns).iter_rows(named=True), strict=True)
    ]


def _as_json(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)


def _unchecked(table: Table, parents: dict[str, pl.Series]) -> list[str]:
    return [
        f"{column.name} was not checked, for {column.refers_to} was not delivered or was refused."
        for column in table.references
        if column.refers_to not in parents
    ]


def _report(
    table: Table,
    raw: RawTable,
    judged: Judged,
    accepted: pl.DataFrame,
    verdict: Verdict,
    notes: tuple[str, ...],
) -> TableReport:
    set_aside = judged.frame[judged.reasons["row_number"]]
    return TableReport(
        name=table.name,
        read=raw.frame.height,
        accepted=accepted.height,
        set_aside=judged.reasons.height,
        source_file=raw.file.name,
        source_sha256=raw.sha256,
        reasons=_count_reasons(judged.reasons),
        notes=notes,
        n_older_state=_n_older_state(table, set_aside, accepted),
        verdict={
            "expectations": len(verdict.n_unexpected),
            "is_clean": verdict.is_clean,
            "unexpected": {
                f"{check.reason_code} ({', '.join(check.columns)})": n
                for check, n in zip(judged.checks, verdict.n_unexpected, strict=True)
                if n
            },
        },
    )


def _count_reasons(reasons: pl.DataFrame) -> tuple[Reason, ...]:
    counted = (
        reasons.group_by("reason_code", "columns")
        .agg(pl.len().alias("n"), pl.col("row_number").sort().head(N_ROWS_SHOWN).alias("first"))
        .sort("n", "reason_code", "columns", descending=[True, False, False])
    )
    return tuple(Reason(code, at, n, tuple(first)) for code, at, n, first in counted.iter_rows())


def _n_older_state(table: Table, set_aside: pl.DataFrame, accepted: pl.DataFrame) -> int:
    """Keys of which a later row was set aside, so that an earlier state stays in force."""
    if set_aside.is_empty() or accepted.is_empty():
        return 0
    key = list(table.key)
    latest = accepted.group_by(key).agg(pl.col("reported_on").max().alias("known_on"))
    lost = set_aside.filter(~pl.col("?repeated")).group_by(key).agg(pl.col("reported_on").max())
    return lost.join(latest, on=key).filter(pl.col("reported_on") > pl.col("known_on")).height
