"""What a training is really worth on an invented nation: every learner against the truth.

The scale of a policy's worth runs from the officers' own choices (0) to the best that the registers
allow (1), once by the share of each debt and once by som. Only measures that both the program's law
and the nation's truth call lawful can be chosen; the best is taken over the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.frame import build_features
from features.pairs import build_pairs
from law.catalogue import catalogue
from law.facts import build_facts
from models.boosting import Matrix, Vector
from models.bundle import Bundle
from models.examples import lawful_matrix
from models.rankers.base import all_rates
from models.rankers.blend import bag
from models.ranking import rank_cases
from models.scoring import Scored, score
from models.training import Trained
from pipelines.recommend import intrusiveness_of
from pipelines.truth import MONEY_FIRST, read_truth
from registers.extract import Registers
from registers.snapshot import locate

N_SIZES: Final = 5
FEWEST: Final = 50
"""Pairs of a measure below which no slope and no coverage is told."""


@dataclass(frozen=True)
class Truth:
    """Questions with a truth: `features` and `pairs` frames, `owed` (n,), `lawful` (n, m) by both
    the program and the truth, `value` (n, m) true expected net, `officers` (n, m) their choice."""

    features: pl.DataFrame
    pairs: pl.DataFrame
    owed: Vector
    lawful: NDArray[np.bool_]
    value: Matrix
    officers: Matrix


def truth_of(registers: Registers, measures: tuple[str, ...], folder: Path) -> Truth:
    """The questions of `folder` that have a truth and at least one measure to choose."""
    known, asked = read_truth(folder)
    points, _ = locate(registers, asked)
    facts = build_facts(registers, points).sort("point_id")
    features = build_features(registers, points).sort("point_id")
    pairs = build_pairs(registers, points, facts).filter(pl.col("measure").is_in(measures))
    order = registers.legal_order
    keep = np.asarray([m in measures for m in order.measures])
    at = {case: i for i, case in enumerate(features["case_id"].to_list())}
    shape = (features.height, len(measures))
    column = {m: a for a, m in enumerate(measures)}

    def spread(frame: pl.DataFrame, of: str, filler: float) -> Matrix:
        found = np.full(shape, filler)
        mine = frame.filter(
            pl.col("case_id").is_in(list(at)), pl.col("measure").is_in(list(measures))
        )
        rows = [at[c] for c in mine["case_id"].to_list()]
        arms = [column[m] for m in mine["measure"].to_list()]
        found[rows, arms] = mine[of].cast(pl.Float64).to_numpy()
        return found

    value = spread(known, "expected_net_som", np.nan)
    truly = spread(known.with_columns(pl.col("lawful").cast(pl.Float64)), "lawful", 0.0) > 0
    officers = spread(pl.read_parquet(folder / "officers.parquet"), "probability", 0.0)
    lawful = lawful_matrix(facts, order)[:, keep] & truly & np.isfinite(value)
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()
    rows = np.flatnonzero(lawful.any(axis=1) & (officers.sum(axis=1) > 0) & (owed > 0))
    places = (rows[:, None] * len(measures) + np.arange(len(measures))).ravel()
    return Truth(
        features[rows], pairs[places], owed[rows], lawful[rows], value[rows], officers[rows]
    )


class Scale:
    """Values of policies on a nation, from the officers (0) to the best (1)."""

    def __init__(self, truth: Truth) -> None:
        chance = truth.officers / truth.officers.sum(axis=1, keepdims=True)
        self.officers = np.nansum(np.where(chance > 0, chance * truth.value, 0.0), axis=1)
        self.best = np.max(np.where(truth.lawful, truth.value, -np.inf), axis=1)
        self._truth = truth

    def of(self, policy: NDArray[np.int64]) -> Vector:
        """The true value of the measure chosen for each case, (n,)."""
        return np.asarray(self._truth.value[np.arange(len(policy)), policy])

    def of_some(self, policy: NDArray[np.int64]) -> Vector:
        """The same, with the officers' value where the policy names no measure (-1)."""
        return np.where(policy < 0, self.officers, self.of(np.maximum(policy, 0)))

    def closed(self, value: Vector) -> tuple[float, float]:
        """How much of the way is gone, by share of the debt and by som."""
        by = []
        for weight in (1.0 / self._truth.owed, np.ones(len(value))):
            way = float(((self.best - self.officers) * weight).sum())
            by.append(float(((value - self.officers) * weight).sum()) / way)
        return by[0], by[1]


