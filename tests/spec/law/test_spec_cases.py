"""The named cases of the law: facts, day, verdict, article. Lawyers read and add the YAML."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from law.engine import judge
from law.examples import EXAMPLE_DAY, EXAMPLE_FACTS, example_facts
from law.parameters import find_parameter
from law.rules import rules_of

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES: list[dict[str, Any]] = [
    {**case, "file": file.stem}
    for file in FILES
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def _verdicts() -> pl.DataFrame:
    changes = [{"as_of_date": case.get("day", EXAMPLE_DAY), **case["facts"]} for case in CASES]
    return judge(example_facts(*changes), "uz")


VERDICTS = _verdicts()


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=[f"{c['file']}: {c['measure']}: {c['case']}" for c in CASES]
)
def test_case_has_the_verdict_that_the_law_gives(number: int) -> None:
    case = CASES[number]
    found = VERDICTS.filter(
        (pl.col("point_id") == number) & (pl.col("measure") == case["measure"])
    ).row(0, named=True)
    assert (found["verdict"], found["article"]) == (case["verdict"], case["article"])
    assert found["reason_code"] == case.get("reason", "lawful")


def test_cases_change_only_facts_that_exist() -> None:
    named = {name for case in CASES for name in case["facts"]}
    assert named <= set(EXAMPLE_FACTS)


def test_every_condition_of_every_measure_decides_some_case() -> None:
    """A condition that no case turns on could be dropped without anybody seeing it."""
    decided = {row["rule"] for row in VERDICTS.iter_rows(named=True)}
    asked = {c.id for rules in rules_of("uz").values() for c in rules.conditions}
    assert asked <= decided


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("bhm", date(2019, 8, 31), None),
        ("bhm", date(2019, 9, 1), 223_000),
        ("bhm", date(2021, 1, 31), 223_000),
        ("bhm", date(2021, 2, 1), 245_000),
        ("bhm", date(2021, 8, 31), 245_000),
        ("bhm", date(2021, 9, 1), 270_000),
        ("bhm", date(2022, 5, 31), 270_000),
        ("bhm", date(2022, 6, 1), 300_000),
        ("bhm", date(2023, 4, 30), 300_000),
        ("bhm", date(2023, 5, 1), 330_000),
        ("bhm", date(2023, 11, 30), 330_000),
        ("bhm", date(2023, 12, 1), 340_000),
        ("bhm", date(2024, 9, 30), 340_000),
        ("bhm", date(2024, 10, 1), 375_000),
        ("bhm", date(2025, 7, 31), 375_000),
        ("bhm", date(2025, 8, 1), 412_000),
        ("minimum_wage", date(2022, 5, 31), None),
        ("minimum_wage", date(2025, 7, 31), 1_155_000),
        ("minimum_wage", date(2025, 8, 1), 1_271_000),
        ("protected_account_share", date(2025, 6, 15), 0),
        ("protected_account_share", date(2025, 6, 16), 0.5),
        ("wage_cap_share_alimony_arrears", date(2025, 8, 18), 0.5),
        ("wage_cap_share_alimony_arrears", date(2025, 8, 19), 0.7),
        ("travel_ban_floor_bhm", date(2019, 11, 11), None),
        ("travel_ban_floor_bhm", date(2019, 11, 12), 5),
    ],
)
def test_value_holds_from_its_day_and_not_a_day_earlier(
    name: str, day: date, value: float | None
) -> None:
    found = find_parameter(name).on(day)
    assert (found.value if found else None) == value
