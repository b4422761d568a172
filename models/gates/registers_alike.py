"""Whether registers say the same things in the same units as before: schema and units drift.

Facts of the newest decisions, and of the cases open today, are compared with those of the older
decisions: a unit that changed moves every amount of a register by the same factor, a column that
changed its meaning or was no longer delivered goes empty, a word that no older decision had means
something that no model has learned.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from features.catalogue import FEATURES
from models.gates.gate import Gate, counted, unknown

FEWEST: Final = 100
NEWEST: Final = 0.3
FACTOR: Final = 5.0
"""Times by which the median of an amount may move: agencies' units differ by 100 or 1,000."""
EMPTIED: Final = 0.5
NEW_WORDS: Final = 0.05
MONTHLY: Final = ("accounts", "incomes", "obligations", "businesses", "vehicles", "real_estate")


def registers_alike(decisions: pl.DataFrame, today: pl.DataFrame | None) -> Gate:
    """`decisions` and `today` are feature frames; what moved is named."""
    ordered = decisions.sort("as_of_date", "case_id")
    n_older = int((1.0 - NEWEST) * ordered.height)
    older, newer = ordered[:n_older], ordered[n_older:]
    if min(older.height, newer.height) < FEWEST:
        return unknown("registers_alike", "Too few decisions to compare their facts over time.")
    moved = list(_moved(older, newer, "the newest decisions"))
    if today is not None and today.height >= FEWEST:
        moved += [m for m in _moved(older, today, "the cases open today") if m not in moved]
    found = "; ".join(moved) if moved else "none"
    sentence = f"Facts that are no longer what they were among older decisions: {found}"
    return counted("registers_alike", len(moved), sentence)


def _moved(older: pl.DataFrame, newer: pl.DataFrame, where: str) -> Iterator[str]:
    for feature in FEATURES:
        before, now = older[feature.name], newer[feature.name]
        if feature.kind == "category":
            known = set(before.drop_nulls().to_list())
            said = now.drop_nulls()
            new = (
                1.0 - int(said.is_in(sorted(known)).sum()) / len(said)
                if known and len(said)
                else 0.0
            )
            if new > NEW_WORDS:
                yield f"{feature.name} has new words in {new:.0%} of {where}"
        elif feature.sources and feature.sources[0].split(".")[0] in MONTHLY:
            gone = _empty(now) - _empty(before)
            if gone > EMPTIED:
                yield f"{feature.name} is empty in {gone:.0%} more of {where}"
            if feature.unit == "som":
                factor = _factor(before, now)
                if max(factor, 1.0 / factor) > FACTOR:
                    yield f"{feature.name} is {factor:.3g} times as large in {where}"


def _empty(values: pl.Series) -> float:
    """Share that is unknown or nought."""
    return int((values.cast(pl.Float64).fill_null(0.0) == 0.0).sum()) / max(len(values), 1)


def _factor(before: pl.Series, now: pl.Series) -> float:
    medians = []
    for values in (before, now):
        amounts = values.drop_nulls().cast(pl.Float64).to_numpy()
        amounts = amounts[amounts > 0]
        if len(amounts) < FEWEST // 2:
            return 1.0
        medians.append(float(np.median(amounts)))
    return medians[1] / medians[0]
