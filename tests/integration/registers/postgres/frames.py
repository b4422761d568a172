"""An extract of frames in memory, with what a test wants it to say about itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from registers.errors import TableRefusedError
from registers.sources.batching import rebatched
from registers.sources.protocol import ExtractSource, TableSource
from registers.tables import TABLES


@dataclass(frozen=True)
class FrameTable:
    """A frame as a table; with `breaks_at` it is refused before that row."""

    label: str
    frame: pl.DataFrame
    breaks_at: int | None = None
    sha256: str | None = None

    @property
    def schema(self) -> pl.Schema:
        return self.frame.schema

    @property
    def n_rows(self) -> int | None:
        return self.frame.height

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        yield from rebatched([self.frame[: self.breaks_at]], n_rows)
        if self.breaks_at is not None:
            table = self.label
            raise TableRefusedError(
                table, "unreadable_file", f"{table}: breaks off. Send it again."
            )


@dataclass(frozen=True)
class FrameExtract:
    """Frames by table, as an extract."""

    frames: Mapping[str, pl.DataFrame]
    withdrawn: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    label: str = "in memory"
    description: Mapping[str, Any] = field(default_factory=lambda: {"legal_order": "uz"})
    extracted_on: date | None = None
    manifest_sha256: str | None = None
    is_increment: bool = False
    follows: str | None = None
    ignored: tuple[str, ...] = ()
    breaks_at: Mapping[str, int] = field(default_factory=dict)

    def table(self, name: str) -> TableSource | None:
        frame = self.frames.get(name)
        return None if frame is None else FrameTable(name, frame, self.breaks_at.get(name))

    def withdrawals(self, name: str) -> TableSource | None:
        frame = self.withdrawn.get(name)
        return None if frame is None else FrameTable(f"withdrawn/{name}", frame)


def read_all(table: TableSource | None, n_rows: int = 1_000) -> pl.DataFrame:
    """Every row of a table; the batches must be full."""
    assert table is not None
    frames = list(table.batches(n_rows))
    assert all(frame.height == n_rows for frame in frames[:-1])
    if not frames:
        return pl.DataFrame(schema=table.schema)
    frame = pl.concat(frames)
    assert frame.schema == table.schema
    return frame


def assert_same_extract(mine: ExtractSource, other: ExtractSource) -> None:
    """Same tables, same types, same rows in the same order, same description."""
    assert dict(mine.description) == dict(other.description)
    assert mine.extracted_on == other.extracted_on
    assert mine.manifest_sha256 == other.manifest_sha256
    assert (mine.is_increment, mine.follows) == (other.is_increment, other.follows)
    assert mine.ignored == other.ignored
    for name in TABLES:
        for give, given in (
            (mine.table, other.table),
            (mine.withdrawals, other.withdrawals),
        ):
            assert_same_table(give(name), given(name), name)


def assert_same_table(mine: TableSource | None, other: TableSource | None, name: str) -> None:
    """The same rows, or none on both sides."""
    assert (mine is None) == (other is None), name
    if mine is not None and other is not None:
        assert mine.schema == other.schema, name
        assert read_all(mine).equals(read_all(other)), name
