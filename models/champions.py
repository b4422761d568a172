"""Who made which version the champion, when and why: a history that only grows.

STORE/models/champions.jsonl holds one line per promotion, each with the hash of the line before, so
that a changed or removed one is found. STORE/models/champions.json keeps number and hash of the
last line, so that one removed from the end is found too. The champion of a legal order is the last
promotion of it. A list of an older version becomes the first lines at the next promotion.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.errors import DamagedRecordError, HistoryBrokenError

HISTORY = "champions.jsonl"
HEAD = "champions.json"
FIRST_PREVIOUS = "0" * 64
_HEAD_KEY = "history"


@dataclass(frozen=True)
class Promotion:
    """One line: `on` and, of older lists, all else that was not kept are None."""

    n: int
    on: str | None  # the day, ISO 8601
    legal_order: str
    version: str
    by: str | None
    reason: str | None
    bundle_hash: str | None
    previous: str  # SHA-256 of the line before

    def line(self) -> bytes:
        """The line as it stands in the file: the same promotion gives the same bytes."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode() + b"\n"

    @property
    def hash(self) -> str:
        """What the next line names as its previous."""
        return hashlib.sha256(self.line()).hexdigest()


def read_history(models: Path) -> list[Promotion]:
    """All promotions, the first one first; those of an older list where there is no history yet.

    Raises:
        DamagedRecordError: the list of champions cannot be read.
        HistoryBrokenError: a line was changed, removed or put elsewhere.
    """
    head = _read_head(models)
    if not (models / HISTORY).exists():
        if _HEAD_KEY in head:
            raise HistoryBrokenError(models / HISTORY, 1)
        return _of_older_list(head)
    found = _read_lines(models / HISTORY)
    if _HEAD_KEY in head:
        _check_head(models / HISTORY, found, head[_HEAD_KEY])
    return found


def _read_head(models: Path) -> dict[str, Any]:
    path = models / HEAD
    if not path.exists():
        return {}
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DamagedRecordError(path) from error
    if not isinstance(head, dict):
        raise DamagedRecordError(path)
    return head


def _of_older_list(records: Mapping[str, Any]) -> list[Promotion]:
    found: list[Promotion] = []
    for legal_order, record in sorted(records.items()):
        if isinstance(record, dict) and "version" in record:
            found.append(_next(found, None, legal_order, record))
    return found


def _read_lines(path: Path) -> list[Promotion]:
    found: list[Promotion] = []
    for n, line in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
        try:
            one = Promotion(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise HistoryBrokenError(path, n) from error
        before = found[-1].hash if found else FIRST_PREVIOUS
        if one.n != n or one.previous != before or one.line() != line:
            raise HistoryBrokenError(path, n)
        found.append(one)
    return found


def _check_head(path: Path, found: Sequence[Promotion], head: object) -> None:
    """The last line that was noted is still there; a later one was written before a crash."""
    n = head.get("n") if isinstance(head, dict) else None
    if not isinstance(n, int) or not 1 <= n <= len(found):
        raise HistoryBrokenError(path, len(found) + 1)
    if found[n - 1].hash != dict(head)["hash"]:  # type: ignore[call-overload]
        raise HistoryBrokenError(path, n)


def _next(
    history: Sequence[Promotion], on: str | None, legal_order: str, record: Mapping[str, Any]
) -> Promotion:
    return Promotion(
        n=len(history) + 1,
        on=on,
        legal_order=legal_order,
        version=str(record["version"]),
        by=record.get("by"),
        reason=record.get("reason"),
        bundle_hash=record.get("bundle_hash"),
        previous=history[-1].hash if history else FIRST_PREVIOUS,
    )


def add_promotion(models: Path, on: str, legal_order: str, record: Mapping[str, Any]) -> Promotion:
    """The promotion just added and synced to disk; call it while `locked`.

    Raises:
        HistoryBrokenError: the history was changed; nothing is added to it.
    """
    try:
        history = read_history(models)
    except DamagedRecordError:  # the noted end is lost, the lines themselves still hold together
        history = _read_lines(models / HISTORY) if (models / HISTORY).exists() else []
    new = _next(history, on, legal_order, record)
    lines = b"".join(one.line() for one in (*history, new))
    write_atomically(models / HISTORY, lines.decode())
    head = {_HEAD_KEY: {"n": new.n, "hash": new.hash}}
    write_atomically(models / HEAD, json.dumps(head, indent=1))
    return new


@contextmanager
def locked(models: Path) -> Iterator[None]:
    """One promotion at a time, across processes."""
    models.mkdir(parents=True, exist_ok=True)
    handle = os.open(models, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_atomically(path: Path, text: str) -> None:
    """Write `text` so that a crash leaves the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
