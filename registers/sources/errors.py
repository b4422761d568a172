"""What can go wrong between Chora and a PostgreSQL server, each with its sentence and remedy.

No sentence repeats what the server or the driver said: that text may hold a value of a row or a
part of the address. `place` is an address without user and password.
"""

from collections.abc import Collection
from datetime import date

from registers.errors import DataError, RetryableError, UserError

SECRETS_BELONG = (
    "Leave the password out of the address and keep it in the file that PGPASSFILE names, in a "
    "service (PGSERVICEFILE) or in PGPASSWORD"
)


class OneSourceError(UserError):
    """Neither or both of a folder and an address were named."""

    def __init__(self) -> None:
        super().__init__(
            "Name one source: a folder (chora validate EXTRACT --out TABLES) or a database "
            "(chora validate --source postgresql://… --out TABLES)."
        )


class DaysInOrderError(UserError):
    """A filter that leaves out every day."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"--reported-from {first} is after --reported-until {last}, so no row could be read. "
            "Exchange them."
        )


class NoSchemaOfFolderError(UserError):
    """A schema was named beside a folder."""

    def __init__(self) -> None:
        super().__init__("--schema belongs to --source: a folder of files has no schema.")


class AddressError(UserError):
    """An address of a database that cannot be read."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The address of the database cannot be used: {why}. "
            "Write it as postgresql://USER@HOST:PORT/DATABASE?schema=SCHEMA."
        )


class NoServerError(RetryableError):
    """Nobody answers at the address."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            f"No PostgreSQL server answers at {place}: {why}. "
            "Check host and port, and that the server runs and lets this machine in."
        )


class SignInRefusedError(UserError):
    """The server is there and does not let the role in."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"The server at {place} does not let us in: {why}.")


class ConnectionLostError(RetryableError):
    """The connection broke after it stood."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The connection to {place} broke. Run the same command again: a load goes on where "
            "it stopped, a reading begins anew."
        )


class StatementTimeoutError(RetryableError):
    """The server ended a statement that took longer than allowed."""

    def __init__(self, what: str, seconds: float) -> None:
        super().__init__(
            f"{what}: the server stopped the statement after {seconds:g} s (statement_timeout). "
            "Narrow the dates with --reported-from and --reported-until, or allow more with "
            "--statement-timeout SECONDS."
        )


class LockedError(RetryableError):
    """Another session holds what a load wants to replace."""

    def __init__(self, schema: str, seconds: float) -> None:
        super().__init__(
            f"{schema}: somebody has been reading the tables for {seconds:g} s, so they were not "
            "replaced. What was loaded is kept: run the same command again when they are done."
        )


class SchemaNotFoundError(UserError):
    """A schema that the database does not have."""

    def __init__(self, schema: str, place: str) -> None:
        super().__init__(
            f"{place} has no schema '{schema}'. Name another one with --schema, or load an "
            f"extract into it: chora load EXTRACT --into ADDRESS --schema {schema}"
        )


class NoTablesError(UserError):
    """A schema without any table of the contract."""

    def __init__(self, schema: str, place: str) -> None:
        super().__init__(
            f"Schema '{schema}' of {place} holds no register table. Name another one with "
            "--schema, or load an extract into it with chora load."
        )


class NoPrivilegeError(UserError):
    """A role that may not read what it is asked to read."""

    def __init__(self, what: str, role: str, remedy: str) -> None:
        super().__init__(
            f"{what}: the role '{role}' has not the right to it. Ask the owner for: {remedy}"
        )


class DatabaseRefusedError(DataError):
    """Any other refusal of the server, told by its SQLSTATE only."""

    def __init__(self, what: str, sqlstate: str | None) -> None:
        super().__init__(
            f"{what}: the server refused it (SQLSTATE {sqlstate or 'unknown'}). "
            "The server's log tells more; PostgreSQL's manual lists the codes in appendix A."
        )


class LockHeldError(RetryableError):
    """Somebody else holds what the statement needs."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}: other work on the server holds it. Run the same command again when that "
            "work has ended: what is in stays in."
        )


class ServerReadOnlyError(RetryableError):
    """The server takes no change now, as a standby or a protected database does."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}: the server can only be read now. Name the primary server in the address, or "
            "ask its administrator to allow changes, and run the same command again."
        )


class DiskFullError(RetryableError):
    """The server has no room left."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}: the server has no room left on its disk. Make room and run the same "
            "command again: what is in stays in."
        )


class ValueNotKeptError(DataError):
    """A column that PostgreSQL cannot hold."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what} cannot be kept in PostgreSQL: {why}.")


class OtherExtractError(UserError):
    """Another extract than the one to be loaded is in the schema."""

    def __init__(self, schema: str, label: str, *, is_complete: bool) -> None:
        what = "holds another extract" if is_complete else "holds an unfinished load of another one"
        super().__init__(
            f"Schema '{schema}' {what} ('{label}'), so nothing was loaded. Name another schema "
            "with --schema, or add --replace to put this extract in its place."
        )


class ForeignTableError(UserError):
    """A table of the same name that no load made."""

    def __init__(self, schema: str, tables: Collection[str]) -> None:
        super().__init__(
            f"Schema '{schema}' has {', '.join(sorted(tables))}, which chora load did not make, so "
            "it is left alone. Name another schema with --schema."
        )


class LoadRunningError(RetryableError):
    """Another load works in the same schema."""

    def __init__(self, schema: str) -> None:
        super().__init__(
            f"Another chora load works in schema '{schema}'. Wait until it is done, then run the "
            "same command again."
        )


class UnfinishedLoadError(UserError):
    """A schema into which an extract was loaded in part."""

    def __init__(self, schema: str, label: str) -> None:
        super().__init__(
            f"The load of '{label}' into schema '{schema}' has not finished. Run the same chora "
            "load again; it goes on where it stopped."
        )


class ReaderRoleError(UserError):
    """A role that cannot be made a reader."""

    def __init__(self, role: str, why: str) -> None:
        super().__init__(f"The role '{role}' cannot be made a reader: {why}.")
