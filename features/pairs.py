"""The pair frame: what is known of each measure in each case, one row per point and measure.

A measure is weighed by what it can reach (the law's own amounts), by what was tried and by what
came of it. As everywhere, only events strictly before the day count: a decision cannot rest on
itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from features.catalogue.feature import Rows
from features.catalogue.pairs import PAIR_FEATURES, PAIR_STAMPS
from features.freshness import stamp_columns
from features.reading import read_points, read_table
from features.stamps import stamp_points
from law.case_facts.case_file import CaseFile
from law.catalogue import catalogue
from law.rules import figures_of
from registers.extract import Registers
from registers.snapshot import By
from registers.unknown import unknown_points

SUFFIXES: Final = ("", "_other_cases")
HERE: Final = (SUFFIXES[0], pl.col("is_this_case"))
ELSEWHERE: Final = (SUFFIXES[1], ~pl.col("is_this_case"))

_TRIED: Final = ("n_tried", "days_since_tried", "tried_result")
NEEDS: Final[Mapping[str, tuple[tuple[str, By], ...]]] = MappingProxyType(
    {
        **dict.fromkeys(_TRIED, (("actions", "case"),)),
        **{f"{name}_other_cases": (("actions", "debtor"),) for name in _TRIED},
        "paid_since_tried_share": (("actions", "case"), ("payments", "case")),
        "brought_share": (("actions", "case"), ("payments", "case")),
        "brought_other_cases_share": (("actions", "debtor"), ("payments", "debtor")),
    }
)
"""The registers that a fact is counted from, each with whose rows of it."""


def build_pairs(registers: Registers, points: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """What was known of each measure of the legal order at each point.

    Args:
        registers: Validated registers; a missing table leaves what it would tell null.
        points: point_id, case_id, debtor_id, as_of_date from `registers.snapshot.locate`.
        facts: The facts of the same points from `law.facts.build_facts`.

    Returns:
        One row per point and measure, sorted by point_id and then as the legal order lists its
        measures: point_id, measure, the columns of PAIR_FEATURES (numbers Float64, categories
        String), and known_on_<stamp>, observed_on_<stamp> for each of PAIR_STAMPS (Date; null
        where no row was known). What a measure reaches is dated by the feature frame: see
        `PairFeature.of`.

    Raises:
        PointColumnsError: A column of the points is missing.
    """
    file = read_points(registers, points)
    order = registers.legal_order
    actions = _numbered_actions(file, order.measures)
    payments = read_table(file, "payments")
    pairs = _grid(order.id, order.measures, points, facts)
    parts = (_tried(actions), _brought(actions, payments), _paid_since(actions, payments))
    for part in parts:
        pairs = pairs.join(part, on="pair_id", how="left")
    filled = pairs.with_columns(_none_where_no_row()).with_columns(_shares())
    told = filled.with_columns(_null_where_unknown(registers, points))
    columns = [feature.name for feature in PAIR_FEATURES]
    days = [column for stamp in PAIR_STAMPS for column in stamp_columns(stamp)]
    numbers = [feature.name for feature in PAIR_FEATURES if feature.kind != "category"]
    return (
        told.sort("pair_id")
        .with_columns(pl.col(numbers).cast(pl.Float64))
        .select("point_id", "measure", *columns, *days)
        .collect()
    )


def _pair_id(measures: tuple[str, ...]) -> pl.Expr:
    """A number per point and measure that sorts by point, then in the order of the measures."""
    position = {measure: i for i, measure in enumerate(measures)}
    at = pl.col("measure").replace_strict(position, default=None, return_dtype=pl.Int64)
    return pl.col("point_id").cast(pl.Int64) * len(measures) + at


def _grid(
    legal_order_id: str, measures: tuple[str, ...], points: pl.DataFrame, facts: pl.DataFrame
) -> pl.LazyFrame:
    """One row per point and measure: pair_id, what the measure is and what it can reach."""
    known = catalogue(legal_order_id)
    reaches = figures_of(legal_order_id).reach_in_window
    unknown = pl.lit(None, dtype=pl.Int64)
    reached = facts.lazy().select(
        "point_id",
        "outstanding_som",
        *(reaches.get(measure, unknown).cast(pl.Int64).alias(measure) for measure in measures),
    )
    long = reached.unpivot(
        on=list(measures),
        index=["point_id", "outstanding_som"],
        variable_name="measure",
        value_name="reach_som",
    )
    weights = {measure: known[measure].intrusiveness for measure in measures}
    touches = {measure: known[measure].touches for measure in measures}
    return (
        points.lazy()
        .select("point_id")
        .join(long, on="point_id", how="inner")
        .with_columns(
            _pair_id(measures).alias("pair_id"),
            pl.col("measure").replace_strict(weights).alias("measure_intrusiveness"),
            pl.col("measure").replace_strict(touches).alias("measure_touches"),
            *(pl.lit(None, dtype=pl.Date).alias(column) for column in stamp_columns("measure")),
        )
    )


def _numbered_actions(file: CaseFile, measures: tuple[str, ...]) -> pl.LazyFrame:
    """Earlier decisions of the debtor with the number of their pair."""
    rows = read_table(file, "actions")
    return rows.with_columns(_pair_id(measures).alias("pair_id")).filter(
        pl.col("pair_id").is_not_null()
    )


def _tried(actions: pl.LazyFrame) -> pl.LazyFrame:
    """How often, when and with what result a measure was taken, here and in other cases."""
    latest = actions.sort("decided_on", "action_id")
    day = (pl.col("as_of_date") - pl.col("decided_on")).dt.total_days()
    tried = latest.group_by("pair_id", maintain_order=True).agg(
        *(
            column
            for name, here in (HERE, ELSEWHERE)
            for column in (
                here.sum().cast(pl.Int64).alias(f"n_tried{name}"),
                day.filter(here).min().alias(f"days_since_tried{name}"),
                pl.col("result").filter(here).last().alias(f"tried_result{name}"),
            )
        )
    )
    return tried.join(_stamps(actions, "actions", "tried"), on="pair_id", how="left")


def _brought(actions: pl.LazyFrame, payments: pl.LazyFrame) -> pl.LazyFrame:
    """What the treasury traced to the measure, here and in other cases."""
    of_action = actions.select("point_id", "action_id", "pair_id")
    traced = payments.join(of_action, on=["point_id", "action_id"], how="inner")
    sums = traced.group_by("pair_id").agg(
        pl.col("amount_som").filter(here).sum().alias(f"brought_som{name}")
        for name, here in (HERE, ELSEWHERE)
    )
    return sums.join(_stamps(traced, "payments", "brought"), on="pair_id", how="left")


def _paid_since(actions: pl.LazyFrame, payments: pl.LazyFrame) -> pl.LazyFrame:
    """What came in on this case from the last decision of the measure on."""
    last = (
        actions.filter("is_this_case")
        .group_by("point_id", "pair_id")
        .agg(pl.col("decided_on").max())
    )
    since = (
        payments.filter("is_this_case")
        .join(last, on="point_id", how="inner")
        .filter(pl.col("paid_on") >= pl.col("decided_on"))
    )
    sums = since.group_by("pair_id").agg(pl.col("amount_som").sum().alias("paid_since_som"))
    dated = _stamped(since, "payments", {"paid_since_tried": "this_case"})
    return sums.join(dated, on="pair_id", how="left")


def _stamps(rows: pl.LazyFrame, table: str, name: str) -> pl.LazyFrame:
    return _stamped(rows, table, {name: "this_case", f"{name}_other_cases": "other_cases"})


def _stamped(rows: pl.LazyFrame, table: str, stamps: dict[str, Rows]) -> pl.LazyFrame:
    """The two days of each stamp, by pair instead of by point."""
    by_pair = rows.with_columns(pl.col("pair_id").alias("point_id"))
    return stamp_points(by_pair, table, stamps).rename({"point_id": "pair_id"})


def _none_where_no_row() -> list[pl.Expr]:
    """No row means never tried and nothing paid, for these registers list all that they know."""
    nought = [f"{name}{suffix}" for name in ("n_tried", "brought_som") for suffix in SUFFIXES]
    return [
        *(pl.col(name).fill_null(0) for name in (*nought, "paid_since_som")),
        *(pl.col(f"tried_result{suffix}").fill_null("never_tried") for suffix in SUFFIXES),
    ]


def _null_where_unknown(registers: Registers, points: pl.DataFrame) -> list[pl.Expr]:
    """A count or sum of a register that is not all known of a case or debtor is no fact."""
    unknown = {
        (table, by): unknown_points(registers, points, table, by, "history")["point_id"].implode()
        for table, by in {needs for found in NEEDS.values() for needs in found}
    }
    return [
        pl.when(~pl.any_horizontal(pl.col("point_id").is_in(unknown[n]) for n in needs))
        .then(pl.col(name))
        .alias(name)
        for name, needs in NEEDS.items()
    ]


def _shares() -> list[pl.Expr]:
    owed, since = pl.col("outstanding_som"), pl.col("paid_since_som")
    tried, tried_elsewhere = pl.col("n_tried") > 0, pl.col("n_tried_other_cases") > 0
    return [
        _share(pl.col("reach_som"), owed).alias("reach_share"),
        pl.when(tried).then(_share(since, owed + since)).alias("paid_since_tried_share"),
        pl.when(tried).then(_share(pl.col("brought_som"), owed)).alias("brought_share"),
        pl.when(tried_elsewhere)
        .then(_share(pl.col("brought_som_other_cases"), owed))
        .alias("brought_other_cases_share"),
    ]


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(part.cast(pl.Float64) / whole.cast(pl.Float64))
