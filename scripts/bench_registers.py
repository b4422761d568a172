"""Measure validation at national size beside a plain pandas read of the same rows.

Each job runs in a process of its own, so that its peak memory is its own. `make bench` runs this
with ten million incomes; another number may be given.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from registers.examples import example_frame
from registers.extract import write_extract
from registers.tables import TABLES

SEED = 20_260_401
N_ROWS = 10_000_000
MONTHS = 20
N_PAYERS = 20_000
BAD_IN = 10_000  # one row in so many is spoilt


def many_incomes(n_rows: int) -> dict[str, pl.DataFrame]:
    """Debtors, a case of each, and `n_rows` incomes of which a few break a rule."""
    rng = np.random.default_rng(SEED)
    n_debtors = -(-n_rows // MONTHS)
    ids = pl.select(pl.format("D{}", pl.int_range(n_debtors).cast(pl.String).str.zfill(7)))
    who = pl.Series(np.repeat(np.arange(n_debtors), MONTHS)[:n_rows])
    month = pl.Series(np.tile(np.arange(MONTHS), n_debtors)[:n_rows])
    firsts = pl.Series([date(2024 + m // 12, m % 12 + 1, 1) for m in range(MONTHS + 2)])
    gross = np.round(np.exp(15 + 0.6 * rng.standard_normal(n_rows))).astype(np.int64)
    bad = rng.random(n_rows) < 1 / BAD_IN
    payers = pl.select(pl.format("P{}", pl.int_range(N_PAYERS))).to_series()
    kinds = pl.Series(["wage", "pension", "contract"])
    incomes = pl.DataFrame(
        {
            "debtor_id": ids.to_series().gather(who),
            "month": firsts.gather(month),
            "payer_id": payers.gather(rng.integers(0, N_PAYERS, n_rows)),
            "kind": kinds.gather(rng.choice(3, n_rows, p=[0.7, 0.2, 0.1])),
            "gross_som": np.where(bad, -5, gross),
            "tax_som": (gross * 0.12).astype(np.int64),
            "reported_on": firsts.gather(month + 2),
        }
    )
    return {
        "debtors": _many("debtors", n_debtors).with_columns(debtor_id=ids.to_series()),
        "cases": _many("cases", n_debtors).with_columns(
            case_id=pl.format("C{}", pl.int_range(n_debtors)),
            debtor_id=ids.to_series(),
            claim_som=pl.Series(np.round(np.exp(13 + rng.standard_normal(n_debtors)))).cast(int),
        ),
        "incomes": incomes.select(TABLES["incomes"].column_names),
    }


def _many(name: str, n_rows: int) -> pl.DataFrame:
    return example_frame(name, [{}]).select(pl.all().repeat_by(n_rows).explode())


def read_with_pandas(folder: Path) -> None:
    """Read the incomes as an analyst would; the peer."""
    import pandas as pd

    frame = pd.read_parquet(folder / "registers" / "incomes.parquet")
    if frame["gross_som"].isna().any():
        raise ValueError("the invented incomes have no missing amounts")


def validate_incomes(folder: Path) -> None:
    """Validate the whole extract, Great Expectations included."""
    from registers.validation import validate_extract

    report = validate_extract(folder, folder / "tables")
    table = report.tables["incomes"]
    if table.read != table.accepted + table.set_aside or not table.set_aside:
        raise ValueError("the counts do not add up")


JOBS = {"pandas": read_with_pandas, "validate": validate_incomes}


def measured(job: str, folder: Path) -> tuple[float, float]:
    """Give the seconds and the peak memory (GB) of a job in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, __file__, "--job", job, str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return told["seconds"], told["kilobytes"] / 1e6


def run_job(job: str, folder: Path) -> None:
    """Run one job here and print what it took, import of the libraries included."""
    begin = time.perf_counter()
    JOBS[job](folder)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "kilobytes": peak}))


def main(n_rows: int = N_ROWS) -> None:
    """Measure the jobs on one extract and print the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_extract(folder, many_incomes(n_rows), "uz")
        peer, peer_memory = measured("pandas", folder)
        seconds, memory = measured("validate", folder)
    print(
        f"{'read incomes with pandas (the peer)':<44} {peer:8.3f} s  "
        f"{n_rows / peer:>12,.0f} rows/s  {peer_memory:.2f} GB"
    )
    print(
        f"{'validate the extract of these incomes':<44} {seconds:8.3f} s  "
        f"{n_rows / seconds:>12,.0f} rows/s  {memory:.2f} GB  {seconds / peer:,.1f}x the peer"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        run_job(sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else N_ROWS)
