"""Publishing: step by step or at once, interrupted or repeated, the files are the same."""

import shutil
from pathlib import Path

import pytest

from ledger.appending import append_entry
from ledger.comparing import verify_database
from ledger.errors import (
    EntryRefusedError,
    OtherKeyError,
    StoreBehindError,
    StoreContradictsError,
)
from ledger.file_store import FileEntryStore
from ledger.layout import PENDING
from ledger.publishing import publish
from ledger.signing import Ed25519Signer
from ledger.storage import EntryStore
from ledger.verification import verify


def _content(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _fill(store: EntryStore, n_entries: int) -> None:
    while store.count() < n_entries:
        append_entry(store, {"action": "approved", "decision": f"d-{store.count()}"})


def test_published_step_by_step_or_at_once_the_files_are_equal(
    tmp_path: Path, signer: Ed25519Signer, store: EntryStore
) -> None:
    sizes = [0, 1, 2, 7, 255, 256, 257, 300, 511, 512, 513, 800]
    for size in sizes:
        _fill(store, size)
        assert publish(tmp_path / "steps", store, signer).size == size
        assert verify(tmp_path / "steps").ok, size
    publish(tmp_path / "once", store, signer)
    assert _content(tmp_path / "steps") == _content(tmp_path / "once")


def test_publishing_twice_changes_nothing(
    small: Path, signer: Ed25519Signer, store: EntryStore
) -> None:
    _fill(store, 5)
    before = _content(small)
    times = {file: file.stat().st_mtime_ns for file in small.rglob("*")}
    publish(small, store, signer)
    assert _content(small) == before
    assert {file: file.stat().st_mtime_ns for file in small.rglob("*")} == times


@pytest.mark.parametrize(("old", "new"), [(0, 5), (5, 7), (250, 300), (256, 257), (255, 600)])
def test_stopped_after_any_write_it_verifies_and_catches_up(
    tmp_path: Path,
    signer: Ed25519Signer,
    store: EntryStore,
    monkeypatch: pytest.MonkeyPatch,
    old: int,
    new: int,
) -> None:
    class StoppedError(Exception):
        pass

    _fill(store, old)
    begun = tmp_path / "begun"
    publish(begun, store, signer)
    _fill(store, new)
    real_replace, real_unlink = Path.replace, Path.unlink
    n_steps = 0
    while True:
        left = [n_steps]

        def count(left: list[int] = left) -> None:
            if not left[0]:
                raise StoppedError
            left[0] -= 1

        def replace(self: Path, target: Path) -> Path:
            count()
            return real_replace(self, target)

        def unlink(self: Path, missing_ok: bool = False) -> None:
            count()
            real_unlink(self, missing_ok)

        folder = Path(shutil.copytree(begun, tmp_path / f"stopped-{n_steps}"))
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            patch.setattr(Path, "unlink", unlink)
            try:
                publish(folder, store, signer)
                break
            except StoppedError:
                pass
        found = verify(folder)
        assert found.ok, (n_steps, found.sentence)
        assert found.checkpoint is not None
        assert found.checkpoint.size in (old, new)
        assert verify_database(store, folder).ok
        assert publish(folder, store, signer).size == new
        found = verify(folder)
        assert (found.ok, found.note) == (True, None), n_steps
        n_steps += 1
    assert n_steps >= 4


def test_an_interrupted_publication_is_mentioned(
    small: Path, signer: Ed25519Signer, store: EntryStore, tmp_path: Path
) -> None:
    _fill(store, 8)
    later = tmp_path / "later"
    publish(later, store, signer)
    shutil.copy(later / "checkpoint", small / PENDING)
    found = verify(small)
    assert found.ok
    assert found.note == (
        "The publication of entries 5 to 7 was interrupted. Start the service: it finishes it."
    )
    (small / PENDING).write_bytes(b"anything")
    assert not verify(small).ok


def test_a_store_that_lost_entries_is_refused(
    small: Path, signer: Ed25519Signer, store: EntryStore
) -> None:
    _fill(store, 4)
    with pytest.raises(StoreBehindError, match="holds 4 entries but 5 were signed"):
        publish(small, store, signer)
    assert verify(small).ok


def test_a_store_with_another_history_is_refused(
    large: Path, signer: Ed25519Signer, store: EntryStore
) -> None:
    while store.count() < 310:
        name = "e" if store.count() >= 280 else "d"
        append_entry(store, {"action": "approved", "decision": f"{name}-{store.count()}"})
    before = _content(large)
    with pytest.raises(StoreContradictsError, match="Entry 280 in the store"):
        publish(large, store, signer)
    assert _content(large) == before


def test_what_an_interrupted_publication_signed_is_not_signed_otherwise(
    small: Path, signer: Ed25519Signer, store: EntryStore, tmp_path: Path
) -> None:
    _fill(store, 5)
    append_entry(store, {"action": "approved"})
    publish(tmp_path / "later", store, signer)
    shutil.copy(tmp_path / "later" / "checkpoint", small / PENDING)
    other = FileEntryStore(tmp_path / "entries")
    _fill(other, 5)
    with pytest.raises(StoreBehindError):
        publish(small, other, signer)
    append_entry(other, {"action": "rejected"})
    with pytest.raises(StoreContradictsError):
        publish(small, other, signer)


def test_a_new_row_that_does_not_follow_is_not_signed(
    small: Path, signer: Ed25519Signer, store: EntryStore
) -> None:
    _fill(store, 5)
    store.append(store.entries(4, 5)[0])
    with pytest.raises(EntryRefusedError, match="Entry 5 does not follow entry 4"):
        publish(small, store, signer)
    assert verify(small).ok


def test_a_ledger_keeps_its_key(small: Path, store: EntryStore) -> None:
    _fill(store, 5)
    with pytest.raises(OtherKeyError, match="Restore its key"):
        publish(small, store, Ed25519Signer("chora-ledger", bytes(32)))


def test_rows_changed_behind_the_ledger_are_found(
    large: Path, signer: Ed25519Signer, tmp_path: Path
) -> None:
    store = FileEntryStore(tmp_path / "entries")
    _fill(store, 302)
    found = verify_database(store, large)
    assert (found.ok, found.note) == (True, "2 entries are not published yet.")
    rows = list(store.entries(0, 302))

    class Changed:
        def __init__(self, rows: list[bytes], n_rows: int) -> None:
            self.rows, self.n_rows = rows, n_rows

        def count(self) -> int:
            return self.n_rows

        def append(self, entry: bytes) -> int:
            raise AssertionError(entry)

        def entries(self, start: int, stop: int) -> list[bytes]:
            return self.rows[start:stop]

    for index in (0, 255, 256, 299):
        changed = [*rows[:index], rows[index].replace(b"approved", b"rejected"), *rows[index + 1 :]]
        found = verify_database(Changed(changed, 302), large)
        assert found.sentence.startswith(f"Entry {index} in the store is not the entry that was")
        assert found.exit_code == 30
    found = verify_database(Changed([*rows[:300], rows[301], rows[300]], 302), large)
    assert found.sentence.startswith("In the store: Entry 300 does not follow entry 299.")
    assert not verify_database(Changed(rows[:290], 290), large).ok
    assert not verify_database(Changed(rows[:290], 302), large).ok
    (large / "tile/0/000").unlink()
    assert not verify_database(store, large).ok


def test_a_file_store_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "entries"
    store = FileEntryStore(path)
    _fill(store, 3)
    rows = list(store.entries(0, 3))
    with path.open("ab") as file:
        file.write(b"\x00\x50torn")
    again = FileEntryStore(path)
    assert list(again.entries(0, 9)) == rows
    _fill(again, 4)
    assert FileEntryStore(path).count() == 4
