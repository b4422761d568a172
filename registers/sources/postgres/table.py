"""One table of a schema, streamed from the server with COPY and read by Polars as CSV."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from psycopg import sql

from registers.errors import TableRefusedError
from registers.sources.batching import rebatched
from registers.sources.dates import ReportedBetween
from registers.sources.postgres.address import Address
from registers.sources.postgres.catalog import Relation
from registers.sources.postgres.columns import ODD, ROW, join_odd
from registers.sources.postgres.forms import Form, form_of_catalog, form_of_delivered
from registers.sources.postgres.journal import LoadedTable
from registers.sources.postgres.where import where

CHUNK_ROWS = 50_000

# Types that sort the same on every server; all others are sorted by their text, byte by byte.
_SORTED_AS_THEY_ARE = frozenset(
    ("int2", "int4", "int8", "float4", "float8", "numeric", "bool", "date", "timestamp")
)


@dataclass(frozen=True)
class Snapshot:
    """A state of the database that several sessions can look at."""

    address: Address
    name: str
    timeout: float


@dataclass(frozen=True)
class KeptColumn:
    """A delivered column and where it stands in PostgreSQL."""

    delivered: str
    name: str
    form: Form


@dataclass(frozen=True)
class PostgresTable:
    """The rows of one table on one snapshot, in an order that is the same each time.

    Attributes:
        table: the table of the contract.
        label: schema.table, with the filter.
        sha256: SHA-256 of the file that was loaded; None for an operator's own table.
        stated_rows: the number of rows that the journal states for the whole table.
    """

    snapshot: Snapshot
    relation: Relation
    table: str
    label: str
    sha256: str | None
    stated_rows: int | None
    columns: tuple[KeptColumn, ...]
    has_odd: bool
    order: sql.Composable
    kept: sql.Composable
    is_whole: bool

    @property
    def schema(self) -> pl.Schema:
        """The columns and types as delivered, or as a Parquet file of the table would have them."""
        return pl.Schema({column.delivered: column.form.dtype for column in self.columns})

    @property
    def n_rows(self) -> int | None:
        """The number of rows where the journal tells it and no filter is set."""
        return self.stated_rows if self.is_whole else None

    @cached_property
    def query(self) -> sql.Composed:
        """The SELECT whose rows are read; what can be done by the server is done there."""
        values = [c.form.select(sql.Identifier(c.name)) for c in self.columns]
        if self.has_odd:
            values.append(sql.Identifier(ODD))
        named = (
            sql.SQL("{} AS {}").format(value, sql.Identifier(alias))
            for value, alias in zip(values, self._parsed, strict=True)
        )
        return sql.SQL("SELECT {} FROM {}{} ORDER BY {}").format(
            sql.SQL(", ").join(named),
            sql.Identifier(self.relation.schema, self.relation.name),
            self.kept,
            self.order,
        )

    @cached_property
    def _parsed(self) -> pl.Schema:
        """What Polars reads out of COPY's CSV: names that no server shortens."""
        types = [c.form.parsed for c in self.columns] + [pl.String()] * self.has_odd
        return pl.Schema({f"c{n}": dtype for n, dtype in enumerate(types)})

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        """The rows in batches of exactly `n_rows` (the last may be shorter).

        Raises:
            TableRefusedError: the table has not the rows that were loaded.
            StatementTimeoutError, ConnectionLostError: the server stopped.
        """
        return rebatched(self._frames(min(n_rows, CHUNK_ROWS)), n_rows)

    def _frames(self, n_rows: int) -> Iterator[pl.DataFrame]:
        n_read = 0
        for lines, n_lines in self._pieces(n_rows):
            yield self._frame(lines, n_lines)
            n_read += n_lines
        if self.n_rows is not None and n_read != self.n_rows:
            self._refuse(f"has {n_read} rows where {self.n_rows} were loaded")

    def _pieces(self, n_rows: int) -> Iterator[tuple[io.BytesIO, int]]:
        """COPY's CSV in pieces of so many rows; the server sends one row per message."""
        quoted = sql.SQL(", ").join(
            sql.Identifier(name) for name, dtype in self._parsed.items() if dtype == pl.String
        )
        force = sql.SQL(", FORCE_QUOTE ({})").format(quoted) if quoted.as_string() else sql.SQL("")
        copy = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv{})").format(self.query, force)
        address, timeout = self.snapshot.address, self.snapshot.timeout
        with address.session(read_only=True, timeout=timeout, what=self.label) as session:
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            name = sql.Literal(self.snapshot.name)
            session.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(name))
            with session.cursor() as cursor, cursor.copy(copy) as rows:
                lines, n_lines = io.BytesIO(), 0
                for line in rows:
                    lines.write(line)
                    n_lines += 1
                    if n_lines == n_rows:
                        yield lines, n_lines
                        lines, n_lines = io.BytesIO(), 0
                if n_lines:
                    yield lines, n_lines

    def _frame(self, lines: io.BytesIO, n_lines: int) -> pl.DataFrame:
        lines.seek(0)
        try:
            parsed = pl.read_csv(lines, has_header=False, schema=self._parsed)
            frame = parsed.select(
                *(
                    c.form.finish(pl.col(alias)).alias(c.name)
                    for c, alias in zip(self.columns, self._parsed, strict=False)
                ),
                *([pl.col(self._parsed.names()[-1]).alias(ODD)] * self.has_odd),
            )
        except pl.exceptions.PolarsError:
            self._refuse("holds a value that cannot be read in the type of its column")
        if parsed.height != n_lines:
            self._refuse(f"gave {n_lines} rows of which {parsed.height} could be read")
        whole = join_odd(frame) if self.has_odd else frame
        return whole.rename({c.name: c.delivered for c in self.columns})

    def _refuse(self, what: str) -> None:
        raise TableRefusedError(
            self.table,
            "changed_table",
            f"{self.table}: {self.label} {what}. Load the extract again with chora load --replace.",
        ) from None


