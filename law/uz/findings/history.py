"""What the findings read about the case beyond the facts: what was tried before, and means.

Only rows that the office could know count, and only decisions before the judged day.
"""

from collections.abc import Mapping

import polars as pl

# The light levies: on money and on income.
ACCOUNT_LEVY, WITHHOLDING = "bank_account_levy", "wage_income_withholding"
LEVIES: tuple[str, ...] = (ACCOUNT_LEVY, WITHHOLDING, "account_attachment")
FAILED: tuple[str, ...] = ("nothing_found", "cancelled")

_ACCOUNTS = ("n_accounts", "account_free_som", "accounts_month")
_INCOMES = ("leviable_income_som", "n_benefit_months", "income_month")
_VEHICLES = ("n_vehicles", "n_free_vehicles", "free_vehicles_som", "n_pledged_vehicles")
_OBJECTS = ("n_real_estate", "n_free_objects", "free_real_estate_som", "n_pledged_objects")
_BUSINESS = ("receivables_som", "production_assets_som")

# Which facts would be new for a measure that was tried in vain. Measures that are not named may be
# repeated as they are: notices, queries, searches, fines.
MEANS: Mapping[str, tuple[str, ...]] = {
    ACCOUNT_LEVY: _ACCOUNTS,
    "account_attachment": _ACCOUNTS,
    WITHHOLDING: _INCOMES,
    "receivables_levy": _BUSINESS,
    "registration_ban": (*_VEHICLES, *_OBJECTS),
    "movable_attachment": (*_VEHICLES, *_ACCOUNTS, *_INCOMES, *_BUSINESS),
    "vehicle_seizure_sale": _VEHICLES,
    "real_estate_sale": _OBJECTS,
    "pledge_enforcement": (*_VEHICLES, *_OBJECTS),
}

HISTORY: Mapping[str, pl.DataType] = {
    "has_tried_account_levy": pl.Boolean(),
    "has_tried_levy": pl.Boolean(),
    "has_attached": pl.Boolean(),
    "tried_on": pl.Date(),
    "tried_result": pl.String(),
    "tried_known_on": pl.Date(),
}


def history_of(asked: pl.DataFrame, past: pl.DataFrame) -> pl.DataFrame:
    """The columns of HISTORY for each row of `asked`, in its order.

    Args:
        asked: point_id, measure, as_of_date.
        past: the last known rows of the actions of each point's case: point_id, action_id,
            measure, decided_on, result, reported_on.
    """
    days = asked.select("point_id", "as_of_date").unique("point_id")
    before = past.join(days, on="point_id").filter(pl.col("decided_on") < pl.col("as_of_date"))
    stood = before.filter(pl.col("result") != "cancelled")
    of_case = stood.group_by("point_id").agg(
        (pl.col("measure") == ACCOUNT_LEVY).any().alias("has_tried_account_levy"),
        pl.col("measure").is_in(LEVIES).any().alias("has_tried_levy"),
        (pl.col("measure") == "movable_attachment").any().alias("has_attached"),
    )
    same = (
        before.sort("decided_on", "action_id")
        .unique(["point_id", "measure"], keep="last", maintain_order=True)
        .select(
            "point_id",
            "measure",
            pl.col("decided_on").alias("tried_on"),
            pl.col("result").alias("tried_result"),
            pl.col("reported_on").alias("tried_known_on"),
        )
    )
    flags = [name for name, dtype in HISTORY.items() if dtype == pl.Boolean()]
    return (
        asked.select("point_id", "measure")
        .join(of_case, on="point_id", how="left", maintain_order="left")
        .join(same, on=["point_id", "measure"], how="left", maintain_order="left")
        .with_columns(pl.col(name).fill_null(False) for name in flags)
        .select(*HISTORY)
    )
