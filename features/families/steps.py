"""Small steps that all families share. Aggregates touch integers only, so that a batch of any
size and any order of rows gives the same bytes; shares are computed after aggregation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from features.known import Known

Frame = nw.LazyFrame[Any]


def amount_where(condition: nw.Expr, amount: nw.Expr) -> nw.Expr:
    """The whole amount where the condition holds, else 0 (also where it is unknown)."""
    return nw.when(condition).then(amount).otherwise(0)


def one_where(condition: nw.Expr) -> nw.Expr:
    """1 where the condition holds, else 0 (also where it is unknown)."""
    return nw.when(condition).then(1).otherwise(0)


def ratio(numerator: nw.Expr, denominator: nw.Expr) -> nw.Expr:
    """Numerator over denominator as Float64; null where the denominator is not above zero."""
    return nw.when(denominator > 0).then(numerator.cast(nw.Float64) / denominator.cast(nw.Float64))


def sums(frame: Frame, names: Sequence[str], *others: nw.Expr) -> Frame:
    """One row per point with the sums of whole-number columns and other aggregates."""
    return frame.group_by("point_id").agg(nw.col(*names).sum(), *others)


def newest(frame: Frame, index: str, *keys: str) -> Frame:
    """The rows of the greatest `index` within each point (and further keys)."""
    return frame.filter(nw.col(index) == nw.col(index).max().over("point_id", *keys))


def attach(frame: Frame, *parts: Frame) -> Frame:
    """The frame with the parts' columns joined by point; null where a part has no row."""
    for part in parts:
        frame = frame.join(part, on="point_id", how="left")
    return frame


def zero_unless_absent(known: Known, table: str, *names: str) -> nw.Expr:
    """Counts and sums of a register that lists everything it knows.

    No row means zero, unless the whole register is absent: then nothing is known.
    """
    if table in known.absent:
        return nw.col(*names)
    return nw.col(*names).fill_null(0)
