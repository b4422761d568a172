"""What a model was learnt from is kept beside it, hashed, and read without its trees."""

import json
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from models.bundle import load_bundle, save_bundle
from models.errors import BundleDamagedError
from models.origin import read_origin
from models.report import build_report
from models.training import Trained
from registers.lineage import ExtractLineage, Lineage, TableLineage

LINEAGE = Lineage(
    source_hash="data",
    validated_with={"judge": "Great Expectations"},
    extracts=(ExtractLineage("extract", "a" * 64, date(2026, 4, 1)),),
    tables={"accounts": TableLineage("accounts.csv", "b" * 64, 3, 4, 3, 0, 1)},
)


def save(trained: Trained, path: Path, lineage: Lineage | None) -> Path:
    save_bundle(
        trained,
        path,
        version="uz-1",
        legal_order="uz",
        as_of=date(2026, 4, 1),
        law_version="law",
        data_hash="data",
        report=build_report(trained),
        lineage=lineage,
    )
    return path


@pytest.fixture(scope="module")
def kept(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(trained, tmp_path_factory.mktemp("models") / "uz-1", LINEAGE)


def test_a_model_tells_where_its_tables_came_from(kept: Path) -> None:
    origin = read_origin(kept)
    assert (origin.version, origin.as_of, origin.data_hash) == ("uz-1", date(2026, 4, 1), "data")
    assert origin.lineage == LINEAGE
    assert origin.bundle_hash == load_bundle(kept).bundle_hash


def test_the_origin_is_read_without_the_trees(kept: Path, tmp_path: Path) -> None:
    copy = copytree(kept, tmp_path / "uz-1")
    rmtree(copy / "trees")
    assert read_origin(copy) == read_origin(kept)


def test_a_model_without_a_lineage_scores_and_says_that_it_has_none(
    trained: Trained, tmp_path: Path
) -> None:
    old = save(trained, tmp_path / "uz-1", None)
    assert not (old / "lineage.json").exists()
    assert load_bundle(old).version == "uz-1"
    assert read_origin(old).lineage is None


@pytest.mark.parametrize("harm", ["change", "remove"])
def test_a_changed_lineage_is_found(kept: Path, tmp_path: Path, harm: str) -> None:
    copy = copytree(kept, tmp_path / "uz-1")
    file = copy / "lineage.json"
    if harm == "change":
        file.write_text(file.read_text().replace("accounts.csv", "another.csv"))
    else:
        file.unlink()
    for read in (read_origin, load_bundle):
        with pytest.raises(BundleDamagedError, match=r"lineage\.json"):
            read(copy)


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"version": 1, "as_of": "never"})])
def test_a_damaged_description_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "bundle.json").write_text(text)
    with pytest.raises(BundleDamagedError, match=r"bundle\.json"):
        read_origin(tmp_path)
    with pytest.raises(BundleDamagedError):
        read_origin(tmp_path / "nowhere")
