"""Small ledgers with a fixed key, made once and copied for each test."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from ledger.appending import append_entry
from ledger.publishing import publish
from ledger.signing import Ed25519Signer

SEED = bytes(range(32))


class MemoryEntryStore:
    """Entries in a list, as a test needs them."""

    def __init__(self, rows: Sequence[bytes] = ()) -> None:
        self.rows = list(rows)

    def count(self) -> int:
        return len(self.rows)

    def append(self, entry: bytes) -> int:
        self.rows.append(entry)
        return len(self.rows) - 1

    def entries(self, start: int, stop: int) -> Sequence[bytes]:
        return self.rows[start:stop]


def fill(store: MemoryEntryStore, n_entries: int) -> MemoryEntryStore:
    """Append entries until there are `n_entries`."""
    while store.count() < n_entries:
        append_entry(store, {"action": "approved", "decision": f"d-{store.count()}"})
    return store


@pytest.fixture
def store() -> MemoryEntryStore:
    return MemoryEntryStore()


@pytest.fixture
def signer() -> Ed25519Signer:
    return Ed25519Signer("chora-ledger", SEED)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folders = {}
    for size in (0, 1, 5, 300):
        folder = tmp_path_factory.mktemp(f"ledger-{size}") / "ledger"
        publish(folder, fill(MemoryEntryStore(), size), Ed25519Signer("chora-ledger", SEED))
        folders[size] = folder
    return folders


@pytest.fixture
def small(made: dict[int, Path], tmp_path: Path) -> Path:
    """Five entries, in one partial tile."""
    return Path(shutil.copytree(made[5], tmp_path / "ledger"))


@pytest.fixture
def large(made: dict[int, Path], tmp_path: Path) -> Path:
    """Three hundred entries: a full tile, a partial one and one of the level above."""
    return Path(shutil.copytree(made[300], tmp_path / "ledger"))
