"""The rule card: at most three questions about a case lead to an order of measures.

A policy tree (Athey and Wager 2021), grown greedily: each question is the one after which the first
lawful measure of each side's own order is worth most by the AIPW scores of all cases. A leaf adds
to usual practice the mean AIPW effect of each measure among its cases, drawn towards that of all.
It fits on one page, can be read aloud, and says how much of a ranking plain rules would keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.asking import Asked
from models.boosting import Matrix, Trees, Vector
from models.examples import Examples
from models.inputs import Cube, Rows
from models.nuisance import Scores, mean_effect
from models.parts import Parts
from models.rankers.base import Kind
from models.rankers.constant import usual_parts
from models.settings import TrainingSettings

N_CUTS: Final = 8
SMALLEST_SIDE: Final = 50
SHRUNK_BY: Final = 100.0
"""A leaf's effect counts as if so many more of its cases had shown that of its parent."""


@dataclass(frozen=True)
class Leaf:
    """Mean effect of each measure over usual practice, (m,)."""

    delta: tuple[float, ...]


@dataclass(frozen=True)
class Question:
    """Is the fact in column `feature` at most `cut`? Unknown facts go to `no`.

    `delta` are the effects of all cases that are asked, as if it were a leaf.
    """

    feature: int
    cut: float
    delta: tuple[float, ...]
    yes: Question | Leaf
    no: Question | Leaf


@dataclass(frozen=True)
class RuleCard:
    """Usual practice plus the effects of the leaf that a case falls into."""

    usual: Trees
    root: Question | Leaf
    kind: Kind = "rule_card"

    def rates(self, rows: Asked) -> Vector:
        """Usual share plus the effect of the measure in the case's leaf."""
        rates = rows.of_case(self.usual).copy()
        for leaf, at in _leaves(self.root, rows.cases, np.arange(len(rows))):
            rates[at] += np.asarray(leaf.delta)[rows.arm[at]]
        return rates

    def contributions(self, rows: Rows) -> Parts:
        """TreeSHAP of the usual share, and of each question the step that its answer makes.

        The steps add up from the effect at the root, which is in the base, to that of the leaf.
        """
        parts = usual_parts(self.usual, rows, np.asarray(self.root.delta)[rows.arm])
        self._walk(self.root, rows, np.arange(len(rows)), parts)
        return parts

    def _walk(self, node: Question | Leaf, rows: Rows, at: NDArray[np.int64], parts: Parts) -> None:
        if isinstance(node, Leaf) or not len(at):
            return
        yes = rows.cases[at, node.feature] <= node.cut
        here = np.asarray(node.delta)[rows.arm[at]]
        sides = [np.asarray(side.delta)[rows.arm[at]] - here for side in (node.yes, node.no)]
        parts.values[at, node.feature] += np.where(yes, sides[0], sides[1])
        parts.reach[at, node.feature] += np.maximum(np.abs(sides[0]), np.abs(sides[1]))
        self._walk(node.yes, rows, at[yes], parts)
        self._walk(node.no, rows, at[~yes], parts)


def _leaves(
    node: Question | Leaf, cases: Matrix, at: NDArray[np.int64]
) -> list[tuple[Leaf, NDArray[np.int64]]]:
    if isinstance(node, Leaf):
        return [(node, at)]
    yes = cases[at, node.feature] <= node.cut
    return [*_leaves(node.yes, cases, at[yes]), *_leaves(node.no, cases, at[~yes])]


@dataclass(frozen=True)
class _Evidence:
    """What a card is grown from: effects (n, m) smoothed by the outcome model for the questions,
    AIPW ones for the leaves, which measures may be chosen, which decisions speak of them."""

    cases: Matrix
    smooth: Matrix
    scores: Scores
    lawful: NDArray[np.bool_]
    speaks: NDArray[np.bool_]
    weight: Vector
    pattern: NDArray[np.int64]
    patterns: NDArray[np.bool_]


def fit_card(
    usual: Trees,
    cases: Matrix,
    categorical: list[int],
    examples: Examples,
    scores: Scores,
    settings: TrainingSettings,
) -> RuleCard:
    """A card of at most `card_depth` questions on facts that are numbers or yes and no."""
    m = len(examples.measures)
    patterns, pattern = np.unique(examples.lawful, axis=0, return_inverse=True)
    evidence = _Evidence(
        cases,
        scores.g_hat - scores.usual[:, None],
        scores,
        examples.lawful,
        np.column_stack([examples.speaks_of(a) for a in range(m)]),
        examples.weights(settings.size_weight, settings.winsorise_at),
        pattern.ravel(),
        patterns,
    )
    columns = [j for j in range(cases.shape[1]) if j not in categorical]
    # Three questions need no more: evenly spread over the decisions.
    n = min(len(examples), settings.card_cases)
    everyone = np.linspace(0, len(examples) - 1, n).astype(np.int64)
    start = _delta(evidence, everyone, np.zeros(m))
    return RuleCard(usual, _grow(evidence, everyone, start, columns, settings.card_depth))


