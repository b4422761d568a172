"""The cases that are open on a day: what levels and limits of a model are set for."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from features.frame import build_features
from features.pairs import build_pairs
from law.facts import build_facts
from models.examples import lawful_matrix
from models.training import Today
from registers.extract import Registers
from registers.snapshot import Snapshot, locate

MOST_CASES = 6000


def open_today(registers: Registers, as_of: date, measures: tuple[str, ...]) -> Today | None:
    """Open cases with something owed, at most MOST_CASES evenly spaced by their number.

    None where there are none (a trial's file ends before its day).
    """
    cases = Snapshot(registers, as_of).table("cases")
    still = cases.filter(pl.col("closed_on").is_null(), pl.col("closing").is_null())
    asked = (
        still.select("case_id", as_of_date=pl.lit(as_of, dtype=pl.Date)).unique().sort("case_id")
    )
    every = max(1, -(-asked.height // MOST_CASES))
    points, _ = locate(registers, asked.gather_every(every))
    if points.is_empty():
        return None
    facts = build_facts(registers, points).sort("point_id")
    features = build_features(registers, points).sort("point_id")
    pairs = build_pairs(registers, points, facts)
    order = registers.legal_order
    keep = np.asarray([m in measures for m in order.measures], dtype=np.bool_)
    lawful = lawful_matrix(facts, order)[:, keep]
    owed = (features["outstanding_som"] > 0).fill_null(value=False)
    rows = np.flatnonzero(owed.to_numpy())
    if not len(rows):
        return None
    mine = pairs.filter(pl.col("measure").is_in(measures))
    places = (rows[:, None] * int(keep.sum()) + np.arange(int(keep.sum()))).ravel()
    return Today(features[rows], mine[places], lawful[rows])
