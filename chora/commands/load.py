"""Registers into PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chora.console import progress, say, show_table, warn
from chora.options import StatementTimeout
from registers.sources.defaults import LOAD_BATCH_ROWS, STATEMENT_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from registers.sources.postgres import LoadReport

Into = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="postgresql://USER@HOST:PORT/DATABASE; the password belongs into PGPASSFILE, "
        "PGSERVICEFILE or PGPASSWORD.",
    ),
]


def load(
    extract: Annotated[Path, typer.Argument(help="Folder of an extract, as 'validate' takes it.")],
    into: Into,
    schema: Annotated[
        str | None, typer.Option(help="Schema of the registers; 'registers' unless stated.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put this extract in the place of another one.")
    ] = False,
    reader: Annotated[
        str | None,
        typer.Option(metavar="ROLE", help="Make or repair a role that can only read the tables."),
    ] = None,
    batch_rows: Annotated[int, typer.Option(min=1, help="Rows per transaction.")] = LOAD_BATCH_ROWS,
    statement_timeout: StatementTimeout = STATEMENT_TIMEOUT_SECONDS,
) -> None:
    """Load an extract into PostgreSQL as it was delivered; run again after a break, it goes on.

    Nothing is visible before everything is in. Exit 12: a table was delivered in a form that
    cannot be read; the others are in, and validation tells the same of it.
    """
    from registers.sources.files import FolderExtract
    from registers.sources.postgres import Address, load_extract, make_reader

    address = Address.parse(into, schema)
    for warning in address.warnings:
        warn(warning)
    with progress("loading") as step:
        report = load_extract(
            FolderExtract(extract),
            address,
            replace=replace,
            batch_rows=batch_rows,
            statement_timeout=statement_timeout,
            progress=step,
        )
    _tell(report, address.label)
    if reader is not None:
        statements = make_reader(address, reader, statement_timeout)
        say(f"The role '{reader}' can read these tables and nothing else:")
        for statement in statements:
            say(f"    {statement}")
    raise typer.Exit(report.exit_code)


def _tell(report: LoadReport, label: str) -> None:
    rows = [
        (name, t.n_rows, t.n_rows - t.n_before, t.refusal or "")
        for name, t in report.tables.items()
    ]
    columns = ["table", "rows", "loaded now", "refused"]
    show_table(f"Rows in {label}", columns, rows)
    if report.was_complete:
        say("This extract was loaded before; nothing was changed.")
    elif report.replaced is not None:
        say(f"Loaded in the place of '{report.replaced}'.")
    for table in report.tables.values():
        if table.refusal:
            say(table.refusal)


def add_to(app: typer.Typer) -> None:
    """Add this command to the front door."""
    app.command()(load)
