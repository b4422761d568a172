"""Uzbek in two scripts and figures spoken in each language."""

from datetime import date

import pytest

from law.words import fill, to_cyrillic, words

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Qarzdor eʼlon qilingan", "Қарздор эълон қилинган"),
        ("ijro ishi toʻxtatilgan", "ижро иши тўхтатилган"),
        ("yoʻq, yuridik shaxs, bugʻ", "йўқ, юридик шахс, буғ"),
        ("toʻlovga qobiliyatsizlik", "тўловга қобилиятсизлик"),
        ("2019-yil 12-noyabrdagi hujjat", "2019 йил 12 ноябрдаги ҳужжат"),
        ("onlayn-auksionda", "онлайн-аукционда"),
        ("mediatsiya va majburiyatlar reyestri", "медиация ва мажбуриятлар реестри"),
        ("Oʻzbekiston Respublikasi, Chora, Shart", "Ўзбекистон Республикаси, Чора, Шарт"),
        ("{outstanding_som} soʻm, 42¹-modda", "{outstanding_som} сўм, 42¹-модда"),
    ],
)
def test_cyrillic_says_the_same_as_latin(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


def test_amounts_and_days_are_spoken_in_each_language() -> None:
    said = fill(
        words(uz="{a_som}, {b_on}", ru="{a_som}, {b_on}", en="{a_som}, {b_on}"),
        {"a_som": 1_850_000, "b_on": date(2026, 4, 1)},
    )
    assert said.en == f"1{NBSP}850{NBSP}000{NBSP}soʻm, 1 April 2026"
    assert said.ru == f"1{NBSP}850{NBSP}000{NBSP}сум, 1 апреля 2026 г."
    assert said.uz_Cyrl == f"1{NBSP}850{NBSP}000{NBSP}сўм, 2026 йил 1 апрель"


def test_a_russian_date_ends_a_sentence_with_one_dot() -> None:
    said = fill(words(uz="{b_on}.", ru="{b_on}.", en="{b_on}."), {"b_on": date(2026, 4, 1)})
    assert said.ru == "1 апреля 2026 г."


def test_an_unknown_figure_is_said_to_be_unknown() -> None:
    said = fill(words(uz="{a_som}", ru="{a_som}", en="{a_som}"), {"a_som": None})
    assert (said.en, said.ru, said.uz_Latn) == ("not known", "неизвестно", "maʼlum emas")
