"""A planner two steps ahead: fitted Q-iteration on the core, measured and not used.

The core asks what comes in after a measure if officers go on as usual. The planner asks what comes
in if the next decision, too, is the best one. All of it in shares of the debt owed at the first of
two decisions on a case (`models.sequences`), nothing discounted:

    V2(x')  = core(x', pi2),  pi2 = the lawful measure that the core expects most of at x'
    target  = paid until the next decision + rest * V2(x')           Ernst, Geurts and Wehenkel 2005
    Q1      = the S-learner, fitted to these targets without each fold of debtors

When the next decision falls, and whether there is one, is left to the officers: it is part of what
follows a measure. Payments count up to the next decision and for a whole window after it, or for
one window where there is none; how long that is under each order is told, since an order that is
followed by more decisions is given more time. V2 is the word of the fold ranker that has not seen
the debtor, and so is Q1. (The targets that Q1 of a fold learns from hang on rankers that saw that
fold: the same second-order dependence as in `models.nuisance`.)

Both orders are judged by the same doubly robust return, recursive over the two steps (Jiang and Li
2016), so that no model is taken at its word:

    V2_dr = V2(x') + 1{A2 = pi2} / m_hat_A2 * (R2 - core(x', A2))
    V_dr  = Q1(x, pi1) + 1{A1 = pi1} / m_hat_A1 * (paid + rest * V2_dr - Q1(x, A1))

The orders differ in their first measure alone. The planner is better where the lower end of the
95 % interval of the difference, clustered by debtor, is above zero, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from models.boosting import Matrix, Vector
from models.examples import Examples
from models.fitting import held_out
from models.nuisance import Scores
from models.off_policy import normal
from models.overlap import Overlap, overlap_of
from models.policy_value import LoggedRewards, PolicyValue, dr_terms
from models.rankers.outcome import SLearner, fit_s_learner
from models.sequences import Sequences
from models.settings import MIN_DEBTORS, MIN_EXAMPLES, TrainingSettings
from models.tournament import Policy, best_lawful, clusters_of
from models.training import prepare
from models.twins import Twins

MIN_FOLLOWED: Final = 100
"""Debtors with a second step, below which nothing of two steps is said."""
MEASURED_ONLY: Final = "This is measured only: no ranking uses the planner."


@dataclass(frozen=True)
class Comparison:
    """The core's order and the planner's on the same sequences, in shares of the debt.

    `difference` is the planner's value less the core's, paired; `differs` the share of decisions
    whose first measure is another one; `core_days` and `planner_days` how long payments count under
    each order (SNIPS); the overlaps are those of whole sequences: the weights of both steps.
    """

    core: PolicyValue
    planner: PolicyValue
    difference: PolicyValue
    differs: float
    core_days: float
    planner_days: float
    core_overlap: Overlap
    planner_overlap: Overlap

    @property
    def tells(self) -> bool:
        """Whether the log can tell what either order is worth."""
        return self.core_overlap.tells and self.planner_overlap.tells

    @property
    def is_better(self) -> bool:
        """The rule: the log can tell, and the whole interval of the difference is above zero."""
        return self.tells and self.difference.low > 0.0


@dataclass(frozen=True)
class TwoSteps:
    """What past decisions tell of planning two steps ahead; no `comparison` where they are too few:
    `n` decisions, `n_followed` of them with a second step, and on how many debtors each."""

    n: int
    n_debtors: int
    n_followed: int
    n_debtors_followed: int
    window_days: int
    left_out: dict[str, int]
    comparison: Comparison | None

    @property
    def sentence(self) -> str:
        """The verdict, for an analyst."""
        found = self.comparison
        if found is None:
            return (
                f"Too few sequences: {self.n:,} decisions on {self.n_debtors:,} debtors, of which "
                f"{self.n_followed:,} on {self.n_debtors_followed:,} debtors have a second step. "
                f"At least {MIN_EXAMPLES} on {MIN_DEBTORS} debtors are needed, with a second step "
                f"on {MIN_FOLLOWED}. {MEASURED_ONLY}"
            )
        if not found.tells:
            blind = found.planner_overlap if found.core_overlap.tells else found.core_overlap
            return f"Of both steps together: {blind.sentence} {MEASURED_ONLY}"
        gain = found.difference
        interval = (
            f"the 95 % interval of the difference is {100 * gain.low:.2f} to "
            f"{100 * gain.high:.2f} points of the debt"
        )
        verdict = (
            "is measured to be better than the core's order"
            if found.is_better
            else "is not measured to be better than the core's order, and would not be used"
        )
        return f"Planning two steps ahead {verdict}: {interval}. {MEASURED_ONLY}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values for reports; figures only where the log can tell."""
        found = self.comparison
        told: dict[str, Any] = dict(self.__dict__) | {"sentence": self.sentence}
        told |= {"is_better": False, "is_used": False}
        told |= {"differs": None if found is None else found.differs, "comparison": None}
        if found is not None and found.tells:
            told["is_better"] = found.is_better
            told["comparison"] = {
                "core": found.core.as_dict(),
                "planner": found.planner.as_dict(),
                "difference": found.difference.as_dict(),
                "core_days": found.core_days,
                "planner_days": found.planner_days,
            }
        return told


