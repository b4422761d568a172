"""Loading an extract into a schema: as delivered, in batches, never half visible.

1. The extract is named by its fingerprint: hashes, labels and types of all that was delivered.
2. Rows go into tables of their own (`chora_loading_…`), each batch with its line in the journal in
   one transaction. A killed load goes on behind the last batch that the journal knows.
3. When every table is complete, one transaction drops the tables of a former extract and gives the
   new ones their names: a reader sees the one extract or the other.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, LiteralString

import polars as pl
import psycopg
from psycopg import sql

from registers.errors import TableRefusedError
from registers.sources.defaults import LOAD_BATCH_ROWS, STATEMENT_TIMEOUT_SECONDS
from registers.sources.errors import (
    ForeignTableError,
    LoadRunningError,
    LockedError,
    OtherExtractError,
    ValueNotKeptError,
)
from registers.sources.postgres.address import Address
from registers.sources.postgres.catalog import Contents, relations
from registers.sources.postgres.columns import (
    ODD,
    ROW,
    Form,
    dump_schema,
    form_of_delivered,
    names_in_table,
    split_odd,
)
from registers.sources.postgres.extract import NAMES, WITHDRAWN_SUFFIX
from registers.sources.postgres.journal import EXTRACT, GUARD, Journal, Loaded
from registers.sources.protocol import ExtractSource, TableSource
from registers.tables import TABLES

STAGED: Final = "chora_loading_"
LOCK_SECONDS: Final = 60
# A killed load's server process needs a moment to notice that nobody is there any more.
LOCK_TRIES: Final = 20
LOCK_PAUSE: Final = 0.5

Progress = Callable[[str], None]


@dataclass(frozen=True)
class LoadedRows:
    """What became of one table."""

    n_rows: int
    n_before: int
    refusal: str | None = None


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    Attributes:
        tables: per table of the schema the rows that are in, and how many were in before.
        was_complete: the very same extract was there already, and nothing was changed.
        replaced: the label of the extract whose place was taken, or None.
    """

    tables: Mapping[str, LoadedRows]
    was_complete: bool = False
    replaced: str | None = None

    @property
    def exit_code(self) -> int:
        """0 everything is in; 12 a table was delivered in a form that cannot be read."""
        return 12 if any(table.refusal for table in self.tables.values()) else 0


@dataclass(frozen=True)
class _Delivery:
    """One table as it was delivered, or the sentence why it cannot be read."""

    name: str
    source: TableSource | None = None
    refusal: TableRefusedError | None = None


@dataclass
class _Load:
    """One load at work."""

    connection: psycopg.Connection
    journal: Journal
    schema: str
    fingerprint: str
    batch_rows: int
    progress: Progress
    done: dict[str, LoadedRows] = field(default_factory=dict)


def load_extract(
    source: ExtractSource,
    into: Address,
    *,
    replace: bool = False,
    batch_rows: int = LOAD_BATCH_ROWS,
    statement_timeout: float = STATEMENT_TIMEOUT_SECONDS,
    progress: Progress = lambda _: None,
) -> LoadReport:
    """Loads an extract into the schema of an address; harmless to run again.

    Args:
        source: any extract.
        into: database and schema; the schema is made where it is missing.
        replace: put this extract in the place of another one that is there.
        batch_rows: rows per transaction.
        statement_timeout: seconds that the server may spend on one batch or index.
        progress: is told one sentence per batch.

    Raises:
        OtherExtractError: another extract is there and `replace` is not set.
        ForeignTableError: a table of the same name was not made by a load.
        LoadRunningError, LockedError, ConnectionLostError: run the same load again.
    """
    deliveries = tuple(_deliveries(source))
    fingerprint = _fingerprint(source, deliveries)
    timeout = statement_timeout
    with into.session(read_only=False, timeout=timeout, what=into.label) as connection:
        journal = Journal(connection, into.schema)
        _lock(connection, into.schema)
        with connection.transaction():
            journal.prepare()
        load = _Load(connection, journal, into.schema, fingerprint, batch_rows, progress)
        return _load(load, source, deliveries, replace=replace)


def _load(
    load: _Load, source: ExtractSource, deliveries: tuple[_Delivery, ...], *, replace: bool
) -> LoadReport:
    extracts = load.journal.extracts()
    mine = next((e for e in extracts if e.fingerprint == load.fingerprint), None)
    if mine is not None and mine.is_complete:
        return LoadReport(_tables_in(load), was_complete=True)
    others = [e for e in extracts if e.fingerprint != load.fingerprint]
    complete = next((e for e in others if e.is_complete), None)
    _check_foreign(load, complete)
    if others and not replace:
        first = complete or others[0]
        raise OtherExtractError(load.schema, first.label, is_complete=first.is_complete)
    if mine is None:
        _begin(load, source, [e for e in others if not e.is_complete])
    for delivery in deliveries:
        _load_table(load, delivery)
    _swap(load, complete)
    return LoadReport(load.done, replaced=complete.label if complete else None)


