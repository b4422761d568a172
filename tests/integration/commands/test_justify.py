"""`chora grounds` and `chora distribute` on a few cases: texts, tables, one-sentence refusals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from chora.main import app
from registers.errors import ChoraError
from registers.examples import Row, example_tables
from registers.extract import write_extract
from registers.texts import LANGUAGES, NO_BREAK_SPACE
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged
from registers.validation.run import validate_extract

SERVED = {
    "served_on": date(2026, 1, 7),
    "voluntary_until": date(2026, 1, 22),
    "reported_on": date(2026, 1, 8),
}
ROWS: dict[str, Sequence[Row]] = {
    "debtors": [{}, {"debtor_id": "debtor-9"}],
    "cases": [
        {"claim_kind": "alimony", "claim_som": 3_000_000, "fee_som": 0, **SERVED},
        {"claim_som": 9_000_000, "secured": True, **SERVED},
        {"claim_kind": "administrative_fine", "claim_som": 1_000_000, "fee_som": 0, **SERVED},
        {"claim_kind": "non_property", "claim_som": 0, "fee_som": 0, **SERVED},
        {"debtor_id": "debtor-9", "claim_som": 100_000, "fee_som": 0, **SERVED},
    ],
    "payments": [
        {"amount_som": 500_000},
        {"case_id": "case-4", "amount_som": 100_000},
    ],
    "case_events": [],
    "actions": [],
    "incomes": [{}],
    "accounts": [{}],
    "vehicles": [],
    "real_estate": [],
}


def trusting(name: str, judged: Judged) -> Verdict:
    """A judge that takes Polars' word: the tests of the real one are in tests/reference."""
    return Verdict(judged.frame.height, judged.n_failing, {})


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("justify")
    write_extract(folder / "in", example_tables(ROWS), "uz")
    validate_extract(folder / "in", folder / "t", judge=trusting)
    return folder / "t"


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    write_extract(folder / "in", example_tables(ROWS), "philadelphia")
    validate_extract(folder / "in", folder / "t", judge=trusting)
    return folder / "t"


def _run(*arguments: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "160", "NO_COLOR": "1"}).invoke(app, [*map(str, arguments)])


def _said(result: Result) -> str:
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output.replace(NO_BREAK_SPACE, " ")


def _grounds(tables: Path, *more: str | Path) -> Result:
    asked = ("--case", "case-1", "--measure", "bank_account_levy", "--as-of", "2026-02-10")
    return _run("grounds", tables, *asked, *more)


def _distribute(tables: Path, amount: int, *more: str) -> Result:
    asked = ("--debtor", "debtor-0", "--amount", str(amount), "--as-of", "2026-02-10")
    return _run("distribute", tables, *asked, *more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_grounds_are_printed_in_each_language(tables: Path, language: str) -> None:
    said = _said(_grounds(tables, "--language", language))
    assert all(f"\n{number}. " in said for number in range(1, 8))
    assert "case-1" in said
    assert "officer-0" in said


def test_grounds_come_in_uzbek_where_no_language_is_named(tables: Path) -> None:
    assert "Shikoyat qilish tartibi va muddati" in _said(_grounds(tables))


def test_grounds_are_written_to_a_file_as_they_are_printed(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "grounds.txt"
    assert str(out) in _said(_grounds(tables, "--out", out)).replace("\n", "")
    printed = _grounds(tables).output
    assert out.read_text(encoding="utf-8") == printed


def test_officer_and_day_of_notice_may_be_given(tables: Path) -> None:
    more = ("--officer", "F9", "--notified-on", "2026-02-11", "--language", "en")
    said = _said(_grounds(tables, *more))
    assert "State enforcement officer F9." in said
    assert "If notice is given on 11 February 2026, the last day to complain is 21 February" in said


def test_a_stated_fact_is_taken_into_the_grounds(tables: Path) -> None:
    asked = ("--case", "case-1", "--measure", "debtor_or_asset_search", "--as-of", "2026-02-10")
    without = _said(_run("grounds", tables, *asked, "--language", "en"))
    stated = ("--fact", "claimant_funds_search=yes")
    told = _said(_run("grounds", tables, *asked, *stated, "--language", "en"))
    assert "cannot be decided on yet" in without
    assert "taken as a person stated it" in told


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--fact", "claimant_funds_search"), "NAME=VALUE"),
        (("--fact", "claimant_fund_search=yes"), "Did you mean 'claimant_funds_search'"),
        (("--fact", "claimant_funds_search=maybe"), "yes or no"),
        (("--language", "uz"), "uz_Latn"),
        (("--measure", "bank_levy"), "Did you mean 'bank_account_levy'"),
        (("--case", "case-11"), "Did you mean 'case-1'"),
        (("--as-of", "2025-01-01"), "not yet known"),
    ],
)
def test_what_cannot_be_justified_is_one_sentence(
    tables: Path, more: tuple[str, str], words: str
) -> None:
    _assert_refused(_grounds(tables, *more), words)


def _assert_refused(result: Result, words: str) -> None:
    assert isinstance(result.exception, ChoraError)
    assert result.exception.exit_code == 2
    assert words in str(result.exception)


def test_another_legal_order_has_neither_form_of_decision_nor_ranks(foreign: Path) -> None:
    _assert_refused(_grounds(foreign, "--measure", "reminder"), "Law 258-II, Art. 86")
    _assert_refused(_distribute(foreign, 1_000), "Law 258-II, Art. 78-80")


