"""Publishing a store of entries as signed static files.

Steps, each of which leaves a folder that verifies if the machine stops after it:
1. Read the published checkpoint and compare the store's entries with what was signed.
2. Write the new checkpoint, signed, as `checkpoint.next`: from now on the new tiles are expected.
3. Write new entry bundles, then tiles, from the lowest level up.
4. Rename `checkpoint.next` to `checkpoint`.
5. Remove the partial tiles that longer ones replaced.
Each file is written aside, forced to the disk and renamed. Doing it twice changes nothing.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from ledger.canonical import FIRST_PREVIOUS, check_follows
from ledger.errors import EntryRefusedError, OtherKeyError, StoreBehindError, StoreContradictsError
from ledger.hashing import complete_root, leaf_hash, tree_root
from ledger.layout import (
    CHECKPOINT,
    KEY,
    PENDING,
    README,
    README_TEXT,
    UNFINISHED,
    load_checkpoint,
    load_key,
    locked,
)
from ledger.notes import Checkpoint
from ledger.signing import Signer, sign_checkpoint
from ledger.storage import EntryStore
from ledger.tiles import WIDTH, Tile, TileReader, levels, n_hashes, pack_entries, tiles_of_level


def publish(folder: Path, entries: EntryStore, signer: Signer) -> Checkpoint:
    """Bring the folder up to the store and give the checkpoint that is published now.

    Raises:
        StoreBehindError: entries that were signed are not in the store.
        StoreContradictsError: the store's entries are not the signed ones, or do not follow.
        OtherKeyError: the folder belongs to another key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, for_writing=True):
        old = _begin(folder, signer)
        size = entries.count()
        if size < old.size:
            raise StoreBehindError(size, old.size)
        edge = _Edge(folder, entries, old.size, size)
        edge.check_published(old)
        new = Checkpoint(old.origin, size, edge.root())
        if (folder / PENDING).exists():
            edge.check_pending(load_checkpoint(folder, signer.key, PENDING))
        _publish_files(folder, new, old, edge, signer)
        return new


def _begin(folder: Path, signer: Signer) -> Checkpoint:
    """Give the published checkpoint; for a new folder that of the empty tree, after its key."""
    if (folder / KEY).exists():
        key = load_key(folder)
        if key != signer.key:
            raise OtherKeyError(key.text(), signer.key.text())
    else:
        write_file(folder, README, README_TEXT.encode())
        write_file(folder, KEY, f"{signer.key.text()}\n".encode())
    if (folder / CHECKPOINT).exists():
        return load_checkpoint(folder, signer.key)
    return Checkpoint(signer.key.name, 0, FIRST_PREVIOUS)


def _publish_files(
    folder: Path, new: Checkpoint, old: Checkpoint, edge: "_Edge", signer: Signer
) -> None:
    is_known = (folder / CHECKPOINT).exists()
    if new != old or not is_known or (folder / PENDING).exists():
        write_file(folder, PENDING, sign_checkpoint(new, signer))
        for tile, data in edge.files():
            write_file(folder, tile.path, data)
        (folder / PENDING).replace(folder / CHECKPOINT)
        _sync_folder(folder)
    _remove_replaced(folder, old.size, new.size)


class _Edge:
    """The tiles on the right edge of the tree: all that an append can change."""

    def __init__(self, folder: Path, entries: EntryStore, old_size: int, size: int) -> None:
        self._published = TileReader(folder, old_size)
        self._old_size, self._size = old_size, size
        # The tile of the last published entry is compared, even if it was full.
        self._start = max(old_size - 1, 0) // WIDTH * WIDTH
        self._entries = list(entries.entries(self._start, size))
        self._hashes: dict[int, list[bytes]] = {}
        self._first: dict[int, int] = {}
        for level in levels(size):
            self._build(level)

    def _build(self, level: int) -> None:
        """Take the hashes of a level from the first tile that may change."""
        if level <= 0:
            self._first[level] = self._start
            self._hashes[level] = [leaf_hash(entry) for entry in self._entries]
            return
        below = self._hashes[level - 1]
        n_old = self._first[level - 1] // WIDTH
        first = n_old // WIDTH * WIDTH
        kept = (
            self._published.hashes(level, first // WIDTH)[: n_old - first] if n_old > first else []
        )
        full = len(below) // WIDTH * WIDTH
        new = [complete_root(below[i : i + WIDTH]) for i in range(0, full, WIDTH)]
        self._first[level], self._hashes[level] = first, kept + new

    def node(self, level: int, index: int) -> bytes:
        """Give a subtree's root, from the new hashes or from the published tiles."""
        first_hash = index << (level % 8)
        offset = first_hash - self._first[level // 8]
        if offset < 0:
            return self._published.node(level, index)
        return complete_root(self._hashes[level // 8][offset : offset + (1 << (level % 8))])

    def root(self, size: int | None = None) -> bytes:
        """Give the root of the store's tree, or of its first `size` entries."""
        return tree_root(self._size if size is None else size, self.node)

    def check_published(self, old: Checkpoint) -> None:
        """Raise unless the store continues what was signed."""
        previous, index = self._previous(), self._start
        for entry in self._entries:
            try:
                check_follows(entry, index, previous)
            except EntryRefusedError as error:
                if index >= old.size:
                    raise
                raise StoreContradictsError(index) from error
            previous, index = leaf_hash(entry), index + 1
        if self.root(old.size) != old.root:
            raise StoreContradictsError(self._first_difference())

    def check_pending(self, pending: Checkpoint) -> None:
        """Raise unless the store holds what an interrupted publication had already signed."""
        if self._size < pending.size:
            raise StoreBehindError(self._size, pending.size)
        if self.root(pending.size) != pending.root:
            raise StoreContradictsError(max(pending.size - 1, 0))

    def _previous(self) -> bytes:
        if self._start == 0:
            return FIRST_PREVIOUS
        return self._published.hashes(0, self._start // WIDTH - 1)[-1]

    def _first_difference(self) -> int:
        signed = self._published.hashes(0, self._start // WIDTH)
        pairs = zip(self._hashes[0], signed, strict=False)
        return next((self._start + i for i, (a, b) in enumerate(pairs) if a != b), self._start)

    def files(self) -> Iterator[tuple[Tile, bytes]]:
        """Give the tiles that are new, entry bundles first."""
        for level in levels(self._size):
            first = self._first[level]
            for tile in tiles_of_level(self._size, level, first):
                part = slice(tile.index * WIDTH - first, tile.index * WIDTH - first + tile.width)
                if level < 0:
                    yield tile, pack_entries(self._entries[part])
                else:
                    yield tile, b"".join(self._hashes[level][part])


def write_file(folder: Path, path: str, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    target, unfinished = folder / path, folder / UNFINISHED
    if target.is_file() and target.read_bytes() == data:
        return
    new_folders = [parent for parent in target.parents if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(target)
    _sync_folder(target.parent)
    for parent in new_folders:
        _sync_folder(parent.parent)


def _remove_replaced(folder: Path, old_size: int, size: int) -> None:
    """Remove the partial tiles of which a longer form was just published."""
    for level in levels(size):
        since = max(n_hashes(old_size, level) - 1, 0)
        for tile in tiles_of_level(size, level, since):
            partial = (folder / Tile(tile.level, tile.index, 1).path).parent
            for file in sorted(partial.iterdir()) if partial.is_dir() else []:
                if file != folder / tile.path:
                    file.unlink()
            if partial.is_dir() and tile.width == WIDTH:
                partial.rmdir()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
