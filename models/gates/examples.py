"""Whether past decisions can be learned from: outcomes, measures, propensities, people, debtors.

Each looks at a trained model's own examples for something that no ranking should be learned from,
however well it predicts: outcomes of another time that stand otherwise, measures that were not
what they are called, chances that are none, one person's results, one debtor under two numbers.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Vector
from models.calibration import calibration_slope
from models.gates.gate import Bound, Found, Gate, counted, judge, judge_each, unknown
from models.policy_value import clustered_se
from models.tournament import best_lawful, clusters_of, net_amounts
from models.training import Trained

FEWEST: Final = 100
"""Decisions of a time, a measure or a person below which they are not looked at alone."""
OF_ONE: Final = 20
OUTCOMES: Final = Bound(-0.1, 0.1, 0.15)
NAMED: Final = Bound(0.15, np.inf, 0.3)
NEVER, EVERYWHERE = 0.02, 0.8
ALONE: Final = Bound(-0.15, 0.15, 0.4)
LOTTERY: Final = Bound(-1.3, 0.0, 0.5)
ODDS: Final = Bound(0.7, 1.3, 0.3)


def residuals(trained: Trained) -> tuple[NDArray[np.int64], Vector]:
    """Decisions that took a ranked measure, and what came beyond what was expected out of fold."""
    examples = trained.examples
    rows = np.flatnonzero(examples.arm < len(examples.measures))
    expected = trained.oof_rates[trained.tournament.chosen][rows, examples.arm[rows]]
    return rows, examples.rate[rows] - np.clip(expected, 0.0, 1.0)


def outcomes_alike(trained: Trained) -> Gate:
    """Outcomes of every quarter of a year stand alike, given what was expected of them."""
    rows, rest = residuals(trained)
    days = trained.examples.features["as_of_date"][rows]
    labels = (days.dt.year().cast(pl.String) + "-Q" + days.dt.quarter().cast(pl.String)).to_numpy()
    found = _against_others(labels, rest, clusters_of(trained.examples)[rows], FEWEST)
    what = "Share that came beyond what was expected, in one quarter of a year against all others"
    return judge_each("outcomes_alike", what, found, OUTCOMES)


def nobody_alone(trained: Trained, officers: pl.Series) -> Gate:
    """No officer's decisions bring what nobody else's do; `officers` (n,) are their pseudonyms.

    The sentence names nobody: it says how many decisions the officer has.
    """
    rows, rest = residuals(trained)
    names = officers.fill_null("").to_numpy()[rows]
    found = _against_others(names, rest, clusters_of(trained.examples)[rows], OF_ONE)
    counts = {name: int((names == name).sum()) for name in {f.label for f in found}}
    unnamed = [
        Found(f"an officer with {counts[f.label]} decisions", f.value, f.se)
        for f in found
        if f.label
    ]
    what = "Share that came beyond what was expected, of one officer's decisions against all others"
    return judge_each("nobody_alone", what, unnamed, ALONE)


def _against_others(
    labels: NDArray[np.object_], values: Vector, clusters: NDArray[np.int64], fewest: int
) -> list[Found]:
    found = []
    for label in sorted(set(labels.tolist())):
        own = labels == label
        if own.sum() < fewest or (~own).sum() < fewest:
            continue
        gap = float(values[own].mean() - values[~own].mean())
        # Few clusters understate their own spread: that of all values is the least it can be.
        plain = float(values.std()) / np.sqrt(own.sum())
        se = np.hypot(
            max(clustered_se(values[own], clusters[own]), plain),
            clustered_se(values[~own], clusters[~own]),
        )
        found.append(Found(str(label), gap, float(se)))
    return found


def measures_as_named(trained: Trained) -> Gate:
    """The law allowed a measure more often where it was taken than elsewhere: else it is misnamed.

    Measures that the law allows nearly everywhere, or that we never find allowed, tell nothing.
    """
    examples, clusters = trained.examples, clusters_of(trained.examples)
    found = []
    for a, measure in enumerate(examples.measures):
        own = examples.arm == a
        lawful = examples.lawful[:, a].astype(float)
        elsewhere = float(lawful[~own].mean()) if (~own).any() else 1.0
        if own.sum() >= FEWEST and NEVER <= elsewhere <= EVERYWHERE:
            ses = [clustered_se(lawful[rows], clusters[rows]) for rows in (own, ~own)]
            gap = float(lawful[own].mean()) - elsewhere
            found.append(Found(measure, gap, float(np.hypot(ses[0], ses[1])) + 1.0 / len(examples)))
    what = "Share at which the law allowed a measure where it was taken, less that elsewhere"
    return judge_each("measures_as_named", what, found, NAMED)


def recorded_propensities(trained: Trained) -> Gate:
    """Recorded chances foretell what was drawn at least as well as an estimate, and not too well.

    The mean logarithm of the right chance is the highest there is (a proper score).
    """
    name, examples = "recorded_propensities", trained.examples
    recorded = examples.recorded_propensity
    rows = np.flatnonzero(np.isfinite(recorded) & (examples.arm < len(examples.measures)))
    if not len(rows):
        return Gate(
            name, "passed", "No chance of a rule or a lottery is recorded: none is relied on."
        )
    bad = int((~((recorded[rows] > 0) & (recorded[rows] <= 1))).sum())
    if bad:
        return counted(name, bad, f"{bad} recorded chances lie outside (0, 1]")
    arm = examples.arm[rows]
    if np.isnan(trained.scores.m_hat).any():
        shares = np.bincount(arm, minlength=len(examples.measures)) / len(rows)
        guess = shares[arm]
    else:
        guess = trained.scores.m_hat[rows, arm]
    ahead = np.log(np.maximum(guess, 1e-3)) - np.log(recorded[rows])
    se = clustered_se(ahead, clusters_of(examples)[rows])
    found = Found("", float(ahead.mean()), se)
    what = "Mean logarithm of the estimated chance of what was drawn, less that of the recorded one"
    return judge(name, what, found, LOTTERY)


def estimated_propensities(trained: Trained) -> Gate:
    """Estimated chances are what they say: slope of what was taken on its chance, all measures."""
    name, examples = "estimated_propensities", trained.examples
    m_hat = trained.scores.m_hat
    if np.isnan(m_hat).any():
        return Gate(name, "passed", "Every chance is recorded: none is estimated.")
    outside = int(((m_hat <= 0) | (m_hat >= 1)).sum())
    if outside:
        return counted(name, outside, f"{outside} estimated chances lie outside (0, 1)")
    m = m_hat.shape[1]
    taken = (examples.arm[:, None] == np.arange(m)).astype(float)
    clusters = np.repeat(clusters_of(examples), m)
    found = Found("", *calibration_slope(m_hat.ravel(), taken.ravel(), clusters))
    what = "Slope of whether a measure was taken on its estimated chance, out of fold"
    return judge(name, what, found, ODDS)


def debtors_apart(trained: Trained) -> Gate:
    """No debtor stands in two folds, under one number or, with the same facts, under two."""
    examples, columns = trained.examples, list(trained.design.encoder.columns)
    folds = pl.DataFrame({"debtor": examples.debtors, "fold": trained.folds})
    split = folds.group_by("debtor").agg(pl.col("fold").n_unique()).filter(pl.col("fold") > 1)
    frame = examples.features.select(columns).with_columns(
        debtor=pl.Series(examples.debtors), fold=pl.Series(trained.folds), came=examples.recovered
    )
    alike = [*columns, "came"]
    twins = frame.group_by(alike).agg(
        pl.col("debtor").n_unique().alias("d"), pl.col("fold").n_unique().alias("f"), pl.len()
    )
    doubled = int(twins.filter((pl.col("d") > 1) & (pl.col("f") > 1))["len"].sum())
    sentence = (
        f"{split.height} debtors stand in two folds; {doubled} of {len(examples)} decisions have "
        "facts and outcome that are those of another debtor's decision in another fold, to the som"
    )
    return counted("debtors_apart", split.height + doubled, sentence, 0.01 * len(examples))


def overlap_by_measure(trained: Trained) -> Gate:
    """Where the ranking puts a measure first, officers took it often enough to compare."""
    name, examples = "overlap_by_measure", trained.examples
    m_hat = trained.scores.m_hat
    if np.isnan(m_hat).any():
        return unknown(name, "Every chance is recorded, and only for what was taken.")
    first, clusters = first_choices(trained), clusters_of(examples)
    found = []
    for a, measure in enumerate(examples.measures):
        rows = np.flatnonzero(first == a)
        if len(rows) >= FEWEST:
            thin = (m_hat[rows, a] < trained.settings.trim).astype(float)
            se = max(clustered_se(thin, clusters[rows]), 0.1 / np.sqrt(len(rows)))
            found.append(Found(measure, float(thin.mean()), float(se)))
    what = (
        "Share of the cases with a measure first in which officers took it in fewer than "
        f"{trained.settings.trim:.0%} of such cases"
    )
    return judge_each(name, what, found, Bound(-np.inf, 0.5, 0.2))


def first_choices(trained: Trained) -> NDArray[np.int64]:
    """The measure with the highest expected net amount of each example, out of fold; -1: none."""
    examples = trained.examples
    net = net_amounts(trained.oof_level, examples.outstanding, trained.costs)
    return best_lawful(net, examples.lawful)
