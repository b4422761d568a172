"""A proof is checked with the public key alone, and fails for anything else."""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import LedgerError, NoLedgerError, NoSuchEntryError, ProofRefusedError
from ledger.layout import load_checkpoint, load_key
from ledger.proving import prove, prove_consistency, verify_consistency, verify_proof
from ledger.signing import Ed25519Signer


@pytest.mark.parametrize("size", [1, 5, 300])
def test_each_entry_is_proven_with_the_key_alone(made: dict[int, Path], size: int) -> None:
    key = load_key(made[size])
    for index in range(0, size, 1 if size < 10 else 23):
        proof = json.loads(json.dumps(prove(made[size], index)))
        assert verify_proof(proof, key).size == size
        assert json.loads(proof["entry"])["index"] == index


@pytest.mark.parametrize("index", [-1, 5])
def test_an_entry_that_is_not_there_is_not_proven(made: dict[int, Path], index: int) -> None:
    with pytest.raises(NoSuchEntryError, match="holds 5 entries"):
        prove(made[5], index)


def test_a_path_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoLedgerError, match="Name the folder"):
        prove(tmp_path / "absent", 0)


def _changes(proof: dict[str, Any]) -> list[dict[str, Any]]:
    note = proof["checkpoint"].replace("\n300\n", "\n299\n")
    return [
        {**proof, "entry": proof["entry"].replace("approved", "rejected")},
        {**proof, "index": proof["index"] + 1},
        {**proof, "size": 299},
        {**proof, "path": proof["path"][:-1]},
        {**proof, "path": [*proof["path"], proof["path"][0]]},
        {**proof, "path": ["00" * 32, *proof["path"][1:]]},
        {**proof, "path": ["zz"]},
        {**proof, "origin": "another"},
        {**proof, "format": 2},
        {**proof, "checkpoint": note},
        {**proof, "size": 299, "checkpoint": note},
        {},
    ]


def test_a_changed_proof_is_refused(made: dict[int, Path]) -> None:
    key, proof = load_key(made[300]), prove(made[300], 271)
    for changed in _changes(proof):
        with pytest.raises(LedgerError):
            verify_proof(changed, key)
    with pytest.raises(LedgerError, match="another key"):
        verify_proof(proof, Ed25519Signer("chora-ledger", bytes(32)).key)


def test_a_later_checkpoint_is_proven_to_continue_an_earlier_one(made: dict[int, Path]) -> None:
    key = load_key(made[300])
    new = load_checkpoint(made[300], key)
    for size in (0, 1, 5):
        old = load_checkpoint(made[size], key)
        path = prove_consistency(made[300], size)
        verify_consistency(old, new, path)
        with pytest.raises(ProofRefusedError, match="does not begin"):
            verify_consistency(old, new, [*path, "00" * 32])
    with pytest.raises(ProofRefusedError, match="not hexadecimal"):
        verify_consistency(old, new, ["zz"])


def test_a_broken_tile_gives_no_proof(large: Path) -> None:
    tile = large / "tile/0/000"
    tile.write_bytes(bytes(len(tile.read_bytes())))
    with pytest.raises(LedgerError):
        prove(large, 3)
