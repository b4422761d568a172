"""Keys and checkpoints: the C2SP forms, read strictly."""

import base64
import hashlib

import pytest

from ledger.errors import BadNoteError, BadSignatureError
from ledger.notes import Checkpoint, open_checkpoint, parse_checkpoint, parse_key
from ledger.signing import Ed25519Signer, sign_checkpoint

SIGNER = Ed25519Signer("chora-ledger", bytes(range(32)))
CHECKPOINT = Checkpoint("chora-ledger", 7, b"\x05" * 32)
NOTE = sign_checkpoint(CHECKPOINT, SIGNER)


def test_the_key_id_is_the_one_of_c2sp_signed_note() -> None:
    key = SIGNER.key
    digest = hashlib.sha256(b"chora-ledger\n\x01" + key.public).digest()
    assert key.key_id == digest[:4]
    assert key.text() == (
        f"chora-ledger+{digest[:4].hex()}+{base64.b64encode(bytes([1]) + key.public).decode()}"
    )
    assert parse_key(key.text()) == key


def test_go_s_published_example_key_is_read() -> None:
    # The verifier key in the documentation of golang.org/x/mod/sumdb/note.
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = parse_key(text)
    assert (key.name, key.key_id.hex(), key.text()) == ("PeterNeumann", "c74f20a3", text)


def test_a_checkpoint_is_three_lines_and_one_signature() -> None:
    lines = NOTE.decode().split("\n")
    assert lines[:2] == ["chora-ledger", "7"]
    assert base64.b64decode(lines[2]) == b"\x05" * 32
    assert lines[3] == ""
    assert lines[4].startswith("\u2014 chora-ledger ")
    assert base64.b64decode(lines[4].split(" ")[2])[:4] == SIGNER.key.key_id
    assert lines[5:] == [""]


def test_the_same_checkpoint_is_signed_with_the_same_bytes() -> None:
    assert sign_checkpoint(CHECKPOINT, SIGNER) == NOTE
    assert open_checkpoint(NOTE, SIGNER.key) == CHECKPOINT


def test_every_changed_bit_of_a_checkpoint_is_refused() -> None:
    for position in range(len(NOTE)):
        for bit in range(8):
            data = bytearray(NOTE)
            data[position] ^= 1 << bit
            with pytest.raises((BadNoteError, BadSignatureError)):
                open_checkpoint(bytes(data), SIGNER.key)


def test_every_changed_bit_of_a_key_is_refused_or_gives_another_key() -> None:
    text = SIGNER.key.text().encode()
    for position in range(len(text)):
        data = bytearray(text)
        data[position] ^= 1
        with pytest.raises(BadNoteError):
            parse_key(data.decode("latin-1"))


@pytest.mark.parametrize("extra", [b"\n", b"x", NOTE.split(b"\n\n")[1]])
def test_appended_lines_are_refused(extra: bytes) -> None:
    with pytest.raises((BadNoteError, BadSignatureError)):
        open_checkpoint(NOTE + extra, SIGNER.key)


def test_a_signature_by_another_key_of_the_same_name_is_refused() -> None:
    other = Ed25519Signer("chora-ledger", bytes(32))
    with pytest.raises(BadNoteError, match="by another key"):
        open_checkpoint(NOTE, other.key)


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n01\n" + "A" * 43 + "=\n", "a\n1\nAAAA\n", "a\n-1\n" + "A" * 43 + "=\n"],
)
def test_another_spelling_of_the_signed_lines_is_refused(text: str) -> None:
    with pytest.raises(BadNoteError):
        parse_checkpoint(text)
