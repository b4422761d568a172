"""What LightGBM's own text says of the splits and leaves of its trees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

IS_CODE, LEFT_UNKNOWN = 1, 2
NOUGHT_IS_UNKNOWN, UNKNOWN_IS_OWN = 1, 2
NOUGHT: Final = 1.0000000180025095e-35
"""LightGBM reads smaller numbers as nought: the 32-bit number next to 1e-35."""


@dataclass(frozen=True)
class Splits:
    """A tree as its text says: of each split column, cut, kind, sides and codes; leaf values; how
    many rows of training came to each split and leaf."""

    column: list[int]
    cut: list[float]
    kind: list[int]
    left: list[int]
    right: list[int]
    codes: list[frozenset[int]]
    leaves: list[float]
    rows_of_split: list[int]
    rows_of_leaf: list[int]

    @property
    def reads_nought_as_unknown(self) -> bool:
        """Whether a number of nought goes where an unknown one does."""
        return any(not k & IS_CODE and unknown_is(k) == NOUGHT_IS_UNKNOWN for k in self.kind)


def unknown_is(kind: int) -> int:
    """What a split reads as unknown: nothing (0), NOUGHT_IS_UNKNOWN or UNKNOWN_IS_OWN."""
    return (kind >> 2) & 3


def splits_of(text: str) -> list[Splits] | None:
    """The trees of an ensemble; None where it is of a kind that is not met here: several classes,
    means of trees or linear leaves.

    Raises:
        KeyError, ValueError, IndexError: The text is not LightGBM's, or not whole.
    """
    if not re.search(r"^num_tree_per_iteration=1$", text, re.MULTILINE) or "average_output" in text:
        return None
    trees = []
    for block in re.split(r"^Tree=\d+$", text.split("end of trees")[0], flags=re.MULTILINE)[1:]:
        said = dict(line.split("=", 1) for line in block.splitlines() if "=" in line)
        if said.get("is_linear", "0") != "0":
            return None
        trees.append(_splits(said))
    return trees


def _splits(said: dict[str, str]) -> Splits:
    leaves = [float(v) for v in said["leaf_value"].split()]

    def whole(name: str) -> list[int]:
        return [int(v) for v in said.get(name, "").split()]

    if len(leaves) == 1:
        # How many rows came to the only leaf is not always said.
        return Splits([], [], [], [], [], [], leaves, [], [1])
    cut, kind = [float(v) for v in said["threshold"].split()], whole("decision_type")
    starts, bits = whole("cat_boundaries"), whole("cat_threshold")
    codes = [
        _codes(bits[starts[int(c)] : starts[int(c) + 1]]) if k & IS_CODE else frozenset()
        for k, c in zip(kind, cut, strict=True)
    ]
    column, rows = whole("split_feature"), (whole("internal_count"), whole("leaf_count"))
    sides = whole("left_child"), whole("right_child")
    if {len(said) for said in (column, cut, *sides)} != {len(leaves) - 1}:
        raise ValueError(len(leaves))
    return Splits(column, cut, kind, *sides, codes, leaves, *rows)


def _codes(bits: list[int]) -> frozenset[int]:
    return frozenset(32 * i + b for i, word in enumerate(bits) for b in range(32) if word >> b & 1)
