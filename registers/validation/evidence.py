"""What a whole column proves about its texts, before any of them is repaired.

Whether 05.03.2026 is in March or in May, whether 1,5 is one and a half and whether a С is Cyrillic
on purpose no single cell tells. A column does: where many of its dates can only be read day first
and none only month first, its order is proven. One slip of a pen proves nothing, so at least a
fifth of the texts must speak for an order. What a column does not prove is not repaired.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from registers.contract import Column, Table
from registers.rules import PartIn

YEAR_LAST = r"^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$"
YEAR_FIRST = r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$"
ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"
COMMA_NUMBER = r"^[+-]?\d+,\d+$"
# Three digits after the comma may be thousands; 0,125 may not.
_PROVES_COMMA = r"^[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))$"
_POINT_OR_GROUPS = r"\d\.\d|,.*,"
CYRILLIC = r"[\u0400-\u04ff]"
# Cyrillic letters that look like Latin ones, in the order of these.
CYRILLIC_LETTERS = "АВЕКМНОРСТУХЅІЈаеорсухѕіј"
LATIN_LETTERS = "ABEKMHOPCTYXSIJaeopcyxsij"
LOOKS_LATIN = rf"^[ -~{CYRILLIC_LETTERS}]+$"
_LATIN_ONLY = r"^[^\u0400-\u04ff]*[A-Za-z][^\u0400-\u04ff]*$"

# A column of days holds two in five above the twelfth; a typing error is one in thousands.
LEAST_SHARE = 0.2

DayPlace = Literal["first", "last"]


@dataclass(frozen=True)
class Proof:
    """What is proven of one column of texts.

    Attributes:
        year_last: in 05.03.2026 the day comes `first` or `last` (after the month); None unproven.
        year_first: the same for 2026-05-03, where `last` is the ISO order.
        decimal_comma: a comma parts the decimals.
        is_latin: most codes with letters are in Latin letters.
    """

    year_last: DayPlace | None = None
    year_first: DayPlace | None = None
    decimal_comma: bool = False
    is_latin: bool = False


@dataclass(frozen=True)
class Evidence:
    """The proofs of the columns of a table; a column without one proves nothing."""

    proofs: dict[str, Proof] = field(default_factory=dict)

    def of(self, column: str) -> Proof:
        """The proof of a column."""
        return self.proofs.get(column, Proof())


NOTHING = Evidence()


def asks_for_evidence(table: Table, frame: pl.DataFrame) -> bool:
    """Whether a batch (plain texts, trimmed) holds a cell that only its column can explain."""
    asks = [_asks(column) for column in _text_columns(table, frame)]
    return any(frame.select(expr.fill_null(False).any()).item() for expr in asks)


def _asks(column: Column) -> pl.Expr:
    text = pl.col(column.name)
    if column.kind == "date":
        return ~(text.str.contains(ISO_DATE) & _day(text, YEAR_FIRST, (1, 2, 3)).is_not_null())
    if column.kind in ("int", "som", "float"):
        return text.str.contains(COMMA_NUMBER)
    return text.str.contains(CYRILLIC) & text.str.contains(LOOKS_LATIN)


def _text_columns(table: Table, frame: pl.DataFrame) -> list[Column]:
    """The columns delivered as text whose cells may need their column to be understood."""
    return [
        column
        for column in table.columns
        if frame.schema[column.name] == pl.String
        and column.kind != "bool"
        and column.values is None
    ]


def gather_evidence(table: Table, frames: Iterable[pl.DataFrame]) -> Evidence:
    """What the columns of all batches (plain texts, trimmed) prove together."""
    totals: dict[str, dict[str, int]] = {}
    for frame in frames:
        for column in _text_columns(table, frame):
            counts = frame.select(_counted(table, column)).row(0, named=True)
            total = totals.setdefault(column.name, dict.fromkeys(counts, 0))
            for name, n in counts.items():
                total[name] += int(n or 0)
    return Evidence({name: _proof(total) for name, total in totals.items()})


def _counted(table: Table, column: Column) -> list[pl.Expr]:
    text = pl.col(column.name)
    if column.kind == "date":
        return [*_orders(table, column, "year_last"), *_orders(table, column, "year_first")]
    if column.kind in ("int", "som", "float"):
        return [
            text.str.contains(COMMA_NUMBER).sum().alias("commas"),
            text.str.contains(_PROVES_COMMA).sum().alias("comma"),
            text.str.contains(_POINT_OR_GROUPS).sum().alias("no_comma"),
        ]
    return [
        text.str.contains(_LATIN_ONLY).sum().alias("latin"),
        text.str.contains(CYRILLIC).sum().alias("cyrillic"),
    ]


def _orders(
    table: Table, column: Column, layout: Literal["year_last", "year_first"]
) -> list[pl.Expr]:
    """How many texts of a layout are days at all, only with the day first, only with it last."""
    first, last = (reads(table, column, layout, place) for place in ("first", "last"))
    return [
        (first | last).sum().alias(f"{layout}_days"),
        (first & ~last).sum().alias(f"{layout}_first"),
        (last & ~first).sum().alias(f"{layout}_last"),
    ]


def reads(table: Table, column: Column, layout: str, place: str) -> pl.Expr:
    """Whether a text is a day of the column when the day stands in that place; never null.

    A day that breaks a rule of the column itself (a month is named by its first day) is none.
    """
    day = day_of(column.name, layout, place)
    holds = [day.is_not_null()]
    for rule in table.rules:
        if isinstance(rule.form, PartIn) and rule.form.column == column.name:
            part = day.dt.day() if rule.form.part == "day" else day.dt.month()
            holds.append(part.is_in(list(rule.form.values)))
    return pl.all_horizontal(holds).fill_null(False)


def day_of(name: str, layout: str, place: str) -> pl.Expr:
    """The day that a text says in a layout with the day `first` or `last`, or null."""
    groups = {
        ("year_last", "first"): (3, 2, 1),
        ("year_last", "last"): (3, 1, 2),
        ("year_first", "first"): (1, 3, 2),
        ("year_first", "last"): (1, 2, 3),
    }[layout, place]
    return _day(pl.col(name), YEAR_LAST if layout == "year_last" else YEAR_FIRST, groups)


def _day(text: pl.Expr, pattern: str, groups: tuple[int, int, int]) -> pl.Expr:
    year, month, day = (text.str.extract(pattern, group) for group in groups)
    written = pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-")
    return written.str.to_date("%Y-%m-%d", strict=False)


def _proof(total: dict[str, int]) -> Proof:
    if "commas" in total:
        proven = _outweighs(total["comma"], total["no_comma"], total["commas"])
        return Proof(decimal_comma=proven)
    if "latin" in total:
        return Proof(is_latin=total["latin"] > total["cyrillic"])
    return Proof(year_last=_place(total, "year_last"), year_first=_place(total, "year_first"))


def _place(total: dict[str, int], layout: str) -> DayPlace | None:
    n_first, n_last, n_days = (total[f"{layout}_{name}"] for name in ("first", "last", "days"))
    if _outweighs(n_first, n_last, n_days):
        return "first"
    return "last" if _outweighs(n_last, n_first, n_days) else None


def _outweighs(n_for: int, n_against: int, n_all: int) -> bool:
    return n_for > 0 and n_against == 0 and n_for >= LEAST_SHARE * n_all
