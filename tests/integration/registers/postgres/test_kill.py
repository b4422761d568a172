"""A load that is killed with -9 in the middle and run again gives the same rows.

The command that a person types is started, and its whole process group is killed: between batches,
after the rows of a batch were sent and before they were committed, while an index is made, and
while the tables are about to take their names.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from registers.errors import ChoraError
from registers.sources.errors import UnfinishedLoadError
from registers.sources.files import FolderExtract
from registers.sources.postgres import Address, PostgresExtract, load_extract
from tests.integration.registers.postgres.frames import assert_same_extract

ROOT = Path(__file__).parents[4]
BATCH_ROWS = 250


def _command(extract: Path, url: str) -> list[str]:
    words = ["-m", "chora.main", "load", str(extract), "--into", url]
    return [sys.executable, *words, "--batch-rows", str(BATCH_ROWS)]


@contextmanager
def _started(command: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """The real command in a process group of its own, which is killed at the end of the block."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def _until(is_so: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert process.poll() is None, "the load was over before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.002)


def _n_batches(owner: psycopg.Connection) -> int:
    if owner.execute("SELECT to_regclass('registers.chora_batch')").fetchone() == (None,):
        return 0
    found = owner.execute("SELECT count(*) FROM registers.chora_batch").fetchone()
    return int(found[0]) if found else 0


def _is_waiting(owner: psycopg.Connection) -> bool:
    found = owner.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE application_name = 'chora' AND wait_event_type = 'Lock'"
    ).fetchone()
    return found == (1,)


@pytest.fixture
def n_batches(nation: Path) -> int:
    """How many batches the whole load has."""
    extract, total = FolderExtract(nation), 0
    for file in sorted((nation / "registers").glob("*.parquet")):
        table = extract.table(file.stem)
        assert table is not None
        total += sum(1 for _ in table.batches(BATCH_ROWS))
    return total


def _assert_journal_and_rows_agree(owner: psycopg.Connection) -> None:
    """No batch is in without its line in the journal, none stands there without its rows."""
    rows = owner.execute(
        "SELECT table_name, sum(n_rows)::bigint FROM registers.chora_batch GROUP BY 1"
    ).fetchall()
    assert rows
    for name, n_rows in rows:
        table = sql.Identifier("registers", f"chora_loading_{name}")
        found = owner.execute(
            sql.SQL("SELECT count(*), count(DISTINCT chora_row), max(chora_row) FROM {}").format(
                table
            )
        ).fetchone()
        assert found == (n_rows, n_rows, n_rows - 1), name


def _assert_same_as_undisturbed(nation: Path, url: str, owner: psycopg.Connection) -> None:
    """Row for row, row number included, as in a schema whose load was not killed."""
    load_extract(FolderExtract(nation), Address.parse(url, "undisturbed"))
    for file in sorted((nation / "registers").glob("*.parquet")):
        for one, other in (("registers", "undisturbed"), ("undisturbed", "registers")):
            query = sql.SQL("SELECT count(*) FROM (TABLE {} EXCEPT ALL TABLE {}) AS d").format(
                sql.Identifier(one, file.stem), sql.Identifier(other, file.stem)
            )
            assert owner.execute(query).fetchone() == (0,), file.stem
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, FolderExtract(nation))


def _assert_goes_on(nation: Path, url: str, owner: psycopg.Connection) -> None:
    """Nothing is visible; the same command finishes, and a third one finds nothing to do."""
    with pytest.raises(ChoraError) as told:
        PostgresExtract(url).close()
    assert isinstance(told.value, UnfinishedLoadError)
    _assert_journal_and_rows_agree(owner)
    before = _n_batches(owner)
    again = _run(_command(nation, url))
    assert again.returncode == 0, again.stderr
    assert _n_batches(owner) >= before
    _assert_same_as_undisturbed(nation, url, owner)
    third = _run(_command(nation, url))
    assert third.returncode == 0
    assert "nothing was changed" in third.stdout


LONG = pytest.mark.long


@LONG
@pytest.mark.parametrize("share", [0.02, 0.4, 0.9])
def test_killed_after_some_batches(
    share: float, nation: Path, url: str, owner: psycopg.Connection, n_batches: int
) -> None:
    some = max(1, int(share * n_batches))
    with _started(_command(nation, url)) as process:
        _until(lambda: _n_batches(owner) >= some, process)
    assert some <= _n_batches(owner) < n_batches
    _assert_goes_on(nation, url, owner)


def test_killed_between_the_rows_of_a_batch_and_its_commit(
    nation: Path, url: str, owner: psycopg.Connection, n_batches: int
) -> None:
    with _started(_command(nation, url)) as process:
        _until(lambda: _n_batches(owner) >= n_batches // 3, process)
        with owner.transaction():
            # The rows of the next batch are sent; its line in the journal has to wait for us.
            owner.execute("LOCK TABLE registers.chora_batch IN SHARE MODE")
            _until(lambda: _is_waiting(owner), process)
            n_before = _n_batches(owner)
            _kill(process)
    assert _n_batches(owner) == n_before < n_batches
    _assert_goes_on(nation, url, owner)


@LONG
def test_killed_while_the_tables_take_their_names(
    nation: Path, url: str, owner: psycopg.Connection, n_batches: int
) -> None:
    with _started(_command(nation, url)) as process:
        _until(lambda: _n_batches(owner) >= n_batches // 2, process)
        with owner.transaction():
            owner.execute("LOCK TABLE registers.chora_extract IN SHARE MODE")
            # Every batch is in, and the swap waits for us.
            _until(lambda: _n_batches(owner) == n_batches and _is_waiting(owner), process)
            _kill(process)
    _assert_goes_on(nation, url, owner)


@LONG
def test_killed_while_another_extract_takes_the_place(
    nation: Path, url: str, owner: psycopg.Connection, tmp_path: Path
) -> None:
    """The former extract stays whole and readable until the new one is complete."""
    (tmp_path / "debtors.csv").write_text("debtor_id\nD1\n")
    former = FolderExtract(tmp_path)
    load_extract(former, Address.parse(url))
    command = [*_command(nation, url), "--replace"]
    with _started(command) as process:
        _until(lambda: _n_batches(owner) >= 20, process)
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, former)
    again = _run(command)
    assert again.returncode == 0, again.stderr
    assert "in the place of" in again.stdout
    _assert_same_as_undisturbed(nation, url, owner)