def _deliveries(source: ExtractSource) -> Iterator[_Delivery]:
    for suffix, give in (("", source.table), (WITHDRAWN_SUFFIX, source.withdrawals)):
        for name in TABLES:
            try:
                table = give(name)
                if table is not None:
                    _ = table.schema  # a file that cannot be opened tells it here
                    yield _Delivery(f"{name}{suffix}", table)
            except TableRefusedError as refusal:
                yield _Delivery(f"{name}{suffix}", refusal=refusal)


def _fingerprint(source: ExtractSource, deliveries: tuple[_Delivery, ...]) -> str:
    """SHA-256 over everything by which one extract differs from another."""
    told = {
        "description": dict(source.description),
        "manifest": source.manifest_sha256,
        "follows": [source.is_increment, source.follows],
        "extracted_on": source.extracted_on,
        "ignored": source.ignored,
        "tables": {d.name: _told_of(d) for d in deliveries},
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _told_of(delivery: _Delivery) -> list[str]:
    if delivery.source is None:
        return ["refused", str(delivery.refusal)]
    table = delivery.source
    return [table.label, dump_schema(table.schema), table.sha256 or _content_hash(table)]


def _content_hash(table: TableSource) -> str:
    """SHA-256 of the rows of a table that has no file, as far as they can be read."""
    digest = hashlib.sha256()
    names, forms = names_in_table(table.schema.names()), _forms(table.schema)
    try:
        for frame in table.batches(LOAD_BATCH_ROWS):
            digest.update(_as_csv(frame, names, forms).encode())
    except TableRefusedError as refusal:
        digest.update(str(refusal).encode())
    return f"rows {digest.hexdigest()}"


def _lock(connection: psycopg.Connection, schema: str) -> None:
    """One load at a time per schema; the lock goes with the session."""
    for _ in range(LOCK_TRIES):
        key = f"chora load {schema}"
        taken = connection.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 0)), pg_sleep(0)", (key,)
        ).fetchone()
        if taken and taken[0]:
            return
        connection.execute("SELECT pg_sleep(%s)", (LOCK_PAUSE,))
    raise LoadRunningError(schema)


def _contents(load: _Load) -> Contents:
    return relations(load.connection, load.schema) or Contents(False, {})


def _check_foreign(load: _Load, complete: Loaded | None) -> None:
    """Raises ForeignTableError for a table of our names that no load made."""
    loaded = load.journal.tables(complete.fingerprint) if complete else {}
    foreign = [n for n in NAMES if n in _contents(load).by_name and n not in loaded]
    if foreign:
        raise ForeignTableError(load.schema, foreign)


def _begin(load: _Load, source: ExtractSource, unfinished: list[Loaded]) -> None:
    """Forgets the unfinished load of another extract and begins this one."""
    with load.connection.transaction():
        for name in _contents(load).by_name:
            if name.startswith(STAGED):
                _run(load, "DROP TABLE {s}.{t}", t=name)
        for extract in unfinished:
            load.journal.forget_extract(extract.fingerprint)
        load.journal.begin_extract(
            Loaded(
                fingerprint=load.fingerprint,
                label=source.label,
                description=source.description,
                extracted_on=source.extracted_on,
                manifest_sha256=source.manifest_sha256,
                is_increment=source.is_increment,
                follows=source.follows,
                ignored=source.ignored,
                is_complete=False,
            )
        )


def _run(load: _Load, statement: LiteralString, **names: str) -> None:
    identifiers = {key: sql.Identifier(name) for key, name in names.items()}
    query = sql.SQL(statement).format(s=sql.Identifier(load.schema), **identifiers)
    load.connection.execute(query)


def _load_table(load: _Load, delivery: _Delivery) -> None:
    name = delivery.name
    known = load.journal.tables(load.fingerprint).get(name)
    try:
        if delivery.refusal is not None:
            raise delivery.refusal
        if known is not None and known.refusal is None and known.n_rows is not None:
            load.done[name] = LoadedRows(known.n_rows, known.n_rows)
        elif delivery.source is not None:
            load.done[name] = _load_rows(load, name, delivery.source, is_begun=known is not None)
    except TableRefusedError as refusal:
        _record_refusal(load, name, refusal)


def _load_rows(load: _Load, name: str, table: TableSource, *, is_begun: bool) -> LoadedRows:
    names = names_in_table(table.schema.names())
    forms = _forms(table.schema)
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


def _forms(schema: pl.Schema) -> dict[str, Form]:
    return {name: form_of_delivered(dtype) for name, dtype in schema.items()}


