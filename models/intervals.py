"""How sure an expected share is: sampling, what no register shows, what a register would tell.

Variances of the expected share of a case as it is add up:

    v = hidden * mu (1 - mu)  +  (scale * se)^2  +  cost of unknown registers

- `se` is the delete-a-fold jackknife of the fold rankers (Efron and Stein 1981), `scale` the step
  at which bins of the prediction hold their doubly robust means often enough (bias of trees, which
  no resampling shows).
- `hidden` is the share of a coin's variance that two debtors with the same facts differ by. What
  belongs to a debtor comes back in the debtor's other cases (`estimate_hidden`); `alike` is how
  much of it two measures share.
- An unknown register adds what it would have told (`models.unknown`).

A share lives between nothing and all that is owed: intervals are those of a Beta distribution with
that mean and variance (Ferrari and Cribari-Neto 2004), so no end lies beyond the debt and none
below minus the cost. Differences between measures and the chance of being first come from draws of
the same distributions, joined by a normal copula with correlation `alike`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import beta as beta_distribution
from scipy.stats import norm

from models.asking import rates_of
from models.boosting import Matrix, Vector
from models.examples import Examples
from models.inputs import Cube, Inputs
from models.nuisance import Scores
from models.policy_value import clustered_se
from models.rankers.base import Ranker

N_BINS: Final = 20
MIN_PAIRS: Final = 200
Z90: Final = 1.6448536269514722
STEPS: Final = tuple(1.0 + 0.25 * i for i in range(37))
EDGE: Final = 1e-4
MOST_OF_A_COIN: Final = 0.95
"""A variance is held below this share of mu (1 - mu), where a Beta distribution ends."""
N_DRAWS: Final = 64
PRIOR_SHARE: Final = 0.25
"""What registers hide at least, as a share of the variance of outcomes given the facts: a sixth on
our own invented nations, a third on those of another hand."""
OWN_OF_CASE: Final = 0.25
"""What belongs to a case and to none of the debtor's others, beside what belongs to the debtor."""
MOST_HIDDEN: Final = 0.5
ALIKE: Final = 0.5
"""How much of what is hidden two measures of a case share: not identified, half is assumed."""


@dataclass(frozen=True)
class Hidden:
    """What registers do not show: `hidden` share of a coin's variance, `alike` (0..1) how much of
    it two measures share. `found` is what `n_pairs` pairs of decisions show (NaN: too few), `prior`
    what is assumed before them."""

    hidden: float
    alike: float
    n_pairs: int
    found: float
    prior: float

    def as_dict(self) -> dict[str, float | int | str]:
        """Plain values for the bundle and the report."""
        return dict(self.__dict__)


def jackknife_draws(rankers: Sequence[Ranker], inputs: Inputs, where: NDArray[np.bool_]) -> Cube:
    """Expected shares of every fold ranker, (k, n, m); 0 but `where`."""
    return rates_of(rankers, inputs, where)


def se_of_draws(draws: Matrix) -> Matrix:
    """sqrt((k - 1) / k * sum over folds of (draw - mean)^2), over the first axis."""
    k = len(draws)
    return np.asarray(np.sqrt((k - 1) / k * ((draws - draws.mean(axis=0)) ** 2).sum(axis=0)))


def variances(rate: Matrix, se: Matrix, scale: float, hidden: float, unknown: Matrix) -> Matrix:
    """The variance of each expected share (n, m), held within what a share can have."""
    coin = rate * (1.0 - rate)
    v = hidden * coin + (scale * se) ** 2 + unknown
    return np.asarray(np.clip(v, 1e-8, np.maximum(MOST_OF_A_COIN * coin, 1e-8)))


def beta_ends(rate: Matrix, variance: Matrix) -> tuple[Matrix, Matrix]:
    """The 5 % and 95 % quantiles of shares with that mean and variance, NaN where they are.

    The mean itself always lies between them.
    """
    mu = np.clip(rate, EDGE, 1.0 - EDGE)
    total = np.maximum(mu * (1.0 - mu) / variance - 1.0, 1e-3)
    low = beta_distribution.ppf(0.05, mu * total, (1.0 - mu) * total)
    high = beta_distribution.ppf(0.95, mu * total, (1.0 - mu) * total)
    return np.minimum(low, rate), np.maximum(high, rate)


