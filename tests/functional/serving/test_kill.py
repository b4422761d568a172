"""kill -9 during two hundred decisions: what was acknowledged is there, and the ledger verifies.

1. A real uvicorn process serves a store; two hundred proposals are made.
2. Four clients decide on them; after a drawn number of answers the process gets SIGKILL.
3. From the files alone: the ledger verifies, and each acknowledged decision is in it.
4. The process starts again; each acknowledged decision is answered as before; go on at 2.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Lock

import httpx2
import pytest

from ledger.tiles import TileReader
from ledger.verification import verify
from serving.store.migrate import open_store
from tests.functional.serving.app_to_kill import N_CASES, add_people
from tests.integration.serving.calls import API, REASON
from tests.integration.serving.few_cases import LEVY, PASSWORD

ROOT = Path(__file__).parents[3]
N_KILLS = 6
SEED = 20261122


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One uvicorn process on one store, started and killed at will."""

    def __init__(self, store: Path, port: int) -> None:
        self.store, self.port = store, port
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = ["-m", "uvicorn", "--factory", "tests.functional.serving.app_to_kill:build"]
        options = ["--port", str(self.port), "--log-level", "error"]
        self.process = subprocess.Popen(
            [sys.executable, *command, *options],
            cwd=ROOT,
            env={**os.environ, "CHORA_TEST_STORE": str(self.store)},
        )
        for _ in range(600):
            try:
                if httpx2.get(f"{self.url}/readyz").status_code == 200:
                    return
            except httpx2.HTTPError:
                time.sleep(0.1)
        raise AssertionError("The service did not start.")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def client(self, username: str) -> httpx2.Client:
        client = httpx2.Client(base_url=self.url, timeout=60, headers={"Origin": self.url})
        body = {"username": username, "password": PASSWORD}
        assert client.post(f"{API}/session", json=body).status_code == 201
        return client


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    add_people(tmp_path / "store")
    server = Server(tmp_path / "store", free_port())
    server.start()
    yield server
    server.kill()


def make_proposals(server: Server) -> list[str]:
    proposals = []
    with closing(server.client("olim")) as officer:
        for number in range(N_CASES):
            case = officer.post(f"{API}/cases/k{number:03d}/recommendations").json()
            path = f"{API}/recommendations/{case['id']}/proposals"
            proposals.append(officer.post(path, json={"measure": LEVY}).json()["id"])
    return proposals


def decide_until_killed(
    server: Server, proposals: list[str], n_answers: int, known: dict[str, str]
) -> None:
    """Decide on proposals with four clients; SIGKILL once `n_answers` more were acknowledged."""
    lock, dead, wanted = Lock(), Event(), len(known) + n_answers

    def decide(pair: tuple[httpx2.Client, str]) -> None:
        client, proposal = pair
        body = {"decision": "approve", "ground": "lawful_and_proportionate", "reason": REASON}
        if dead.is_set():
            return
        try:
            answer = client.post(
                f"{API}/proposals/{proposal}/decision",
                json=body,
                headers={"Idempotency-Key": proposal},
            )
        except httpx2.HTTPError:
            return
        assert answer.status_code == 201, answer.text
        with lock:
            known[proposal] = answer.text
            if len(known) >= wanted and not dead.is_set():
                dead.set()
                server.kill()

    clients = [server.client("rano") for _ in range(4)]
    open_ones = [proposal for proposal in proposals if proposal not in known]
    pairs = [(clients[index % 4], proposal) for index, proposal in enumerate(open_ones)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(decide, pairs))
    for client in clients:
        client.close()


def check_files(store: Path, known: dict[str, str]) -> None:
    """From the files alone, while nothing runs."""
    found = verify(store)
    assert found.ok, found.sentence
    assert found.checkpoint is not None
    tiles = TileReader(store / "ledger", found.checkpoint.size)
    for text in known.values():
        decision = json.loads(text)
        entry = json.loads(tiles.entry(decision["ledger_index"]))
        assert entry["body"]["decision_id"] == decision["id"]


def check_answers(server: Server, known: dict[str, str]) -> None:
    """The restarted service tells every acknowledged decision as before."""
    with closing(server.client("rano")) as client:
        for text in known.values():
            told = client.get(f"{API}/decisions/{json.loads(text)['id']}")
            assert told.json() == json.loads(text)


@pytest.mark.long
def test_acknowledged_decisions_survive_kill_9_and_the_ledger_verifies(server: Server) -> None:
    proposals = make_proposals(server)
    draw = random.Random(SEED)  # noqa: S311 - any moment will do
    known: dict[str, str] = {}
    for _ in range(N_KILLS):
        decide_until_killed(server, proposals, draw.randint(5, 45), known)
        server.kill()
        check_files(server.store, known)
        server.start()
        check_answers(server, known)
    decide_until_killed(server, proposals, N_CASES, known)
    assert len(known) == N_CASES
    check_files(server.store, known)
    check_answers(server, known)
    server.kill()
    check_database(server.store)


def check_database(store: Path) -> None:
    """Every decision has its transition and entry, and there are no others."""
    opened = open_store(store)
    with opened.engine.connect() as connection:
        counts = {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608
            for table in ("decisions", "transitions", "ledger_entries")
        }
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    opened.close()
    assert counts == {
        "decisions": N_CASES,
        "transitions": 3 * N_CASES,
        "ledger_entries": 3 * N_CASES,
    }
