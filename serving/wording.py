"""Small helpers for sentences in the four languages."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from registers.texts import LANGUAGES, Texts, format_date


def same(text: str) -> Texts:
    """One text that reads the same in every language, such as a number or a code."""
    return Texts(text, text, text, text)


def each(say: Callable[[str], str]) -> Texts:
    """What `say` answers for each language, such as a date written out."""
    return Texts(**{language: say(language) for language in LANGUAGES})


def clock_time(instant: datetime) -> str:
    """Hours and minutes of an instant, in the instant's own time zone."""
    return instant.strftime("%H:%M")


def joined(parts: Iterable[Texts]) -> Texts:
    """The parts after one another, with commas, in each language."""
    listed = tuple(parts)
    return each(lambda language: ", ".join(part.in_language(language) for part in listed))


def say_date(day: date, language: str) -> str:
    """A day as a person reads it."""
    return format_date(day, language)


def cite(article: str) -> Texts:
    """An article of the law as it is cited in each language.

    >>> cite("42¹").en
    'Art. 42¹'
    """
    return Texts(f"{article}-modda", f"{article}-модда", f"ст. {article}", f"Art. {article}")