def loaded_table(
    snapshot: Snapshot,
    relation: Relation,
    known: LoadedTable,
    days: ReportedBetween,
    day: str,
    table: str,
) -> PostgresTable:
    """A table that `chora load` made: its delivered names, types and order."""
    columns = tuple(
        KeptColumn(name, known.columns[name], form_of_delivered(dtype))
        for name, dtype in known.schema.items()
    )
    order = sql.Identifier(ROW)
    return _table(snapshot, relation, columns, order, days, day, table, known)


def own_table(
    snapshot: Snapshot,
    relation: Relation,
    first: Sequence[str],
    days: ReportedBetween,
    day: str,
    table: str,
) -> PostgresTable:
    """A table that an operator made, in the order of `first` and then of all columns."""
    columns = tuple(
        KeptColumn(c.name, c.name, form_of_catalog(c.type_name, c.modifier))
        for c in relation.columns
    )
    sorted_by = dict.fromkeys((*(n for n in first if n in relation.types), *relation.types))
    order = sql.SQL(", ").join(_sort_key(name, relation.types[name]) for name in sorted_by)
    return _table(snapshot, relation, columns, order, days, day, table, None)


def _sort_key(name: str, type_name: str) -> sql.Composable:
    column = sql.Identifier(name)
    if type_name in _SORTED_AS_THEY_ARE:
        return column
    return sql.SQL('{}::text COLLATE "C"').format(column)


def _table(
    snapshot: Snapshot,
    relation: Relation,
    columns: tuple[KeptColumn, ...],
    order: sql.Composable,
    days: ReportedBetween,
    day: str,
    table: str,
    known: LoadedTable | None,
) -> PostgresTable:
    day_column = next((c for c in columns if c.delivered == day), None)
    kept: sql.Composable = sql.SQL("")
    if day_column is not None:
        type_name = relation.types[day_column.name]
        kept = where(days, sql.Identifier(day_column.name), type_name, day_column.form)
    return PostgresTable(
        snapshot=snapshot,
        relation=relation,
        table=table,
        label=days.labelled(f"{relation.schema}.{relation.name}"),
        sha256=known.sha256 if known else None,
        stated_rows=known.n_rows if known else None,
        columns=columns,
        has_odd=known is not None,
        order=order,
        kept=kept,
        is_whole=days.is_open,
    )
