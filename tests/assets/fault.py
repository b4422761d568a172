"""What a fault of an extract is: what is wrong, what comes of it, and how it is made."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl
from polars._typing import ParquetCompression

Outcome = Literal["accepted", "repaired", "set aside", "refused"]

FAULTS_FOLDER = Path(__file__).resolve().parent / "faults"
EXTRACTED_ON = date(2026, 2, 1)
ZSTD: ParquetCompression = "zstd"


class Folder:
    """The folder of one golden extract: a faultless extract that is spoilt file by file."""

    def __init__(self, path: Path, tables: dict[str, pl.DataFrame], suffix: str = "csv") -> None:
        self.root, self.path = path, path / "registers"
        self.path.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            if suffix == "csv":
                self.write(name, frame.write_csv())
            else:
                self.parquet(name, frame)

    def file(self, table: str, suffix: str = "csv") -> Path:
        return self.path / f"{table}.{suffix}"

    def text(self, table: str) -> str:
        return self.file(table).read_bytes().decode()

    def write(self, table: str, text: str, encoding: str = "utf-8") -> None:
        self.file(table).write_bytes(text.encode(encoding))

    def edit(self, table: str, change: Callable[[str], str], encoding: str = "utf-8") -> None:
        self.write(table, change(self.text(table)), encoding)

    def cells(self, table: str, column: str, values: dict[int, str]) -> None:
        """Writes other texts into some rows of a column of a CSV file."""
        rows = list(csv.reader(io.StringIO(self.text(table), newline="")))
        place = rows[0].index(column)
        for number, value in values.items():
            rows[number + 1][place] = value
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        self.write(table, written.getvalue())

    def column(self, table: str, column: str, change: Callable[[str], str]) -> None:
        """Rewrites every text of a column of a CSV file."""
        rows = list(csv.DictReader(io.StringIO(self.text(table), newline="")))
        values = {number: change(row[column]) for number, row in enumerate(rows)}
        self.cells(table, column, values)

    def parquet(self, table: str, frame: pl.DataFrame) -> None:
        """Delivers a table as Parquet in place of its CSV file."""
        self.file(table).unlink(missing_ok=True)
        frame.write_parquet(self.file(table, "parquet"), compression=ZSTD, statistics=False)

    def last(self, tables: dict[str, pl.DataFrame], suffix: str = "csv") -> "Folder":
        """The extract before this one."""
        return Folder(self.root / "last", tables, suffix)


@dataclass(frozen=True)
class Fault:
    """One kind of fault with a golden extract of its own.

    Attributes:
        name: number and name of its folder.
        what: what is wrong, in a few words.
        table: the table that is at fault.
        outcome: what becomes of the rows or of the table.
        code: the reason, repair rule, finding, note or refusal that it ends in; "" for none.
        counts: read, accepted, repaired and set aside of the table.
        remedy: words that the operator or the agency reads and that say what to do.
        spoil: makes the fault in a faultless extract.
        base: the faultless extract that is spoilt.
        before: what the extract in `last` is for: to compare with, or to continue.
    """

    name: str
    what: str
    table: str
    outcome: Outcome
    code: str
    counts: tuple[int, int, int, int]
    remedy: str
    spoil: Callable[[Folder], None]
    base: Literal["few", "many"] = "few"
    before: Literal["", "last", "onto"] = ""

    @property
    def folder(self) -> Path:
        """Where the golden extract lies."""
        return FAULTS_FOLDER / self.name
