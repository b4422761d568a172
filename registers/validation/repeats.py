"""Keys that come twice on one day, found over all batches of a table without holding its rows.

Each accepted row leaves a 64-bit hash of its key and `reported_on`. Only rows whose hash comes
twice are looked at again, value by value, so a chance meeting of two hashes costs a look and
changes nothing.
"""

from pathlib import Path

import numpy as np
import polars as pl

from registers.contract import Table


class Repeats:
    """The hashes of the rows of one table in the order in which they were written."""

    def __init__(self, table: Table) -> None:
        self.columns = (*table.key, "reported_on")
        self._hashes: list[np.ndarray[tuple[int], np.dtype[np.uint64]]] = []
        self._numbers: list[np.ndarray[tuple[int], np.dtype[np.uint32]]] = []

    def add(self, rows: pl.DataFrame, numbers: pl.Series) -> None:
        """Takes the rows that were written next, with their numbers in the source."""
        self._hashes.append(rows.select(pl.struct(self.columns).hash()).to_series().to_numpy())
        self._numbers.append(numbers.cast(pl.UInt32).to_numpy())

    def places(self, written: Path) -> pl.DataFrame:
        """The rows that may repeat a key: place (in the written file), number, and their values.

        Args:
            written: the Parquet file with all rows that were added, in their order.

        Returns:
            place, row_number and the columns of the file, in file order; without rows where
            every hash is unique.
        """
        hashes = np.concatenate(self._hashes) if self._hashes else np.empty(0, np.uint64)
        at = np.flatnonzero(_comes_twice(hashes))
        places = pl.Series("place", at, dtype=pl.UInt32)
        if not len(at):
            return pl.DataFrame(schema={"place": pl.UInt32, "row_number": pl.UInt32})
        numbers = pl.Series("row_number", np.concatenate(self._numbers)[at])
        rows = (
            pl.scan_parquet(written)
            .with_row_index("place")
            .filter(pl.col("place").is_in(places.implode()))
            .collect(engine="streaming")
            .sort("place")
        )
        return rows.insert_column(1, numbers)


def _comes_twice(
    hashes: np.ndarray[tuple[int], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    order = np.argsort(hashes, kind="stable")
    same = hashes[order][1:] == hashes[order][:-1]
    twice = np.zeros(len(hashes), dtype=np.bool_)
    twice[order[1:][same]] = True
    twice[order[:-1][same]] = True
    return twice
