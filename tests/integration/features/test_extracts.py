"""Whole extracts go through: another generator's registers, the trial's, and a large one."""

import os
from pathlib import Path

import polars as pl
import pytest

from features.catalogue import FEATURES, SOURCE_TABLES
from features.frame import build_features
from registers.adapters.philadelphia import import_philadelphia
from registers.extract import load_tables
from registers.snapshot import locate
from registers.validation.run import validate_extract

DATA = Path(os.environ.get("CHORA_DATA", Path(__file__).parents[4] / "shared" / "data"))
NUMBERS = [f.name for f in FEATURES if f.kind != "category"]


def needed(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.name} is not here; name the folder of data in CHORA_DATA")
    return path


def features_of(folder: Path, tables: Path) -> pl.DataFrame:
    source = folder / "questions.parquet"
    validate_extract(folder, tables)
    registers = load_tables(tables)
    questions = pl.read_parquet(source).with_columns(pl.col("as_of_date").cast(pl.Date))
    points, set_aside = locate(registers, questions)
    assert points.height + set_aside.height == questions.height
    frame = build_features(registers, points)
    assert frame["point_id"].to_list() == list(range(points.height))
    return frame


def assert_sane(frame: pl.DataFrame) -> None:
    assert frame.select(pl.any_horizontal(pl.col(NUMBERS).is_nan().any())).item() is False
    assert frame.select(pl.any_horizontal(pl.col(NUMBERS).is_infinite().any())).item() is False
    for table in SOURCE_TABLES:
        late = frame.filter(pl.col(f"known_on_{table}") > pl.col("as_of_date"))
        assert late.is_empty(), table


@pytest.mark.long
def test_registers_from_another_hand_fill_every_feature(tmp_path: Path) -> None:
    frame = features_of(needed(DATA / "other_extract"), tmp_path / "tables")
    assert_sane(frame)
    assert [f.name for f in FEATURES if frame[f.name].is_null().all()] == []
    # What is owed is unknown of the few cases of which a payment was set aside, and of no other.
    unknown = frame.filter(pl.col("outstanding_som").is_null())
    assert unknown.height < 0.01 * frame.height
    assert unknown["is_unknown_payments"].all()


@pytest.mark.long
def test_the_trial_leaves_most_features_unknown_and_none_invented(tmp_path: Path) -> None:
    file = needed(DATA / "philadelphia_tax_letters" / "owners.csv.gz")
    import_philadelphia(file, tmp_path / "extract")
    frame = features_of(tmp_path / "extract", tmp_path / "tables")
    assert_sane(frame)
    for name in ("mean_net_6m_som", "account_balance_som", "n_vehicles", "n_obligations"):
        assert frame[name].is_null().all(), name
    assert frame["outstanding_som"].null_count() == 0
    assert (frame["n_measures"] == 0).all()
