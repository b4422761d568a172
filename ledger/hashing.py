"""The RFC 6962 Merkle tree: roots, inclusion proofs and consistency proofs.

Everything is written over a function `node(level, index)` that gives the root of the complete
subtree of 2**level leaves which starts at leaf index * 2**level. A list of leaf hashes and a
folder of tiles both provide one, so one proof code serves memory and disk.
"""

import hashlib
from collections.abc import Callable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Give the hash of one entry: SHA-256(0x00 || entry), RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of two subtrees: SHA-256(0x01 || left || right), RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """Give the root over 2**k neighbouring subtrees of one height."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


def nodes_of(leaf_hashes: Sequence[bytes]) -> Node:
    """Give the node function of a tree held in memory as its leaf hashes."""

    def node(level: int, index: int) -> bytes:
        return complete_root(leaf_hashes[index << level : (index + 1) << level])

    return node


def range_root(start: int, stop: int, node: Node) -> bytes:
    """Give the root over leaves start..stop, where start is a multiple of the largest subtree."""
    if start == stop:
        return EMPTY_ROOT
    peaks = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        peaks.append(node(level, start >> level))
        start += 1 << level
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


def tree_root(size: int, node: Node) -> bytes:
    """Give the tree head of the first `size` leaves; SHA-256 of nothing for an empty tree."""
    return range_root(0, size, node)


def _split(n: int) -> int:
    """Give the largest power of two below n (RFC 6962's k)."""
    return 1 << ((n - 1).bit_length() - 1)


def inclusion_path(index: int, size: int, node: Node) -> list[bytes]:
    """Give the audit path of leaf `index` in a tree of `size` leaves, RFC 6962 section 2.1.1."""
    start, stop, path = 0, size, []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(range_root(middle, stop, node))
            stop = middle
        else:
            path.append(range_root(start, middle, node))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, node: Node) -> list[bytes]:
    """Give the proof that the tree of `old` leaves begins that of `new`, RFC 6962 section 2.1.2."""
    if old in (0, new):
        return []
    start, stop, is_whole, path = 0, new, True, []
    while old != stop:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(range_root(middle, stop, node))
            stop = middle
        else:
            path.append(range_root(start, middle, node))
            start, is_whole = middle, False
    return ([] if is_whole else [range_root(start, stop, node)]) + path[::-1]


def root_from_inclusion(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """Give the root that an audit path leads to, or None where its length does not fit."""
    if not 0 <= index < size:
        return None
    position, last, root = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if position & 1 or position == last:
            root = node_hash(sibling, root)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        position, last = position >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Tell whether `path` proves that the old tree begins the new one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new or any(len(h) != HASH_BYTES for h in path):
        return False
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    if old == new:
        return not path and old_root == new_root
    hashes = list(path) if old & (old - 1) else [old_root, *path]
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    if not hashes:
        return False
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
