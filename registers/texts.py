"""Texts, amounts and dates in the four languages of the project.

Uzbek Latin uses U+02BB in oʻ and gʻ. Groups of three digits are parted by U+00A0, so that an
amount is never broken across lines.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

LANGUAGES: tuple[str, ...] = ("uz_Latn", "uz_Cyrl", "ru", "en")

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Texts:
    """One statement in Uzbek (Latin and Cyrillic), Russian and English.

    >>> Texts("qarz", "қарз", "долг", "debt").in_language("ru")
    'долг'
    """

    uz_Latn: str  # noqa: N815 - the language tags are fixed names of the interfaces
    uz_Cyrl: str  # noqa: N815
    ru: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in one of LANGUAGES; KeyError for any other."""
        return self.as_dict()[language]

    def as_dict(self) -> dict[str, str]:
        """The four texts by language, in the order of LANGUAGES."""
        return {
            "uz_Latn": self.uz_Latn,
            "uz_Cyrl": self.uz_Cyrl,
            "ru": self.ru,
            "en": self.en,
        }

    def format(self, **values: object) -> "Texts":
        """The texts with {names} filled in; a value that is a Texts speaks each language.

        >>> unit = Texts("soʻm", "сўм", "сум", "soʻm")
        >>> Texts("{n} {unit}", "{n} {unit}", "{n} {unit}", "{n} {unit}").format(n=5, unit=unit).ru
        '5 сум'
        """
        return Texts(
            *(
                text.format(**{name: _spoken(value, language) for name, value in values.items()})
                for language, text in self.as_dict().items()
            )
        )


def _spoken(value: object, language: str) -> object:
    return value.in_language(language) if isinstance(value, Texts) else value


# Currency -> (texts of the unit, minor units in the stored amount).
CURRENCIES: Mapping[str, tuple[Texts, int]] = MappingProxyType(
    {
        "UZS": (Texts("soʻm", "сўм", "сум", "soʻm"), 1),
        "USD": (Texts("AQSH dollari", "АҚШ доллари", "доллара США", "US dollars"), 100),
        "MXN": (
            Texts("Meksika pesosi", "Мексика песоси", "мексиканского песо", "Mexican pesos"),
            100,
        ),
    }
)


def group_digits(number: int) -> str:
    """A whole number with its digits in groups of three: 1 850 000.

    >>> group_digits(-1850000).replace(NO_BREAK_SPACE, " ")
    '-1 850 000'
    """
    return f"{number:,}".replace(",", NO_BREAK_SPACE)


def format_amount(som: int, language: str, currency: str = "UZS") -> str:
    """An amount as a person reads it, with its unit; `som` is the stored amount.

    The stored amount is whole som for UZS, cents for USD and MXN (see `LegalOrder.minor_units`).

    >>> format_amount(1850000, "en").replace(NO_BREAK_SPACE, " ")
    '1 850 000 soʻm'
    >>> format_amount(-123456, "ru", "USD").replace(NO_BREAK_SPACE, " ")
    '-1 234,56 доллара США'
    """
    unit, minor_units = CURRENCIES[currency]
    number = group_digits(som) if minor_units == 1 else _with_fraction(som, minor_units, language)
    return f"{number}{NO_BREAK_SPACE}{unit.in_language(language)}"


def _with_fraction(amount: int, minor_units: int, language: str) -> str:
    whole, fraction = divmod(abs(amount), minor_units)
    sign = "-" if amount < 0 else ""
    point = "." if language == "en" else ","
    return f"{sign}{group_digits(whole)}{point}{fraction:0{len(str(minor_units)) - 1}d}"


_MONTHS: Mapping[str, str] = MappingProxyType(
    {
        "uz_Latn": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
        "uz_Cyrl": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь "
        "декабрь",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "en": "January February March April May June July August September October November "
        "December",
    }
)

_DATE_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "uz_Latn": "{year}-yil {day}-{month}",
        "uz_Cyrl": "{year} йил {day} {month}",
        "ru": "{day} {month} {year} г.",
        "en": "{day} {month} {year}",
    }
)


def format_date(day: date, language: str) -> str:
    """A day as a person reads it.

    >>> format_date(date(2026, 11, 22), "uz_Latn")
    '2026-yil 22-noyabr'
    >>> format_date(date(2026, 11, 22), "ru")
    '22 ноября 2026 г.'
    """
    return _DATE_FORMS[language].format(
        year=day.year, day=day.day, month=_MONTHS[language].split()[day.month - 1]
    )