@dataclass(frozen=True)
class Compared:
    """Of n cases by m measures: `p_first` the chance that a measure brings most, `behind_low` and
    `behind_high` the 90 % interval of what it brings less than the best one, `regret` (n,) what the
    best one is expected to give up against the truth; money as in the draws."""

    p_first: Matrix
    behind_low: Matrix
    behind_high: Matrix
    regret: Vector


def compare(
    rate: Matrix,
    variance: Matrix,
    lawful: NDArray[np.bool_],
    owed: Vector,
    costs: Vector,
    alike: float,
) -> Compared:
    """Measures of a case set against its best one, in draws that are the same for every case."""
    n, m = rate.shape
    net = np.where(lawful, owed[:, None] * np.nan_to_num(rate) - costs, -np.inf)
    best = np.argmax(net, axis=1)
    drawn = np.full((m, n, N_DRAWS), -np.inf, dtype=np.float32)
    for a in range(m):
        at = np.flatnonzero(lawful[:, a])
        shares = _beta_draws(rate[at, a], variance[at, a], _drawn_table(m, alike, a))
        drawn[a, at] = owed[at, None] * shares - costs[a]
    top = drawn.max(axis=0)
    of_best = drawn[best, np.arange(n)]
    p_first = np.full((n, m), np.nan)
    low, high = np.full((n, m), np.nan), np.full((n, m), np.nan)
    for a in range(m):
        at = np.flatnonzero(lawful[:, a])
        p_first[at, a] = (drawn[a, at] >= top[at]).mean(axis=1)
        behind = np.sort(of_best[at] - drawn[a, at], axis=1)
        low[at, a], high[at, a] = behind[:, N_DRAWS // 20], behind[:, -1 - N_DRAWS // 20]
    some = lawful.any(axis=1)
    regret = np.zeros(n)
    regret[some] = (top[some] - of_best[some]).mean(axis=1)
    return Compared(p_first, low, high, regret)


@cache
def _normals(m: int, alike: float) -> Matrix:
    """Standard normal draws (m, N_DRAWS), correlated by `alike`, each measure's evenly spread."""
    rng = np.random.default_rng(20260401)
    shared = rng.standard_normal(N_DRAWS)
    raw = np.sqrt(alike) * shared + np.sqrt(1.0 - alike) * rng.standard_normal((m, N_DRAWS))
    places = raw.argsort(axis=1).argsort(axis=1)
    return np.asarray(norm.ppf((places + 0.5) / N_DRAWS))


_MU: Final = np.linspace(-7.0, 7.0, 57)
_PART: Final = np.linspace(0.0, 1.0, 17) ** 2 * (MOST_OF_A_COIN - 1e-3) + 1e-3
_Z: Final = np.linspace(-3.0, 3.0, 61)


@cache
def _table() -> Cube:
    """Quantiles of Beta distributions by log odds of the mean, share of a coin's variance, z."""
    mu = expit(_MU)[:, None, None]
    total = 1.0 / _PART[None, :, None] - 1.0
    return np.asarray(
        beta_distribution.ppf(norm.cdf(_Z)[None, None, :], mu * total, (1.0 - mu) * total)
    )


@cache
def _drawn_table(m: int, alike: float, a: int) -> Cube:
    """The table at the draws of measure a of m."""
    return _table_at(_normals(m, alike)[a])


def _table_at(z: Vector) -> Cube:
    """The table at some normal quantiles, read between its points: by mean, share, quantile."""
    at, along = _between((np.clip(z, -3.0, 3.0) + 3.0) / 6.0 * (len(_Z) - 1), len(_Z))
    table = _table()
    return np.asarray(table[:, :, at] * (1.0 - along) + table[:, :, at + 1] * along)


def _between(place: Vector, n: int) -> tuple[NDArray[np.intp], Vector]:
    """The point of a grid of n below a place on it, and how far on towards the next it lies."""
    below = np.clip(np.floor(place), 0, n - 2).astype(np.intp)
    return below, place - below


def _beta_draws(rate: Vector, variance: Vector, table: Cube) -> NDArray[np.float64]:
    """Shares (k, draws), read between the points of a measure's table."""
    mu = np.clip(rate, EDGE, 1.0 - EDGE)
    part = np.clip(variance / (mu * (1.0 - mu)), 1e-3, MOST_OF_A_COIN)
    root = np.sqrt((part - 1e-3) / (MOST_OF_A_COIN - 1e-3))
    i, u = _between((np.clip(logit(mu), -7.0, 7.0) + 7.0) / 14.0 * (len(_MU) - 1), len(_MU))
    j, v = _between(root * (len(_PART) - 1), len(_PART))
    u, v = u[:, None], v[:, None]
    rows = table.reshape(-1, table.shape[2])
    at = i * len(_PART) + j
    less = rows[at] * (1.0 - v) + rows[at + 1] * v
    more = rows[at + len(_PART)] * (1.0 - v) + rows[at + len(_PART) + 1] * v
    return np.asarray(less * (1.0 - u) + more * u)


def estimate_hidden(examples: Examples, rates: Matrix) -> Hidden:
    """What comes back in another case of the same debtor, months later.

    The product of the standardised residuals of two decisions on different cases of one debtor has
    the hidden share as expectation, where nothing but the debtor is common to both. Cases whose
    outcome windows overlap share the debtor's luck as well; decisions on one case are no random
    sample (a case is decided on again because the first measure did not end it). Both are left out.

    That is a lower bound: what is a case's own, or a measure's in it, comes back in no other case,
    and a model that reads how a debtor paid before leaves little else to come back. OWN_OF_CASE is
    added, and no less than PRIOR_SHARE of the residuals' variance is assumed. Neither can be told
    from data: both are stated.
    """
    ranked = np.flatnonzero(examples.arm < len(examples.measures))
    mu = np.clip(rates[ranked, examples.arm[ranked]], 0.02, 0.98)
    residual = (examples.rate[ranked] - mu) / np.sqrt(mu * (1.0 - mu))
    prior = PRIOR_SHARE * float((residual**2).mean())
    frame = examples.features[ranked].select("case_id", "debtor_id", "as_of_date")
    frame = frame.with_columns(
        pl.Series("residual", residual), pl.Series("arm", examples.arm[ranked])
    )
    pairs = _pairs(frame, examples.window_days)
    if pairs.height < MIN_PAIRS:
        return Hidden(prior, ALIKE, pairs.height, float("nan"), prior)
    product = np.clip(pairs["product"].to_numpy(), -9.0, 9.0)
    clusters = np.unique(pairs["debtor_id"].to_numpy(), return_inverse=True)[1]
    found, noise = float(product.mean()), clustered_se(product, clusters)
    shown = (found - noise) * (1.0 + OWN_OF_CASE)
    hidden = min(max(shown, prior), MOST_HIDDEN)
    return Hidden(hidden, ALIKE, pairs.height, found, prior)


def _pairs(frame: pl.DataFrame, window_days: int) -> pl.DataFrame:
    """Pairs of decisions on different cases of one debtor whose outcome windows are disjoint."""
    days = (pl.col("as_of_date_right") - pl.col("as_of_date")).dt.total_days()
    return (
        frame.join(frame, on="debtor_id", suffix="_right")
        .filter(days >= window_days, pl.col("case_id") != pl.col("case_id_right"))
        .select("debtor_id", product=pl.col("residual") * pl.col("residual_right"))
    )


def interval_scale(draws: Cube, rates: Matrix, examples: Examples, scores: Scores) -> float:
    """The factor that sets the jackknife standard errors to the right level, at least 1.

    `draws` (k, n, m) of the fold rankers, `rates` (n, m) out of fold: the smallest step (1 to 10)
    at which 90 % of the means of bins lie within their interval.
    """
    se = se_of_draws(draws)
    errors, noise, own = [], [], []
    for a in range(rates.shape[1]):
        rows = np.flatnonzero(examples.lawful[:, a])
        for b in np.array_split(rows[np.argsort(rates[rows, a], kind="stable")], N_BINS):
            if len(b) < 2:
                continue
            gap = scores.gamma[b, a] - rates[b, a]
            errors.append(abs(float(gap.mean())))
            noise.append(float(gap.std(ddof=1)) / np.sqrt(len(b)))
            own.append(float(se[b, a].mean()))
    return _smallest_step(np.asarray(errors), np.asarray(noise), np.asarray(own))


def _smallest_step(errors: Vector, noise: Vector, own: Vector) -> float:
    for step in STEPS:
        reach = Z90 * np.hypot(noise, step * own)
        if (errors <= reach).mean() >= 0.9:
            return step
    return STEPS[-1]
