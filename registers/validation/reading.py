"""A table as it was delivered: every row of the file, every value as it stands there.

Parquet keeps its types, CSV is text throughout. What stops the reading of a whole table is a
`TableRefusedError` with a sentence; a single broken line of a CSV file is kept and marked.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from registers.contract import Table
from registers.errors import TableRefusedError
from registers.extract import SUFFIXES, hash_of_files

BROKEN_ROW = "?broken_row"
RAW_FIELDS = "?raw_fields"

CHUNK_ROWS = 100_000
FIELD_LIMIT = 1_000_000


@dataclass(frozen=True)
class RawTable:
    """The rows of one file in file order, with notes on what was ignored."""

    name: str
    file: Path
    sha256: str
    frame: pl.DataFrame
    notes: tuple[str, ...]


def file_of(folder: Path, table: str) -> Path | None:
    """The file of a table in an extract, or None; raises TableRefusedError for two of them."""
    files = [folder / f"{table}{suffix}" for suffix in SUFFIXES]
    present = [file for file in files if file.is_file()]
    if len(present) > 1:
        raise TableRefusedError(
            table,
            "delivered_twice",
            f"{table}: delivered both as {present[0].name} and as {present[1].name}. "
            "Remove the one that does not count.",
        )
    return present[0] if present else None


def read_raw(table: Table, file: Path) -> RawTable:
    """The rows of a file as they stand there; raises TableRefusedError."""
    if file.stat().st_size == 0:
        raise _refused(table, "empty_file", f"{file.name} is empty", "Export the table again")
    frame = _read_parquet(table, file) if file.suffix == ".parquet" else _read_csv(table, file)
    _check_columns(table, file, frame)
    unknown = [c for c in frame.columns if c not in (*table.column_names, BROKEN_ROW, RAW_FIELDS)]
    dropped = f"Columns that the contract does not have were dropped: {_list(unknown)}."
    notes = (dropped,) if unknown else ()
    return RawTable(table.name, file, hash_of_files([file]), frame, notes)


def _refused(table: Table, code: str, what: str, remedy: str) -> TableRefusedError:
    return TableRefusedError(table.name, code, f"{table.name}: {what}. {remedy}.")


def _list(names: list[str]) -> str:
    """Names for a sentence; a name from a file is cut, for a file may hold anything."""
    shown = ", ".join(name[:40] for name in names[:10])
    return f"{shown} and {len(names) - 10} more" if len(names) > 10 else shown


def _check_columns(table: Table, file: Path, frame: pl.DataFrame) -> None:
    missing = [name for name in table.column_names if name not in frame.columns]
    if not missing:
        return
    delivered = [name for name in frame.columns if name not in (BROKEN_ROW, RAW_FIELDS)]
    if len(delivered) == 1 and any(mark in delivered[0] for mark in ";\t|"):
        raise _refused(
            table,
            "wrong_delimiter",
            f"the columns of {file.name} are not separated by commas",
            "Export it again with commas",
        )
    raise _refused(
        table,
        "missing_column",
        f"{file.name} lacks the column {_list(missing)}",
        "Export the table again with every column of the contract; a value may be missing only "
        "where the contract says so",
    )


def _read_parquet(table: Table, file: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(file, glob=False).drop(BROKEN_ROW, RAW_FIELDS, strict=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise _refused(
            table,
            "unreadable_file",
            f"{file.name} is no complete Parquet file",
            "It may have been cut off in transfer: copy or export it again",
        ) from error


def _read_csv(table: Table, file: Path) -> pl.DataFrame:
    csv.field_size_limit(FIELD_LIMIT)
    reader = None
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            header = _checked_header(table, file, next(reader, []))
            frames = [_as_frame(header, chunk) for chunk in _chunks(reader)]
    except UnicodeDecodeError as error:
        raise _refused(
            table,
            "wrong_encoding",
            f"{file.name} is not in UTF-8 (after line {reader.line_num if reader else 0})",
            "Export it again as UTF-8",
        ) from error
    except csv.Error as error:
        raise _refused(
            table,
            "unreadable_file",
            f"{file.name} breaks off or has a stray quotation mark at line "
            f"{reader.line_num if reader else 0}",
            "Export it again as CSV with quoted texts",
        ) from error
    return pl.concat(frames) if frames else _as_frame(header, [])


def _checked_header(table: Table, file: Path, header: list[str]) -> list[str]:
    if not any(name.strip() for name in header):
        raise _refused(
            table, "empty_file", f"{file.name} has no header row", "Export the table again"
        )
    twice = [name for name, n in Counter(header).items() if n > 1]
    if twice:
        raise _refused(
            table,
            "duplicate_column",
            f"the header of {file.name} names {_list(twice)} more than once",
            "Keep one column of each name",
        )
    return header


def _chunks(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Rows in chunks; a wholly blank line is no row."""
    rows = (row for row in reader if row)
    while chunk := list(islice(rows, CHUNK_ROWS)):
        yield chunk


def _as_frame(header: list[str], rows: list[list[str]]) -> pl.DataFrame:
    """Text columns; an empty field is missing; a row with too few or many fields is marked."""
    width = len(header)
    whole = [row if len(row) == width else [""] * width for row in rows]
    columns = list(zip(*whole, strict=True)) if whole else [()] * width
    frame = pl.DataFrame(
        [
            pl.Series(name, values, dtype=pl.String)
            for name, values in zip(header, columns, strict=True)
        ]
    ).with_columns(pl.all().replace("", None))
    broken = [len(row) != width for row in rows]
    if not any(broken):
        return frame.with_columns(
            pl.lit(False).alias(BROKEN_ROW), pl.lit(None, dtype=pl.String).alias(RAW_FIELDS)
        )
    raw = [",".join(row) if len(row) != width else None for row in rows]
    return frame.with_columns(
        pl.Series(BROKEN_ROW, broken, dtype=pl.Boolean), pl.Series(RAW_FIELDS, raw, dtype=pl.String)
    )
