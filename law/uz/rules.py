"""The rules of Law 258-II by measure, and what is checked at the decision and not here."""

import polars as pl

from law.condition import MeasureRules
from law.figures import Figures
from law.uz.amounts import coverable_som, with_account_amounts
from law.uz.amounts import derive_facts as derive_amounts
from law.uz.contradictions import contradiction
from law.uz.measures import (
    account_attachment,
    bank_account_levy,
    debtor_or_asset_search,
    eviction,
    item_handover,
    mediation_or_instalment,
    movable_attachment,
    movable_sale,
    non_property_compulsion,
    obligations_register_entry,
    pledge_enforcement,
    real_estate_sale,
    receivables_levy,
    registration_ban,
    registry_asset_query,
    travel_ban,
    vehicle_seizure_sale,
    voluntary_notice,
    wage_income_withholding,
)
from law.uz.reach import REACH_IN_WINDOW

RULES: dict[str, MeasureRules] = {
    "voluntary_notice": voluntary_notice.RULES,
    "mediation_or_instalment": mediation_or_instalment.RULES,
    "registry_asset_query": registry_asset_query.RULES,
    "bank_account_levy": bank_account_levy.RULES,
    "account_attachment": account_attachment.RULES,
    "receivables_levy": receivables_levy.RULES,
    "wage_income_withholding": wage_income_withholding.RULES,
    "registration_ban": registration_ban.RULES,
    "movable_attachment": movable_attachment.RULES,
    "vehicle_seizure_sale": vehicle_seizure_sale.RULES,
    "movable_sale": movable_sale.RULES,
    "real_estate_sale": real_estate_sale.RULES,
    "pledge_enforcement": pledge_enforcement.RULES,
    "item_handover": item_handover.RULES,
    "travel_ban": travel_ban.RULES,
    "debtor_or_asset_search": debtor_or_asset_search.RULES,
    "eviction": eviction.RULES,
    "non_property_compulsion": non_property_compulsion.RULES,
    "obligations_register_entry": obligations_register_entry.RULES,
}


def derive_facts(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with amounts, terms and deadlines, and the contradiction among them if any."""
    return derive_amounts(facts).with_columns(contradiction().alias("contradiction"))


FIGURES = Figures(
    amounts=(
        "outstanding_som",
        "protected_amount_som",
        "leviable_balance_som",
        "leviable_income_som",
        "withholdable_som",
    ),
    deadlines={
        "must_open_by": "must_open_by",
        "voluntary_until": "latest_voluntary_end",
        "attach_by": "attach_by",
        "removal_from": "removal_from",
        "sell_by": "sell_by",
        "enforce_by": "enforce_by",
        "appeal_until": "appeal_until",
    },
    coverable_som=coverable_som,
    reach_in_window=REACH_IN_WINDOW,
    # Maintenance, damage to health, wages (Art. 80): our reading of who cannot wait.
    first_claims=frozenset({"alimony", "damage_health", "wages"}),
)

# Gates about the act or the decision, not about the choice of the measure (see docs/law).
AT_THE_DECISION: dict[str, str] = {
    "G1, contents": "Art. 8: the document has the contents that the Law asks for.",
    "G7": "Art. 26: physical actions on working days from 8:00 to 22:00.",
    "G8": "Art. 22: the officer is not subject to recusal.",
    "G9, dispatch": "Art. 22¹: dispatch and receipt of each notice are logged.",
    "G11": "Art. 86, 86¹: the decision carries facts, legal norms and the term of appeal.",
    "G14": "OʻRQ-1115; OʻRQ-547, Art. 23: a human officer decides.",
}

__all__ = ["AT_THE_DECISION", "FIGURES", "RULES", "derive_facts", "with_account_amounts"]
