"""From an agency's extract to accepted tables and profiles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chora.console import progress, say, show_table, warn
from chora.options import (
    Day,
    Out,
    ReportedFrom,
    ReportedUntil,
    Source,
    StatementTimeout,
    Tables,
    as_day,
    today,
)
from chora.reading import load_tables_and_law
from registers.sources.defaults import STATEMENT_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from registers.validation import ValidationReport


def validate(
    out: Out,
    extract: Annotated[
        Path | None,
        typer.Argument(help="Folder with one <table>.parquet or <table>.csv per table."),
    ] = None,
    source: Source = None,
    schema: Annotated[
        str | None,
        typer.Option(help="Schema of the registers in --source; 'registers' unless stated."),
    ] = None,
    reported_from: ReportedFrom = None,
    reported_until: ReportedUntil = None,
    onto: Annotated[
        Path | None,
        typer.Option(help="The extract is an increment: the accepted tables that it continues."),
    ] = None,
    last: Annotated[
        Path | None,
        typer.Option(
            help="Accepted tables of the last extract, to compare with. Else those in OUT."
        ),
    ] = None,
    extracted_on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day of the extract, where its manifest does not state it: no row can have "
            "been reported later. Else today.",
        ),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(help="Let a finding pass that stops a table, as in incomes.row_count."),
    ] = None,
    statement_timeout: StatementTimeout = STATEMENT_TIMEOUT_SECONDS,
) -> None:
    """Check an extract against the register contract; set bad rows aside with their reasons.

    Few repairs are made, each where it is proven and each listed in OUT/repairs. A table as a
    whole is compared with the last extract; what makes it doubtful is warned of or stops it.

    The extract is a folder, or with --source a schema of PostgreSQL; exactly one of the two.

    Exit 0: every row accepted. 11: rows set aside, see OUT/quarantine. 12: a table is unusable.
    """
    from registers.sources.dates import ReportedBetween
    from registers.sources.opening import open_source
    from registers.validation import Settings, validate_extract

    settings = Settings(
        extracted_on=as_day(extracted_on) if extracted_on else None,
        today=today(),
        onto=onto,
        last=last,
        accept=tuple(accept or ()),
    )
    days = ReportedBetween(
        as_day(reported_from) if reported_from else None,
        as_day(reported_until) if reported_until else None,
    )
    opened = open_source(
        extract, source, schema=schema, days=days, statement_timeout=statement_timeout
    )
    with opened as (registers, warnings):
        for warning in warnings:
            warn(warning)
        with progress("validating") as step:
            report = validate_extract(registers, out, progress=step, settings=settings)
    show_report(report, out)
    raise typer.Exit(report.exit_code)


def show_report(report: ValidationReport, out: Path) -> None:
    """What became of every row, and each sentence that asks for something to be done."""
    rows = [
        (name, *(f"{n:,}" for n in (t.read, t.accepted, t.repaired, t.set_aside)), t.state)
        for name, t in report.tables.items()
    ]
    columns = ["table", "read", "accepted", "of which repaired", "set aside", "state"]
    show_table("What became of every row", columns, rows)
    for sentence in report.sentences:
        if not sentence.endswith("all accepted."):
            say(sentence)
    say(f"Report: {out / 'report.html'}")


def manifest(
    extract: Annotated[Path, typer.Argument(help="Folder of an extract whose files are complete.")],
    extracted_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of the extract. Else today."),
    ] = None,
    follows: Annotated[
        Path | None,
        typer.Option(help="The extract is an increment on the one in this folder."),
    ] = None,
) -> None:
    """State what an extract holds, so that whoever receives it can tell that it is whole.

    Writes manifest.json beside the files: hash, size and rows of each. An agency runs it before it
    sends; 'chora validate' compares before it reads, and names a file that was cut off or changed.
    """
    from registers.sources.files import seal_extract

    day = as_day(extracted_on) if extracted_on else today()
    written = seal_extract(extract, day, follows)
    say(f"{len(written.files)} files stated in {extract}: {written.path.name}")


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
    app.command()(manifest)
    app.command()(profile)
