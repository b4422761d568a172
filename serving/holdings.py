"""What the debtor of a case has and owes, for the page and the API: read, not worked out."""

from dataclasses import dataclass

import polars as pl

from law.accounts import ACCOUNT_AMOUNTS, leviable_on_accounts
from law.case_facts.case_file import case_file
from law.case_facts.money import income_facts
from registers.extract import Registers
from registers.holdings import HOLDINGS, holdings
from serving.documents import json_row


@dataclass(frozen=True)
class WhatCounts:
    """Rows of what the debtor has and owes by table, and what the law lets be levied of it.

    The amounts are the law's facts of the same names, whole som; None where unknown.
    """

    rows: dict[str, list[dict[str, object]]]
    amounts: dict[str, int | None]


def what_counts(registers: Registers, point: pl.DataFrame) -> WhatCounts:
    """The holdings of one point (point_id, case_id, debtor_id, as_of_date)."""
    rows = {
        table: [json_row(row) for row in frame.drop("point_id", "as_of_date").to_dicts()]
        for table, frame in ((name, holdings(registers, point, name)) for name in HOLDINGS)
    }
    file = case_file(registers, point)
    accounts = leviable_on_accounts(file).select(ACCOUNT_AMOUNTS).row(0, named=True)
    income = income_facts(file).select("leviable_income_som").row(0, named=True)
    return WhatCounts(rows, {**accounts, **income})
