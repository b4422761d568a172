"""What validation asks of a source of registers, whatever keeps the rows.

A source hands over rows as they stand, in an order of its own that is the same each time: the
row number in a report is the place in that order. Nothing is converted here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

import polars as pl

# Marks of a row (CSV only): whether it has not as many fields as the header, its fields as one line
# if so, and which lines of the file a stray quotation mark swallowed with it (102-112).
BROKEN_ROW = "?broken_row"
RAW_FIELDS = "?raw_fields"
SWALLOWED = "?swallowed_lines"
MARKS = (BROKEN_ROW, RAW_FIELDS, SWALLOWED)


class TableSource(Protocol):
    """One table of an extract as it was delivered."""

    @property
    def label(self) -> str:
        """What the source is called in reports: a file name or schema.table, no credentials."""

    @property
    def schema(self) -> pl.Schema:
        """The columns and types as delivered; text throughout for CSV."""

    @property
    def n_rows(self) -> int | None:
        """The number of rows where the source tells it beforehand."""

    @property
    def sha256(self) -> str | None:
        """SHA-256 of the delivered bytes, or None where there are none."""

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        """The rows in batches of exactly `n_rows` (the last may be shorter).

        Every call begins anew and gives the same rows in the same order. Raises
        TableRefusedError where the rest cannot be read.
        """


class ExtractSource(Protocol):
    """A whole extract: its tables, its withdrawals and what it says about itself."""

    @property
    def label(self) -> str:
        """What the source is called in reports, without credentials."""

    @property
    def description(self) -> Mapping[str, Any]:
        """The content of extract.json; at least `legal_order`."""

    @property
    def extracted_on(self) -> date | None:
        """The day of the extract where it is stated."""

    @property
    def manifest_sha256(self) -> str | None:
        """SHA-256 of the manifest, or None where the extract has none."""

    @property
    def is_increment(self) -> bool:
        """Whether the extract says that it continues an earlier one."""

    @property
    def follows(self) -> str | None:
        """SHA-256 of the manifest that an increment continues, where it is stated."""

    @property
    def ignored(self) -> tuple[str, ...]:
        """What lies beside the tables and was not read."""

    def table(self, name: str) -> TableSource | None:
        """A table of the contract, or None where it was not delivered.

        Raises TableRefusedError where it was delivered in a form that cannot be read, twice, or
        not as the manifest says.
        """

    def withdrawals(self, name: str) -> TableSource | None:
        """The rows of a table that the agency takes back, or None.

        Columns: the key of the table, `reported_on` of the row that is taken back, and
        `withdrawn_on`, the day from which the Bureau knows.
        """
