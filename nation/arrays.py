"""Short names for the arrays of the invented nation, and the few functions all of it uses.

Days are whole numbers counted from the first day of the history; amounts are som as float64 until
they enter a register, where they are whole.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NEVER = 10**6
"""A day that does not come: no disposal, no closing, no change of status."""

_Rows = TypeVar("_Rows")


def take(rows: _Rows, index: Ints) -> _Rows:
    """The chosen rows of a frozen dataclass, in the order of `index`; what is no array stays."""
    values = {f.name: getattr(rows, f.name) for f in dataclasses.fields(cast(Any, rows))}
    picked = {name: v[index] for name, v in values.items() if isinstance(v, np.ndarray)}
    return cast(_Rows, dataclasses.replace(cast(Any, rows), **picked))


def sigmoid(x: Floats) -> Floats:
    """The probability that belongs to a log odds."""
    return 1.0 / (1.0 + np.exp(-x))


def spread(uniform: Floats, shape: float) -> Floats:
    """Log-logistic noise with median 1: heavy to the right, and its distribution has a formula."""
    u = np.clip(uniform, 1e-6, 1.0 - 1e-6)
    return (u / (1.0 - u)) ** shape


def between(uniform: Floats, low: float, high: float) -> Ints:
    """Whole numbers from low to high, both included, from uniform draws."""
    return np.floor(low + uniform * (high - low + 1)).astype(np.int64)


def pick(uniform: Floats, weights: Floats) -> Ints:
    """The index drawn from weights (one row of weights for all, or one row each)."""
    w = np.atleast_2d(weights)
    edges = np.cumsum(w, axis=1) / w.sum(axis=1, keepdims=True)
    above: Ints = (uniform[:, None] > edges).sum(axis=1)
    last: Ints = np.minimum(above, w.shape[1] - 1)
    return last
