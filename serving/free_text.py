"""Free text as people write it: one form for the same words, counted as they are seen.

A browser ends lines with CR LF and a program with LF; a letter with its accent can be one code
point or two. The same words are kept as the same text, hence with the same hash.
"""

import re
import unicodedata

from serving.errors import TextUnreadableError

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028]")
_PARAGRAPH_ENDS = re.compile("\u2029|\n(?:[ \t]*\n)+")
_SPACES = re.compile(r"[^\S\n]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_WORDS = re.compile(r"[^\W\d_]+")
_JOINER = "\u200d"
_FEWEST_DIFFERENT_LETTERS = 4
_UNSEEN = frozenset({"Mn", "Me", "Cf"})  # marks on a letter, and signs that only steer


def tidy_text(text: str) -> str:
    r"""The text with LF for every line end, one blank line between paragraphs, single spaces.

    Raises:
        TextUnreadableError: half a character or a control sign, which no page can show.

    >>> tidy_text("  Birinchi  gap.\r\nIkkinchi.\r\n\r\n\r\nYangi xatboshi. ")
    'Birinchi gap.\nIkkinchi.\n\nYangi xatboshi.'
    """
    if _SURROGATES.search(text):
        raise TextUnreadableError
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    lines = _PARAGRAPH_ENDS.sub("\n\n", lines)
    tidy = "\n".join(_SPACES.sub(" ", line).strip() for line in lines.split("\n")).strip()
    if any(unicodedata.category(sign) == "Cc" for sign in tidy if sign != "\n"):
        raise TextUnreadableError
    return tidy


def count_characters(text: str) -> int:
    r"""How many characters a person sees: a line end is one, an accent is part of its letter.

    >>> count_characters("oʻn\r\nikki"), count_characters("e\u0301")
    (8, 1)
    """
    n, after_joiner = 0, False
    for sign in _LINE_ENDS.sub("\n", text):
        if not after_joiner and unicodedata.category(sign) not in _UNSEEN:
            n += 1
        after_joiner = sign == _JOINER
    return n


def paragraphs(text: str) -> list[list[str]]:
    r"""The paragraphs of a text, each as its lines.

    >>> paragraphs("Bir.\nIkki.\n\nUch.")
    [['Bir.', 'Ikki.'], ['Uch.']]
    """
    lines = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    return [part.split("\n") for part in lines.split("\n\n")]


def is_repetition(text: str) -> bool:
    """Whether a text is one letter or one word over and over; a sentence said twice is not.

    >>> [is_repetition(t) for t in ("aaaaaaaaaaaa", "Bor bor bor, bor!", "asdfasdfasdf")]
    [True, True, True]
    >>> is_repetition("Qarzdor har oy toʻlayapti.")
    False
    """
    words = _WORDS.findall(text.casefold())
    letters = "".join(words)
    if len(set(letters)) < _FEWEST_DIFFERENT_LETTERS:
        return True
    return len(set(words)) == 1 and letters in (letters + letters)[1:-1]
