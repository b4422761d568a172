"""What every adapter of a public data set does to reach the form of the register contract."""

import polars as pl

from registers.tables import TABLES


def to_contract(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the contract; a nullable column that nobody filled is null."""
    schema = TABLES[name].schema
    absent = [pl.lit(None, dtype=schema[c]).alias(c) for c in schema if c not in frame.columns]
    return frame.with_columns(absent).select(schema.names()).cast(schema)


def filled(**values: object) -> list[pl.Expr]:
    """Columns that are the same in every row."""
    return [pl.lit(value).alias(name) for name, value in values.items()]
