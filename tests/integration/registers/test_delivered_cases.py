"""Every way of delivering ends as the operator's table of cases says.

The cases are made by the operator's own program, which lies beside the repository and is no part of
it: without it these tests are skipped. Four cases (a register in part or not at all) are judged by
what comes after validation; here they must only be told.
"""

from datetime import date
from pathlib import Path

import pytest

from nation.invent import invent, write_nation
from registers.validation import Settings, TableReport, ValidationReport
from scripts.deliver_cases import deliver, outcome
from tests.assets.catalogue import polars_alone

MAKER = next(
    (
        folder / "shared" / "cases" / "make_cases.py"
        for folder in Path(__file__).resolve().parents
        if (folder / "shared" / "cases" / "make_cases.py").is_file()
    ),
    None,
)
OTHER = MAKER.parents[1] / "data" / "other_extract" / "registers" if MAKER else None

# Case: (table, outcome, code) for each table that is more than accepted.
REPAIRED: dict[str, dict[str, str]] = {
    "ids_float": {"payments": "whole_number_ids"},
    "optional_reference_unknown": {"payments": "unknown_reference"},
    "booleans_t_f": {"cases": "true_and_false"},
    "booleans_1_0": {"cases": "true_and_false"},
    "missing_marks": {"cases": "missing_mark", "debtors": "missing_mark"},
    "grouped_amounts": {"payments": "grouped_digits", "real_estate": "grouped_digits"},
}
ACCEPTED = ("ids_hexadecimal", "utc_midnights", "case_numbers_with_slash")
WITH_DEBTOR_ID = (
    *("debtors", "cases", "incomes", "accounts", "real_estate", "vehicles", "obligations"),
    *("households", "businesses"),
)
ONLY_TOLD = (
    *("half_a_register_set_aside", "a_register_not_delivered"),
    *("payments_unreadable", "payments_absent"),
)
CASES = (
    *REPAIRED,
    *ACCEPTED,
    *ONLY_TOLD,
    *("ids_scientific", "stray_quotes", "filler_amounts"),
)


def reports(registers: Path, folder: Path) -> dict[str, ValidationReport]:
    (folder / "tables").mkdir()
    settings = Settings(judge=polars_alone)
    delivered = deliver(MAKER or Path(), registers, folder, settings=settings)
    return {one.case: one.report for one in delivered}


@pytest.fixture(
    scope="module",
    params=["nation", pytest.param("other", marks=pytest.mark.long)],
)
def said(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, ValidationReport]:
    if MAKER is None:
        pytest.skip("the operator's maker of cases (shared/cases) lies not beside the repository")
    folder = tmp_path_factory.mktemp("cases")
    if request.param == "other":
        if OTHER is None or not OTHER.is_dir():
            pytest.skip("the extract of another hand (shared/data) lies not beside the repository")
        registers = OTHER
    else:
        write_nation(invent(300, 5, date(2026, 4, 1)), folder / "nation")
        registers = folder / "nation" / "registers"
    return reports(registers, folder)


def noted(report: ValidationReport) -> dict[str, TableReport]:
    return {name: t for name, t in report.tables.items() if outcome(t) != "accepted"}


def test_every_case_of_the_operator_is_told(said: dict[str, ValidationReport]) -> None:
    assert set(said) == set(CASES)
    for case, report in said.items():
        assert all(table.sentence for table in report.tables.values()), case


@pytest.mark.parametrize("case", REPAIRED)
def test_what_a_column_proves_is_read_and_counted(
    case: str, said: dict[str, ValidationReport]
) -> None:
    report = said[case]
    assert report.exit_code == 0
    tables = noted(report)
    assert {name: set(table.repairs) for name, table in tables.items()} == {
        name: {rule} for name, rule in REPAIRED[case].items()
    }
    for table in tables.values():
        assert (table.read, table.set_aside) == (table.accepted, 0)


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_good_is_accepted_whole(case: str, said: dict[str, ValidationReport]) -> None:
    assert said[case].exit_code == 0
    assert not noted(said[case])


def test_ids_of_a_spreadsheet_merge_nobody(said: dict[str, ValidationReport]) -> None:
    report = said["ids_scientific"]
    assert report.exit_code == 12
    for name in WITH_DEBTOR_ID:
        table = report.tables[name]
        assert table.refused_code == "spreadsheet_ids"
        assert not table.accepted
        assert "debtor_id" in table.sentence
        assert "without opening it in a spreadsheet" in table.sentence


def test_swallowed_lines_are_counted_and_named(said: dict[str, ValidationReport]) -> None:
    cases = said["stray_quotes"].tables["cases"]
    assert cases.n_by_reason == {"stray_quote": 11}
    assert "102-112" in cases.sentence
    whole = said["ids_hexadecimal"].tables["cases"]
    assert cases.read == whole.read


def test_filler_amounts_are_set_aside(said: dict[str, ValidationReport]) -> None:
    report = said["filler_amounts"]
    for name in ("cases", "real_estate"):
        assert set(report.tables[name].n_by_reason) == {"amount_too_large"}
        assert report.tables[name].accepted
