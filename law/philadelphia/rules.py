"""No condition stands against any letter: each of them was lawful for every owner in the trial."""

from law.condition import MeasureRules
from law.figures import Figures
from law.philadelphia.catalogue import MEASURES
from law.without_conditions import derive_facts, with_account_amounts

__all__ = ["FIGURES", "RULES", "derive_facts", "with_account_amounts"]

FIGURES = Figures()
RULES: dict[str, MeasureRules] = {measure.id: MeasureRules(()) for measure in MEASURES}
