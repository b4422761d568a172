"""What LightGBM's own text says of the splits and leaves of its trees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MOST_LEAVES: Final = 32
IS_CODE, LEFT_UNKNOWN = 1, 2
_NOUGHT_IS_UNKNOWN, UNKNOWN_IS_OWN = 1, 2


@dataclass(frozen=True)
class Splits:
    """A tree as its text says: of each split column, cut, kind, sides and codes; leaf values."""

    column: list[int]
    cut: list[float]
    kind: list[int]
    left: list[int]
    right: list[int]
    codes: list[frozenset[int]]
    leaves: list[float]


def splits_of(text: str) -> list[Splits] | None:
    """The trees of an ensemble; None where it is of a kind that is not met here: several classes,
    means of trees, linear leaves, noughts read as unknown, or more than MOST_LEAVES leaves."""
    if not re.search(r"^num_tree_per_iteration=1$", text, re.MULTILINE) or "average_output" in text:
        return None
    trees = []
    for block in re.split(r"^Tree=\d+$", text.split("end of trees")[0], flags=re.MULTILINE)[1:]:
        found = _splits(dict(line.split("=", 1) for line in block.splitlines() if "=" in line))
        if found is None:
            return None
        trees.append(found)
    return trees


def _splits(said: dict[str, str]) -> Splits | None:
    leaves = [float(v) for v in said["leaf_value"].split()]
    if len(leaves) > MOST_LEAVES or said.get("is_linear", "0") != "0":
        return None
    if len(leaves) == 1:
        return Splits([], [], [], [], [], [], leaves)

    def whole(name: str) -> list[int]:
        return [int(v) for v in said.get(name, "").split()]

    column, kind = whole("split_feature"), whole("decision_type")
    if any((k >> 2) & 3 == _NOUGHT_IS_UNKNOWN and not k & IS_CODE for k in kind):
        return None
    cut = [float(v) for v in said["threshold"].split()]
    starts, bits = whole("cat_boundaries"), whole("cat_threshold")
    codes = [
        _codes(bits[starts[int(c)] : starts[int(c) + 1]]) if k & IS_CODE else frozenset()
        for k, c in zip(kind, cut, strict=True)
    ]
    return Splits(column, cut, kind, whole("left_child"), whole("right_child"), codes, leaves)


def _codes(bits: list[int]) -> frozenset[int]:
    return frozenset(32 * i + b for i, word in enumerate(bits) for b in range(32) if word >> b & 1)