def _delta(e: _Evidence, rows: NDArray[np.int64], parent: Vector) -> Vector:
    """Mean effects of the rows, drawn towards the parent's where few of them speak."""
    found = parent.copy()
    for a in range(len(parent)):
        mine = rows[e.speaks[rows, a]]
        if len(mine):
            own = mean_effect(e.scores, a, mine, e.weight)
            share = len(mine) / (len(mine) + SHRUNK_BY)
            found[a] = own if not parent.any() else share * own + (1.0 - share) * parent[a]
    return found


def _grow(
    e: _Evidence, rows: NDArray[np.int64], delta: Vector, columns: list[int], depth: int
) -> Question | Leaf:
    found = None if depth == 0 else _best_question(e, rows, columns)
    if found is None:
        return Leaf(tuple(float(d) for d in delta))
    feature, cut = found
    yes = e.cases[rows, feature] <= cut
    sides = [
        _grow(e, part, _delta(e, part, delta), columns, depth - 1)
        for part in (rows[yes], rows[~yes])
    ]
    return Question(feature, cut, tuple(float(d) for d in delta), sides[0], sides[1])


def _best_question(
    e: _Evidence, rows: NDArray[np.int64], columns: list[int]
) -> tuple[int, float] | None:
    """The question that adds most to the value of the rows' first lawful measures, if any does."""
    if len(rows) < 2 * SMALLEST_SIDE:
        return None
    n_patterns = len(e.patterns)
    worth = e.smooth[rows] * e.weight[rows][:, None]
    counts = e.speaks[rows] * e.weight[rows][:, None]
    pattern = e.pattern[rows]
    whole = _sums(worth, counts, pattern, np.zeros(len(rows), dtype=np.int64), 1, n_patterns)
    best = _value(whole[0][0], whole[1][0], whole[2][0], e.patterns) + 1e-9
    found: tuple[int, float] | None = None
    for j in columns:
        x = e.cases[rows, j]
        known = x[np.isfinite(x)]
        if not len(known):
            continue
        cuts = np.unique(np.quantile(known, np.linspace(0.1, 0.9, N_CUTS)))
        place = np.where(np.isnan(x), len(cuts), np.searchsorted(cuts, x, side="left"))
        sums = _sums(worth, counts, pattern, place, len(cuts) + 1, n_patterns)
        size = np.bincount(place, minlength=len(cuts) + 1).cumsum()
        below = [s.cumsum(axis=0) for s in sums]
        for c in range(len(cuts)):
            if size[c] < SMALLEST_SIDE or len(rows) - size[c] < SMALLEST_SIDE:
                continue
            left = [b[c] for b in below]
            right = [b[-1] - b[c] for b in below]
            value = _value(left[0], left[1], left[2], e.patterns)
            value += _value(right[0], right[1], right[2], e.patterns)
            if value > best:
                best, found = value, (j, float(cuts[c]))
    return found


def _sums(
    worth: Matrix,
    counts: Matrix,
    pattern: NDArray[np.int64],
    place: NDArray[np.int64],
    n_places: int,
    n_patterns: int,
) -> tuple[Cube, Matrix, Matrix]:
    """Per place: worth by pattern and measure, and worth and count over what speaks of each."""
    m = worth.shape[1]
    cell = place * n_patterns + pattern
    cells = [np.bincount(cell, worth[:, a], n_places * n_patterns) for a in range(m)]
    by_cell: Cube = np.stack(cells, axis=1).astype(float).reshape(n_places, n_patterns, m)
    spoken = np.where(counts > 0, worth, 0.0)
    of_place = [
        np.stack([np.bincount(place, v[:, a], n_places) for a in range(m)], axis=1).astype(float)
        for v in (spoken, counts)
    ]
    return by_cell, of_place[0], of_place[1]


def _value(
    by_pattern: Matrix, spoken: Matrix, counts: Matrix, patterns: NDArray[np.bool_]
) -> float:
    """What the first lawful measure of the side's own order is worth, summed over its cases."""
    order = np.where(counts > 0, spoken / np.maximum(counts, 1e-12), -np.inf)
    scored = np.where(patterns, order[None, :], -np.inf)
    choice = np.argmax(scored, axis=1)
    value = by_pattern[np.arange(len(patterns)), choice]
    return float(value[patterns.any(axis=1)].sum())
