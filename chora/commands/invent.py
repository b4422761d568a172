"""Extracts to work on: the invented nation, and public data in the contract's form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chora.console import progress, say
from chora.options import Day, Out, as_day


def nation(
    debtors: Annotated[int, typer.Option(min=50, help="How many debtors to invent.")],
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same nation, byte for byte.")],
    as_of: Day,
    out: Out,
) -> None:
    """Invent registers with a hidden truth: OUT/registers, OUT/questions.parquet, OUT/truth."""
    from nation.invent import invent, write_nation

    with progress(f"inventing {debtors} debtors") as step:
        invented = invent(
            debtors,
            seed,
            as_day(as_of),
            progress=lambda stage, done, total: step(
                stage if total <= 1 else f"{stage}, {done} of {total}"
            ),
        )
        write_nation(invented, out)
    rows = sum(table.height for table in invented.tables.values())
    say(f"{rows} rows in {len(invented.tables)} tables, {invented.questions.height} open claims.")
    say(f"Next: chora validate {out} --out {out}/tables")


imports = typer.Typer(
    help="Turn a public data set into registers of the contract.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@imports.callback()
def _imports() -> None:
    """Keeps `philadelphia` a sub-command although it is the only one."""


@imports.command()
def philadelphia(
    file: Annotated[Path, typer.Argument(help="owners.csv or owners.csv.gz of the trial.")],
    out: Out,
    all_owners: Annotated[
        bool, typer.Option("--all-owners", help="Keep owners of several properties too.")
    ] = False,
) -> None:
    """The randomised trial of tax letters in Philadelphia (Chirico and others 2019)."""
    from registers.adapters.philadelphia import import_philadelphia

    with progress("importing") as step:
        result = import_philadelphia(file, out, all_owners=all_owners, progress=step)
    for sentence in result.sentences:
        say(sentence)
    say(f"Next: chora validate {out} --out {out}/tables")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    app.command()(nation)
    app.add_typer(imports, name="import")
