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
    frame = facts.select(code_of(c).alias(str(i)) for i, c in conditions.items())
    columns = {i: _as_codes(frame[str(i)], facts.height) for i in conditions}
    return Outcomes(columns, facts.height)


def _as_codes(column: pl.Series, n_rows: int) -> Codes:
    """The codes as an array; an expression of constants alone answers for every row."""
    codes = column.to_numpy().astype(np.int8)
    return codes if len(codes) == n_rows else np.full(n_rows, codes[0], dtype=np.int8)


@cache
def code_of(condition: Condition) -> pl.Expr:
    """The code of a condition as an expression over the facts."""
    answer = condition.holds.cast(pl.Boolean)
    first_unknown = pl.coalesce(
        *(
            pl.when(pl.col(fact).is_null()).then(pl.lit(OPEN + place, dtype=pl.Int8))
            for place, fact in enumerate(condition.facts)
        ),
        pl.lit(OPEN + len(condition.facts), dtype=pl.Int8),
    )
    settled = pl.when(answer).then(pl.lit(HOLDS, dtype=pl.Int8)).otherwise(pl.lit(REFUSED, pl.Int8))
    return pl.when(answer.is_null()).then(first_unknown).otherwise(settled)


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
