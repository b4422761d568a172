"""Every bit of every byte of the golden ledger, each flipped on its own, is found."""

import shutil
from pathlib import Path

import pytest

from ledger.verification import verify

GOLDEN = Path(__file__).parents[2] / "golden" / "ledger" / "format-1"


@pytest.mark.long
def test_more_than_ten_thousand_single_bit_changes_are_all_found(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOLDEN, tmp_path / "ledger"))
    n_found = n_made = 0
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        original = file.read_bytes()
        for position in range(len(original)):
            for bit in range(8):
                data = bytearray(original)
                data[position] ^= 1 << bit
                file.write_bytes(data)
                n_made += 1
                n_found += verify(folder).exit_code == 30
        file.write_bytes(original)
    assert n_made > 10_000
    assert n_found == n_made
    assert verify(folder).ok
