"""Words that the other rooms keep, in the reader's language, and dates out of JSON values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from law.catalogue import Measure
    from registers.texts import Texts
    from serving.pages.wording import Voice


def say_kind(t: Voice, words: Mapping[str, Texts], code: object) -> str:
    """The words of a coded value; an unlisted one is shown as it is, a missing one as not known."""
    if code is None:
        return t("shell.unknown")
    known = words.get(str(code))
    return t.says(known) if known else str(code).replace("_", " ")


def say_measure(t: Voice, measures: Mapping[str, Measure], measure: str | None) -> str:
    """The name of a measure, of no measure, or its id where the catalogue has none."""
    if measure is None or measure == "none":
        return t("propose.none")
    return t.says(measures[measure].names) if measure in measures else measure


def day_of(value: object) -> date | None:
    """A date of a JSON row, or None."""
    return date.fromisoformat(value) if isinstance(value, str) else None


def month_of(value: object) -> str:
    """Year and month of a JSON date, as 2026-05."""
    return str(value)[:7]


def som_of(value: object) -> int:
    """A sum of a JSON row; a missing one counts as nothing."""
    return int(value) if isinstance(value, int | float) else 0


def sentence_start(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
