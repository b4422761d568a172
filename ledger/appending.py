"""Adding an entry to a store: index and predecessor are filled in, nothing is signed yet."""

from collections.abc import Mapping
from typing import Any

from ledger.canonical import FIRST_PREVIOUS, build_entry
from ledger.hashing import leaf_hash
from ledger.storage import EntryStore


def append_entry(entries: EntryStore, body: Mapping[str, Any]) -> int:
    """Append `body` as the next entry of the store; give its index.

    Call it inside the transaction that changes the state; after the commit call `publish`.

    Raises:
        EntryNotJsonError, EntryTooLargeError: nothing was appended.
    """
    index = entries.count()
    return entries.append(build_entry(body, index, last_leaf(entries)))


def last_leaf(entries: EntryStore) -> bytes:
    """Give the leaf hash of the last entry, or what entry 0 names as its predecessor."""
    count = entries.count()
    return leaf_hash(entries.entries(count - 1, count)[0]) if count else FIRST_PREVIOUS
