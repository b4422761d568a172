"""A real server whose database refuses: no name, session or reason in log, stderr or answer."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from serving.accounts import NewAccount, add_account
from serving.security.sessions import hash_of
from serving.states import Role
from serving.store.database import database_path
from serving.store.migrate import create_store
from tests.integration.serving.calls import API
from tests.integration.serving.few_cases import LEVY, PASSWORD

ROOT = Path(__file__).parents[3]
CANARY = "qizilishton"
PINFL = "31234567890123"
NAME = f"{CANARY}-officer"
REASON = f"{CANARY} {PINFL} toʻlovni oʻzi boshladi"
REFUSED_TABLES = ("proposals", "transitions", "ledger_entries", "idempotency_keys", "sessions")


@dataclass
class Server:
    """A uvicorn process with everything it ever said in one file."""

    store: Path
    log: Path
    url: str

    def said(self) -> str:
        return self.log.read_text(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    store, log, port = tmp_path / "store", tmp_path / "log", free_port()
    opened = create_store(store)
    add_account(opened, NewAccount(NAME, PASSWORD, Role.OFFICER, f"{CANARY} the officer"))
    opened.close()
    url = f"http://127.0.0.1:{port}"
    module = ["-m", "uvicorn", "--factory", "tests.functional.serving.app_to_kill:build"]
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, *module, "--port", str(port), "--log-level", "debug"],
            cwd=ROOT,
            env={**os.environ, "CHORA_TEST_STORE": str(store)},
            stdout=said,
            stderr=said,
        )
        try:
            wait_for(url)
            yield Server(store, log, url)
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise AssertionError("The service did not start.")


@contextmanager
def refusing(store: Path, table: str) -> Iterator[None]:
    """A trigger that refuses every new row, as a damaged or foreign database would."""
    made = (
        f"CREATE TRIGGER refusing BEFORE INSERT ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'refused'); END"
    )
    with closing(sqlite3.connect(database_path(store))) as connection:
        connection.execute(made)
        connection.commit()
        yield
        connection.execute("DROP TRIGGER refusing")
        connection.commit()


def test_a_refusing_database_puts_no_value_into_log_or_answer(server: Server) -> None:
    entry = {"username": NAME, "password": PASSWORD}
    page = {"Accept": "text/html", "Accept-Language": "en"}
    with httpx2.Client(base_url=server.url, timeout=60, headers={"Origin": server.url}) as client:
        assert client.post(f"{API}/session", json=entry).status_code == 201
        token = client.cookies["chora"]
        case = client.post(f"{API}/cases/k001/recommendations").json()["id"]
        refused = []
        for table in REFUSED_TABLES:
            with refusing(server.store, table):
                if table == "sessions":
                    answer = client.post("/sign-in", data=entry, headers=page)
                else:
                    answer = client.post(
                        f"{API}/recommendations/{case}/proposals",
                        json={"measure": LEVY, "reason": REASON},
                        headers={"Idempotency-Key": f"{CANARY}-{PINFL}"},
                    )
            assert answer.status_code == 500, table
            refused.append(answer)
    said = server.said()
    assert said.count("unforeseen_error IntegrityError") == len(REFUSED_TABLES)
    assert " serving/" in said, "The operator is told the place."
    for secret in (CANARY, PINFL, token, hash_of(token), "toʻlovni", PASSWORD):
        assert secret not in said
        assert not [answer.text for answer in refused if secret in answer.text]


def test_every_engine_hides_its_parameters() -> None:
    found = []
    rooms = [room for room in ROOT.iterdir() if room.is_dir() and room.name[0] != "."]
    for path in sorted(path for room in rooms for path in room.rglob("*.py")):
        if {"tests", "node_modules"} & set(path.relative_to(ROOT).parts):
            continue
        text = path.read_text(encoding="utf-8")
        found += [(path.name, call) for call in text.split("create_engine(")[1:]]
    assert found
    assert [name for name, call in found if "hide_parameters=True" not in call[:250]] == []
