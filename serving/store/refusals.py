"""What a database says when it cannot do its work now, as one of our sentences.

SQLite is told by its result code, PostgreSQL by its SQLSTATE; the driver's own error is not
chained, for its text may hold what a person typed. What the database refuses for its own rules
(a trigger, a key) is no such case and stays an error of the program.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from serving.store.errors import (
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnavailableError,
)

_PRIMARY = 0xFF  # SQLite's extended codes carry the primary one in their last byte
_OF_SQLITE: Mapping[int, type[StoreUnavailableError]] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: StoreLockedError,
        sqlite3.SQLITE_LOCKED: StoreLockedError,
        sqlite3.SQLITE_FULL: StoreFullError,
        sqlite3.SQLITE_READONLY: StoreReadOnlyError,
        sqlite3.SQLITE_PERM: StoreReadOnlyError,
        sqlite3.SQLITE_IOERR: StoreUnavailableError,
        sqlite3.SQLITE_CANTOPEN: StoreUnavailableError,
        sqlite3.SQLITE_PROTOCOL: StoreUnavailableError,
        sqlite3.SQLITE_CORRUPT: StoreUnavailableError,
        sqlite3.SQLITE_NOTADB: StoreUnavailableError,
        sqlite3.SQLITE_NOMEM: StoreUnavailableError,
    }
)
_OF_POSTGRESQL: Mapping[str, type[StoreUnavailableError]] = MappingProxyType(
    {
        "55P03": StoreLockedError,  # lock_not_available
        "40001": StoreLockedError,  # serialization_failure
        "40P01": StoreLockedError,  # deadlock_detected
        "57014": StoreLockedError,  # query_canceled, as a statement's time limit does
        "53100": StoreFullError,  # disk_full
        "25006": StoreReadOnlyError,  # read_only_sql_transaction
    }
)
_CLASSES_OF_POSTGRESQL = ("08", "53", "57P", "58")  # connection, resources, shutdown, system


def find_refusal(error: SQLAlchemyError) -> StoreUnavailableError | None:
    """The sentence for an error of the database that time or an operator can mend, or None."""
    if isinstance(error, PoolTimeoutError):
        return StoreLockedError()
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    found = _of_postgresql(error) if code is None else _OF_SQLITE.get(code & _PRIMARY)
    return None if found is None else found()


def _of_postgresql(error: DBAPIError) -> type[StoreUnavailableError] | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state.startswith(_CLASSES_OF_POSTGRESQL) or error.connection_invalidated:
        return _OF_POSTGRESQL.get(state, StoreUnavailableError)
    if not state and type(error).__name__ == "OperationalError":  # no server was reached
        return StoreUnavailableError
    return _OF_POSTGRESQL.get(state)


@contextmanager
def told() -> Iterator[None]:
    """Turns what time or an operator can mend into a sentence; raises StoreUnavailableError."""
    try:
        yield
    except SQLAlchemyError as error:
        refusal = find_refusal(error)
        if refusal is None:
            raise
        raise refusal from None
