"""Facts of the law as a person reads them in each language, and sentences that hold them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from registers.texts import LANGUAGES, Texts, format_amount, format_date, group_digits
from registers.uzbek import to_cyrillic, words

__all__ = ["fill", "to_cyrillic", "value_texts", "words"]

_UNKNOWN = Texts("maʼlum emas", "маълум эмас", "неизвестно", "not known")


def value_texts(name: str, value: object, currency: str = "UZS") -> Texts:
    """A fact as a person reads it in each language; the ending of its name tells the unit."""
    from law.code_names import code_texts  # its names are made by `words`

    if value is None:
        return _UNKNOWN
    if (named := code_texts(name, value)) is not None:
        return named
    if isinstance(value, date):
        return Texts(*(format_date(value, language) for language in LANGUAGES))
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith("_som"):
        return Texts(*(format_amount(value, language, currency) for language in LANGUAGES))
    text = group_digits(value) if isinstance(value, int) else str(value)
    return Texts(text, text, text, text)


def fill(sentence: Texts, values: Mapping[str, object], currency: str = "UZS") -> Texts:
    """The sentence with its facts filled in, amounts and dates spoken in each language."""
    spoken = {name: value_texts(name, value, currency) for name, value in values.items()}
    filled = sentence.format(**spoken)
    return replace(filled, ru=filled.ru.replace("г..", "г."))  # a date may end the sentence
