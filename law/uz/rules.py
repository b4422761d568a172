"""The rules of Law 258-II by measure, and what is checked at the decision and not here."""

from law.condition import MeasureRules
from law.figures import Figures
from law.uz.amounts import derive_facts
from law.uz.catalogue import MEASURES
from law.uz.measures import (
    bank_account_levy,
    real_estate_sale,
    registration_ban,
    travel_ban,
    vehicle_seizure_sale,
    voluntary_notice,
    wage_income_withholding,
)

RULES: dict[str, MeasureRules] = {
    "voluntary_notice": voluntary_notice.RULES,
    "bank_account_levy": bank_account_levy.RULES,
    "wage_income_withholding": wage_income_withholding.RULES,
    "registration_ban": registration_ban.RULES,
    "vehicle_seizure_sale": vehicle_seizure_sale.RULES,
    "real_estate_sale": real_estate_sale.RULES,
    "travel_ban": travel_ban.RULES,
}

def _not_yet(measure: str) -> MeasureRules:
    import polars as pl

    from law.condition import Condition
    from law.words import words

    text = words(uz="Hali kiritilmagan", ru="Ещё не внесено", en="Not encoded yet")
    return MeasureRules(
        (Condition("not_encoded", "46", "not_encoded", text, text, pl.lit(None), ("case_id",)),)
    )


for _measure in MEASURES:
    RULES.setdefault(_measure.id, _not_yet(_measure.id))

FIGURES = Figures(
    amounts=("outstanding_som", "protected_amount_som", "leviable_balance_som"),
    deadlines=("latest_voluntary_end",),
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

__all__ = ["AT_THE_DECISION", "FIGURES", "RULES", "derive_facts"]
