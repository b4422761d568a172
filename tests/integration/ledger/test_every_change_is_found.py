"""Whatever is changed in a published ledger, `verify` finds it and says where."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.hashing import leaf_hash
from ledger.tiles import Tile, pack_entries, unpack_entries
from ledger.verification import verify

HELP = "Do not append; see docs/how-to/broken-ledger.md."
ENTRIES = "tile/entries/000.p/5"
TILE = "tile/0/000.p/5"


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("size", [0, 1, 5, 300])
def test_an_unchanged_ledger_verifies(made: dict[int, Path], size: int) -> None:
    found = verify(made[size])
    assert found.ok
    assert found.exit_code == 0
    assert found.note is None
    assert found.sentence.startswith(f"The ledger is unchanged: {size} entries,")
    assert [step.number for step in found.steps] == [1, 2, 3, 4, 5]


def test_every_flipped_bit_of_every_file_is_found(small: Path) -> None:
    n_flips = 0
    for file in _files(small):
        original = file.read_bytes()
        for position in range(len(original)):
            data = bytearray(original)
            data[position] ^= 1 << (position % 8)
            file.write_bytes(data)
            found = verify(small)
            assert not found.ok, f"{file.name}: byte {position}"
            assert found.exit_code == 30
            assert HELP in found.sentence
            n_flips += 1
        file.write_bytes(original)
    assert n_flips > 1_500
    assert verify(small).ok


def test_flipped_bits_in_a_larger_ledger_are_found(large: Path) -> None:
    for file in _files(large):
        original = file.read_bytes()
        for position in range(0, len(original), max(1, len(original) // 7)):
            data = bytearray(original)
            data[position] ^= 0x20
            file.write_bytes(data)
            assert not verify(large).ok, f"{file}: byte {position}"
        file.write_bytes(original)
    assert verify(large).ok


def test_every_removed_file_is_found(large: Path) -> None:
    for file in _files(large):
        original = file.read_bytes()
        file.unlink()
        found = verify(large)
        assert not found.ok, file
        assert file.name in found.sentence
        file.write_bytes(original)


def test_every_truncated_or_extended_file_is_found(large: Path) -> None:
    for file in _files(large):
        original = file.read_bytes()
        for data in (b"", original[:-1], original + b"\n", original + original):
            file.write_bytes(data)
            assert not verify(large).ok, file
        file.write_bytes(original)


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "tile/0/001.p/1",
        "tile/0/000.p/6",
        "tile/entries/000.p/6",
        "tile/1/000.p/1",
        "tile/0/extra",
        "tile/0/000",
        "tile/checkpoint",
        ".hidden",
    ],
)
def test_every_extra_file_is_found(small: Path, name: str) -> None:
    file = small / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\x00" * 32)
    found = verify(small)
    assert found.sentence == (
        f"The file {name} does not belong to the signed ledger. Entries 0 to 4 are intact. {HELP}"
    )


def test_a_link_in_place_of_a_file_is_found(small: Path, tmp_path: Path) -> None:
    (small / TILE).rename(tmp_path / "tile")
    (small / TILE).symlink_to(tmp_path / "tile")
    assert not verify(small).ok


def _change_entries(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    file = folder / ENTRIES
    file.write_bytes(pack_entries(change(unpack_entries(file.read_bytes(), Tile(-1, 0, 5)))))


def _swap(entries: list[bytes]) -> list[bytes]:
    return [*entries[:2], entries[3], entries[2], entries[4]]


def test_reordered_entries_are_found_and_named(small: Path) -> None:
    _change_entries(small, _swap)
    assert verify(small).sentence == (
        f"Entry 2 does not follow entry 1. Entries 0 to 1 are intact. {HELP}"
    )


def test_a_removed_entry_is_found_and_named(small: Path) -> None:
    _change_entries(small, lambda entries: entries[:3] + entries[4:])
    found = verify(small)
    assert found.sentence == f"Entry 3 does not follow entry 2. Entries 0 to 2 are intact. {HELP}"
    assert found.n_intact == 3


def test_a_changed_entry_is_found_and_named(small: Path) -> None:
    _change_entries(small, lambda e: [*e[:4], e[4].replace(b"approved", b"rejected")])
    assert verify(small).sentence == (
        f"Entry 4 is not the entry that was signed. Entries 0 to 3 are intact. {HELP}"
    )


def test_an_entry_appended_without_a_signature_is_found(small: Path) -> None:
    entries = unpack_entries((small / ENTRIES).read_bytes(), Tile(-1, 0, 5))
    forged = [*entries, entries[4].replace(b'"index":4', b'"index":5')]
    for path, data in (
        ("tile/entries/000.p/6", pack_entries(forged)),
        ("tile/0/000.p/6", b"".join(leaf_hash(entry) for entry in forged)),
    ):
        (small / path).write_bytes(data)
    found = verify(small)
    assert not found.ok
    assert found.n_intact == 5


def test_an_entry_forged_together_with_its_tile_is_found(small: Path) -> None:
    _change_entries(small, lambda e: [*e[:4], e[4].replace(b"approved", b"rejected")])
    entries = unpack_entries((small / ENTRIES).read_bytes(), Tile(-1, 0, 5))
    (small / TILE).write_bytes(b"".join(leaf_hash(entry) for entry in entries))
    found = verify(small)
    assert found.steps[3].problem == "The tree of the entries is not the one that was signed."
    assert found.n_intact == 0
    assert "No entry can be shown to be intact" in found.sentence


def test_a_broken_tile_leaves_the_entries_intact(small: Path) -> None:
    (small / TILE).write_bytes(bytes(160))
    assert verify(small).sentence == (
        f"The file {TILE} does not hold what the entries give. Entries 0 to 4 are intact. {HELP}"
    )


def test_a_key_exchanged_together_with_the_signature_is_found_with_your_own_copy(
    made: dict[int, Path], small: Path
) -> None:
    from ledger.layout import load_checkpoint, load_key
    from ledger.signing import Ed25519Signer, sign_checkpoint

    thief = Ed25519Signer("chora-ledger", bytes(32))
    checkpoint = load_checkpoint(small, load_key(small))
    (small / "checkpoint").write_bytes(sign_checkpoint(checkpoint, thief))
    (small / "key.pub").write_text(f"{thief.key.text()}\n")
    assert verify(small).ok, "the files alone cannot show it"
    found = verify(small, trusted_key=load_key(made[5]))
    assert "is not the key that you hold" in found.sentence
    assert found.exit_code == 30


def test_a_ledger_rolled_back_is_found_with_a_checkpoint_that_you_kept(
    made: dict[int, Path], tmp_path: Path
) -> None:
    kept = (made[300] / "checkpoint").read_bytes()
    found = verify(made[5], earlier=kept)
    assert "is older than the one that you kept (size 300)" in found.sentence
    assert verify(made[300], earlier=(made[5] / "checkpoint").read_bytes()).ok
    assert verify(made[300], earlier=(made[0] / "checkpoint").read_bytes()).ok


def test_the_ledger_of_a_store_is_found_inside_it(small: Path, tmp_path: Path) -> None:
    assert verify(tmp_path).ok
    shutil.rmtree(small)
    (tmp_path / "ledger").mkdir()
    found = verify(tmp_path)
    assert found.exit_code == 30
    assert "key.pub is missing" in found.sentence
