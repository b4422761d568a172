"""Answers written as they come: one Parquet file per frame, in memory no more than a batch.

Rows go to disk in groups of ROWS whatever the batches were, so the same answers give the same
bytes. A file gets its name when it is whole: what was broken off leaves nothing that looks
finished, and answers of an earlier run stay until the new ones are complete.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Final

import polars as pl
import pyarrow.parquet as pq

ROWS: Final = 20_000
UNFINISHED: Final = ".unfinished"


class GrowingParquet:
    """One file that grows by frames of the same schema."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pl.DataFrame] = []
        self._n_waiting = 0

    @property
    def unfinished(self) -> Path:
        """Where the rows stand until the file is whole."""
        return self.path.with_name(self.path.name + UNFINISHED)

    def add(self, frame: pl.DataFrame) -> None:
        """Take the rows; whole groups of them go to disk."""
        self._waiting.append(frame)
        self._n_waiting += frame.height
        if self._n_waiting >= ROWS or self._writer is None:
            self._put(keep=self._n_waiting % ROWS)

    def finish(self) -> None:
        """Write what waits and give the file its name."""
        self._put(keep=0)
        if self._writer is not None:
            self._writer.close()
            self.unfinished.replace(self.path)

    def give_up(self) -> None:
        """Leave no trace."""
        if self._writer is not None:
            self._writer.close()
        self.unfinished.unlink(missing_ok=True)

    def _put(self, keep: int) -> None:
        if not self._waiting:
            return
        rows = pl.concat(self._waiting)
        now = rows.height - keep
        table = rows[:now].to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.unfinished, table.schema, compression="zstd")
        for start in range(0, now, ROWS):
            self._writer.write_table(table.slice(start, ROWS), row_group_size=ROWS)
        self._waiting = [rows[now:]]
        self._n_waiting = keep


class AnswerFiles:
    """The files of `names` in a folder, which become whole together.

    Used as a context: at its end every file gets its name; after an error none does.
    """

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._files = {name: GrowingParquet(folder / f"{name}.parquet") for name in names}

    def add(self, name: str, frame: pl.DataFrame) -> None:
        """Rows of one of the frames, in the order in which they shall stand."""
        self._files[name].add(frame)

    def __enter__(self) -> AnswerFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            if error is None:
                file.finish()
            else:
                file.give_up()
