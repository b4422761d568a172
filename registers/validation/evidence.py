"""What a whole column proves about its texts, before any of them is repaired.

Whether 05.03.2026 is in March or in May, whether 1,5 is one and a half and whether a С is Cyrillic
on purpose no single cell tells. A column does: where many of its dates can only be read day first
and none only month first, its order is proven. One slip of a pen proves nothing, so at least a
fifth of the texts must speak for an order. What a column does not prove is not repaired: single
cells are set aside, and a column written in a dialect that it contradicts itself stops its table
(`unproven`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from registers.contract import Column, Table
from registers.rules import PartIn
from registers.sources.instants import looks_like_utc, looks_like_utc_text
from registers.validation import booleans, groups, id_forms

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

# Beyond this a float no longer tells one whole number from the next.
EXACT_FLOAT = 2**53

DayPlace = Literal["first", "last"]
UnprovenCode = Literal[
    "spreadsheet_ids",
    "ids_in_two_forms",
    "mixed_booleans",
    "mixed_amounts",
    "times_of_another_zone",
]


@dataclass(frozen=True)
class Unproven:
    """A dialect in which a column is written and which the column does not prove.

    Attributes:
        code: what is in doubt.
        dialect: the dialect as sentences name it.
        n_cells: the cells written in it.
        n_filled: all cells of the column that are filled.
    """

    code: UnprovenCode
    dialect: str
    n_cells: int
    n_filled: int


@dataclass(frozen=True)
class Proof:
    """What is proven of one column of texts.

    Attributes:
        year_last: in 05.03.2026 the day comes `first` or `last` (after the month); None unproven.
        year_first: the same for 2026-05-03, where `last` is the ISO order.
        decimal_comma: a comma parts the decimals.
        is_latin: most codes with letters are in Latin letters.
        n_odd_days: in a column that holds both orders of day and month, the days that can be read
            in the rarer order only; 0 where there is one order.
        booleans: the dialect in which true and false are written, or None.
        is_grouped: spaces or apostrophes part thousands.
        is_whole_float: ids that are whole numbers were written as 17.0.
        unproven: the dialect that stops the table, or None.
    """

    year_last: DayPlace | None = None
    year_first: DayPlace | None = None
    decimal_comma: bool = False
    is_latin: bool = False
    n_odd_days: int = 0
    booleans: str | None = None
    is_grouped: bool = False
    is_whole_float: bool = False
    unproven: Unproven | None = None


@dataclass(frozen=True)
class Evidence:
    """The proofs of the columns of a table; a column without one proves nothing."""

    proofs: dict[str, Proof] = field(default_factory=dict)

    def of(self, column: str) -> Proof:
        """The proof of a column."""
        return self.proofs.get(column, Proof())

    @property
    def unproven(self) -> Iterator[tuple[str, Unproven]]:
        """The columns whose dialect stops the table."""
        found = ((name, proof.unproven) for name, proof in self.proofs.items())
        return ((name, unproven) for name, unproven in found if unproven is not None)


NOTHING = Evidence()


def asks_for_evidence(table: Table, frame: pl.DataFrame) -> bool:
    """Whether a batch (prepared) holds a cell that only its column can explain."""
    asks = [_asks(c, frame.schema[c.name]) for c in _columns_in_question(table, frame)]
    return any(frame.select(expr.fill_null(False).any()).item() for expr in asks)


def _asks(column: Column, dtype: pl.DataType) -> pl.Expr:
    cells = pl.col(column.name)
    if column.kind == "date":
        if dtype != pl.String:
            return looks_like_utc(cells)
        return ~(cells.str.contains(ISO_DATE) & _day(cells, YEAR_FIRST, (1, 2, 3)).is_not_null())
    if column.kind == "bool":
        if dtype != pl.String:
            return ~_is_bit(cells)
        return ~booleans.is_of(column.name, "true/false")
    if column.kind in ("int", "som", "float"):
        return cells.str.contains(COMMA_NUMBER) | groups.asks(cells)
    return cells.str.contains(CYRILLIC) & cells.str.contains(LOOKS_LATIN) | id_forms.asks(cells)


def _is_bit(cells: pl.Expr) -> pl.Expr:
    return (cells == 0) | (cells == 1)


def _columns_in_question(table: Table, frame: pl.DataFrame) -> list[Column]:
    """The columns whose cells may need their column to be understood."""
    return [c for c in table.columns if _is_in_question(c, frame.schema[c.name])]


def _is_in_question(column: Column, dtype: pl.DataType) -> bool:
    if dtype == pl.String:
        return column.values is None
    if column.kind == "bool":
        return dtype.is_numeric()
    is_naive = isinstance(dtype, pl.Datetime) and dtype.time_zone is None
    return column.kind == "date" and is_naive


def gather_evidence(table: Table, frames: Iterable[pl.DataFrame]) -> Evidence:
    """What the columns of all batches (prepared) prove together."""
    totals: dict[str, dict[str, int]] = {}
    for frame in frames:
        for column in _columns_in_question(table, frame):
            dtype = frame.schema[column.name]
            filled = pl.col(column.name).count().alias("filled")
            counts = frame.select(filled, *_counted(table, column, dtype)).row(0, named=True)
            total = totals.setdefault(column.name, dict.fromkeys(counts, 0))
            for name, n in counts.items():
                total[name] += int(n or 0)
    return Evidence({name: _proof(table.column(name), n) for name, n in totals.items()})


def _counted(table: Table, column: Column, dtype: pl.DataType) -> list[pl.Expr]:
    cells = pl.col(column.name)
    if column.kind == "date":
        if dtype != pl.String:
            return [looks_like_utc(cells).sum().alias("utc")]
        return [
            *_orders(table, column, "year_last"),
            *_orders(table, column, "year_first"),
            looks_like_utc_text(cells).sum().alias("utc"),
        ]
    if column.kind == "bool":
        if dtype != pl.String:
            return [_is_bit(cells).sum().alias("1/0")]
        return [booleans.is_of(column.name, d).sum().alias(d) for d in booleans.DIALECTS]
    if column.kind in ("int", "som", "float"):
        is_grouped_comma = cells.str.contains(groups.GROUPED) & cells.str.contains(",")
        is_comma, proves = (cells.str.contains(p) for p in (COMMA_NUMBER, _PROVES_COMMA))
        return [
            (is_comma | is_grouped_comma).sum().alias("commas"),
            (proves | is_grouped_comma).sum().alias("comma"),
            cells.str.contains(_POINT_OR_GROUPS).sum().alias("no_comma"),
            *groups.counted(cells, is_whole=column.kind != "float"),
        ]
    return [
        cells.str.contains(_LATIN_ONLY).sum().alias("latin"),
        cells.str.contains(CYRILLIC).sum().alias("cyrillic"),
        *id_forms.counted(cells),
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


def _proof(column: Column, total: dict[str, int]) -> Proof:
    if column.kind == "date":
        return _proof_of_days(total)
    if column.kind == "bool":
        return _proof_of_booleans(total)
    if column.kind in ("int", "som", "float"):
        return _proof_of_numbers(total)
    return _proof_of_codes(column, total)


def _proof_of_days(total: dict[str, int]) -> Proof:
    unproven = None
    if total["utc"] and total["utc"] >= LEAST_SHARE * total["filled"]:
        unproven = _unproven("times_of_another_zone", "19:00", total["utc"], total)
    if "year_last_days" not in total:
        return Proof(unproven=unproven)
    if n_odd := _n_in_both_orders(total):
        return Proof(n_odd_days=n_odd, unproven=unproven)
    year_last, year_first = _place(total, "year_last"), _place(total, "year_first")
    return Proof(year_last=year_last, year_first=year_first, unproven=unproven)


def _n_in_both_orders(total: dict[str, int]) -> int:
    """The days of the rarer order where a column holds 13.01. as well as 01/14; else 0.

    A year in front with the month after it is the ISO order and no proof about 13.01.2026.
    """
    day_first = total["year_last_first"] + total["year_first_first"]
    in_layouts = [
        min(total[f"{layout}_first"], total[f"{layout}_last"])
        for layout in ("year_last", "year_first")
    ]
    across = min(day_first, total["year_last_last"])
    return max(*in_layouts, across)


def _proof_of_booleans(total: dict[str, int]) -> Proof:
    counts = {name: n for name, n in total.items() if name != "filled"}
    dialect = booleans.proven(counts, total["filled"])
    if dialect is not None:
        return Proof(booleans=dialect)
    foreign = {name: n for name, n in counts.items() if n and name != "true/false"}
    n_foreign = sum(foreign.values())
    if n_foreign and n_foreign >= LEAST_SHARE * total["filled"]:
        return Proof(unproven=_unproven("mixed_booleans", ", ".join(foreign), n_foreign, total))
    if "true/false" not in counts and total["filled"]:
        return Proof(unproven=_unproven("mixed_booleans", "1/0", n_foreign, total))
    return Proof()


def _proof_of_numbers(total: dict[str, int]) -> Proof:
    is_comma = _outweighs(total["comma"], total["no_comma"], total["commas"])
    n_parted, n_against = total["grouped"] + total["parted"], total["parted"] + total["broken"]
    n_could = n_parted + total["long"]
    if not n_parted or n_parted < LEAST_SHARE * n_could:
        return Proof(decimal_comma=is_comma)
    if n_against:
        return Proof(unproven=_unproven("mixed_amounts", "1 234 567,00", n_parted, total))
    return Proof(decimal_comma=is_comma, is_grouped=True)


def _proof_of_codes(column: Column, total: dict[str, int]) -> Proof:
    is_latin = total["latin"] > total["cyrillic"]
    if (n := total["scientific"]) and column.pattern is None:
        return Proof(unproven=_unproven("spreadsheet_ids", "3.00012E+14", n, total))
    n_float = total["whole_float"]
    if column.kind == "id" and n_float and total["digits"] and not total["decimal"]:
        return Proof(unproven=_unproven("ids_in_two_forms", "17.0", n_float, total))
    n_against = total["digits"] + total["decimal"]
    is_whole_float = _outweighs(n_float, n_against, total["filled"])
    return Proof(is_latin=is_latin, is_whole_float=is_whole_float)


def _unproven(code: UnprovenCode, dialect: str, n: int, total: dict[str, int]) -> Unproven:
    return Unproven(code, dialect, n, total["filled"])


def _place(total: dict[str, int], layout: str) -> DayPlace | None:
    n_first, n_last, n_days = (total[f"{layout}_{name}"] for name in ("first", "last", "days"))
    if _outweighs(n_first, n_last, n_days):
        return "first"
    return "last" if _outweighs(n_last, n_first, n_days) else None


def _outweighs(n_for: int, n_against: int, n_all: int) -> bool:
    return n_for > 0 and n_against == 0 and n_for >= LEAST_SHARE * n_all
