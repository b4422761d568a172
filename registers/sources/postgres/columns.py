"""The columns of a loaded table: their names, their exact types, and values that do not fit.

Columns of ours stand beside those that were delivered; their names cannot clash, for a delivered
column of such a name gets another one, which the journal keeps.
"""

import base64
import io
import json
from typing import Final

import polars as pl

from registers.sources.dates import FIRST_DAY, LAST_DAY, UNITS_PER_DAY
from registers.sources.protocol import BROKEN_ROW, RAW_FIELDS, SWALLOWED

ROW: Final = "chora_row"
ODD: Final = "chora_odd"
MARKS: Final = {
    BROKEN_ROW: "chora_broken_row",
    RAW_FIELDS: "chora_raw_fields",
    SWALLOWED: "chora_swallowed_lines",
}
OURS: Final = (ROW, ODD, *MARKS.values())
_OF_THE_SYSTEM: Final = ("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid")
MAX_NAME_BYTES: Final = 63
_TEXTS: Final = (pl.String, pl.Categorical, pl.Enum)


def names_in_table(delivered: list[str]) -> dict[str, str]:
    """A usable and distinct name in PostgreSQL for every delivered name.

    >>> names_in_table(["debtor_id", "", "chora_row"])
    {'debtor_id': 'debtor_id', '': 'column_1', 'chora_row': 'column_2'}
    """
    taken = {*OURS, *_OF_THE_SYSTEM}
    kept = {name for name in delivered if _is_usable(name) and name not in taken}
    names = {}
    for number, name in enumerate(delivered):
        chosen = MARKS.get(name, name if name in kept else f"column_{number}")
        while name not in MARKS and name not in kept and chosen in kept:
            chosen += "_"
        names[name] = chosen
    return names


def _is_usable(name: str) -> bool:
    return 0 < len(name.encode()) <= MAX_NAME_BYTES and "\0" not in name


def dump_schema(schema: pl.Schema) -> str:
    """The exact types of a delivered table as text; the reverse of `load_schema`."""
    kept = io.BytesIO()
    pl.DataFrame(schema=schema).write_ipc_stream(kept)
    return base64.b64encode(kept.getvalue()).decode("ascii")


def load_schema(text: str) -> pl.Schema:
    """The types that `dump_schema` kept."""
    return pl.read_ipc_stream(io.BytesIO(base64.b64decode(text))).schema


def split_odd(frame: pl.DataFrame) -> pl.DataFrame:
    """Moves values that PostgreSQL cannot hold into the column ODD and leaves gaps in their place.

    These are texts with a zero byte, days outside the years 1 to 9999, and parts of a microsecond.
    ODD holds, per row that has any, a JSON object from the column to the value (days and instants
    as numbers), else null.
    """
    tests = {
        name: test
        for name, dtype in frame.schema.items()
        if (test := _is_odd(name, dtype)) is not None
    }
    odd = frame.select(test.fill_null(False).alias(name) for name, test in tests.items())
    concerned = [name for name in odd.columns if odd[name].any()]
    if not concerned:
        return frame.with_columns(pl.lit(None, dtype=pl.String).alias(ODD))
    values = frame.select(
        pl.when(odd[name]).then(_raw(pl.col(name), frame.schema[name])).alias(name)
        for name in concerned
    )
    told = [
        json.dumps(found) if (found := {n: v for n, v in row.items() if v is not None}) else None
        for row in values.iter_rows(named=True)
    ]
    gaps = (pl.when(~odd[name]).then(pl.col(name)).alias(name) for name in concerned)
    return frame.with_columns(*gaps, pl.Series(ODD, told, dtype=pl.String))


def _is_odd(name: str, dtype: pl.DataType) -> pl.Expr | None:
    column = pl.col(name)
    if dtype in _TEXTS:
        return column.cast(pl.String).str.contains("\0", literal=True)
    if dtype == pl.Date:
        return ~column.to_physical().is_between(FIRST_DAY, LAST_DAY)
    if isinstance(dtype, pl.Datetime):
        number, per_day = column.to_physical(), UNITS_PER_DAY[dtype.time_unit]
        is_usual = number.is_between(FIRST_DAY * per_day, (LAST_DAY + 1) * per_day - 1)
        # PostgreSQL counts microseconds.
        return ~is_usual | (number % 1000 != 0) if dtype.time_unit == "ns" else ~is_usual
    return None


def join_odd(frame: pl.DataFrame) -> pl.DataFrame:
    """The reverse of `split_odd`; drops the column ODD."""
    rows = frame[ODD].is_not_null().arg_true()
    if rows.is_empty():
        return frame.drop(ODD)
    raw: dict[str, pl.Series] = {}
    values: dict[str, list[object]] = {}
    for row in rows:
        for name, value in json.loads(frame[ODD][row]).items():
            if name not in values:
                raw[name] = frame.select(_raw(pl.col(name), frame.schema[name])).to_series()
                values[name] = raw[name].to_list()
            values[name][row] = value
    mended = [
        pl.Series(name, values[name], dtype=raw[name].dtype).cast(frame.schema[name])
        for name in values
    ]
    return frame.with_columns(mended).drop(ODD)


def _raw(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A value as JSON can hold it: a text, or the number behind a day or an instant."""
    return column.cast(pl.String) if dtype in _TEXTS else column.to_physical()
