"""A role that can read the loaded tables and nothing else.

What protects the tables is that the role has SELECT and no other right; read-only transactions and
the statement timeout are its defaults, so that a slip is refused early. A role that exists is
repaired: rights that it should not have are taken away.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import psycopg
from psycopg import sql

from registers.sources.defaults import STATEMENT_TIMEOUT_SECONDS
from registers.sources.errors import ReaderRoleError
from registers.sources.postgres.address import Address
from registers.sources.postgres.catalog import relations
from registers.sources.postgres.extract import NAMES
from registers.sources.postgres.journal import EXTRACT, TABLE

# Rights that a repair by SQL of an ordinary owner cannot take away.
_TOO_MUCH: Final = {
    "rolsuper": "it is a superuser",
    "rolreplication": "it may replicate the whole database",
    "rolbypassrls": "it passes by row level security",
    "is_self": "it is the role that loads",
    "is_owner": "it owns tables of the schema",
}


def make_reader(
    into: Address, role: str, timeout: float = STATEMENT_TIMEOUT_SECONDS
) -> tuple[str, ...]:
    """Makes or repairs the role; returns the SQL that was run.

    Raises:
        ReaderRoleError: the role can do more than this could take away.
        NoPrivilegeError: the role of the address may make no roles (CREATEROLE).
    """
    what = f"reader {role}"
    with into.session(read_only=False, timeout=timeout, what=what) as connection:
        exists = _check(connection, into.schema, role)
        found = relations(connection, into.schema)
        there = found.by_name if found else {}
        names = [name for name in (*NAMES, EXTRACT, TABLE) if name in there]
        statements = list(
            reader_statements(into.schema, role, connection.info.dbname, names, timeout)
        )
        run = [s.as_string(connection) for s in statements[exists:]]
        with connection.transaction():
            for statement in statements[exists:]:
                connection.execute(statement)
            _check_cannot_write(connection, into.schema, role, names)
    return tuple(f"{statement};" for statement in run)


def reader_statements(
    schema: str, role: str, database: str, tables: Iterable[str], timeout: float
) -> Iterator[sql.Composed]:
    """The SQL of a reader, first the making of the role."""
    names = {
        "r": sql.Identifier(role),
        "s": sql.Identifier(schema),
        "d": sql.Identifier(database),
        "ms": sql.Literal(int(timeout * 1000)),
    }
    for statement in (
        "CREATE ROLE {r} LOGIN",
        "ALTER ROLE {r} NOCREATEDB NOCREATEROLE",
        "ALTER ROLE {r} SET default_transaction_read_only = on",
        "ALTER ROLE {r} SET statement_timeout = {ms}",
        "GRANT CONNECT ON DATABASE {d} TO {r}",
        "REVOKE ALL ON SCHEMA {s} FROM {r}",
        "GRANT USAGE ON SCHEMA {s} TO {r}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA {s} FROM {r}",
    ):
        yield sql.SQL(statement).format(**names)
    readable = sql.SQL(", ").join(sql.Identifier(schema, name) for name in tables)
    yield sql.SQL("GRANT SELECT ON {} TO {r}").format(readable, **names)


def _check(connection: psycopg.Connection, schema: str, role: str) -> bool:
    """Whether the role exists; raises ReaderRoleError for one that is too mighty."""
    found = connection.execute(
        "SELECT rolsuper, rolreplication, rolbypassrls, rolname = current_user, EXISTS ("
        "  SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        "  WHERE n.nspname = %s AND c.relowner = r.oid)"
        " FROM pg_roles r WHERE rolname = %s",
        (schema, role),
    ).fetchone()
    if found is None:
        return False
    for is_too_much, why in zip(found, _TOO_MUCH.values(), strict=True):
        if is_too_much:
            raise ReaderRoleError(role, f"{why}. Name another role, which need not exist yet")
    return True


def _check_cannot_write(
    connection: psycopg.Connection, schema: str, role: str, tables: Iterable[str]
) -> None:
    """Rights may also come from other roles or from PUBLIC: look at what counts in the end."""
    for name in tables:
        table = sql.Identifier(schema, name).as_string(connection)
        found = connection.execute(
            "SELECT has_table_privilege(%s, %s, 'INSERT, UPDATE, DELETE, TRUNCATE')", (role, table)
        ).fetchone()
        if found and found[0]:
            raise ReaderRoleError(
                role,
                f"it may write to {schema}.{name} as a member of another role. "
                "Take it out of that role, or name another one",
            )
