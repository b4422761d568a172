"""The recursive definitions of RFC 6962, word for word, against the tree that we use."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from ledger.hashing import consistency_path, inclusion_path, leaf_hash, nodes_of, tree_root


def _mth(data: list[bytes]) -> bytes:
    """Section 2.1."""
    if not data:
        return hashlib.sha256().digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = _k(len(data))
    return hashlib.sha256(b"\x01" + _mth(data[:k]) + _mth(data[k:])).digest()


def _k(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def _path(m: int, data: list[bytes]) -> list[bytes]:
    """Section 2.1.1."""
    if len(data) == 1:
        return []
    k = _k(len(data))
    if m < k:
        return [*_path(m, data[:k]), _mth(data[k:])]
    return [*_path(m - k, data[k:]), _mth(data[:k])]


def _subproof(m: int, data: list[bytes], is_whole: bool) -> list[bytes]:
    """Section 2.1.2."""
    if m == len(data):
        return [] if is_whole else [_mth(data)]
    k = _k(len(data))
    if m <= k:
        return [*_subproof(m, data[:k], is_whole), _mth(data[k:])]
    return [*_subproof(m - k, data[k:], False), _mth(data[:k])]


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_roots_and_paths_are_those_of_the_definition(
    data: list[bytes], draw: st.DataObject
) -> None:
    node = nodes_of([leaf_hash(entry) for entry in data])
    assert tree_root(len(data), node) == _mth(data)
    index = draw.draw(st.integers(0, len(data) - 1))
    assert inclusion_path(index, len(data), node) == _path(index, data)
    old = draw.draw(st.integers(1, len(data)))
    assert consistency_path(old, len(data), node) == _subproof(old, data, True)
