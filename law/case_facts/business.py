"""What the tax committee knows of a business: receivables, production assets, last revenue.

The tax committee covers everybody: a debtor without a quarter runs no business. Which quarter says
something about the day is told by `registers.holdings`: where all are too old, stocks are unknown.
"""

import polars as pl

from law.case_facts.case_file import CaseFile

STOCKS: tuple[str, ...] = ("receivables_som", "production_assets_som")


def business_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: stocks of the latest fresh quarter, last quarter with revenue."""
    answer = (
        file.holdings("businesses")
        .group_by("point_id")
        .agg(
            *(pl.col(name).filter("is_current").max().alias(name) for name in STOCKS),
            pl.col("quarter").filter(pl.col("revenue_som") > 0).max().alias("last_revenue_on"),
            pl.len().cast(pl.Int64).alias("n_quarters"),
        )
    )
    facts = file.where_delivered("businesses", answer, {"n_quarters": 0})
    return facts.with_columns(
        pl.when(pl.col("n_quarters") == 0).then(0).otherwise(pl.col(name)).alias(name)
        for name in STOCKS
    ).drop("n_quarters")
