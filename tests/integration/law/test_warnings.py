"""`chora lawful` as people call it: one proposed action, a file of past ones, and bad input."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from chora.main import app
from law.actions import judge_actions
from law.actions.check import check_action
from law.actions.quality import weigh_warnings
from law.rules import rules_of
from nation.invent import Nation, invent
from nation.lawful import in_memory
from registers.errors import ChoraError
from registers.examples import registers_of
from registers.extract import write_extract
from registers.texts import LANGUAGES
from registers.validation import validate_extract

DAY = "2026-02-02"
RICH = {"balance_som": 90_000_000, "blocked_som": 0}
TABLES: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "debtors": [{}],
    "cases": [
        {
            "served_on": date(2026, 1, 7),
            "voluntary_until": date(2026, 1, 22),
            "reported_on": date(2026, 1, 8),
        }
    ],
    "accounts": [RICH],
    "incomes": [{}],
    "case_events": [],
    "payments": [],
    "vehicles": [],
    "real_estate": [],
    "businesses": [],
    "obligations": [],
    "actions": [
        {
            "action_id": "one",
            "measure": "travel_ban",
            "decided_on": date(2026, 2, 3),
            "reported_on": date(2026, 2, 3),
        },
        {
            "action_id": "two",
            "measure": "registration_ban",
            "decided_on": date(2026, 2, 4),
            "reported_on": date(2026, 2, 4),
        },
        {
            "action_id": "two",
            "measure": "registration_ban",
            "decided_on": date(2026, 2, 4),
            "result": "cancelled",
            "cancelled_as": "unfounded",
            "reported_on": date(2026, 3, 1),
        },
    ],
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warnings")
    registers = registers_of(TABLES)
    write_extract(folder, {n: registers.table(n) for n in TABLES}, "uz")
    report = validate_extract(folder, folder / "t")
    assert report.exit_code == 0, report.sentences
    return folder / "t"


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["lawful", *(str(argument) for argument in arguments)])


def ask_one(tables: Path, measure: str, *more: object, day: str = DAY) -> Result:
    return ask(tables, "--case", "case-0", "--measure", measure, "--as-of", day, *more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_officer_reads_verdict_sentence_and_remedy_first(tables: Path, language: str) -> None:
    result = ask_one(tables, "registration_ban", "--language", language)
    assert result.exit_code == 20
    verdict, _, _, sentence, remedy, *_ = result.stdout.splitlines()
    says = {
        "uz_Latn": ("asossiz", "-modda)", "Nima qilish kerak"),
        "uz_Cyrl": ("асоссиз", "-модда)", "Нима қилиш керак"),
        "ru": ("необоснованно", "(ст. ", "Что сделать"),
        "en": ("unfounded", "(Art. ", "What to do"),
    }[language]
    assert verdict == f"registration_ban: {says[0]}"
    assert says[1] in sentence
    assert remedy.startswith(f"{says[2]}: ")
    assert "{" not in result.stdout


def test_a_lawful_measure_is_told_with_its_warnings_and_exits_0(tables: Path) -> None:
    result = ask_one(tables, "travel_ban")
    assert result.exit_code == 0
    assert result.stdout.startswith("travel_ban: lawful, with a warning: unfounded\n")
    assert "First levy the money on the accounts" in result.stdout
    assert "last day to complain: " in result.stdout
    assert "outstanding amount: " in result.stdout


def test_holding_conditions_are_counted_and_listed_on_demand(tables: Path) -> None:
    n = len(rules_of("uz")["travel_ban"].conditions)
    short, long = ask_one(tables, "travel_ban"), ask_one(tables, "travel_ban", "--all")
    assert f"Conditions that hold: {n}." in short.stdout
    assert "[case_is_open]" not in short.stdout
    assert "[case_is_open]" in long.stdout


def test_a_stated_fact_settles_an_open_question_and_is_named(tables: Path) -> None:
    unknown = ask_one(tables, "debtor_or_asset_search", day="2026-01-21")
    poor = ask_one(tables, "debtor_or_asset_search", "--fact", "claimant_funds_search=no")
    assert unknown.exit_code in (20, 21)
    assert poor.exit_code == 20
    assert "Stated by a person:" in poor.stdout
    assert "Stated by a person:" not in unknown.stdout


def test_past_actions_are_written_counted_and_compared_with_what_was_cancelled(
    tables: Path, tmp_path: Path
) -> None:
    out, report = tmp_path / "new" / "v.parquet", tmp_path / "r.md"
    actions = tables / "actions.parquet"
    result = ask(tables, "--actions", actions, "--out", out, "--report", report)
    assert result.exit_code == 20
    judged = pl.read_parquet(out)
    assert judged["action_id"].to_list() == ["one", "two"]
    assert judged["finding"].to_list() == ["unfounded", "unfounded"]
    assert "something_registered" in result.stdout
    assert "cancelled later" in result.stdout
    differences = pl.read_parquet(tmp_path / "new" / "v.differences.parquet")
    assert differences["action_id"].to_list() == ["one"]
    assert report.read_text(encoding="utf-8").startswith("# Lawfulness")


def test_known_faults_give_precision_and_recall(tables: Path, tmp_path: Path) -> None:
    planted = tmp_path / "planted.csv"
    planted.write_text("action_id,planted\none,unfounded\ntwo,unfounded\n", encoding="utf-8")
    arguments = ("--actions", tables / "actions.parquet", "--planted", planted)
    result = ask(tables, *arguments, "--out", tmp_path / "v.parquet")
    assert "100.0 %" in result.stdout
    assert "Nothing was missed" in result.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read"),
        ("case_id,measure\nC1,travel_ban\n", "the column decided_on is missing"),
        ("case_id,measure,decided_on\nC1,travel_ban,soon\n", "decided_on is String, not Date"),
    ],
)
def test_a_file_that_cannot_be_judged_is_one_sentence(
    tables: Path, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    result = ask(tables, "--actions", file, "--out", tmp_path / "v.parquet")
    assert isinstance(result.exception, ChoraError)
    assert words in str(result.exception)


def test_a_file_without_actions_and_one_with_unknown_measures_are_told_so(
    tables: Path, tmp_path: Path
) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "v.parquet"
    file.write_text("case_id,measure,decided_on\n", encoding="utf-8")
    none = ask(tables, "--actions", file, "--out", out)
    assert (none.exit_code, pl.read_parquet(out).height) == (0, 0)
    assert "nothing to judge" in none.stdout
    file.write_text("case_id,measure,decided_on\n7,travelban,2026-02-10\n", encoding="utf-8")
    odd = ask(tables, "--actions", file, "--out", out)
    assert odd.exit_code == 21
    assert "travelban (1): " in odd.stdout
    assert "The nearest is: travel_ban" in odd.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fact", "claimant"], "NAME=VALUE"),
        (["--fact", "claimant_fund_search=yes"], "Did you mean 'claimant_funds_search'"),
        (["--fact", "claimant_funds_search=perhaps"], "write yes or no"),
        (["--fact", "ordered_act=burn"], "eviction"),
        (["--language", "uz"], "uz_Latn"),
        (["--out", "v.parquet"], "Ask about one measure"),
        (["--report", "r.md"], "Ask about one measure"),
    ],
)
def test_a_question_that_cannot_be_asked_names_the_choices(
    tables: Path, arguments: list[str], words: str
) -> None:
    result = ask_one(tables, "travel_ban", *arguments)
    assert isinstance(result.exception, ChoraError)
    assert result.exception.exit_code == 2
    assert words in str(result.exception)


@pytest.mark.parametrize(
    "arguments", [["--report", "r.xlsx"], ["--fact", "a=b"], ["--all"], ["--case", "C1"]]
)
def test_a_file_is_not_asked_with_the_options_of_one_action(
    tables: Path, tmp_path: Path, arguments: list[str]
) -> None:
    actions = tables / "actions.parquet"
    result = ask(tables, "--actions", actions, "--out", tmp_path / "v.parquet", *arguments)
    assert isinstance(result.exception, ChoraError)
    assert result.exception.exit_code == 2
    assert not (tmp_path / "v.parquet").exists()


# ---- an invented nation --------------------------------------------------------------------


@cache
def _nation() -> Nation:
    return invent(1_500, 78, date(2026, 4, 1), n_draws=1)


@cache
def _judged() -> pl.DataFrame:
    nation = _nation()
    return judge_actions(in_memory(nation.tables), nation.tables["actions"])


def _sample() -> Iterator[dict[str, object]]:
    kinds = _judged().unique(["measure", "finding_rule"], keep="first", maintain_order=True)
    yield from kinds.filter(pl.col("judged_with") == "day_before")[:25].rows(named=True)


def test_planted_faults_are_found() -> None:
    planted = _nation().truth["actions"].select("action_id", "planted")
    quality = weigh_warnings(_judged(), planted)
    found = {row["kind"]: row for row in quality.by_kind.rows(named=True)}
    assert found["any"]["planted"] > 20
    assert found["any"]["recall"] >= 0.9


def test_a_batch_says_what_a_person_is_told_of_the_same_action_the_day_before() -> None:
    registers = in_memory(_nation().tables)
    for row in _sample():
        case, measure = str(row["case_id"]), str(row["measure"])
        alone = judge_actions(registers.for_case(case), pl.DataFrame([row]).select(_KEYS))
        told = alone.row(0, named=True)
        assert {name: told[name] for name in told} == {name: row[name] for name in told}
        assert check_action(registers, case, measure, _day(row)).judgement.measure == measure


_KEYS = ["action_id", "case_id", "measure", "as_of_date"]


def _day(row: dict[str, object]) -> date:
    day = row["as_of_date"]
    assert isinstance(day, date)
    return day


def test_every_finding_cites_an_article_and_every_fault_says_what_to_do() -> None:
    judged = _judged().filter(pl.col("finding") != "in_order")
    assert judged.height > 100
    assert judged.filter(pl.col("finding_article") == "").is_empty()
    for language in LANGUAGES:
        assert judged[f"finding_{language}"].str.contains("{", literal=True).sum() == 0
        assert judged[f"remedy_{language}"].null_count() == 0
    late = judged.filter(pl.col("finding") == "late")
    assert (late["days_late"] > 0).all()
    assert late["deadline"].null_count() == 0
    assert judged.filter(pl.col("finding") != "late")["deadline"].is_null().all()
