"""A text is kept as it was written: never cut, never flattened, one form for the same words."""

import pytest

from serving.errors import (
    ReasonRepeatsError,
    ReasonRequiredError,
    ReasonTooLongError,
    TextUnreadableError,
)
from serving.free_text import count_characters, paragraphs, tidy_text
from serving.grounds import MAXIMUM_REASON_CHARACTERS, clean_reason

WORDS = "Qarzdor har oy toʻlab kelmoqda. "
LIMIT = MAXIMUM_REASON_CHARACTERS


def of_length(n: int) -> str:
    """A reason of just so many characters, none of them at an end that is trimmed."""
    return (WORDS * (n // len(WORDS) + 1))[: n - 1].rstrip().ljust(n - 1, "a") + "."


def test_paragraphs_and_lines_are_kept() -> None:
    text = "Birinchi xatboshi.\nIkkinchi qator.\n\nIkkinchi xatboshi."
    assert clean_reason(text) == text
    assert paragraphs(text) == [["Birinchi xatboshi.", "Ikkinchi qator."], ["Ikkinchi xatboshi."]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_the_same_lines_are_the_same_text_whatever_ends_them(end: str) -> None:
    assert (
        clean_reason(f"Birinchi qator.{end}Ikkinchi qator.") == "Birinchi qator.\nIkkinchi qator."
    )


def test_empty_lines_are_one_blank_line_between_paragraphs() -> None:
    assert tidy_text("\r\n Bir. \r\n \r\n\r\n\r\nIkki.\u2029Uch. ") == "Bir.\n\nIkki.\n\nUch."


def test_a_letter_with_its_accent_is_one_text_however_it_was_typed() -> None:
    assert tidy_text("cafe\u0301") == tidy_text("caf\u00e9")


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("oʻn", 3),
        ("bir\r\nikki", 8),
        ("e\u0301", 1),
        ("й", 1),
        ("и\u0306", 1),
        ("👍🏽", 2),
        ("👩\u200d⚖️", 1),
        ("a\u200bb", 2),
    ],
)
def test_characters_are_counted_as_they_are_seen(text: str, n: int) -> None:
    assert count_characters(text) == n


def test_the_longest_text_passes_and_one_character_more_is_refused_whole() -> None:
    longest = of_length(LIMIT)
    assert count_characters(longest) == LIMIT
    assert clean_reason(longest) == longest
    with pytest.raises(ReasonTooLongError) as refusal:
        clean_reason(longest + "!")
    for sentence in refusal.value.texts.as_dict().values():
        assert "4\u00a0000" in sentence
        assert " 1" in sentence.replace(":", "")


def test_line_ends_of_a_form_do_not_make_a_text_too_long() -> None:
    lines = "\r\n".join(["Qarzdor toʻlaydi."] * 220)
    assert len(lines) > LIMIT > count_characters(lines)
    assert clean_reason(lines).count("\n") == 219


@pytest.mark.parametrize(
    "reason",
    [
        "aaaaaaaaaaaa",
        "AAAA aaaa AAAA",
        "бббббббббббб",
        "abababababab",
        "yaxshi yaxshi yaxshi",
        "Yaxshi, yaxshi! YAXSHI.",
        "asdfasdfasdf",
        "toʻlaydi\ntoʻlaydi\n\ntoʻlaydi",
    ],
)
def test_one_letter_or_word_over_and_over_is_no_reason(reason: str) -> None:
    with pytest.raises(ReasonRepeatsError):
        clean_reason(reason)


@pytest.mark.parametrize(
    "reason",
    [
        "Toʻlayapti va yana toʻlayapti.",
        "Undiruvchi iltimos qildi.",
        "Должник платит.",
        "Қарздор ўзи тўламоқда",
        "Muzokara olib borilmoqda",
        "Qarzdor har oy toʻlaydi. Qarzdor har oy toʻlaydi.",
    ],
)
def test_a_short_honest_reason_passes(reason: str) -> None:
    assert clean_reason(reason) == reason


def test_digits_alone_are_no_reason() -> None:
    with pytest.raises(ReasonRequiredError):
        clean_reason("1 850 000 2 350 000 117 500")


@pytest.mark.parametrize("sign", ["\ud800", "\x00", "\x07"])
def test_a_sign_that_cannot_be_shown_is_refused_and_not_dropped(sign: str) -> None:
    with pytest.raises(TextUnreadableError):
        clean_reason(f"Qarzdor har oy{sign} toʻlab kelmoqda.")
