"""The report over past actions, and how good the warnings are against known faults."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from law.actions.errors import PlantedUnusableError, ReportSuffixError
from law.actions.findings import FOUND
from law.actions.quality import weigh_warnings
from law.actions.report import (
    LEVELS,
    action_report,
    cases_opened_late,
    check_suffix,
    rules_report,
    write_report,
)
from registers.texts import LANGUAGES

ROWS = [
    # action, case, office, measure, finding, rule, article, opened_days_late
    ("1", "a", "north", "travel_ban", "unlawful", "term_over", "45", 4),
    ("2", "a", "north", "travel_ban", "in_order", "all_conditions", "42¹", 4),
    ("3", "b", "north", "travel_ban", "in_order", "all_conditions", "42¹", None),
    ("4", "b", "north", "bank_account_levy", "unfounded", "money_to_levy", "47(12)", None),
    ("5", "c", "south", "bank_account_levy", "late", "enforced_in_time", "30", None),
    ("6", "c", "south", "bank_account_levy", "in_order", "all_conditions", "47", None),
    ("7", "d", None, "travel_bn", "cannot_tell", "unknown_measure", "", None),
]
NAMES = (
    "action_id",
    "case_id",
    "office",
    "measure",
    "finding",
    "finding_rule",
    "finding_article",
    "opened_days_late",
)


def judged() -> pl.DataFrame:
    said = {f"finding_{language}": pl.lit("Because.") for language in LANGUAGES}
    frame = pl.DataFrame(ROWS, schema=list(NAMES), orient="row")
    return frame.with_columns(pl.lit(date(2026, 2, 10)).alias("as_of_date"), **said)


def _row(report: pl.DataFrame, **where: str | None) -> dict[str, object]:
    found = report.filter(*(pl.col(name).eq_missing(pl.lit(v)) for name, v in where.items()))
    return found.row(0, named=True)


def test_the_report_counts_by_office_and_measure_with_rates() -> None:
    report = action_report(judged(), "uz", "ru")
    bans = _row(
        report, level="office_and_measure", office="north", measure="travel_ban", finding="in_order"
    )
    assert (bans["actions"], bans["of"], bans["share"]) == (2, 3, 2 / 3)
    assert bans["finding_name"] == "в порядке"
    assert "выезда" in str(bans["measure_name"])
    whole = _row(report, level="bureau", finding="in_order")
    assert (whole["actions"], whole["of"]) == (3, 7)
    unknown = _row(report, level="measure", measure="travel_bn", finding="cannot_tell")
    assert unknown["measure_name"] == "travel_bn"


def test_every_level_of_the_report_counts_every_action_once() -> None:
    report = action_report(judged(), "uz", "en")
    for level in LEVELS:
        assert report.filter(pl.col("level") == level)["actions"].sum() == len(ROWS)
    assert set(report["finding"]) <= set(FOUND)


def test_the_report_names_no_person_and_no_case() -> None:
    report = action_report(judged(), "uz", "en")
    assert not {"case_id", "debtor_id", "officer_id", "action_id"} & set(report.columns)


def test_rules_come_gravest_first_and_cases_opened_late_are_counted_once() -> None:
    assert rules_report(judged())["finding"].to_list() == [
        "unlawful",
        "unfounded",
        "late",
        "cannot_tell",
        "in_order",
    ]
    assert rules_report(judged()).row(-1)[1:4] == ("all_conditions", "", 3)
    assert cases_opened_late(judged()).rows() == [
        ("north", 2, 1, 0.5),
        ("south", 1, 0, 0.0),
        (None, 1, 0, 0.0),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_written_for_people_in_their_language(tmp_path: Path, language: str) -> None:
    write_report(judged(), tmp_path / "new" / "report.md", "uz", language)
    text = (tmp_path / "new" / "report.md").read_text(encoding="utf-8")
    heads = {
        "uz_Latn": "Boʻlimlar boʻyicha",
        "uz_Cyrl": "Бўлимлар бўйича",
        "ru": "По отделам",
        "en": "By office",
    }
    assert f"## {heads[language]}\n" in text
    assert "| north |" in text
    assert f"2 (66{'.' if language == 'en' else ','}7 %)" in text
    assert ": 7. " in text.splitlines()[2]
    assert "2026-02-10" not in text
    assert "{" not in text
    widths = {line.count("|") for line in text.splitlines() if line.startswith("| north | ")}
    assert widths <= {5, 8, 9}


def test_the_report_is_the_same_table_in_parquet_and_csv(tmp_path: Path) -> None:
    for name in ("r.parquet", "r.csv"):
        write_report(judged(), tmp_path / name, "uz", "en")
    table = pl.read_parquet(tmp_path / "r.parquet")
    assert table.equals(action_report(judged(), "uz", "en"))
    assert pl.read_csv(tmp_path / "r.csv")["actions"].to_list() == table["actions"].to_list()


def test_a_report_without_a_known_suffix_is_refused_before_any_work() -> None:
    with pytest.raises(ReportSuffixError, match=r"\.parquet, \.csv, \.md"):
        check_suffix(Path("report.xlsx"))


def _truth(**planted: str | None) -> pl.DataFrame:
    faults = {"1": None, "2": None, "3": None, "4": None, "5": None, "6": None, **planted}
    schema = {"action_id": pl.String, "planted": pl.String}
    return pl.DataFrame(list(faults.items()), schema=schema, orient="row")


def test_precision_and_recall_by_kind() -> None:
    truth = _truth(**{"1": "unlawful", "2": "unlawful", "4": "unlawful"})
    quality = weigh_warnings(judged(), truth)
    by_kind = {row["kind"]: row for row in quality.by_kind.rows(named=True)}
    assert (by_kind["unlawful"]["precision"], by_kind["unlawful"]["recall"]) == (1.0, 1 / 3)
    assert (by_kind["unfounded"]["precision"], by_kind["unfounded"]["recall"]) == (0.0, None)
    assert (by_kind["any"]["planted"], by_kind["any"]["right"]) == (3, 2)
    of_measure = quality.by_measure.filter(
        (pl.col("measure") == "travel_ban") & (pl.col("kind") == "any")
    )
    assert of_measure.rows() == [("travel_ban", "any", 2, 1, 1, 1.0, 0.5)]


def test_each_difference_comes_with_what_was_said() -> None:
    truth = _truth(**{"2": "unlawful", "4": "unlawful", "5": "unfounded"})
    rows = weigh_warnings(judged(), truth, "uz_Latn").differences
    assert rows.select("difference", "action_id").rows() == [
        ("missed", "5"),
        ("missed", "2"),
        ("other_kind", "4"),
        ("wrongly_warned", "1"),
    ]
    assert rows["reason"].to_list() == ["Because."] * 4


def test_when_every_warning_is_right_nothing_differs() -> None:
    truth = _truth(**{"1": "unlawful", "4": "unfounded"})
    quality = weigh_warnings(judged(), truth)
    assert quality.differences.is_empty()
    assert quality.by_kind["recall"].to_list() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("truth", "why"),
    [
        (pl.DataFrame({"action_id": ["1"]}), "the column planted is missing"),
        (pl.DataFrame({"planted": ["unlawful"]}), "the column action_id is missing"),
        (pl.DataFrame({"action_id": ["1"], "planted": ["odd"]}), "planted is odd"),
        (pl.DataFrame({"action_id": ["x"], "planted": ["unlawful"]}), "none of its actions"),
        (pl.DataFrame({"action_id": [1], "planted": ["unlawful"]}), "action_id is Int64"),
    ],
)
def test_known_faults_that_cannot_be_compared_are_refused(truth: pl.DataFrame, why: str) -> None:
    with pytest.raises(PlantedUnusableError, match=why):
        weigh_warnings(judged(), truth)


def test_actions_without_ids_cannot_be_compared() -> None:
    with pytest.raises(PlantedUnusableError, match="no action_id"):
        weigh_warnings(judged().drop("action_id"), _truth())


def test_recall_is_told_for_each_planted_fault() -> None:
    judged = pl.DataFrame(
        {
            "action_id": ["1", "2", "3"],
            "case_id": ["a", "b", "c"],
            "measure": ["eviction"] * 3,
            "as_of_date": [date(2026, 1, 5)] * 3,
            "finding": ["unlawful", "in_order", "unfounded"],
            "finding_rule": ["r"] * 3,
            "finding_article": ["1"] * 3,
            "finding_en": ["said"] * 3,
        }
    )
    truth = pl.DataFrame(
        {
            "action_id": ["1", "2", "3"],
            "planted": ["unlawful", "unlawful", None],
            "planted_kind": ["term_running", "term_running", None],
        }
    )
    by_fault = weigh_warnings(judged, truth).by_fault
    assert by_fault.rows() == [("term_running", 2, 1, 0.5)]
    assert weigh_warnings(judged, truth.drop("planted_kind")).by_fault.is_empty()
