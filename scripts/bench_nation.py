"""Measure `chora nation` up to a million debtors, beside a plain pandas read of the same rows.

Each nation is invented by a process of its own, so that its peak memory can be told. The ratio to
pandas, within one run on one machine, is what can be compared. Sizes may be given as arguments;
the default takes some minutes and about two gigabytes of disk.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SIZES = (3_000, 30_000, 1_000_000)
AS_OF, SEED = "2026-04-01", "20260401"
MOST_SECONDS, MOST_GIB = 900.0, 8.0
"""What the project promises of a million debtors on two cores."""

_READ = """
import sys
from pathlib import Path
import pandas as pd
print(sum(len(pd.read_parquet(file)) for file in sorted(Path(sys.argv[1]).glob("*.parquet"))))
"""


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds, its peak memory in GiB, and what it printed."""

    seconds: float
    peak_gib: float
    output: str


def measure(arguments: list[str]) -> Cost:
    """Runs Python with some arguments; raises CalledProcessError where it fails."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [sys.executable, *arguments], stdout=output, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begin
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, arguments)
        output.seek(0)
        return Cost(seconds, usage.ru_maxrss / 2**20, output.read())


def bench_nation(debtors: int, folder: Path) -> tuple[Cost, Cost]:
    """Invents a nation and reads its registers with pandas; prints a line for each."""
    made = measure(
        ["-m", "chora.main", "nation", "--debtors", str(debtors), "--seed", SEED,
         "--as-of", AS_OF, "--out", str(folder)]
    )  # fmt: skip
    read = measure(["-c", _READ, str(folder / "registers")])
    rows = int(read.output)
    ratio = f"{made.seconds / read.seconds:,.1f}x the peer"
    say(f"invent {debtors:,} debtors", made, rows, ratio)
    say("pandas.read_parquet of the same (the peer)", read, rows)
    return made, read


def say(what: str, cost: Cost, rows: int, ratio: str = "") -> None:
    """One line: seconds, rows a second, peak memory, and the ratio that matters."""
    rate = rows / cost.seconds
    print(
        f"{what:<44} {cost.seconds:8.2f} s  {rate:>12,.0f} rows/s  {cost.peak_gib:5.2f} GiB  "
        f"{ratio}",
        flush=True,
    )


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Measures each size; says whether a million kept the promise."""
    with tempfile.TemporaryDirectory() as name:
        for debtors in sizes:
            folder = Path(name) / str(debtors)
            made, _ = bench_nation(debtors, folder)
            if debtors >= 1_000_000:
                kept = made.seconds < MOST_SECONDS and made.peak_gib < MOST_GIB
                word = "kept" if kept else "BROKEN"
                print(f"under {MOST_SECONDS:.0f} s and {MOST_GIB:.0f} GiB: {word}")


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