def test_a_sum_is_shared_out_among_the_open_money_claims(tables: Path) -> None:
    said = _said(_distribute(tables, 13_000_000))
    assert "case-0: Rank 1: 2 500 000 soʻm is paid, the debt in full (Art. 80)." in said
    assert "case-1: Rank 4: of 9 500 000 soʻm" not in said
    assert "case-1: Rank 4: 9 500 000 soʻm is paid, the debt in full" in said
    assert "case-2: Whatever its rank: 1 000 000 soʻm is paid" in said
    assert "case-3" not in said
    assert "Our reading (Art. 80): inferred from the Law" in said
    assert "Kept until" not in said


def test_what_is_left_goes_back_to_the_debtor(tables: Path) -> None:
    assert "Back to the debtor: 1 000 000 soʻm" in _said(_distribute(tables, 14_000_000))


def test_an_open_rank_keeps_the_difference_until_it_is_stated(tables: Path) -> None:
    said = _said(_distribute(tables, 2_800_000))
    assert "the part is 1 800 000 soʻm to 2 000 000 soʻm" in said
    assert "Kept until the missing facts are known: 200 000 soʻm" in said
    told = _said(_distribute(tables, 2_800_000, "--rank", "case-2=0"))
    assert "case-0: Rank 1: of 2 500 000 soʻm, 1 800 000 soʻm is paid" in told
    assert "Kept until" not in told


def test_the_money_of_a_pledge_goes_to_its_claim_before_the_ranks(tables: Path) -> None:
    asked = (tables, 5_000_000, "--pledge-of", "case-1")
    said = _said(_distribute(*asked, "--rank", "case-2=1"))
    assert "case-1: Money from the pledged thing, before the ranks: of 9 500 000 soʻm" in said
    imposed = _said(_distribute(*asked, "--rank", "case-2=0"))
    assert "9 500 000 soʻm, 4 000 000 soʻm is paid; after fines and costs all" in imposed


def test_costs_that_are_not_stated_are_told_to_be_taken_as_fee(tables: Path) -> None:
    assert "The registers do not tell the costs" in _said(_distribute(tables, 5_000_000))
    stated = _said(_distribute(tables, 5_000_000, "--costs", "case-1=200_000"))
    assert "The registers do not tell the costs" not in stated
    assert "The costs of enforcement come first: 200 000 soʻm (Art. 78)." in stated


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_debtor_who_owes_nothing_is_a_plain_answer(tables: Path, language: str) -> None:
    asked = ("--debtor", "debtor-9", "--amount", "500", "--as-of", "2026-02-10")
    said = _said(_run("distribute", tables, *asked, "--language", language))
    assert "500" in said
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--amount", "-1"), "below zero"),
        (("--debtor", "debtor-00"), "Did you mean 'debtor-0'"),
        (("--as-of", "2025-01-01"), "was known on 2025-01-01"),
        (("--pledge-of", "case-9"), "They are: case-0, case-1, case-2"),
        (("--pledge-of", "case-0"), "not secured by a pledge"),
        (("--rank", "case-2"), "NAME=VALUE"),
        (("--rank", "case-2=first"), "whole number"),
        (("--rank", "case-2=9"), "1 to 6"),
        (("--rank", "case-9=1"), "open money claims"),
        (("--costs", "case-1=900_000"), "500000"),
        (("--language", "de"), "uz_Latn"),
    ],
)
def test_what_cannot_be_shared_out_is_one_sentence(
    tables: Path, more: tuple[str, str], words: str
) -> None:
    _assert_refused(_distribute(tables, 1_000, *more), words)


@pytest.fixture(scope="module")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """debtor-0 has one case that can be read and one that cannot; debtor-9 has none that can."""
    folder = tmp_path_factory.mktemp("unread")
    bad: Row = {"claim_kind": "invented", **SERVED}
    cases: Sequence[Row] = [
        {"claim_som": 100_000, "fee_som": 0, **SERVED},
        bad,
        {"debtor_id": "debtor-9", **bad},
    ]
    write_extract(folder / "in", example_tables({**ROWS, "cases": cases, "payments": [{}]}), "uz")
    validate_extract(folder / "in", folder / "t", judge=trusting)
    return folder / "t"


@pytest.mark.parametrize("paid", ["none", "all"])
def test_no_money_goes_back_while_a_case_of_the_debtor_cannot_be_read(
    unread: Path, tmp_path: Path, paid: str
) -> None:
    if paid == "all":  # then no claim that can be read is open
        rows: dict[str, Sequence[Row]] = {
            **ROWS,
            "cases": [{"claim_som": 1, "fee_som": 0, **SERVED}, {"claim_kind": "?"}],
        }
        write_extract(tmp_path / "in", example_tables(rows), "uz")
        validate_extract(tmp_path / "in", tmp_path / "t", judge=trusting)
        unread = tmp_path / "t"
    said = _said(_distribute(unread, 14_000_000))
    assert "Back to the debtor" not in said
    assert "there is nothing to share out" not in said
    assert "Kept until the missing facts are known: " in said
    assert "Some cases of the debtor could not be read" in said


def test_a_debtor_whose_cases_could_not_be_read_is_not_an_unknown_one(unread: Path) -> None:
    answer = _run(
        *("distribute", unread, "--debtor", "debtor-9", "--amount", "5"), "--as-of", "2026-04-01"
    )
    _assert_refused(answer, "could not be read and were set aside")


@pytest.mark.parametrize("value", ["²", "--1", "9" * 5_000, "_"])
def test_a_number_that_is_none_is_refused_in_one_sentence(tables: Path, value: str) -> None:
    _assert_refused(_distribute(tables, 5, "--costs", f"case-0={value}"), "must be a whole number")
