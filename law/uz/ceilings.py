"""Ceilings in som that follow from dated values: fines, a month's withholding, base units.

Amounts are whole som and never stored: a number of base units times the base unit of the day.
"""

import polars as pl

from law.parameters import parameter


def base_units(name: str) -> pl.Expr:
    """A dated number of base units in som on that day."""
    return (pl.col("bhm_som").cast(pl.Int64) * parameter(name)).cast(pl.Int64)


def fine_ceiling() -> pl.Expr:
    """Administrative Code 198¹, 245³: the largest fine for non-execution.

    Of a person, or of the official of a legal entity; for a money claim not above what is owed.
    """
    person, official = (
        base_units("fine_ceiling_person_bhm"),
        base_units("fine_ceiling_official_bhm"),
    )
    ceiling = (
        pl.when(pl.col("is_natural_person"))
        .then(person)
        .when(~pl.col("is_natural_person"))
        .then(official)
    )
    return (
        pl.when(pl.col("claim_kind") == "non_property")
        .then(ceiling)
        .when(pl.col("claim_kind").is_not_null())
        .then(lesser(ceiling, pl.col("outstanding_som")))
    )


def withholding_share() -> pl.Expr:
    """Art. 66: the largest share of income after tax that may be withheld each month.

    The higher share is for arrears of alimony only (Art. 66(3)): no register parts them from the
    running month, so they must be stated.
    """
    return (
        pl.when(is_for_alimony_arrears())
        .then(parameter("wage_cap_share_alimony_arrears"))
        .when(pl.col("claim_kind").is_not_null())
        .then(parameter("wage_cap_share"))
    )


def is_for_alimony_arrears() -> pl.Expr:
    """Whether arrears of alimony were stated; never null for a known kind of claim."""
    return (pl.col("claim_kind") == "alimony") & (
        pl.col("alimony_arrears_som").fill_null(pl.lit(0)) > 0
    )


def withholdable() -> pl.Expr:
    """Art. 65, 66: what may be withheld in a month; whole som, rounded down, at most the debt.

    Periodic payments go on: what is outstanding does not cap them. Where another case of the debtor
    withholds already, what is left of the share is unknown: all documents share it.
    """
    month = monthly_share()
    return (
        pl.when(pl.col("periodic")).then(month).otherwise(lesser(month, pl.col("outstanding_som")))
    )


def monthly_share() -> pl.Expr:
    """Art. 66: the lawful share of a month's income, whole som, whatever is owed."""
    thousandths = (pl.col("withholding_share") * 1000).round().cast(pl.Int64)
    capped = pl.col("leviable_income_som") * thousandths // 1000
    none_to_take = pl.col("leviable_income_som") == 0
    left = pl.when(~pl.col("has_other_withholding")).then(capped)
    return pl.when(none_to_take).then(0).otherwise(left)


def lesser(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The smaller of two amounts; null where either is unknown, unless the other is nothing."""
    return (
        pl.when((one == 0) | (other == 0))
        .then(0)
        .when(one.is_not_null() & other.is_not_null())
        .then(pl.min_horizontal(one, other))
    )
