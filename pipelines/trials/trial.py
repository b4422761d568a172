"""What a trial has to say of itself: source, draw, outcomes, and what it does not show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Vector
from models.examples import Examples

Progress = Callable[[str], None]


class Imported(Protocol):
    """What an adapter tells of an import."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What became of every row, a sentence each."""
        ...


@dataclass(frozen=True)
class Outcome:
    """One outcome: its name, what is shown of it, and its value for every decision, (n,)."""

    name: str
    reward: Vector
    scale: float
    digits: int


@dataclass(frozen=True)
class Drawn:
    """The examples of a trial as they were drawn.

    `clusters` (n,) names what was drawn together, `strata` (n,) within what it was drawn.
    """

    examples: Examples
    clusters: list[str]
    strata: NDArray[np.int64]

    def split(self, number: int) -> Examples:
        """The examples with the cluster in the place of the debtor, for division `number`.

        Folds keep whole what stands there and errors are clustered by it. A number is part of each
        name from the second division on, so that the hash of the name falls into other folds.
        """
        names = self.clusters if number == 0 else [f"{c}|{number}" for c in self.clusters]
        features = self.examples.features.with_columns(pl.Series("debtor_id", names))
        return replace(self.examples, features=features)


@dataclass(frozen=True)
class Trial:
    """A randomised trial; texts are sentences of the page, in Markdown.

    Attributes:
        id: The legal order, and the name of the page.
        title: The page's title.
        file_name: The trial's file, as its publisher names it.
        source: Where the data are from and how the draw was made.
        is_not: What must not be read into the page.
        unit: What a decision is about, in the plural.
        together: What was drawn together: errors are clustered by it.
        nothing: The arm that changes nothing.
        closed_on: A day on which all outcomes are known.
        money: The unit of money, as shown.
        minor_units: How many stored units make one unit of money.
        read: Reads the file into an extract.
        draw: Gives the examples, with the extract's folder, as they were drawn.
        outcomes: The outcomes, that which the ranking maximises first.
        remarks: What else a reader must know.
    """

    id: str
    title: str
    file_name: str
    source: str
    is_not: str
    unit: str
    together: str
    nothing: str
    closed_on: date
    money: str
    minor_units: int
    read: Callable[[Path, Path, Progress], Imported]
    draw: Callable[[Examples, Path], Drawn]
    outcomes: Callable[[Examples], Sequence[Outcome]]
    remarks: tuple[str, ...]
