"""The ledger's signing key: a file that only the service can read."""

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.errors import BadKeyFileError, BadNoteError
from ledger.notes import (
    ED25519,
    Checkpoint,
    VerifierKey,
    check_name,
    decode,
    encode,
    signature_line,
)

DEFAULT_NAME = "chora-ledger"
_PREFIX = "PRIVATE+KEY+"


class Signer(Protocol):
    """Whatever can sign bytes under a name: a file today, a hardware module tomorrow."""

    @property
    def key(self) -> VerifierKey:
        """Give the public key under its name."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Give the 64 bytes of an Ed25519 signature."""
        ...


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """Give the signed note of a checkpoint as it is published."""
    text = checkpoint.text()
    line = signature_line(signer.key, signer.sign(text.encode()))
    return f"{text}\n{line}".encode()


@dataclass(frozen=True)
class Ed25519Signer:
    """A key held in memory; `load_or_create` keeps it in a file of mode 0600.

    The file has the C2SP signed-note form PRIVATE+KEY+name+id+key, which Go's tools read too.
    """

    name: str
    seed: bytes = field(repr=False)

    @property
    def key(self) -> VerifierKey:
        """Give the public key under its name."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, private.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """Give the signature of `data`; the same data give the same bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(data)

    @classmethod
    def load_or_create(cls, path: Path, name: str = DEFAULT_NAME) -> "Ed25519Signer":
        """Give the key in `path`, made and written there if the file does not exist.

        Raises:
            BadKeyFileError: not a key, or readable by others than its owner.
        """
        if not path.exists():
            _create(path, cls(_checked(name), secrets.token_bytes(32)))
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> "Ed25519Signer":
        """Give the key in `path`."""
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise BadKeyFileError(path, "others can read it; run chmod 600 on it and renew the key")
        name, _, rest = path.read_text().removeprefix(_PREFIX).strip().partition("+")
        try:
            data = decode(rest.partition("+")[2])
        except BadNoteError as error:
            raise BadKeyFileError(path, "it is not in the form PRIVATE+KEY+name+id+key") from error
        signer = cls(name, data[1:]) if len(data) == 33 and data[:1] == ED25519 else None
        if signer is None or _text(signer) != path.read_text():
            raise BadKeyFileError(path, "it is not in the form PRIVATE+KEY+name+id+key")
        return signer


def _checked(name: str) -> str:
    check_name(name)
    return name


def _text(signer: Ed25519Signer) -> str:
    seed = encode(ED25519 + signer.seed)
    return f"{_PREFIX}{signer.name}+{signer.key.key_id.hex()}+{seed}\n"


def _create(path: Path, signer: Ed25519Signer) -> None:
    """Write a new key; two processes at once end with one and the same whole file."""
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(_text(signer))
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        return  # another process was first: its key is the key
    finally:
        unfinished.unlink()
