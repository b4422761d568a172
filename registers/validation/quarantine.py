"""Rows that were set aside: as they were read, each with its number, reason code and sentence."""

import json
from collections import Counter
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import polars as pl

from registers.sources.protocol import MARKS, RAW_FIELDS, TableSource
from registers.validation.cells import is_in_calendar
from registers.validation.reasons import N_ROWS_SHOWN, Reason
from registers.validation.writing import TableWriter, in_order, row_groups

QUARANTINE = pl.Schema(
    {
        "row_number": pl.UInt32(),
        "reason_code": pl.String(),
        "reason": pl.String(),
        "row": pl.String(),
    }
)


class Quarantine:
    """The rows of one table that are set aside, written as they come, and how many for what."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._writer = TableWriter(file, QUARANTINE)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], list[int]] = {}

    @property
    def n_rows(self) -> int:
        """How many rows were set aside."""
        return sum(self._counts.values())

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """How many rows for which fault of which columns, the most frequent first."""
        ordered = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Reason(code, columns, n, tuple(self._first[code, columns]))
            for (code, columns), n in ordered
        )

    def add(self, reasons: pl.DataFrame, raw: pl.DataFrame) -> None:
        """Takes rows as they were read, with the reasons of `judge_rows` in the same order."""
        if reasons.is_empty():
            return
        rows = pl.Series("row", _rows_as_json(raw), dtype=pl.String)
        self._writer.append(reasons.with_columns(rows))
        for code, columns, n, first in _counted(reasons).iter_rows():
            self._counts[code, columns] += n
            known = self._first.setdefault((code, columns), [])
            known.extend(first[: N_ROWS_SHOWN - len(known)])

    def add_from(self, source: TableSource, reasons: pl.DataFrame, batch_rows: int) -> None:
        """Takes further rows, which are looked up in the source once more; sorts the file."""
        self.close()
        former = list(row_groups(self.file))
        self._writer = TableWriter(self.file, QUARANTINE)
        for frame in former:
            self._writer.append(frame)
        for some, raw in _rows_of(source, reasons, batch_rows):
            self.add(some, raw)
        self.close()
        in_order(self.file, ["row_number"], QUARANTINE)

    def close(self) -> None:
        """Completes the file."""
        self._writer.close()


def _rows_of(
    source: TableSource, reasons: pl.DataFrame, batch_rows: int
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    first = 0
    for raw in source.batches(batch_rows):
        here = pl.col("row_number").is_between(first, first + raw.height, closed="left")
        some = reasons.filter(here)
        if some.height:
            yield some, raw[(some["row_number"] - first)]
        first += raw.height


def _counted(reasons: pl.DataFrame) -> pl.DataFrame:
    return (
        reasons.group_by("reason_code", "columns", maintain_order=True)
        .agg(pl.len().alias("n"), pl.col("row_number").sort().head(N_ROWS_SHOWN).alias("first"))
        .select("reason_code", "columns", "n", "first")
    )


def _rows_as_json(rows: pl.DataFrame) -> list[str]:
    """Rows as they were read, as JSON; a row with too many or few fields as its one line."""
    columns = [name for name in rows.columns if name not in MARKS]
    lines = rows[RAW_FIELDS].to_list() if RAW_FIELDS in rows.columns else [None] * rows.height
    return [
        _as_json({"line": line} if line is not None else row)
        for line, row in zip(lines, _as_read(rows.select(columns)), strict=True)
    ]


def _as_read(rows: pl.DataFrame) -> Iterator[dict[str, object]]:
    """Rows as Python values; of days and instants beyond the year 9999 the bare number."""
    strange = [name for name in rows.columns if not _can_be_shown(rows[name])]
    return rows.with_columns(pl.col(strange).to_physical()).iter_rows(named=True)


def _can_be_shown(cells: pl.Series) -> bool:
    if isinstance(cells.dtype, pl.List | pl.Array):
        return _can_be_shown(cells.explode())
    if isinstance(cells.dtype, pl.Struct):
        return all(_can_be_shown(part) for part in cells.struct.unnest().iter_columns())
    if cells.dtype in (pl.Date, pl.Datetime):
        return bool(is_in_calendar(cells).fill_null(True).all())
    return True


def _as_json(row: dict[str, object]) -> str:
    shown = {name: _plain_value(value) for name, value in row.items()}
    return json.dumps(shown, ensure_ascii=False, default=str)


def _plain_value(value: object) -> object:
    """JSON knows no NaN and no infinity."""
    return str(value) if isinstance(value, float) and not isfinite(value) else value
