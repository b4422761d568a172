"""The files beside the tiles: checkpoint, key, the auditor's text, what a crash may leave."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import BrokenFileError, NoLedgerError
from ledger.notes import Checkpoint, VerifierKey, open_checkpoint, parse_key
from ledger.tiles import read_file

CHECKPOINT = "checkpoint"
KEY = "key.pub"
README = "README"
PENDING = "checkpoint.next"  # signed, its tiles still being written
UNFINISHED = ".unfinished"  # the one file that is being written

README_TEXT = """\
A ledger of decisions, format 1

checkpoint      the size and root of the tree of all entries, signed (C2SP tlog-checkpoint)
key.pub         the public key of that signature (C2SP signed-note verifier key)
tile/entries/   the entries: canonical JSON (RFC 8785), each after its length in two bytes
tile/0/ ...     the hashes of the tree (RFC 6962), in the layout of C2SP tlog-tiles

To verify, on any machine with Python and the packages rfc8785 and cryptography:

    python -m ledger verify PATH_OF_THIS_FOLDER

It answers with one sentence: exit code 0 means unchanged, 30 means broken.
Whoever holds this folder and the private key could write another history. Compare key.pub with a
copy from elsewhere (--key FILE) and an earlier checkpoint that you kept (--since FILE).
"""


def find_ledger(path: Path) -> Path:
    """Give the ledger's folder: `path` itself, or `ledger` in it where `path` is a store.

    Raises:
        NoLedgerError: there is no such folder.
    """
    if not path.is_dir():
        raise NoLedgerError(path)
    inside = path / "ledger"
    return inside if inside.is_dir() and not (path / CHECKPOINT).exists() else path


@contextmanager
def locked(folder: Path, for_writing: bool) -> Iterator[None]:
    """Hold the folder's lock: one writer, or any number of readers, across processes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if for_writing else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def load_key(folder: Path) -> VerifierKey:
    """Give the public key that the ledger carries.

    Raises:
        BrokenFileError, BadNoteError: missing or not a key.
    """
    return parse_key(_line(read_file(folder, KEY), KEY))


def load_key_file(path: Path) -> VerifierKey:
    """Give the public key in a file kept elsewhere."""
    return parse_key(_line(read_file(path.parent, path.name), path.name))


def load_checkpoint(folder: Path, key: VerifierKey, name: str = CHECKPOINT) -> Checkpoint:
    """Give the ledger's checkpoint after its signature was checked."""
    return open_checkpoint(read_file(folder, name), key)


def _line(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BrokenFileError(name, "is not UTF-8") from error
    if not text.endswith("\n"):
        raise BrokenFileError(name, "does not end with a line end")
    return text[:-1]
