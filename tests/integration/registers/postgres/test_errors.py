"""Each way in which a database can say no ends in one sentence with a remedy and no secret."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from registers.errors import ChoraError, RetryableError, UserError
from registers.examples import example_tables
from registers.extract import write_extract
from registers.sources.dates import ReportedBetween
from registers.sources.errors import (
    AddressError,
    ConnectionLostError,
    DatabaseRefusedError,
    DaysInOrderError,
    NoPrivilegeError,
    NoSchemaOfFolderError,
    NoServerError,
    NoTablesError,
    OneSourceError,
    SchemaNotFoundError,
    ServerReadOnlyError,
    SignInRefusedError,
    StatementTimeoutError,
)
from registers.sources.files import FolderExtract
from registers.sources.opening import open_source
from registers.sources.postgres import Address, PostgresExtract, load_extract
from tests.integration.registers.postgres.frames import read_all

ROOT = Path(__file__).parents[4]
SECRET = "pa55-w0rd"  # noqa: S105 -- invented


@pytest.fixture(autouse=True)
def roles(owner: psycopg.Connection) -> Iterator[None]:
    for role in ("with_password", "kept_out", "stranger", "no_login"):
        owner.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
    owner.execute(sql.SQL("CREATE ROLE with_password LOGIN PASSWORD {}").format(SECRET))
    owner.execute("CREATE ROLE kept_out LOGIN; CREATE ROLE stranger LOGIN; CREATE ROLE no_login")
    yield
    owner.execute("DROP OWNED BY stranger, with_password")
    owner.execute("DROP ROLE with_password, kept_out, stranger, no_login")


def _refusal(url: str, error: type[ChoraError]) -> str:
    with pytest.raises(error) as told:
        PostgresExtract(url)
    assert told.value.__cause__ is None
    return str(told.value)


def test_no_server_is_told_and_may_be_tried_again() -> None:
    said = _refusal("postgresql://reader@127.0.0.1:1/bureau", NoServerError)
    assert "postgresql://127.0.0.1:1/bureau: the connection was refused" in said
    assert issubclass(NoServerError, RetryableError)
    assert "name is not known" in _refusal("postgresql://x@no.invalid/bureau", NoServerError)
    assert "refused" in _refusal("postgresql://x@/bureau?host=/nowhere", NoServerError)


@pytest.mark.parametrize(
    ("role", "remedy"),
    [
        ("nobody_of_that_name", "no such role"),
        (f"with_password:wrong-{SECRET}", "password is missing or wrong"),
        ("with_password", "password is missing or wrong"),
        ("kept_out", r"pg_hba\.conf"),
        ("no_login", "LOGIN"),
    ],
)
def test_a_role_that_is_not_let_in_is_told_why(
    role: str, remedy: str, address_of: Callable[[str], str]
) -> None:
    with pytest.raises(SignInRefusedError, match=remedy) as told:
        PostgresExtract(address_of(role))
    assert SECRET not in str(told.value)
    assert issubclass(SignInRefusedError, UserError)


def test_wrong_database_service_and_tls_are_told(server: str) -> None:
    said = _refusal(f"postgresql://postgres@/nothing_here?host={server}", SignInRefusedError)
    assert "no such database" in said
    said = _refusal("postgresql:///bureau?service=nothing_here", SignInRefusedError)
    assert "PGSERVICEFILE" in said
    said = _refusal("postgresql://x@localhost:1/b?sslmode=perhaps", SignInRefusedError)
    assert "sslmode" in said


def test_a_password_from_a_file_or_the_environment_is_taken(
    address_of: Callable[[str], str],
    owner: psycopg.Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner.execute("CREATE SCHEMA registers")
    url = address_of("with_password")
    passes = tmp_path / "passes"
    passes.write_text(f"*:*:*:with_password:{SECRET}\n")
    passes.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passes))
    _refusal(url, NoPrivilegeError)  # signed in
    monkeypatch.delenv("PGPASSFILE")
    monkeypatch.setenv("PGPASSWORD", SECRET)
    _refusal(url, NoPrivilegeError)


def test_missing_schema_and_empty_schema_are_told_apart(
    url: str, owner: psycopg.Connection
) -> None:
    assert "--schema registers" in _refusal(url, SchemaNotFoundError)
    owner.execute("CREATE SCHEMA registers")
    assert "holds no register table" in _refusal(url, NoTablesError)


def test_missing_privileges_are_told_with_the_grant_that_helps(
    nation: Path, url: str, address_of: Callable[[str], str], owner: psycopg.Connection
) -> None:
    load_extract(FolderExtract(nation), Address.parse(url))
    stranger = address_of("stranger")
    assert 'GRANT USAGE ON SCHEMA "registers" TO "stranger";' in _refusal(
        stranger, NoPrivilegeError
    )
    owner.execute("GRANT USAGE ON SCHEMA registers TO stranger")
    said = _refusal(stranger, NoPrivilegeError)
    assert 'GRANT SELECT ON "registers"."chora_extract" TO "stranger";' in said
    owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA registers TO stranger")
    owner.execute("REVOKE ALL ON registers.incomes FROM stranger")
    with PostgresExtract(stranger) as extract:
        assert read_all(extract.table("debtors")).height > 300
        with pytest.raises(NoPrivilegeError, match=r'GRANT SELECT ON "registers"\."incomes"'):
            extract.table("incomes")


def test_who_may_not_write_cannot_load(
    nation: Path, url: str, address_of: Callable[[str], str], owner: psycopg.Connection
) -> None:
    into = Address.parse(address_of("stranger"))
    with pytest.raises(NoPrivilegeError, match="the role 'stranger' has not the right"):
        load_extract(FolderExtract(nation), into)


def test_a_statement_that_takes_too_long_is_told_with_the_options_that_help(
    url: str, owner: psycopg.Connection
) -> None:
    owner.execute("CREATE SCHEMA registers")
    owner.execute(
        "CREATE VIEW registers.debtors AS"
        " SELECT n::text AS debtor_id, pg_sleep(0.2)::text AS kind FROM generate_series(1, 50) n"
    )
    with PostgresExtract(url, statement_timeout=0.3) as extract:
        with pytest.raises(StatementTimeoutError, match="--statement-timeout") as told:
            read_all(extract.table("debtors"))
        assert "after 0.3 s" in str(told.value)
        assert "--reported-from" in str(told.value)


def test_a_connection_that_breaks_is_told_and_may_be_tried_again(
    nation: Path, url: str, owner: psycopg.Connection
) -> None:
    load_extract(FolderExtract(nation), Address.parse(url))
    with PostgresExtract(url) as extract:
        table = extract.table("incomes")
        assert table is not None
        batches = table.batches(10)
        next(batches)
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'chora' AND query LIKE 'COPY%'"
        )
        with pytest.raises(ConnectionLostError, match="Run the same command again"):
            for _ in batches:
                pass
    assert issubclass(ConnectionLostError, RetryableError)


def test_other_refusals_tell_their_code_and_no_value(url: str, owner: psycopg.Connection) -> None:
    owner.execute("CREATE SCHEMA registers")
    owner.execute(
        "CREATE VIEW registers.debtors AS"
        " SELECT debtor_id::int FROM (VALUES ('PINFL123')) v(debtor_id)"
    )
    with PostgresExtract(url) as extract:
        with pytest.raises(DatabaseRefusedError, match="SQLSTATE 22P02") as told:
            read_all(extract.table("debtors"))
        assert "PINFL123" not in str(told.value)
        assert told.value.__cause__ is None


def test_a_role_that_could_write_is_warned_of_and_still_cannot_by_us(
    nation: Path, url: str
) -> None:
    load_extract(FolderExtract(nation), Address.parse(url))
    with PostgresExtract(url) as extract:
        assert "could change" in extract.warnings[0]
        assert "--reader ROLE" in extract.warnings[0]
    address = Address.parse(url)
    what = "a trial"
    with (
        pytest.raises(ServerReadOnlyError, match="can only be read"),
        address.session(read_only=True, timeout=5, what=what) as session,
    ):
        session.execute("DELETE FROM registers.debtors")


def test_exactly_one_source_and_a_sensible_filter_are_asked_for(tmp_path: Path) -> None:
    for folder, url in ((None, None), (tmp_path, "postgresql://h/b")):
        with pytest.raises(OneSourceError, match="Name one source"), open_source(folder, url):
            pass
    days = ReportedBetween(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(DaysInOrderError, match="Exchange them"), open_source(tmp_path, days=days):
        pass
    with pytest.raises(NoSchemaOfFolderError), open_source(tmp_path, schema="s"):
        pass
    with pytest.raises(AddressError), open_source(url="mysql://h/b"):
        pass


def _chora(*words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "chora.main", *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_never_show_a_password(
    address_of: Callable[[str], str],
    owner: psycopg.Connection,
    database: str,
    tmp_path: Path,
) -> None:
    owner.execute(
        sql.SQL("GRANT CREATE ON DATABASE {} TO with_password").format(sql.Identifier(database))
    )
    url = address_of(f"with_password:{SECRET}")
    write_extract(tmp_path / "extract", example_tables({"payments": [{}]}), "uz")
    out = tmp_path / "tables"
    loaded = _chora("load", str(tmp_path / "extract"), "--into", url)
    validated = _chora("validate", "--source", url, "--out", str(out))
    refused = _chora("validate", "--source", url.replace(SECRET, f"x{SECRET}"), "--out", str(out))
    assert (loaded.returncode, validated.returncode, refused.returncode) == (0, 0, 2)
    assert "PGPASSFILE" in loaded.stderr
    assert "could change" in validated.stderr
    assert refused.stderr.count("\n") == 1
    assert "Traceback" not in refused.stderr
    for shown in (loaded, validated, refused):
        assert SECRET not in shown.stdout + shown.stderr
    for path in out.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path.name
    assert owner.execute(
        "SELECT count(*) FROM registers.chora_extract e WHERE e::text LIKE %s", (f"%{SECRET}%",)
    ).fetchone() == (0,)
