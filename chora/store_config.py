"""STORE/config.json: which tables a store works on, so that `chora serve` needs only the store."""

from __future__ import annotations

import json
from pathlib import Path

from models.champions import write_atomically
from registers.errors import UserError


class NoTablesError(UserError):
    """The store does not say which tables it works on."""

    def __init__(self, store: Path) -> None:
        super().__init__(
            f"{store} does not say which tables it works on. Name them once: "
            f"chora serve --store {store} --tables TABLES"
        )


def remember_tables(store: Path, tables: Path) -> None:
    """Record the folder of accepted tables that the store works on."""
    body = {"tables": str(tables.resolve())}
    write_atomically(store / "config.json", json.dumps(body, indent=1) + "\n")


def recall_tables(store: Path) -> Path:
    """The folder that `remember_tables` recorded.

    Raises:
        NoTablesError: none was recorded.
    """
    try:
        return Path(json.loads((store / "config.json").read_text())["tables"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoTablesError(store) from error
