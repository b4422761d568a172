"""Qini curve of several measures over budgets of intrusiveness (Sverdrup, Wu, Athey, Wager 2025).

A budget is the mean intrusiveness per case (1 lightest to 10 heaviest) that a policy may use. For
each budget the policy takes the measures that bring most by what is expected, the same exchange of
gain for intrusiveness everywhere: per case only measures on the upper hull of (intrusiveness,
expected gain) are of use, and steps along the hulls are taken in the order of gain per point of
intrusiveness until the budget is used up (the greedy solution of the multiple-choice knapsack,
exact but for one step). The budget begins at the lightest lawful measure of every case.

What a policy is worth is read from the log by DR, never from the expectations that chose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.overlap import overlap_of
from models.policy_value import LoggedRewards, clustered_se, dr_terms

N_BUDGETS: Final = 8
_SAME: Final = 1e-12


@dataclass(frozen=True)
class Steps:
    """Every case's start and its steps along the hull, all cases' in the order of taking.

    `start` (n,) the measure of each case before any step; `case`, `arm`, `cost` (k,) of each step:
    the case, the measure that it comes to, the intrusiveness that it adds.
    """

    start: NDArray[np.int64]
    case: NDArray[np.int64]
    arm: NDArray[np.int64]
    cost: Vector
    least: float

    def most(self) -> float:
        """Mean intrusiveness when every step is taken."""
        return self.least + float(self.cost.sum()) / len(self.start)

    def policy(self, budget: float) -> NDArray[np.int64]:
        """The measure of each case when mean intrusiveness stays within `budget`.

        A budget below the start gives the start: some lawful measure is taken in every case.
        """
        room = (budget - self.least) * len(self.start) + 1e-9
        n = int(np.searchsorted(np.cumsum(self.cost), room, side="right"))
        found = self.start.copy()
        found[self.case[:n]] = self.arm[:n]  # later steps of a case stand behind its earlier ones
        return found


def hull_steps(expected: Matrix, lawful: NDArray[np.bool_], intrusiveness: Vector) -> Steps:
    """The steps of all cases; `expected`, `lawful` (n, m), at least one lawful in each row."""
    n = len(expected)
    rows = np.arange(n)
    cost = np.where(lawful, intrusiveness[None, :], np.inf)
    gain = np.where(lawful, expected, -np.inf)
    lightest = cost.min(axis=1)
    at = np.argmax(np.where(cost == lightest[:, None], gain, -np.inf), axis=1)
    start, cases, arms, costs, slopes = at.copy(), [], [], [], []
    while True:
        further = cost - intrusiveness[at][:, None]
        more = gain - gain[rows, at][:, None]
        of_use = lawful & (further > 0) & (more > 0)
        slope = np.full(cost.shape, -np.inf)
        slope[of_use] = more[of_use] / further[of_use]
        best = slope.max(axis=1)
        moving = np.flatnonzero(np.isfinite(best))
        if not len(moving):
            break
        # Of measures on one line the furthest: nothing between them is on a corner of the hull.
        near = slope[moving] >= best[moving, None] * (1.0 - _SAME)
        to = np.argmax(np.where(near, further[moving], -np.inf), axis=1)
        cases.append(moving)
        arms.append(to)
        costs.append(further[moving, to])
        slopes.append(best[moving])
        at = at.copy()
        at[moving] = to
    if not cases:
        none = np.zeros(0, dtype=np.int64)
        return Steps(start, none, none, np.zeros(0), float(intrusiveness[start].mean()))
    case, slope_of = np.concatenate(cases), np.concatenate(slopes)
    turn = np.repeat(np.arange(len(cases)), [len(c) for c in cases])
    order = np.lexsort((case, turn, -slope_of))
    return Steps(
        start,
        case[order],
        np.concatenate(arms)[order],
        np.concatenate(costs)[order],
        float(intrusiveness[start].mean()),
    )


@dataclass(frozen=True)
class QiniPoint:
    """One budget: what the ranking brings within it, and what one order for all would.

    `value` and `gain` (over the logged choices) are DR per decision with clustered standard errors;
    `personal` is the value less that of the best order that looks at no debtor within the budget.
    """

    budget: float
    used: float
    value: float
    se: float
    gain: float
    gain_se: float
    personal: float
    personal_se: float
    effective_n: float
    tells: bool


@dataclass(frozen=True)
class Qini:
    """The curve, and where the officers stand: their mean intrusiveness and what they brought.

    `least_at_par` is the smallest budget at which the ranking is not below the officers, None where
    there is none: how much lighter the same recovery could be had.
    """

    points: tuple[QiniPoint, ...]
    officers_intrusiveness: float
    officers_value: float
    least_at_par: float | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for reports."""
        return dict(self.__dict__) | {"points": [dict(p.__dict__) for p in self.points]}


def qini(
    log: LoggedRewards,
    expected: Matrix,
    lawful: NDArray[np.bool_],
    intrusiveness: Vector,
    *,
    officers_intrusiveness: float,
    n_budgets: int = N_BUDGETS,
) -> Qini:
    """The curve of the ranking by `expected` (n, m), a gain in the unit of the log's reward.

    Beside evenly spaced budgets it has the officers' own, where the curve reaches it.
    """
    steps = hull_steps(expected, lawful, intrusiveness)
    alike = np.where(lawful, expected, 0.0).sum(axis=0) / np.maximum(lawful.sum(axis=0), 1)
    blind = hull_steps(np.broadcast_to(alike, expected.shape), lawful, intrusiveness)
    budgets = set(np.linspace(steps.least, steps.most(), n_budgets).tolist())
    if steps.least <= officers_intrusiveness <= steps.most():
        budgets.add(officers_intrusiveness)
    points = tuple(
        _point(log, steps.policy(b), blind.policy(b), intrusiveness, b) for b in sorted(budgets)
    )
    par = [p.budget for p in points if p.gain >= 0 and p.tells]
    return Qini(points, officers_intrusiveness, float(log.reward.mean()), min(par, default=None))


def _point(
    log: LoggedRewards,
    policy: NDArray[np.int64],
    blind: NDArray[np.int64],
    intrusiveness: Vector,
    budget: float,
) -> QiniPoint:
    terms, other = dr_terms(log, policy), dr_terms(log, blind)
    overlap = overlap_of(log.weights(policy), log.clusters)
    return QiniPoint(
        budget=budget,
        used=float(intrusiveness[policy].mean()),
        value=float(terms.mean()),
        se=clustered_se(terms, log.clusters),
        gain=float((terms - log.reward).mean()),
        gain_se=clustered_se(terms - log.reward, log.clusters),
        personal=float((terms - other).mean()),
        personal_se=clustered_se(terms - other, log.clusters),
        effective_n=overlap.effective_n,
        tells=overlap.tells,
    )