def _begin_table(
    load: _Load, name: str, table: TableSource, names: Mapping[str, str], forms: dict[str, Form]
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
    with load.connection.transaction():
        load.journal.begin_table(
            load.fingerprint,
            name,
            table.label,
            table.sha256,
            json.dumps(names, ensure_ascii=False),
            dump_schema(table.schema),
        )
        load.connection.execute(create)


def _frames_behind(table: TableSource, n_before: int, n_rows: int) -> Iterator[pl.DataFrame]:
    """The batches of a table without the rows that are in already."""
    n_seen = 0
    for frame in table.batches(n_rows):
        n_skipped = min(max(n_before - n_seen, 0), frame.height)
        n_seen += frame.height
        if n_skipped < frame.height:
            yield frame.slice(n_skipped)


def _copy(
    load: _Load,
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
        lines = _as_csv(frame, names, forms, first_row)
    except pl.exceptions.PolarsError:
        raise ValueNotKeptError(name, "a nested value has no JSON form") from None
    with load.connection.transaction():
        with load.connection.cursor() as cursor, cursor.copy(copy) as stream:
            stream.write(lines)
        load.journal.record_batch(load.fingerprint, name, first_row, frame.height)


def _as_csv(
    frame: pl.DataFrame, names: Mapping[str, str], forms: Mapping[str, Form], first_row: int = 0
) -> str:
    """Rows as COPY reads them: texts quoted, missing values bare, the row number last."""
    usual = split_odd(frame.rename(dict(names)))
    written = usual.select(
        *(form.write(pl.col(names[name])).alias(names[name]) for name, form in forms.items()),
        pl.col(ODD),
        pl.int_range(first_row, first_row + pl.len(), dtype=pl.Int64).alias(ROW),
    )
    return written.write_csv(include_header=False, quote_style="non_numeric")


def _finish_table(load: _Load, name: str, names: Mapping[str, str], n_rows: int) -> None:
    """Indexes, statistics and the guard; then the journal says that the table is complete."""
    load.progress(f"{name}: indexes")
    staged, mark = STAGED + name, load.fingerprint[:8]
    with load.connection.transaction():
        _run(
            load,
            "ALTER TABLE {s}.{t} ADD CONSTRAINT {i} PRIMARY KEY (chora_row)",
            t=staged,
            i=f"{name}_{mark}_row",
        )
        for day in ("reported_on", "withdrawn_on"):
            if day in names:
                _index(load, staged, names[day], f"{name}_{mark}_{day}")
        _run(load, "ANALYZE {s}.{t}", t=staged)
        _run(
            load,
            "CREATE TRIGGER {g} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {s}.{t}"
            " FOR EACH STATEMENT EXECUTE FUNCTION {s}.{g}()",
            t=staged,
            g=GUARD,
        )
        load.journal.finish_table(load.fingerprint, name, n_rows)


def _index(load: _Load, staged: str, column: str, name: str) -> None:
    """Texts are compared byte by byte, as the filter does."""
    types = _contents(load).by_name[staged].types
    if types[column] == "text":
        _run(load, 'CREATE INDEX {i} ON {s}.{t} ({c} COLLATE "C")', i=name, t=staged, c=column)
    else:
        _run(load, "CREATE INDEX {i} ON {s}.{t} ({c})", i=name, t=staged, c=column)


def _record_refusal(load: _Load, name: str, refusal: TableRefusedError) -> None:
    with load.connection.transaction():
        if STAGED + name in _contents(load).by_name:
            _run(load, "DROP TABLE {s}.{t}", t=STAGED + name)
        load.journal.refuse_table(load.fingerprint, name, refusal.reason_code, str(refusal))
    load.done[name] = LoadedRows(0, 0, refusal=str(refusal))


def _swap(load: _Load, former: Loaded | None) -> None:
    """The loaded tables take their names, and those of a former extract go, in one transaction."""
    try:
        with load.connection.transaction():
            load.connection.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            if former is not None:
                _drop(load, former)
            readers = _readers(load)
            for name, rows in load.done.items():
                if rows.refusal is None:
                    _run(load, "ALTER TABLE {s}.{t} RENAME TO {n}", t=STAGED + name, n=name)
                    for reader in readers:
                        _run(load, "GRANT SELECT ON {s}.{n} TO {r}", n=name, r=reader)
            load.journal.finish_extract(load.fingerprint)
    except psycopg.errors.LockNotAvailable:
        raise LockedError(load.schema, LOCK_SECONDS) from None


def _drop(load: _Load, former: Loaded) -> None:
    there = _contents(load).by_name
    for name, table in load.journal.tables(former.fingerprint).items():
        if table.refusal is None and name in there:
            _run(load, "DROP TABLE {s}.{t}", t=name)
    load.journal.forget_extract(former.fingerprint)


def _readers(load: _Load) -> list[str]:
    """The roles that may read the journal: they may read what a load brings."""
    rows = load.connection.execute(
        "SELECT r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,"
        " aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee"
        " WHERE n.nspname = %s AND c.relname = %s AND a.privilege_type = 'SELECT'"
        " AND a.grantee <> c.relowner",
        (load.schema, EXTRACT),
    )
    return [str(name) for (name,) in rows]


def _tables_in(load: _Load) -> dict[str, LoadedRows]:
    return {
        name: LoadedRows(table.n_rows or 0, table.n_rows or 0, table.refusal)
        for name, table in load.journal.tables(load.fingerprint).items()
    }
