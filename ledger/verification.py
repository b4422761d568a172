"""Is this ledger unchanged? Five numbered steps and one sentence, from the files alone.

1. The checkpoint is signed by the ledger's key (and by the key that you hold, if you give one),
   and continues the earlier checkpoint that you kept, if you give one.
2. The files of a tree of the signed size are there, in their form, and no others.
3. The tiles hold the hashes of the entries.
4. The tree of the entries is the one that was signed.
5. Each entry is canonical and follows the one before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ledger.canonical import FIRST_PREVIOUS, check_follows
from ledger.errors import HELP, BrokenFileError, EntryRefusedError, LedgerError
from ledger.layout import (
    CHECKPOINT,
    KEY,
    PENDING,
    README,
    README_TEXT,
    UNFINISHED,
    find_ledger,
    load_checkpoint,
    load_key,
    locked,
)
from ledger.notes import Checkpoint, VerifierKey, open_checkpoint
from ledger.recomputing import Recomputed, recompute
from ledger.tiles import is_within, parse_path, read_file, tiles_of

STEPS = {
    1: "The checkpoint is signed by the ledger's key",
    2: "The files of a tree of the signed size are there, and no others",
    3: "The tiles hold the hashes of the entries",
    4: "The tree of the entries is the one that was signed",
    5: "Each entry is canonical and follows the one before",
}


@dataclass(frozen=True)
class Step:
    """One step of the verification: what was checked and, where it failed, what was found."""

    number: int
    name: str
    problem: str | None = None
    is_done: bool = True

    @property
    def ok(self) -> bool:
        """Tell whether the step was taken and found nothing."""
        return self.is_done and self.problem is None


@dataclass(frozen=True)
class Verification:
    """What verifying a ledger showed; `sentence` is what a person reads."""

    sentence: str
    steps: tuple[Step, ...]
    checkpoint: Checkpoint | None = None
    n_intact: int = 0
    note: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether every step was taken and found nothing."""
        return all(step.ok for step in self.steps)

    @property
    def exit_code(self) -> int:
        """Give 0 for an unchanged ledger and 30 for a broken one."""
        return 0 if self.ok else 30


def verify(
    path: Path, trusted_key: VerifierKey | None = None, earlier: bytes | None = None
) -> Verification:
    """Verify the ledger in a folder; a ledger that is being appended to is read again.

    Args:
        path: the ledger's folder, or the store that has it as `ledger/`.
        trusted_key: the public key as you know it from elsewhere; without it `key.pub` is taken.
        earlier: a signed checkpoint that you kept; the ledger must continue it.

    Raises:
        NoLedgerError: there is no such folder.
    """
    folder = find_ledger(path)
    for _ in range(3):
        before = _checkpoint_bytes(folder)
        found = _verify_once(folder, trusted_key, earlier)
        if found.ok or before == _checkpoint_bytes(folder):
            return found
    with locked(folder, for_writing=False):  # wait for the writer, then read in peace
        return _verify_once(folder, trusted_key, earlier)


def _verify_once(
    folder: Path, trusted_key: VerifierKey | None, earlier: bytes | None
) -> Verification:
    try:
        key, checkpoint, pending = _signed(folder, trusted_key)
    except LedgerError as error:
        return _stopped(f"{error} Nothing in this ledger can be relied on as it stands. {HELP}")
    problems: dict[int, str] = {}
    _try(problems, 2, lambda: _check_files(folder, checkpoint, pending))
    recomputed = recompute(folder, checkpoint.size)
    problems.update({2: recomputed.file_problem} if recomputed.file_problem else {})
    _check_tree(problems, recomputed, checkpoint)
    if earlier is not None:
        _try(problems, 1, lambda: _check_continues(earlier, key, recomputed, checkpoint))
    return _result(problems, recomputed, checkpoint, _note(folder, checkpoint, pending))


def _signed(
    folder: Path, trusted_key: VerifierKey | None
) -> tuple[VerifierKey, Checkpoint, Checkpoint | None]:
    """Step 1: give the key, the checkpoint, and that of an interrupted publication."""
    key = load_key(folder)
    if trusted_key is not None and key != trusted_key:
        raise BrokenFileError(KEY, f"is not the key that you hold ({trusted_key.text()})")
    checkpoint = load_checkpoint(folder, key)
    if checkpoint.origin != key.name:
        raise BrokenFileError(CHECKPOINT, f"is of another ledger ({checkpoint.origin})")
    has_pending = (folder / PENDING).exists()
    return key, checkpoint, load_checkpoint(folder, key, PENDING) if has_pending else None


