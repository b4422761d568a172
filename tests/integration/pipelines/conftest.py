"""A small nation, validated and learned from once for all tests of the recipes."""

from __future__ import annotations

from datetime import date

import pytest

from models.rankers.base import KINDS
from models.registry import Store
from models.settings import Boosting, TrainingSettings
from nation.invent import invent, write_nation
from pipelines.train import train_candidate
from registers.extract import load_tables
from registers.lineage import load_lineage
from registers.validation import validate_extract
from tests.integration.pipelines.house import House

AS_OF = date(2026, 4, 1)
SETTINGS = TrainingSettings(
    n_folds=3,
    threads=1,
    kinds=KINDS,
    stacked=KINDS[:-1],
    min_per_measure=30,
    outcome=Boosting(rounds=40),
    effect=Boosting(rounds=20, num_leaves=4),
    propensity=Boosting(rounds=20, num_leaves=4),
)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("house")
    write_nation(invent(700, 31, AS_OF, n_draws=4), folder / "nation")
    report = validate_extract(folder / "nation", folder / "tables")
    assert report.exit_code == 0
    store = Store(folder / "store")
    lineage = load_lineage(folder / "tables")
    registers = load_tables(folder / "tables")
    result = train_candidate(registers, AS_OF, store, SETTINGS, lineage=lineage)
    return House(folder / "nation", folder / "tables", store, result)
