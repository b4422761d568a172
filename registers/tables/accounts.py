"""accounts: turnover and balance of a bank account in a month.

Owner: the banks, through the depositor database. Key: account_id, month. Bank secrecy: the Bureau
may ask only with an act in force, so the table covers the debtors that were asked for.
"""

from registers.contract import Column, Table
from registers.rules import first_day, known_by_report

TABLE = Table(
    name="accounts",
    owner="banks; depositor database",
    key=("account_id", "month"),
    columns=(
        Column("account_id", "id", doc="Pseudonym of the account."),
        Column("month", "date", doc="First day of the month."),
        Column("debtor_id", "id", refers_to="debtors"),
        Column("bank_id", "id"),
        Column(
            "credits_som",
            "som",
            maximum=100_000_000_000_000,
            doc="Money that came in during the month.",
            varies=True,
        ),
        Column(
            "debits_som",
            "som",
            maximum=100_000_000_000_000,
            doc="Money that went out during the month.",
        ),
        Column(
            "balance_som",
            "som",
            maximum=100_000_000_000_000,
            doc="Balance at the end of the month.",
            varies=True,
        ),
        Column(
            "blocked_som",
            "som",
            maximum=100_000_000_000_000,
            doc="Part of it that is blocked for others.",
        ),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(*first_day("month", "month"), known_by_report("month", "a month of an account")),
    known_faults=(
        "An overdraft is a debt and belongs into obligations; a balance below zero is set aside.",
        "blocked_som may exceed balance_som where several orders block the same account.",
    ),
    doc=__doc__,
    fresh_days=60,
    covers=0.1,
)
