"""payments: money that came in on a case.

Owner: the Bureau and the treasury. Key: payment_id. `action_id` names the measure that brought
the payment where the treasury could tell. Outcomes are made of this table alone.
"""

from registers.contract import Column, Table
from registers.rules import known_by_report

TABLE = Table(
    name="payments",
    owner="Bureau of Compulsory Enforcement; treasury",
    key=("payment_id",),
    columns=(
        Column("payment_id", "id", doc="Pseudonym of the payment."),
        Column("case_id", "id", refers_to="cases"),
        Column("paid_on", "date"),
        Column(
            "amount_som",
            "som",
            maximum=10_000_000_000_000,
            varies=True,
            typical=(5_000, 1_000_000_000),
        ),
        Column(
            "source",
            "text",
            values=("voluntary", "bank_levy", "wage", "auction", "third_party", "other"),
        ),
        Column("action_id", "id", nullable=True, refers_to="actions"),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(known_by_report("paid_on", "a payment"),),
    known_faults=(
        "Reversals come as negative amounts from some treasuries. They are set aside: a reversal "
        "is a correction of its payment, a later row of the same payment_id.",
        "Voluntary payments reach the Bureau up to six weeks late.",
    ),
    doc=__doc__,
    fresh_days=30,
)
