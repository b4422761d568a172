"""Expected net recovery of each lawful measure of each case, how sure it is, and from what.

    expected_net = outstanding * share(x, a) - cost_a,   share held within 0..1

Contributions are those of the share, times the outstanding amount: with the base and the
corrections they add up to expected_net.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Matrix, Vector, predict
from models.bundle import Bundle
from models.composition import Made, compose
from models.inputs import Cube
from models.intervals import Compared, beta_ends, compare
from models.masking import unknown_registers
from models.nuisance import propensities_of
from models.parts import CORRECTIONS
from models.telling import tell_amounts


@dataclass(frozen=True)
class Scored:
    """n cases by m measures; NaN where the law does not allow the measure.

    Money in the legal order's unit. `draws` are the expected net amounts of the fold rankers
    (k, n, m), `m_hat` the estimated propensity of each measure (NaN where all are recorded),
    `compared` sets each measure against the best one of its case, `made` says what the expected
    amounts are made of.
    """

    measures: tuple[str, ...]
    outstanding: Vector
    lawful: NDArray[np.bool_]
    rate: Matrix
    net: Matrix
    low: Matrix
    high: Matrix
    any_payment: Matrix
    draws: Cube
    m_hat: Matrix
    compared: Compared
    made: Made


def score(
    bundle: Bundle, features: pl.DataFrame, pairs: pl.DataFrame, lawful: NDArray[np.bool_]
) -> Scored:
    """Scores of the rows of `features` and the `pairs` of the same points; `lawful` is (n, m) in
    the order of bundle.measures."""
    inputs = bundle.design.inputs(features, pairs)
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()
    shape = lawful.shape
    rate, any_payment = np.full(shape, np.nan), np.full(shape, np.nan)
    draws = np.full((bundle.n_folds, *shape), np.nan)
    for a in range(shape[1]):
        at = np.flatnonzero(lawful[:, a])
        if not len(at):
            continue
        rows = inputs.of(at, np.full(len(at), a))
        rate[at, a] = np.clip(bundle.ranker.rates(rows), 0.0, 1.0)
        some = predict(bundle.any_payment, rows.with_arm())
        # A share of the debt cannot be expected to come in more surely than anything at all.
        any_payment[at, a] = np.maximum(some, rate[at, a])
        for k, ranker in enumerate(bundle.fold_rankers):
            draws[k, at, a] = np.clip(ranker.rates(rows), 0.0, 1.0)
    net = owed[:, None] * rate - bundle.costs
    v = bundle.spread.variances(rate, draws, unknown_registers(features))
    low, high = beta_ends(rate, v)
    return Scored(
        measures=bundle.measures,
        outstanding=owed,
        lawful=lawful,
        rate=rate,
        net=net,
        low=owed[:, None] * low - bundle.costs,
        high=owed[:, None] * high - bundle.costs,
        any_payment=any_payment,
        draws=draws * owed[:, None] - bundle.costs,
        m_hat=propensities_of(bundle.propensity, inputs.cases, len(bundle.measures))[:, :-1],
        compared=compare(rate, v, lawful, owed, bundle.costs, bundle.hidden.alike),
        made=compose(bundle.composition, bundle.design, inputs, lawful, owed, rate),
    )


@dataclass(frozen=True)
class Attribution:
    """The parts of the expected net amounts of n (case, measure) pairs, in the money's unit.

    base_som + values.sum(axis=1) + corrections.sum(axis=1) is the expected net amount that `score`
    gives, to 1e-9 of the parts' sizes. `base_som` (n,) is what the model expects of the measure
    without knowing anything of the debtor, less the measure's cost; `values` (n, d) is what each
    fact of the case and of the measure in it adds and `reach_som` (n, d) the most that it can;
    `corrections` (n, 2) belong to no fact.
    """

    base_som: Vector
    values: Matrix
    feature_names: tuple[str, ...]
    corrections: Matrix
    correction_names: tuple[str, ...]
    reach_som: Matrix


def attribute(
    bundle: Bundle,
    features: pl.DataFrame,
    pairs: pl.DataFrame,
    rows: NDArray[np.int64],
    arm: NDArray[np.int64],
) -> Attribution:
    """The parts for pairs: case `rows[i]` of `features` under measure `arm[i]`."""
    chosen = bundle.design.inputs(features, pairs).of(rows, arm)
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()[rows]
    parts = bundle.ranker.contributions(chosen)
    rate = bundle.ranker.rates(chosen)
    limits = parts.limits_of(len(rows)) + np.clip(rate, 0.0, 1.0) - rate
    of_debtor = bundle.design.told
    names, told = tell_amounts(bundle.feature_names, parts.values[:, of_debtor])
    _, reach = tell_amounts(bundle.feature_names, parts.reach[:, of_debtor])
    return Attribution(
        base_som=parts.base * owed - bundle.costs[arm],
        values=told * owed[:, None],
        feature_names=names,
        corrections=np.column_stack([parts.calibration, limits]) * owed[:, None],
        correction_names=CORRECTIONS,
        reach_som=reach * owed[:, None],
    )
