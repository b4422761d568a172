"""What a legal order needs that restricts no measure: its facts as they are, no amount to take."""

import polars as pl


def derive_facts(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts as they are: no amount of this legal order has to be worked out."""
    return facts


def with_account_amounts(facts: pl.DataFrame) -> pl.DataFrame:
    """No account can be levied: what might be taken of one is unknown."""
    unknown = pl.lit(None, dtype=pl.Int64)
    return facts.with_columns(
        unknown.alias("minimum_wage_som"),
        unknown.alias("protected_amount_som"),
        unknown.alias("leviable_balance_som"),
    )
