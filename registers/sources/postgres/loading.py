"""Loading an extract into a schema: as delivered, in batches, never half visible.

1. The extract is named by its fingerprint: hashes, labels and types of all that was delivered.
2. Rows go into tables of their own (`chora_loading_…`), each batch with its line in the journal in
   one transaction. A killed load goes on behind the last batch that the journal knows.
3. When every table is complete, one transaction drops the tables of a former extract and gives the
   new ones their names: a reader sees the one extract or the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import psycopg

from registers.sources.defaults import LOAD_BATCH_ROWS, STATEMENT_TIMEOUT_SECONDS
from registers.sources.errors import (
    ForeignTableError,
    LoadRunningError,
    LockedError,
    OtherExtractError,
)
from registers.sources.postgres.address import Address
from registers.sources.postgres.deliveries import Delivery, deliveries, fingerprint_of
from registers.sources.postgres.extract import NAMES
from registers.sources.postgres.journal import EXTRACT, Journal, Loaded
from registers.sources.postgres.staging import (
    STAGED,
    Load,
    LoadedRows,
    Progress,
    contents,
    load_table,
    run,
)
from registers.sources.protocol import ExtractSource

LOCK_SECONDS: Final = 60
# A killed load's server process needs a moment to notice that nobody is there any more.
LOCK_TRIES: Final = 20
LOCK_PAUSE: Final = 0.5


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
    delivered = tuple(deliveries(source))
    fingerprint = fingerprint_of(source, delivered)
    timeout = statement_timeout
    with into.session(read_only=False, timeout=timeout, what=into.label) as connection:
        journal = Journal(connection, into.schema)
        _lock(connection, into.schema)
        with connection.transaction():
            journal.prepare()
        load = Load(connection, journal, into.schema, fingerprint, batch_rows, progress)
        return _load(load, source, delivered, replace=replace)


def _load(
    load: Load, source: ExtractSource, delivered: tuple[Delivery, ...], *, replace: bool
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
    for delivery in delivered:
        load_table(load, delivery)
    _swap(load, complete)
    return LoadReport(load.done, replaced=complete.label if complete else None)


def _lock(connection: psycopg.Connection, schema: str) -> None:
    """One load at a time per schema; the lock goes with the session."""
    for _ in range(LOCK_TRIES):
        key = f"chora load {schema}"
        taken = connection.execute(
            "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", (key,)
        ).fetchone()
        if taken and taken[0]:
            return
        connection.execute("SELECT pg_sleep(%s)", (LOCK_PAUSE,))
    raise LoadRunningError(schema)


def _check_foreign(load: Load, complete: Loaded | None) -> None:
    """Raises ForeignTableError for a table of our names that no load made."""
    loaded = load.journal.tables(complete.fingerprint) if complete else {}
    foreign = [n for n in NAMES if n in contents(load).by_name and n not in loaded]
    if foreign:
        raise ForeignTableError(load.schema, foreign)


def _begin(load: Load, source: ExtractSource, unfinished: list[Loaded]) -> None:
    """Forgets the unfinished load of another extract and begins this one."""
    with load.connection.transaction():
        for name in contents(load).by_name:
            if name.startswith(STAGED):
                run(load, "DROP TABLE {s}.{t}", t=name)
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


def _swap(load: Load, former: Loaded | None) -> None:
    """The loaded tables take their names, and those of a former extract go, in one transaction."""
    try:
        with load.connection.transaction():
            load.connection.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            if former is not None:
                _drop(load, former)
            readers = _readers(load)
            for name, rows in load.done.items():
                if rows.refusal is None:
                    run(load, "ALTER TABLE {s}.{t} RENAME TO {n}", t=STAGED + name, n=name)
                    for reader in readers:
                        run(load, "GRANT SELECT ON {s}.{n} TO {r}", n=name, r=reader)
            load.journal.finish_extract(load.fingerprint)
    except psycopg.errors.LockNotAvailable:
        raise LockedError(load.schema, LOCK_SECONDS) from None


def _drop(load: Load, former: Loaded) -> None:
    there = contents(load).by_name
    for name, table in load.journal.tables(former.fingerprint).items():
        if table.refusal is None and name in there:
            run(load, "DROP TABLE {s}.{t}", t=name)
    load.journal.forget_extract(former.fingerprint)


def _readers(load: Load) -> list[str]:
    """The roles that may read the journal: they may read what a load brings."""
    rows = load.connection.execute(
        "SELECT r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,"
        " aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee"
        " WHERE n.nspname = %s AND c.relname = %s AND a.privilege_type = 'SELECT'"
        " AND a.grantee <> c.relowner",
        (load.schema, EXTRACT),
    )
    return [str(name) for (name,) in rows]


def _tables_in(load: Load) -> dict[str, LoadedRows]:
    return {
        name: LoadedRows(table.n_rows or 0, table.n_rows or 0, table.refusal)
        for name, table in load.journal.tables(load.fingerprint).items()
    }
