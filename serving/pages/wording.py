"""What the pages say: the catalogue of sentences in four languages, and one reader's voice.

The sentences stand in ``texts/*.yaml``, one key each, with all four languages. A missing key
is an error, so that no page shows a bare key to a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import yaml

from registers.texts import LANGUAGES, Texts, format_amount, format_date, group_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LANGUAGE: Final = "uz_Latn"
OWN_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"uz_Latn": "Oʻzbekcha", "uz_Cyrl": "Ўзбекча", "ru": "Русский", "en": "English"}
)
_FOLDER = Path(__file__).resolve().parent / "texts"


@cache
def catalogue() -> Mapping[str, Texts]:
    """Every sentence of the pages by its key, such as ``worklist.title``."""
    sentences: dict[str, Texts] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        for key, languages in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            sentences[key] = Texts(**languages)
    return MappingProxyType(sentences)


def language_tag(language: str) -> str:
    """The BCP 47 tag of a language, for the lang attribute.

    >>> language_tag("uz_Latn")
    'uz-Latn'
    """
    return language.replace("_", "-")


def choose_language(asked: str | None, cookie: str | None, accepted: str | None) -> str:
    """The language to answer in: the one asked for, else the cookie's, else the browser's.

    >>> choose_language(None, None, "ru-RU,ru;q=0.9,en;q=0.8")
    'ru'
    >>> choose_language("uz-Cyrl", "en", None)
    'uz_Cyrl'
    >>> choose_language(None, None, None)
    'uz_Latn'
    """
    for wish in (asked, cookie):
        if wish and wish.replace("-", "_") in LANGUAGES:
            return wish.replace("-", "_")
    for part in (accepted or "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("uz"):
            return "uz_Cyrl" if "cyrl" in tag else "uz_Latn"
        if tag[:2] in LANGUAGES:
            return tag[:2]
    return DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Voice:
    """One reader's language: sentences, sums, dates and shares as that reader has them."""

    language: str
    currency: str = "UZS"
    time_zone_hours: int = 5

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key, with its values filled in; KeyError for an unknown key."""
        text = catalogue()[key].in_language(self.language)
        return text.format(**values) if values else text

    def code(self, family: str, code: object) -> str:
        """The words for a coded value, such as ``claim_kind`` and ``tax``; the code if unknown."""
        if code is None:
            return self("shell.unknown")
        known = catalogue().get(f"{family}.{code}")
        return known.in_language(self.language) if known else str(code).replace("_", " ")

    def says(self, texts: Texts) -> str:
        """The reader's version of a statement that carries its own four languages."""
        return texts.in_language(self.language)

    def amount(self, som: float | None) -> str:
        """A sum in whole units of the currency, or 'not known'."""
        if som is None:
            return self("shell.unknown")
        return format_amount(round(som), self.language, self.currency)

    def count(self, number: float) -> str:
        """A number of things, rounded, in groups of three digits."""
        return group_digits(round(number))

    def day(self, day: date | None) -> str:
        """A date in words, or 'not known'."""
        return self("shell.unknown") if day is None else format_date(day, self.language)

    def instant(self, at: datetime) -> str:
        """A date with hours and minutes of the office's clock; `at` is UTC."""
        local = at + timedelta(hours=self.time_zone_hours)
        return f"{format_date(local.date(), self.language)}, {local:%H:%M}"

    def share(self, rate: float | None) -> str:
        """A rate from 0 to 1 as whole per cent."""
        return self("shell.unknown") if rate is None else f"{rate * 100:.0f}\u00a0%"

    def yes_no(self, *, is_true: bool | None) -> str:
        """Yes, no, or 'not known'."""
        if is_true is None:
            return self("shell.unknown")
        return self("shell.yes") if is_true else self("shell.no")
