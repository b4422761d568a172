"""businesses: quarterly figures of entrepreneurs and legal entities.

Owner: the tax committee. Key: debtor_id, quarter. Figures are the taxpayer's own filings.
"""

from registers.contract import Column, Table
from registers.rules import first_day, known_by_report

TABLE = Table(
    name="businesses",
    owner="tax committee",
    key=("debtor_id", "quarter"),
    columns=(
        Column("debtor_id", "id", refers_to="debtors"),
        Column("quarter", "date", doc="First day of the quarter."),
        Column(
            "revenue_som",
            "som",
            maximum=1_000_000_000_000_000,
            varies=True,
            typical=(500_000, 1_000_000_000_000),
        ),
        Column("receivables_som", "som", maximum=1_000_000_000_000_000),
        Column("employees", "int", maximum=10_000_000, minimum=0, unit="persons"),
        Column("tax_arrears_som", "som", maximum=1_000_000_000_000_000),
        Column("production_assets_som", "som", maximum=1_000_000_000_000_000),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(*first_day("quarter", "quarter"), known_by_report("quarter", "a quarter")),
    known_faults=(
        "Filings come up to three months after the quarter, and dormant firms file none.",
    ),
    doc=__doc__,
    fresh_days=150,
)
