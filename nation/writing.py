"""Writes a nation table by table, block after block, and lets nothing half-written look whole.

Each table is one Parquet file (zstd), each block one row group. All is written aside, in a hidden
folder beside the others, and moved into place when the last row is written; whoever interrupts
finds what was there before.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from registers.extract import EXTRACT_FILE, write_json
from registers.tables import TABLES

_ASIDE = ".nation-in-progress"
_PARTS = ("questions.parquet", "truth", "registers")
"""In the order in which they are moved into place; without registers a folder holds no extract."""


class NationWriter:
    """A nation on its way to a folder; a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._aside = folder, folder / _ASIDE
        self._files: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        shutil.rmtree(self._aside, ignore_errors=True)
        for part in ("registers", "truth"):
            (self._aside / part).mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._close()
        shutil.rmtree(self._aside, ignore_errors=True)

    def add(
        self, tables: Mapping[str, pl.DataFrame], questions: pl.DataFrame,
        truth: Mapping[str, pl.DataFrame],
    ) -> None:  # fmt: skip
        """Appends the rows of a block; every table gets the columns and types of the contract."""
        for name, frame in tables.items():
            schema = TABLES[name].schema
            self._append(f"registers/{name}", frame.select(schema.names()).cast(schema))
        self._append("questions", questions)
        for name, frame in truth.items():
            self.add_truth(name, frame)

    def add_truth(self, name: str, frame: pl.DataFrame) -> None:
        """Appends rows to a table of the truth."""
        self._append(f"truth/{name}", frame)

    def _append(self, name: str, frame: pl.DataFrame) -> None:
        rows = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if name not in self._files:
            path = self._aside / f"{name}.parquet"
            self._files[name] = pq.ParquetWriter(path, rows.schema, compression="zstd")
        self._write(self._files[name], rows)

    def _write(self, file: pq.ParquetWriter, rows: pa.Table) -> None:
        if rows.num_rows:
            file.write_table(rows, row_group_size=rows.num_rows)

    def finish(self, description: Mapping[str, Any]) -> None:
        """Closes the files, writes the descriptions, and moves all into place."""
        self._close()
        registers = self._aside / "registers"
        write_json(registers / EXTRACT_FILE, {"legal_order": "uz"})
        write_json(self._aside / "truth" / "description.json", description)
        for part in reversed(_PARTS):
            _remove(self._folder / part)
        for part in _PARTS:
            (self._aside / part).rename(self._folder / part)

    def _close(self) -> None:
        while self._files:
            self._files.popitem()[1].close()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
