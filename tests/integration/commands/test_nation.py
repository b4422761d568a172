"""`chora nation` as a person calls it: sizes, switches, what it says and what it writes."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from chora.main import app

BASE = ["nation", "--debtors", "90", "--seed", "3", "--as-of", "2026-04-01"]


def call(out: Path, *more: str) -> Result:
    return CliRunner().invoke(app, [*BASE, "--out", str(out), *more])


def test_a_nation_is_told_in_three_sentences(tmp_path: Path) -> None:
    result = call(tmp_path, "--truth-questions", "5", "--truth-actions", "7")
    assert result.exit_code == 0
    rows, truth, following = result.stdout.strip().splitlines()
    tables = [pl.read_parquet(f) for f in (tmp_path / "registers").glob("*.parquet")]
    questions = pl.read_parquet(tmp_path / "questions.parquet")
    height = sum(table.height for table in tables)
    assert rows == f"{height} rows in 13 tables, {questions.height} open claims."
    assert truth.startswith(f"Truth simulated for 5 of the {questions.height} claims and 7 of")
    assert following.startswith("Next: chora validate")


def test_the_switches_reach_the_nation_and_its_description(tmp_path: Path) -> None:
    switches = ("--gamma", "2.5", "--effect-driver", "apart", "--regime-change", "2026-01-15")
    result = call(
        tmp_path, *switches, "--lottery", "0.5", "--truth-questions", "2", "--truth-actions", "2"
    )
    assert result.exit_code == 0
    text = (tmp_path / "truth" / "description.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert told["hidden_confounding"]["gamma"] == 2.5
    assert told["drivers"]["which_measure_works_best"] == ["mobile"]
    assert told["regime_change"]["from"] == "2026-01-15"
    assert told["simulated_truth"]["questions"] == 2
    assert told["lottery"]["share"] == 0.5


@pytest.mark.parametrize(
    "wrong",
    [
        ("--gamma", "0.5"),
        ("--effect-driver", "luck"),
        ("--regime-change", "soon"),
        ("--lottery", "1.5"),
        ("--truth-questions", "0"),
    ],
)
def test_a_switch_out_of_its_range_is_refused_before_anything_is_written(
    tmp_path: Path, wrong: tuple[str, str]
) -> None:
    result = call(tmp_path / "new", *wrong)
    assert result.exit_code == 2
    assert wrong[0] in result.output
    assert not (tmp_path / "new").exists()


def test_help_teaches_each_switch() -> None:
    told = " ".join(CliRunner().invoke(app, ["nation", "--help"]).stdout.split())
    for words in ("alike in every register", "independent of who pays", "no officer knows",
                  "drawn evenly"):  # fmt: skip
        assert words in told
