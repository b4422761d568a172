"""The trial of tax letters in Philadelphia: what is particular to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from models.examples import Examples
from pipelines.trials.trial import Drawn, Imported, Outcome, Progress, Trial
from registers.adapters.philadelphia import import_philadelphia

WINSORISED_AT = 0.99
CENTS = 100.0

SOURCE = """\
Source: replication file of Chirico, Inman, Loeffler, MacDonald and Sieg (2019), National Tax
Journal 72(3):479-506. In June 2015 owners with tax debt were drawn to get one of seven letters or
none; the probability of each arm is known and recorded in the register as `propensity`, so nothing
about past choices has to be estimated. Outcomes are those of the three months after the mailing,
the trial's undisturbed period."""

IS_NOT = """\
**These are not Uzbek cases, and letters are not measures.** The letters speak of liens and sales;
none of them takes anything. The page says how the method fares where the draw is known, and nothing
of levies, seizures, sales or bans, of Uzbek debtors, or of any debtor after three months."""


def _read(file: Path, out: Path, progress: Progress) -> Imported:
    return import_philadelphia(file, out, progress=progress)


def _draw(examples: Examples, _extract: Path) -> Drawn:
    return Drawn(examples, examples.debtors, np.zeros(len(examples), dtype=np.int64))


def _outcomes(examples: Examples) -> Sequence[Outcome]:
    """Amounts first: they are what the ranking maximises, net of what a letter costs."""
    cap = float(np.quantile(examples.recovered, WINSORISED_AT))
    net = (np.minimum(examples.recovered, cap) - examples.cost) / CENTS
    paid = (examples.recovered > 0).astype(float)
    return (
        Outcome(
            f"Paid less the letter's cost, US$ (payments held at {cap / CENTS:,.0f})", net, 1, 1
        ),
        Outcome("Share of the debt paid, %", examples.rate, 100.0, 1),
        Outcome("Ever paid, %", paid, 100.0, 1),
    )


PHILADELPHIA = Trial(
    id="philadelphia",
    title="A real randomised trial: tax letters in Philadelphia, 2015",
    file_name="owners.csv.gz",
    source=SOURCE,
    is_not=IS_NOT,
    unit="owners of a single property",
    together="owner",
    nothing="no_letter",
    closed_on=date(2015, 10, 15),
    money="US$",
    minor_units=100,
    read=_read,
    draw=_draw,
    outcomes=_outcomes,
    remarks=(
        "Amounts are heavy-tailed: before they were held at a quantile, a few owners would decide.",
        "A letter costs one dollar, so that of the smallest debts no letter is first under any "
        "order.",
    ),
)
