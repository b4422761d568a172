"""A few trees of a ranker, one small ensemble per measure: where a case falls among its leaves.

Two decisions that end in the same leaf of a tree are alike in what this tree asks (the proximity of
Breiman's random forests, here over boosted trees). Of the ranker's ensembles trees are taken evenly
from the first to the last round. A ranker without trees of its own for the choice (the constant
order, the rule card) lends those of the nuisances' outcome models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Trees
from models.nuisance import Nuisances
from models.rankers.base import Ranker
from models.rankers.blend import Blend
from models.rankers.calibrated import Calibrated
from models.rankers.effects import EffectLearner
from models.rankers.outcome import SLearner, TLearner

N_TREES: Final = 96
"""Trees of a measure's grove, at most; a few less where they do not divide evenly."""
MOST_LEAVES: Final = 255
Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class Grove:
    """T trees that read `Rows.with_arm`: the ensemble each is of, its weight there, leaf values."""

    trees: Trees
    ensemble: NDArray[np.int64]
    weight: NDArray[np.float64]
    leaves: tuple[NDArray[np.float64], ...]

    def __len__(self) -> int:
        return len(self.leaves)

    def codes(self, x: Matrix) -> Codes:
        """The leaf of each tree that each row of `x` (k, d + p + 1) ends in, (k, T)."""
        if not len(x):
            return np.zeros((0, len(self)), dtype=np.uint8)
        found = self.trees.booster.predict(x, pred_leaf=True, num_threads=1)
        return np.asarray(found).reshape(len(x), len(self)).astype(np.uint8)


def groves_of(ranker: Ranker, nuisances: Sequence[Nuisances], n_measures: int) -> list[Grove]:
    """The grove of each measure; measures that are asked of the same trees share one."""
    lent = [n.outcome for n in nuisances if isinstance(n.outcome, SLearner)]
    header = lent[0].outcome.text
    made: dict[tuple[int, ...], Grove] = {}
    groves = []
    for a in range(n_measures):
        own = list(_ensembles(ranker, a, 1.0)) or [(s.outcome, 1.0) for s in lent]
        key = tuple(id(trees) for trees, _ in own)
        if key not in made:
            made[key] = _grove(own, header)
        groves.append(made[key])
    return groves


def _ensembles(ranker: Ranker, a: int, weight: float) -> Iterator[tuple[Trees, float]]:
    """The ensembles that measure `a` is judged by, each with its weight in the whole."""
    match ranker:
        case Calibrated():
            yield from _ensembles(ranker.inner, a, weight)
        case Blend():
            for share, member in zip(ranker.weights, ranker.members, strict=True):
                yield from _ensembles(member, a, weight * share)
        case SLearner():
            yield ranker.outcome, weight
        case TLearner():
            yield ranker.outcomes.get(a, ranker.other.outcome), weight
        case EffectLearner():
            yield ranker.usual, weight
            yield ranker.effects[a if len(ranker.effects) > 1 else 0], weight
        case _:
            return


def _grove(ensembles: Sequence[tuple[Trees, float]], header: str) -> Grove:
    each = max(N_TREES // len(ensembles), 1)
    blocks: list[str] = []
    of, weights = [], []
    for number, (trees, weight) in enumerate(ensembles):
        mine = _blocks(trees.text)
        few = np.unique(np.linspace(0, len(mine) - 1, min(each, len(mine))).astype(np.int64))
        blocks += [mine[i] for i in few]
        of += [number] * len(few)
        weights += [weight] * len(few)
    return Grove(
        Trees.from_text(_together(header, blocks)),
        np.asarray(of, dtype=np.int64),
        np.asarray(weights),
        tuple(_leaves(block) for block in blocks),
    )


def _blocks(text: str) -> list[str]:
    """The trees of an ensemble, each without the line that numbers it."""
    found = re.split(r"^Tree=\d+\n", text.split("end of trees")[0], flags=re.MULTILINE)[1:]
    return [block.strip() for block in found]


def _together(header: str, blocks: Sequence[str]) -> str:
    """Trees as one ensemble in LightGBM's format, under the header of one with the same columns."""
    trees = [f"Tree={i}\n{block}\n\n\n" for i, block in enumerate(blocks)]
    sizes = " ".join(str(len(tree)) for tree in trees)
    head = header.split("\nTree=0\n")[0]
    head = re.sub(r"^tree_sizes=.*$", f"tree_sizes={sizes}", head, flags=re.MULTILINE)
    return f"{head}\n\n{''.join(trees)}end of trees\n\npandas_categorical:null\n"


def _leaves(block: str) -> NDArray[np.float64]:
    found = re.search(r"^leaf_value=(.*)$", block, re.MULTILINE)
    assert found is not None  # noqa: S101  (LightGBM writes the values of every tree)
    values = np.asarray([float(v) for v in found[1].split()])
    assert len(values) <= MOST_LEAVES  # noqa: S101  (codes are bytes)
    return values
