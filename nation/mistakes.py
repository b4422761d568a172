"""The planted mistakes: measures that an officer takes although the law or the facts forbid them.

About one decision in a hundred. Each kind of mistake is possible only where it is certainly one, so
that its label (unlawful, unfounded) is known.
"""

from __future__ import annotations

import numpy as np

from nation.arrays import Bools, Floats, Ints
from nation.country import INDIVIDUAL
from nation.measures import BAN, BANK, N_MEASURES, TRAVEL, VEHICLE, WAGE
from nation.officers import is_term_over
from nation.situation import Situation, State, owns_estate, owns_vehicle

UNLAWFUL, UNFOUNDED = 1, 2
PLANTED_KINDS = (None, "unlawful", "unfounded")

_Mistake = tuple[int, float, int, Bools]


def _possible(s: Situation, state: State) -> list[_Mistake]:
    """Measure, weight, kind and where it would be that mistake."""
    over = is_term_over(s, state.day)
    firm = over & ~s.is_simplified
    person = s.kind == INDIVIDUAL
    car = owns_vehicle(s, state.day, 60) & ~s.vehicle_pledged
    house = owns_estate(s, state.day, 60)
    plenty = np.where(car, 0.6 * s.vehicle, 0.0) + np.where(house, 0.4 * s.estate, 0.0)
    nothing = (s.vehicle == 0) & (s.estate == 0) & (s.home == 0)
    return [
        # Art. 43²: utility debts in the simplified procedure; Art. 45: the voluntary term runs.
        (BANK, 1.0, UNLAWFUL, (s.is_simplified & s.is_utility) | ~over),
        # Art. 64: above the minimum wage, and property that suffices was found.
        (WAGE, 1.5, UNLAWFUL, firm & person & ~s.is_alimony & (state.debt > 1.4e6)
         & (plenty > s.all_claims)),
        # Art. 43², 42¹: no bans in the simplified procedure; travel bans need a court document.
        (BAN, 0.6, UNLAWFUL, s.is_simplified),
        (TRAVEL, 1.5, UNLAWFUL, s.is_simplified | ~s.is_court),
        (VEHICLE, 0.2, UNLAWFUL, s.is_simplified),
        # Lawful in form, but there is nothing to levy.
        (BANK, 0.8, UNFOUNDED, firm & ~s.knows_money),
        (WAGE, 0.6, UNFOUNDED, firm & person & s.is_alimony & (s.wage == 0)),
        (BAN, 0.6, UNFOUNDED, firm & nothing),
        (VEHICLE, 0.2, UNFOUNDED, firm & (s.vehicle == 0) & ~s.knows_money),
    ]  # fmt: skip


def mistaken_weights(s: Situation, state: State, is_open: Bools, errs: Bools) -> Floats:
    """Weights of the mistaken measures for the officers who err; nought for all others."""
    weights = np.zeros((len(state.day), N_MEASURES))
    for measure, weight, _, where in _possible(s, state):
        here = errs & where & ~is_open[:, measure]
        weights[:, measure] = np.maximum(weights[:, measure], weight * here)
    return weights


def kind_of_mistake(s: Situation, state: State, measure: Ints, is_planted: Bools) -> Ints:
    """UNLAWFUL or UNFOUNDED for planted mistakes, 0 for all other decisions."""
    kind = np.zeros(len(measure), dtype=np.int64)
    for code, _, label, where in _possible(s, state):
        kind = np.where((kind == 0) & is_planted & where & (measure == code), label, kind)
    return kind
