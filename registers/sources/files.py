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
from registers.sources.protocol import BROKEN_ROW, RAW_FIELDS, TableSource
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
        read = {f"{name}{suffix}" for name in TABLES for suffix in SUFFIXES}
        read |= {EXTRACT_FILE, MANIFEST_FILE, WITHDRAWN}
        return tuple(sorted(f.name for f in self.folder.iterdir() if f.name not in read))

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
            raise _refused(table, "empty_file", f"{name} is empty", "Export the table again")
        sha256 = (
            check_file(table, name, file, self.manifest) if self.manifest else hash_of_files([file])
        )
        kind = ParquetTable if file.suffix == ".parquet" else CsvTable
        source = kind(table, name, file, sha256)
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
                raise _refused(table, "missing_file", what, "Transfer it again")


def _file_of(folder: Path, table: str, prefix: str) -> Path | None:
    present = [f for s in SUFFIXES if (f := folder / f"{table}{s}").is_file()]
    if len(present) > 1:
        raise _refused(
            table,
            "delivered_twice",
            f"delivered both as {prefix}{present[0].name} and as {prefix}{present[1].name}",
            "Remove the one that does not count",
        )
    return present[0] if present else None


def _refused(table: str, code: str, what: str, remedy: str) -> TableRefusedError:
    return TableRefusedError(table, code, f"{table}: {what}. {remedy}.")


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
        empty: pl.DataFrame = self._reading(
            lambda: pl.DataFrame(self._opened.schema_arrow.empty_table())
        )
        return empty.schema

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
            raise _refused(
                self.table,
                "unreadable_file",
                f"{self.label} is no complete Parquet file",
                "It may have been cut off in transfer: copy or export it again",
            ) from error


def _next_frame(batches: Iterator[pa.RecordBatch]) -> pl.DataFrame | None:
    batch = next(batches, None)
    if batch is None:
        return None
    frame = pl.from_arrow(batch)
    if not isinstance(frame, pl.DataFrame):
        raise pa.ArrowInvalid("a batch without columns")
    return frame.drop(BROKEN_ROW, RAW_FIELDS, strict=False)


@dataclass(frozen=True)
class CsvTable:
    """A CSV file in UTF-8 with commas and a header; every value is text."""

    table: str
    label: str
    file: Path
    sha256: str

    @property
    def n_rows(self) -> None:
        """A CSV file does not tell its number of rows."""
        return

    @cached_property
    def header(self) -> list[str]:
        """The names in the first line; raises TableRefusedError."""
        rows = self._lines()
        header = next(rows, [])
        if not any(name.strip() for name in header):
            what = f"{self.label} has no header row"
            raise _refused(self.table, "empty_file", what, "Export the table again")
        twice = [name for name, n in Counter(header).items() if n > 1]
        if twice:
            what = f"the header of {self.label} names {_listed(twice)} more than once"
            raise _refused(self.table, "duplicate_column", what, "Keep one column of each name")
        return header

    @cached_property
    def schema(self) -> pl.Schema:
        """The columns of the header, as text, and the marks of broken rows."""
        texts = {name: pl.String() for name in self.header}
        return pl.Schema({**texts, BROKEN_ROW: pl.Boolean(), RAW_FIELDS: pl.String()})

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        """The rows in file order, broken ones marked; raises TableRefusedError."""
        header = self.header
        rows = self._lines()
        next(rows, None)
        chunks = iter(lambda: list(islice(rows, CHUNK_ROWS)), [])
        return rebatched((_as_frame(header, chunk) for chunk in chunks), n_rows)

    def _lines(self) -> Iterator[list[str]]:
        """The fields of every line; a wholly blank line after the header is no row."""
        csv.field_size_limit(FIELD_LIMIT)
        reader = None
        try:
            with self.file.open(encoding="utf-8-sig", newline="") as text:
                reader = csv.reader(text, strict=True)
                yield next(reader, [])
                yield from (row for row in reader if row)
        except UnicodeDecodeError as error:
            what = f"{self.label} is not in UTF-8 (after line {reader.line_num if reader else 0})"
            raise _refused(
                self.table, "wrong_encoding", what, "Export it again as UTF-8"
            ) from error
        except csv.Error as error:
            line = reader.line_num if reader else 0
            what = f"{self.label} breaks off or has a stray quotation mark at line {line}"
            raise _refused(
                self.table, "unreadable_file", what, "Export it again as CSV with quoted texts"
            ) from error


def _listed(names: Iterable[str]) -> str:
    """Names for a sentence; a name from a file is cut, for a file may hold anything."""
    every = list(names)
    shown = ", ".join(name[:40] for name in every[:10])
    return f"{shown} and {len(every) - 10} more" if len(every) > 10 else shown


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
    return frame.with_columns(
        pl.Series(BROKEN_ROW, broken, dtype=pl.Boolean), pl.Series(RAW_FIELDS, raw, dtype=pl.String)
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
