"""What past decisions tell of a ranking: values, overlap by measure and region, budgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix
from models.examples import Examples
from models.nuisance import Scores
from models.off_policy import judge_policy
from models.overlap import overlap_of
from models.policy_value import LoggedRewards, evaluate_policy, logged_value
from models.qini import qini

SMALLEST_GROUP: Final = 20
"""A few people's outcomes are personal data: smaller groups are told of only together."""
OTHERS: Final = "smaller ones together"

Choice = NDArray[np.int64]


def values_of(
    log: LoggedRewards, policies: Mapping[str, Choice], examples: Examples
) -> dict[str, Any]:
    """Per decision: the officers' own value, that of each policy by every estimator, and that of
    each measure for everybody where it was lawful."""
    values: dict[str, Any] = {"officers": logged_value(log).as_dict()}
    for name, policy in policies.items():
        judged = judge_policy(log, policy).as_dict()
        values[name] = judged["estimates"] | {
            "overlap": judged["overlap"],
            "gain_over_officers": judged["gain"],
            "sensitivity": judged["gamma"],
        }
    for a, measure in enumerate(examples.measures):
        rows = examples.lawful[:, a]
        if not rows.any():
            continue
        constant = np.full(int(rows.sum()), a)
        estimate = evaluate_policy(log.take(rows), constant, draws=200)["dr"]
        values[f"always_{measure}"] = estimate.as_dict() | {"n": int(rows.sum())}
    return values


def overlap_by_measure(
    log: LoggedRewards, examples: Examples, scores: Scores, regions: Sequence[str | None]
) -> list[dict[str, Any]]:
    """Per measure, over the cases in which it was lawful: whether the log can tell what it brings.

    `hardly_ever` is the share of these cases in which officers take it more seldom than the least
    chance that a score divides by (None where chances are recorded); `blind_regions` are those
    where the log cannot tell, of `n_regions` with at least `SMALLEST_GROUP` such cases.
    """
    found = []
    for a, measure in enumerate(examples.measures):
        rows = np.flatnonzero(examples.lawful[:, a])
        if not len(rows):
            continue
        here = log.take(rows)
        weights = here.weights(np.full(len(rows), a))
        chance = scores.m_hat[rows, a]
        seldom = None if np.isnan(chance).any() else float((chance < scores.trim).mean())
        groups = groups_of([regions[int(i)] for i in rows])
        blind = [
            name
            for name, at in groups.items()
            if not overlap_of(weights[at], here.clusters[at]).tells
        ]
        found.append(
            {
                "measure": measure,
                "n_taken": int((here.arm == a).sum()),
                "hardly_ever": seldom,
                "n_regions": len(groups),
                "blind_regions": blind,
            }
            | overlap_of(weights, here.clusters).as_dict()
        )
    return found


def overlap_by_region(
    log: LoggedRewards, policy: Choice, regions: Sequence[str | None]
) -> list[dict[str, Any]]:
    """Per region of the debtor: whether the log can tell what `policy` would bring there."""
    weights = log.weights(policy)
    return [
        {"region": name} | overlap_of(weights[rows], log.clusters[rows]).as_dict()
        for name, rows in groups_of(regions).items()
    ]


def groups_of(names: Sequence[str | None]) -> dict[str, NDArray[np.int64]]:
    """The rows of each name, sorted; of names with few rows, and of no name, together.

    >>> {k: len(v) for k, v in groups_of(["b"] * 30 + ["a"] * 20 + ["c", None]).items()}
    {'a': 20, 'b': 30, 'smaller ones together': 2}
    """
    known = np.asarray([name or "" for name in names])
    found, few = {}, np.zeros(len(known), dtype=np.bool_)
    for name in np.unique(known):
        rows = known == name
        if name and rows.sum() >= SMALLEST_GROUP:
            found[str(name)] = np.flatnonzero(rows)
        else:
            few |= rows
    if few.any():
        found[OTHERS] = np.flatnonzero(few)
    return found


def qini_of(
    log: LoggedRewards, expected: Matrix, examples: Examples, intrusiveness: NDArray[np.int64]
) -> dict[str, Any]:
    """The curve over budgets of intrusiveness of the ranking by `expected` (n, m).

    The officers' intrusiveness is the mean over decisions whose measure is ranked.
    """
    weights = intrusiveness.astype(np.float64)
    ranked = examples.arm < len(examples.measures)
    officers = float(weights[examples.arm[ranked]].mean()) if ranked.any() else float("nan")
    curve = qini(log, expected, examples.lawful, weights, officers_intrusiveness=officers)
    return curve.as_dict()
