"""The adapter of the Philadelphia trial, on invented rows and on the file where it is there."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from registers.adapters.philadelphia import MAILED_ON, ImportResult, import_philadelphia
from registers.errors import SourceFileError
from registers.extract import Registers, load_tables
from registers.outcomes import outstanding, recovered
from registers.snapshot import locate
from registers.validation import validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged

TRIAL = Path(__file__).parents[4] / "shared/data/philadelphia_tax_letters/owners.csv.gz"

HEADER = (
    "owner_id,treat8,azavea_section,total_due,assessed_mv,tenure,N,unq_own,"
    "ever_paid_sep,total_paid_sep"
)


def trusting(name: str, judged: Judged) -> Verdict:
    return Verdict(judged.frame.height, judged.n_failing, {})


def write(folder: Path, *rows: str) -> Path:
    file = folder / "owners.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return file


def load(folder: Path) -> Registers:
    report = validate_extract(folder, folder / "tables", judge=trusting)
    assert report.exit_code == 0
    return load_tables(folder / "tables")


def run(folder: Path, *rows: str, all_owners: bool = False) -> tuple[ImportResult, Registers]:
    result = import_philadelphia(write(folder, *rows), folder / "out", all_owners)
    assert result.n_read == result.n_imported + sum(result.left_out.values())
    return result, load(folder / "out")


GOOD = "7,Sheriff,South Philadelphia,123.45,50000,3,1,1,1,20.5"
HOLDOUT = "8,Holdout,Center City,99,80000,10,1,1,0,0"


def test_an_owner_becomes_a_case_an_action_a_payment_and_a_house(tmp_path: Path) -> None:
    _, registers = run(tmp_path, GOOD)
    case = registers.table("cases").row(0, named=True)
    assert (case["case_id"], case["claim_som"], case["fee_som"]) == ("7", 12_345, 0)
    action = registers.table("actions").row(0, named=True)
    assert (action["measure"], action["cost_som"]) == ("sheriff", 100)
    assert action["decided_on"] == MAILED_ON
    house = registers.table("real_estate").row(0, named=True)
    assert (house["cadastral_som"], house["acquired_on"]) == (5_000_000, date(2012, 6, 15))
    assert house["district"] == "4210105"
    assert registers.legal_order.amount_unit == "US cent"


def test_questions_and_outcomes_reach_the_window_of_the_trial(tmp_path: Path) -> None:
    _, registers = run(tmp_path, GOOD, HOLDOUT)
    questions = pl.read_parquet(tmp_path / "out" / "questions.parquet")
    assert questions.rows() == [("7", MAILED_ON), ("8", MAILED_ON)]
    points, set_aside = locate(registers, questions)
    assert set_aside.is_empty()
    assert outstanding(registers, points)["outstanding_som"].to_list() == [12_345, 9_900]
    window = registers.legal_order.outcome_window_days
    got = recovered(registers, points, window, known_by=date(2015, 10, 15))
    assert got["recovered_som"].to_list() == [2_050, 0]
    assert registers.as_of is not None
    assert registers.as_of < date(2015, 10, 15)


def test_no_letter_costs_nothing_and_propensities_add_up(tmp_path: Path) -> None:
    result, registers = run(tmp_path, GOOD, HOLDOUT, GOOD.replace("7,", "9,", 1))
    actions = registers.table("actions").sort("case_id")
    assert actions["cost_som"].to_list() == [100, 0, 100]
    assert sum(result.propensities.values()) == pytest.approx(1.0)
    assert result.propensities["no_letter"] == pytest.approx(1 / 3)
    assert actions["propensity"].to_list() == pytest.approx([2 / 21, 1 / 3, 2 / 21])


def test_only_the_analysis_sample_is_taken_unless_all_are_wanted(tmp_path: Path) -> None:
    many = "9,Lien,West Philadelphia,10,100.01,2,3,0,0,0"
    result, _ = run(tmp_path, GOOD, many)
    assert result.left_out == {"not_in_analysis_sample": 1}
    result, registers = run(tmp_path, GOOD, many, all_owners=True)
    assert result.n_imported == 2
    houses = registers.table("real_estate").filter(pl.col("debtor_id") == "9")
    assert houses["cadastral_som"].to_list() == [3334, 3334, 3333]
    unknown = registers.table("actions").filter(pl.col("case_id") == "9")["propensity"]
    assert unknown.to_list() == [None]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",Lien,South Philadelphia,1,1,1,1,1,0,0", "owner_id_missing"),
        (GOOD, "owner_id_repeated"),
        ("9,Postcard,South Philadelphia,1,1,1,1,1,0,0", "treatment_unknown"),
        ("9,,South Philadelphia,1,1,1,1,1,0,0", "treatment_unknown"),
        ("9,Lien,South Philadelphia,,1,1,1,1,0,0", "total_due_missing"),
        ("9,Lien,South Philadelphia,-1,1,1,1,1,0,0", "total_due_missing"),
        ("9,Lien,South Philadelphia,much,1,1,1,1,0,0", "total_due_missing"),
        ("9,Lien,South Philadelphia,1,1,1,1,1,0,", "outcome_missing"),
    ],
)
def test_an_owner_that_cannot_be_used_is_left_out_and_counted(
    tmp_path: Path, row: str, code: str
) -> None:
    result, _ = run(tmp_path, GOOD, row)
    assert result.left_out == {code: 1}
    left_out = pl.read_parquet(tmp_path / "out" / "left_out.parquet")
    assert left_out.select("row_number", "reason_code").rows() == [(1, code)]
    told = json.loads((tmp_path / "out" / "import.json").read_text(encoding="utf-8"))
    assert told["left_out"] == {code: 1}


def test_oddities_are_counted_and_told(tmp_path: Path) -> None:
    result, registers = run(
        tmp_path,
        "1,Lien,South Philadelphia,10,1,1,1,1,0,-5",
        "2,Lien,South Philadelphia,10,1,1,1,1,1,0",
        "3,Lien,South Philadelphia,10,1,1,1,1,0,5",
        "4,Lien,Nowhere,10,,1,1,1,0,0",
    )
    assert result.n_negative_payments == 1
    assert result.n_paid_without_amount == 1
    assert result.n_amount_without_paid == 1
    assert result.n_without_real_estate == 1
    assert result.n_section_unknown == 1
    assert len(result.sentences) == 6
    assert registers.table("payments")["case_id"].to_list() == ["3"]


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "owners.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceFileError, match="lacks owner_id"):
        import_philadelphia(file, tmp_path / "out")
    file.write_bytes(b"\x1f\x8b\x08broken")
    with pytest.raises(SourceFileError, match="no complete CSV"):
        import_philadelphia(file, tmp_path / "out")
    with pytest.raises(SourceFileError):
        import_philadelphia(tmp_path / "absent.csv", tmp_path / "out")
    with pytest.raises(SourceFileError, match="no owner"):
        import_philadelphia(write(tmp_path), tmp_path / "out")


@pytest.mark.skipif(not TRIAL.is_file(), reason="the trial's file lies beside the project")
def test_the_trial_comes_through_validation_clean(tmp_path: Path) -> None:
    result = import_philadelphia(TRIAL, tmp_path / "out")
    assert result.n_read == result.n_imported + sum(result.left_out.values())
    assert result.left_out.keys() == {"not_in_analysis_sample"}
    assert 0.09 < result.propensities["no_letter"] < 0.12
    registers = load(tmp_path / "out")
    points, _ = locate(registers, pl.read_parquet(tmp_path / "out" / "questions.parquet"))
    got = recovered(registers, points, 92, known_by=date(2015, 10, 15))
    paid = (
        got.join(points, on="point_id")
        .join(registers.table("actions"), on="case_id")
        .group_by("measure")
        .agg((pl.col("recovered_som") > 0).mean().alias("share"))
    )
    share = dict(paid.iter_rows())
    assert 0.50 < share["no_letter"] < share["sheriff"] < 0.62
    assert share["lien"] > share["no_letter"]
