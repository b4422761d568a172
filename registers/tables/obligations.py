"""obligations: debts of the debtor to lenders, month by month.

Owner: the credit bureau. Key: obligation_id, month.
"""

from registers.contract import Column, Table
from registers.rules import first_day, known_by_report

TABLE = Table(
    name="obligations",
    owner="credit bureau",
    key=("obligation_id", "month"),
    columns=(
        Column("obligation_id", "id", doc="Pseudonym of the obligation."),
        Column("month", "date", doc="First day of the month."),
        Column("debtor_id", "id", refers_to="debtors"),
        Column("lender_id", "id"),
        Column("kind", "text", values=("mortgage", "car", "consumer", "card", "micro", "business")),
        Column(
            "outstanding_som",
            "som",
            maximum=10_000_000_000_000,
            varies=True,
            typical=(200_000, 5_000_000_000),
        ),
        Column("monthly_due_som", "som", maximum=10_000_000_000_000),
        Column("days_past_due", "int", maximum=100_000, minimum=0, unit="days"),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(*first_day("month", "month"), known_by_report("month", "a month of an obligation")),
    known_faults=(
        "Informal loans are not here.",
        "An obligation that was repaid may simply end, without a month of zero.",
    ),
    doc=__doc__,
    fresh_days=60,
)
