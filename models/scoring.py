"""Expected net recovery of each lawful measure of each case, how sure it is, and from what.

    expected_net = outstanding * share(x, a) - cost_a,   share held within 0..1

Contributions are those of the share, times the outstanding amount: with the base and the
corrections they add up to expected_net.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit

from models.asking import blocks
from models.boosting import Matrix, Vector, at_once
from models.bundle import Bundle
from models.composition import Made, compose
from models.grid import Grid
from models.inputs import Cube, Inputs
from models.intervals import Compared, beta_ends, compare
from models.masking import unknown_registers
from models.nuisance import propensities_of
from models.parts import CORRECTIONS
from models.telling import tell_amounts

THREADS: Final = 2


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
    unknown = unknown_registers(features)
    parts = at_once(
        [
            partial(_score, bundle, inputs.take(rows), lawful[rows], owed[rows], unknown[rows])
            for rows in blocks(len(inputs))
        ],
        THREADS,
    )
    return joined(parts)


def _score(
    bundle: Bundle,
    inputs: Inputs,
    lawful: NDArray[np.bool_],
    owed: Vector,
    unknown: NDArray[np.bool_],
) -> Scored:
    """Scores of a block of cases."""
    grid = Grid(inputs, lawful)
    draws = np.stack([grid.spread(np.clip(r.rates(grid), 0.0, 1.0)) for r in bundle.fold_rankers])
    rate = grid.spread(np.clip(bundle.ranker.rates(grid), 0.0, 1.0))
    some = grid.spread(expit(grid.of_pair(bundle.any_payment)))
    net = owed[:, None] * rate - bundle.costs
    v = bundle.spread.variances(rate, draws, unknown)
    low, high = beta_ends(rate, v)
    return Scored(
        measures=bundle.measures,
        outstanding=owed,
        lawful=lawful,
        rate=rate,
        net=net,
        low=owed[:, None] * low - bundle.costs,
        high=owed[:, None] * high - bundle.costs,
        # A share of the debt cannot be expected to come in more surely than anything at all.
        any_payment=np.maximum(some, rate),
        draws=draws * owed[:, None] - bundle.costs,
        m_hat=propensities_of(bundle.propensity, inputs.cases, len(bundle.measures))[:, :-1],
        compared=compare(rate, v, lawful, owed, bundle.costs, bundle.hidden.alike),
        made=compose(bundle.composition, bundle.design, grid, owed, rate),
    )


def joined(parts: Sequence[Scored]) -> Scored:
    """The scores of blocks of cases, one after the other."""
    if len(parts) == 1:
        return parts[0]

    def of(of_part: Callable[[Scored], Matrix], axis: int = 0) -> Matrix:
        return np.concatenate([of_part(part) for part in parts], axis=axis)

    return Scored(
        measures=parts[0].measures,
        outstanding=of(lambda s: s.outstanding),
        lawful=np.concatenate([s.lawful for s in parts]),
        rate=of(lambda s: s.rate),
        net=of(lambda s: s.net),
        low=of(lambda s: s.low),
        high=of(lambda s: s.high),
        any_payment=of(lambda s: s.any_payment),
        draws=of(lambda s: s.draws, 1),
        m_hat=of(lambda s: s.m_hat),
        compared=Compared(
            p_first=of(lambda s: s.compared.p_first),
            behind_low=of(lambda s: s.compared.behind_low),
            behind_high=of(lambda s: s.compared.behind_high),
            regret=of(lambda s: s.compared.regret),
        ),
        made=Made(
            own=of(lambda s: s.made.own),
            reach=of(lambda s: s.made.reach),
            without=of(lambda s: s.made.without),
            days=of(lambda s: s.made.days),
        ),
    )


@dataclass(frozen=True)
class Attribution:
    """The parts of the expected net amounts of n (case, measure) pairs, in the money's unit.

    base_som + values.sum(axis=1) + corrections.sum(axis=1) is the expected net amount that `score`
    gives, to 1e-9 of the parts' sizes. `base_som` (n,) is what the model expects of the measure
    without knowing anything of the debtor, less the measure's cost; `values` (n, d) is what each
    fact of the case and of the measure in it adds and `reach_som` (n, d) the most that it can;
    `corrections` (n, 2) belong to no fact. `refits_som` (k, n, d) are the values of k rankers, each
    fitted without one fold, that `values` are the mean of (k is 0 where there are none).
    """

    base_som: Vector
    values: Matrix
    feature_names: tuple[str, ...]
    corrections: Matrix
    correction_names: tuple[str, ...]
    reach_som: Matrix
    refits_som: Cube


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
    refits = np.zeros((0, *parts.values.shape)) if parts.refits is None else parts.refits
    again = [tell_amounts(bundle.feature_names, one[:, of_debtor])[1] for one in refits]
    return Attribution(
        base_som=parts.base * owed - bundle.costs[arm],
        values=told * owed[:, None],
        feature_names=names,
        corrections=np.column_stack([parts.calibration, limits]) * owed[:, None],
        correction_names=CORRECTIONS,
        reach_som=reach * owed[:, None],
        refits_som=np.asarray(again).reshape(len(again), *told.shape) * owed[:, None],
    )
