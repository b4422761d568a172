"""The trial of pawnshop loans in Mexico City: what is particular to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from models.examples import Examples
from pipelines.trials.trial import Drawn, Imported, Outcome, Progress, Trial
from registers.adapters.pawnshop import import_pawnshop

CENTAVOS = 100.0

SOURCE = """\
Source: replication data of McIntosh, Meza, Sadka, Seira and DiTraglia, "The controlled choice
design and private paternalism in pawnshop borrowing" (AEARCTR-0006284). From September to December
2012 each of six branches gave all loans of a day on one of five terms, drawn for that branch and
day: one payment at the end, as before; monthly payments with a fee for late ones; monthly payments
with a promise only; or a choice between one payment and either of these. The propensity of the
terms is their share of the branch's loans. Loans of one branch and day were drawn together, so
folds keep them together and all errors are clustered by them."""

IS_NOT = """\
**These are not Uzbek cases, and loan terms are not measures of enforcement.** Borrowers came of
their own will and left a pledge. The page says how the method fares where the draw is known, and
nothing of debtors under enforcement, in Uzbekistan or elsewhere. A loan that is repaid is good for
the outcome that is counted here; whether terms are good for the borrower is another question, which
the trial's authors ask."""


def _read(file: Path, out: Path, progress: Progress) -> Imported:
    return import_pawnshop(file, out, progress=progress)


def _draw(examples: Examples, extract: Path) -> Drawn:
    """The branch and the borrower's answers beside the registers; clusters are branch-days."""
    told = pl.read_parquet(extract / "facts.parquet")
    branches = sorted(told["branch"].unique())
    flags = [(pl.col("branch") == b).cast(pl.Float64).alias(f"is_{b}") for b in branches]
    beside = told.drop("branch_day").with_columns(flags).drop("branch")
    names = tuple(name for name in beside.columns if name != "case_id")
    features = examples.features.join(beside, on="case_id", how="left", maintain_order="left")
    drawn = examples.features.select("case_id").join(
        told.select("case_id", "branch", "branch_day"),
        on="case_id",
        how="left",
        maintain_order="left",
    )
    strata = np.unique(drawn["branch"].to_numpy(), return_inverse=True)[1].astype(np.int64)
    with_facts = replace(examples, features=features, beside=names)
    return Drawn(with_facts, drawn["branch_day"].to_list(), strata)


def _outcomes(examples: Examples) -> Sequence[Outcome]:
    """Whether a loan is repaid first: terms cost nothing, so that alone decides their order."""
    return (
        Outcome("Loans repaid, %", (examples.recovered > 0).astype(float), 100.0, 1),
        Outcome("Repaid per loan, MXN", examples.recovered / CENTAVOS, 1.0, 0),
    )


PAWNSHOP = Trial(
    id="pawnshop",
    title="A real randomised trial: terms of pawnshop loans in Mexico City, 2012",
    file_name="pawn_loans.csv.gz",
    source=SOURCE,
    is_not=IS_NOT,
    unit="loans",
    together="branch and day",
    nothing="single_payment",
    closed_on=date(2013, 9, 1),
    money="MXN",
    minor_units=100,
    read=_read,
    draw=_draw,
    outcomes=_outcomes,
    remarks=(
        "A loan is counted as repaid in full or not at all; the file does not say when.",
        "Age and sex are protected attributes and are read by no model. How many terms a borrower "
        "met in the whole trial was not known on the day of a loan and is left behind.",
        "Many answers to the survey are missing, as counted above; what is missing is unknown, "
        "and no value was put in its place.",
        "A borrower with loans on several days may stand on both sides of a division into folds: "
        "what was drawn together is kept together, not the borrower.",
    ),
)
