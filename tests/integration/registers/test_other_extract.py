"""The registers of another hand: exactly what was planted is set aside."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from registers.extract import Registers, load_tables
from registers.snapshot import known_at, locate
from registers.tables import TABLES
from registers.validation import ValidationReport, validate_extract

EXTRACT = Path(__file__).parents[4] / "shared" / "data" / "other_extract"

pytestmark = pytest.mark.skipif(
    not EXTRACT.is_dir(), reason="other_extract lies beside the project and is not there"
)

# Planted faults have an X in an id of their own; these six rows have no id of their own.
PLANTED_WITHOUT_ID = {"households": 6}


@pytest.fixture(scope="module")
def validated(tmp_path_factory: pytest.TempPathFactory) -> tuple[ValidationReport, Path]:
    out = tmp_path_factory.mktemp("other") / "tables"
    return validate_extract(EXTRACT, out), out


@pytest.fixture(scope="module")
def registers(validated: tuple[ValidationReport, Path]) -> Registers:
    return load_tables(validated[1])


def test_exactly_the_planted_rows_are_set_aside(
    validated: tuple[ValidationReport, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    report, out = validated
    assert report.exit_code == 11
    for name, table in TABLES.items():
        delivered = pl.read_parquet(EXTRACT / "registers" / f"{name}.parquet")
        ids = [pl.col(c.name).str.starts_with("X") for c in table.columns if c.kind == "id"]
        planted = delivered.with_row_index().filter(pl.any_horizontal(ids))["index"]
        aside = pl.read_parquet(out / "quarantine" / f"{name}.parquet")["row_number"]
        assert set(planted) <= set(aside)
        assert aside.len() == planted.len() + PLANTED_WITHOUT_ID.get(name, 0)
        assert report.tables[name].read == delivered.height
    with capsys.disabled():
        for name, told in report.tables.items():
            for code, n in told.n_by_reason.items():
                print(f"\n  {name}: {n} × {code}", end="")
        print()


def test_the_faults_are_told_apart(validated: tuple[ValidationReport, Path]) -> None:
    counts: Counter[str] = Counter()
    for table in validated[0].tables.values():
        counts.update(table.n_by_reason)
    assert counts == {
        "negative_amount": 24,
        "unknown_value": 24,
        "orphan": 18,
        "out_of_range": 12,
        "ends_before_starts": 6,
        "paid_after_reported": 6,
        "tax_above_gross": 6,
        "minors_above_members": 6,
    }


def test_every_question_is_a_decision_point(registers: Registers) -> None:
    points, set_aside = locate(registers, pl.read_parquet(EXTRACT / "questions.parquet"))
    assert points.height > 2000
    assert set_aside.is_empty()


def test_one_case_alone_sees_the_same_rows_as_in_the_batch(registers: Registers) -> None:
    points, _ = locate(registers, pl.read_parquet(EXTRACT / "questions.parquet"))
    for point in points.gather_every(points.height // 15).iter_rows(named=True):
        alone = registers.for_case(point["case_id"])
        question = points.filter(pl.col("point_id") == point["point_id"])
        located, _ = locate(alone, question.select("case_id", "as_of_date"))
        for name in TABLES:
            here = known_at(alone, located, name, by="debtor").drop("point_id")
            there = known_at(registers, question, name, by="debtor").drop("point_id")
            assert here.equals(there), name
