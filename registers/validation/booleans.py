"""True and false as databases, data frames and spreadsheets write them.

One word tells little: t may be a typing error, 1 a count. A whole column of t and f, or of 1 and 0,
can be nothing else.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

# Dialect, as sentences name it: (words for true, words for false), in small letters.
DIALECTS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        "true/false": (("true",), ("false",)),
        "t/f": (("t",), ("f",)),
        "1/0": (("1", "1.0"), ("0", "0.0")),
        "yes/no": (("yes",), ("no",)),
        "y/n": (("y",), ("n",)),
        "ha/yoʻq": (("ha", "ҳа"), ("yoʻq", "йўқ")),
        "да/нет": (("да",), ("нет",)),
        "истина/ложь": (("истина",), ("ложь",)),
    }
)
_APOSTROPHES: Final = ("'", "`", "ʼ", "\u2018", "\u2019")


def small(name: str) -> pl.Expr:
    """The texts of a column in small letters, with the apostrophe of Uzbek."""
    return (
        pl.col(name)
        .str.to_lowercase()
        .str.replace_many(list(_APOSTROPHES), ["ʻ"] * len(_APOSTROPHES))
    )


def is_of(name: str, dialect: str) -> pl.Expr:
    """Whether a text is a word of a dialect."""
    true, false = DIALECTS[dialect]
    return small(name).is_in([*true, *false])


def as_true_false(name: str, dialect: str) -> pl.Expr:
    """The words of a dialect as `true` and `false`; other texts stay."""
    true, false = DIALECTS[dialect]
    word = small(name)
    return (
        pl.when(word.is_in(list(true)))
        .then(pl.lit("true"))
        .when(word.is_in(list(false)))
        .then(pl.lit("false"))
        .otherwise(pl.col(name))
    )


def proven(counts: Mapping[str, int], n_filled: int) -> str | None:
    """The dialect in which every text of a column is written, or None.

    Args:
        counts: texts by dialect.
        n_filled: all texts of the column.
    """
    return next((name for name, n in counts.items() if n_filled and n == n_filled), None)
