"""incomes: what a debtor received in a month from one payer, by kind, with the tax withheld.

Owner: the tax committee and the pension fund. Key: debtor_id, month, payer_id, kind. Months come
about six weeks after their end. Only declared income is here: informal income is not.
"""

from registers.contract import Column, Table
from registers.rules import AtMost, Rule, first_day, known_by_report

TABLE = Table(
    name="incomes",
    owner="tax committee; pension fund",
    key=("debtor_id", "month", "payer_id", "kind"),
    columns=(
        Column("debtor_id", "id", refers_to="debtors"),
        Column("month", "date", doc="First day of the month."),
        Column("payer_id", "id"),
        Column(
            "kind",
            "text",
            values=(
                "wage",
                "pension",
                "stipend",
                "dividend",
                "rent",
                "contract",
                "self_employed",
                "benefit",
                "alimony_received",
            ),
        ),
        Column(
            "gross_som",
            "som",
            maximum=1_000_000_000_000,
            varies=True,
            typical=(50_000, 200_000_000),
        ),
        Column("tax_som", "som", maximum=1_000_000_000_000),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        *first_day("month", "month"),
        known_by_report("month", "an income"),
        Rule(
            "tax_above_gross",
            AtMost("tax_som", "gross_som"),
            "tax_som is above gross_som: no tax exceeds the income. Correct one of the two.",
        ),
    ),
    known_faults=(
        "Employers file late and correct: a later row of the same key replaces the earlier one.",
        "A missing month is no proof of no income.",
    ),
    doc=__doc__,
    fresh_days=75,
    covers=0.1,
)
