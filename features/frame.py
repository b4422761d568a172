"""The feature frame: what was known of each decision point, one row per point."""

from __future__ import annotations

import polars as pl

from features.catalogue import SOURCE_TABLES, STAMPS, unknown_column
from features.profile import build_profile
from features.reading import as_known, read_known, read_points
from features.roles import Roles, roles
from features.stamps import stamp_points
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
        String), for each stamp of the catalogue known_on_<stamp> and observed_on_<stamp> (Date:
        the latest day to which a row refers and the report that brought it; null where no row
        was known), for each of these registers is_unknown_<table> (Boolean: nothing is known of
        it, so a missing fact does not mean that there is none), and the audit facts, which no
        model may read (see `roles`).

    Raises:
        PointColumnsError: A column of the points is missing.
    """
    file = read_points(registers, points)
    rows = read_known(file)
    profile: pl.LazyFrame = build_profile(as_known(file, rows)).to_native()
    part = roles()
    frame = points.lazy().select(part.keys).join(profile, on="point_id", how="left")
    for table in SOURCE_TABLES:
        stamps = {name: part for name, (of, part) in STAMPS.items() if of == table}
        dated = stamp_points(rows[table], table, stamps)
        frame = frame.join(dated, on="point_id", how="left")
    frame = frame.with_columns(
        pl.lit(table in registers.absent).alias(unknown_column(table)) for table in SOURCE_TABLES
    )
    columns = (*part.keys, *part.covariates, *part.freshness, *part.unknown, *part.excluded)
    return frame.select(columns).sort("point_id").collect()
