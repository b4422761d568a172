"""No condition stands against any letter: each of them was lawful for every owner in the trial."""

import polars as pl

from law.condition import MeasureRules
from law.figures import Figures
from law.philadelphia.catalogue import MEASURES

FIGURES = Figures()
RULES: dict[str, MeasureRules] = {measure.id: MeasureRules(()) for measure in MEASURES}


def derive_facts(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts as they are: no amount of this legal order has to be worked out."""
    return facts


def with_account_amounts(facts: pl.DataFrame) -> pl.DataFrame:
    """No account could be levied in the trial: what might be taken of one is unknown."""
    unknown = pl.lit(None, dtype=pl.Int64)
    return facts.with_columns(
        unknown.alias("minimum_wage_som"),
        unknown.alias("protected_amount_som"),
        unknown.alias("leviable_balance_som"),
    )
