"""The recipe of the feature frame: one row per decision point."""

from __future__ import annotations

from datetime import date

import polars as pl

from features.frame import build_features
from registers.extract import Registers
from registers.snapshot import Snapshot, locate


def open_questions(registers: Registers, as_of: date) -> pl.DataFrame:
    """case_id and as_of_date of every open money claim known on `as_of`."""
    cases = Snapshot(registers, as_of).table("cases")
    still_open = cases.filter(pl.col("closed_on").is_null() | (pl.col("closed_on") > as_of))
    money = still_open.filter(pl.col("claim_kind") != "non_property")
    return money.select("case_id", as_of_date=pl.lit(as_of)).sort("case_id")


def profile(registers: Registers, as_of: date) -> pl.DataFrame:
    """The features of every open money claim on `as_of`, sorted by case."""
    points, _ = locate(registers, open_questions(registers, as_of))
    return build_features(registers, points).drop("point_id").sort("case_id")
