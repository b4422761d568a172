"""Whose rows were set aside: written as the rows come, settled when the table is done.

A row names its owner where the owner can be read; through its key it also concerns every owner
whom an accepted row of the same thing (case, account, action) names: their older state is no
longer all there is. A row that leads to nobody is counted: nobody can tell whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from registers.contract import FIRST_DAY, LAST_DAY, Table
from registers.sources.protocol import BROKEN_ROW
from registers.unknown_rows import owner_column, thing_columns, unknown_schema
from registers.validation.checks import Check
from registers.validation.writing import BATCH_ROWS, TableWriter


@dataclass(frozen=True)
class UnknownCounts:
    """What a table of unknown rows comes to.

    Attributes:
        owners: debtors or cases of which not all rows are known.
        rows: rows of the file, those that an increment carries over included.
        without_owner: rows of which nobody can tell whose they are.
        older_state: keys of which a row was set aside while an older row stays in force.
    """

    owners: int = 0
    rows: int = 0
    without_owner: int = 0
    older_state: int = 0


@dataclass
class UnknownLog:
    """The rows of one table that were set aside, each with owner, reason, report and key.

    Attributes:
        file: where they end up, sorted and each once.
        former: the same file of the tables that an increment continues, or None.
        extracted_on: the day of the extract: a later reported_on is a slip.
    """

    table: Table
    file: Path
    former: Path | None = None
    extracted_on: date | None = None
    _writer: TableWriter = field(init=False, repr=False)
    _replaced: list[pl.DataFrame] = field(default_factory=list, init=False, repr=False)
    _carried: pl.DataFrame = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.schema = unknown_schema(self.table)
        self._writer = TableWriter(self.file, self.schema)
        kept = pl.read_parquet(self.former) if self.former else self.schema.to_frame()
        self._carried = kept.select(self.schema.names()).cast(self.schema)

    def add(self, rows: pl.DataFrame, reasons: pl.Series, checks: Sequence[Check] = ()) -> None:
        """Takes rows set aside, with their reason codes, as read; `checks` judged them."""
        if rows.is_empty():
            return
        doubtful = [c.fails for c in checks if "reported_on" in c.columns]
        days = pl.col("reported_on").is_between(FIRST_DAY, self.extracted_on or LAST_DAY)
        believed = rows.with_columns(
            pl.when(days & ~pl.any_horizontal(pl.lit(False), *doubtful)).then("reported_on"),
            reasons.alias("reason"),
        )
        if BROKEN_ROW in rows.columns:
            # The fields of such a row have slipped: no cell can be told to be its column's.
            sure = [name for name in self.schema if name != "reason"]
            believed = believed.with_columns(
                pl.when(~pl.col(BROKEN_ROW)).then(pl.col(name)).alias(name) for name in sure
            )
        self._writer.append(believed.select(self.schema.names()))

    def accepted(self, rows: pl.DataFrame) -> None:
        """Looks whether rows that an increment brings replace rows set aside before."""
        if self._carried.is_empty():
            return
        key = list(self.table.key)
        met = rows.select(*key, pl.col("reported_on").alias("again_on")).join(
            self._carried.select(key).drop_nulls().unique(), on=key, how="semi"
        )
        if met.height:
            self._replaced.append(met)

    def close(self) -> None:
        """Completes the file of rows as they came."""
        self._writer.close()

    def settle(self, accepted: Path) -> UnknownCounts:
        """Writes the owners of all rows set aside, sorted and each once, and counts them."""
        lost = pl.scan_parquet(self.file)
        older = self._n_older_state(lost, accepted)
        # Owners by the key only where the owner is no part of the key: there it is in the row.
        owner, thing = owner_column(self.table), thing_columns(self.table)
        found = [lost]
        if owner not in self.table.key:
            found.append(self._of_accepted(lost, accepted, owner, thing))
        numbered = pl.concat(found)
        without_owner = self._n_without_owner(lost, accepted, owner, thing)
        whole = pl.concat([numbered.filter(pl.col(owner).is_not_null()), self._left().lazy()])
        rows = whole.unique().sort(self.schema.names()).collect(engine="streaming")
        self._write(rows)
        n_owners = rows[owner].n_unique() if rows.height else 0
        return UnknownCounts(n_owners, rows.height, without_owner, older)

    def _write(self, rows: pl.DataFrame) -> None:
        partial = self.file.with_name(f".{self.file.name}.partial")
        with TableWriter(partial, self.schema) as writer:
            for part in rows.iter_slices(BATCH_ROWS):
                writer.append(part)
        partial.replace(self.file)

    def _of_accepted(
        self, lost: pl.LazyFrame, accepted: Path, owner: str, thing: list[str]
    ) -> pl.LazyFrame:
        """The rows set aside once more, for each owner that an accepted row of the thing names."""
        owners = self._owners(lost, accepted, owner, thing)
        again = lost.drop(owner).join(owners, on=thing, how="inner")
        return again.select(self.schema.names())

    @staticmethod
    def _owners(lost: pl.LazyFrame, accepted: Path, owner: str, thing: list[str]) -> pl.LazyFrame:
        things = lost.select(thing).drop_nulls().unique()
        return (
            pl.scan_parquet(accepted)
            .select(*thing, owner)
            .join(things, on=thing, how="semi")
            .unique()
        )

    def _n_without_owner(
        self, lost: pl.LazyFrame, accepted: Path, owner: str, thing: list[str]
    ) -> int:
        nobodys = lost.filter(pl.col(owner).is_null())
        if owner not in self.table.key:
            owners = self._owners(nobodys, accepted, owner, thing)
            nobodys = nobodys.join(owners, on=thing, how="anti")
        return int(nobodys.select(pl.len()).collect(engine="streaming").item())

    def _left(self) -> pl.DataFrame:
        """The rows of former extracts that no row of this increment replaces."""
        if not self._replaced:
            return self._carried
        key = list(self.table.key)
        again = pl.concat(self._replaced).group_by(key).agg(pl.col("again_on").max())
        met = self._carried.join(again, on=key, how="left", maintain_order="left")
        # A later report leaves the days between the two unknown, so that row stays.
        stays = pl.col("again_on").is_null() | (pl.col("again_on") > pl.col("reported_on"))
        return met.filter(stays.fill_null(False)).select(self.schema.names())

    def _n_older_state(self, lost: pl.LazyFrame, accepted: Path) -> int:
        """Keys of which a later row was set aside, so that an earlier state stays in force."""
        key = list(self.table.key)
        last = (
            lost.select(*key, "reported_on")
            .drop_nulls()
            .group_by(key)
            .agg(pl.col("reported_on").max())
        )
        known = (
            pl.scan_parquet(accepted)
            .select(*key, "reported_on")
            .join(last.select(key), on=key, how="semi")
            .group_by(key)
            .agg(pl.col("reported_on").max().alias("known_on"))
        )
        older = last.join(known, on=key).filter(pl.col("reported_on") > pl.col("known_on"))
        return int(older.select(pl.len()).collect(engine="streaming").item())
