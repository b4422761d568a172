"""Values read one by one: what a cell says in the type of the contract, or that it cannot be read.

A cell that cannot be read makes its row fail, never its table. Reading loses nothing: a whole
number delivered as 3.0 is 3, a day delivered as a midnight is that day, a number in a text column
is its digits. Where a whole column was delivered in another type, a note says so. Which flags a
table has depends on the delivered types alone, so that every batch of it has the same columns.
"""

import polars as pl

from registers.contract import Column, Table
from registers.validation.evidence import ISO_DATE

# Beyond this a float no longer tells one whole number from the next.
EXACT_FLOAT = 2**53

_WHOLE = r"^[+-]?\d+(?:\.0+)?$"

_TRUE_FALSE = {"true": True, "false": False}

_MIDNIGHT = r"[T ]00:00(?::00(?:\.0+)?)?Z?$"


def wrong_type(column: str) -> str:
    """The name of the flag of cells that are of another type."""
    return f"{column}?wrong_type"


def impossible_date(column: str) -> str:
    """The name of the flag of cells such as 2026-02-30."""
    return f"{column}?impossible_date"


def notes_on(table: Table, delivered: pl.Schema) -> tuple[str, ...]:
    """A note for each column that came in another type than the contract's."""
    return tuple(
        f"{column.name} was delivered as {delivered[column.name]} and read as {column.kind}."
        for column in table.columns
        if _is_worth_a_note(column, delivered[column.name])
    )


def _is_worth_a_note(column: Column, dtype: pl.DataType) -> bool:
    if dtype in (column.dtype, pl.String, pl.Null):
        return False
    return not (dtype.is_integer() and column.dtype.is_integer())


def plain_cells(table: Table, raw: pl.DataFrame) -> pl.DataFrame:
    """The columns of the contract as delivered, with categories as texts and blanks as missing."""
    return pl.DataFrame([_plain(raw[column.name]) for column in table.columns])


def _plain(cells: pl.Series) -> pl.Series:
    """Categories as texts; an empty text and a NaN (pandas' missing number) as missing."""
    if cells.dtype in (pl.Categorical, pl.Enum):
        cells = cells.cast(pl.String)
    if cells.dtype.is_decimal() or cells.dtype == pl.Float32:
        cells = cells.cast(pl.Float64)
    if cells.dtype == pl.Float64:
        return cells.fill_nan(None)
    if cells.dtype == pl.String and (cells == "").any():
        return cells.replace("", None)
    return cells


def flags_of(table: Table, plain: pl.Schema) -> tuple[str, ...]:
    """The flags that `read_cells` sets for columns delivered in these (plain) types."""
    return tuple(flag for column in table.columns for flag in _flags(column, plain[column.name]))


def _flags(column: Column, dtype: pl.DataType) -> tuple[str, ...]:
    if dtype == column.dtype and column.kind != "float":
        return ()
    if column.kind == "date" and dtype == pl.String:
        return wrong_type(column.name), impossible_date(column.name)
    return (wrong_type(column.name),)


def read_cells(table: Table, plain: pl.DataFrame) -> pl.DataFrame:
    """The cells of a table in the types of the contract, with their flags; never fails.

    Unreadable cells are null, and True in the column named by `wrong_type(column)` or
    `impossible_date(column)`; `flags_of` tells which of these columns exist.
    """
    return pl.DataFrame([s for column in table.columns for s in _read(column, plain[column.name])])


def _read(column: Column, cells: pl.Series) -> list[pl.Series]:
    """The cells in the type of the column, and the flags of those that cannot be read."""
    flags = _flags(column, cells.dtype)
    if not flags:
        return [cells]
    values = _convert(column, cells).alias(column.name)
    unread = values.is_null() & cells.is_not_null()
    if len(flags) == 1:
        return [values, unread.alias(flags[0])]
    is_iso = cells.str.contains(ISO_DATE).fill_null(False)
    return [values, (unread & ~is_iso).alias(flags[0]), (unread & is_iso).alias(flags[1])]


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
        is_whole = name.str.contains(_WHOLE)
        digits = name.str.replace(r"\.0+$", "")
        return _where(cells, is_whole, digits.cast(pl.Int64, strict=False))
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
        day = name.str.replace(_MIDNIGHT, "")
        return _where(cells, day.str.contains(ISO_DATE), day.str.to_date("%Y-%m-%d", strict=False))
    if isinstance(cells.dtype, pl.Datetime):
        wall = name.dt.replace_time_zone(None)
        return _where(cells, wall.dt.time() == pl.time(0, 0, 0), wall.dt.date())
    return _nothing(cells, pl.Date())


def _where(cells: pl.Series, is_readable: pl.Expr, value: pl.Expr) -> pl.Series:
    return cells.to_frame().select(pl.when(is_readable).then(value)).to_series()
