"""debtors: who owes. One row per debtor, and a further row when something changed.

Owner: the Bureau of Compulsory Enforcement, from the civil and the business register. Key:
debtor_id, a pseudonym. Read for what the law asks of a person (status, kind, region) and for
fairness audits; `sex` and `birth_year` are protected attributes and no model inputs.
"""

from registers.contract import Column, Table
from registers.rules import Rule, YearAtMost, known_by_report

TABLE = Table(
    name="debtors",
    owner="Bureau of Compulsory Enforcement; civil and business registers",
    key=("debtor_id",),
    columns=(
        Column("debtor_id", "id", doc="Pseudonym of the debtor."),
        Column("kind", "text", values=("individual", "entrepreneur", "legal_entity")),
        Column("birth_year", "int", nullable=True, minimum=1900, maximum=2100, doc="Protected."),
        Column("sex", "text", nullable=True, values=("f", "m"), doc="Protected."),
        Column("region", "text", pattern="[0-9]{4}", doc="SOATO code of the region, 4 digits."),
        Column("district", "text", pattern="[0-9]{7}", doc="SOATO code of the district, 7 digits."),
        Column("activity_code", "text", nullable=True, doc="Main economic activity (OKED)."),
        Column("registered_on", "date", doc="Entry into the civil or business register."),
        Column(
            "status",
            "text",
            values=(
                "active",
                "deceased",
                "missing",
                "insolvency_opened",
                "bankrupt",
                "liquidated",
            ),
        ),
        Column("status_on", "date", nullable=True, doc="Day since which the status holds."),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        known_by_report("registered_on", "a registration"),
        known_by_report("status_on", "a status"),
        Rule(
            "birth_year_after_reported",
            YearAtMost("birth_year", "reported_on"),
            "birth_year is later than the year of reported_on. Correct the year.",
        ),
    ),
    known_faults=(
        "Deaths and insolvencies reach the Bureau weeks late: status is as of reported_on.",
        "A move between regions is often reported for the region before the district.",
        "status_on is missing for most active debtors.",
    ),
    doc=__doc__,
)
