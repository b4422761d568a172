"""Another verifier, in another language with another cryptography, agrees with ours."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from ledger.appending import append_entry
from ledger.file_store import FileEntryStore
from ledger.proving import prove
from ledger.publishing import publish
from ledger.signing import Ed25519Signer
from ledger.verification import verify

NODE = shutil.which("node")
SCRIPT = Path(__file__).with_name("verify.mjs")
GOLDEN = Path(__file__).parents[2] / "golden" / "ledger" / "format-1"

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed on this machine")


def _node(folder: Path, proofs: Sequence[Path] = ()) -> subprocess.CompletedProcess[str]:
    command = [str(NODE), str(SCRIPT), str(folder), *map(str, proofs)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("size", [0, 1, 5, 256, 700])
def test_node_accepts_what_we_publish(tmp_path: Path, size: int) -> None:
    store = FileEntryStore(tmp_path / "entries")
    for n in range(size):
        append_entry(store, {"decision": f"d-{n}", "text": "oʻzbekcha ўзбекча", "share": n / 7})
    publish(tmp_path / "ledger", store, Ed25519Signer.load_or_create(tmp_path / "key"))
    proofs = []
    for index in {0, size // 3, size - 1} & set(range(size)):
        proofs.append(tmp_path / f"{index}.json")
        proofs[-1].write_text(json.dumps(prove(tmp_path / "ledger", index)))
    done = _node(tmp_path / "ledger", proofs)
    assert done.returncode == 0, done.stderr
    checkpoint = verify(tmp_path).checkpoint
    assert checkpoint is not None
    assert json.loads(done.stdout) == {"size": size, "root": checkpoint.root.hex()}


def test_node_and_we_accept_the_golden_ledger() -> None:
    assert _node(GOLDEN).returncode == 0
    assert verify(GOLDEN).ok


@pytest.mark.parametrize(
    "name", ["checkpoint", "key.pub", "tile/entries/000.p/7", "tile/0/000.p/7"]
)
def test_node_and_we_refuse_the_same_flipped_byte(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(GOLDEN, tmp_path / "ledger"))
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    assert _node(folder).returncode == 1
    assert verify(folder).exit_code == 30
