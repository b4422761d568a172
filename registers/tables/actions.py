"""actions: measures of enforcement, each a chain of rows: decided, executed, ended.

Owner: the Bureau. Key: action_id. `measure` is an id of the measure catalogue of the legal order
of the extract. `propensity` is filled only where a recorded rule or a lottery chose the measure.
"""

from registers.contract import Column, Table
from registers.rules import OnlyWith, Rule, in_order, known_by_report

TABLE = Table(
    name="actions",
    owner="Bureau of Compulsory Enforcement",
    key=("action_id",),
    columns=(
        Column("action_id", "id", doc="Pseudonym of the action."),
        Column("case_id", "id", refers_to="cases"),
        Column("measure", "text", of_legal_order=True, doc="Id of the measure catalogue."),
        Column("decided_on", "date"),
        Column("executed_on", "date", nullable=True),
        Column("ended_on", "date", nullable=True),
        Column("officer_id", "id"),
        Column("cost_som", "som", maximum=10_000_000_000, doc="What the measure cost the Bureau."),
        Column("officer_hours", "float", minimum=0, unit="hours"),
        Column(
            "result",
            "text",
            values=("effective", "partly", "nothing_found", "cancelled", "pending"),
        ),
        Column("cancelled_as", "text", nullable=True, values=("unlawful", "unfounded")),
        Column(
            "propensity",
            "float",
            nullable=True,
            above=0.0,
            maximum=1.0,
            doc="Probability with which this measure was drawn.",
        ),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        in_order("decided_on", "executed_on"),
        in_order("decided_on", "ended_on"),
        known_by_report("decided_on", "a decision"),
        known_by_report("executed_on", "an execution"),
        Rule(
            "cancelled_as_without_cancellation",
            OnlyWith("cancelled_as", "result", "cancelled"),
            "cancelled_as is filled, but the result is not cancelled. Correct the result, or "
            "empty cancelled_as.",
        ),
    ),
    known_faults=(
        "Most actions stay pending: the end of a measure is reported late or never.",
        "ended_on may be a planned day (the term of a travel ban), so it may follow reported_on.",
        "officer_hours are estimates of the officers.",
    ),
    doc=__doc__,
    fresh_days=30,
)
