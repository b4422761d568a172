"""Opening the store and its two kinds of transaction: one that reads, one that writes.

A writing transaction takes SQLite's write lock at its beginning (BEGIN IMMEDIATE), so that what it
reads is still true when it commits. `synchronous=FULL` makes a commit that returned survive a
stopped machine; the rollback journal is used because this SQLite's WAL can be corrupted by two
connections (versions below 3.51.3).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from serving.store.errors import StoreUnavailableError
from serving.store.models import StoreFact
from serving.store.refusals import told

DATABASE_NAME = "chora.db"
BUSY_MILLISECONDS = 30_000
PROBE_MILLISECONDS = 1_000  # for what may be left out, such as noting that a session was seen
_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=FULL",
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
)


def database_path(store: Path) -> Path:
    """Where the database of a store folder lies."""
    return store / DATABASE_NAME


def open_engine(path: Path) -> Engine:
    """An engine on one SQLite file, with durable commits and enforced foreign keys."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": BUSY_MILLISECONDS / 1000},
        hide_parameters=True,  # names, session hashes and reasons stay out of logs
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if isinstance(connection, SqliteConnection):
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    patience = int(options.get("patience") or BUSY_MILLISECONDS)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("is_writing") else "BEGIN")


class Store:
    """The database of one store folder, already of the right schema (see `migrate.open_store`)."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        self.engine = engine
        self._is_doubtful = False  # the last change was refused for the state of disk or lock

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one consistent state; nothing of it is written.

        Raises:
            StoreUnavailableError: the database is locked or gone.
        """
        with told(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, patience: int | None = None) -> Iterator[Session]:
        """A session that holds the write lock and commits at its end, or leaves nothing behind.

        `patience`: milliseconds to wait for the lock; None for as long as usual.

        Raises:
            StoreUnavailableError: the database is locked, full, read-only or gone.
        """
        if self._is_doubtful:
            self.engine.dispose()  # a connection opened on a read-only disk would stay read-only
        engine = self.engine.execution_options(is_writing=True, patience=patience)
        try:
            with told(), Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except StoreUnavailableError:
            self._is_doubtful = True
            raise
        self._is_doubtful = False

    def check_writable(self) -> None:
        """Write and take back one row; raises `StoreUnavailableError` without waiting long."""
        with self.writing(PROBE_MILLISECONDS) as session:
            session.add(StoreFact(name="probe", value=""))
            session.flush()
            session.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()
