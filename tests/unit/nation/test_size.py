"""Memory of a nation: that of one block, however many blocks there are."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

BLOCK = 20_000
# Eight are promised for blocks of 50,000 debtors, and a block takes memory by its debtors.
MOST_GIB = 8 * BLOCK / 50_000
_WRITE = """
import sys
from datetime import date
from pathlib import Path
from nation.invent import write_blocks
from nation.settings import Request
request = Request(int(sys.argv[1]), 9, date(2026, 4, 1), block_debtors=int(sys.argv[2]),
                  n_draws=20, truth_questions=200, truth_actions=200)
write_blocks(request, Path(sys.argv[3]))
"""


def peak_of(debtors: int, folder: Path) -> float:
    """Peak memory in GiB of a process that writes a nation in blocks of 20,000 debtors."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITE, str(debtors), str(BLOCK), str(folder)]
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss / 2**20


@pytest.mark.long
def test_memory_does_not_grow_with_the_number_of_blocks(tmp_path: Path) -> None:
    two, six = peak_of(2 * BLOCK, tmp_path / "two"), peak_of(6 * BLOCK, tmp_path / "six")
    rows = [
        pq.read_metadata(tmp_path / size / "registers" / "incomes.parquet").num_rows
        for size in ("two", "six")
    ]
    assert rows[1] > 2.9 * rows[0]
    assert six < 1.25 * two
    assert six < MOST_GIB
