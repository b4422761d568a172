"""What each measure can reach at all within an outcome window, over the derived facts.

`REACHES` says what a measure covers at most by law on its day (Art. 47(11)); here stands what there
is for it to take within six months, uncapped by the debt, so that a ranking can weigh means against
what is owed. Whole som; null where an amount of the law is unknown, never 0 in its place. Measures
that touch no asset have no entry.
"""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from law.uz.amounts import REACHES
from law.uz.ceilings import monthly_share

# An outcome window of 180 days holds six pay days.
MONTHS = 6

REACH_IN_WINDOW: Mapping[str, pl.Expr] = MappingProxyType(
    {
        "mediation_or_instalment": pl.col("leviable_income_som") * MONTHS,
        "bank_account_levy": REACHES["bank_account_levy"],
        # Money that comes later is held too, but no register foretells it.
        "account_attachment": pl.col("leviable_balance_som"),
        # Proved or not: what a report tells is what there may be.
        "receivables_levy": pl.coalesce("proved_receivable_som", "receivables_som"),
        "wage_income_withholding": monthly_share() * MONTHS,
        "registration_ban": pl.col("free_vehicles_som") + pl.col("free_real_estate_som"),
        # Of movables only the production assets of a business stand in a register.
        "movable_attachment": pl.col("production_assets_som"),
        "vehicle_seizure_sale": REACHES["vehicle_seizure_sale"],
        "movable_sale": pl.col("production_assets_som"),
        "real_estate_sale": REACHES["real_estate_sale"],
        "pledge_enforcement": REACHES["pledge_enforcement"],
    }
)
