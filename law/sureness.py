"""How sure the law is of a verdict on a day: the weakest confidence that it leans on.

Only the day and the condition matter: the condition's own confidence and that of the dated values
in force on the day.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from law.condition import Condition, MeasureRules
from law.confidence import rank
from law.parameters import find_parameter

Ranks = NDArray[np.int8]


@dataclass
class Sureness:
    """Ranks of confidence (0 read … 3 memory) on each of some days, worked out once."""

    days: tuple[date, ...]
    legal_order_id: str
    _known: dict[str | tuple[int, bool], Ranks] = field(default_factory=dict)

    def of_parameter(self, name: str) -> Ranks:
        """The rank of a dated value on each day; 0 outside the record, where it says nothing."""
        if name not in self._known:
            found = find_parameter(name, self.legal_order_id)
            values = (found.on(day) for day in self.days)
            ranks = [rank(value.confidence) if value else 0 for value in values]
            self._known[name] = np.asarray(ranks, dtype=np.int8)
        return self._known[name]

    def of_condition(self, condition: Condition, *, counts_itself: bool = True) -> Ranks:
        """The weakest rank that a condition leans on, on each day.

        Without `counts_itself` only the dated values count: a lawful verdict does not lean on our
        own reading of when a measure would be unfounded.
        """
        key = (id(condition), counts_itself)
        if key not in self._known:
            own = rank(condition.confidence) if counts_itself else 0
            ranks = np.full(len(self.days), own, dtype=np.int8)
            for name in condition.parameters:
                ranks = np.maximum(ranks, self.of_parameter(name))
            self._known[key] = ranks
        return self._known[key]

    def of_measure(self, rules: MeasureRules) -> Ranks:
        """Days x (1 + conditions): of the lawful verdict, then of each deciding condition."""
        carried = [
            self.of_condition(c, counts_itself=c.refusal == "unlawful") for c in rules.conditions
        ]
        nothing = np.zeros(len(self.days), dtype=np.int8)
        lawful = np.max([nothing, *carried], axis=0)
        deciding = [self.of_condition(c) for c in rules.conditions]
        return np.stack([lawful, *deciding], axis=1)


def inferred_rows(facts: pl.DataFrame, condition: Condition) -> NDArray[np.bool_]:
    """The rows on which a condition leans on our own reading for that case alone."""
    if condition.inferred_where is None:
        return np.zeros(facts.height, dtype=np.bool_)
    answer = facts.select(condition.inferred_where.fill_null(False).alias("leans"))
    return answer["leans"].to_numpy()
