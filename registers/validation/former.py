"""Rows that an increment brings although the former tables hold a row of that key and day."""

from dataclasses import dataclass

import polars as pl

from registers.contract import Table

BASE_ROW = 2**32 - 1
"""The row number of a row that came with a former extract."""


@dataclass(frozen=True)
class Former:
    """Which repeated rows of an increment are known already, and which say something else.

    Attributes:
        known: numbers of rows that a former row equals word for word: harmless, taken once.
        changed: numbers of rows that contradict a former row without a later `reported_on`.
    """

    known: pl.Series
    changed: pl.Series

    @staticmethod
    def of(table: Table, suspects: pl.DataFrame) -> "Former":
        """From rows with `row_number` and the columns of the table, former ones first."""
        key = [*table.key, "reported_on"]
        is_former = pl.col("row_number") == BASE_ROW
        new = suspects.filter(~is_former)
        old = suspects.filter(is_former)
        same = new.join(old, on=table.column_names, how="semi", nulls_equal=True)
        met = new.join(old, on=key, how="semi")
        changed = met.filter(~pl.col("row_number").is_in(same["row_number"].implode()))
        return Former(same["row_number"], changed["row_number"])

    @property
    def n_known(self) -> int:
        """How many rows are known already."""
        return self.known.len()

    def explain(self, table: Table, reasons: pl.DataFrame) -> pl.DataFrame:
        """The reasons without the known rows, and with a reason of their own for changed ones."""
        number = pl.col("row_number")
        is_changed = number.is_in(self.changed.implode())
        sentence = pl.format(
            "{}, row {}: the accepted row of a former extract with the same {} and the same "
            "reported_on says something else. A correction needs a later reported_on; ask the "
            "agency which row counts.",
            pl.lit(table.name),
            number,
            pl.lit(", ".join(table.key)),
        )
        told = reasons.filter(number != BASE_ROW, ~number.is_in(self.known.implode()))
        return told.with_columns(
            pl.when(is_changed)
            .then(pl.lit("changed_without_report"))
            .otherwise("reason_code")
            .alias("reason_code"),
            pl.when(is_changed).then(sentence).otherwise("reason").alias("reason"),
        )
