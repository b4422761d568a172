"""Arguments that several commands share, with the same names, defaults and help."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

import typer

TASHKENT = timezone(timedelta(hours=5))

DEFAULT_STORE = Path("store")


def as_day(value: datetime) -> date:
    """The day that a date option names."""
    return value.date()


def today() -> date:
    """The day on this machine's clock in Tashkent: only a command may ask, and says so."""
    return datetime.now(TASHKENT).date()


Tables = Annotated[
    Path, typer.Argument(help="Folder of accepted tables that 'chora validate' wrote.")
]
Store = Annotated[
    Path,
    typer.Option(help="Folder with the database, MLflow's store, the models and the ledger."),
]
Day = Annotated[
    datetime,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Only what was known on this day counts."),
]
Out = Annotated[Path, typer.Option(help="Where to write.")]
Source = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="postgresql://USER@HOST:PORT/DATABASE instead of a folder; the password belongs into "
        "PGPASSFILE, PGSERVICEFILE or PGPASSWORD.",
    ),
]
ReportedFrom = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help="Leave out rows that were reported before this day; rows without a readable day stay.",
    ),
]
ReportedUntil = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help="Leave out rows that were reported after this day; rows without a readable day stay.",
    ),
]
StatementTimeout = Annotated[
    float,
    typer.Option(min=1, help="Seconds that the server may spend on one statement or table."),
]