def choose(net: Matrix, lawful: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The lawful measure with the highest amount."""
    return np.asarray(np.argmax(np.where(lawful, net, -np.inf), axis=1))


def judge(trained: Trained, bundle: Bundle, truth: Truth) -> dict[str, Any]:
    """All figures of one nation."""
    scale = Scale(truth)
    inputs = bundle.design.inputs(truth.features, truth.pairs)
    learners = {}
    for kind, rankers in trained.by_fold.items():
        rates = np.clip(all_rates(bag(rankers), inputs, truth.lawful), 0.0, 1.0)
        net = truth.owed[:, None] * rates - bundle.costs
        learners[kind] = scale.closed(scale.of(choose(net, truth.lawful)))
    scored = score(bundle, truth.features, truth.pairs, truth.lawful)
    weights = intrusiveness_of(catalogue(bundle.legal_order), bundle.measures)
    ranking = rank_cases(scored, weights, truth.features, bundle.limits)
    shown = np.argmax(ranking.rank == 1, axis=1)
    expected = choose(scored.net, truth.lawful)
    place = np.asarray(
        [MONEY_FIRST.index(m) if m in MONEY_FIRST else len(MONEY_FIRST) for m in bundle.measures]
    )
    money = choose(-np.broadcast_to(place, truth.lawful.shape).astype(float), truth.lawful)
    return {
        "n": len(truth.owed),
        "n_examples": len(trained.examples),
        "chosen": trained.tournament.chosen,
        "officers": float(scale.officers.mean()),
        "best": float(scale.best.mean()),
        "shown": scale.closed(scale.of(shown)),
        "best_expected": scale.closed(scale.of(expected)),
        "money_first": scale.closed(scale.of(money)),
        "learners": learners,
        "ndcg": _ndcg(ranking.rank, truth),
        "levels": levels_of(scored, truth, bundle),
        "coverage": coverage_of(scored, truth, bundle),
        "abstention": _abstention(ranking.abstain_reason, shown, scale, truth),
        "intrusiveness": _intrusiveness(scored, truth, scale, weights),
        "hidden": bundle.hidden.as_dict(),
        "losses": {e.kind: (e.loss, e.behind, e.behind_se) for e in trained.tournament.entries},
        "power": trained.tournament.power,
    }


def _ndcg(rank: NDArray[np.int64], truth: Truth) -> float:
    """NDCG@3 of the order shown, by the true share of the debt (Järvelin and Kekäläinen 2002)."""
    gain = np.where(truth.lawful, np.maximum(truth.value / truth.owed[:, None], 0.0), 0.0)
    discount = 1.0 / np.log2(np.arange(2, 5))
    found = []
    for i in np.flatnonzero(truth.lawful.sum(axis=1) >= 2):
        mine = np.flatnonzero(truth.lawful[i])
        shown = gain[i, mine[np.argsort(rank[i, mine])]][:3]
        ideal = np.sort(gain[i, mine])[::-1][:3]
        if ideal.sum() > 0:
            found.append(float(shown @ discount[: len(shown)] / (ideal @ discount[: len(ideal)])))
    return float(np.mean(found))


def levels_of(scored: Scored, truth: Truth, bundle: Bundle) -> dict[str, Any]:
    """Slope of the true on the expected share and net amount; ECE over twenty bins."""
    use = truth.lawful
    true_rate = (truth.value + bundle.costs) / truth.owed[:, None]
    x, y = scored.rate[use], true_rate[use]
    bins = np.array_split(np.argsort(x, kind="stable"), 20)
    measures = {}
    for a, name in enumerate(bundle.measures):
        mine = use[:, a]
        if mine.sum() >= FEWEST:
            measures[name] = {
                "n": int(mine.sum()),
                "share": _slope(scored.rate[mine, a], true_rate[mine, a]),
                "som": _slope(scored.net[mine, a], truth.value[mine, a]),
                "bias": float((scored.rate[mine, a] - true_rate[mine, a]).mean()),
            }
    return {
        "share": _slope(x, y),
        "som": _slope(scored.net[use], truth.value[use]),
        "ece": float(np.mean([abs(float(x[b].mean() - y[b].mean())) for b in bins])),
        "measures": measures,
    }


def _slope(x: Vector, y: Vector) -> float:
    return float(np.cov(x, y)[0, 1] / x.var(ddof=1)) if x.std() > 0 else float("nan")


def coverage_of(scored: Scored, truth: Truth, bundle: Bundle) -> dict[str, Any]:
    """How many 90 % intervals hold the truth: of all, by fifths of the debt, by measure."""
    inside = (truth.value >= scored.low - 1e-6) & (truth.value <= scored.high + 1e-6)
    use = truth.lawful
    sizes = np.array_split(np.argsort(truth.owed, kind="stable"), N_SIZES)
    return {
        "all": float(inside[use].mean()),
        "sizes": [float(inside[rows][use[rows]].mean()) for rows in sizes],
        "measures": {
            name: float(inside[use[:, a], a].mean())
            for a, name in enumerate(bundle.measures)
            if use[:, a].sum() >= FEWEST
        },
    }


def _abstention(
    reasons: list[str], shown: NDArray[np.int64], scale: Scale, truth: Truth
) -> dict[str, Any]:
    """How many cases abstain, and the regret as a share of the debt of all and of the others."""
    stands = np.asarray([not r for r in reasons])
    regret = (scale.best - scale.of(shown)) / truth.owed
    som = scale.best - scale.of(shown)
    counts = {r: reasons.count(r) for r in sorted(set(reasons)) if r}
    return {
        "share": float(1.0 - stands.mean()),
        "reasons": counts,
        "regret": float(regret.mean()),
        "regret_of_others": float(regret[stands].mean()),
        "som": float(som.mean()),
        "som_of_others": float(som[stands].mean()),
    }


def _intrusiveness(
    scored: Scored, truth: Truth, scale: Scale, weights: NDArray[np.int64]
) -> dict[str, float]:
    """Mean intrusiveness of the officers, and the least at which the ranking still brings as much.

    The ranking gives up expected shares of the debt for lighter measures, at one price for all.
    """
    chance = truth.officers / truth.officers.sum(axis=1, keepdims=True)
    officers = float((chance * weights).sum(axis=1).mean())
    least = float("nan")
    for price in np.geomspace(1e-4, 1.0, 41):
        worth = scored.net / truth.owed[:, None] - price * weights
        policy = choose(np.nan_to_num(worth, nan=-np.inf), truth.lawful)
        gained = ((scale.of(policy) - scale.officers) / truth.owed).mean()
        if gained < 0:
            break
        least = float(weights[policy].mean())
    return {"officers": officers, "least": least}
