"""Ids that a spreadsheet or a data frame has rewritten.

A spreadsheet shows fifteen digits as 3.00012E+14, and many people become one: such a table is lost.
A data frame makes 17.0 of 17 where an id is missing in the column: that can be undone where the
whole column has this form. A hexadecimal id such as 73928e05 has neither point nor sign.
"""

from typing import Final

import polars as pl

# 3.00012E+14, 3E+14, 3,00012E+14; 3.00012e14 as data frames write it.
SCIENTIFIC: Final = r"^[+-]?(?:\d+(?:[.,]\d+)?[eE]\+\d{1,3}|\d[.,]\d+[eE]\d{1,3})$"
# A number of a data frame has no leading zero: 017.0 is an id of its own.
WHOLE_FLOAT: Final = r"^(?:0|[1-9]\d*)\.0+$"
_POINT_OR_POWER: Final = r"\.0+$|\d[eE]\+\d|^[+-]?\d[.,]\d+[eE]\d"
_DIGITS: Final = r"^\d+$"
_DECIMAL: Final = r"^\d+\.\d+$"


def asks(text: pl.Expr) -> pl.Expr:
    """Whether an id can only be understood with its column."""
    return text.str.contains(_POINT_OR_POWER)


def counted(text: pl.Expr) -> list[pl.Expr]:
    """How many ids stand in which form."""
    is_float = text.str.contains(WHOLE_FLOAT)
    return [
        text.str.contains(SCIENTIFIC).sum().alias("scientific"),
        is_float.sum().alias("whole_float"),
        text.str.contains(_DIGITS).sum().alias("digits"),
        (text.str.contains(_DECIMAL) & ~is_float).sum().alias("decimal"),
    ]


def as_whole(text: pl.Expr) -> pl.Expr:
    """17.0 as 17; other texts stay."""
    whole = text.str.replace(r"\.0+$", "")
    return pl.when(text.str.contains(WHOLE_FLOAT)).then(whole).otherwise(text)
