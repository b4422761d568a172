"""Any history of appending and publishing verifies; any change to its files does not."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.appending import append_entry
from ledger.file_store import FileEntryStore
from ledger.layout import load_checkpoint, load_key
from ledger.proving import prove_consistency, verify_consistency
from ledger.publishing import publish
from ledger.signing import Ed25519Signer
from ledger.verification import verify

SIGNER = Ed25519Signer("chora-ledger", bytes(range(32)))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
BODIES = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(BODIES, max_size=4), min_size=1, max_size=5))
def test_any_history_verifies_and_each_checkpoint_continues_the_last(
    batches: list[list[dict[str, Any]]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name) / "ledger", FileEntryStore(Path(name) / "entries")
        old = publish(folder, store, SIGNER)
        for batch in batches:
            for body in batch:
                append_entry(store, body)
            new = publish(folder, store, SIGNER)
            assert verify(folder).ok
            verify_consistency(old, new, prove_consistency(folder, old.size))
            assert load_checkpoint(folder, load_key(folder)) == new
            old = new


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_other_bytes_of_any_file_are_found(data: st.DataObject) -> None:
    golden = Path(__file__).parents[2] / "golden" / "ledger" / "format-1"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(shutil.copytree(golden, Path(name) / "ledger"))
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        file = data.draw(st.sampled_from(files))
        content = file.read_bytes()
        start = data.draw(st.integers(0, len(content)))
        stop = data.draw(st.integers(start, min(start + 40, len(content))))
        changed = content[:start] + data.draw(st.binary(max_size=40)) + content[stop:]
        file.write_bytes(changed)
        assert verify(folder).ok == (changed == content)
