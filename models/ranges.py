"""What values each number had in training: how far a question "what if" may go, and its measure.

Least, quartiles and most, to two digits, least and most rounded away from the middle: no one
person's amount can be read from them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from features.catalogue import FEATURES

VERSION = 1


@dataclass(frozen=True)
class Range:
    """Of a number in training: `least` and `most`; quartiles of what lies above nought."""

    least: float
    lower: float
    middle: float
    upper: float
    most: float

    @property
    def width(self) -> float:
        """The distance of the quartiles: one usual difference between cases; never nought."""
        return max(self.upper - self.lower, abs(self.middle) * 0.1, 1.0)


Ranges = Mapping[str, Range]


def learn_ranges(features: pl.DataFrame) -> dict[str, Range]:
    """The range of each number of the catalogue that was known in training at all."""
    found = {}
    for name in (f.name for f in FEATURES if f.kind == "number"):
        values = features[name].cast(pl.Float64).drop_nulls().drop_nans().to_numpy()
        if len(values):
            some = values[values > 0] if (values > 0).any() else values
            lower, middle, upper = (_two_digits(q) for q in np.quantile(some, (0.25, 0.5, 0.75)))
            least, most = _two_digits(float(values.min()), -1), _two_digits(float(values.max()), 1)
            found[name] = Range(least, lower, middle, upper, most)
    return found


def _two_digits(value: float, towards: int = 0) -> float:
    """The value to two digits: the nearest, or towards less (-1) or more (1).

    >>> _two_digits(1234567.0), _two_digits(1234567.0, 1), _two_digits(-0.123, -1)
    (1200000.0, 1300000.0, -0.13)
    """
    if not value:
        return 0.0
    scale = int(np.floor(np.log10(abs(value)))) - 1
    part = value / 10.0**scale
    whole = np.round(part) if not towards else np.floor(part) if towards < 0 else np.ceil(part)
    return float(f"{float(whole) * 10.0**scale:.1e}")


def ranges_text(ranges: Ranges) -> str:
    """The file of the bundle."""
    body = {name: list(one.__dict__.values()) for name, one in ranges.items()}
    return json.dumps({"version": VERSION, "ranges": body}, indent=1, sort_keys=True)


def read_ranges(text: str) -> dict[str, Range] | None:
    """What `ranges_text` wrote; None where another version did."""
    body = json.loads(text)
    if body["version"] != VERSION:
        return None
    return {name: Range(*values) for name, values in body["ranges"].items()}
