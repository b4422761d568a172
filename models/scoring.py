"""Expected net recovery of each lawful measure of each case, how sure it is, and from what.

    expected_net = outstanding * share(x, a) - cost_a,   share held within 0..1

Contributions are those of the share, times the outstanding amount: they add up to expected_net.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Matrix, Vector, predict
from models.bundle import Bundle
from models.intervals import Z90, quantile90, se_of_draws
from models.nuisance import with_arm
from models.telling import tell_amounts

ADDITIVITY = 1e-9


@dataclass(frozen=True)
class Scored:
    """n cases by m measures; NaN where the law does not allow the measure.

    Money in the legal order's unit. `draws` are the expected net amounts of the fold rankers
    (k, n, m), `m_hat` the estimated propensity of each measure (NaN where all are recorded).
    """

    measures: tuple[str, ...]
    outstanding: Vector
    lawful: NDArray[np.bool_]
    rate: Matrix
    net: Matrix
    low: Matrix
    high: Matrix
    any_payment: Matrix
    draws: Matrix
    m_hat: Matrix


def score(bundle: Bundle, features: pl.DataFrame, lawful: NDArray[np.bool_]) -> Scored:
    """Scores of the rows of `features`; `lawful` is (n, m) in the order of bundle.measures."""
    x = bundle.encoder.matrix(features)
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()
    shape = lawful.shape
    rate, any_payment = np.full(shape, np.nan), np.full(shape, np.nan)
    draws = np.full((bundle.n_folds, *shape), np.nan)
    for a in range(shape[1]):
        rows = np.flatnonzero(lawful[:, a])
        if not len(rows):
            continue
        arm = np.full(len(rows), a)
        rate[rows, a] = np.clip(bundle.ranker.rates(x[rows], arm), 0.0, 1.0)
        some = predict(bundle.any_payment, with_arm(x[rows], arm))
        # A share of the debt cannot be expected to come in more surely than anything at all.
        any_payment[rows, a] = np.maximum(some, rate[rows, a])
        for k, ranker in enumerate(bundle.fold_rankers):
            draws[k, rows, a] = np.clip(ranker.rates(x[rows], arm), 0.0, 1.0)
    net = owed[:, None] * rate - bundle.costs
    half = half_width(bundle, se_of_draws(draws)) * owed[:, None]
    return Scored(
        measures=bundle.measures,
        outstanding=owed,
        lawful=lawful,
        rate=rate,
        net=net,
        low=np.maximum(net - half, -bundle.costs),
        high=np.minimum(net + half, owed[:, None] - bundle.costs),
        any_payment=any_payment,
        draws=draws * owed[:, None] - bundle.costs,
        m_hat=bundle.nuisances.propensities(x)[:, :-1],
    )


def half_width(bundle: Bundle, se: Matrix) -> Matrix:
    """Half of the 90 % interval of the expected share, given its jackknife standard error.

    Sampling error and what the registers do not show of the case add up in squares.
    """
    sampling = quantile90(bundle.n_folds) * bundle.interval_scale * se
    return np.hypot(sampling, Z90 * bundle.hidden_sd)


@dataclass(frozen=True)
class Attribution:
    """Contributions of each feature to the expected net amount of n (case, measure) pairs.

    base_som + values.sum(axis=1) equals the expected net amount to 1e-9 (relative to it, at
    least 1e-9 of the unit).
    """

    base_som: Vector
    values: Matrix
    feature_names: tuple[str, ...]


def attribute(
    bundle: Bundle, features: pl.DataFrame, rows: NDArray[np.int64], arm: NDArray[np.int64]
) -> Attribution:
    """Contributions for pairs: case `rows[i]` of `features` under measure `arm[i]`."""
    x = bundle.encoder.matrix(features)[rows]
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()[rows]
    _, values = bundle.ranker.contributions(x, arm)
    rate = bundle.ranker.rates(x, arm)
    in_som = values * owed[:, None]
    net = owed * np.clip(rate, 0.0, 1.0) - bundle.costs[arm]
    # Where the share is held within 0..1, the difference is part of the base: shrinking the
    # contributions instead would make facts speak for or against a measure that they do not touch.
    names, told = tell_amounts(bundle.feature_names, in_som)
    return Attribution(net - told.sum(axis=1), told, names)
