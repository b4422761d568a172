"""The known roots of RFC 6962's eight-leaf test tree, and the paths over it."""

import pytest

from ledger.hashing import (
    EMPTY_ROOT,
    consistency_path,
    inclusion_path,
    is_consistent,
    leaf_hash,
    nodes_of,
    root_from_inclusion,
    tree_root,
)

# The test tree of the Certificate Transparency reference implementation.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
NODE = nodes_of(HASHES)


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert tree_root(0, NODE) == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_rfc_6962(size: int) -> None:
    assert tree_root(size, NODE).hex() == ROOTS[size - 1]


@pytest.mark.parametrize("size", range(1, 9))
def test_each_leaf_is_proven_in_each_tree_and_nowhere_else(size: int) -> None:
    root = tree_root(size, NODE)
    for index in range(size):
        path = inclusion_path(index, size, NODE)
        assert root_from_inclusion(index, size, HASHES[index], path) == root
        for other in range(size):
            if other != index:
                assert root_from_inclusion(other, size, HASHES[index], path) != root
        assert root_from_inclusion(index, size, HASHES[index], [*path, HASHES[0]]) is None
        if path:
            assert root_from_inclusion(index, size, HASHES[index], path[:-1]) != root


def test_the_published_audit_path_of_leaf_five_of_eight() -> None:
    path = [h.hex() for h in inclusion_path(5, 8, NODE)]
    assert path == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("old", range(9))
@pytest.mark.parametrize("new", range(9))
def test_an_earlier_tree_begins_a_later_one_and_no_other(old: int, new: int) -> None:
    if old > new:
        assert not is_consistent(old, tree_root(old, NODE), new, tree_root(new, NODE), [])
        return
    old_root, new_root = tree_root(old, NODE), tree_root(new, NODE)
    path = consistency_path(old, new, NODE)
    assert is_consistent(old, old_root, new, new_root, path)
    assert not is_consistent(old, HASHES[7], new, new_root, path)
    assert not is_consistent(old, old_root, new, new_root, [*path, HASHES[7]])
    if old > 0:
        assert not is_consistent(old, old_root, new, HASHES[7], path)
    for i in range(len(path)):
        forged = [*path[:i], HASHES[7], *path[i + 1 :]]
        if forged != path:
            assert not is_consistent(old, old_root, new, new_root, forged)
