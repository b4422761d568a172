"""The list of repairs: cell by cell what stood there, what stands there now, and by which rule."""

from collections import Counter
from pathlib import Path

import polars as pl

from registers.validation.repairs import REPAIRS
from registers.validation.writing import TableWriter


class RepairLog:
    """The repairs in the accepted rows of one table, written as they come.

    A row that is set aside stands in quarantine as it was read, so its repairs are not listed.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.n_rows = file, 0
        self._writer = TableWriter(file, REPAIRS)
        self._counts: Counter[tuple[str, str]] = Counter()

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many cells each rule changed, by rule and column, in alphabetical order."""
        found: dict[str, dict[str, int]] = {}
        for (rule, column), n in sorted(self._counts.items()):
            found.setdefault(rule, {})[column] = n
        return found

    def add(self, changes: pl.DataFrame, is_bad: pl.Series, first_row: int) -> None:
        """Takes the changes of a batch whose first row has this number in the source."""
        if changes.is_empty():
            return
        kept = changes.filter(~is_bad.gather(changes["row_number"]))
        self._count(kept)
        self._writer.append(kept.with_columns(pl.col("row_number") + first_row))

    def forget(self, row_numbers: pl.Series) -> None:
        """Takes out the repairs of rows that were set aside after all; call it after `close`."""
        repairs = pl.read_parquet(self.file)
        gone = repairs["row_number"].is_in(row_numbers.cast(pl.UInt64).implode())
        if not gone.any():
            return
        self._counts.clear()
        self.n_rows = 0
        left = repairs.filter(~gone)
        self._count(left)
        with TableWriter(self.file, REPAIRS) as writer:
            writer.append(left)

    def close(self) -> None:
        """Completes the file."""
        self._writer.close()

    def _count(self, changes: pl.DataFrame) -> None:
        self.n_rows += changes["row_number"].n_unique()
        for rule, column, n in changes.group_by("rule", "column").len().iter_rows():
            self._counts[rule, column] += n
