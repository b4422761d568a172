"""What can be levied on a debtor's accounts: one answer for the law, the model and the page."""

import polars as pl

from law.case_facts.case_file import CaseFile
from law.case_facts.money import account_facts
from law.rules import account_amounts_of

ACCOUNT_AMOUNTS: tuple[str, ...] = (
    "n_accounts",
    "n_stale_accounts",
    "account_free_som",
    "protected_amount_som",
    "leviable_balance_som",
)


def leviable_on_accounts(file: CaseFile) -> pl.DataFrame:
    """One row per point, sorted: point_id and ACCOUNT_AMOUNTS, the facts of the same names.

    Where some accounts are stale the amounts are the least there is; where all are, and where the
    register was not delivered, they are null. Whole som.
    """
    debtor = file.known("debtors", "debtor").select("point_id", pl.col("kind").alias("debtor_kind"))
    claim = file.known("cases", "case").select("point_id", "claim_kind")
    facts = file.points.select("point_id", "as_of_date")
    for part in (account_facts(file), debtor, claim):
        facts = facts.join(part, on="point_id", how="left")
    amounts = account_amounts_of(file.registers.legal_order.id)(facts)
    return amounts.select("point_id", *ACCOUNT_AMOUNTS).sort("point_id")
