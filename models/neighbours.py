"""Comparable past cases: what came back where a measure was taken in cases that fall like this one.

Of each measure the decisions of the last YEARS years are kept as the leaves that they end in
(`models.grove`) and the share of the debt that came back, in whole per cent: no case, no debtor, no
fact, no day, and sorted by their leaves, so that no order tells anything either. Of a case and a
measure only its latest decision counts. Two cases are as near as the weights of the trees in which
they share a leaf, WHOLE in all; a tree weighs by how far its values differ over the measure's
decisions. They are comparable from `least` on: so near that half of the past decisions have at
least NEAREST of the others of their measure comparable.

At most MOST_KEPT decisions are kept, MOST_KEPT * N_TREES bytes (1.9 MB); of measures that have more
than their part, those with the lowest hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Vector
from models.examples import Examples
from models.grove import Codes, Grove
from models.inputs import Inputs

VERSION: Final = 1
YEARS: Final = 3
FEWEST: Final = 10
"""Of fewer comparable cases nothing is told but that they are fewer."""
NEAREST: Final = 0.05
MOST_KEPT: Final = 20_000
WHOLE: Final = 10_000
BLOCK: Final = 64
_ASKED: Final = 200
"""Decisions of each measure by whose nearness to the others `least` is set."""
_OFTEN: Final = 100
Counts = NDArray[np.int64]


def nearness(one: Codes, other: Codes, weight: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """(q, k): the weight of the trees in which a row of `one` and one of `other` share a leaf."""
    near = np.zeros((len(one), len(other)), dtype=np.uint16)
    for t, w in enumerate(weight):
        near += (one[:, t, None] == other[None, :, t]) * w
    return near


@dataclass(frozen=True)
class Taken:
    """The decisions that took one measure: `n_taken` in all, of the k kept their leaves (k, T) and
    `share` (k,) what came back, 0..100 per cent (0 and 100 exactly nothing and all); `weight` (T,)
    of the trees."""

    n_taken: int
    codes: Codes
    share: NDArray[np.uint8]
    weight: NDArray[np.uint16]

    def nearness(self, codes: Codes) -> NDArray[np.uint16]:
        """(q, k): how near each of q cases is to each decision, 0..WHOLE."""
        return nearness(codes, self.codes, self.weight)


@dataclass(frozen=True)
class Similar:
    """Of q (case, measure) pairs: `n` comparable cases among `n_kept` of `n_taken` (q,) that took
    the measure, in how many of the n nothing, some, more than half or all came back (q, 4), and the
    median share (q,), NaN where n is 0."""

    n: Counts
    n_kept: Counts
    n_taken: Counts
    bands: Counts
    median_share: Vector


@dataclass(frozen=True)
class Neighbours:
    """Past decisions by measure, with the trees by which they are compared."""

    taken: tuple[Taken, ...]
    groves: tuple[Grove, ...]
    least: int

    def similar(self, inputs: Inputs, rows: Counts, arm: Counts) -> Similar:
        """Comparable cases of case `rows[i]` of `inputs` under measure `arm[i]`."""
        histogram = np.zeros((len(rows), 101), dtype=np.int64)
        for a in np.unique(arm):
            at = np.flatnonzero(arm == a)
            taken = self.taken[a]
            codes = self.groves[a].codes(inputs.of(rows[at], arm[at]).with_arm())
            by_share = np.eye(101, dtype=np.float32)[taken.share]
            for start in range(0, len(at), BLOCK):
                near = taken.nearness(codes[start : start + BLOCK]) >= self.least
                histogram[at[start : start + BLOCK]] = near.astype(np.float32) @ by_share
        return _summed(
            histogram,
            np.asarray([len(self.taken[a].codes) for a in arm], dtype=np.int64),
            np.asarray([self.taken[a].n_taken for a in arm], dtype=np.int64),
        )

    def as_text(self) -> str:
        """The file of the bundle; the trees are named by their hash."""
        measures = [
            {
                "n_taken": taken.n_taken,
                "codes": packed(taken.codes),
                "share": packed(taken.share),
                "weight": taken.weight.tolist(),
            }
            for taken in self.taken
        ]
        body = {"version": VERSION, "least": self.least, "trees": _hash_of(self.groves)}
        return json.dumps(body | {"measures": measures}, sort_keys=True)


def read_neighbours(text: str, groves: Sequence[Grove]) -> Neighbours | None:
    """What `Neighbours.as_text` wrote; None where another version or other trees are meant."""
    body = json.loads(text)
    if body["version"] != VERSION or body["trees"] != _hash_of(groves):
        return None
    taken = tuple(
        Taken(
            int(one["n_taken"]),
            np.asfortranarray(unpacked(one["codes"]).reshape(-1, len(grove))),
            unpacked(one["share"]),
            np.asarray(one["weight"], dtype=np.uint16),
        )
        for one, grove in zip(body["measures"], groves, strict=True)
    )
    return Neighbours(taken, tuple(groves), int(body["least"]))


def learn_neighbours(
    examples: Examples, inputs: Inputs, groves: Sequence[Grove], as_of: date
) -> Neighbours:
    """The decisions of the last YEARS years before `as_of`, as far as they are kept."""
    last = _last_decisions(examples, as_of - timedelta(days=365 * YEARS + 1))
    rows = [np.asarray(last.filter(arm=a)["row"]) for a in range(len(examples.measures))]
    most = _most_of_each([len(r) for r in rows])
    taken = tuple(
        _taken(examples, inputs, grove, a, r[:most], len(r))
        for a, (grove, r) in enumerate(zip(groves, rows, strict=True))
    )
    return Neighbours(taken, tuple(groves), _least(taken))


def _last_decisions(examples: Examples, first: date) -> pl.DataFrame:
    """The latest decision of each case and measure since a day, in the order of their hashes."""
    keys = examples.features.select("case_id", "as_of_date").with_columns(
        arm=pl.Series(examples.arm), row=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    recent = keys.filter(pl.col("as_of_date") > first, pl.col("arm") < len(examples.measures))
    last = recent.sort("as_of_date", "case_id").unique(
        ["case_id", "arm"], keep="last", maintain_order=True
    )
    hashes = [
        hashlib.blake2b(f"{case}|{day}".encode(), digest_size=8).hexdigest()
        for case, day in last.select("case_id", "as_of_date").iter_rows()
    ]
    return last.with_columns(hash=pl.Series(hashes, dtype=pl.String)).sort("hash")


def _most_of_each(counts: Sequence[int]) -> int:
    """The most decisions of one measure so that no more than MOST_KEPT are kept in all.

    >>> _most_of_each([3, 40_000, 25_000])
    9998
    """
    low, high = 0, max(counts, default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(n, middle) for n in counts) <= MOST_KEPT:
            low = middle
        else:
            high = middle - 1
    return low


def _taken(
    examples: Examples, inputs: Inputs, grove: Grove, a: int, rows: Counts, n_taken: int
) -> Taken:
    codes = grove.codes(inputs.of(rows, np.full(len(rows), a)).with_arm())
    share = whole_per_cent(examples.rate[rows])
    order = np.lexsort([share, *codes.T[::-1]]) if len(rows) else np.zeros(0, dtype=np.int64)
    codes = np.asfortranarray(codes[order])  # nearness is worked out tree by tree
    return Taken(n_taken, codes, share[order], _weights(grove, codes))


def whole_per_cent(share: Vector) -> NDArray[np.uint8]:
    """Shares in per cent; nothing and all stay what they are and nothing else becomes them.

    >>> whole_per_cent(np.array([0.0, 0.001, 0.5, 0.999, 1.0])).tolist()
    [0, 1, 50, 99, 100]
    """
    between = np.clip(np.round(share * 100), 1, 99)
    return np.where(share <= 0, 0, np.where(share >= 1, 100, between)).astype(np.uint8)


def _weights(grove: Grove, codes: Codes) -> NDArray[np.uint16]:
    """(T,), WHOLE in all but for rounding down: of each ensemble its weight, shared out among its
    trees by the standard deviation of their values over the decisions."""
    spread = np.ones(len(grove))
    if len(codes):
        spread = np.asarray([np.std(v[codes[:, t]]) for t, v in enumerate(grove.leaves)])
    if not spread.any():
        spread = np.ones(len(grove))
    weights = np.zeros(len(grove))
    for of in np.unique(grove.ensemble):
        mine = grove.ensemble == of
        if spread[mine].any():
            weights[mine] = grove.weight[mine] * spread[mine] / spread[mine].sum()
    return np.asarray(np.floor(weights / weights.sum() * WHOLE), dtype=np.uint16)


def _least(taken: Sequence[Taken]) -> int:
    """The nearness at which half of the decisions have NEAREST of their measure's comparable.

    Of measures with fewer than _OFTEN decisions only where there are no others.
    """
    often = [one for one in taken if len(one.codes) >= _OFTEN]
    found: list[float] = []
    for one in often or taken:
        k = len(one.codes)
        for i in np.unique(np.linspace(0, k - 1, min(k, _ASKED)).astype(np.int64)):
            others = np.delete(one.nearness(one.codes[i : i + 1])[0], i)
            if len(others):
                found.append(float(np.quantile(others, 1.0 - NEAREST)))
    return int(np.median(found)) if found else WHOLE


def _summed(histogram: Counts, n_kept: Counts, n_taken: Counts) -> Similar:
    """Counts and medians from how often each per cent came back (q, 101)."""
    n, below = histogram.sum(axis=1), histogram.cumsum(axis=1)
    edges = ((0, 1), (1, 51), (51, 100), (100, 101))
    bands = np.column_stack([histogram[:, low:high].sum(axis=1) for low, high in edges])
    middle = [(below >= half[:, None]).argmax(axis=1) for half in ((n + 1) // 2, (n + 2) // 2)]
    median = (middle[0] + middle[1]) / 200.0
    return Similar(n, n_kept, n_taken, bands, np.where(n > 0, median, np.nan))


def _hash_of(groves: Sequence[Grove]) -> str:
    return hashlib.sha256("".join(g.trees.text for g in groves).encode()).hexdigest()


def packed(values: NDArray[np.generic]) -> str:
    """The bytes of an array as text."""
    return base64.b64encode(zlib.compress(np.ascontiguousarray(values).tobytes(), 9)).decode()


def unpacked(text: Any) -> NDArray[np.uint8]:
    """The bytes that `packed` wrote."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=np.uint8)
