"""A nation written in blocks: equal bytes, unique pseudonyms, nothing half-written."""

import hashlib
import json
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from nation.invent import invent, write_blocks, write_nation
from nation.settings import Request
from registers.validation import validate_extract

AS_OF = date(2026, 10, 1)
THREE_BLOCKS = Request(
    420, 5, AS_OF, n_draws=4, truth_questions=30, truth_actions=50, block_debtors=150
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation")
    write_blocks(THREE_BLOCKS, folder)
    return folder


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"{name}.parquet")


def digest(folder: Path) -> str:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    assert len(files) == 23
    names = "".join(f.relative_to(folder).as_posix() for f in files)
    return hashlib.sha256(names.encode() + b"".join(f.read_bytes() for f in files)).hexdigest()


def test_the_same_request_gives_the_same_bytes_over_blocks(folder: Path, tmp_path: Path) -> None:
    write_blocks(THREE_BLOCKS, tmp_path)
    assert digest(tmp_path) == digest(folder)


def test_a_nation_in_memory_holds_the_rows_that_are_written(folder: Path) -> None:
    nation = invent(
        420, 5, AS_OF, n_draws=4, truth_questions=30, truth_actions=50, block_debtors=150
    )
    for name, frame in nation.tables.items():
        assert frame.equals(table(folder, f"registers/{name}")), name
    for name, frame in nation.truth.items():
        assert frame.equals(table(folder, f"truth/{name}")), name


def test_each_block_is_a_row_group_of_one_file_per_table(folder: Path) -> None:
    for name in ("debtors", "cases", "incomes"):
        assert pq.ParquetFile(folder / "registers" / f"{name}.parquet").num_row_groups == 3


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("debtors", "debtor_id"),
        ("cases", "case_id"),
        ("cases", "document_id"),
        ("actions", "action_id"),
        ("payments", "payment_id"),
        ("appeals", "appeal_id"),
        ("case_events", "event_id"),
        ("accounts", "account_id"),
        ("obligations", "obligation_id"),
        ("vehicles", "vehicle_id"),
        ("real_estate", "object_id"),
    ],
)
def test_no_pseudonym_stands_for_two_things(folder: Path, name: str, key: str) -> None:
    frame = table(folder, f"registers/{name}")
    owner = {
        "debtor_id": "birth_year", "case_id": "debtor_id", "document_id": "case_id",
        "action_id": "case_id", "payment_id": "case_id", "appeal_id": "case_id",
        "event_id": "case_id",
    }.get(key, "debtor_id")  # fmt: skip
    assert frame.group_by(key).agg(pl.col(owner).n_unique())[owner].max() == 1


def test_rows_of_all_blocks_fit_together(folder: Path, tmp_path: Path) -> None:
    report = validate_extract(folder, tmp_path / "tables")
    assert report.exit_code == 0
    assert sum(t.set_aside for t in report.tables.values()) == 0
    assert report.tables["debtors"].read == table(folder, "registers/debtors").height
    assert table(folder, "registers/debtors")["debtor_id"].n_unique() == 420


def test_as_many_questions_and_actions_are_simulated_as_were_asked_for(folder: Path) -> None:
    told = table(folder, "truth/questions")
    assert told.drop("has_truth").equals(table(folder, "questions"))
    simulated = told.filter("has_truth")["case_id"]
    assert len(simulated) == 30
    assert set(table(folder, "truth/truth")["case_id"]) == set(simulated)
    assert set(table(folder, "truth/officers")["case_id"]) == set(simulated)
    actions = table(folder, "truth/actions")
    expected = actions.drop_nulls("expected_net_som")
    assert expected.height == 50
    assert actions["planted"].is_not_null().sum() > expected["planted"].is_not_null().sum()


def test_every_block_has_its_part_of_the_truth(folder: Path) -> None:
    cases = table(folder, "registers/cases").unique("case_id")
    told = table(folder, "truth/questions").filter("has_truth").join(cases, on="case_id")
    block = (told["debtor_id"].str.slice(1).cast(pl.Int64) - 1) // 140
    assert block.value_counts()["count"].to_list() == [10, 10, 10]


def test_a_nation_of_one_block_has_a_truth_for_every_question() -> None:
    nation = invent(200, 3, AS_OF, n_draws=2)
    assert nation.truth["questions"]["has_truth"].all()
    assert Request(50_000, 1, AS_OF).n_truth_questions is None
    assert Request(50_001, 1, AS_OF).n_truth_questions == 20_000


def test_whoever_interrupts_finds_what_was_there_before(tmp_path: Path) -> None:
    write_nation(invent(60, 1, AS_OF, n_draws=1), tmp_path)
    before = digest(tmp_path)

    def interrupt(stage: str, _done: int, _total: int) -> None:
        if stage.startswith("block 3"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_blocks(THREE_BLOCKS, tmp_path, interrupt)
    assert digest(tmp_path) == before
    with pytest.raises(KeyboardInterrupt):
        write_blocks(THREE_BLOCKS, tmp_path / "new", interrupt)
    assert not list((tmp_path / "new").iterdir())


def test_what_a_killed_run_left_behind_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / ".nation-in-progress" / "registers"
    left.mkdir(parents=True)
    (left / "cases.parquet").write_bytes(b"half")
    write_nation(invent(60, 1, AS_OF, n_draws=1), tmp_path)
    assert len(digest(tmp_path)) == 64
    assert not (tmp_path / ".nation-in-progress").exists()


def test_the_description_tells_what_was_asked_for(folder: Path) -> None:
    told = json.loads((folder / "truth" / "description.json").read_text(encoding="utf-8"))
    assert told["blocks"] == [140, 140, 140]
    assert told["simulated_truth"] == {"questions": 30, "actions": 50, "runs_per_measure": 4}
    assert told["hidden_confounding"]["gamma"] == 1.0
    assert told["drivers"]["world"] == "risk"
    assert told["regime_change"] is None
