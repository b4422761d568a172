"""Causal isotonic calibration: effects that are, on average, what they say.

Van der Laan, Ulloa-Perez, Carone and Luedtke 2023: an isotonic regression of doubly robust
pseudo-outcomes on out-of-fold effect predictions. Bins before the regression keep one large
score from making a step of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.isotonic import IsotonicRegression

from models.boosting import Vector


@dataclass(frozen=True)
class Isotonic:
    """A monotone, piecewise linear map given by its knots; constant beyond them."""

    x: tuple[float, ...]
    y: tuple[float, ...]

    def __call__(self, values: Vector) -> Vector:
        """The calibrated effects.

        >>> Isotonic((0.0, 1.0), (0.0, 0.5))(np.array([-1.0, 0.5, 2.0])).tolist()
        [0.0, 0.25, 0.5]
        """
        return np.interp(values, self.x, self.y)


def fit_isotonic(predicted: Vector, pseudo_outcome: Vector, n_bins: int) -> Isotonic:
    """The isotonic map from predicted effects to the level of the pseudo-outcomes."""
    order = np.argsort(predicted, kind="stable")
    bins = [b for b in np.array_split(order, n_bins) if len(b)]
    x = np.asarray([predicted[b].mean() for b in bins])
    y = np.asarray([pseudo_outcome[b].mean() for b in bins])
    n = np.asarray([float(len(b)) for b in bins])
    x, first = np.unique(x, return_index=True)
    fitted = IsotonicRegression().fit(x, y[first], sample_weight=n[first]).predict(x)
    return Isotonic(tuple(float(v) for v in x), tuple(float(v) for v in fitted))


def calibration_slope(
    predicted: Vector, pseudo_outcome: Vector, clusters: np.ndarray
) -> tuple[float, float]:
    """Slope of pseudo-outcomes on predicted effects and its cluster-robust standard error.

    One: effects are as large as predicted. Not above zero at 95 %: do not personalise.
    NaN where the predictions do not vary.
    """
    x = predicted - predicted.mean()
    y = pseudo_outcome - pseudo_outcome.mean()
    sxx = float(x @ x)
    if sxx <= 1e-12 * max(len(x), 1):
        return float("nan"), float("nan")
    slope = float(x @ y) / sxx
    influence = np.bincount(clusters, weights=x * (y - slope * x))
    return slope, float(np.sqrt((influence**2).sum())) / sxx
