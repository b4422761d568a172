"""The form of TABLES/unknown: which debtor or case lost a row of a table to quarantine, and why.

One row per row set aside and debtor (or case) that it concerns. A row names the debtor where its
table names one, else the case; the rest of its key tells which later row makes it known again.
"""

import polars as pl

from registers.contract import Table

UNKNOWN_FOLDER = "unknown"


def owner_column(table: Table) -> str:
    """The column by which a table names whom a row concerns: debtor_id, else case_id."""
    return "debtor_id" if "debtor_id" in table.column_names else "case_id"


def unknown_schema(table: Table) -> pl.Schema:
    """Owner, reason (a reason code), reported_on (null: unknown on every day), rest of the key.

    >>> from registers.tables import TABLES
    >>> unknown_schema(TABLES["accounts"]).names()
    ['debtor_id', 'reason', 'reported_on', 'account_id', 'month']
    """
    owner, schema = owner_column(table), table.schema
    rest = {name: schema[name] for name in table.key if name != owner}
    return pl.Schema({owner: pl.String(), "reason": pl.String(), "reported_on": pl.Date(), **rest})


def period_column(table: Table) -> str | None:
    """The part of the key that names a month or quarter; None where a row is no period's."""
    return next((name for name in table.key if table.column(name).kind == "date"), None)


def thing_columns(table: Table) -> list[str]:
    """The key without its period: the account, the payer of an income, the owned object."""
    return [name for name in table.key if name != period_column(table)]


def unknown_of(frame: pl.DataFrame, debtors: pl.Series, case_ids: pl.Series) -> pl.DataFrame:
    """The rows that concern these debtors or their cases."""
    concerns = [
        pl.col(name).is_in(ids.implode())
        for name, ids in (("debtor_id", debtors), ("case_id", case_ids))
        if name in frame.columns
    ]
    return frame.filter(pl.any_horizontal(concerns).fill_null(False))
