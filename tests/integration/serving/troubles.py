"""A database that does not do what it should: locked, full, read-only, and well again."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import event

from serving.service import Service
from serving.store.database import database_path

TABLES = ("recommendations", "proposals", "decisions", "transitions", "ledger_entries", "sessions")


@contextmanager
def locked(service: Service) -> Iterator[None]:
    """Somebody else holds the whole database."""
    other = sqlite3.connect(database_path(service.store.folder), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def _with_pragma(service: Service, name: str, bad: str, good: str) -> Iterator[None]:
    value = bad

    def set_it(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA {name}={value}")

    event.listen(service.store.engine, "checkout", set_it)
    try:
        yield
    finally:
        value = good  # the next check-out of each connection sets it back


@contextmanager
def without_room(service: Service) -> Iterator[None]:
    """The database may not grow by a single page."""
    with service.store.reading() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
    with _with_pragma(service, "max_page_count", str(pages), "1000000"):
        yield


@contextmanager
def read_only(service: Service) -> Iterator[None]:
    """The database takes no change."""
    with _with_pragma(service, "query_only", "ON", "OFF"):
        yield


def rows(store: Path) -> dict[str, int]:
    """How many rows stand in each table that an action changes."""
    with closing(sqlite3.connect(database_path(store))) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in TABLES
        }


class SmallDisk:
    """A disk of its own, small enough to be filled, that can be made read-only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"0" * 4096)

    def empty(self) -> None:
        self._filler.unlink()

    def remount(self, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A tmpfs of two megabytes; the test is skipped where nobody may mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("A disk of its own cannot be mounted here: it needs the rights of root.")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
