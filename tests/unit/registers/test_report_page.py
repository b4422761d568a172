"""The report page: what it says first, what it leaves out, and names that cannot harm it."""

import re
from dataclasses import replace

import pytest

from registers.errors import TableRefusedError
from registers.texts import LANGUAGES, Texts
from registers.validation.findings import Finding
from registers.validation.page import as_page
from registers.validation.page_words import VERDICTS
from registers.validation.plausibility import ANY, Measure
from registers.validation.reasons import Reason
from registers.validation.refusal_words import OTHER_REFUSAL, Note
from registers.validation.reporting import TableReport, ValidationReport, refused_table

STOP = Measure("row_count", None, 9.0, (0.8, 1.5), (0.2, 5), {"rows": 9, "last": 1, "ratio": "9"})
DOUBT = Measure("scale_changed", "gross_som", 4.0, (0.4, 2.5), ANY, {"ratio": "4"})
CLEAN = TableReport("debtors", read=2, accepted=2, rows=2, source_file="debtors.csv")


def report_of(*tables: TableReport, **fields: object) -> ValidationReport:
    made = ValidationReport("uz", "a judge", {table.name: table for table in tables})
    return replace(made, **fields)  # type: ignore[arg-type]


def english(report: ValidationReport) -> str:
    """The English part as a reader sees it."""
    part = as_page(report).split('<div class="part part-en"')[1]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def test_uzbek_in_latin_letters_is_the_first_of_four_parts() -> None:
    tags = re.findall(r'<div class="part part-\w+" lang="([^"]+)"', as_page(report_of(CLEAN)))
    assert tags == ["uz-Latn", "uz-Cyrl", "ru", "en"]
    assert '<html lang="uz-Latn">' in as_page(report_of(CLEAN))
    checked = re.findall(r'id="show-(\w+)" checked', as_page(report_of(CLEAN)))
    assert checked == ["uz_Latn"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (CLEAN, 0),
        (replace(CLEAN, accepted=1, set_aside=1), 11),
        (replace(CLEAN, refused="debtors: no."), 12),
    ],
)
def test_the_verdict_is_that_of_the_exit_code(table: TableReport, code: int) -> None:
    page = as_page(report_of(table))
    for language in LANGUAGES:
        assert page.count(VERDICTS[code].in_language(language)) == 1


def test_a_clean_extract_has_nothing_to_do_and_says_so() -> None:
    said = english(report_of(CLEAN))
    assert "There is nothing to do." in said
    assert "Every row was accepted as it came." in said
    assert "What to do first" not in said


def test_a_clean_extract_with_a_doubt_asks_to_read_the_warning() -> None:
    said = english(report_of(replace(CLEAN, findings=(Finding("debtors", DOUBT),))))
    assert "Read the warnings: 1." in said
    assert "There is nothing to do." not in said


def test_a_stop_is_told_first_with_the_way_to_accept_it() -> None:
    stopped = replace(CLEAN, findings=(Finding("debtors", STOP),), refused="debtors: stop.")
    said = english(report_of(stopped))
    assert said.index("--accept debtors.row_count") < said.index("What became of every row")
    assert "Warnings" not in said


def test_a_stop_that_was_accepted_is_a_warning_that_says_so() -> None:
    accepted = replace(CLEAN, findings=(Finding("debtors", STOP, is_accepted=True),))
    said = english(report_of(accepted))
    assert "The operator let this pass knowingly." in said
    assert "--accept" not in said


def test_a_refusal_is_told_with_the_names_that_it_is_about() -> None:
    refusal = TableRefusedError("debtors", "missing_column", "no", "debtors.csv: kind")
    said = english(report_of(refused_table("debtors", refusal)))
    assert "The table lacks a column." in said
    assert "debtors.csv: kind" in said
    assert "Every row was accepted" not in said


def test_a_refusal_without_words_leads_to_the_report() -> None:
    refused = refused_table("debtors", TableRefusedError("debtors", "unheard_of", "no"))
    assert OTHER_REFUSAL.en.replace("`", "") in english(report_of(refused)).replace(" .", ".")


def test_rows_known_already_have_a_column_only_where_there_are_some() -> None:
    assert "Of which known already" not in english(report_of(CLEAN))
    assert "Of which known already" in english(report_of(replace(CLEAN, already_known=1)))


def test_a_table_of_which_no_row_was_accepted_is_not_called_accepted() -> None:
    none = replace(CLEAN, accepted=0, set_aside=2)
    assert "none accepted" in english(report_of(none))
    assert "partly accepted" in english(report_of(replace(none, accepted=1, set_aside=1)))


def test_first_rows_are_named_and_more_are_hinted_at() -> None:
    texts = Texts("a", "a", "a", "Wrong. Correct it.")
    few = Reason("wrong_type", "kind", 2, (1, 4), texts)
    many = Reason("orphan", "kind", 1200, (1, 4, 1007), texts)
    said = english(report_of(replace(CLEAN, set_aside=1202, reasons=(many, few))))
    assert "Rows: 1, 4." in said
    assert "First rows: 1, 4, 1\u00a0007." in said.replace("1 007", "1\u00a0007")


def test_withdrawals_stand_beside_their_table_under_a_name_of_their_own() -> None:
    taken = replace(CLEAN, name="debtors withdrawn", set_aside=1, accepted=1)
    said = english(report_of(CLEAN, withdrawals={"debtors": taken}))
    assert "Debtors: rows taken back" in said
    assert "quarantine/debtors.withdrawn.parquet" in said


def test_names_from_files_cannot_break_the_page() -> None:
    hostile = "<script>alert(1)</script>`&\"'"
    note = Note("dropped_columns", {"columns": hostile})
    table = replace(CLEAN, remarks=(note,), source_file=hostile, source_sha256="<b>" * 9)
    report = report_of(table, ignored_files=(hostile,), source=hostile, last=hostile)
    page = as_page(report)
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;") == 4 * 5


def test_where_it_comes_from_is_told_or_said_to_be_unknown() -> None:
    said = english(report_of(CLEAN))
    assert "Day of the extract not stated" in said
    assert "could not be checked" in said
    known = report_of(CLEAN, extracted_on="2026-02-01", manifest_sha256="ab" * 32, last="January")
    said = english(known)
    assert "1 February 2026" in said
    assert "ab" * 6 + "…" in said
    assert "Compared with January" in said
