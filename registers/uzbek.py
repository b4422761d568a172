"""Uzbek in two scripts: the Cyrillic text follows from the Latin one letter by letter.

The Latin text is written by hand, and so the two can never say different things. Names in braces
or backticks, Roman numerals, addresses and options (--all) stay as they are.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from registers.texts import Texts

_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "yoʻ": "йў",
        "oʻ": "ў",
        "gʻ": "ғ",
        "sh": "ш",
        "ch": "ч",
        "yo": "ё",
        "yu": "ю",
        "ya": "я",
        "ye": "е",
        "ʼ": "ъ",
        "a": "а",
        "b": "б",
        "d": "д",
        "e": "е",
        "f": "ф",
        "g": "г",
        "h": "ҳ",
        "i": "и",
        "j": "ж",
        "k": "к",
        "l": "л",
        "m": "м",
        "n": "н",
        "o": "о",
        "p": "п",
        "q": "қ",
        "r": "р",
        "s": "с",
        "t": "т",
        "u": "у",
        "v": "в",
        "x": "х",
        "y": "й",
        "z": "з",
    }
)
# Words that came through Russian keep their Russian spelling in Cyrillic.
_LOANS: Mapping[str, str] = MappingProxyType(
    {
        "auksion": "аукцион",
        "obyekt": "объект",
        "subyekt": "субъект",
        "konferens": "конференц",
        "sentabr": "сентябр",
        "oktabr": "октябр",
    }
)
_KEPT = r"\{[^}]*\}|`[^`]*`|(?-i:\b[IVX]+\b)|\b[a-z.]+\.(?:uz|ru|com)\b|--[a-z-]+"
_TOKEN = re.compile(
    rf"({_KEPT})|({'|'.join(_LOANS)})|(ts(?=iya|ion))|({'|'.join(_LETTERS)})",
    re.IGNORECASE,
)
_VOWELS = frozenset("aeiouAEIOU")
_SOFT_MONTHS = "январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр"
# Dates take a hyphen in Latin (2019-yil) and none in Cyrillic; a bare month ends on a soft sign.
_DAY = re.compile(rf"(\d)-(?=йил|март|май|август|{_SOFT_MONTHS})")
_BARE_MONTH = re.compile(rf"(?<=\d )({_SOFT_MONTHS})\b")


def to_cyrillic(latin: str) -> str:
    """An Uzbek Latin text in Cyrillic letters.

    >>> to_cyrillic("Eʼlon qilingan majburiy ijro, {x} soʻm, yoʻl, mediatsiya, yetarli")
    'Эълон қилинган мажбурий ижро, {x} сўм, йўл, медиация, етарли'
    >>> to_cyrillic("258-II-son qonun (lex.uz)")
    '258-II-сон қонун (lex.uz)'
    >>> to_cyrillic("2009-yil 14-apreldagi 110-son qaror, 1-oktabr, videokonferensaloqa, --all")
    '2009 йил 14 апрелдаги 110-сон қарор, 1 октябрь, видеоконференцалоқа, --all'
    """

    def letter(found: re.Match[str]) -> str:
        text = found.group(0)
        if found.group(1):
            return text
        lower = text.lower()
        cyrillic = _LOANS.get(lower) or ("ц" if found.group(3) else _LETTERS[lower])
        if lower == "e" and _starts_a_syllable(latin, found.start()):
            cyrillic = "э"
        return cyrillic if text[0].islower() or text == "ʼ" else cyrillic[0].upper() + cyrillic[1:]

    return _BARE_MONTH.sub(r"\1ь", _DAY.sub(r"\1 ", _TOKEN.sub(letter, latin)))


def _starts_a_syllable(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    return not before.isalpha() or before in _VOWELS


def words(*, uz: str, ru: str, en: str) -> Texts:
    """A statement written in Uzbek Latin, Russian and English; the Cyrillic follows from `uz`."""
    return Texts(uz_Latn=uz, uz_Cyrl=to_cyrillic(uz), ru=ru, en=en)
