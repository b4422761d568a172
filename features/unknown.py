"""Which features a register decides, and what a point that it does not know whole loses.

A feature is null where not all rows of a register that it is made of are known: a count, sum or
share of the rest would look like a fact. The catalogue names the registers of each feature; of the
registers of cases the feature's `rows` tells whether those of this case or of all cases count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import narwhals as nw

from features.catalogue import AUDIT_FEATURES, FEATURES, Feature
from registers.snapshot import By
from registers.tables import TABLES
from registers.unknown_rows import owner_column

_FACTS: Final = (*FEATURES, *AUDIT_FEATURES)


def flag_of(table: str, by: By) -> str:
    """The column of the points that is true where a register is not all known.

    >>> flag_of("vehicles", "debtor")
    'unknown_vehicles_of_debtor'
    """
    return f"unknown_{table}_of_{by}"


def flags_of(feature: Feature) -> Iterator[tuple[str, By]]:
    """The registers that decide a feature, each with whose rows of it count.

    A ratio to what is outstanding reads this case alone, whatever its principal register reads.
    """
    for place, table in enumerate(feature.tables):
        is_of_cases = table == "cases" or owner_column(TABLES[table]) == "case_id"
        reads_the_case = feature.rows == "this_case" or (feature.rows == "all" and place > 0)
        yield table, "case" if is_of_cases and reads_the_case else "debtor"


FLAGS: Final[tuple[tuple[str, By], ...]] = tuple(
    dict.fromkeys(flag for feature in _FACTS for flag in flags_of(feature))
)
"""Every flag that a point carries."""


def null_where_unknown(profile: nw.LazyFrame[Any], points: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The profile with every feature null whose registers are not all known of the point."""
    names = [flag_of(*flag) for flag in FLAGS]
    flagged = profile.join(points.select("point_id", *names), on="point_id", how="left")
    return flagged.with_columns(
        nw.when(_is_known(feature)).then(nw.col(feature.name)).alias(feature.name)
        for feature in _FACTS
    ).drop(names)


def _is_known(feature: Feature) -> nw.Expr:
    unknown = [nw.col(flag_of(*flag)) for flag in flags_of(feature)]
    return ~nw.any_horizontal(*unknown, ignore_nulls=True)
