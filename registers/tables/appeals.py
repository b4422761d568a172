"""appeals: complaints against actions, each a chain of rows: filed, resolved.

Owner: the courts and the Bureau. Key: appeal_id. Tells which actions were upheld or not.
"""

from registers.contract import Column, Table
from registers.rules import in_order, known_by_report

TABLE = Table(
    name="appeals",
    owner="courts; Bureau of Compulsory Enforcement",
    key=("appeal_id",),
    columns=(
        Column("appeal_id", "id", doc="Pseudonym of the appeal."),
        Column("action_id", "id", refers_to="actions"),
        Column("case_id", "id", refers_to="cases"),
        Column("filed_on", "date"),
        Column("filed_by", "text", values=("debtor", "claimant", "third_party", "prosecutor")),
        Column("resolved_on", "date", nullable=True),
        Column("result", "text", nullable=True, values=("upheld", "dismissed", "withdrawn")),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        in_order("filed_on", "resolved_on"),
        known_by_report("filed_on", "a filing"),
        known_by_report("resolved_on", "a resolution"),
    ),
    known_faults=("A resolution may be reported before its result is entered, or without a day.",),
    doc=__doc__,
)
