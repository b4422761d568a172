"""Values read one by one: what a cell says in the type of the contract, or that it cannot be read.

A cell that cannot be read makes its row fail, never its table. Reading loses nothing: a whole
number delivered as 3.0 is 3, a day delivered as a midnight is that day, a number in a text column
is its digits. Where a whole column was delivered in another type, a note says so.
"""

from dataclasses import dataclass

import polars as pl

from registers.contract import Column, Table

# Beyond this a float no longer tells one whole number from the next.
EXACT_FLOAT = 2**53

_TRUE_FALSE = {"true": True, "false": False}

_ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"


@dataclass(frozen=True)
class Cells:
    """A table in the types of the contract, with a flag per kind of unreadable cell.

    `frame` holds the contract's columns; unreadable cells are null there and True in the column
    named by `wrong_type(column)` or `impossible_date(column)`, which exist only where needed.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...]


def wrong_type(column: str) -> str:
    """The name of the flag of cells that are of another type."""
    return f"{column}?wrong_type"


def impossible_date(column: str) -> str:
    """The name of the flag of cells such as 2026-02-30."""
    return f"{column}?impossible_date"


def read_cells(table: Table, raw: pl.DataFrame) -> Cells:
    """The cells of a table in the types of the contract; never fails."""
    series: list[pl.Series] = []
    notes: list[str] = []
    for column in table.columns:
        delivered = _plain(raw[column.name])
        series.extend(_read(column, delivered))
        if _is_worth_a_note(column, delivered.dtype):
            notes.append(
                f"{column.name} was delivered as {delivered.dtype} and read as {column.kind}."
            )
    return Cells(pl.DataFrame(series), tuple(notes))


def _is_worth_a_note(column: Column, dtype: pl.DataType) -> bool:
    if dtype in (column.dtype, pl.String, pl.Null):
        return False
    return not (dtype.is_integer() and column.dtype.is_integer())


def _plain(cells: pl.Series) -> pl.Series:
    """Categories as texts; an empty text and a NaN (pandas' missing number) as missing."""
    if cells.dtype in (pl.Categorical, pl.Enum):
        cells = cells.cast(pl.String)
    if cells.dtype.is_decimal() or cells.dtype == pl.Float32:
        cells = cells.cast(pl.Float64)
    if cells.dtype == pl.Float64:
        return cells.fill_nan(None)
    if cells.dtype == pl.String:
        return (
            cells.to_frame()
            .select(pl.when(pl.col(cells.name).str.strip_chars() != "").then(pl.col(cells.name)))
            .to_series()
        )
    return cells


def _read(column: Column, cells: pl.Series) -> list[pl.Series]:
    """The cells in the type of the column, and the flags of those that cannot be read."""
    if cells.dtype == column.dtype and column.kind != "float":
        return [cells]
    values = _convert(column, cells).alias(column.name)
    unread = values.is_null() & cells.is_not_null()
    flags = [unread.alias(wrong_type(column.name))]
    if column.kind == "date" and cells.dtype == pl.String:
        is_iso = cells.str.contains(_ISO_DATE).fill_null(False)
        flags = [
            (unread & ~is_iso).alias(wrong_type(column.name)),
            (unread & is_iso).alias(impossible_date(column.name)),
        ]
    return [values, *(flag for flag in flags if flag.any())]


def _convert(column: Column, cells: pl.Series) -> pl.Series:
    if column.kind in ("int", "som"):
        return _whole_numbers(cells)
    if column.kind == "float":
        return _numbers(cells)
    if column.kind == "bool":
        return _booleans(cells)
    if column.kind == "date":
        return _dates(cells)
    return cells.cast(pl.String) if cells.dtype.is_integer() else _nothing(cells, pl.String())


def _nothing(cells: pl.Series, dtype: pl.DataType) -> pl.Series:
    """A column of which no cell could be read."""
    return pl.Series(cells.name, [None], dtype=dtype).new_from_index(0, cells.len())


def _whole_numbers(cells: pl.Series) -> pl.Series:
    name = pl.col(cells.name)
    if cells.dtype == pl.String:
        is_whole = name.str.contains(r"^[+-]?\d+$")
        return _where(cells, is_whole, name.cast(pl.Int64, strict=False))
    if cells.dtype == pl.Float64:
        is_whole = (name == name.round()) & (name.abs() < EXACT_FLOAT)
        return _where(cells, is_whole, name.cast(pl.Int64, strict=False))
    if cells.dtype.is_integer():
        return cells.cast(pl.Int64, strict=False)
    return _nothing(cells, pl.Int64())


def _numbers(cells: pl.Series) -> pl.Series:
    if cells.dtype == pl.String:
        cells = cells.cast(pl.Float64, strict=False)
    elif not cells.dtype.is_numeric():
        return _nothing(cells, pl.Float64())
    cells = cells.cast(pl.Float64)
    return _where(cells, pl.col(cells.name).is_finite(), pl.col(cells.name))


def _booleans(cells: pl.Series) -> pl.Series:
    if cells.dtype != pl.String:
        return _nothing(cells, pl.Boolean())
    return cells.str.to_lowercase().replace_strict(
        _TRUE_FALSE, default=None, return_dtype=pl.Boolean
    )


def _dates(cells: pl.Series) -> pl.Series:
    name = pl.col(cells.name)
    if cells.dtype == pl.String:
        is_iso = name.str.contains(_ISO_DATE)
        return _where(cells, is_iso, name.str.to_date("%Y-%m-%d", strict=False))
    if isinstance(cells.dtype, pl.Datetime):
        wall = name.dt.replace_time_zone(None)
        return _where(cells, wall.dt.time() == pl.time(0, 0, 0), wall.dt.date())
    return _nothing(cells, pl.Date())


def _where(cells: pl.Series, is_readable: pl.Expr, value: pl.Expr) -> pl.Series:
    return cells.to_frame().select(pl.when(is_readable).then(value)).to_series()
