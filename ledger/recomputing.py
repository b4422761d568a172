"""Rebuilding the tree from the entries on disk, and comparing every tile with it."""

from dataclasses import dataclass, field
from pathlib import Path

from ledger.errors import BrokenFileError
from ledger.hashing import HASH_BYTES, Node, complete_root, leaf_hash, tree_root
from ledger.notes import Checkpoint
from ledger.tiles import (
    WIDTH,
    Tile,
    is_within,
    pack_entries,
    parse_path,
    read_file,
    split_entries,
    tiles_of_level,
)


@dataclass
class Recomputed:
    """What the entries say: their hashes, level by level, and how the files differ from them."""

    size: int
    entries: list[bytes] = field(default_factory=list)
    hashes: list[list[bytes]] = field(default_factory=list)  # per tile level
    tile_leaves: list[bytes] = field(default_factory=list)  # as the level 0 tiles say
    file_problem: str | None = None
    tile_problem: str | None = None

    @property
    def leaves(self) -> list[bytes]:
        """Give the leaf hashes of the entries."""
        return self.hashes[0] if self.hashes else []

    @property
    def is_complete(self) -> bool:
        """Tell whether every entry of the signed size could be read."""
        return len(self.entries) == self.size

    @property
    def root(self) -> bytes | None:
        """Give the root of the entries, or None where not all could be read."""
        return self.root_at(self.size)

    def root_at(self, size: int) -> bytes | None:
        """Give the root of the first `size` entries."""
        return tree_root(size, _node(self.hashes)) if len(self.entries) >= size else None

    def n_intact(self, checkpoint: Checkpoint) -> int:
        """Give how many entries from the first on are shown by the signature to be intact.

        Either the entries themselves hash to the signed root, or the level 0 tiles do; then the
        entries before the first difference are those that were signed.
        """
        if self.root == checkpoint.root:
            return self.size
        if not self.are_tiles_signed(checkpoint):
            return 0
        pairs = zip(self.leaves, self.tile_leaves, strict=False)
        return next((i for i, (a, b) in enumerate(pairs) if a != b), len(self.leaves))

    def are_tiles_signed(self, checkpoint: Checkpoint) -> bool:
        """Tell whether the level 0 tiles hash to the signed root."""
        if len(self.tile_leaves) != self.size:
            return False
        return tree_root(self.size, _node(_levels_above(self.tile_leaves))) == checkpoint.root


def recompute(folder: Path, size: int) -> Recomputed:
    """Read the entries of a ledger, hash them, and compare every tile with the hashes."""
    found = Recomputed(size)
    _read_entries(folder, found)
    found.hashes = _levels_above([leaf_hash(entry) for entry in found.entries])
    _read_leaves(folder, found)
    for file in sorted(folder.glob("tile/**/*")):
        tile = parse_path(file.relative_to(folder).as_posix())
        if tile is not None and file.is_file() and is_within(tile, len(found.entries)):
            _compare(folder, tile, found)
    return found


def _read_entries(folder: Path, found: Recomputed) -> None:
    for tile in tiles_of_level(found.size, -1):
        try:
            entries = split_entries(read_file(folder, tile.path))
        except BrokenFileError as error:
            found.file_problem = str(error)
            return
        found.entries += entries[: tile.width]
        if len(entries) != tile.width:
            found.file_problem = f"The file {tile.path} does not hold {tile.width} whole entries."
            return


def _read_leaves(folder: Path, found: Recomputed) -> None:
    for tile in tiles_of_level(found.size, 0):
        try:
            data = read_file(folder, tile.path)
        except BrokenFileError:
            return  # step 2 names it
        found.tile_leaves += [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def _compare(folder: Path, tile: Tile, found: Recomputed) -> None:
    """Note the first tile that is not what the entries give."""
    part = slice(tile.index * WIDTH, tile.index * WIDTH + tile.width)
    if tile.level < 0:
        given = pack_entries(found.entries[part])
    else:
        given = b"".join(found.hashes[tile.level][part])
    if read_file(folder, tile.path) != given and found.tile_problem is None:
        found.tile_problem = f"The file {tile.path} does not hold what the entries give."


def _levels_above(leaves: list[bytes]) -> list[list[bytes]]:
    """Give the hashes of every tile level over these leaves."""
    hashes = [leaves]
    while len(hashes[-1]) >= WIDTH:
        below = hashes[-1]
        full = len(below) // WIDTH * WIDTH
        hashes.append([complete_root(below[i : i + WIDTH]) for i in range(0, full, WIDTH)])
    return hashes


def _node(hashes: list[list[bytes]]) -> Node:
    def node(level: int, index: int) -> bytes:
        start = index << (level % 8)
        return complete_root(hashes[level // 8][start : start + (1 << (level % 8))])

    return node
