"""cases: enforcement cases, each a chain of rows: opened, served, switched, closed.

Owner: the Bureau. Key: case_id. The state of a case on a day is its last row known by then. The
claim is what the document awards, the fee what the Bureau adds; payments are in `payments`.
"""

from registers.contract import Column, Table
from registers.rules import in_order, known_by_report

TABLE = Table(
    name="cases",
    owner="Bureau of Compulsory Enforcement",
    key=("case_id",),
    columns=(
        Column("case_id", "id", doc="Pseudonym of the case."),
        Column("debtor_id", "id", refers_to="debtors"),
        Column("document_id", "id", doc="Pseudonym of the enforcement document."),
        Column(
            "document_kind",
            "text",
            values=(
                "court_writ",
                "court_order",
                "notary_writ",
                "administrative_decision",
                "labour_commission",
                "arbitration_award",
                "mediation_agreement",
                "criminal_fine",
            ),
        ),
        Column("document_on", "date", doc="Day of the document."),
        Column("presented_on", "date", doc="Day on which it was presented for enforcement."),
        Column("opened_on", "date", doc="Day on which the case was opened."),
        Column("served_on", "date", nullable=True, doc="Day on which the debtor was served."),
        Column("voluntary_until", "date", nullable=True, doc="End of the voluntary term."),
        Column("procedure", "text", values=("ordinary", "simplified")),
        Column(
            "claim_kind",
            "text",
            values=(
                "alimony",
                "wages",
                "damage_health",
                "damage_property",
                "damage_state",
                "tax",
                "utility",
                "bank_credit",
                "administrative_fine",
                "criminal_fine",
                "court_costs",
                "contract",
                "other_money",
                "non_property",
            ),
        ),
        Column("claimant_id", "id"),
        Column(
            "claimant_kind",
            "text",
            values=("state", "bank", "utility", "legal_entity", "individual"),
        ),
        Column(
            "claim_som",
            "som",
            maximum=10_000_000_000_000,
            doc="What the document awards.",
            varies=True,
            typical=(20_000, 1_000_000_000),
        ),
        Column(
            "fee_som",
            "som",
            maximum=1_000_000_000_000,
            doc="Enforcement fee and costs added by the Bureau.",
        ),
        Column("periodic", "bool", doc="Whether the claim falls due again and again."),
        Column("secured", "bool", doc="Whether the claim is secured by a pledge."),
        Column("levies_dwelling", "bool", doc="Whether the document itself names the dwelling."),
        Column("office", "text", doc="Code of the office of the Bureau."),
        Column("officer_id", "id"),
        Column("closed_on", "date", nullable=True),
        Column(
            "closing",
            "text",
            nullable=True,
            values=(
                "performed",
                "returned_no_property",
                "returned_to_claimant",
                "debtor_not_found",
                "sent_to_liquidator",
                "annulled",
                "other",
            ),
        ),
        Column("reported_on", "date", doc="First day on which the Bureau could know the row."),
    ),
    rules=(
        in_order("document_on", "presented_on"),
        in_order("presented_on", "opened_on"),
        in_order("opened_on", "voluntary_until"),
        in_order("opened_on", "closed_on"),
        known_by_report("opened_on", "an opening"),
        known_by_report("served_on", "a service"),
        known_by_report("closed_on", "a closing"),
    ),
    known_faults=(
        "A closing ground may come without its day. Such a row is accepted and the case counts as "
        "closed: setting the row aside would leave the case open.",
        "The service on the debtor is reported late or never; then served_on is missing.",
        "voluntary_until lies in the future while the voluntary term runs.",
    ),
    doc=__doc__,
    fresh_days=30,
)
