"""The analysts' stories run from beginning to end on registers and a model, and keep pictures."""

from __future__ import annotations

import os
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import jupytext
import pytest

from law.engine import law_version
from models.bundle import save_bundle
from models.examples import build_examples
from models.report import build_report
from models.settings import Boosting, TrainingSettings
from models.training import train
from nation.invent import invent, write_nation
from registers.extract import load_tables
from registers.validation.run import validate_extract

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"
STORIES = sorted(NOTEBOOKS.glob("[0-9]*.py"))
AS_OF = date(2026, 4, 1)
FEW = Boosting(rounds=15, num_leaves=6, min_data_in_leaf=20)
QUICK = TrainingSettings(
    n_folds=2,
    threads=1,
    min_per_measure=30,
    outcome=FEW,
    effect=FEW,
    propensity=FEW,
    share=FEW,
    share_of_one=FEW,
    ranking=FEW,
    kinds=("dr_learner",),
)


@pytest.fixture(scope="module")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tables/ of 500 invented debtors and store/ with a model of theirs."""
    folder = tmp_path_factory.mktemp("office")
    write_nation(invent(500, 11, AS_OF, n_draws=2), folder / "nation")
    validate_extract(folder / "nation", folder / "tables")
    registers = load_tables(folder / "tables")
    examples = build_examples(registers, AS_OF, min_per_measure=QUICK.min_per_measure)
    trained = train(examples, QUICK)
    save_bundle(
        trained,
        folder / "store" / "models" / "uz-1",
        version="uz-1",
        legal_order="uz",
        as_of=AS_OF,
        law_version=law_version("uz"),
        data_hash=registers.source_hash,
        report=build_report(trained),
    )
    return folder


@pytest.fixture(scope="module")
def told(small_office: Path) -> dict[str, Any]:
    """What the first story leaves behind after it ran."""
    before = dict(os.environ)
    os.environ["CHORA_TABLES"] = str(small_office / "tables")
    os.environ["CHORA_STORE"] = str(small_office / "store")
    try:
        return runpy.run_path(str(NOTEBOOKS / "01_what_the_registers_say.py"))
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="module")
def compared(small_office: Path) -> dict[str, Any]:
    """What the second story leaves behind after it ran."""
    before = dict(os.environ)
    os.environ["CHORA_NATION"] = str(small_office / "nation")
    os.environ["CHORA_PICTURES"] = str(small_office / "pictures")
    try:
        return runpy.run_path(str(NOTEBOOKS / "02_does_the_nation_look_like_it.py"))
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.mark.parametrize("story", STORIES, ids=lambda p: p.stem)
def test_each_story_opens_as_a_notebook_of_prose_and_code(story: Path) -> None:
    cells = jupytext.read(story)["cells"]
    kinds = [cell["cell_type"] for cell in cells]
    assert kinds[0] == "markdown"
    assert cells[0]["source"].startswith("# ")
    assert kinds.count("markdown") >= 5
    assert kinds.count("code") >= 5


def test_the_first_story_keeps_all_its_pictures(told: dict[str, Any], small_office: Path) -> None:
    pictures = small_office / "store" / "pictures"
    names = [path.stem for path in sorted(pictures.glob("*.png"))]
    assert names == [
        "1_freshness",
        "2_missing_facts",
        "3_claim_sizes",
        "4_naive_and_adjusted",
        "5_policy_values",
        "6_usual_practice_bar",
        "6_usual_practice_beeswarm",
        "7_one_explanation",
    ]
    assert all(path.stat().st_size > 5_000 for path in pictures.glob("*.png"))


def test_the_first_story_explains_a_case_to_the_last_som(told: dict[str, Any]) -> None:
    record = told["record"]
    ranked = told["answer"].recommendations
    row = ranked.filter(
        (ranked["case_id"] == record["case_id"]) & (ranked["measure"] == record["measure"])
    )
    total = record["base_som"] + sum(c["contribution_som"] for c in record["contributions"])
    assert total == pytest.approx(row["expected_net_som"].item(), rel=1e-9)
    assert told["starts"][-1] == pytest.approx(total)


def test_the_first_story_sets_the_ranking_beside_the_officers(told: dict[str, Any]) -> None:
    assert told["verdict"] in {"is above", "is below", "cannot be told from"}
    examples = told["examples"]
    assert told["values"]["officers"]["value"] == pytest.approx(examples.net.mean(), rel=0.2)


def test_the_second_story_keeps_all_its_pictures(
    compared: dict[str, Any], small_office: Path
) -> None:
    pictures = sorted((small_office / "pictures").glob("*.png"))
    assert [path.stem for path in pictures] == [
        "1_published_figures",
        "2_claim_sizes",
        "3_alimony_grows",
        "4_seasons",
        "5_employers_and_offices",
        "6_reporting",
        "7_regions",
    ]
    assert all(path.stat().st_size > 10_000 for path in pictures)


def test_the_second_story_tells_what_fits_and_what_does_not(compared: dict[str, Any]) -> None:
    verdicts = dict(compared["table"].select("figure", "verdict").iter_rows())
    assert len(verdicts) == 12
    assert verdicts["claims up to 400 000 som"] == "near"
    assert verdicts["complaints about officers per document"] == "apart"
    assert compared["apart"] == [what for what, verdict in verdicts.items() if verdict == "apart"]
    small = compared["opened"].filter(compared["opened"]["claim_som"] <= 400_000)
    told = next(line for line in compared["LINES"] if line.what == "claims up to 400 000 som")
    assert told.nation == pytest.approx(100 * small.height / compared["opened"].height)


@pytest.mark.parametrize("story", STORIES, ids=lambda p: p.stem)
def test_no_story_names_a_machine_path(story: Path) -> None:
    text = story.read_text(encoding="utf-8")
    assert not any(root in text for root in ("/work", "/root", "/home"))
