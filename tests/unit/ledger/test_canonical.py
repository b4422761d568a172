"""Entries have exactly one form, and each names its place."""

from typing import Any

import pytest

from ledger.canonical import FIRST_PREVIOUS, build_entry, canonical_json, check_follows, read_entry
from ledger.errors import EntryNotJsonError, EntryRefusedError, EntryTooLargeError
from ledger.hashing import leaf_hash


def test_an_entry_reads_back_as_it_was_built() -> None:
    data = build_entry({"decision": "d-1", "som": 1_850_000}, 3, b"\x07" * 32)
    entry = read_entry(data, 3)
    assert (entry.index, entry.previous) == (3, b"\x07" * 32)
    assert entry.body == {"decision": "d-1", "som": 1_850_000}


@pytest.mark.parametrize("value", [2.0**53, -(2.0**60), 1e21, 5e-324, -0.0, 0.1, 2**53 - 1])
def test_every_number_that_is_accepted_can_be_verified(value: float) -> None:
    data = build_entry({"value": value}, 0, FIRST_PREVIOUS)
    assert read_entry(data, 0).body == {"value": value}


def test_the_order_of_keys_does_not_change_an_entry() -> None:
    assert canonical_json({"b": 1, "a": 2}) == canonical_json({"a": 2, "b": 1}) == b'{"a":2,"b":1}'


@pytest.mark.parametrize("value", [float("nan"), 2**60, "\ud800", object()])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(EntryNotJsonError):
        build_entry({"value": value}, 0, FIRST_PREVIOUS)


def test_an_entry_longer_than_a_bundle_holds_is_refused() -> None:
    with pytest.raises(EntryTooLargeError):
        build_entry({"text": "x" * 66_000}, 0, FIRST_PREVIOUS)


GOOD = build_entry({"a": 1}, 0, FIRST_PREVIOUS)


@pytest.mark.parametrize(
    "data",
    [
        GOOD + b" ",
        GOOD.replace(b":1,", b": 1,"),
        GOOD.replace(b'{"a":1}', b'{"a":1.0}'),
        GOOD.replace(b'{"a":1}', b'{"a":1,"a":1}'),
        GOOD.replace(b'"body":{"a":1},"format":1', b'"format":1,"body":{"a":1}'),
        b"\xff",
        b"",
        b"[" * 60_000,
        b"9" * 5_000,
    ],
)
def test_another_spelling_of_an_entry_is_refused(data: bytes) -> None:
    with pytest.raises(EntryRefusedError, match="Entry 0 is not canonical JSON"):
        read_entry(data, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        GOOD.replace(b'"format":1', b'"format":2'),
        GOOD.replace(b'"format":1', b'"format":true'),
        GOOD.replace(b'{"a":1}', b"7"),
        GOOD.replace(FIRST_PREVIOUS.hex().encode(), FIRST_PREVIOUS.hex().upper().encode()),
        GOOD.replace(b'"format":1', b'"extra":1,"format":1'),
    ],
)
def test_other_fields_than_those_of_an_entry_are_refused(data: bytes) -> None:
    with pytest.raises(EntryRefusedError):
        read_entry(data, 0)


def test_an_entry_must_stand_in_its_place_and_name_the_one_before() -> None:
    second = build_entry({"a": 2}, 1, leaf_hash(GOOD))
    check_follows(GOOD, 0, FIRST_PREVIOUS)
    check_follows(second, 1, leaf_hash(GOOD))
    with pytest.raises(EntryRefusedError, match="Entry 1 does not follow entry 0"):
        check_follows(second, 1, FIRST_PREVIOUS)
    with pytest.raises(EntryRefusedError, match="Entry 2 does not follow entry 1"):
        check_follows(second, 2, leaf_hash(GOOD))
    with pytest.raises(EntryRefusedError, match="Entry 0 does not follow the beginning"):
        check_follows(second, 0, FIRST_PREVIOUS)


def test_true_is_not_an_index() -> None:
    data = build_entry({}, 1, FIRST_PREVIOUS).replace(b'"index":1', b'"index":true')
    with pytest.raises(EntryRefusedError, match="does not follow"):
        check_follows(data, 1, FIRST_PREVIOUS)
