"""Who proposed and who confirmed which version as champion, when and why: it only grows.

STORE/models/champions.jsonl holds one line per step, each with the hash of the line before, so that
a changed or removed one is found. STORE/models/champions.json keeps number and hash of the last
line, so that one removed from the end is found too. A person proposes a version; another confirms
or refuses it (`models.promotion`). The champion of a legal order is the last that was confirmed.

Lines of the first format (no `kind`) are promotions by one person and stand as they were; none may
follow a line of the second. A list of an older version becomes the first lines at the next step.
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
from typing import Any, Final, Literal

from models.errors import DamagedRecordError, HistoryBrokenError

HISTORY = "champions.jsonl"
HEAD = "champions.json"
FIRST_PREVIOUS = "0" * 64
_HEAD_KEY = "history"
Kind = Literal["promoted", "proposed", "confirmed", "refused"]
SECOND_FORMAT: Final = ("kind", "of", "cannot_tell")
"""What lines of the first format do not have."""


@dataclass(frozen=True)
class Step:
    """One line: `on` and, of older lists, all else that was not kept are None.

    `kind` is promoted (by one person, the first format), proposed, confirmed or refused; `of` is
    the number of the proposal that a person confirms or refuses, `cannot_tell` the gates of which
    nobody could tell on the day of the step.
    """

    n: int
    on: str | None  # the day, ISO 8601
    legal_order: str
    version: str
    by: str | None
    reason: str | None
    bundle_hash: str | None
    previous: str  # SHA-256 of the line before
    kind: Kind = "promoted"
    of: int | None = None
    cannot_tell: tuple[str, ...] = ()

    def line(self) -> bytes:
        """The line as it stands in the file: the same step gives the same bytes."""
        values = asdict(self)
        if self.kind == "promoted":
            values = {k: v for k, v in values.items() if k not in SECOND_FORMAT}
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode() + b"\n"

    @property
    def hash(self) -> str:
        """What the next line names as its previous."""
        return hashlib.sha256(self.line()).hexdigest()

    @property
    def makes_champion(self) -> bool:
        """Whether the version answers from this step on."""
        return self.kind in ("promoted", "confirmed")


def open_proposal(history: Sequence[Step], legal_order: str) -> Step | None:
    """The proposal that nobody has confirmed or refused yet."""
    answered = {one.of for one in history}
    mine = [s for s in history if s.legal_order == legal_order and s.kind == "proposed"]
    return next((s for s in reversed(mine) if s.n not in answered), None)


def read_history(models: Path) -> list[Step]:
    """All steps, the first one first; those of an older list where there is no history yet.

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
    elif len(found) > 1 and not (models / HEAD).exists():  # only the first line is written alone
        raise HistoryBrokenError(models / HISTORY, len(found) + 1)
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


def _of_older_list(records: Mapping[str, Any]) -> list[Step]:
    found: list[Step] = []
    for legal_order, record in sorted(records.items()):
        if isinstance(record, dict) and "version" in record:
            found.append(_next(found, None, legal_order, record))
    return found


def _read_lines(path: Path) -> list[Step]:
    found: list[Step] = []
    for n, line in enumerate(path.read_bytes().splitlines(keepends=True), start=1):
        try:
            one = _step_of(json.loads(line))
        except (ValueError, TypeError) as error:
            raise HistoryBrokenError(path, n) from error
        before = found[-1].hash if found else FIRST_PREVIOUS
        chained = one.n == n and one.previous == before and one.line() == line
        if not chained or not may_follow(found, one):
            raise HistoryBrokenError(path, n)
        found.append(one)
    return found


def _step_of(values: dict[str, Any]) -> Step:
    """The step of a line; a line without `kind` is of the first format."""
    if "kind" not in values:
        return Step(**values)
    if values["kind"] not in ("proposed", "confirmed", "refused"):
        raise ValueError
    return Step(**values | {"cannot_tell": tuple(values["cannot_tell"])})


def may_follow(history: Sequence[Step], one: Step) -> bool:
    """Whether the rules of two people allow this step after those before it."""
    if one.kind == "promoted":
        return all(before.kind == "promoted" for before in history)
    waiting = open_proposal(history, one.legal_order)
    if one.kind == "proposed":
        return waiting is None
    if waiting is None or one.of != waiting.n or one.version != waiting.version:
        return False
    if one.kind == "refused":  # whoever proposed may take it back
        return True
    # models.promotion refuses more names as one person's; what is read here must never change.
    return one.bundle_hash == waiting.bundle_hash and one.by != waiting.by


def _check_head(path: Path, found: Sequence[Step], head: object) -> None:
    """The last line that was noted is still there; a later one was written before a crash."""
    n = head.get("n") if isinstance(head, dict) else None
    if not isinstance(n, int) or not 1 <= n <= len(found):
        raise HistoryBrokenError(path, len(found) + 1)
    if found[n - 1].hash != dict(head)["hash"]:  # type: ignore[call-overload]
        raise HistoryBrokenError(path, n)


def _next(
    history: Sequence[Step], on: str | None, legal_order: str, record: Mapping[str, Any]
) -> Step:
    return Step(
        n=len(history) + 1,
        on=on,
        legal_order=legal_order,
        version=str(record["version"]),
        by=record.get("by"),
        reason=record.get("reason"),
        bundle_hash=record.get("bundle_hash"),
        previous=history[-1].hash if history else FIRST_PREVIOUS,
        kind=record.get("kind", "promoted"),
        of=record.get("of"),
        cannot_tell=tuple(record.get("cannot_tell", ())),
    )


def add_step(models: Path, on: str, legal_order: str, record: Mapping[str, Any]) -> Step:
    """The step just added and synced to disk; call it while `locked`.

    Raises:
        DamagedRecordError: the noted end cannot be read.
        HistoryBrokenError: the history was changed, or the step may not follow it; nothing is
            added to it.
    """
    history = read_history(models)
    new = _next(history, on, legal_order, record)
    if not may_follow(history, new):
        raise HistoryBrokenError(models / HISTORY, new.n)
    lines = b"".join(one.line() for one in (*history, new))
    write_atomically(models / HISTORY, lines.decode())
    head = {_HEAD_KEY: {"n": new.n, "hash": new.hash}}
    write_atomically(models / HEAD, json.dumps(head, indent=1))
    return new


@contextmanager
def locked(models: Path) -> Iterator[None]:
    """One step at a time, across processes."""
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
