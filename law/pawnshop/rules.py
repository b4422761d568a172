"""No condition stands against any loan terms: each of them was lawful for every loan drawn."""

from law.condition import MeasureRules
from law.figures import Figures
from law.pawnshop.catalogue import MEASURES
from law.without_conditions import derive_facts, with_account_amounts

__all__ = ["FIGURES", "RULES", "derive_facts", "with_account_amounts"]

FIGURES = Figures()
RULES: dict[str, MeasureRules] = {measure.id: MeasureRules(()) for measure in MEASURES}
