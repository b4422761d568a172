"""What every ranker can do."""

from __future__ import annotations

from typing import Literal, Protocol

from models.asking import Asked, all_rates
from models.boosting import Vector
from models.inputs import Rows
from models.parts import Parts

Kind = Literal[
    "constant",
    "rule_card",
    "dr_learner",
    "x_learner",
    "r_learner",
    "rank_learner",
    "t_learner",
    "s_learner",
    "stack",
]
# From the simplest to the most flexible.
KINDS: tuple[Kind, ...] = (
    "constant",
    "rule_card",
    "s_learner",
    "dr_learner",
    "x_learner",
    "r_learner",
    "rank_learner",
    "t_learner",
    "stack",
)


class Ranker(Protocol):
    """Expected recovered share of each (case, measure), and what each fact contributes to it."""

    @property
    def kind(self) -> Kind:
        """Which of the rankers this is."""
        ...

    def rates(self, rows: Asked) -> Vector:
        """R of each pair, (k,), before it is held within 0..1."""
        ...

    def contributions(self, rows: Rows) -> Parts:
        """The parts that add up to `rates`; `values` are (k, d + p) as in `Rows.facts`."""
        ...


__all__ = ["KINDS", "Asked", "Kind", "Ranker", "all_rates"]
