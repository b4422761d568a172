"""A throw-away PostgreSQL server per test process, an empty database per test."""

import itertools
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from nation.invent import invent, write_nation

SCRIPT = Path(__file__).parents[4] / "scripts" / "postgres.sh"
AS_OF = date(2026, 4, 1)
SEED = 41
_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of the socket; the server ends with the tests, also when they are killed."""
    outer = Path(tempfile.mkdtemp(prefix="chora-pg-"))
    outer.chmod(0o755)  # run by root, the server runs as another user, who must get through
    folder = outer / "cluster"
    env = os.environ | {"CHORA_POSTGRES_OPTIONS": "-c fsync=off -c max_connections=50"}
    started = subprocess.run(
        ["sh", SCRIPT, "start", folder, str(os.getpid())],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        if started.returncode == 3:
            pytest.skip(started.stderr.strip())
        assert started.returncode == 0, started.stderr
        _let_in_by_password(folder)
        yield str(folder)
    finally:
        subprocess.run(["sh", SCRIPT, "stop", folder], check=False)
        outer.rmdir()


def _let_in_by_password(folder: Path) -> None:
    """The role with_password needs one, the role kept_out is refused; all others are trusted."""
    rules = folder / "data" / "pg_hba.conf"
    strict = "local all with_password scram-sha-256\nlocal all kept_out reject\n"
    rules.write_text(strict + rules.read_text())
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as c:
        c.execute("SELECT pg_reload_conf()")
        while c.execute("SELECT count(*) FROM pg_hba_file_rules").fetchone() == (0,):
            time.sleep(0.05)


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """The name of an empty database."""
    name = f"t{next(_numbers)}"
    with psycopg.connect(f"postgresql://postgres@/postgres?host={server}", autocommit=True) as c:
        c.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield name
        c.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def address_of(server: str, database: str) -> Callable[[str], str]:
    """The address of the test's database for a role."""
    return lambda role: f"postgresql://{role}@/{database}?host={server}"


@pytest.fixture
def url(address_of: Callable[[str], str]) -> str:
    """The address of the test's database for its owner."""
    return address_of("postgres")


@pytest.fixture
def owner(url: str) -> Iterator[psycopg.Connection]:
    """A session of the owner, to arrange and to look."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registers of an invented nation of 300 debtors, as Parquet."""
    folder = tmp_path_factory.mktemp("nation")
    write_nation(invent(300, SEED, AS_OF), folder)
    return folder
