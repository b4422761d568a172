r"""How programs write a value that is missing: \N, NULL, NA, nan, n/a, a dash.

None of these is a number, a day or a truth value, and as an id or a code it would join strangers.
A value of a closed list stays what it is: an encumbrance may well be `none`.
"""

from typing import Final

import polars as pl

from registers.contract import Column

_WORDS: Final = (
    *("null", "(null)", "<null>", "[null]", "#null!", "none", "nil", "nan", "nat", "<na>", "n/a"),
    *("#n/a", "missing", "not available", "нет данных", "н/д", "не указано", "maʼlumot yoʻq"),
    *("маълумот йўқ", "koʻrsatilmagan", "кўрсатилмаган"),
)
_SIGNS: Final = ("\\N", "NA", "-", "--", "---", "–", "—", "―", "−", ".", "..", "...")
_OF_DAYS: Final = ("0000-00-00", "0000-00-00 00:00:00")

MARKS: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(
        (
            *_SIGNS,
            *(
                form
                for word in _WORDS
                for form in (word, word.upper(), word.capitalize(), word.title())
            ),
            *("NaN", "NaT", "-nan", "-NaN", "NaN.0"),
        )
    )
)


def marks_of(column: Column) -> tuple[str, ...]:
    """The texts that say in this column that a value is missing."""
    listed = {value.casefold() for value in column.values or ()}
    marks = tuple(mark for mark in MARKS if mark.casefold() not in listed)
    return (*marks, *_OF_DAYS) if column.kind == "date" else marks


def without_marks(column: Column) -> pl.Expr:
    """The texts of a column, null where they say that the value is missing."""
    text = pl.col(column.name)
    return pl.when(~text.is_in(list(marks_of(column)))).then(text)
