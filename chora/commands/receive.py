"""From an agency's extract to accepted tables and profiles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chora.console import progress, say, show_table
from chora.options import Day, Out, Tables, as_day
from chora.reading import load_tables_and_law


def validate(
    extract: Annotated[
        Path, typer.Argument(help="Folder with one <table>.parquet or <table>.csv per table.")
    ],
    out: Out,
) -> None:
    """Check an extract against the register contract; set bad rows aside with their reasons.

    Exit 0: every row accepted. 11: rows set aside, see OUT/quarantine. 12: a table is unusable.
    """
    from registers.validation import validate_extract

    with progress("validating") as step:
        report = validate_extract(extract, out, progress=step)
    rows = [
        (name, t.read, t.accepted, t.repaired, t.set_aside, t.refused or "")
        for name, t in report.tables.items()
    ]
    columns = ["table", "read", "accepted", "repaired", "set aside", "refused"]
    show_table("What became of every row", columns, rows)
    for sentence in report.sentences:
        if not sentence.endswith("all accepted."):
            say(sentence)
    say(f"Report: {out / 'report.html'}")
    raise typer.Exit(report.exit_code)


def profile(tables: Tables, as_of: Day, out: Out) -> None:
    """Write the feature frame of every open money claim on a day."""
    from pipelines.profile import profile as build

    with progress("profiling") as step:
        registers = load_tables_and_law(tables)
        step("building features")
        frame = build(registers, as_day(as_of))
        out.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(out)
    say(f"{frame.height} open claims, {len(frame.columns)} columns: {out}")
    if frame.is_empty():
        say("No claim was open on that day; is --as-of within the extract?")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    app.command()(validate)
    app.command()(profile)
