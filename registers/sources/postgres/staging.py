"""The tables of a load at work: made, filled batch by batch, indexed, not yet visible.

Each batch and its line in the journal are one transaction: a killed load goes on behind the last
batch that the journal knows.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, LiteralString

import polars as pl
import psycopg
from psycopg import sql

from registers.errors import TableRefusedError
from registers.sources.errors import ValueNotKeptError
from registers.sources.postgres.catalog import Contents, relations
from registers.sources.postgres.columns import ODD, ROW, dump_schema, names_in_table
from registers.sources.postgres.deliveries import Delivery, as_csv, forms_of
from registers.sources.postgres.forms import Form
from registers.sources.postgres.journal import GUARD, Journal
from registers.sources.protocol import TableSource

STAGED: Final = "chora_loading_"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class LoadedRows:
    """What became of one table."""

    n_rows: int
    n_before: int
    refusal: str | None = None


@dataclass
class Load:
    """One load at work."""

    connection: psycopg.Connection
    journal: Journal
    schema: str
    fingerprint: str
    batch_rows: int
    progress: Progress
    done: dict[str, LoadedRows] = field(default_factory=dict)


def contents(load: Load) -> Contents:
    """What the schema holds at this moment."""
    return relations(load.connection, load.schema) or Contents(False, {})


def run(load: Load, statement: LiteralString, **names: str) -> None:
    """Runs a statement with quoted names; {s} is the schema."""
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    query = sql.SQL(statement).format(s=sql.Identifier(load.schema), **identifiers)
    load.connection.execute(query)


def load_table(load: Load, delivery: Delivery) -> None:
    """Brings a table in as far as it is not in; one that cannot be read is written down as such."""
    name = delivery.name
    known = load.journal.tables(load.fingerprint).get(name)
    try:
        if delivery.refusal is not None:
            raise delivery.refusal
        if known is not None and known.refusal is not None:
            raise TableRefusedError(name, str(known.refusal_code), known.refusal)
        if known is not None and known.n_rows is not None:
            load.done[name] = LoadedRows(known.n_rows, known.n_rows)
        elif delivery.source is not None:
            load.done[name] = _load_rows(load, name, delivery.source, is_begun=known is not None)
    except TableRefusedError as refusal:
        _record_refusal(load, name, refusal)


def _load_rows(load: Load, name: str, table: TableSource, *, is_begun: bool) -> LoadedRows:
    names = names_in_table(table.schema.names())
    forms = forms_of(table.schema)
    if not is_begun:
        _begin_table(load, name, table, names, forms)
    n_before = load.journal.n_rows_in(load.fingerprint, name)
    n_in = n_before
    for frame in _frames_behind(table, n_before, load.batch_rows):
        _copy(load, name, frame, n_in, names, forms)
        n_in += frame.height
        of = f" of {table.n_rows}" if table.n_rows is not None else ""
        load.progress(f"{name}: {n_in}{of} rows")
    _finish_table(load, name, names, n_in)
    return LoadedRows(n_in, n_before)


def _begin_table(
    load: Load, name: str, table: TableSource, names: Mapping[str, str], forms: dict[str, Form]
) -> None:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(names[column]), sql.SQL(form.sql_type))
        for column, form in forms.items()
    ]
    columns += [
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(sql_type))
        for name, sql_type in ((ROW, "bigint NOT NULL"), (ODD, "text"))
    ]
    create = sql.SQL("CREATE TABLE {} ({})").format(
        sql.Identifier(load.schema, STAGED + name), sql.SQL(", ").join(columns)
    )
    with _fitting(name), load.connection.transaction():
        load.journal.begin_table(
            load.fingerprint,
            name,
            table.label,
            table.sha256,
            json.dumps(names, ensure_ascii=False),
            dump_schema(table.schema),
        )
        load.connection.execute(create)


@contextmanager
def _fitting(name: str) -> Iterator[None]:
    """Raises ValueNotKeptError for a table that is beyond PostgreSQL's limits."""
    try:
        yield
    except (psycopg.errors.ProgramLimitExceeded, psycopg.errors.TooManyColumns):
        why = "it has more columns, or longer rows, than a table can have. Validate the files"
        raise ValueNotKeptError(name, why) from None


def _frames_behind(table: TableSource, n_before: int, n_rows: int) -> Iterator[pl.DataFrame]:
    """The batches of a table without the rows that are in already."""
    n_seen = 0
    for frame in table.batches(n_rows):
        n_skipped = min(max(n_before - n_seen, 0), frame.height)
        n_seen += frame.height
        if n_skipped < frame.height:
            yield frame.slice(n_skipped)


def _copy(
    load: Load,
    name: str,
    frame: pl.DataFrame,
    first_row: int,
    names: Mapping[str, str],
    forms: dict[str, Form],
) -> None:
    """One batch and its line in the journal, both or none."""
    columns = [*(names[column] for column in forms), ODD, ROW]
    copy = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(load.schema, STAGED + name),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
    try:
        lines = as_csv(frame, names, forms, first_row)
    except pl.exceptions.PolarsError:
        raise ValueNotKeptError(name, "a nested value has no JSON form") from None
    with _fitting(name), load.connection.transaction():
        with load.connection.cursor() as cursor, cursor.copy(copy) as stream:
            stream.write(lines)
        load.journal.record_batch(load.fingerprint, name, first_row, frame.height)


def _finish_table(load: Load, name: str, names: Mapping[str, str], n_rows: int) -> None:
    """Indexes, statistics and the guard; then the journal says that the table is complete."""
    load.progress(f"{name}: indexes")
    staged, mark = STAGED + name, load.fingerprint[:8]
    with load.connection.transaction():
        run(
            load,
            "ALTER TABLE {s}.{t} ADD CONSTRAINT {i} PRIMARY KEY (chora_row)",
            t=staged,
            i=f"{name}_{mark}_row",
        )
        for day in ("reported_on", "withdrawn_on"):
            if day in names:
                _index(load, staged, names[day], f"{name}_{mark}_{day}")
        run(load, "ANALYZE {s}.{t}", t=staged)
        run(
            load,
            "CREATE TRIGGER {g} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {s}.{t}"
            " FOR EACH STATEMENT EXECUTE FUNCTION {s}.{g}()",
            t=staged,
            g=GUARD,
        )
        load.journal.finish_table(load.fingerprint, name, n_rows)


def _index(load: Load, staged: str, column: str, name: str) -> None:
    """Texts are compared byte by byte, as the filter does."""
    collate: LiteralString = ""
    if contents(load).by_name[staged].types[column] == "text":
        collate = ' COLLATE "C"'
    create: LiteralString = "CREATE INDEX {i} ON {s}.{t} ({c}" + collate + ")"
    # A text of some thousand letters in a column of days: no index can hold it, and none is needed.
    with suppress(psycopg.errors.ProgramLimitExceeded), load.connection.transaction():
        run(load, create, i=name, t=staged, c=column)


def _record_refusal(load: Load, name: str, refusal: TableRefusedError) -> None:
    with load.connection.transaction():
        if STAGED + name in contents(load).by_name:
            run(load, "DROP TABLE {s}.{t}", t=STAGED + name)
        load.journal.refuse_table(load.fingerprint, name, refusal.reason_code, str(refusal))
    load.done[name] = LoadedRows(0, 0, refusal=str(refusal))
