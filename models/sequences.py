"""Past decisions two by two: each with the next one on its case, and what came in between.

Whether a decision counts is settled by its own day alone: its window and a whole further one must
have closed and been reported, so that those whose next decision came late are not left out more
often than others. The next decision is the first one on the case on a later day within the window.
What came in before it lowers what is left then, reported by that day or not, so that nothing counts
twice; what was paid and reported on that very day has lowered what was owed and counts in neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Vector
from models.examples import Examples, reporting_lag_days
from registers.delays import reporting_delays
from registers.extract import Registers
from registers.outcomes import recovered
from registers.snapshot import Snapshot
from registers.unknown import unknown_points

NONE = -1


@dataclass(frozen=True)
class Sequences:
    """s past decisions and what followed, row i of every member speaking of decision i.

    `first` (s,) are their rows in the examples; `second` (s,) the rows of the next decisions, NONE
    where none was taken within the window or nothing was left to recover; `paid` (s,) the share of
    what was owed that came in before the next decision or, where there was none, to the end of the
    window; `rest` (s,) the share that was still owed at the next decision, 0 where there is none;
    `days` (s,) how long payments count in all. `left_out` counts the decisions that are no
    sequence, by reason.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    paid: Vector
    rest: Vector
    days: Vector
    left_out: dict[str, int]

    @property
    def is_followed(self) -> NDArray[np.bool_]:
        """Where there is a second step, (s,)."""
        return np.asarray(self.second != NONE)

    def __len__(self) -> int:
        return len(self.first)


def build_sequences(registers: Registers, examples: Examples, as_of: date) -> Sequences:
    """The sequences of `examples`, from all that was known on `as_of`."""
    points = examples.features.select("point_id", "case_id", "debtor_id", "as_of_date")
    delays = reporting_delays(registers, as_of)
    next_on = _next_days(registers, points, as_of, examples.window_days)
    until = points.with_columns(next_on.alias("until"))
    paid = recovered(registers, until, examples.window_days, as_of, delays)
    later = points.with_columns(pl.lit(as_of).alias("as_of_date"))
    lost = unknown_points(registers, later, "actions", by="case")["point_id"]
    closed = timedelta(days=2 * examples.window_days)
    newest = as_of - timedelta(days=reporting_lag_days(delays)) - closed
    if registers.as_of is not None:
        newest = min(newest, registers.as_of - closed)
    amounts = points.join(paid, on="point_id", how="left", maintain_order="left")
    return follow(
        examples,
        next_on,
        amounts["recovered_som"].cast(pl.Float64).to_numpy() / examples.outstanding,
        newest,
        points["point_id"].is_in(lost.implode()).to_numpy(),
    )


def _next_days(
    registers: Registers, points: pl.DataFrame, as_of: date, window_days: int
) -> pl.Series:
    """The day of the next decision on each point's case; null where none is within the window."""
    actions = Snapshot(registers, as_of).table("actions").select("case_id", "decided_on")
    end = pl.col("as_of_date").dt.offset_by(f"{window_days}d")
    is_next = (pl.col("decided_on") > pl.col("as_of_date")) & (pl.col("decided_on") < end)
    first = (
        points.join(actions, on="case_id", how="inner")
        .filter(is_next)
        .group_by("point_id")
        .agg(pl.col("decided_on").min())
    )
    return points.join(first, on="point_id", how="left", maintain_order="left")["decided_on"]


def follow(
    examples: Examples,
    next_on: pl.Series,
    paid: Vector,
    newest: date,
    unknown: NDArray[np.bool_] | None = None,
) -> Sequences:
    """Each decision up to the day `newest` with the one that follows it.

    Args:
        next_on: (n,) the day of the next decision within the window, null where there is none.
        paid: (n,) share of what was owed that came in before it, or to the end of the window.
        unknown: (n,) where rows of the case's decisions were set aside.
    """
    cases, days = examples.features["case_id"], examples.features["as_of_date"]
    some = np.asarray(examples.lawful.any(axis=1))
    keys = zip(cases, days, some, strict=True)
    place = {(case, day): i for i, (case, day, may) in enumerate(keys) if may}
    found = zip(cases, next_on, strict=True)
    second = np.asarray([place.get(key, NONE) for key in found], dtype=np.int64)
    then = examples.outstanding[second] / examples.outstanding
    rest = np.minimum(np.maximum(1.0 - paid, 0.0), then)
    ends = next_on.is_null().to_numpy() | (paid >= 1.0)
    lost = np.zeros(len(examples), dtype=np.bool_) if unknown is None else unknown
    reasons = {
        "second_window_open": (days > newest).to_numpy(),
        "nothing_lawful": ~some,
        "next_decision_unknown": lost | np.isnan(paid),
        "next_decision_unusable": ~ends & (second == NONE),
    }
    keep, left_out = np.ones(len(examples), dtype=np.bool_), {}
    for reason, rows in reasons.items():
        left_out[reason] = int((keep & rows).sum())
        keep &= ~rows
    waited = (next_on - days).dt.total_days().cast(pl.Float64).fill_null(0.0).to_numpy()
    at = np.flatnonzero(keep)
    return Sequences(
        first=at,
        second=np.where(ends, NONE, second)[at],
        paid=np.minimum(paid, 1.0)[at],
        rest=np.where(ends, 0.0, rest)[at],
        days=(np.where(ends, 0.0, waited) + examples.window_days)[at],
        left_out=left_out,
    )
