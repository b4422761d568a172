"""By when each step of a case is due: Law 258-II, counted from the facts of the case."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from law.examples import example_facts
from law.uz.deadlines import appeal_until, lift_travel_ban_by

# A deadline, what is changed in the example, the day on which it falls.
CASES: list[tuple[str, dict[str, Any], date | None]] = [
    # Art. 23(2): one working day from receipt.
    ("must_open_by", {"presented_on": date(2025, 7, 1)}, date(2025, 7, 2)),
    ("must_open_by", {"presented_on": date(2026, 11, 20)}, date(2026, 11, 23)),  # a Friday
    ("must_open_by", {"presented_on": date(2026, 8, 28)}, date(2026, 9, 2)),  # two days off
    ("must_open_by", {"presented_on": None}, None),
    # Art. 30: two months after the voluntary term; days of a stay do not count.
    ("enforce_by", {}, date(2025, 9, 17)),
    ("enforce_by", {"excluded_days": 10}, date(2025, 9, 27)),
    ("enforce_by", {"excluded_days": None}, None),
    ("enforce_by", {"voluntary_until": date(2025, 12, 31)}, date(2026, 2, 28)),
    ("enforce_by", {"voluntary_until": None}, date(2025, 9, 17)),  # fifteen days from opening
    ("enforce_by", {"claim_kind": "alimony"}, date(2025, 9, 2)),  # at once: from the opening
    ("enforce_by", {"claim_kind": None}, None),
    (
        "enforce_by",
        {"procedure": "simplified", "voluntary_until": None, "served_on": None},
        None,
    ),
    # Art. 53: one month from service; three working days before removal.
    ("attach_by", {"served_on": date(2025, 7, 3)}, date(2025, 8, 3)),
    ("attach_by", {"served_on": date(2026, 1, 31)}, date(2026, 2, 28)),
    ("attach_by", {"served_on": None}, None),
    ("removal_from", {"attached_on": date(2026, 3, 2)}, date(2026, 3, 5)),
    ("removal_from", {"attached_on": date(2026, 3, 19)}, date(2026, 3, 26)),  # over Nowruz
    ("removal_from", {"attached_on": None}, None),
    # Art. 56: two months from the attachment.
    ("sell_by", {"attached_on": date(2026, 3, 2)}, date(2026, 5, 2)),
    ("sell_by", {"attached_on": date(2025, 12, 31)}, date(2026, 2, 28)),
    ("sell_by", {"attached_on": None}, None),
    # Art. 43¹: three working days after the voluntary term of five days.
    ("simplified_measures_by", {}, None),
    (
        "simplified_measures_by",
        {"procedure": "simplified", "voluntary_until": None, "served_on": date(2025, 7, 3)},
        date(2025, 7, 11),
    ),
    # Art. 86¹: ten days; a day off stays the tenth.
    ("appeal_until", {"as_of_date": date(2026, 4, 10)}, date(2026, 4, 20)),  # a Monday
    ("appeal_until", {"as_of_date": date(2026, 4, 8)}, date(2026, 4, 18)),  # a Saturday
    ("appeal_until", {"as_of_date": date(2026, 8, 21)}, date(2026, 8, 31)),  # a day off
    # Before the Law nothing is due; after the calendar neither.
    ("attach_by", {"as_of_date": date(2001, 8, 28)}, None),
    ("sell_by", {"attached_on": date(2040, 11, 30)}, None),
    ("removal_from", {"attached_on": date(2040, 12, 31)}, None),
]


@pytest.mark.parametrize(("name", "change", "expected"), CASES)
def test_a_step_is_due_on_its_day(name: str, change: dict[str, Any], expected: date | None) -> None:
    assert example_facts(change)[name].to_list() == [expected]


def test_a_deadline_can_be_asked_of_any_day_of_notice_or_performance() -> None:
    frame = pl.DataFrame(
        {"as_of_date": [date(2026, 4, 1)] * 2, "told_on": [date(2026, 4, 8), None]},
        schema={"as_of_date": pl.Date, "told_on": pl.Date},
    )
    asked = frame.select(
        appeal_until("told_on").alias("appeal"), lift_travel_ban_by(pl.col("told_on")).alias("lift")
    )
    assert asked["appeal"].to_list() == [date(2026, 4, 18), None]
    assert asked["lift"].to_list() == [date(2026, 4, 9), None]
