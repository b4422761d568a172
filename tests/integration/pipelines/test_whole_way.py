"""The whole way on worlds of a size at which something can be learned."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from law.engine import check_measure
from models.registry import Store
from nation.invent import invent, write_nation
from pipelines.recommend import recommend
from pipelines.train import train_candidate
from pipelines.truth import true_value
from registers.extract import load_tables
from registers.validation import validate_extract
from tests.integration.pipelines.conftest import AS_OF

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"


def shared(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the data set {name} is not beside the project")
    return path


@pytest.mark.long
def test_the_ranking_is_worth_more_than_officers_and_money_first(tmp_path: Path) -> None:
    """True values on an invented nation whose seed no setting was chosen on."""
    write_nation(invent(8000, 4242, AS_OF), tmp_path / "nation")
    validate_extract(tmp_path / "nation", tmp_path / "tables")
    registers, store = load_tables(tmp_path / "tables"), Store(tmp_path / "store")
    version = train_candidate(registers, AS_OF, store).version
    truth = true_value(registers, store.load(version), tmp_path / "nation" / "truth")
    assert truth["chosen_as_shown"] > truth["officers"]
    assert truth["chosen_as_shown"] > truth["money_first"]
    assert truth["refused_by_truth"] == 0
    assert max(truth["best_measure_shares"].values()) <= 0.4


@pytest.mark.long
def test_registers_from_another_hand_go_the_whole_way(tmp_path: Path) -> None:
    source = shared("other_extract")
    report = validate_extract(source, tmp_path / "tables")
    assert report.exit_code == 11
    quarantined = pl.concat(
        [
            pl.read_parquet(f).select("row", "reason")
            for f in sorted((tmp_path / "tables" / "quarantine").iterdir())
        ]
    )
    assert quarantined.height == sum(t.set_aside for t in report.tables.values()) == 102
    registers, store = load_tables(tmp_path / "tables"), Store(tmp_path / "store")
    version = train_candidate(registers, AS_OF, store).version
    questions = pl.read_parquet(source / "questions.parquet")
    answers = recommend(registers, questions, store.load(version))
    asked = answers.recommendations["case_id"].n_unique()
    assert asked > 0.9 * questions.height
    for case_id, measure in answers.recommendations.select("case_id", "measure").rows()[::200]:
        assert check_measure(registers, case_id, measure, AS_OF).verdict == "lawful"
