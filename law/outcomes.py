"""What each condition answers on each row, in one small integer.

0: it holds. 1: it is refused. 2 + j: it is open, and the j-th of the facts that it names is the
first unknown one (j = number of facts: all are known and the answer still is not). A condition that
several measures share is asked once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from law.condition import Condition, MeasureRules

HOLDS, REFUSED, OPEN = 0, 1, 2

Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Outcomes:
    """The answers of conditions: `of(condition)` has one code per row of the facts."""

    columns: Mapping[int, Codes]
    n_rows: int

    def of(self, condition: Condition) -> Codes:
        """The codes of a condition, in the order of the rows."""
        return self.columns[id(condition)]


def ask(facts: pl.DataFrame, rules: Iterable[MeasureRules]) -> Outcomes:
    """The answers of all conditions of these rules on each row of the facts."""
    conditions = {id(c): c for r in rules for c in r.conditions}
    answers = facts.select(_answer(c).alias(str(i)) for i, c in conditions.items())
    unknown = _UnknownFacts(facts)
    columns = {i: _codes(c, answers[str(i)], unknown) for i, c in conditions.items()}
    return Outcomes(columns, facts.height)


@cache
def _answer(condition: Condition) -> pl.Expr:
    """True, false or null (2 for null, so that it survives the way into an array)."""
    return condition.holds.cast(pl.Int8).fill_null(OPEN)


class _UnknownFacts:
    """Which facts are unknown on which rows, each looked up once."""

    def __init__(self, facts: pl.DataFrame) -> None:
        self.facts = facts
        self._known: dict[str, NDArray[np.bool_]] = {}

    def rows_of(self, name: str) -> NDArray[np.bool_]:
        """True where the fact is null."""
        if name not in self._known:
            self._known[name] = self.facts[name].is_null().to_numpy()
        return self._known[name]


def _codes(condition: Condition, answer: pl.Series, unknown: _UnknownFacts) -> Codes:
    answers = answer.to_numpy()
    if len(answers) != unknown.facts.height:  # an expression of constants answers for every row
        answers = np.broadcast_to(answers, (unknown.facts.height,))
    codes = np.where(answers == OPEN, OPEN, 1 - answers).astype(np.int8)
    rows = np.flatnonzero(codes == OPEN)
    if not len(rows):
        return codes
    first = np.full(len(rows), len(condition.facts), dtype=np.int8)
    for place in reversed(range(len(condition.facts))):
        first[unknown.rows_of(condition.facts[place])[rows]] = place
    codes[rows] += first
    return codes


def open_reason(condition: Condition, code: int) -> str:
    """The reason code of an open condition: what is unknown, or that nothing else is weighed."""
    if condition.settles_first:
        return condition.reason_code
    return f"unknown_{missing_fact(condition, code)}"


def missing_fact(condition: Condition, code: int) -> str:
    """The name of what leaves a condition open: the first unknown fact, else what none holds."""
    place = code - OPEN
    if place < len(condition.facts):
        return condition.facts[place]
    return condition.missing or condition.facts[0]
