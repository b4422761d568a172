"""An extract that is a folder: one Parquet or CSV file per table, read in batches as it stands.

Parquet keeps its types, CSV is text throughout. What stops the reading of a whole table is a
`TableRefusedError` with a sentence; a single broken line of a CSV file is kept and marked.
Withdrawals lie in the folder `withdrawn`, one file per table.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from registers.errors import ManifestError, TableRefusedError
from registers.extract import EXTRACT_FILE, SUFFIXES, find_extract, hash_of_files, read_description
from registers.sources.batching import rebatched
from registers.sources.manifest import (
    MANIFEST_FILE,
    Extent,
    Manifest,
    check_file,
    check_rows,
    missing_files,
    read_manifest,
    write_manifest,
)
from registers.sources.protocol import BROKEN_ROW, MARKS, RAW_FIELDS, SWALLOWED, TableSource
from registers.sources.stray_quotes import SwallowedLine, lines_of
from registers.tables import TABLES

WITHDRAWN = "withdrawn"
CHUNK_ROWS = 50_000
FIELD_LIMIT = 1_000_000

_BROKEN_PARQUET = (
    pa.ArrowException,
    OSError,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,
)


class FolderExtract:
    """An extract in a folder; `path` may also be the folder above its `registers/`.

    Raises:
        ExtractNotFoundError: no table lies there.
        ExtractDescriptionError, UnknownLegalOrderError, ManifestError: what the extract says
            about itself cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.folder = find_extract(path)
        self.description: Mapping[str, Any] = read_description(self.folder)
        self.manifest: Manifest | None = read_manifest(self.folder)

    @property
    def label(self) -> str:
        """The name of the folder: the path around it may tell more than a report should."""
        folder = self.folder.resolve()
        return folder.parent.name if folder.name == "registers" else folder.name

    @property
    def extracted_on(self) -> date | None:
        """The day of the extract where the manifest states it."""
        return self.manifest.extracted_on if self.manifest else None

    @property
    def manifest_sha256(self) -> str | None:
        """SHA-256 of the manifest, or None where there is none."""
        return self.manifest.sha256 if self.manifest else None

    @property
    def is_increment(self) -> bool:
        """Whether the manifest says that the extract continues an earlier one."""
        return self.manifest is not None and self.manifest.extent == "increment"

    @property
    def follows(self) -> str | None:
        """SHA-256 of the manifest that an increment continues, where it is stated."""
        return self.manifest.follows if self.manifest else None

    @property
    def ignored(self) -> tuple[str, ...]:
        """Files of the folder that are no table: a misspelt name must not pass in silence."""
        tables = {f"{name}{suffix}" for name in TABLES for suffix in SUFFIXES}
        read = tables | {EXTRACT_FILE, MANIFEST_FILE}
        withdrawn = self.folder / WITHDRAWN
        found = [f.name for f in self.folder.iterdir() if f.name not in read]
        if withdrawn.is_dir():
            found.remove(WITHDRAWN)
            inside = (f.name for f in withdrawn.iterdir() if f.name not in tables)
            found += [f"{WITHDRAWN}/{name}" for name in inside]
        return tuple(sorted(found))

    def table(self, name: str) -> TableSource | None:
        """A table of the contract, or None where it was not delivered; raises TableRefusedError."""
        return self._source(name, self.folder, "")

    def withdrawals(self, name: str) -> TableSource | None:
        """The rows of a table that are taken back, or None; raises TableRefusedError."""
        return self._source(name, self.folder / WITHDRAWN, f"{WITHDRAWN}/")

    def _source(self, table: str, folder: Path, prefix: str) -> TableSource | None:
        file = _file_of(folder, table, prefix)
        if file is None:
            self._check_not_missing(table, prefix)
            return None
        name = f"{prefix}{file.name}"
        if file.stat().st_size == 0:
            what = f"{name} is empty"
            raise _refused(table, "empty_file", what, "Export the table again", name)
        sha256 = (
            check_file(table, name, file, self.manifest) if self.manifest else hash_of_files([file])
        )
        source: ParquetTable | CsvTable = (
            ParquetTable(table, name, file, sha256)
            if file.suffix == ".parquet"
            else CsvTable(table, name, file, sha256, TABLES[table].column_names)
        )
        if self.manifest and source.n_rows is not None:
            check_rows(table, name, source.n_rows, self.manifest)
        return source

    def _check_not_missing(self, table: str, prefix: str) -> None:
        if self.manifest is None:
            return
        wanted = {f"{prefix}{table}{suffix}" for suffix in SUFFIXES}
        for name in missing_files(self.folder, self.manifest):
            if name in wanted:
                what = f"{name} is missing, but {MANIFEST_FILE} names it"
                raise _refused(table, "missing_file", what, "Transfer it again", name)


