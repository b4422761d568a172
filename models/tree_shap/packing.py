"""Pieces of trees laid end to end, as the kernels read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from models.tree_shap.pieces import Alone, Group

WORD_BITS = 64


def words_of(groups: Sequence[Group]) -> list[list[Group]]:
    """Groups in their order, as many in a list as have states that fit into one word."""
    words: list[list[Group]] = []
    room = 0
    for group in groups:
        if not words or group.n_bits > room:
            words.append([])
            room = WORD_BITS
        words[-1].append(group)
        room -= group.n_bits
    return words


def pack_groups(words: Sequence[Sequence[Group]], dtype: DTypeLike) -> tuple[NDArray[Any], ...]:
    """The arguments of `kernel.add_groups` after `out`."""
    look_up, columns, of_word, shifts = [], [], [0], []
    for word in words:
        merged, at = _merged(word)
        look_up += list(merged.values())
        columns += list(merged)
        of_word.append(len(columns))
        shifts += at
    groups = [group for word in words for group in word]
    states = [group.table.shape[1] for group in groups]
    return (
        _end_to_end([g.table.astype(dtype).ravel() for g in groups], dtype),
        _end_to_end(look_up, np.uint64),
        _whole(of_word),
        _whole(columns),
        _starts([len(own) for own in look_up]),
        _starts([len(word) for word in words]),
        _whole(shifts),
        _whole([(1 << group.n_bits) - 1 for group in groups]),
        _starts([len(group.slots) for group in groups]),
        _end_to_end([group.slots for group in groups], np.int64),
        _starts([group.table.size for group in groups]),
        _whole(states),
    )


def _merged(word: Sequence[Group]) -> tuple[dict[int, NDArray[np.uint64]], list[int]]:
    """Per column what a bin adds to the word, and where in it each group's state begins."""
    merged: dict[int, NDArray[np.uint64]] = {}
    shift, shifts = 0, []
    for group in word:
        for column, strides in zip(group.columns.tolist(), group.strides, strict=True):
            mine = strides.astype(np.uint64) << np.uint64(shift)
            merged[column] = merged[column] + mine if column in merged else mine
        shifts.append(shift)
        shift += group.n_bits
    return merged, shifts


def pack_leaves(leaves: Sequence[Alone], base_slot: int) -> tuple[Any, ...]:
    """The arguments of `kernel.add_leaves` after `out`."""
    met = [own for leaf in leaves for own in leaf.met]
    factors = [own.ravel() for leaf in leaves for own in leaf.factors]
    return (
        _starts([len(leaf.columns) for leaf in leaves]),
        _end_to_end([leaf.columns for leaf in leaves], np.int64),
        _end_to_end([leaf.slots for leaf in leaves], np.int64),
        _end_to_end(met, np.uint8),
        _starts([len(own) for own in met]),
        _whole([leaf.q for leaf in leaves]),
        _starts([len(own) for own in factors]),
        _end_to_end(factors, np.float64),
        _end_to_end([own.ravel() for leaf in leaves for own in leaf.parts], np.float64),
        np.asarray([leaf.base for leaf in leaves], dtype=np.float64),
        base_slot,
    )


def _end_to_end(arrays: Sequence[NDArray[Any]], dtype: DTypeLike) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=dtype), *arrays]).astype(dtype, copy=False)


def _whole(values: Sequence[int]) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)


def _starts(lengths: Sequence[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *lengths], dtype=np.int64)
