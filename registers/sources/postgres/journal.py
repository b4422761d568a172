"""What a load writes down beside the rows: which extract, which tables, which batches are in.

Three small tables in the schema of the registers. A batch of rows and its line in `chora_batch` are
one transaction, so the journal and the rows cannot disagree, whenever a load is killed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, LiteralString

import polars as pl
import psycopg
from psycopg import sql

from registers.sources.postgres.columns import load_schema

EXTRACT: Final = "chora_extract"
TABLE: Final = "chora_table"
BATCH: Final = "chora_batch"
GUARD: Final = "chora_refuse_change"

_TABLES: Final[tuple[LiteralString, ...]] = (
    """CREATE TABLE IF NOT EXISTS {s}.chora_extract (
        fingerprint text PRIMARY KEY,
        label text NOT NULL,
        description text NOT NULL,
        extracted_on date,
        manifest_sha256 text,
        is_increment boolean NOT NULL,
        follows text,
        ignored text NOT NULL,
        is_complete boolean NOT NULL DEFAULT false,
        started_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz)""",
    """CREATE TABLE IF NOT EXISTS {s}.chora_table (
        fingerprint text NOT NULL REFERENCES {s}.chora_extract ON DELETE CASCADE,
        table_name text NOT NULL,
        label text NOT NULL,
        sha256 text,
        columns text,
        types text,
        n_rows bigint,
        refusal_code text,
        refusal text,
        PRIMARY KEY (fingerprint, table_name))""",
    """CREATE TABLE IF NOT EXISTS {s}.chora_batch (
        fingerprint text NOT NULL,
        table_name text NOT NULL,
        first_row bigint NOT NULL,
        n_rows bigint NOT NULL,
        loaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (fingerprint, table_name, first_row),
        FOREIGN KEY (fingerprint, table_name) REFERENCES {s}.chora_table ON DELETE CASCADE)""",
    # A loaded table stands for bytes whose hash is written down: nobody changes it in passing.
    """CREATE OR REPLACE FUNCTION {s}.chora_refuse_change() RETURNS trigger
        LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'This table holds an extract as it was delivered. Load a corrected one '
            'with chora load --replace.' USING ERRCODE = 'restrict_violation';
        END $$""",
)


@dataclass(frozen=True)
class Loaded:
    """What the journal tells of one extract."""

    fingerprint: str
    label: str
    description: Mapping[str, Any]
    extracted_on: date | None
    manifest_sha256: str | None
    is_increment: bool
    follows: str | None
    ignored: tuple[str, ...]
    is_complete: bool


@dataclass(frozen=True)
class LoadedTable:
    """What the journal tells of one table; `n_rows` is None until all rows are in."""

    label: str
    sha256: str | None
    columns: Mapping[str, str]
    schema: pl.Schema
    n_rows: int | None
    refusal_code: str | None
    refusal: str | None


class Journal:
    """The journal of one schema; every write belongs to the caller's transaction."""

    def __init__(self, connection: psycopg.Connection, schema: str) -> None:
        self._connection = connection
        self._name = schema
        self._schema = sql.Identifier(schema)

    def _run(
        self, statement: LiteralString, values: tuple[object, ...] = ()
    ) -> psycopg.Cursor[tuple[Any, ...]]:
        query = sql.SQL(statement).format(s=self._schema)
        return self._connection.execute(query, values)

    @property
    def is_there(self) -> bool:
        """Whether the schema has a journal."""
        found = self._connection.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relnamespace ="
            " (SELECT oid FROM pg_namespace WHERE nspname = %s)",
            ([EXTRACT, TABLE], self._name),
        ).fetchone()
        return bool(found and found[0] == 2)

    def prepare(self) -> None:
        """Makes the schema and the three tables where they are missing."""
        if self.is_there:
            return
        exists = self._connection.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname = %s", (self._name,)
        ).fetchone()
        if not exists:
            self._run("CREATE SCHEMA {s}")
        for statement in _TABLES:
            self._run(statement)

    def extracts(self) -> list[Loaded]:
        """Every extract in the schema: at most one complete, and at most one being loaded."""
        rows = self._run(
            "SELECT fingerprint, label, description, extracted_on, manifest_sha256,"
            " is_increment, follows, ignored, is_complete FROM {s}.chora_extract"
            " ORDER BY is_complete DESC, started_at"
        )
        return [
            Loaded(
                fingerprint=row[0],
                label=row[1],
                description=json.loads(row[2]),
                extracted_on=row[3],
                manifest_sha256=row[4],
                is_increment=row[5],
                follows=row[6],
                ignored=tuple(json.loads(row[7])),
                is_complete=row[8],
            )
            for row in rows
        ]

    def tables(self, fingerprint: str) -> dict[str, LoadedTable]:
        """The tables of an extract that the journal knows so far."""
        rows = self._run(
            "SELECT table_name, label, sha256, columns, types, n_rows, refusal_code, refusal"
            " FROM {s}.chora_table WHERE fingerprint = %s",
            (fingerprint,),
        )
        return {
            name: LoadedTable(
                label,
                sha256,
                json.loads(columns) if columns else {},
                load_schema(types) if types else pl.Schema(),
                n_rows,
                code,
                refusal,
            )
            for name, label, sha256, columns, types, n_rows, code, refusal in rows
        }

    def n_rows_in(self, fingerprint: str, table: str) -> int:
        """How many rows of a table are in."""
        counted = self._run(
            "SELECT coalesce(sum(n_rows), 0)::bigint FROM {s}.chora_batch"
            " WHERE fingerprint = %s AND table_name = %s",
            (fingerprint, table),
        ).fetchone()
        return int(counted[0]) if counted else 0

    def begin_extract(self, loaded: Loaded) -> None:
        """Writes down that an extract is being loaded."""
        self._run(
            "INSERT INTO {s}.chora_extract (fingerprint, label, description, extracted_on,"
            " manifest_sha256, is_increment, follows, ignored)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (
                loaded.fingerprint,
                loaded.label,
                json.dumps(dict(loaded.description), ensure_ascii=False, default=str),
                loaded.extracted_on,
                loaded.manifest_sha256,
                loaded.is_increment,
                loaded.follows,
                json.dumps(loaded.ignored, ensure_ascii=False),
            ),
        )

    def begin_table(
        self, fingerprint: str, name: str, label: str, sha256: str | None, columns: str, types: str
    ) -> None:
        """Writes down that a table is being loaded."""
        self._run(
            "INSERT INTO {s}.chora_table (fingerprint, table_name, label, sha256, columns, types)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            (fingerprint, name, label, sha256, columns, types),
        )

    def record_batch(self, fingerprint: str, name: str, first_row: int, n_rows: int) -> None:
        """Writes down that a batch is in."""
        self._run(
            "INSERT INTO {s}.chora_batch (fingerprint, table_name, first_row, n_rows)"
            " VALUES (%s, %s, %s, %s)",
            (fingerprint, name, first_row, n_rows),
        )

    def finish_table(self, fingerprint: str, name: str, n_rows: int) -> None:
        """Writes down that every row of a table is in."""
        self._run(
            "UPDATE {s}.chora_table SET n_rows = %s WHERE fingerprint = %s AND table_name = %s",
            (n_rows, fingerprint, name),
        )

    def refuse_table(self, fingerprint: str, name: str, code: str, sentence: str) -> None:
        """Writes down that a table was delivered in a form that cannot be read."""
        self._run(
            "DELETE FROM {s}.chora_batch WHERE fingerprint = %s AND table_name = %s",
            (fingerprint, name),
        )
        self._run(
            "INSERT INTO {s}.chora_table (fingerprint, table_name, label, refusal_code, refusal)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (fingerprint, table_name) DO UPDATE"
            " SET refusal_code = excluded.refusal_code, refusal = excluded.refusal",
            (fingerprint, name, name, code, sentence),
        )

    def finish_extract(self, fingerprint: str) -> None:
        """Makes an extract the one that is read."""
        self._run(
            "UPDATE {s}.chora_extract SET is_complete = true, finished_at = now()"
            " WHERE fingerprint = %s",
            (fingerprint,),
        )

    def forget_extract(self, fingerprint: str) -> None:
        """Removes an extract from the journal; its tables are the caller's to drop."""
        self._run("DELETE FROM {s}.chora_extract WHERE fingerprint = %s", (fingerprint,))
