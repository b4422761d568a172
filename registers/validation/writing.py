"""Tables written row group by row group, so that no table has to fit into memory."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

BATCH_ROWS = 500_000
"""Rows of a batch: what is held of a table at a time, and the size of the row groups written."""


class TableWriter:
    """Appends frames of one schema to a Parquet file; a row group per frame.

    The same frames give the same bytes. A file without a frame is a table without rows.
    """

    def __init__(self, file: Path, schema: pl.Schema) -> None:
        self.file, self.n_rows = file, 0
        self._schema = schema
        self._arrow = _arrow(schema.to_frame()).schema
        self._writer = pq.ParquetWriter(file, self._arrow, compression="zstd")

    def append(self, frame: pl.DataFrame) -> None:
        """Writes the rows of a frame; its columns are put into the order of the schema."""
        if frame.is_empty():
            return
        rows = _arrow(frame.select(self._schema.names()).cast(self._schema).rechunk())
        self._writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
        self.n_rows += frame.height

    def close(self) -> None:
        """Completes the file."""
        self._writer.close()

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _arrow(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def row_groups(file: Path, columns: list[str] | None = None) -> Iterator[pl.DataFrame]:
    """The row groups of a file that was written here, one frame each."""
    opened = pq.ParquetFile(file)
    for group in range(opened.num_row_groups):
        frame = pl.from_arrow(opened.read_row_group(group, columns=columns))
        if isinstance(frame, pl.DataFrame):
            yield frame


def without_places(file: Path, places: pl.Series, schema: pl.Schema) -> None:
    """Takes the rows at some places (0-based) out of a file that was written here."""
    if places.is_empty():
        return
    partial = file.with_name(f".{file.name}.partial")
    first = 0
    with TableWriter(partial, schema) as kept:
        for frame in row_groups(file):
            here = pl.int_range(first, first + frame.height, eager=True)
            kept.append(frame.filter(~here.is_in(places.cast(pl.Int64).implode())))
            first += frame.height
    partial.replace(file)


def in_order(file: Path, columns: list[str], schema: pl.Schema) -> None:
    """Sorts a (small) file that was written here."""
    rows = pl.read_parquet(file).sort(columns, maintain_order=True)
    with TableWriter(file, schema) as sorted_rows:
        sorted_rows.append(rows)
