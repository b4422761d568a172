"""Whether groups of debtors are served alike: value, intrusive measures, abstention.

Sex, age and region are no inputs of any model; whether something else stands in for them shows
only in what the ranking does. Intrusive measures are compared among debtors who could pay alike
and to whom a lighter and an intrusive measure are both open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Vector
from models.gates.examples import first_choices
from models.gates.gate import Bound, Found, Gate, judge_each
from models.policy_value import clustered_se, dr_terms
from models.tournament import clusters_of, share_log
from models.training import Trained

ATTRIBUTES: Final = ("sex", "age_band", "region")
FEWEST: Final = 50
INTRUSIVE: Final = 7
N_STRATA: Final = 10
MEANS: Final = (
    "leviable_balance_som",
    "mean_net_6m_som",
    "vehicles_value_som",
    "real_estate_value_som",
)
VALUE: Final = Bound(-0.1, 0.1, 0.15)
OFFERED: Final = Bound(-0.1, 0.1, 0.15)
ABSTAINED: Final = Bound(-0.1, 0.1, 0.15)

Bools = NDArray[np.bool_]


def group_value(trained: Trained, attributes: pl.DataFrame) -> Gate:
    """What the ranking is worth to each group over the officers, against all others."""
    examples = trained.examples
    some = np.flatnonzero(examples.lawful.any(axis=1))
    log = share_log(examples, trained.scores, trained.costs)
    policy = first_choices(trained)
    gain = np.zeros(len(examples))
    gain[some] = (dr_terms(log, np.maximum(policy, 0)) - log.reward)[some]
    found = []
    for label, own in groups(attributes[some]):
        found.append(_gap(label, gain[some], own, clusters_of(examples)[some], None))
    what = "Gain over the officers, as a share of the debt, of one group against all others"
    return judge_each("group_value", what, found, VALUE)


def group_intrusive(
    trained: Trained, attributes: pl.DataFrame, intrusiveness: NDArray[np.int64]
) -> Gate:
    """How often an intrusive measure stands first, among debtors who could pay alike."""
    examples, heavy = trained.examples, intrusiveness >= INTRUSIVE
    open_to = examples.lawful[:, heavy].any(axis=1) & examples.lawful[:, ~heavy].any(axis=1)
    rows = np.flatnonzero(open_to)
    first = first_choices(trained)[rows]
    offered = heavy[first].astype(float)
    strata = solvency_strata(examples.features[rows], examples.outstanding[rows])
    clusters = clusters_of(examples)[rows]
    found = [_gap(label, offered, own, clusters, strata) for label, own in groups(attributes[rows])]
    what = (
        "Share with an intrusive measure first where a lighter one is open too, of one group "
        "against all others who could pay as much of their debt"
    )
    return judge_each("group_intrusive", what, found, OFFERED)


def group_abstained(abstained: Bools, attributes: pl.DataFrame, debtors: list[str]) -> Gate:
    """How often the program does not stand by its order, by group of the cases open today."""
    clusters = np.unique(np.asarray(debtors), return_inverse=True)[1].astype(np.int64)
    values = abstained.astype(float)
    found = [_gap(label, values, own, clusters, None) for label, own in groups(attributes)]
    what = "Share of today's cases whose order the program does not stand by, of one group"
    return judge_each("group_abstained", f"{what} against all others", found, ABSTAINED)


def groups(attributes: pl.DataFrame) -> Iterator[tuple[str, Bools]]:
    """Each group with enough people in it and outside it, with its rows."""
    for name in ATTRIBUTES:
        column = attributes[name].to_numpy()
        for value in sorted({str(v) for v in column.tolist() if v is not None}):
            own = np.asarray([str(v) == value for v in column.tolist()], dtype=np.bool_)
            if own.sum() >= FEWEST and (~own).sum() >= FEWEST:
                yield f"{name} {value}", own


def solvency_strata(features: pl.DataFrame, owed: Vector) -> NDArray[np.int64]:
    """A number 0..N_STRATA-1 per case: how much of the debt income and property could cover."""
    means = sum(features[c].cast(pl.Float64).fill_null(0.0).to_numpy() for c in MEANS)
    cover = np.asarray(means, dtype=float) / np.maximum(owed, 1.0)
    order = np.argsort(np.argsort(cover, kind="stable"), kind="stable")
    return np.asarray(order * N_STRATA // max(len(cover), 1), dtype=np.int64)


def _gap(
    label: str,
    values: Vector,
    own: Bools,
    clusters: NDArray[np.int64],
    strata: NDArray[np.int64] | None,
) -> Found:
    """Mean of the group less that of the others, within strata weighted by the group's size."""
    part = np.zeros(len(values), dtype=np.int64) if strata is None else strata
    gap, variance, weight = 0.0, 0.0, 0.0
    for k in np.unique(part):
        inside, outside = own & (part == k), ~own & (part == k)
        if inside.sum() < 2 or outside.sum() < 2:
            continue
        share = float(inside.sum())
        gap += share * float(values[inside].mean() - values[outside].mean())
        both = (
            clustered_se(values[inside], clusters[inside]) ** 2
            + clustered_se(values[outside], clusters[outside]) ** 2
        )
        variance += share**2 * both
        weight += share
    if weight == 0:
        return Found(label, float("nan"), float("nan"))
    least = 0.25 / len(values)  # where nobody varies, a rare difference may still be unseen
    return Found(label, gap / weight, float(np.sqrt(variance / weight**2 + least**2)))
