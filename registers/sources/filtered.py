"""Any extract, seen through a filter on dates: the rows that were reported between two days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from registers.sources.batching import rebatched
from registers.sources.dates import REPORTED_ON, WITHDRAWN_ON, ReportedBetween
from registers.sources.protocol import ExtractSource, TableSource


@dataclass(frozen=True)
class FilteredTable:
    """A table without the rows that the filter leaves out, in the order of the source."""

    source: TableSource
    days: ReportedBetween
    column: str

    @property
    def label(self) -> str:
        """The name of the source with the filter beside it."""
        return self.days.labelled(self.source.label)

    @property
    def schema(self) -> pl.Schema:
        """The columns and types of the source."""
        return self.source.schema

    @property
    def n_rows(self) -> int | None:
        """Unknown before the rows were read."""
        return None

    @property
    def sha256(self) -> str | None:
        """SHA-256 of what was delivered, of which the rows are a part."""
        return self.source.sha256

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        """The rows that are kept, in batches of exactly `n_rows` (the last may be shorter)."""
        if self.column not in self.schema:
            return self.source.batches(n_rows)
        keeps = self.days.keeps(self.column, self.schema[self.column])
        return rebatched((frame.filter(keeps) for frame in self.source.batches(n_rows)), n_rows)


@dataclass(frozen=True)
class FilteredExtract:
    """An extract as it would be if only the rows reported between two days had been delivered.

    Withdrawals count by the day from which they are known. Rows without a readable day stay.
    """

    source: ExtractSource
    days: ReportedBetween

    @property
    def label(self) -> str:
        """The name of the source with the filter beside it."""
        return self.days.labelled(self.source.label)

    @property
    def description(self) -> Mapping[str, Any]:
        """What the extract says about itself."""
        return self.source.description

    @property
    def extracted_on(self) -> date | None:
        """The day of the extract where it is stated."""
        return self.source.extracted_on

    @property
    def manifest_sha256(self) -> str | None:
        """SHA-256 of the manifest of the whole extract."""
        return self.source.manifest_sha256

    @property
    def is_increment(self) -> bool:
        """Whether the extract says that it continues an earlier one."""
        return self.source.is_increment

    @property
    def follows(self) -> str | None:
        """SHA-256 of the manifest that an increment continues, where it is stated."""
        return self.source.follows

    @property
    def ignored(self) -> tuple[str, ...]:
        """What lies beside the tables and was not read."""
        return self.source.ignored

    def table(self, name: str) -> TableSource | None:
        """A table of the contract, filtered, or None; raises TableRefusedError."""
        table = self.source.table(name)
        return None if table is None else FilteredTable(table, self.days, REPORTED_ON)

    def withdrawals(self, name: str) -> TableSource | None:
        """The withdrawals of a table that are known between the days, or None."""
        table = self.source.withdrawals(name)
        return None if table is None else FilteredTable(table, self.days, WITHDRAWN_ON)
