"""Entries: one canonical JSON text (RFC 8785) per decision, each naming the one before it.

An entry of format 1 is the object {"body", "format", "index", "previous"}: `index` counts from 0,
`previous` is the leaf hash of the entry before (of the empty tree for entry 0) in hexadecimal.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from ledger.errors import EntryNotJsonError, EntryRefusedError, EntryTooLargeError
from ledger.hashing import EMPTY_ROOT

FORMAT = 1
MAX_ENTRY_BYTES = 65_535
FIRST_PREVIOUS = EMPTY_ROOT
_FIELDS = {"body", "format", "index", "previous"}


@dataclass(frozen=True)
class Entry:
    """One entry as read: its body, its place and the leaf hash of the entry before."""

    index: int
    previous: bytes
    body: Mapping[str, Any]


def canonical_json(value: Any) -> bytes:
    """Give the one byte string that RFC 8785 allows for a JSON value.

    Raises:
        EntryNotJsonError: for NaN, integers beyond 2**53, lone surrogates, other types.

    >>> canonical_json({"b": 1.0, "a": None})
    b'{"a":null,"b":1}'
    """
    try:
        return rfc8785.dumps(value)
    except (ValueError, TypeError, RecursionError) as error:
        raise EntryNotJsonError(type(error).__name__) from error


def build_entry(body: Mapping[str, Any], index: int, previous: bytes) -> bytes:
    """Give the bytes of the entry that stands at `index` after the one hashed as `previous`."""
    entry = {"body": dict(body), "format": FORMAT, "index": index, "previous": previous.hex()}
    data = canonical_json(entry)
    if len(data) > MAX_ENTRY_BYTES:
        raise EntryTooLargeError(len(data))
    check_follows(data, index, previous)  # never keep what a later verification would refuse
    return data


def read_entry(data: bytes, index: int) -> Entry:
    """Give the entry behind `data`, of which the place is known to be `index`.

    Raises:
        EntryRefusedError: not canonical, of an unknown format, or with other fields.
    """
    value = _parse(data, index)
    if not isinstance(value, dict) or set(value) != _FIELDS:
        raise EntryRefusedError(index, "does not have the fields of an entry")
    if value["format"] is True or value["format"] != FORMAT:
        raise EntryRefusedError(
            index, f"is of a format that this program does not read (1 to {FORMAT})"
        )
    if not isinstance(value["body"], dict) or not _is_hash(value["previous"]):
        raise EntryRefusedError(index, "does not have the fields of an entry")
    return Entry(value["index"], bytes.fromhex(value["previous"]), value["body"])


def check_follows(data: bytes, index: int, previous: bytes) -> Entry:
    """Raise unless `data` is a canonical entry of this index that names `previous`."""
    entry = read_entry(data, index)
    is_place = type(entry.index) is int and entry.index == index
    if not is_place or entry.previous != previous:
        after = f"entry {index - 1}" if index else "the beginning"
        raise EntryRefusedError(index, f"does not follow {after}")
    return entry


def _parse(data: bytes, index: int) -> Any:
    try:
        value = json.loads(data.decode("utf-8"), parse_int=_number)
        is_canonical = canonical_json(value) == data
    except (ValueError, RecursionError, EntryNotJsonError):
        is_canonical = False
    if not is_canonical:
        raise EntryRefusedError(index, "is not canonical JSON")
    return value


def _number(text: str) -> int | float:
    """Read digits as RFC 8785 means them: beyond 2**53 they are a double."""
    number = float(text)
    return int(text) if abs(number) < 2**53 else number


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and len(text) == 64 and set(text) <= set("0123456789abcdef")
