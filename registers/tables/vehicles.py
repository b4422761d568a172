"""vehicles: vehicles registered for the debtor.

Owner: the traffic police. Key: vehicle_id, debtor_id. The assessed value is that of the register,
not of an appraiser.
"""

from registers.contract import Column, Table
from registers.rules import Rule, YearAtMost, in_order, known_by_report

TABLE = Table(
    name="vehicles",
    owner="traffic police",
    key=("vehicle_id", "debtor_id"),
    columns=(
        Column("vehicle_id", "id", doc="Pseudonym of the vehicle."),
        Column("debtor_id", "id", refers_to="debtors"),
        Column("kind", "text", values=("car", "truck", "bus", "motorcycle", "tractor")),
        Column("model_year", "int", minimum=1900, maximum=2100),
        Column("engine_cc", "int", maximum=100_000, nullable=True, minimum=0, unit="cm³"),
        Column(
            "assessed_som",
            "som",
            maximum=100_000_000_000,
            doc="Value in the register.",
            varies=True,
            typical=(2_000_000, 2_000_000_000),
        ),
        Column("pledged", "bool"),
        Column("acquired_on", "date"),
        Column("disposed_on", "date", nullable=True),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        in_order("acquired_on", "disposed_on"),
        known_by_report("acquired_on", "an acquisition"),
        known_by_report("disposed_on", "a disposal"),
        Rule(
            "model_year_after_reported",
            YearAtMost("model_year", "reported_on", slack=1),
            "model_year is more than one year after reported_on. Correct the year.",
        ),
    ),
    known_faults=(
        "Vehicles sold by a power of attorney stay registered for the seller.",
        "Electric vehicles have no engine_cc.",
    ),
    doc=__doc__,
)
