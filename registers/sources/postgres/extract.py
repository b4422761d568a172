"""A schema of PostgreSQL as an extract: read only, one snapshot for all tables, streamed.

The first session holds a snapshot; every reading opens a session of its own on that snapshot, so
that tables which are read one after the other, or at the same time, agree with each other. Loaded
tables come in the order of the file; an operator's own tables in the order of the key,
`reported_on`, and then all columns.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from typing import Any, Self

import psycopg
from psycopg import sql

from registers.errors import TableRefusedError
from registers.legal_orders import DEFAULT_LEGAL_ORDER, legal_order
from registers.sources.dates import REPORTED_ON, WITHDRAWN_ON, ReportedBetween
from registers.sources.defaults import STATEMENT_TIMEOUT_SECONDS
from registers.sources.errors import (
    NoPrivilegeError,
    NoTablesError,
    SchemaNotFoundError,
    UnfinishedLoadError,
)
from registers.sources.postgres.address import Address
from registers.sources.postgres.catalog import Relation, relations
from registers.sources.postgres.journal import BATCH, EXTRACT, TABLE, Journal, Loaded, LoadedTable
from registers.sources.postgres.table import PostgresTable, Snapshot, loaded_table, own_table
from registers.tables import TABLES

WITHDRAWN_SUFFIX = "_withdrawn"
NAMES = tuple(f"{name}{suffix}" for suffix in ("", WITHDRAWN_SUFFIX) for name in TABLES)


class PostgresExtract:
    """The registers in one schema; use it in a `with` statement, which closes its session.

    Args:
        url: postgresql://USER@HOST:PORT/DATABASE?schema=SCHEMA, or an Address.
        schema: overrules the schema of the address; `registers` where neither names one.
        reported_until: rows that were reported later are left out by the server.
        reported_from: rows that were reported earlier are left out by the server.
        statement_timeout: seconds that the server may spend on one table.

    Raises:
        AddressError, NoServerError, SignInRefusedError: there is no way to the database.
        SchemaNotFoundError, NoTablesError, NoPrivilegeError: there is nothing to read in it.
        UnfinishedLoadError: an extract was loaded in part.
    """

    def __init__(
        self,
        url: str | Address,
        schema: str | None = None,
        reported_until: date | None = None,
        reported_from: date | None = None,
        statement_timeout: float = STATEMENT_TIMEOUT_SECONDS,
    ) -> None:
        self.address = Address.parse(url, schema) if isinstance(url, str) else url
        self.days = ReportedBetween(reported_from, reported_until)
        self._timeout = statement_timeout
        self._stack = ExitStack()
        try:
            self._open()
        except BaseException:
            self._stack.close()
            raise

    def _open(self) -> None:
        session = self.address.session(
            read_only=True, timeout=self._timeout, what=self.address.label
        )
        keeper = self._stack.enter_context(session)
        self._role = keeper.info.user
        before = self._relations(keeper)
        keeper.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        _hold(keeper, self.address.schema, before)
        exported = keeper.execute("SELECT pg_export_snapshot()").fetchone()
        self._relations_of = self._relations(keeper)
        self._snapshot = Snapshot(self.address, str(exported and exported[0]), self._timeout)
        self._loaded, self._tables = self._journal(keeper)

    def _relations(self, keeper: psycopg.Connection) -> dict[str, Relation]:
        found = relations(keeper, self.address.schema)
        if found is None:
            raise SchemaNotFoundError(self.address.schema, self.address.place)
        if not found.is_usable:
            raise NoPrivilegeError(
                f"schema {self.address.schema}",
                self._role,
                f'GRANT USAGE ON SCHEMA "{self.address.schema}" TO "{self._role}";',
            )
        return found.by_name

    def _journal(
        self, keeper: psycopg.Connection
    ) -> tuple[Loaded | None, Mapping[str, LoadedTable]]:
        """The extract that was loaded, or None where an operator made the tables."""
        has_tables = any(name in self._relations_of for name in NAMES)
        if EXTRACT not in self._relations_of or TABLE not in self._relations_of:
            if not has_tables:
                raise NoTablesError(self.address.schema, self.address.place)
            return None, {}
        for name in (EXTRACT, TABLE):
            self._check_readable(self._relations_of[name])
        journal = Journal(keeper, self.address.schema)
        extracts = journal.extracts()
        if extracts and extracts[0].is_complete:
            return extracts[0], journal.tables(extracts[0].fingerprint)
        if not has_tables and extracts:
            raise UnfinishedLoadError(self.address.schema, extracts[0].label)
        if not has_tables:
            raise NoTablesError(self.address.schema, self.address.place)
        return None, {}

    def _check_readable(self, relation: Relation) -> None:
        if not relation.is_readable:
            name = f'"{self.address.schema}"."{relation.name}"'
            remedy = f'GRANT SELECT ON {name} TO "{self._role}";'
            raise NoPrivilegeError(f"{self.address.schema}.{relation.name}", self._role, remedy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the session that holds the snapshot."""
        self._stack.close()

    @property
    def label(self) -> str:
        """The database without user and password, the schema and the filter."""
        return self.days.labelled(self.address.label)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a careful operator would do otherwise, in sentences."""
        writable = [
            r.name for r in self._relations_of.values() if r.name in NAMES and r.is_writable
        ]
        if not writable:
            return self.address.warnings
        return (
            *self.address.warnings,
            f"The role '{self._role}' could change {', '.join(writable[:3])}"
            f"{' and more' if len(writable) > 3 else ''}; this reading is a read-only transaction "
            "all the same. Make a role that can only read: chora load EXTRACT --into ADDRESS "
            "--reader ROLE.",
        )

    @property
    def description(self) -> Mapping[str, Any]:
        """The extract.json that was loaded; an operator's own tables are of the default order."""
        if self._loaded is None:
            return {"legal_order": DEFAULT_LEGAL_ORDER}
        legal_order(str(self._loaded.description["legal_order"]))
        return self._loaded.description

    @property
    def extracted_on(self) -> date | None:
        """The day of the extract that was loaded, where it stated one."""
        return self._loaded.extracted_on if self._loaded else None

    @property
    def manifest_sha256(self) -> str | None:
        """SHA-256 of the manifest that came with the extract, where it had one."""
        return self._loaded.manifest_sha256 if self._loaded else None

    @property
    def is_increment(self) -> bool:
        """Whether the extract that was loaded says that it continues an earlier one."""
        return self._loaded.is_increment if self._loaded else False

    @property
    def follows(self) -> str | None:
        """SHA-256 of the manifest that a loaded increment continues, where it is stated."""
        return self._loaded.follows if self._loaded else None

    @property
    def ignored(self) -> tuple[str, ...]:
        """What lay beside the tables of the extract, and tables that the contract does not have."""
        beside = self._loaded.ignored if self._loaded else ()
        own = sorted(
            name
            for name in self._relations_of
            if name not in (*NAMES, EXTRACT, TABLE, BATCH) and not name.startswith("chora_loading_")
        )
        return (*beside, *own)

    def table(self, name: str) -> PostgresTable | None:
        """A table of the contract, or None where the schema has none.

        Raises:
            TableRefusedError: the table was delivered in a form that could not be read.
            NoPrivilegeError: the role may not read it.
        """
        return self._table(name, name, REPORTED_ON)

    def withdrawals(self, name: str) -> PostgresTable | None:
        """The rows of a table that are taken back (`<table>_withdrawn`), or None."""
        return self._table(f"{name}{WITHDRAWN_SUFFIX}", name, WITHDRAWN_ON)

    def _table(self, name: str, of_table: str, day: str) -> PostgresTable | None:
        known = self._tables.get(name)
        if known is not None and known.refusal is not None:
            raise TableRefusedError(of_table, str(known.refusal_code), known.refusal)
        relation = self._relations_of.get(name)
        if relation is None and known is not None:
            raise _gone(of_table, f"{self.address.schema}.{name}")
        if relation is None:
            return None
        self._check_readable(relation)
        if known is not None:
            return loaded_table(self._snapshot, relation, known, self.days, day, of_table)
        key = (*TABLES[of_table].key, REPORTED_ON, day)
        return own_table(self._snapshot, relation, key, self.days, day, of_table)


def _hold(keeper: psycopg.Connection, schema: str, held: Mapping[str, Relation]) -> None:
    """Keeps a load from replacing the tables while they are read; readers keep nobody else out."""
    names = [n for n, r in held.items() if n in NAMES and r.is_table and r.is_readable]
    if names:
        tables = sql.SQL(", ").join(sql.Identifier(schema, name) for name in sorted(names))
        keeper.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(tables))


def _gone(table: str, label: str) -> TableRefusedError:
    return TableRefusedError(
        table,
        "missing_table",
        f"{table}: {label} was loaded and is no longer there. Load the extract again with "
        "chora load --replace.",
    )
