"""Amounts whose digits are parted in groups of three: 1 234 567,00.

Spaces of any width and apostrophes part groups and nothing else. Commas and points part decimals
as well, so what they mean here is decided with the decimal comma (`evidence`).
"""

from typing import Final

import polars as pl

# The space bar's, no-break, figure, thin and narrow no-break spaces; apostrophes.
_PARTS: Final = " \u00a0\u2007\u2009\u202f'\u2019"
GROUPED: Final = rf"^[+-]?\d{{1,3}}(?:[{_PARTS}]\d{{3}})+(?:[.,]\d+)?$"
_PARTED: Final = rf"\d[{_PARTS}]+\d"
_DECIMALS: Final = rf"^[+-]?[\d{_PARTS}]+[.,]\d*[1-9]\d*$"
_LONG: Final = r"^[+-]?\d{4,}(?:[.,]\d+)?$"


def asks(text: pl.Expr) -> pl.Expr:
    """Whether the digits of a number are parted."""
    return text.str.contains(_PARTED)


def counted(text: pl.Expr, *, is_whole: bool) -> list[pl.Expr]:
    """How many numbers are grouped, parted otherwise, long without groups, and, of amounts, broken.

    Args:
        is_whole: whether the column holds whole numbers, so that decimals must be zero.
    """
    is_grouped = text.str.contains(GROUPED)
    is_parted = text.str.contains(_PARTED)
    broken = text.str.contains(_DECIMALS) if is_whole else pl.lit(False)
    return [
        is_grouped.sum().alias("grouped"),
        (is_parted & ~is_grouped).sum().alias("parted"),
        text.str.contains(_LONG).sum().alias("long"),
        broken.sum().alias("broken"),
    ]


def without_groups(text: pl.Expr) -> pl.Expr:
    """A grouped number as digits, with a point before its decimals; other texts stay."""
    bare = text.str.replace_all(f"[{_PARTS}]", "").str.replace(",", ".", literal=True)
    return pl.when(text.str.contains(GROUPED)).then(bare).otherwise(text)
