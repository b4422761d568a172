"""What the tax committee knows of a business: receivables, production assets, last revenue.

The tax committee covers everybody: a debtor without a quarter runs no business. Figures older than
FRESH_MONTHS say nothing about today: where all quarters are so old, they are unknown.
"""

import polars as pl

from law.case_facts.case_file import CaseFile

FRESH_MONTHS = 12
STOCKS: tuple[str, ...] = ("receivables_som", "production_assets_som")


def business_facts(file: CaseFile) -> pl.DataFrame:
    """One row per point: stocks of the latest fresh quarter, last quarter with revenue."""
    first = pl.col("as_of_date").dt.month_start().dt.offset_by(f"-{FRESH_MONTHS}mo")
    quarter = pl.col("quarter")
    quarters = file.known("businesses", "debtor").sort("point_id", "quarter")
    is_fresh = (quarter >= first).last()
    answer = quarters.group_by("point_id", maintain_order=True).agg(
        *(pl.when(is_fresh).then(pl.col(name).last()).alias(name) for name in STOCKS),
        quarter.filter(pl.col("revenue_som") > 0).max().alias("last_revenue_on"),
        pl.len().cast(pl.Int64).alias("n_quarters"),
    )
    facts = file.where_delivered("businesses", answer, {"n_quarters": 0})
    return facts.with_columns(
        pl.when(pl.col("n_quarters") == 0).then(0).otherwise(pl.col(name)).alias(name)
        for name in STOCKS
    ).drop("n_quarters")
