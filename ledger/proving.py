"""Proofs that an entry is in the signed ledger, and that one checkpoint continues another.

A proof of inclusion is a JSON object: {"format", "origin", "index", "size", "entry", "path",
"checkpoint"}; `entry` is the canonical text, `path` the audit path in hexadecimal, `checkpoint` the
signed note. With the ledger's public key it can be checked by anybody, without the ledger.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ledger.canonical import read_entry
from ledger.errors import NoSuchEntryError, ProofRefusedError
from ledger.hashing import (
    consistency_path,
    inclusion_path,
    is_consistent,
    leaf_hash,
    root_from_inclusion,
)
from ledger.layout import CHECKPOINT, find_ledger, load_key, locked
from ledger.notes import Checkpoint, VerifierKey, open_checkpoint
from ledger.tiles import TileReader, read_file

PROOF_FORMAT = 1


def prove(path: Path, index: int) -> dict[str, Any]:
    """Give the proof that entry `index` is in the ledger, from its tiles.

    Raises:
        NoSuchEntryError: the signed ledger is not that long.
        ProofRefusedError, BrokenFileError, BadNoteError, BadSignatureError: the ledger is broken.
    """
    folder = find_ledger(path)
    with locked(folder, for_writing=False):
        return _prove(folder, index)


def _prove(folder: Path, index: int) -> dict[str, Any]:
    key, note = load_key(folder), read_file(folder, CHECKPOINT)
    checkpoint = open_checkpoint(note, key)
    if not 0 <= index < checkpoint.size:
        raise NoSuchEntryError(index, checkpoint.size)
    tiles = TileReader(folder, checkpoint.size)
    proof = {
        "format": PROOF_FORMAT,
        "origin": checkpoint.origin,
        "index": index,
        "size": checkpoint.size,
        "entry": tiles.entry(index).decode("utf-8", "replace"),
        "path": [h.hex() for h in inclusion_path(index, checkpoint.size, tiles.node)],
        "checkpoint": note.decode("utf-8"),
    }
    verify_proof(proof, key)
    return proof


def verify_proof(proof: Mapping[str, Any], key: VerifierKey) -> Checkpoint:
    """Give the checkpoint under which a proof holds, once signature and path were checked.

    Raises:
        ProofRefusedError: the path does not lead from the entry to the root, or fields are missing.
        BadNoteError, BadSignatureError: the checkpoint is not signed by this key.
        EntryRefusedError: the entry is not in canonical form.
    """
    try:
        index, size = int(proof["index"]), int(proof["size"])
        entry, note = str(proof["entry"]).encode(), str(proof["checkpoint"]).encode()
        path = [bytes.fromhex(text) for text in proof["path"]]
        form = proof["format"]
    except (KeyError, TypeError, ValueError) as error:
        raise ProofRefusedError("it does not have the fields of a proof") from error
    checkpoint = open_checkpoint(note, key)
    if form != PROOF_FORMAT or (size, proof.get("origin")) != (checkpoint.size, checkpoint.origin):
        raise ProofRefusedError("it is not about the checkpoint that it carries")
    if root_from_inclusion(index, size, leaf_hash(entry), path) != checkpoint.root:
        raise ProofRefusedError("the path does not lead from the entry to the signed root")
    if read_entry(entry, index).index != index:
        raise ProofRefusedError("the entry says that it stands elsewhere")
    return checkpoint


def prove_consistency(path: Path, old_size: int) -> list[str]:
    """Give the proof (hexadecimal hashes) that the tree of `old_size` begins the published one."""
    folder = find_ledger(path)
    with locked(folder, for_writing=False):
        checkpoint = open_checkpoint(read_file(folder, CHECKPOINT), load_key(folder))
        if not 0 <= old_size <= checkpoint.size:
            raise NoSuchEntryError(old_size, checkpoint.size)
        node = TileReader(folder, checkpoint.size).node
        return [h.hex() for h in consistency_path(old_size, checkpoint.size, node)]


def verify_consistency(old: Checkpoint, new: Checkpoint, path: Sequence[str]) -> None:
    """Raise unless `path` proves that `new` continues `old`."""
    try:
        hashes = [bytes.fromhex(text) for text in path]
    except ValueError as error:
        raise ProofRefusedError("a hash is not hexadecimal") from error
    if old.origin != new.origin:
        raise ProofRefusedError("the checkpoints are of two ledgers")
    if not is_consistent(old.size, old.root, new.size, new.root, hashes):
        raise ProofRefusedError("the newer tree does not begin with the older one")
