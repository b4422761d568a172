"""real_estate: objects in the cadastre and the debtor's share in them.

Owner: the cadastre. Key: object_id, debtor_id (an object may have several owners). The cadastral
value is a tax value for the whole object, not a market price and not the share.
"""

from registers.contract import Column, Table
from registers.rules import Rule, YearAtMost, in_order, known_by_report

TABLE = Table(
    name="real_estate",
    owner="cadastre",
    key=("object_id", "debtor_id"),
    columns=(
        Column("object_id", "id", doc="Pseudonym of the object."),
        Column("debtor_id", "id", refers_to="debtors"),
        Column("share", "float", minimum=0.0, maximum=1.0, doc="Share of the debtor, 0..1."),
        Column("kind", "text", values=("apartment", "house", "land", "commercial", "unfinished")),
        Column("area_m2", "float", minimum=0.0, unit="m²", varies=True),
        Column("built_year", "int", nullable=True, minimum=1500, maximum=2100),
        Column("district", "text", pattern="[0-9]{7}", doc="SOATO code of the district, 7 digits."),
        Column(
            "cadastral_som",
            "som",
            maximum=10_000_000_000_000,
            doc="Cadastral value of the whole object.",
            varies=True,
            typical=(5_000_000, 5_000_000_000),
        ),
        Column("residence", "bool", doc="Whether the debtor or the family lives there."),
        Column("encumbrance", "text", values=("none", "pledge", "attachment", "investment")),
        Column("acquired_on", "date"),
        Column("disposed_on", "date", nullable=True),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        in_order("acquired_on", "disposed_on"),
        known_by_report("acquired_on", "an acquisition"),
        known_by_report("disposed_on", "a disposal"),
        Rule(
            "built_year_after_reported",
            YearAtMost("built_year", "reported_on", slack=5),
            "built_year is more than five years after reported_on. Correct the year.",
        ),
    ),
    known_faults=(
        "residence is missing upkeep: a family may have moved without telling the cadastre.",
        "Encumbrances of private lenders are reported late.",
        "built_year of an unfinished building is the planned year.",
    ),
    doc=__doc__,
)