def _check_files(folder: Path, checkpoint: Checkpoint, pending: Checkpoint | None) -> None:
    """Step 2: exactly the files of this tree; earlier partial tiles may have stayed."""
    allowed = {CHECKPOINT, KEY, README, PENDING, UNFINISHED}
    required = {README, *(tile.path for tile in tiles_of(checkpoint.size))}
    size = max(checkpoint.size, pending.size if pending else 0)
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink():
            raise BrokenFileError(name, "is a link, not a file of a ledger")
        if file.is_dir() or name in allowed:
            continue
        tile = parse_path(name)
        if tile is None or not is_within(tile, size):
            raise BrokenFileError(name, "does not belong to the signed ledger")
    for name in sorted(required):
        if not (folder / name).is_file():
            raise BrokenFileError(name, "is missing")
    if read_file(folder, README) != README_TEXT.encode():
        raise BrokenFileError(README, "is not the text that this format of ledger carries")


def _check_tree(problems: dict[int, str], recomputed: Recomputed, checkpoint: Checkpoint) -> None:
    """Steps 3, 4 and 5, as far as the entries could be read."""
    if recomputed.tile_problem:
        problems[3] = recomputed.tile_problem
    if recomputed.root != checkpoint.root:
        problems[4] = "The tree of the entries is not the one that was signed."
    previous = FIRST_PREVIOUS
    n_signed = recomputed.n_intact(checkpoint)
    for index, entry in enumerate(recomputed.entries):
        try:
            check_follows(entry, index, previous)
        except EntryRefusedError as error:
            problems[5] = str(error)
        if index == n_signed and recomputed.are_tiles_signed(checkpoint):
            problems.setdefault(5, f"Entry {index} is not the entry that was signed.")
        if 5 in problems:
            return
        previous = recomputed.leaves[index]


def _check_continues(
    earlier: bytes, key: VerifierKey, recomputed: Recomputed, checkpoint: Checkpoint
) -> None:
    """Step 1, where the reader kept an earlier checkpoint."""
    kept = open_checkpoint(earlier, key)
    if kept.size > checkpoint.size:
        raise BrokenFileError(CHECKPOINT, f"is older than the one that you kept (size {kept.size})")
    if recomputed.root_at(kept.size) != kept.root:
        raise BrokenFileError(CHECKPOINT, "does not continue the one that you kept")


def _result(
    problems: dict[int, str], recomputed: Recomputed, checkpoint: Checkpoint, note: str | None
) -> Verification:
    steps = tuple(
        Step(number, name, problems.get(number), number < 3 or recomputed.is_complete)
        for number, name in STEPS.items()
    )
    n_intact = recomputed.n_intact(checkpoint)
    if problems:
        sentence = f"{_headline(problems)} {_intact(n_intact)} {HELP}"
    else:
        sentence = (
            f"The ledger is unchanged: {checkpoint.size} entries, signed by {checkpoint.origin}, "
            f"root {checkpoint.root.hex()[:16]}."
        )
    return Verification(sentence, steps, checkpoint, n_intact, note)


def _headline(problems: dict[int, str]) -> str:
    """Give the problem that says most to a person: the place of the entry, if it is known."""
    return problems[5] if 5 in problems else problems[min(problems)]


def _intact(n_intact: int) -> str:
    if n_intact == 0:
        return "No entry can be shown to be intact from these files alone."
    return "Entry 0 is intact." if n_intact == 1 else f"Entries 0 to {n_intact - 1} are intact."


def _note(folder: Path, checkpoint: Checkpoint, pending: Checkpoint | None) -> str | None:
    if pending is not None and pending.size > checkpoint.size:
        return (
            f"The publication of entries {checkpoint.size} to {pending.size - 1} was interrupted. "
            "Start the service: it finishes it."
        )
    if pending is not None or (folder / UNFINISHED).exists():
        return "A publication was interrupted. Start the service: it finishes it."
    return None


def _stopped(sentence: str) -> Verification:
    steps = tuple(
        Step(number, name, sentence if number == 1 else None, number == 1)
        for number, name in STEPS.items()
    )
    return Verification(sentence, steps)


def _try(problems: dict[int, str], number: int, check: Callable[[], None]) -> None:
    try:
        check()
    except LedgerError as error:
        problems[number] = str(error)


def _checkpoint_bytes(folder: Path) -> bytes | None:
    try:
        return read_file(folder, CHECKPOINT)
    except BrokenFileError:
        return None
