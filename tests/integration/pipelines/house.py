"""Where a small nation, its tables and its model lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from models.bundle import Bundle
from models.registry import Store
from pipelines.train import TrainingResult
from registers.extract import Registers, load_tables


@dataclass(frozen=True)
class House:
    """Where everything is: the nation, its tables, the store and the model in it."""

    nation: Path
    tables: Path
    store: Store
    result: TrainingResult

    @property
    def registers(self) -> Registers:
        """The accepted tables."""
        return load_tables(self.tables)

    @property
    def bundle(self) -> Bundle:
        """The candidate."""
        return self.store.load(self.result.version)

    @property
    def questions(self) -> pl.DataFrame:
        """The nation's questions."""
        return pl.read_parquet(self.nation / "questions.parquet")
