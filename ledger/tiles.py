"""The C2SP tlog-tiles layout: which files a tree of a given size consists of, and their bytes.

Level 0 tiles hold leaf hashes, level L tiles the roots of 256**L leaves; a full tile has 256.
A partial tile ends in `.p/<width>`. Entry bundles (`tile/entries/`) hold the entries behind the
level 0 tiles, each after its length in two bytes. Source: c2sp.org/tlog-tiles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.errors import BrokenFileError
from ledger.hashing import HASH_BYTES, complete_root

WIDTH = 256
_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9]\d?)/(?P<index>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?"
)


@dataclass(frozen=True, order=True)
class Tile:
    """One tile: its level (-1 for an entry bundle), its index and how many hashes it holds."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Give the path inside the ledger's folder, such as tile/0/x001/234.p/7."""
        level = "entries" if self.level < 0 else str(self.level)
        suffix = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_digits(self.index)}{suffix}"

    def full(self) -> "Tile":
        """Give the same tile as it will be once it is full."""
        return Tile(self.level, self.index)


def _digits(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def parse_path(path: str) -> Tile | None:
    """Give the tile that a path names, or None where it names none in its one form."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    level = -1 if match["level"] == "entries" else int(match["level"])
    index = int(match["index"].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(match["width"] or WIDTH))
    return tile if tile.path == path else None


def n_hashes(size: int, level: int) -> int:
    """Give how many hashes the tiles of a level hold in a tree of `size` entries."""
    return size >> (8 * max(level, 0))


def tiles_of_level(size: int, level: int, since: int = 0) -> Iterator[Tile]:
    """Give the tiles of one level, from the tile that holds hash number `since`."""
    count = n_hashes(size, level)
    for index in range(since // WIDTH, -(-count // WIDTH)):
        yield Tile(level, index, min(WIDTH, count - index * WIDTH))


def levels(size: int) -> range:
    """Give the levels that a tree has tiles on, entry bundles (-1) first."""
    top = 0
    while n_hashes(size, top + 1):
        top += 1
    return range(-1, top + 1) if size else range(0)


def tiles_of(size: int) -> Iterator[Tile]:
    """Give every tile and bundle of a tree, level by level."""
    for level in levels(size):
        yield from tiles_of_level(size, level)


def is_within(tile: Tile, size: int) -> bool:
    """Tell whether a tile, or an earlier partial form of it, belongs to a tree of this size."""
    return tile.index * WIDTH + tile.width <= n_hashes(size, tile.level)


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """Give the bytes of an entry bundle."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def split_entries(data: bytes) -> list[bytes]:
    """Give the entries of a bundle; a torn last one is given as far as it goes."""
    position, entries = 0, []
    while position < len(data):
        stop = position + 2 + int.from_bytes(data[position : position + 2], "big")
        entries.append(data[position + 2 : stop])
        position = stop
    return entries


def unpack_entries(data: bytes, tile: Tile) -> list[bytes]:
    """Read an entry bundle.

    Raises:
        BrokenFileError: its lengths do not add up, or it holds another number of entries.
    """
    entries = split_entries(data)
    if pack_entries(entries) != data or len(entries) != tile.width:
        raise BrokenFileError(tile.path, f"does not hold {tile.width} whole entries")
    return entries


def unpack_hashes(data: bytes, tile: Tile) -> list[bytes]:
    """Read a tile of hashes."""
    if len(data) != tile.width * HASH_BYTES:
        raise BrokenFileError(tile.path, f"does not hold {tile.width} hashes")
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


class TileReader:
    """Reads a ledger's tiles; each file once."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size
        self._hashes: dict[tuple[int, int], list[bytes]] = {}

    def tile(self, level: int, index: int) -> Tile:
        """Give the tile of this place in the tree."""
        return Tile(level, index, min(WIDTH, n_hashes(self._size, level) - index * WIDTH))

    def hashes(self, level: int, index: int) -> list[bytes]:
        """Give the hashes of a tile."""
        if (level, index) not in self._hashes:
            tile = self.tile(level, index)
            self._hashes[level, index] = unpack_hashes(read_file(self._folder, tile.path), tile)
        return self._hashes[level, index]

    def entries(self, index: int) -> list[bytes]:
        """Give the entries of a bundle."""
        tile = self.tile(-1, index)
        return unpack_entries(read_file(self._folder, tile.path), tile)

    def entry(self, index: int) -> bytes:
        """Give one entry."""
        return self.entries(index // WIDTH)[index % WIDTH]

    def node(self, level: int, index: int) -> bytes:
        """Give the root of a complete subtree of 2**level leaves (see `ledger.hashing.Node`)."""
        start = index << (level % 8)
        hashes = self.hashes(level // 8, start // WIDTH)
        offset = start % WIDTH
        return complete_root(hashes[offset : offset + (1 << (level % 8))])


def read_file(folder: Path, path: str) -> bytes:
    """Give a file's bytes.

    Raises:
        BrokenFileError: it is missing or cannot be read.
    """
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError as error:
        raise BrokenFileError(path, "is missing") from error
    except OSError as error:
        raise BrokenFileError(path, f"cannot be read ({error.strerror})") from error
