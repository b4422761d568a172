"""Extracts taken in by the command line: sealed, compared, let pass by a person, interrupted."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest

from chora.commands.learn import _lineage
from chora.main import run
from registers.examples import example_tables
from registers.extract import load_tables, write_extract

ROWS = 60


@dataclass(frozen=True)
class Told:
    """What a command ended with and printed."""

    returncode: int
    stdout: str


def chora(*words: object) -> Told:
    """The command as the front door runs it, in this process: a new one takes seconds to start."""
    out, code = io.StringIO(), 0
    argv = ["chora", *map(str, words)]
    with redirect_stdout(out), redirect_stderr(out), patch.object(sys, "argv", argv):
        try:
            run()
        except SystemExit as end:
            code = int(end.code or 0)
    return Told(code, out.getvalue())


def write(folder: Path, n_payments: int = ROWS) -> Path:
    rows = {"payments": [{"amount_som": 1000 + i} for i in range(n_payments)]}
    return write_extract(folder, example_tables(rows), "uz")


def test_a_table_that_shrank_is_stopped_until_a_person_lets_it_pass(tmp_path: Path) -> None:
    write(tmp_path / "april")
    assert chora("validate", tmp_path / "april", "--out", tmp_path / "tables").returncode == 0
    write(tmp_path / "may", 5)
    stopped = chora(
        "validate", tmp_path / "may", "--out", tmp_path / "new", "--last", tmp_path / "tables"
    )
    assert stopped.returncode == 12
    assert "payments: 5 rows, the last extract had 60" in stopped.stdout
    assert "--accept payments.row_count" in stopped.stdout
    assert (
        chora("profile", tmp_path / "new", "--as-of", "2026-02-01", "--out", "x").returncode == 12
    )
    passed = chora(
        "validate", tmp_path / "may", "--out", tmp_path / "new",
        "--last", tmp_path / "tables", "--accept", "payments.row_count",
    )  # fmt: skip
    assert passed.returncode == 0
    finding = json.loads((tmp_path / "new" / "report.json").read_text(encoding="utf-8"))["tables"][
        "payments"
    ]["findings"][0]
    assert (finding["check"], finding["accepted"]) == ("payments.row_count", True)
    assert load_tables(tmp_path / "new").table("payments").height == 5


def test_without_a_name_the_tables_in_the_output_are_the_last_extract(tmp_path: Path) -> None:
    write(tmp_path / "april")
    chora("validate", tmp_path / "april", "--out", tmp_path / "tables")
    write(tmp_path / "april", 5)
    assert chora("validate", tmp_path / "april", "--out", tmp_path / "tables").returncode == 12


def test_a_sealed_extract_that_was_changed_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "in")
    sealed = chora("manifest", tmp_path / "in", "--extracted-on", "2026-02-01")
    assert sealed.returncode == 0
    assert "4 files stated" in sealed.stdout
    write(tmp_path / "other", 3)
    (folder / "payments.parquet").write_bytes(
        (tmp_path / "other" / "registers" / "payments.parquet").read_bytes()
    )
    told = chora("validate", tmp_path / "in", "--out", tmp_path / "tables")
    assert told.returncode == 12
    assert "payments: payments.parquet has" in told.stdout


def test_a_row_reported_after_the_stated_day_is_set_aside(tmp_path: Path) -> None:
    later = {"payment_id": "later", "reported_on": date(2026, 1, 6)}
    rows = [{"amount_som": 1000 + i} for i in range(ROWS)]
    write_extract(tmp_path / "in", example_tables({"payments": [*rows, later]}), "uz")
    told = chora(
        "validate", tmp_path / "in", "--out", tmp_path / "t", "--extracted-on", "2026-01-05"
    )
    assert told.returncode == 11
    aside = pl.read_parquet(tmp_path / "t" / "quarantine" / "payments.parquet")
    assert aside["reason_code"].to_list() == ["reported_in_future"]


def test_an_increment_goes_onto_its_tables(tmp_path: Path) -> None:
    write(tmp_path / "in")
    chora("validate", tmp_path / "in", "--out", tmp_path / "tables")
    more = example_tables({"payments": [{"payment_id": "new"}]})
    write_extract(tmp_path / "more", {"payments": more["payments"]}, "uz")
    told = chora(
        "validate", tmp_path / "more", "--onto", tmp_path / "tables", "--out", tmp_path / "both"
    )
    assert told.returncode == 0
    assert load_tables(tmp_path / "both").table("payments").height == ROWS + 1


@pytest.mark.long
@pytest.mark.parametrize("after", [1.5, 2.5, 3.5])
def test_kill_9_leaves_the_former_tables_and_the_next_run_the_same_result(
    tmp_path: Path, after: float
) -> None:
    write(tmp_path / "in", 3)
    out = tmp_path / "tables"
    chora("validate", tmp_path / "in", "--out", out)
    before = {file.name: file.read_bytes() for file in out.glob("*.parquet")}
    write(tmp_path / "in", 4)
    words = [sys.executable, "-m", "chora.main", "validate", str(tmp_path / "in"), "--out"]
    running = subprocess.Popen([*words, str(out)], stdout=subprocess.DEVNULL, stderr=-3)
    time.sleep(after)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    now = {file.name: file.read_bytes() for file in out.glob("*.parquet")}
    chora("validate", tmp_path / "in", "--out", tmp_path / "undisturbed")
    whole = {file.name: file.read_bytes() for file in (tmp_path / "undisturbed").glob("*.parquet")}
    assert now in (before, whole)
    assert chora("validate", tmp_path / "in", "--out", out).returncode == 0
    assert {file.name: file.read_bytes() for file in out.glob("*.parquet")} == whole
    assert not list(tmp_path.glob(".tables.*"))


def test_a_move_that_was_killed_between_its_two_steps_is_undone(tmp_path: Path) -> None:
    write(tmp_path / "in")
    out = tmp_path / "tables"
    chora("validate", tmp_path / "in", "--out", out)
    out.rename(tmp_path / ".tables.former")
    told = chora("validate", tmp_path / "nowhere", "--out", out)
    assert told.returncode == 2
    assert chora("validate", tmp_path / "in", "--out", out).returncode == 0
    assert not (tmp_path / ".tables.former").exists()
    assert load_tables(out).table("payments").height == ROWS


def test_a_model_of_tables_that_an_analyst_changed_keeps_no_origin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "in")
    chora("validate", tmp_path / "in", "--out", tmp_path / "tables")
    source_hash = load_tables(tmp_path / "tables").source_hash
    known = _lineage(tmp_path / "tables", source_hash)
    assert known is not None
    assert known.source_hash == source_hash
    file = tmp_path / "tables" / "payments.parquet"
    pl.read_parquet(file).head(3).write_parquet(file)
    changed = load_tables(tmp_path / "tables").source_hash
    assert _lineage(tmp_path / "tables", changed) is None
    assert "keeps no origin" in capsys.readouterr().out


def test_the_day_on_the_clock_stands_in_no_report(tmp_path: Path) -> None:
    write(tmp_path / "in")
    told = []
    for day in (date(2026, 11, 28), date(2027, 3, 1)):
        with patch("chora.commands.receive.today", lambda day=day: day):
            chora("validate", tmp_path / "in", "--out", tmp_path / "tables")
        files = ("report.json", "report.html", "lineage.json")
        told.append([(tmp_path / "tables" / name).read_bytes() for name in files])
    assert told[0] == told[1]
    lineage = json.loads((tmp_path / "tables" / "lineage.json").read_text(encoding="utf-8"))
    assert lineage["extracts"][0]["extracted_on"] is None
