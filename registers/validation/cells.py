"""Values read one by one: what a cell says in the type of the contract, or that it cannot be read.

A cell that cannot be read makes its row fail, never its table. Reading loses nothing: a whole
number delivered as 3.0 is 3, a day delivered as a midnight is that day, a number in a text column
is its digits. Where a whole column was delivered in another type, a note says so. Which flags a
table has depends on the delivered types alone, so that every batch of it has the same columns.
"""

import polars as pl

from registers.contract import Column, Table
from registers.sources.instants import day_of_zoned
from registers.validation.evidence import EXACT_FLOAT, ISO_DATE
from registers.validation.refusal_words import Note

# A float of 32 bits tells whole numbers apart up to here.
_EXACT_FLOAT32 = 2**24

_WHOLE = r"^[+-]?\d+(?:\.0+)?$"

_TRUE_FALSE = {"true": True, "false": False}

# The days of the calendar that Python knows (years 1 to 9999), counted from 1970-01-01.
_CALENDAR = (-719_162, 2_932_896)

_MIDNIGHT = r"[T ]00:00(?::00(?:\.0+)?)?Z?$"

# No text that a person wrote holds a NUL.
DAMAGED_TEXT = "?damaged_text"

# A line that a stray quotation mark swallowed.
STRAY_QUOTE = "?stray_quote"


def wrong_type(column: str) -> str:
    """The name of the flag of cells that are of another type."""
    return f"{column}?wrong_type"


def impossible_date(column: str) -> str:
    """The name of the flag of cells such as 2026-02-30."""
    return f"{column}?impossible_date"


def notes_on(table: Table, delivered: pl.Schema) -> tuple[Note, ...]:
    """A note for each column that came in another type than the contract's."""
    return tuple(
        Note("other_type", _types(column, delivered[column.name]))
        for column in table.columns
        if _is_worth_a_note(column, delivered[column.name])
    )


def _types(column: Column, delivered: pl.DataType) -> dict[str, str]:
    return {"column": column.name, "delivered": str(delivered.base_type()), "kind": column.kind}


def _is_worth_a_note(column: Column, dtype: pl.DataType) -> bool:
    if dtype in (column.dtype, pl.String, pl.Null):
        return False
    return not (dtype.is_integer() and column.dtype.is_integer())


def plain_cells(table: Table, raw: pl.DataFrame) -> pl.DataFrame:
    """The columns of the contract as delivered, with categories as texts and blanks as missing."""
    return pl.DataFrame([_plain(column, raw[column.name]) for column in table.columns])


def _plain(column: Column, cells: pl.Series) -> pl.Series:
    """Categories as texts; an empty text and a NaN (pandas' missing number) as missing.

    A day outside of the calendar becomes its first or last day, which no column accepts.
    """
    if cells.dtype in (pl.Categorical, pl.Enum):
        cells = cells.cast(pl.String)
    if cells.dtype.is_decimal() or cells.dtype == pl.Float32:
        cells = _wide(column, cells)
    if cells.dtype == pl.Float64:
        return cells.fill_nan(None)
    if cells.dtype == pl.Date:
        return cells.to_physical().clip(*_CALENDAR).cast(pl.Date)
    if cells.dtype == pl.String and (cells == "").any():
        cells = cells.replace("", None)
    return cells


def _wide(column: Column, cells: pl.Series) -> pl.Series:
    """Decimals and short floats as floats of 64 bits; a number that is not exact is no id."""
    is_short = cells.dtype == pl.Float32
    wide = cells.cast(pl.Float64)
    if not is_short or column.kind == "float":
        return wide
    return wide.set(wide.abs() > _EXACT_FLOAT32, float("inf"))


def is_in_calendar(cells: pl.Series) -> pl.Series:
    """Which days or instants lie in the years 1 to 9999: beyond them no program can show them."""
    first, last = _CALENDAR
    unit = cells.dtype.time_unit if isinstance(cells.dtype, pl.Datetime) else None
    per_day = {"ms": 10**3, "us": 10**6, "ns": 10**9}[unit] * 86_400 if unit else 1
    # A zone may move an instant by a day.
    margin = 1 if unit else 0
    least = max((first + margin) * per_day, -(2**63))
    most = min((last - margin) * per_day, 2**63 - 1)
    return cells.to_physical().is_between(least, most)


def flags_of(table: Table, plain: pl.Schema) -> tuple[str, ...]:
    """The flags that `read_cells` sets for columns delivered in these (plain) types."""
    own = [flag for column in table.columns for flag in _flags(column, plain[column.name])]
    return (*own, DAMAGED_TEXT) if _texts_of(table, plain) else tuple(own)


def _texts_of(table: Table, plain: pl.Schema) -> list[str]:
    return [name for name in table.column_names if plain[name] == pl.String]


def _flags(column: Column, dtype: pl.DataType) -> tuple[str, ...]:
    if dtype == column.dtype and column.kind != "float":
        return ()
    if column.kind == "date" and dtype == pl.String:
        return wrong_type(column.name), impossible_date(column.name)
    return (wrong_type(column.name),)


def read_cells(table: Table, plain: pl.DataFrame) -> pl.DataFrame:
    """The cells of a table in the types of the contract, with their flags; never fails.

    Unreadable cells are null, and True in the column named by `wrong_type(column)` or
    `impossible_date(column)`; DAMAGED_TEXT marks rows with a NUL in a text. `flags_of` tells which
    of these columns exist.
    """
    read = [s for column in table.columns for s in _read(column, plain[column.name])]
    texts = _texts_of(table, plain.schema)
    if texts:
        has_nul = pl.any_horizontal(pl.col(texts).str.contains("\0", literal=True).fill_null(False))
        read.append(plain.select(has_nul.alias(DAMAGED_TEXT)).to_series())
    return pl.DataFrame(read)


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
    return _digits(cells)


def _digits(cells: pl.Series) -> pl.Series:
    """Texts that were delivered as numbers; pandas makes 17.0 of 17 where one is missing."""
    if cells.dtype == pl.Float64:
        cells = _whole_numbers(cells)
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
    if cells.dtype.is_numeric():  # 1.0 and 0.0, as a data frame with a missing value writes them
        return _where(cells, (cells == 0) | (cells == 1), pl.col(cells.name) == 1)
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
        near = _where(cells, is_in_calendar(cells), name)
        if cells.dtype.time_zone is not None:
            return near.to_frame().select(day_of_zoned(name)).to_series()
        return _where(near, name.dt.time() == pl.time(0, 0, 0), name.dt.date())
    return _nothing(cells, pl.Date())


def _where(cells: pl.Series, is_readable: pl.Expr | pl.Series, value: pl.Expr) -> pl.Series:
    return cells.to_frame().select(pl.when(is_readable).then(value)).to_series()
