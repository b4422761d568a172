"""The amounts and deadlines that stand beside a verdict, taken from the facts of one case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl


@dataclass(frozen=True)
class Figures:
    """Which facts of a legal order are amounts and deadlines worth showing beside a verdict.

    `deadlines` gives the fact that holds each deadline.
    `coverable_som` gives the expression for what a measure may cover at most, or None.
    `reach_in_window` gives, per measure that touches an asset, what there is for it to take within
    the outcome window, whatever is owed.
    `first_claims` are the kinds of claims that somebody lives by: an office's week serves them
    before others, whatever they bring.
    """

    amounts: tuple[str, ...] = ()
    deadlines: Mapping[str, str] = field(default_factory=dict)
    coverable_som: Callable[[str], pl.Expr | None] = lambda _measure: None
    reach_in_window: Mapping[str, pl.Expr] = field(default_factory=dict)
    first_claims: frozenset[str] = frozenset()

    def amounts_of(self, facts: pl.DataFrame, measure: str) -> Mapping[str, int | None]:
        """The amounts of the first row of the facts, whole som; None where unknown."""
        found = {name: facts[name][0] for name in self.amounts}
        covers = self.coverable_som(measure)
        if covers is None:
            return found
        return {"coverable_som": facts.select(covers).item(0, 0), **found}

    def deadlines_of(self, facts: pl.DataFrame) -> Mapping[str, date | None]:
        """The deadlines of the first row of the facts; None where unknown."""
        return {name: facts[fact][0] for name, fact in self.deadlines.items()}
