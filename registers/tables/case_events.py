"""case_events: suspension, deferral, mediation, deposit or treatment that stays a case.

Owner: the Bureau. Key: event_id. An event may be ordered ahead of its start, and its end may be
planned; the interval includes the start and excludes the end, and no end means until further
notice.
"""

from registers.contract import Column, Table
from registers.rules import in_order

TABLE = Table(
    name="case_events",
    owner="Bureau of Compulsory Enforcement",
    key=("event_id",),
    columns=(
        Column("event_id", "id", doc="Pseudonym of the event."),
        Column("case_id", "id", refers_to="cases"),
        Column(
            "kind",
            "text",
            values=(
                "suspended",
                "deferred",
                "postponed",
                "mediation",
                "guarantee_deposit",
                "in_patient_treatment",
            ),
        ),
        Column("starts_on", "date"),
        Column("ends_on", "date", nullable=True, doc="First day after the event; may be planned."),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(in_order("starts_on", "ends_on"),),
    known_faults=(
        "A stay that was lifted early keeps its planned end until the correction is reported.",
        "An event that was taken back is corrected to an end on its start: an empty interval.",
    ),
    doc=__doc__,
)
