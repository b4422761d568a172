"""The feature frame: what was known of each decision point, one row per point."""

from __future__ import annotations

import polars as pl

from features.catalogue import SOURCE_TABLES
from features.profile import build_profile
from features.reading import as_known, read_known
from features.roles import Roles, roles
from registers.extract import Registers

__all__ = ["Roles", "build_features", "roles"]


def build_features(registers: Registers, points: pl.DataFrame) -> pl.DataFrame:
    """The features of each point as they were known on its own day.

    Args:
        registers: Validated registers; a missing table leaves its features null.
        points: point_id, case_id, debtor_id, as_of_date from `registers.snapshot.locate`.

    Returns:
        One row per point, sorted by point_id: point_id, case_id, debtor_id, as_of_date, the
        features in catalogue order (outstanding_som first; numbers and flags Float64, categories
        String), known_on_<table> (Date, the latest reported_on among the rows used; null where
        no row was known), and the audit facts, which no model may read (see `roles`).

    Raises:
        PointColumnsError: A column of the points is missing.
    """
    rows = read_known(registers, points)
    profile: pl.LazyFrame = build_profile(as_known(registers, points, rows)).to_native()
    part = roles()
    frame = points.lazy().select(part.keys).join(profile, on="point_id", how="left")
    for table in SOURCE_TABLES:
        frame = frame.join(_known_on(rows[table], table), on="point_id", how="left")
    columns = (*part.keys, *part.covariates, *part.freshness, *part.excluded)
    return frame.select(columns).sort("point_id").collect()


def _known_on(rows: pl.LazyFrame, table: str) -> pl.LazyFrame:
    return rows.group_by("point_id").agg(pl.col("reported_on").max().alias(f"known_on_{table}"))
