"""Signed checkpoints: C2SP tlog-checkpoint inside a C2SP signed-note, with Ed25519 keys.

A checkpoint is three lines (origin, size, root in base64), an empty line and one signature line.
Reading is strict: only the bytes that this module would write are accepted, so that no byte of a
checkpoint or key can change unnoticed. Sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ledger.errors import BadNoteError, BadSignatureError
from ledger.hashing import HASH_BYTES

ED25519 = b"\x01"
_DASH = "\u2014"


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: the ledger's origin line, its number of entries and its root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Give the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


@dataclass(frozen=True)
class VerifierKey:
    """A named Ed25519 public key, written `name+id+key` ("vkey" in C2SP signed-note)."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Give the four bytes by which a signature line names its key."""
        return key_id(self.name, self.public)

    def text(self) -> str:
        """Give the key as one line, without the line end."""
        return f"{self.name}+{self.key_id.hex()}+{encode(ED25519 + self.public)}"


def key_id(name: str, public: bytes) -> bytes:
    """Give SHA-256(name || newline || 0x01 || key)[:4]."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def encode(data: bytes) -> str:
    """Give standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """Read base64 strictly: only the text that `encode` would have written."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadNoteError("a value is not base64") from error
    if encode(data) != text:
        raise BadNoteError("a value is not base64 in its one form")
    return data


def check_name(name: str) -> None:
    """Raise where a key name could not stand in a signature line."""
    if not name or "+" in name or any(c.isspace() for c in name) or not name.isprintable():
        raise BadNoteError("a key name has no spaces and no plus sign")


def parse_key(text: str) -> VerifierKey:
    """Read a verifier key in its one-line form."""
    name, _, rest = text.partition("+")
    _, _, encoded = rest.partition("+")
    data = decode(encoded)
    check_name(name)
    if data[:1] != ED25519 or len(data) != 33:
        raise BadNoteError("the key is not an Ed25519 key")
    key = VerifierKey(name, data[1:])
    if key.text() != text:
        raise BadNoteError("the key does not carry its own id")
    return key


def signature_line(key: VerifierKey, signature: bytes) -> str:
    """Give the signature line of a signed note, with its line end."""
    return f"{_DASH} {key.name} {encode(key.key_id + signature)}\n"


def open_checkpoint(data: bytes, key: VerifierKey) -> Checkpoint:
    """Give the checkpoint in a signed note once its signature by `key` was checked.

    Raises:
        BadNoteError: not the form of a checkpoint with one signature by this key.
        BadSignatureError: the signature does not belong to these lines.
    """
    text, signature = _split_note(data, key)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise BadSignatureError(key.name) from error
    return parse_checkpoint(text)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the three signed lines of a checkpoint."""
    lines = text.split("\n")
    if len(lines) != 4 or not lines[1].isascii() or not lines[1].isdigit():
        raise BadNoteError("it does not have the lines origin, size and root")
    checkpoint = Checkpoint(lines[0], int(lines[1]), decode(lines[2]))
    if len(checkpoint.root) != HASH_BYTES or checkpoint.text() != text:
        raise BadNoteError("size or root is not written in its one form")
    return checkpoint


def _split_note(data: bytes, key: VerifierKey) -> tuple[str, bytes]:
    try:
        text, _, line = data.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise BadNoteError("it is not UTF-8") from error
    start = f"{_DASH} {key.name} "
    if not line.startswith(start) or line.count("\n") != 1 or not line.endswith("\n"):
        raise BadNoteError(f"it does not end in one signature line of {key.name}")
    blob = decode(line[len(start) : -1])
    if blob[:4] != key.key_id or len(blob) != 68:
        raise BadNoteError("its signature is by another key")
    return text + "\n", blob[4:]
