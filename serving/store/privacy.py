"""The store's files for its owner alone: accounts, sessions and reasons stand in the database."""

import logging
from collections.abc import Iterable
from pathlib import Path

from registers.private import make_private_file, make_private_folder, tighten

log = logging.getLogger("chora.serving")
BESIDE = ("", "-journal", "-wal", "-shm")  # what SQLite writes beside its file


def keep_private(database: Path) -> None:
    """Make folder and database for their owner alone; tighten files that others could read."""
    make_private_folder(database.parent)
    make_private_file(database)
    _tighten(database.with_name(database.name + ending) for ending in BESIDE)


def tighten_keys(folder: Path) -> None:
    """Close the folder of keys and what is in it; the public ledger is another folder."""
    _tighten([folder, *sorted(folder.glob("*"))])


def _tighten(paths: Iterable[Path]) -> None:
    for path in paths:
        if tighten(path):
            log.warning("others_could_read %s: it is its owner's alone now", path.name)
