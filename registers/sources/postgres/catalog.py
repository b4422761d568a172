"""What a schema holds and what the role may do with it, from PostgreSQL's own catalog."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, LiteralString

import psycopg

_SCHEMA: Final[LiteralString] = (
    "SELECT oid, has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = %s"
)

_RELATIONS: Final[LiteralString] = """
SELECT c.relname, c.relkind::text, has_table_privilege(c.oid, 'SELECT'),
       has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'),
       array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attnum > 0),
       array_agg(t.typname::text ORDER BY a.attnum) FILTER (WHERE a.attnum > 0),
       array_agg(a.atttypmod ORDER BY a.attnum) FILTER (WHERE a.attnum > 0)
FROM pg_class c
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
LEFT JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relnamespace = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
GROUP BY c.oid, c.relname, c.relkind
ORDER BY c.relname
"""


@dataclass(frozen=True)
class ColumnType:
    """A column as the catalog has it: its name, the name of its type, and its modifier."""

    name: str
    type_name: str
    modifier: int


@dataclass(frozen=True)
class Relation:
    """A table or view of a schema, with what the role may do."""

    schema: str
    name: str
    is_table: bool
    is_readable: bool
    is_writable: bool
    columns: tuple[ColumnType, ...]

    @property
    def types(self) -> Mapping[str, str]:
        """The name of the type of every column."""
        return {column.name: column.type_name for column in self.columns}


@dataclass(frozen=True)
class Contents:
    """The tables and views of a schema; empty where the role may not look into it."""

    is_usable: bool
    by_name: dict[str, Relation]


def relations(connection: psycopg.Connection, schema: str) -> Contents | None:
    """What a schema holds, or None where the database has no such schema."""
    found = connection.execute(_SCHEMA, (schema,)).fetchone()
    if found is None:
        return None
    oid, is_usable = found
    rows = connection.execute(_RELATIONS, (oid,)).fetchall() if is_usable else []
    by_name = {
        name: Relation(
            schema,
            name,
            kind in ("r", "p"),
            readable,
            writable,
            tuple(map(ColumnType, names or (), types or (), modifiers or ())),
        )
        for name, kind, readable, writable, names, types, modifiers in rows
    }
    return Contents(bool(is_usable), by_name)
