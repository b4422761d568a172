"""The adapter of the pawnshop trial, on invented rows and on the file where it is there."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from law.engine import judge
from law.facts import build_facts
from registers.adapters.pawnshop import FACTS, OUTCOMES, VISITS, ImportResult, import_pawnshop
from registers.errors import OutcomeAsFactError, SourceFileError, UnknownFactError
from registers.extract import Registers, load_tables
from registers.outcomes import outstanding, recovered
from registers.snapshot import locate
from registers.validation import validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged

TRIAL = Path(__file__).parents[4] / "shared/data/mexico_pawn_repayment/pawn_loans.csv.gz"
ANSWERS = [name for name in FACTS if name != "visit_number"]
GOOD = {
    "NombrePignorante": "11",
    "prenda": "501",
    "derived_arm": "2 NoChoice/Fee",
    "derived_branch": "4",
    "derived_branch_day": "4_9/10/2012",
    "log_prestamo": "6.907755278982137",  # 1 000 pesos
    "des_c": "1",
    "def_c": "0",
    "edad": "34",
    "genero": "1",
    **dict.fromkeys(ANSWERS, "1"),
    **dict.fromkeys(VISITS, "0"),
}


def loan(**changes: str) -> dict[str, str]:
    return GOOD | changes


def write(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "pawn_loans.csv"
    lines = [",".join(GOOD), *(",".join(row[name] for name in GOOD) for row in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def load(folder: Path) -> Registers:
    def trusting(name: str, judged: Judged) -> Verdict:
        return Verdict(judged.frame.height, judged.n_failing, {})

    assert validate_extract(folder, folder / "tables", judge=trusting).exit_code == 0
    return load_tables(folder / "tables")


def run(folder: Path, *rows: dict[str, str]) -> tuple[ImportResult, Registers]:
    result = import_pawnshop(write(folder, *rows), folder / "out")
    assert result.n_read == result.n_imported + sum(result.left_out.values())
    return result, load(folder / "out")


def facts_of(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "out" / "facts.parquet")


def test_a_loan_becomes_a_case_terms_and_a_payment_of_the_whole(tmp_path: Path) -> None:
    _, registers = run(tmp_path, GOOD, loan(prenda="502", des_c="0", def_c="1"))
    cases = registers.table("cases").sort("case_id")
    assert cases["claim_som"].to_list() == [100_000, 100_000]
    assert set(cases["debtor_id"]) == {"borrower-11"}
    action = registers.table("actions").sort("case_id").row(0, named=True)
    assert (action["measure"], action["cost_som"]) == ("forced_fee", 0)
    assert action["decided_on"] == date(2012, 9, 10)
    paid = registers.table("payments").row(0, named=True)
    assert (paid["case_id"], paid["amount_som"]) == ("loan-501", 100_000)
    assert registers.legal_order.currency == "MXN"


def test_what_was_repaid_is_known_only_when_the_window_has_closed(tmp_path: Path) -> None:
    _, registers = run(tmp_path, GOOD, loan(prenda="502", des_c="0", def_c="1"))
    questions = pl.read_parquet(tmp_path / "out" / "questions.parquet")
    points, set_aside = locate(registers, questions)
    assert set_aside.is_empty()
    assert outstanding(registers, points)["outstanding_som"].to_list() == [100_000, 100_000]
    window = registers.legal_order.outcome_window_days
    got = recovered(registers, points, window, known_by=date(2013, 9, 1))
    assert got["recovered_som"].to_list() == [100_000, 0]
    early = recovered(registers, points, window, known_by=date(2013, 4, 1))
    assert early["recovered_som"].sum() == 0


def test_every_terms_are_lawful_for_every_loan(tmp_path: Path) -> None:
    _, registers = run(tmp_path, GOOD)
    points, _ = locate(registers, pl.read_parquet(tmp_path / "out" / "questions.parquet"))
    verdicts = judge(build_facts(registers, points), "pawnshop")
    assert verdicts["measure"].to_list() == list(registers.legal_order.measures)
    assert verdicts["verdict"].to_list() == ["lawful"] * 5


def test_terms_are_drawn_within_a_branch(tmp_path: Path) -> None:
    result, registers = run(
        tmp_path,
        GOOD,
        loan(prenda="502", derived_arm="1 Control", derived_branch_day="4_9/11/2012"),
        loan(prenda="503"),
        loan(prenda="504", derived_branch="5", derived_branch_day="5_9/10/2012"),
    )
    assert result.propensities["branch-4"]["forced_fee"] == pytest.approx(2 / 3)
    drawn = registers.table("actions").sort("case_id")["propensity"].to_list()
    assert drawn == pytest.approx([2 / 3, 1 / 3, 2 / 3, 1.0])
    assert result.n_branch_days == 3
    assert facts_of(tmp_path)["branch_day"].to_list() == [
        "4_9/10/2012",
        "4_9/11/2012",
        "4_9/10/2012",
        "5_9/10/2012",
    ]


def test_what_was_not_answered_stays_unknown(tmp_path: Path) -> None:
    result, _ = run(tmp_path, loan(pb="", pr_recup="80", visit_number_d3="1"), loan(prenda="502"))
    told = facts_of(tmp_path)
    assert told["pb"].to_list() == [None, 1.0]
    assert told["pr_recup"].to_list() == [80.0, 1.0]
    assert told["visit_number"].to_list() == [3.0, 1.0]
    assert result.answered["pb"] == 1


def test_no_outcome_and_no_protected_fact_reaches_a_model(tmp_path: Path) -> None:
    _, registers = run(tmp_path, GOOD)
    told = set(facts_of(tmp_path).columns) - {"case_id", "branch", "branch_day"}
    assert told == set(FACTS)
    assert not told & (OUTCOMES | {"edad", "genero"})
    debtor = registers.table("debtors").row(0, named=True)
    assert debtor["birth_year"] is None
    assert debtor["sex"] is None


@pytest.mark.parametrize("column", ["des_c", "def_c", "fc_admin", "pro_7", "fee", "num_arms_d4"])
def test_an_outcome_offered_as_a_fact_is_refused_by_name(tmp_path: Path, column: str) -> None:
    with pytest.raises(OutcomeAsFactError, match=f"{column}: not known on the day of the draw"):
        import_pawnshop(write(tmp_path, GOOD), tmp_path / "out", facts=("pb", column))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("column", ["edad", "colour"])
def test_a_fact_that_no_model_may_read_is_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(UnknownFactError, match=f"{column}: no fact that a model may read"):
        import_pawnshop(write(tmp_path, GOOD), tmp_path / "out", facts=(column,))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"prenda": ""}, "loan_number_missing"),
        ({"NombrePignorante": ""}, "loan_number_missing"),
        ({"prenda": "501"}, "loan_number_repeated"),
        ({"derived_arm": "6 Free"}, "arm_unknown"),
        ({"derived_arm": ""}, "arm_unknown"),
        ({"derived_branch_day": "4_10.09.2012"}, "day_unreadable"),
        ({"derived_branch_day": "4_9/31/2012"}, "day_unreadable"),
        ({"derived_branch_day": "5_9/10/2012"}, "day_unreadable"),
        ({"derived_branch_day": "4_9/10/2062"}, "day_unreadable"),
        ({"log_prestamo": "much"}, "loan_missing"),
        ({"log_prestamo": "900"}, "loan_missing"),
        ({"des_c": ""}, "outcome_missing"),
        ({"des_c": "1", "def_c": "1"}, "outcome_missing"),
        ({"des_c": "0.5", "def_c": "0.5"}, "outcome_missing"),
    ],
)
def test_a_loan_that_cannot_be_used_is_left_out_and_counted(
    tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    result, _ = run(tmp_path, GOOD, loan(**{"prenda": "502"} | changes))
    assert result.left_out == {code: 1}
    left_out = pl.read_parquet(tmp_path / "out" / "left_out.parquet")
    assert left_out.select("row_number", "reason_code").rows() == [(1, code)]
    told = json.loads((tmp_path / "out" / "import.json").read_text(encoding="utf-8"))
    assert told["left_out"] == {code: 1}
    assert any("left out" in sentence for sentence in result.sentences)


@pytest.mark.parametrize("column", ["derived_branch_day", "des_c", "log_prestamo", "pb"])
def test_a_file_without_a_column_is_refused_and_the_column_named(
    tmp_path: Path, column: str
) -> None:
    file = write(tmp_path, GOOD)
    pl.read_csv(file, infer_schema=False).drop(column).write_csv(file)
    with pytest.raises(SourceFileError, match=f"it lacks {column}"):
        import_pawnshop(file, tmp_path / "out")


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pawn_loans.csv"
    file.write_bytes(b"\x1f\x8b\x08broken")
    with pytest.raises(SourceFileError, match="no complete CSV"):
        import_pawnshop(file, tmp_path / "out")
    with pytest.raises(SourceFileError, match="no such file"):
        import_pawnshop(tmp_path / "absent.csv", tmp_path / "out")
    with pytest.raises(SourceFileError, match="no loan"):
        import_pawnshop(write(tmp_path), tmp_path / "out")


@pytest.mark.skipif(not TRIAL.is_file(), reason="the trial's file lies beside the project")
def test_the_trial_comes_through_validation_clean(tmp_path: Path) -> None:
    result = import_pawnshop(TRIAL, tmp_path / "out")
    assert result.n_imported == result.n_read > 10_000
    assert result.n_branch_days > 300
    assert all(sum(p.values()) == pytest.approx(1.0) for p in result.propensities.values())
    registers = load(tmp_path / "out")
    paid = registers.table("payments")["case_id"].implode()
    share = dict(
        registers.table("actions")
        .group_by("measure")
        .agg(pl.col("case_id").is_in(paid).mean())
        .iter_rows()
    )
    assert 0.40 < share["single_payment"] < 0.46
    assert 0.51 < share["forced_fee"] < 0.57
    assert max(share, key=lambda measure: share[measure]) == "forced_fee"
