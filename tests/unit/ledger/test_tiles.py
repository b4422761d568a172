"""The names and contents of tiles, as C2SP tlog-tiles gives them."""

import pytest

from ledger.errors import BrokenFileError
from ledger.tiles import (
    Tile,
    is_within,
    pack_entries,
    parse_path,
    tiles_of,
    unpack_entries,
    unpack_hashes,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999, 1), "tile/0/999.p/1"),
        (Tile(1, 1234067, 3), "tile/1/x001/x234/067.p/3"),
        (Tile(-1, 1000, 255), "tile/entries/x001/000.p/255"),
        (Tile(12, 1_000_000), "tile/12/x001/x000/000"),
    ],
)
def test_a_tile_has_the_path_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/x000/001",
        "tile/00/000",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/0",
        "tile/entries/000/",
        "tile/-1/000",
        "tiles/0/000",
        "tile/0/000.p",
        "checkpoint",
    ],
)
def test_another_path_is_no_tile(path: str) -> None:
    assert parse_path(path) is None


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        (0, []),
        (1, ["tile/entries/000.p/1", "tile/0/000.p/1"]),
        (256, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]),
        (
            257,
            [
                "tile/entries/000",
                "tile/entries/001.p/1",
                "tile/0/000",
                "tile/0/001.p/1",
                "tile/1/000.p/1",
            ],
        ),
    ],
)
def test_a_tree_has_the_tiles_of_its_size(size: int, paths: list[str]) -> None:
    assert [tile.path for tile in tiles_of(size)] == paths


def test_a_second_level_tile_comes_with_65536_entries() -> None:
    assert Tile(2, 0, 1) not in set(tiles_of(65_535))
    assert Tile(2, 0, 1) in set(tiles_of(65_536))


def test_earlier_partial_tiles_are_within_a_later_tree() -> None:
    assert is_within(Tile(0, 0, 5), 7)
    assert not is_within(Tile(0, 0, 8), 7)
    assert not is_within(Tile(1, 0, 1), 255)


def test_bundles_read_back_and_torn_ones_are_refused() -> None:
    tile = Tile(-1, 0, 2)
    data = pack_entries([b"", b"abc"])
    assert data == b"\x00\x00\x00\x03abc"
    assert unpack_entries(data, tile) == [b"", b"abc"]
    for torn in (data[:-1], data + b"\x00", b"", data[:2], data + data):
        with pytest.raises(BrokenFileError, match=r"tile/entries/000\.p/2"):
            unpack_entries(torn, tile)


def test_a_tile_of_hashes_must_have_its_length() -> None:
    assert unpack_hashes(b"\x01" * 64, Tile(0, 0, 2)) == [b"\x01" * 32] * 2
    with pytest.raises(BrokenFileError):
        unpack_hashes(b"\x01" * 63, Tile(0, 0, 2))
