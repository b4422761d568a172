"""Where a database is, without its password ever being shown, and how a session there begins."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from registers.sources.defaults import SCHEMA
from registers.sources.errors import (
    SECRETS_BELONG,
    AddressError,
    ConnectionLostError,
    DatabaseRefusedError,
    DiskFullError,
    LockHeldError,
    NoPrivilegeError,
    NoServerError,
    ServerReadOnlyError,
    SignInRefusedError,
    StatementTimeoutError,
)

CONNECT_SECONDS: Final = 10
SCHEMES: Final = ("postgresql", "postgres")

# What a session fixes so that the same rows are written as the same text on every server.
_FIXED: Final = (
    "SET client_encoding = 'UTF8'",
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO, YMD'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
    "SET search_path = ''",
    "SET idle_in_transaction_session_timeout = 0",
)

# What libpq and the server say, in English, and what it means; the text itself is never shown.
_NO_SERVER: Final = {
    r"Connection refused|No such file|could not connect": "the connection was refused",
    r"failed to resolve|could not translate": "the host's name is not known",
    r"timeout|timed out": f"no answer within {CONNECT_SECONDS} s",
    r"starting up|shutting down|recovery mode": "it is starting or stopping",
    r"too many (clients|connections)|connection slots": "it has no connection left",
}
_NOT_LET_IN: Final = {
    r"password authentication failed|no password supplied": (
        f"the password is missing or wrong. {SECRETS_BELONG}"
    ),
    r"role .* does not exist": "it has no such role. Name an existing one in the address",
    r"database .* does not exist": "it has no such database. Name an existing one in the address",
    r"no pg_hba\.conf entry": (
        "it takes no connection of this role from this machine. Ask its administrator for an "
        "entry in pg_hba.conf"
    ),
    r"certificate|SSL|sslmode": (
        "the encrypted connection failed. Check sslmode and sslrootcert, and the server's "
        "certificate"
    ),
    r"not permitted to log in": "the role may not sign in. Ask its administrator for LOGIN",
    r"definition of service": "the service is not in the file that PGSERVICEFILE names",
    r"permission denied for database": "the role may not connect to the database",
}


def is_address(text: str) -> bool:
    """Whether a text is meant as the address of a database and not as a path."""
    return text.partition("://")[0] in SCHEMES and "://" in text


@dataclass(frozen=True)
class Address:
    """A database and a schema in it.

    Attributes:
        place: the address without user and password, for reports and sentences.
        schema: the schema of the registers.
        role: the role that the address names.
        has_password: whether the address itself carries a password.
    """

    place: str
    schema: str
    role: str
    has_password: bool
    _conninfo: str = field(repr=False)

    @classmethod
    def parse(cls, url: str, schema: str | None = None) -> "Address":
        """Reads postgresql://USER@HOST:PORT/DATABASE?schema=S; raises AddressError.

        `schema` overrules the one in the address. All other parameters are libpq's own.
        """
        if not is_address(url):
            raise AddressError("it does not begin with postgresql://")
        base, mark, query = url.partition("?")
        pairs = [pair.partition("=") for pair in query.split("&") if pair]
        named = [unquote(value) for name, _, value in pairs if name == "schema"]
        rest = "&".join("".join(pair) for pair in pairs if pair[0] != "schema")
        conninfo = base + (mark + rest if rest else "")
        given = _conninfo_parts(conninfo)
        chosen = schema or (named[-1] if named else SCHEMA)
        if not chosen or "\0" in chosen or len(chosen.encode()) > 63:
            raise AddressError("the schema has no name, or one of more than 63 bytes")
        role = given.get("user", "the one of this account")
        return cls(_place(given), chosen, role, "password" in given, conninfo)

    @property
    def label(self) -> str:
        """Database and schema as reports name them."""
        return f"{self.place}, schema {self.schema}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a careful operator would do otherwise."""
        if not self.has_password:
            return ()
        return (
            "The address carries a password, which the list of processes and the shell's history "
            f"show. {SECRETS_BELONG}.",
        )

    @contextmanager
    def session(
        self, *, read_only: bool, timeout: float, what: str
    ) -> Iterator[psycopg.Connection]:
        """An open connection in autocommit mode; errors become sentences about `what`."""
        with self.told(what, timeout):
            connection = self.connect(read_only=read_only, timeout=timeout)
            try:
                yield connection
            finally:
                connection.close()

    def connect(self, *, read_only: bool, timeout: float) -> psycopg.Connection:
        """A connection in autocommit mode with everything fixed; the caller closes it.

        Raises:
            NoServerError: nobody answers.
            SignInRefusedError: the server does not let the role in.
        """
        try:
            conninfo = make_conninfo(self._conninfo, **self._defaults())
            connection = psycopg.connect(conninfo, autocommit=True, prepare_threshold=None)
        except psycopg.Error as error:
            raise self._told_of_connecting(str(error)) from None
        limit = sql.SQL("SET statement_timeout = {}").format(sql.Literal(int(timeout * 1000)))
        mode = sql.SQL("SET default_transaction_read_only = {}").format(sql.Literal(read_only))
        try:
            for statement in (*(sql.SQL(fixed).format() for fixed in _FIXED), mode, limit):
                connection.execute(statement)
        except BaseException:
            connection.close()
            raise
        return connection

    def _defaults(self) -> dict[str, str]:
        given = _conninfo_parts(self._conninfo)
        ours = {"application_name": "chora", "connect_timeout": str(CONNECT_SECONDS)}
        return {name: value for name, value in ours.items() if name not in given}

    def _told_of_connecting(self, said: str) -> NoServerError | SignInRefusedError:
        for pattern, why in _NO_SERVER.items():
            if re.search(pattern, said):
                return NoServerError(self.place, why)
        for pattern, why in _NOT_LET_IN.items():
            if re.search(pattern, said):
                return SignInRefusedError(self.place, why)
        return SignInRefusedError(self.place, "check role, password, database and pg_hba.conf")

    @contextmanager
    def told(self, what: str, timeout: float) -> Iterator[None]:
        """Turns what PostgreSQL refuses in this block into one of our sentences about `what`.

        The driver's own error is not chained: its text may hold values of rows.
        """
        try:
            yield
        except psycopg.Error as error:
            raise self._told(what, timeout, error) from None

    def _told(self, what: str, timeout: float, error: psycopg.Error) -> Exception:
        state = error.sqlstate or ""
        if state == "57014":
            return StatementTimeoutError(what, timeout)
        if state in ("42501", "28000"):
            return NoPrivilegeError(what, self.role, "the right to it (GRANT), or another role.")
        if state in ("53100", "53200"):
            return DiskFullError(what)
        if state in ("55P03", "40P01", "40001"):
            return LockHeldError(what)
        if state == "25006":
            return ServerReadOnlyError(what)
        if state.startswith(("57P", "08")) or (
            not state and isinstance(error, psycopg.OperationalError)
        ):
            return ConnectionLostError(self.place)
        return DatabaseRefusedError(what, state)


def _conninfo_parts(conninfo: str) -> dict[str, str]:
    try:
        parts = conninfo_to_dict(conninfo)
    except psycopg.Error:
        # libpq repeats the address, and with it the password: it is not shown.
        raise AddressError("a parameter, a port or an encoded character is wrong") from None
    return {name: str(value) for name, value in parts.items() if value not in (None, "")}


def _place(given: dict[str, str]) -> str:
    """Host, port and database; a socket's folder is told as the machine itself."""
    if "service" in given and "host" not in given:
        return f"postgresql://(service {given['service']})"
    host = given.get("host", given.get("hostaddr", ""))
    host = "localhost" if not host or host.startswith(("/", "@")) else host
    port = f":{given['port']}" if "port" in given else ""
    return f"postgresql://{host}{port}/{given.get('dbname', '')}"
