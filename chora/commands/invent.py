"""Extracts to work on: the invented nation, and public data in the contract's form."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from chora.console import progress, say
from chora.options import Day, Out, as_day
from nation.settings import LOTTERY_SHARE


class EffectDriver(StrEnum):
    """The two worlds of nation/drivers.py."""

    risk = "risk"
    apart = "apart"


def nation(
    debtors: Annotated[
        int,
        typer.Option(
            min=50,
            help="How many debtors to invent. Above 50,000 they are invented in blocks, so that "
            "memory holds one block; a million takes minutes, not hours.",
        ),
    ],
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same nation, byte for byte.")],
    as_of: Day,
    out: Out,
    gamma: Annotated[
        float,
        typer.Option(
            min=1.0,
            max=100.0,
            help="Hidden confounding. Officers sense who is unwilling, which no register shows: of "
            "two debtors alike in every register one may have up to this many times the odds of a "
            "decision (Rosenbaum's Gamma). 1 = none.",
        ),
    ] = 1.0,
    effect_driver: Annotated[
        EffectDriver,
        typer.Option(
            help="What tells which measure works best. risk: what also tells who pays. apart: "
            "mobility, which is independent of who pays; a ranking by risk is lost there."
        ),
    ] = EffectDriver.risk,
    regime_change: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="From this day on bank levies bring half of what they brought, and no officer "
            "knows. Default: no change.",
        ),
    ] = None,
    untidy_banks: Annotated[
        bool,
        typer.Option(
            help="Some banks send two or three months late, and some accounts are blocked above "
            "their balance, as several banks block for one debt."
        ),
    ] = True,
    lottery: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="How often a lottery among the open measures decides in place of an officer's "
            "habit. 1 = choices are not confounded, as in a trial.",
        ),
    ] = LOTTERY_SHARE,
    truth_questions: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many questions get their truth by simulation, drawn evenly. Default: all up "
            "to 50,000 debtors, else 20,000.",
        ),
    ] = None,
    truth_actions: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many logged actions get their expected outcome. Default: all up to 50,000 "
            "debtors, else 40,000.",
        ),
    ] = None,
) -> None:
    """Invent registers with a hidden truth: OUT/registers, OUT/questions.parquet, OUT/truth."""
    from nation.invent import write_blocks
    from nation.settings import Request, Switches

    change = None if regime_change is None else regime_change.date()
    request = Request(
        debtors, seed, as_day(as_of),
        Switches(gamma, effect_driver.value, change, untidy_banks, lottery),
        truth_questions=truth_questions, truth_actions=truth_actions,
    )  # fmt: skip
    with progress(f"inventing {debtors} debtors") as step:
        written = write_blocks(
            request,
            out,
            lambda stage, done, total: step(stage if total <= 1 else f"{stage}, {done} of {total}"),
        )
    say(f"{written.rows} rows in 13 tables, {written.questions} open claims.")
    say(
        f"Truth simulated for {written.truth_questions} of the {written.questions} claims and "
        f"{written.truth_actions} of the {written.actions} actions (truth/description.json)."
    )
    say(f"Next: chora validate {out} --out {out}/tables")


imports = typer.Typer(
    help="Turn a public data set into registers of the contract.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


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


@imports.command()
def pawnshop(
    file: Annotated[Path, typer.Argument(help="pawn_loans.csv or pawn_loans.csv.gz of the trial.")],
    out: Out,
    facts: Annotated[
        str, typer.Option(help="Answers that models may read, parted by commas; all if empty.")
    ] = "",
) -> None:
    """The randomised trial of terms of pawnshop loans in Mexico City (McIntosh and others)."""
    from registers.adapters.pawnshop import FACTS, import_pawnshop

    asked = tuple(name.strip() for name in facts.split(",") if name.strip()) or tuple(FACTS)
    with progress("importing") as step:
        result = import_pawnshop(file, out, asked, progress=step)
    for sentence in result.sentences:
        say(sentence)
    say(f"Next: chora validate {out} --out {out}/tables")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    app.command()(nation)
    app.add_typer(imports, name="import")
