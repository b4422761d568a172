"""The command line: exit codes that programs rely on, and one sentence instead of a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from chora.main import app

ENV = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}


def chora(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chora.main", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=ENV, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    made = chora(
        *("nation", "--debtors", "120", "--seed", "4", "--as-of", "2026-04-01", "--out", "n"),
        cwd=folder,
    )
    assert made.returncode == 0, made.stderr
    assert chora("validate", "n", "--out", "t", cwd=folder).returncode == 0
    return folder


def assert_one_sentence(result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert result.returncode == code, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


def test_a_raw_extract_is_refused_with_how_to_validate_it(nation: Path) -> None:
    result = chora("profile", "n", "--as-of", "2026-04-01", "--out", "p.parquet", cwd=nation)
    assert_one_sentence(result, 2, "chora validate")


def test_rows_set_aside_exit_with_11_and_a_missing_table_with_12(
    nation: Path, tmp_path: Path
) -> None:
    registers = tmp_path / "bad" / "registers"
    registers.mkdir(parents=True)
    for file in (nation / "n" / "registers").iterdir():
        (registers / file.name).write_bytes(file.read_bytes())
    payments = pl.read_parquet(registers / "payments.parquet")
    is_wrong = pl.int_range(pl.len()) % 20 == 0
    payments.with_columns(
        amount_som=pl.when(is_wrong).then(-pl.col("amount_som")).otherwise("amount_som")
    ).write_parquet(registers / "payments.parquet")
    assert chora("validate", "bad", "--out", "t11", cwd=tmp_path).returncode == 11
    (registers / "cases.parquet").write_bytes(b"PAR1 cut short")
    assert chora("validate", "bad", "--out", "t12", cwd=tmp_path).returncode == 12
    result = chora("profile", "t12", "--as-of", "2026-04-01", "--out", "p", cwd=tmp_path)
    assert_one_sentence(result, 12, "cases")


def test_profile_writes_a_row_per_open_claim(nation: Path) -> None:
    assert (
        chora("profile", "t", "--as-of", "2026-04-01", "--out", "p.parquet", cwd=nation).returncode
        == 0
    )
    questions = pl.read_parquet(nation / "n" / "questions.parquet")
    asked = set(questions["case_id"])
    assert asked <= set(pl.read_parquet(nation / "p.parquet")["case_id"])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["train", "t", "--as-of", "2024-02-01", "--store", "s"], 12, ["past decisions"]),
        (["train", "t", "--as-of", "yesterday"], 2, ["yesterday"]),
        (["recommend", "t", "--questions", "none.parquet", "--out", "o"], 2, ["no such file"]),
        (
            ["recommend", "t", "--questions", "n/questions.parquet", "--out", "o", "--store", "x"],
            2,
            ["chora train"],
        ),
        (["promote", "uz-7", "--by", "me", "--reason", "why"], 2, ["No model uz-7"]),
        (["confirm", "uz-7", "--by", "me", "--reason", "why"], 2, ["No model uz-7"]),
        (
            ["confirm", "uz-7", "--by", "me", "--reason", "why", "--refuse"],
            2,
            ["Nobody proposed uz-7"],
        ),
        (["lawful", "t", "--case", "C1"], 2, ["--actions"]),
        (
            ["lawful", "t", "--case", "C1", "--measure", "travel_ban", "--as-of", "2026-04-01"],
            2,
            ["C1"],
        ),
        (["ledger", "verify", "nowhere"], 2, ["ledger"]),
        (["serve", "--store", "empty"], 2, ["--tables"]),
        (["results", "mars", "--data", "x", "--out", "y"], 2, ["philadelphia", "judging"]),
        (["results", "judging", "--out", "y"], 2, ["chora results judging --data FOLDER"]),
        (["results", "judging", "--data", "x", "--out", "y"], 12, ["random_men", "no such file"]),
        (["nation", "--debtors", "3", "--seed", "1"], 2, ["debtors"]),
        (["import", "philadelphia", "nothing.csv", "--out", "x"], 12, ["no such file"]),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    nation: Path, arguments: Sequence[str], code: int, words: Sequence[str]
) -> None:
    assert_one_sentence(chora(*arguments, cwd=nation), code, *words)


def test_lawful_answers_with_exit_code_article_and_sentence(nation: Path) -> None:
    case = pl.read_parquet(nation / "n" / "questions.parquet")["case_id"][0]
    asked = ("lawful", "t", "--case", case, "--as-of", "2026-04-01", "--measure")
    not_ordered = chora(*asked, "eviction", cwd=nation)  # of a money claim
    assert not_ordered.returncode == 20
    assert "Art. 73" in not_ordered.stdout
    assert "What to do" in not_ordered.stdout
    wrong = chora(*asked, "travel_bann", cwd=nation)
    assert_one_sentence(wrong, 2, "travel_ban")


def test_past_actions_are_judged_in_a_file(nation: Path) -> None:
    actions = nation / "n" / "registers" / "actions.parquet"
    result = chora("lawful", "t", "--actions", actions, "--out", "v.parquet", cwd=nation)
    assert result.returncode in (20, 21)
    verdicts = pl.read_parquet(nation / "v.parquet")
    assert verdicts.height == pl.read_parquet(actions)["action_id"].n_unique()
    assert (verdicts["sentence_en"].str.len_chars() > 20).all()


def test_every_command_and_option_says_what_it_is_for() -> None:
    from typer.main import get_command

    def walk(command: object, path: str) -> list[str]:
        silent = [] if getattr(command, "help", None) else [path]
        for parameter in getattr(command, "params", []):
            named = getattr(parameter, "name", "")
            if named != "help" and not getattr(parameter, "help", None):
                silent.append(f"{path} {named}")
        for name, sub in getattr(command, "commands", {}).items():
            silent += walk(sub, f"{path} {name}")
        return silent

    assert walk(get_command(app), "chora") == []
