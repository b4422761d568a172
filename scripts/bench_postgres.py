"""Measure loading into PostgreSQL and reading from it, beside pandas.

A throw-away server is started and stopped. Ratios within one run on one machine are what can be
compared; each figure is one run, for a load and a reading of a nation happen once.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import psycopg
import sqlalchemy

from registers.sources.files import FolderExtract
from registers.sources.postgres import Address, PostgresExtract, load_extract

ROOT = Path(__file__).resolve().parent.parent
N_ROWS = 1_000_000
SEED = 7
DAYS = (18_262, 20_544)  # 2020-01-01 to 2026-04-01
SELECT = (
    "SELECT debtor_id, month, payer_id, kind, gross_som, tax_som, reported_on"
    " FROM registers.incomes"
)


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a throw-away database, or None where PostgreSQL is not installed."""
    with tempfile.TemporaryDirectory(prefix="chora-pg-") as name:
        Path(name).chmod(0o755)  # as root, the server runs as another user
        folder = Path(name, "cluster")
        script = str(ROOT / "scripts" / "postgres.sh")
        start = ["sh", script, "start", str(folder), str(os.getpid())]
        started = subprocess.run(start, capture_output=True, text=True, check=False)  # noqa: S603
        try:
            yield started.stdout.strip() if started.returncode == 0 else None
        finally:
            subprocess.run(["sh", script, "stop", str(folder)], check=False)  # noqa: S603, S607


def invent_incomes(folder: Path, n_rows: int) -> Path:
    """Writes incomes of random values as an extract of one table."""
    random = np.random.default_rng(SEED)
    days = [pl.Series(random.integers(*DAYS, n_rows)).cast(pl.Int32).cast(pl.Date) for _ in "ab"]
    registers = folder / "registers"
    registers.mkdir(parents=True)
    pl.DataFrame(
        {
            "debtor_id": np.char.add("D", random.integers(0, n_rows // 10, n_rows).astype(str)),
            "month": days[0],
            "payer_id": np.char.add("P", random.integers(0, 5_000, n_rows).astype(str)),
            "kind": random.choice(np.array(["wage", "pension", "rent"]), n_rows),
            "gross_som": random.integers(0, 100_000_000, n_rows),
            "tax_som": random.integers(0, 1_000_000, n_rows),
            "reported_on": days[1],
        }
    ).write_parquet(registers / "incomes.parquet")
    return folder


def load(folder: Path, url: str) -> int:
    """Loads the extract, with indexes, statistics and journal."""
    return load_extract(FolderExtract(folder), Address.parse(url)).tables["incomes"].n_rows


def read(url: str, schema: str = "registers") -> int:
    """Streams the table as validation does."""
    with PostgresExtract(url, schema) as extract:
        table = extract.table("incomes")
        return sum(frame.height for frame in table.batches(100_000)) if table else 0


def read_with_pandas(url: str) -> int:
    """Reads the same columns at once with pandas and SQLAlchemy, the usual way."""
    engine = sqlalchemy.create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), hide_parameters=True
    )
    with engine.connect() as connection:
        frame = pd.read_sql(sqlalchemy.text(SELECT), connection)
    engine.dispose()
    return len(frame)


def write_with_pandas(folder: Path, url: str) -> int:
    """Writes the same rows with pandas and SQLAlchemy, in batches of 10 000."""
    frame = pd.read_parquet(folder / "registers" / "incomes.parquet")
    engine = sqlalchemy.create_engine(
        url.replace("postgresql:", "postgresql+psycopg:"), hide_parameters=True
    )
    with engine.begin() as connection:
        frame.to_sql("incomes_of_pandas", connection, index=False, chunksize=10_000)
    engine.dispose()
    return len(frame)


def read_file_with_pandas(folder: Path) -> int:
    """Reads the same rows from their file with pandas."""
    return len(pd.read_parquet(folder / "registers" / "incomes.parquet"))


def measured(work: Callable[..., int], *arguments: object) -> tuple[int, float, float]:
    """Rows, seconds, and MiB above the start, in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (work, arguments))


def _measure(work: Callable[..., int], arguments: tuple[object, ...]) -> tuple[int, float, float]:
    before = highest_mib()
    began = time.perf_counter()
    n_rows = work(*arguments)
    seconds = time.perf_counter() - began
    return n_rows, seconds, highest_mib() - before


def highest_mib() -> float:
    """The most memory that this process has held; ru_maxrss would begin with the parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def say(what: str, found: tuple[int, float, float], peer: tuple[int, float, float] | None) -> None:
    """Print one line: seconds, rate, memory, and the ratios to the peer."""
    n_rows, seconds, mib = found
    beside = ""
    if peer is not None:
        beside = f"  {seconds / peer[1]:.2f}x the time, {mib / max(peer[2], 1):.2f}x the memory"
    rate = f"{n_rows / seconds:>12,.0f} rows/s"
    print(f"{what:<52} {seconds:8.2f} s {rate} {mib:7.0f} MiB{beside}")


def main() -> None:
    """Run every measurement; the number of rows may be given."""
    n_rows = int(sys.argv[1]) if len(sys.argv) > 1 else N_ROWS
    with server() as url, tempfile.TemporaryDirectory() as name:
        if url is None:
            print("PostgreSQL is not installed here: scripts/prepare_machine.sh postgres")
            return
        folder = invent_incomes(Path(name, "extract"), n_rows)
        peer = measured(write_with_pandas, folder, url)
        say("write with pandas to_sql (the peer)", peer, None)
        say("chora load: rows, journal, indexes, statistics", measured(load, folder, url), peer)
        say("chora load again: nothing to do", measured(load, folder, url), peer)
        peer = measured(read_with_pandas, url)
        say("read with pandas read_sql (the peer)", peer, None)
        say("stream in the order of the file", measured(read, url), peer)
        file = measured(read_file_with_pandas, folder)
        say("read the file with pandas", file, peer)
        own_table(url)
        say("stream an operator's own table, sorted by all", measured(read, url, "own"), peer)


def own_table(url: str) -> None:
    """The same rows as a table that no load made."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA own")
        connection.execute(f"CREATE TABLE own.incomes AS {SELECT}")


if __name__ == "__main__":
    main()
