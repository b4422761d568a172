"""The role that --reader makes can read the loaded tables and change nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import psycopg
import pytest
from psycopg import sql

from registers.sources.errors import NoPrivilegeError, ReaderRoleError
from registers.sources.files import FolderExtract
from registers.sources.postgres import Address, PostgresExtract, load_extract, make_reader
from registers.sources.postgres.reader import reader_statements
from tests.integration.registers.postgres.frames import FrameExtract, assert_same_extract, read_all

READER, FRIEND = "a_reader", "a_writer"
DOCUMENT = Path(__file__).parents[4] / "docs" / "how-to" / "load-into-postgresql.md"


@pytest.fixture(autouse=True)
def roles(owner: psycopg.Connection) -> Iterator[None]:
    yield
    for role in (READER, FRIEND):
        name = sql.Identifier(role)
        if owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
            owner.execute(sql.SQL("DROP OWNED BY {}").format(name))
            owner.execute(sql.SQL("DROP ROLE {}").format(name))


@pytest.fixture
def into(nation: Path, url: str) -> Address:
    into = Address.parse(url)
    load_extract(FolderExtract(nation), into)
    return into


@pytest.fixture
def reader(into: Address, address_of: Callable[[str], str]) -> str:
    make_reader(into, READER, 1.5)
    return address_of(READER)


def test_a_reader_reads_everything_and_is_not_warned(reader: str, nation: Path) -> None:
    with PostgresExtract(reader) as extract:
        assert extract.warnings == ()
        assert_same_extract(extract, FolderExtract(nation))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO registers.debtors (chora_row) VALUES (-1)",
        "UPDATE registers.incomes SET gross_som = 0",
        "DELETE FROM registers.cases",
        "TRUNCATE registers.payments",
        "DROP TABLE registers.debtors",
        "ALTER TABLE registers.debtors DISABLE TRIGGER ALL",
        "UPDATE registers.chora_extract SET label = ''",
        "DELETE FROM registers.chora_batch",
        "CREATE TABLE registers.mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
    ],
)
def test_a_reader_cannot_write_even_where_it_asks_for_a_writing_transaction(
    reader: str, statement: str
) -> None:
    with psycopg.connect(reader, autocommit=True) as session:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            session.execute(sql.SQL(statement))
        session.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(sql.SQL(statement))


def test_a_reader_has_a_statement_timeout(reader: str) -> None:
    with (
        psycopg.connect(reader, autocommit=True) as session,
        pytest.raises(psycopg.errors.QueryCanceled),
    ):
        session.execute("SELECT pg_sleep(10)")


def test_a_reader_reads_the_extract_that_takes_the_place(reader: str, into: Address) -> None:
    other = FrameExtract({"debtors": pl.DataFrame({"debtor_id": ["D1"]})})
    load_extract(other, into, replace=True)
    with PostgresExtract(reader) as extract:
        assert read_all(extract.table("debtors")).height == 1
        assert extract.warnings == ()


def test_a_role_with_too_many_rights_is_repaired(
    into: Address, owner: psycopg.Connection, address_of: Callable[[str], str]
) -> None:
    owner.execute(f"CREATE ROLE {READER} LOGIN CREATEDB CREATEROLE")
    owner.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA registers TO {READER}")
    owner.execute(f"GRANT ALL ON SCHEMA registers TO {READER}")
    statements = make_reader(into, READER)
    assert not any(statement.startswith("CREATE ROLE") for statement in statements)
    with psycopg.connect(address_of(READER), autocommit=True) as session:
        session.execute("SET default_transaction_read_only = off")
        for statement in ("DELETE FROM registers.debtors", "CREATE TABLE registers.t (n int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(sql.SQL(statement))
    found = owner.execute(
        "SELECT rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s", (READER,)
    ).fetchone()
    assert found == (False, False)


def test_a_role_that_cannot_be_tamed_is_refused_and_left_as_it_was(
    into: Address, owner: psycopg.Connection, address_of: Callable[[str], str]
) -> None:
    with pytest.raises(ReaderRoleError, match="superuser"):
        make_reader(into, "postgres")
    owner.execute(f"CREATE ROLE {FRIEND}; GRANT DELETE ON registers.debtors TO {FRIEND}")
    owner.execute(f"CREATE ROLE {READER} LOGIN IN ROLE {FRIEND}")
    with pytest.raises(ReaderRoleError, match="member of another role"):
        make_reader(into, READER)
    with pytest.raises(NoPrivilegeError):
        PostgresExtract(address_of(READER))
    owner.execute(f"ALTER TABLE registers.vehicles OWNER TO {READER}")
    with pytest.raises(ReaderRoleError, match="owns tables"):
        make_reader(into, READER)


def test_the_sql_of_a_reader_is_in_the_documents() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    tables = ("debtors", "cases")
    for statement in reader_statements("registers", "chora_reader", "bureau", tables, 1800):
        said = statement.as_string()
        assert said.split(", ")[0].removesuffix(' TO "chora_reader"') in text, said