def _file_of(folder: Path, table: str, prefix: str) -> Path | None:
    present = [f for s in SUFFIXES if (f := folder / f"{table}{s}").exists()]
    names = [f"{prefix}{file.name}" for file in present]
    if len(present) > 1:
        what = f"delivered both as {names[0]} and as {names[1]}"
        remedy = "Remove the one that does not count"
        raise _refused(table, "delivered_twice", what, remedy, ", ".join(names))
    if present and not present[0].is_file():
        what = f"{names[0]} is a folder, not a file"
        raise _refused(table, "not_a_file", what, "Deliver the table as one file", names[0])
    return present[0] if present else None


def _refused(table: str, code: str, what: str, remedy: str, detail: str) -> TableRefusedError:
    return TableRefusedError(table, code, f"{table}: {what}. {remedy}.", detail)


def _check_names(table: str, label: str, names: Iterable[str]) -> None:
    """Raises TableRefusedError where a column name stands more than once."""
    twice = [name for name, n in Counter(names).items() if n > 1]
    if twice:
        what = f"the header of {label} names {_listed(twice)} more than once"
        remedy = "Keep one column of each name"
        raise _refused(table, "duplicate_column", what, remedy, f"{label}: {_listed(twice)}")


def _told_apart(name: str) -> str:
    """A delivered column that is named like a mark of ours is no mark."""
    return f"{name} (delivered)" if name in MARKS else name


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file, read row group by row group with the types that it has."""

    table: str
    label: str
    file: Path
    sha256: str

    @cached_property
    def schema(self) -> pl.Schema:
        """The columns and types as Polars reads them; raises TableRefusedError."""
        _check_names(self.table, self.label, self._opened.schema_arrow.names)
        empty: pl.DataFrame = self._reading(
            lambda: pl.DataFrame(self._opened.schema_arrow.empty_table())
        )
        return empty.rename(_told_apart).schema

    @cached_property
    def n_rows(self) -> int:
        """The number of rows that the file states; raises TableRefusedError."""
        return int(self._opened.metadata.num_rows)

    @cached_property
    def _opened(self) -> pq.ParquetFile:
        return self._reading(lambda: pq.ParquetFile(self.file, memory_map=False))

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        """The rows in file order; raises TableRefusedError where the file breaks off."""
        return rebatched(self._frames(min(n_rows, CHUNK_ROWS)), n_rows)

    def _frames(self, n_rows: int) -> Iterator[pl.DataFrame]:
        batches = self._opened.iter_batches(batch_size=n_rows, use_threads=True)
        while True:
            frame = self._reading(lambda: _next_frame(batches))
            if frame is None:
                return
            yield frame

    def _reading(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except _BROKEN_PARQUET as error:
            code, what, remedy = _why_unreadable(error)
            what = f"{self.label} {what}"
            raise _refused(self.table, code, what, remedy, self.label) from error


def _why_unreadable(error: BaseException) -> tuple[str, str, str]:
    if "crypt" in str(error).lower():
        return "encrypted_file", "is encrypted", "Deliver it without encryption"
    remedy = "It may have been cut off in transfer: copy or export it again"
    return "unreadable_file", "is no complete Parquet file", remedy


def _next_frame(batches: Iterator[pa.RecordBatch]) -> pl.DataFrame | None:
    batch = next(batches, None)
    if batch is None:
        return None
    frame = pl.from_arrow(batch)
    if not isinstance(frame, pl.DataFrame):
        raise pa.ArrowInvalid("a batch without columns")
    return frame.rename(_told_apart)


@dataclass(frozen=True)
class CsvTable:
    """A CSV file in UTF-8 with commas and a header; every value is text.

    `names` are the columns that are looked for: a first line with none of them is no header.
    """

    table: str
    label: str
    file: Path
    sha256: str
    names: tuple[str, ...]

    @property
    def n_rows(self) -> None:
        """A CSV file does not tell its number of rows."""
        return

    @cached_property
    def header(self) -> list[str]:
        """The names in the first line, without spaces around them; raises TableRefusedError.

        A column without a name, as a comma at the end of each line makes it, is numbered.
        """
        header = [name.strip() for name in next(self._lines(), [])]
        if any("\0" in name for name in header):
            raise self._wrong_encoding("is no plain text (line 1 holds NUL characters)")
        if not any(header):
            what = f"{self.label} has no header row"
            raise _refused(self.table, "empty_file", what, "Export the table again", self.label)
        # Without a name of the contract the line is no header: it may hold values of a person.
        if set(header) & set(self.names):
            _check_names(self.table, self.label, filter(None, header))
        return [
            _told_apart(name) or f"column {n} without a name"
            for n, name in enumerate(header, start=1)
        ]

    @cached_property
    def schema(self) -> pl.Schema:
        """The columns of the header, as text, and the marks of broken rows."""
        texts = {name: pl.String() for name in self.header}
        marks = {BROKEN_ROW: pl.Boolean(), RAW_FIELDS: pl.String(), SWALLOWED: pl.String()}
        return pl.Schema({**texts, **marks})

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        """The rows in file order, broken ones marked; raises TableRefusedError."""
        header = self.header
        rows = self._lines()
        next(rows, None)
        chunks = iter(lambda: list(islice(rows, CHUNK_ROWS)), [])
        return rebatched((_as_frame(header, chunk) for chunk in chunks), n_rows)

    def line_numbers(self) -> list[int]:
        """The line of the file in which each row begins; raises TableRefusedError."""
        rows = self._numbered()
        next(rows, None)
        return [line for line, _ in rows]

    def _lines(self) -> Iterator[list[str]]:
        return (row for _, row in self._numbered())

    def _numbered(self) -> Iterator[tuple[int, list[str]]]:
        """The fields of every line with its number; a blank line after the header is no row.

        A line that a stray quotation mark swallowed is given by itself, as a SwallowedLine.
        """
        csv.field_size_limit(FIELD_LIMIT)
        reader, line = None, 0
        try:
            with self.file.open(encoding="utf-8-sig", newline="") as text:
                reader = csv.reader(text, strict=True)
                header = next(reader, [])
                line = reader.line_num
                yield line, header
                for row in reader:
                    if reader.line_num != line + 1:
                        parts = lines_of(row, line + 1, reader.line_num, len(header))
                        yield from enumerate(parts, start=line + 1)
                    elif row:
                        yield line + 1, row
                    line = reader.line_num
        except UnicodeDecodeError as error:
            raise self._wrong_encoding(
                f"is not in UTF-8 (line {self._first_odd_line()})"
            ) from error
        except csv.Error as error:
            last = reader.line_num if reader else 0
            where = f"line {last}" if last <= line + 1 else f"lines {line + 1} to {last}"
            what = f"{self.label} breaks off or has a stray quotation mark at {where}"
            remedy = "Export it again as CSV with quoted texts"
            detail = f"{self.label}: {line + 1 if last > line + 1 else last}"
            raise _refused(self.table, "unreadable_file", what, remedy, detail) from error

    def _first_odd_line(self) -> int:
        """The number of the first line that is not in UTF-8."""
        with self.file.open("rb") as lines:
            return next((n for n, line in enumerate(lines, start=1) if not _is_utf_8(line)), 1)

    def _wrong_encoding(self, what: str) -> TableRefusedError:
        with self.file.open("rb") as content:
            start = content.read(4)
        is_utf_16 = start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start
        seems = ", it seems to be UTF-16" if is_utf_16 else ""
        what, remedy = f"{self.label} {what}{seems}", "Export it again as UTF-8"
        return _refused(self.table, "wrong_encoding", what, remedy, self.label)


def _listed(names: Iterable[str]) -> str:
    """Names for a sentence; a name from a file is cut, for a file may hold anything."""
    every = list(names)
    shown = ", ".join(name[:40] for name in every[:10])
    return f"{shown} and {len(every) - 10} more" if len(every) > 10 else shown


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_frame(header: list[str], rows: list[list[str]]) -> pl.DataFrame:
    """Text columns; an empty field is missing; a row with too few or many fields is marked."""
    width = len(header)
    whole = [row if len(row) == width else [""] * width for row in rows]
    columns = list(zip(*whole, strict=True)) if whole else [()] * width
    # A mapping keeps a column without a name, which a list of series would give one.
    frame = pl.DataFrame(
        {
            name: pl.Series(values, dtype=pl.String)
            for name, values in zip(header, columns, strict=True)
        }
    ).with_columns(pl.all().replace("", None))
    broken = [len(row) != width for row in rows]
    raw = [
        ",".join(row) if is_broken else None for row, is_broken in zip(rows, broken, strict=True)
    ]
    swallowed = [row.lines if isinstance(row, SwallowedLine) else None for row in rows]
    return frame.with_columns(
        pl.Series(BROKEN_ROW, broken, dtype=pl.Boolean),
        pl.Series(RAW_FIELDS, raw, dtype=pl.String),
        pl.Series(SWALLOWED, swallowed, dtype=pl.String),
    )


@dataclass(frozen=True)
class Sealed:
    """A manifest that was written, and the names of the files that it states."""

    path: Path
    files: tuple[str, ...]


def seal_extract(path: Path, extracted_on: date, follows: Path | None = None) -> Sealed:
    """Writes the manifest of an extract: every table, every withdrawal, and extract.json.

    Args:
        path: the folder of the extract, or the folder above its `registers/`.
        extracted_on: the day of the extract.
        follows: the extract that this one is an increment on; None for a full extract.

    Raises:
        ExtractNotFoundError: there is no table in one of the two.
        ManifestError: the extract before has no manifest, or one that cannot be read.
    """
    folder = find_extract(path)
    names = [
        f"{prefix}{name}{s}"
        for prefix in ("", f"{WITHDRAWN}/")
        for name in TABLES
        for s in SUFFIXES
    ]
    files = [folder / name for name in (*names, EXTRACT_FILE) if (folder / name).is_file()]
    before = None if follows is None else _stated(find_extract(follows))
    extent: Extent = "full" if follows is None else "increment"
    sha256 = before.sha256 if before else None
    written = write_manifest(folder, files, extracted_on, extent, sha256)
    return Sealed(written, tuple(file.relative_to(folder).as_posix() for file in files))


def _stated(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest is None:
        raise ManifestError(folder / MANIFEST_FILE, "there is none")
    return manifest
