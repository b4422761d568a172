"""Whether two names may be those of one person."""

from __future__ import annotations

import unicodedata

from registers.uzbek import to_cyrillic


def may_be_one_person(one: str, other: str) -> bool:
    """Whether nobody can tell two names apart: same words, in any order, script or short form.

    An initial stands for every name that begins with it. Whoever is held for a colleague writes
    the full name.

    >>> may_be_one_person("D. Karimova", "KARIMOVA Dilnoza")
    True
    >>> may_be_one_person("D. Karimova", "B. Yusupov")
    False
    """
    few, many = sorted((_words(one), _words(other)), key=len)
    if not few:
        return True
    return _fits(few, many)


def _fits(few: list[str], many: list[str]) -> bool:
    if not few:
        return True
    head, rest = few[0], few[1:]
    return any(
        _short_of(head, word) and _fits(rest, many[:i] + many[i + 1 :])
        for i, word in enumerate(many)
    )


def _short_of(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) <= 2 and long.startswith(short))  # Sh., Ch. have two


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = "".join(c if c.isalnum() or c in "ʻʼ'‘’`-" else " " for c in plain)
    words = (to_cyrillic(w.replace("'", "ʻ").replace("‘", "ʻ")) for w in plain.split())
    letters = ("".join(c for c in w if c.isalpha()) for w in words)
    return [w for w in letters if w]
