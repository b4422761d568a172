"""A store of entries in one file, for a ledger that is used without a database."""

import os
from collections.abc import Sequence
from pathlib import Path

from ledger.canonical import MAX_ENTRY_BYTES
from ledger.errors import EntryTooLargeError


class FileEntryStore:
    """Entries in one append-only file, each after its length in two bytes.

    An entry counts once `append` returned: it is on the disk then. A torn last entry (the machine
    stopped while writing) was never acknowledged and is cut off when the file is opened again.
    One writer at a time.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        self._path = path
        self._entries = self._load()

    def count(self) -> int:
        """Give the number of entries."""
        return len(self._entries)

    def entries(self, start: int, stop: int) -> Sequence[bytes]:
        """Give entries start to stop (excluded)."""
        return self._entries[start:stop]

    def append(self, entry: bytes) -> int:
        """Write one entry to the disk; give its index."""
        if len(entry) > MAX_ENTRY_BYTES:
            raise EntryTooLargeError(len(entry))
        end = self._path.stat().st_size
        try:
            with self._path.open("ab") as file:
                file.write(len(entry).to_bytes(2, "big") + entry)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            os.truncate(self._path, end)  # a full disk must not leave half an entry in between
            raise
        self._entries.append(entry)
        return len(self._entries) - 1

    def _load(self) -> list[bytes]:
        data, position, entries = self._path.read_bytes(), 0, []
        while position + 2 <= len(data):
            stop = position + 2 + int.from_bytes(data[position : position + 2], "big")
            if stop > len(data):
                break
            entries.append(data[position + 2 : stop])
            position = stop
        if position < len(data):
            os.truncate(self._path, position)
        return entries
