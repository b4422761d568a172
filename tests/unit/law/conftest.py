"""The facts of one case from a few rows of registers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from law.facts import build_facts
from registers.examples import registers_of
from registers.snapshot import locate

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
FactsOf = Callable[..., dict[str, Any]]


@pytest.fixture
def facts_of() -> FactsOf:
    """A function from rows, a day and the day of the last report to the facts of case-0."""

    def facts(
        rows: Rows, day: date = date(2026, 2, 10), known_on: date | None = None
    ) -> dict[str, Any]:
        registers = registers_of(rows)
        questions = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [day]})
        points, _ = locate(registers, questions)
        if known_on is not None:
            points = points.with_columns(pl.lit(known_on).alias("known_on"))
        return build_facts(registers, points).row(0, named=True)

    return facts
