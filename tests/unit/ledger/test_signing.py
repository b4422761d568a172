"""The signing key: made once, kept private, read strictly."""

import stat
from pathlib import Path

import pytest

from ledger.errors import BadKeyFileError, BadNoteError
from ledger.signing import Ed25519Signer


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "ledger.key"
    first = Ed25519Signer.load_or_create(path, "office-1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Ed25519Signer.load_or_create(path, "office-1") == first
    assert [file.name for file in path.parent.iterdir()] == ["ledger.key"]


def test_two_keys_differ(tmp_path: Path) -> None:
    first = Ed25519Signer.load_or_create(tmp_path / "a")
    assert first.key != Ed25519Signer.load_or_create(tmp_path / "b").key


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.key"
    Ed25519Signer.load_or_create(path)
    path.chmod(0o640)
    with pytest.raises(BadKeyFileError, match="others can read it"):
        Ed25519Signer.load_or_create(path)


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+a+00000000+AAAA\n", "nonsense", "é+1+2"])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ledger.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(BadKeyFileError, match="PRIVATE"):
        Ed25519Signer.load(path)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nend"])
def test_a_name_that_could_not_stand_in_a_signature_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadNoteError, match="key name"):
        Ed25519Signer.load_or_create(tmp_path / "ledger.key", name)


def test_the_seed_is_not_shown(tmp_path: Path) -> None:
    signer = Ed25519Signer.load_or_create(tmp_path / "ledger.key")
    assert "seed" not in repr(signer)
