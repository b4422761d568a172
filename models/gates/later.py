"""What a ranking is worth on decisions that were made after all that it was learned from.

Two rankings are judged on the same later decisions by their factual loss (`models.tournament`),
decision by decision and clustered by debtor. Neither has seen any outcome of that time: both were
trained with what was known before the first of these decisions was made, so a whole outcome window
lies between the last decision that was learned from and the first that is judged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.calibration import calibration_slope
from models.examples import Examples
from models.gates.gate import Bound, Found, Gate, judge, judge_each, unknown
from models.nuisance import Scores
from models.policy_value import clustered_se
from models.tournament import clusters_of, effect_slope, factual_losses

FEWEST_DEBTORS: Final = 100
"""Debtors with later decisions below which nothing is compared."""
FEWEST_OF_MEASURE: Final = 50
"""Later decisions of one measure below which its own slope and level are not looked at."""
MORE_LOSS: Final = Bound(-np.inf, 0.01, 0.05)
"""A challenger may lose a hundredth more; a twentieth must not go unseen."""
LEVEL: Final = Bound(-0.05, 0.05, 0.1)
LEVEL_OF_MEASURE: Final = Bound(-0.1, 0.1, 0.2)
SLOPE: Final = Bound(0.8, 2.5, 0.8)
SLOPE_OF_MEASURE: Final = Bound(0.5, 3.0, 1.0)
"""Overstated differences (below 1) mislead. Understated ones are what a ranking that learned from
half of the decisions has: it is drawn to the mean, and its level is stretched before it is shown.
"""
EFFECTS: Final = Bound(0.3, 2.0, 1.0)


@dataclass(frozen=True)
class Later:
    """Later decisions, their scores by nuisances that were learned before them, and the shares
    (n, m) that the challenger expects of each measure."""

    examples: Examples
    scores: Scores
    rates: Matrix

    @property
    def clusters(self) -> NDArray[np.int64]:
        """A number per debtor, (n,)."""
        return clusters_of(self.examples)

    @property
    def days(self) -> str:
        """From the first day to the last."""
        days = self.examples.features["as_of_date"]
        return f"{days.min()!s} to {days.max()!s}"

    @property
    def taken(self) -> tuple[NDArray[np.int64], Vector, Vector]:
        """Rows at which a ranked measure was taken, what was expected of it, what came."""
        examples = self.examples
        rows = np.flatnonzero(examples.arm < len(examples.measures))
        return rows, self.rates[rows, examples.arm[rows]], examples.rate[rows]


def too_few(later: Later) -> str | None:
    """Why nothing can be compared on these decisions, or None."""
    n = len(set(later.examples.debtors))
    if n >= FEWEST_DEBTORS:
        return None
    return f"Only {n} debtors have later decisions with a closed window ({FEWEST_DEBTORS} needed)."


def compare(name: str, other: str, later: Later, rates: Matrix) -> Gate:
    """The challenger against another ranking with shares `rates` (n, m): who loses more."""
    few = too_few(later)
    if few:
        return unknown(name, few)
    examples, scores = later.examples, later.scores
    own = np.add(*factual_losses(later.rates, examples, scores))
    its = np.add(*factual_losses(rates, examples, scores))
    scale = float(its.mean())
    more = (own - its) / scale
    found = Found("", float(more.mean()), clustered_se(more, later.clusters))
    what = (
        f"Paired loss of the challenger above that of {other}, as a share of it, on "
        f"{len(examples)} decisions on {len(set(examples.debtors))} debtors of {later.days}, made "
        "after all that either was trained with"
    )
    return judge(name, what, found, MORE_LOSS)


def later_gates(later: Later) -> list[Gate]:
    """Level and slope of the expected share on later decisions: of all, by measure, of effects."""
    names = "later_level", "later_level_by_measure", "later_slope", "later_slope_by_measure"
    few = too_few(later)
    if few:
        return [unknown(name, few) for name in (*names, "effects")]
    rows, expected, came = later.taken
    clusters, arm = later.clusters[rows], later.examples.arm[rows]
    everyone = np.ones(len(rows), dtype=np.bool_)
    measures = later.examples.measures
    frequent = [a for a in range(len(measures)) if (arm == a).sum() >= FEWEST_OF_MEASURE]
    of_all = [("", everyone)]
    of_each = [(measures[a], arm == a) for a in frequent]

    def level(label: str, use: NDArray[np.bool_]) -> Found:
        gap = (came - expected)[use]
        return Found(label, float(gap.mean()), clustered_se(gap, clusters[use]))

    def slope(label: str, use: NDArray[np.bool_]) -> Found:
        return Found(label, *calibration_slope(expected[use], came[use], clusters[use]))

    what = "on decisions made after training"
    effects = Found("", *_effects(later))
    return [
        judge(names[0], f"Share that came less share expected {what}", level(*of_all[0]), LEVEL),
        judge_each(
            names[1],
            f"Share that came less share expected of one measure {what}",
            [level(*one) for one in of_each],
            LEVEL_OF_MEASURE,
        ),
        judge(
            names[2], f"Slope of what came on what was expected {what}", slope(*of_all[0]), SLOPE
        ),
        judge_each(
            names[3],
            f"Slope of what came on what was expected of one measure {what}",
            [slope(*one) for one in of_each],
            SLOPE_OF_MEASURE,
        ),
        judge("effects", f"Slope of the differences between measures {what}", effects, EFFECTS),
    ]


def _effects(later: Later) -> tuple[float, float]:
    one = np.zeros(len(later.examples), dtype=np.int64)
    return effect_slope(later.rates, later.examples, later.scores, one)


def narrowed(examples: Examples, measures: tuple[str, ...]) -> Examples:
    """The same decisions with these measures only; another one that was taken is "other"."""
    own = examples.measures
    columns = [own.index(m) for m in measures]
    place = np.full(len(own) + 1, len(measures), dtype=np.int64)
    place[columns] = np.arange(len(measures))
    return replace(
        examples,
        measures=measures,
        arm=place[examples.arm],
        lawful=examples.lawful[:, columns],
        pairs=examples.pairs.filter(pl.col("measure").is_in(measures)),
    )


def on_measures(later: Later, measures: tuple[str, ...]) -> Later:
    """The same later decisions, scores and shares with these of their measures only."""
    columns = [later.examples.measures.index(m) for m in measures]
    scores = later.scores
    return Later(
        narrowed(later.examples, measures),
        replace(
            scores,
            gamma=scores.gamma[:, columns],
            g_hat=scores.g_hat[:, columns],
            m_hat=scores.m_hat[:, columns],
        ),
        later.rates[:, columns],
    )


def completed(pairs: pl.DataFrame, measures: tuple[str, ...]) -> pl.DataFrame:
    """The pair frame with a row for each of `measures`; of added ones nothing is known."""
    have = set(pairs["measure"].unique().to_list())
    if set(measures) <= have:
        return pairs
    points = pairs.select("point_id").unique(maintain_order=True)
    wanted = points.join(pl.DataFrame({"measure": list(measures)}), how="cross")
    return wanted.join(pairs, on=["point_id", "measure"], how="left", maintain_order="left").select(
        pairs.columns
    )
