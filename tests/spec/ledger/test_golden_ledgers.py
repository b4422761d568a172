"""Ledgers of every past format verify for ever; broken ones are refused with the right sentence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.layout import load_key
from ledger.proving import prove, verify_proof
from ledger.tiles import pack_entries, split_entries
from ledger.verification import verify

GOLDEN = Path(__file__).parents[2] / "golden" / "ledger"
HELP = "Do not append; see docs/how-to/broken-ledger.md."
BUNDLE = "tile/entries/000.p/7"


def test_the_golden_ledger_of_format_1_verifies() -> None:
    found = verify(GOLDEN / "format-1")
    assert found.sentence == (
        "The ledger is unchanged: 7 entries, signed by golden.example/chora, root 72ab871c69bda3c3."
    )
    assert found.checkpoint is not None
    assert (
        found.checkpoint.root.hex()
        == "72ab871c69bda3c342290551196ecc8a796f96f39ec046cbcefe98fba5b90dae"
    )


@pytest.mark.parametrize("index", range(7))
def test_each_golden_entry_is_proven(index: int) -> None:
    folder = GOLDEN / "format-1"
    assert verify_proof(prove(folder, index), load_key(folder)).size == 7


def _entries(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        file = folder / BUNDLE
        file.write_bytes(pack_entries(change(split_entries(file.read_bytes()))))

    return apply


def _replace(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        data = (folder / name).read_bytes()
        assert old in data
        (folder / name).write_bytes(data.replace(old, new, 1))

    return apply


def _remove(name: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / name).unlink()

    return apply


BREAKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "reordered": (
        _entries(lambda e: [*e[:2], e[3], e[2], *e[4:]]),
        f"Entry 2 does not follow entry 1. Entries 0 to 1 are intact. {HELP}",
    ),
    "removed": (
        _entries(lambda e: e[:4] + e[5:]),
        f"Entry 4 does not follow entry 3. Entries 0 to 3 are intact. {HELP}",
    ),
    "first removed": (
        _entries(lambda e: e[1:]),
        "Entry 0 does not follow the beginning. "
        f"No entry can be shown to be intact from these files alone. {HELP}",
    ),
    "last removed": (
        _entries(lambda e: e[:-1]),
        f"The file {BUNDLE} does not hold 7 whole entries. Entries 0 to 5 are intact. {HELP}",
    ),
    "repeated": (
        _entries(lambda e: [*e[:3], e[2], *e[3:6]]),
        f"Entry 3 does not follow entry 2. Entries 0 to 2 are intact. {HELP}",
    ),
    "changed": (
        _entries(lambda e: [*e[:5], e[5].replace(b"approve", b"reject!"), e[6]]),
        f"Entry 5 is not the entry that was signed. Entries 0 to 4 are intact. {HELP}",
    ),
    "made uncanonical": (
        _entries(lambda e: [e[0], e[1] + b" ", *e[2:]]),
        f"Entry 1 is not canonical JSON. Entry 0 is intact. {HELP}",
    ),
    "hash changed": (
        _replace("tile/0/000.p/7", b"", b"\x00"),
        "The file tile/0/000.p/7 does not hold what the entries give. "
        f"Entries 0 to 6 are intact. {HELP}",
    ),
    "size changed": (
        _replace("checkpoint", b"\n7\n", b"\n6\n"),
        "The signature by golden.example/chora does not belong to this checkpoint. "
        f"Nothing in this ledger can be relied on as it stands. {HELP}",
    ),
    "checkpoint removed": (
        _remove("checkpoint"),
        "The file checkpoint is missing. "
        f"Nothing in this ledger can be relied on as it stands. {HELP}",
    ),
    "bundle removed": (
        _remove(BUNDLE),
        f"The file {BUNDLE} is missing. "
        f"No entry can be shown to be intact from these files alone. {HELP}",
    ),
    "text for the auditor changed": (
        _replace("README", b"30 means broken", b"30 means fine.."),
        "The file README is not the text that this format of ledger carries. "
        f"Entries 0 to 6 are intact. {HELP}",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_golden_ledger_is_refused_with_its_sentence(name: str, tmp_path: Path) -> None:
    change, sentence = BREAKS[name]
    folder = Path(shutil.copytree(GOLDEN / "format-1", tmp_path / "ledger"))
    change(folder)
    found = verify(folder)
    assert found.exit_code == 30
    assert found.sentence == sentence
