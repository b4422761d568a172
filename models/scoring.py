"""Expected net recovery of each lawful measure of each case, how sure it is, and from what.

    expected_net = outstanding * share(x, a) - cost_a,   share held within 0..1

Contributions are those of the share, times the outstanding amount. With the model's own base and
the named corrections (calibration, the limits of the share) they add up to expected_net.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Matrix, Vector, predict
from models.bundle import Bundle
from models.intervals import half_widths, se_of_draws
from models.masking import unknown_registers
from models.nuisance import with_arm
from models.parts import CORRECTIONS
from models.telling import tell_amounts


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
    unknown = unknown_registers(features)
    half = half_width(bundle, se_of_draws(draws), unknown) * owed[:, None]
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


def half_width(bundle: Bundle, se: Matrix, unknown: NDArray[np.bool_]) -> Matrix:
    """Half of the 90 % interval of the expected share (n, m), before it is held within 0..1.

    `se` (n, m) is its jackknife standard error, `unknown` (n, r) the registers not known of a case.
    """
    cost = bundle.unknown_cost.variance(unknown)
    return half_widths(se, bundle.n_folds, bundle.interval_scale, bundle.hidden_sd, cost)


@dataclass(frozen=True)
class Attribution:
    """The parts of the expected net amounts of n (case, measure) pairs, in the money's unit.

    base_som + values.sum(axis=1) + corrections.sum(axis=1) is the expected net amount that `score`
    gives, to 1e-9 of the parts' sizes. `base_som` (n,) is what the model expects of the measure
    without knowing anything of the debtor, less the measure's cost; `values` (n, d) is what each
    fact adds and `reach_som` (n, d) the most that it can; `corrections` (n, 2) belong to no fact.
    """

    base_som: Vector
    values: Matrix
    feature_names: tuple[str, ...]
    corrections: Matrix
    correction_names: tuple[str, ...]
    reach_som: Matrix


def attribute(
    bundle: Bundle, features: pl.DataFrame, rows: NDArray[np.int64], arm: NDArray[np.int64]
) -> Attribution:
    """The parts for pairs: case `rows[i]` of `features` under measure `arm[i]`."""
    x = bundle.encoder.matrix(features)[rows]
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()[rows]
    parts = bundle.ranker.contributions(x, arm)
    rate = bundle.ranker.rates(x, arm)
    limits = np.clip(rate, 0.0, 1.0) - rate
    names, values = tell_amounts(bundle.feature_names, parts.values)
    _, reach = tell_amounts(bundle.feature_names, parts.reach)
    return Attribution(
        base_som=parts.base * owed - bundle.costs[arm],
        values=values * owed[:, None],
        feature_names=names,
        corrections=np.column_stack([parts.calibration, limits]) * owed[:, None],
        correction_names=CORRECTIONS,
        reach_som=reach * owed[:, None],
    )
