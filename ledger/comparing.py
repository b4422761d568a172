"""Do the rows in the database and the published files tell the same history?"""

from dataclasses import replace
from pathlib import Path

from ledger.canonical import FIRST_PREVIOUS, check_follows
from ledger.errors import HELP, EntryRefusedError
from ledger.hashing import leaf_hash
from ledger.layout import find_ledger, locked
from ledger.storage import EntryStore
from ledger.tiles import WIDTH, TileReader
from ledger.verification import Step, Verification, verify

STEP = "The rows of the store are the signed entries, and later rows follow them"


def verify_database(entries: EntryStore, path: Path) -> Verification:
    """Verify a ledger's files, then each row of the store against them (step 6).

    Rows beyond the checkpoint must follow too; `note` counts those that are not published yet.
    """
    with locked(find_ledger(path), for_writing=False):
        return _verify_both(entries, path)


def _verify_both(entries: EntryStore, path: Path) -> Verification:
    found = verify(path)
    if not found.ok or found.checkpoint is None:
        return replace(found, steps=(*found.steps, Step(6, STEP, None, is_done=False)))
    size, count = found.checkpoint.size, entries.count()
    problem = _first_problem(entries, TileReader(find_ledger(path), size), size, count)
    steps = (*found.steps, Step(6, STEP, problem))
    if problem is not None:
        return replace(found, sentence=f"{problem} {HELP}", steps=steps)
    note = f"{count - size} entries are not published yet." if count > size else found.note
    return replace(found, steps=steps, note=note)


def _first_problem(entries: EntryStore, tiles: TileReader, size: int, count: int) -> str | None:
    if count < size:
        return f"The store holds {count} entries but {size} were signed: entries were lost."
    previous = FIRST_PREVIOUS
    for start in range(0, count, WIDTH):
        rows = entries.entries(start, min(start + WIDTH, count))
        signed = tiles.entries(start // WIDTH) if start < size else []
        for index, row in enumerate(rows, start):
            if index < size and row != signed[index - start]:
                return f"Entry {index} in the store is not the entry that was signed."
            try:
                check_follows(row, index, previous)
            except EntryRefusedError as error:
                return f"In the store: {error}"
            previous = leaf_hash(row)
        if start + len(rows) != min(start + WIDTH, count):
            return f"The store counts {count} entries but does not give entry {start + len(rows)}."
    return None
