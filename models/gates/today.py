"""What the model would say of the cases open today: is it stable, and does it stand by it?"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.abstention import reasons_of
from models.boosting import Matrix, Vector
from models.examples import pair_rows
from models.gates.gate import Bound, Found, Gate, judge
from models.inputs import Inputs
from models.intervals import compare, jackknife_draws
from models.masking import unknown_registers
from models.nuisance import propensities_of
from models.policy_value import clustered_se
from models.rankers.base import all_rates
from models.ranking import MOST_LOST_IN_A_TIE
from models.spread import Spread
from models.training import Today, Trained

STABLE: Final = Bound(0.7, np.inf, 0.15)


def with_measures(today: Today) -> Today:
    """The cases to which at least one ranked measure is open: of others there is no order."""
    rows = np.flatnonzero(today.lawful.any(axis=1))
    places = pair_rows(rows, today.lawful.shape[1])
    return Today(today.features[rows], today.pairs[places], today.lawful[rows])


def amounts(trained: Trained, today: Today) -> tuple[Inputs, Vector, Matrix]:
    """Inputs, what is owed (n,), and expected net amounts (n, m), -inf where not lawful."""
    inputs = trained.design.inputs(today.features, today.pairs)
    owed = today.features["outstanding_som"].cast(pl.Float64).to_numpy()
    rate = np.clip(all_rates(trained.ranker, inputs, today.lawful), 0.0, 1.0)
    net = np.where(today.lawful, owed[:, None] * rate - trained.costs, -np.inf)
    return inputs, owed, net


def stable_choices(trained: Trained, today: Today) -> Gate:
    """Rankers fitted without one fold of debtors choose the same, or as good by the whole one."""
    inputs, owed, net = amounts(trained, today)
    several = np.flatnonzero(today.lawful.sum(axis=1) >= 2)
    rows, best = np.arange(len(owed)), net.max(axis=1)
    same = np.zeros(len(owed))
    for ranker in trained.fold_rankers:
        rate = np.clip(all_rates(ranker, inputs, today.lawful), 0.0, 1.0)
        other = np.where(today.lawful, owed[:, None] * rate - trained.costs, -np.inf).argmax(axis=1)
        lost = best - net[rows, other]
        same += lost <= MOST_LOST_IN_A_TIE * owed
    share = (same / len(trained.fold_rankers))[several]
    debtors = today.features["debtor_id"].to_numpy()[several]
    clusters = np.unique(debtors, return_inverse=True)[1].astype(np.int64)
    found = Found("", float(share.mean()), clustered_se(share, clusters))
    what = (
        "Share of today's first choices that refits without one fold of debtors make too, or give "
        "up at most a hundredth of the debt for"
    )
    return judge("stable_choices", what, found, STABLE)


def abstained(trained: Trained, today: Today) -> NDArray[np.bool_]:
    """Where the program would not stand by its order, (n,)."""
    inputs, owed, net = amounts(trained, today)
    draws = np.clip(jackknife_draws(trained.fold_rankers, inputs, today.lawful), 0.0, 1.0)
    rate = np.where(today.lawful, (net + trained.costs) / np.maximum(owed, 1.0)[:, None], 0.0)
    spread = Spread(trained.interval_scale, trained.hidden, trained.unknown_cost)
    v = spread.variances(rate, draws, unknown_registers(today.features))
    alike = trained.hidden.alike
    regret = compare(rate, v, today.lawful, owed, trained.costs, alike).regret
    m_hat = propensities_of(trained.propensity, inputs.cases, len(trained.costs))
    overlap = m_hat[np.arange(len(owed)), net.argmax(axis=1)]
    shown = np.where(today.lawful, net, np.nan)
    reasons = reasons_of(trained.limits, today.features, owed, shown, regret, overlap)
    return np.asarray([bool(r) for r in reasons])
