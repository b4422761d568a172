"""The pair frame after a change of facts: what a measure reaches, and shares of another debt."""

from __future__ import annotations

import polars as pl

from law.rules import figures_of


def pairs_after(
    pairs: pl.DataFrame, facts: pl.DataFrame, owed_before: pl.Series, legal_order_id: str
) -> pl.DataFrame:
    """The pairs of the points whose `facts` were changed.

    Args:
        pairs: Rows of `features.pairs.build_pairs`, as they were; point_id is that of `facts`.
        facts: One row per point after the change, amounts of the law worked out again.
        owed_before: outstanding_som of each row of `facts` before; what it fell by was paid now.
        legal_order_id: Whose law tells what a measure reaches.

    Returns:
        The same rows with reach_som, reach_share, paid_since_tried_share, brought_share and
        brought_other_cases_share as they are then.
    """
    reaches = figures_of(legal_order_id).reach_in_window
    unknown = pl.lit(None, dtype=pl.Int64)
    measures = pairs["measure"].unique(maintain_order=True).to_list()
    reached = facts.select(
        "point_id",
        pl.col("outstanding_som").cast(pl.Float64).alias("owed"),
        owed_before.cast(pl.Float64).alias("before"),
        *(reaches.get(m, unknown).cast(pl.Float64).alias(m) for m in measures),
    ).unpivot(
        on=measures,
        index=["point_id", "owed", "before"],
        variable_name="measure",
        value_name="reached",
    )
    owed, before, reach = pl.col("owed"), pl.col("before"), pl.col("reached")
    return (
        pairs.join(reached, on=["point_id", "measure"], how="left", maintain_order="left")
        .with_columns(
            reach.alias("reach_som"),
            pl.when(owed > 0).then(reach / owed).alias("reach_share"),
            _paid_since(pl.col("paid_since_tried_share"), owed, before),
            *(
                pl.when(owed == before).then(pl.col(name)).otherwise(pl.col(name) * before / owed)
                for name in ("brought_share", "brought_other_cases_share")
            ),
        )
        .select(pairs.columns)
    )


def _paid_since(share: pl.Expr, owed: pl.Expr, before: pl.Expr) -> pl.Expr:
    """Paid since the measure, over that sum and what is owed; what is paid now comes on top."""
    since = share * before / (1.0 - share) + (before - owed)
    return (
        pl.when(owed == before)
        .then(share)
        .when(share.is_not_null())
        .then(since / (owed + since))
        .alias("paid_since_tried_share")
    )
