"""Where entries are kept: the protocol that a store of entries fulfils."""

from collections.abc import Sequence
from typing import Protocol


class EntryStore(Protocol):
    """Entries in order, appended and never changed.

    The service keeps them as rows in the SQL transaction that changes the state of a decision, so
    that state and entry are both there or both absent.
    """

    def count(self) -> int:
        """Give the number of entries."""
        ...

    def append(self, entry: bytes) -> int:
        """Add an entry after the last one; give its index."""
        ...

    def entries(self, start: int, stop: int) -> Sequence[bytes]:
        """Give entries start to stop (excluded); fewer where the store ends before."""
        ...
