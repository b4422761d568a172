"""How sure an expected value is: delete-a-fold jackknife, set to the right level.

The fold rankers differ only in the fold of debtors that each has not seen; their spread is a
jackknife standard error (Efron and Stein 1981) that says where the ranking is unsure. How unsure it
is on the whole, two rankers say that were fitted to disjoint halves of the debtors: half the
variance of their difference is the variance at half the data, a quarter of it that at all data. The
jackknife is multiplied by the ratio. Where bins of the prediction then still miss the doubly robust
scores too often (bias of trees, which no resampling shows), it is widened further.

Registers do not show all that matters: two debtors with the same facts differ. That difference
comes back whenever a case is decided on again, so the product of the residuals of two decisions on
one case, their outcome windows apart, has its variance as expectation. `hidden_sd` is its root; it
is the same for all measures of a case, so it widens what is said of each but not what is said of
their order.

A register that is not known of a case hides more. What it would have told of the case is learned
out of fold (`models.unknown`) and adds to that variance, by measure:

    half = hypot(t * scale * se, z * sqrt(hidden_sd^2 + cost of what is unknown))

So before the interval is held within what is owed, it is wider without a register than with it on
the average of cases, and in at least 95 of 100 cases of its own. Not in every one: the jackknife
has as many draws as there are folds, and may see more disagreement in a case that it knows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import t as student

from models.boosting import Matrix, Vector
from models.examples import Examples
from models.nuisance import Scores
from models.rankers import Ranker, all_rates

N_BINS = 20
MIN_PAIRS = 50
Z90 = 1.6448536269514722
STEPS = tuple(1.0 + 0.25 * i for i in range(37))


def jackknife_draws(rankers: Sequence[Ranker], x: Matrix, m: int) -> Matrix:
    """Expected shares of every fold ranker, (k, n, m)."""
    return np.stack([all_rates(r, x, m) for r in rankers])


def se_of_draws(draws: Matrix) -> Matrix:
    """sqrt((k - 1) / k * sum over folds of (draw - mean)^2), over the first axis."""
    k = len(draws)
    return np.asarray(np.sqrt((k - 1) / k * ((draws - draws.mean(axis=0)) ** 2).sum(axis=0)))


def quantile90(n_folds: int) -> float:
    """The two-sided 90 % quantile of Student's t for a jackknife of that many folds."""
    return float(student.ppf(0.95, n_folds - 1))


def half_widths(
    se: Matrix, n_folds: int, scale: float, hidden: float, unknown_variance: Matrix
) -> Matrix:
    """Half of the 90 % interval (n, m): sampling error and what is not known, added in squares."""
    not_known = Z90 * np.sqrt(hidden**2 + unknown_variance)
    return np.hypot(quantile90(n_folds) * scale * se, not_known)


def hidden_sd(examples: Examples, scores: Scores) -> float:
    """Standard deviation of the expected share between cases with the same known facts.

    From pairs of decisions on one case with disjoint outcome windows; of one debtor where there are
    fewer than MIN_PAIRS; 0 where there are too few of those as well. A case is decided on again
    where the first measure did not end it, so the pairs are no random sample of cases.
    """
    arm = np.minimum(examples.arm, len(examples.measures) - 1)
    expected = np.where(
        examples.arm < len(examples.measures),
        scores.g_hat[np.arange(len(examples)), arm],
        scores.usual,
    )
    residuals = examples.features.select("case_id", "debtor_id", "as_of_date").with_columns(
        residual=examples.rate - expected
    )
    for key in ("case_id", "debtor_id"):
        products = _products_of_pairs(residuals, key, examples.window_days)
        if len(products) >= MIN_PAIRS:
            return float(np.sqrt(max(products.mean(), 0.0)))
    return 0.0


def _products_of_pairs(residuals: pl.DataFrame, key: str, window_days: int) -> Vector:
    later = (pl.col("as_of_date_right") - pl.col("as_of_date")).dt.total_days() >= window_days
    pairs = residuals.join(residuals, on=key).filter(later)
    return np.asarray(pairs["residual"].to_numpy() * pairs["residual_right"].to_numpy())


def interval_scale(
    draws: Matrix,
    halves: tuple[Matrix, Matrix],
    rates: Matrix,
    examples: Examples,
    scores: Scores,
) -> float:
    """The factor that sets the jackknife standard errors to the right level, at least 1.

    `draws` (k, n, m) of the fold rankers, `halves` (n, m) of rankers fitted to disjoint halves,
    `rates` (n, m) out of fold.
    """
    se = se_of_draws(draws)
    lawful = examples.lawful
    at_half = (halves[0] - halves[1])[lawful]
    spread = np.sqrt(float((at_half**2).mean()) / 4.0)
    typical = np.sqrt(float((se[lawful] ** 2).mean()))
    level = max(1.0, spread / typical) if typical > 0 else 1.0
    return level * _widening(rates, level * se, examples.lawful, scores, len(draws))


def _widening(
    rates: Matrix, se: Matrix, lawful: NDArray[np.bool_], scores: Scores, n_folds: int
) -> float:
    """The smallest step (1 to 10) at which 90 % of the bins' means lie within their interval."""
    errors, noise, own = [], [], []
    for a in range(rates.shape[1]):
        rows = np.flatnonzero(lawful[:, a])
        for b in np.array_split(rows[np.argsort(rates[rows, a], kind="stable")], N_BINS):
            if len(b) < 2:
                continue
            gap = scores.gamma[b, a] - rates[b, a]
            errors.append(abs(float(gap.mean())))
            noise.append(float(gap.std(ddof=1)) / np.sqrt(len(b)))
            own.append(float(se[b, a].mean()))
    return _smallest_step(np.asarray(errors), np.asarray(noise), np.asarray(own), n_folds)


def _smallest_step(errors: Vector, noise: Vector, own: Vector, n_folds: int) -> float:
    for step in STEPS:
        reach = np.hypot(Z90 * noise, step * quantile90(n_folds) * own)
        if (errors <= reach).mean() >= 0.9:
            return step
    return STEPS[-1]
