"""How sure an expected value is: delete-a-fold jackknife, widened to what the data show.

The fold rankers differ only in the fifth of debtors that each has not seen; their spread gives a
jackknife standard error (Efron and Stein 1981). Trees are biased where data are thin, which no
resampling shows, so the standard errors are multiplied by the smallest factor at which the means
of doubly robust scores in bins of the prediction lie within the 90 % interval in 90 % of bins.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.boosting import Matrix, Vector
from models.examples import Examples
from models.nuisance import Scores
from models.rankers import Ranker, all_rates

Z90 = 1.6448536269514722
N_BINS = 20
SCALES = tuple(1.0 + 0.25 * i for i in range(37))


def jackknife_draws(rankers: Sequence[Ranker], x: Matrix, m: int) -> Matrix:
    """Expected shares of every fold ranker, (k, n, m)."""
    return np.stack([all_rates(r, x, m) for r in rankers])


def jackknife_se(rankers: Sequence[Ranker], x: Matrix, m: int) -> Matrix:
    """Jackknife standard error of the expected shares, (n, m)."""
    return se_of_draws(jackknife_draws(rankers, x, m))


def se_of_draws(draws: Matrix) -> Matrix:
    """sqrt((k - 1) / k * sum over folds of (draw - mean)^2), over the first axis."""
    k = len(draws)
    return np.sqrt((k - 1) / k * ((draws - draws.mean(axis=0)) ** 2).sum(axis=0))


def scale_intervals(rates: Matrix, se: Matrix, examples: Examples, scores: Scores) -> float:
    """The factor (1 to 10) at which 90 % intervals hold 90 % of the bins' doubly robust means."""
    errors, noise, own = [], [], []
    for a in range(rates.shape[1]):
        rows = np.flatnonzero(examples.lawful[:, a])
        order = rows[np.argsort(rates[rows, a], kind="stable")]
        for b in np.array_split(order, N_BINS):
            if len(b) < 2:
                continue
            gap = scores.gamma[b, a] - rates[b, a]
            errors.append(abs(float(gap.mean())))
            noise.append(float(gap.std(ddof=1)) / np.sqrt(len(b)))
            own.append(float(se[b, a].mean()))
    return _smallest_scale(np.asarray(errors), np.asarray(noise), np.asarray(own))


def _smallest_scale(errors: Vector, noise: Vector, own: Vector) -> float:
    for scale in SCALES:
        inside = errors <= Z90 * np.sqrt(noise**2 + (scale * own) ** 2)
        if inside.mean() >= 0.9:
            return scale
    return SCALES[-1]
