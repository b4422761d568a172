"""The rankers of the tournament: what each says of the recovered share under each measure.

All speak on one scale, the expected share R of the outstanding amount recovered within the
outcome window, so that one scorer turns any of them into net money and into contributions:

    constant       usual(x) + delta_a, delta_a the mean AIPW effect: an order that is equal for all
    rule_card      usual(x) + delta_a(leaf): a policy tree of at most three questions
    dr_learner     usual(x) + calibrated(tau_a(x)), tau on AIPW scores            Kennedy 2023
    x_learner      the same, tau on imputed effects                               Künzel et al. 2019
    r_learner      the same, tau on residuals over residuals                      Nie and Wager 2021
    rank_learner   usual(x) + calibrated(score of a ranking), LightGBM's lambdarank
    t_learner      one outcome model per measure, cross-entropy on the share      Künzel et al. 2019
    s_learner      one outcome model with the measure among its inputs            Künzel et al. 2019
    stack          a convex mean of the others

`usual(x)` is the share expected under what officers usually choose: an effect is an advantage
over usual practice, so measures that are lawful in different cases stay comparable.

All of these trees are fitted with copies of examples that lack registers (`models.masking`).
"""

from models.rankers.base import KINDS, Kind, Ranker, all_rates
from models.rankers.blend import Blend, bag
from models.rankers.calibrated import Calibrated
from models.rankers.card import RuleCard
from models.rankers.constant import ConstantRanker
from models.rankers.effects import EffectLearner
from models.rankers.outcome import SLearner, TLearner

__all__ = [
    "KINDS",
    "Blend",
    "Calibrated",
    "ConstantRanker",
    "EffectLearner",
    "Kind",
    "Ranker",
    "RuleCard",
    "SLearner",
    "TLearner",
    "all_rates",
    "bag",
]
