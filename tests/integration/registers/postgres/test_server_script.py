"""scripts/postgres.sh starts a server that nobody else reaches and leaves nothing behind."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.integration.registers.postgres.conftest import SCRIPT


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="chora-pg-") as name:
        Path(name).chmod(0o755)
        folder = Path(name, "cluster")
        yield folder
        _run("stop", folder)


def _run(*words: "str | Path") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", SCRIPT, *words], capture_output=True, text=True, check=False, timeout=60
    )


def _started(*words: "str | Path") -> str:
    ran = _run("start", *words)
    if ran.returncode == 3:
        pytest.skip(ran.stderr.strip())
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_a_started_server_listens_on_no_port_and_is_gone_after_stop(folder: Path) -> None:
    url = _started(folder)
    with psycopg.connect(url) as connection:
        for setting, value in (("listen_addresses", ""), ("data_checksums", "on")):
            assert connection.execute(f"SHOW {setting}").fetchone() == (value,)
    assert folder.stat().st_mode & 0o077 == 0
    assert _run("stop", folder).returncode == 0
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_server_stops_by_itself_when_its_process_has_ended(folder: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        _started(folder, str(process.pid))
        time.sleep(1.5)
        assert folder.exists()
        process.kill()
    deadline = time.monotonic() + 20
    while folder.exists():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_folder_with_something_in_it_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    started = _run("start", folder)
    if started.returncode == 3:
        pytest.skip(started.stderr.strip())
    assert started.returncode == 2
    assert "not empty" in started.stderr
    _run("stop", folder)
    assert (folder / "letter.txt").read_text() == "mine"