def judge_two_steps(
    sequences: Sequences,
    examples: Examples,
    scores: Scores,
    rates: Matrix,
    costs: Vector,
    settings: TrainingSettings,
) -> TwoSteps:
    """The planner fitted and set against the core's order on past decisions.

    Args:
        rates: (n, m) shares that the core expects of all `examples`, each by the fold ranker that
            has not seen the debtor; `scores` are theirs as well.
        costs: (m,) cost of each measure, in the legal order's unit.
        settings: those of the core, `share.rounds` being the rounds that it was found to need.
    """
    first = examples.take(sequences.first)
    debtors = np.asarray(first.debtors)
    followed = set(debtors[sequences.is_followed].tolist())
    n_debtors = len(set(debtors.tolist()))
    few = len(first) < MIN_EXAMPLES or n_debtors < MIN_DEBTORS or len(followed) < MIN_FOLLOWED
    return TwoSteps(
        n=len(first),
        n_debtors=n_debtors,
        n_followed=int(sequences.is_followed.sum()),
        n_debtors_followed=len(followed),
        window_days=examples.window_days,
        left_out=sequences.left_out,
        comparison=None if few else _compare(sequences, examples, scores, rates, costs, settings),
    )


def _compare(
    sequences: Sequences,
    examples: Examples,
    scores: Scores,
    rates: Matrix,
    costs: Vector,
    settings: TrainingSettings,
) -> Comparison:
    first, seen = examples.take(sequences.first), scores.take(sequences.first)
    core = net_shares(rates, examples, costs)
    pi2 = best_lawful(core, examples.lawful)
    target = two_step_target(sequences, core, pi2)
    planned = net_shares(fit_planner(first, target, seen.taken, settings), first, costs)
    returned, second_weight = two_step_return(sequences, examples, scores, core, pi2)
    own_cost = np.clip(first.cost / first.outstanding, 0.0, 1.0)
    clusters = clusters_of(first)
    log = LoggedRewards(returned - own_cost, first.arm, seen.taken, planned, clusters)
    by_core, by_planner = pi2[sequences.first], best_lawful(planned, first.lawful)

    def judged(policy: Policy) -> tuple[PolicyValue, Overlap, float]:
        w = log.weights(policy)
        whole = overlap_of(w * second_weight, clusters)
        days = float(w @ sequences.days / max(float(w.sum()), 1e-12))
        return normal("dr", dr_terms(log, policy), clusters, w), whole, days

    core_value, core_overlap, core_days = judged(by_core)
    planner_value, planner_overlap, planner_days = judged(by_planner)
    gain = dr_terms(log, by_planner) - dr_terms(log, by_core)
    return Comparison(
        core=core_value,
        planner=planner_value,
        difference=normal("dr", gain, clusters, log.weights(by_planner)),
        differs=float((by_core != by_planner).mean()),
        core_days=core_days,
        planner_days=planner_days,
        core_overlap=core_overlap,
        planner_overlap=planner_overlap,
    )


def net_shares(rates: Matrix, examples: Examples, costs: Vector) -> Matrix:
    """Expected shares (n, m) less what the measures cost, each held at one debt."""
    worth = np.clip(costs[None, :] / examples.outstanding[:, None], 0.0, 1.0)
    return np.asarray(np.clip(rates, 0.0, 1.0) - worth)


def two_step_target(sequences: Sequences, core: Matrix, pi2: Policy) -> Vector:
    """What Q1 learns (s,): paid until the next decision and the best of what it leaves, 0..1."""
    second = np.where(sequences.is_followed, sequences.second, 0)
    best = np.maximum(core[second, pi2[second]], 0.0)
    return np.asarray(np.clip(sequences.paid + sequences.rest * best, 0.0, 1.0))


def two_step_return(
    sequences: Sequences, examples: Examples, scores: Scores, core: Matrix, pi2: Policy
) -> tuple[Vector, Vector]:
    """paid + rest * V2_dr (s,), and the weight of each second step under pi2; 1 without one."""
    is_followed = sequences.is_followed
    at = np.where(is_followed, sequences.second, 0)
    later = examples.take(at)
    net = later.rate - np.clip(later.cost / later.outstanding, 0.0, 1.0)
    log = LoggedRewards(net, later.arm, scores.taken[at], core[at], clusters_of(later))
    weight = np.where(is_followed, log.weights(pi2[at]), 1.0)
    return sequences.paid + sequences.rest * dr_terms(log, pi2[at]), np.asarray(weight)


def fit_planner(
    first: Examples, target: Vector, taken: Vector, settings: TrainingSettings
) -> Matrix:
    """Q1 (s, m): shares over two steps, each decision by the model that has not seen its debtor."""
    data = prepare(replace(first, recovered=target * first.outstanding), settings)

    def one(k: int, part: Examples, twins: Twins) -> SLearner:
        own = taken[data.outside(k)]
        seed = settings.seed + 70_000 + k
        return fit_s_learner(twins.under(part.arm), part, own, data.design, settings, seed)

    return held_out(list(data.fit_outside_each(one)), data)
