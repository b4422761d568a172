"""households: who lives with the debtor, month by month, where social protection knows it.

Owner: social protection. Key: debtor_id, month. Protected: read only for what the law makes
relevant (minors and disabled dependants, the social register) and for fairness audits.
"""

from registers.contract import Column, Table
from registers.rules import AtMost, Rule, first_day, known_by_report

TABLE = Table(
    name="households",
    owner="social protection",
    key=("debtor_id", "month"),
    columns=(
        Column("debtor_id", "id", refers_to="debtors"),
        Column("month", "date", doc="First day of the month."),
        Column("members", "int", maximum=1_000, minimum=1, unit="persons"),
        Column("minors", "int", maximum=1_000, minimum=0, unit="persons"),
        Column("disabled", "int", maximum=1_000, minimum=0, unit="persons"),
        Column("social_register", "bool", doc="Whether the household is in the social register."),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        *first_day("month", "month"),
        known_by_report("month", "a month of a household"),
        Rule(
            "minors_above_members",
            AtMost("minors", "members"),
            "minors is above members: a minor is a member. Correct one of the two.",
        ),
        Rule(
            "disabled_above_members",
            AtMost("disabled", "members"),
            "disabled is above members: a disabled person is a member. Correct one of the two.",
        ),
    ),
    known_faults=(
        "Only households that asked for support are known well.",
        "A month is often reported more than a year late.",
    ),
    doc=__doc__,
    fresh_days=400,
    covers=0.1,
)
