import doctest
import importlib
from datetime import date

import pytest

from registers.texts import LANGUAGES, NO_BREAK_SPACE, Texts, format_amount, format_date

DOCUMENTED = ("texts", "legal_orders", "snapshot", "examples")


@pytest.mark.parametrize("module", DOCUMENTED)
def test_documented_examples_are_true(module: str) -> None:
    result = doctest.testmod(importlib.import_module(f"registers.{module}"))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("uz_Latn", "1 850 000 soʻm"),
        ("uz_Cyrl", "1 850 000 сўм"),
        ("ru", "1 850 000 сум"),
        ("en", "1 850 000 soʻm"),
    ],
)
def test_an_amount_reads_right_in_each_language(language: str, expected: str) -> None:
    amount = format_amount(1_850_000, language)
    assert amount.replace(NO_BREAK_SPACE, " ") == expected
    assert " " not in amount  # never broken across lines


@pytest.mark.parametrize(("cents", "expected"), [(5, "0.05"), (0, "0.00"), (-205, "-2.05")])
def test_cents_keep_both_digits_and_the_sign(cents: int, expected: str) -> None:
    assert format_amount(cents, "en", "USD").split(NO_BREAK_SPACE)[0] == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("uz_Latn", "2026-yil 1-yanvar"),
        ("uz_Cyrl", "2026 йил 1 январь"),
        ("ru", "1 января 2026 г."),
        ("en", "1 January 2026"),
    ],
)
def test_a_date_reads_right_in_each_language(language: str, expected: str) -> None:
    assert format_date(date(2026, 1, 1), language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_has_a_name_of_its_own(language: str) -> None:
    assert len({format_date(date(2026, month, 1), language) for month in range(1, 13)}) == 12


def test_a_text_within_a_text_speaks_the_same_language() -> None:
    kind = Texts("qarz", "қарз", "долг", "debt")
    frame = Texts("{kind}: {n}", "{kind}: {n}", "{kind}: {n}", "{kind}: {n}")
    assert frame.format(kind=kind, n=3).as_dict() == {
        "uz_Latn": "qarz: 3",
        "uz_Cyrl": "қарз: 3",
        "ru": "долг: 3",
        "en": "debt: 3",
    }
