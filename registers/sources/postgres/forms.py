"""How the values of a column travel between Polars and PostgreSQL, type by type.

A delivered Polars type has a type of PostgreSQL that holds its values; where an operator made the
table, PostgreSQL's type tells the Polars type that a Parquet file would have. Both ways values
travel as CSV, in which PostgreSQL and Polars tell a missing value from an empty text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
from psycopg import sql

from registers.sources.dates import FIRST_DAY, LAST_DAY, UNITS_PER_DAY
from registers.sources.instants import TASHKENT


def _as_it_is(column: pl.Expr) -> pl.Expr:
    return column


def _bare(column: sql.Composable) -> sql.Composable:
    return column


@dataclass(frozen=True)
class Form:
    """One column: its type in PostgreSQL and the way of its values there and back.

    Attributes:
        sql_type: the type in PostgreSQL.
        dtype: the type in Polars.
        write: from the Polars type to what COPY reads.
        select: from PostgreSQL's column to what COPY writes.
        parsed: the type in which Polars reads that.
        finish: from there to `dtype`.
        wall: from PostgreSQL's column of instants to what a clock in Tashkent showed; of a time
            without a zone, to what it says.
        own: the same for a clock in the time zone of the column itself.
        is_zoned: whether the instants have a zone, so that each lies in one day.
    """

    sql_type: str
    dtype: pl.DataType
    parsed: pl.DataType
    write: Callable[[pl.Expr], pl.Expr] = _as_it_is
    select: Callable[[sql.Composable], sql.Composable] = _bare
    finish: Callable[[pl.Expr], pl.Expr] = _as_it_is
    wall: Callable[[sql.Composable], sql.Composable] = _bare
    own: Callable[[sql.Composable], sql.Composable] = _bare
    is_zoned: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the values travel as text, which is always quoted."""
        return self.parsed == pl.String


def _sql(template: str) -> Callable[[sql.Composable], sql.Composable]:
    return lambda column: sql.SQL(template).format(c=column)


_INTEGERS: Final[Mapping[type[pl.DataType], str]] = {
    pl.Int8: "smallint",
    pl.Int16: "smallint",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.UInt8: "smallint",
    pl.UInt16: "integer",
    pl.UInt32: "bigint",
}

_DAYS = _sql(
    "CASE WHEN isfinite({c}) THEN {c} - date '1970-01-01' "
    f"WHEN {{c}} > date '2000-01-01' THEN {LAST_DAY} WHEN {{c}} IS NOT NULL THEN {FIRST_DAY} END"
)
_MICROSECONDS = (
    "CASE WHEN isfinite({c}) THEN (extract(epoch FROM {c}) * 1000000)::bigint "
    f"WHEN {{c}} > timestamp '2000-01-01' THEN {LAST_DAY * UNITS_PER_DAY['us']} "
    f"WHEN {{c}} IS NOT NULL THEN {FIRST_DAY * UNITS_PER_DAY['us']} END"
)


def form_of_delivered(dtype: pl.DataType) -> Form:
    """How a column of a delivered extract is kept, whatever its type."""
    if type(dtype) in _INTEGERS:
        return Form(_INTEGERS[type(dtype)], dtype, dtype)
    if dtype.is_integer():
        return _as_text("numeric", dtype)
    if dtype.is_float():
        return Form(
            "double precision",
            dtype,
            pl.Float64(),
            write=lambda c: c.cast(pl.Float64),
            finish=lambda c: c.cast(dtype),
        )
    if isinstance(dtype, pl.Decimal):
        return _as_text(f"numeric({dtype.precision},{dtype.scale})", dtype)
    if isinstance(dtype, pl.Boolean):
        return Form("boolean", dtype, dtype, select=_sql("{c}::text"))
    if isinstance(dtype, pl.Date):
        return Form(
            "date",
            dtype,
            pl.Int32(),
            write=lambda c: c.dt.to_string("%Y-%m-%d"),
            select=_DAYS,
            finish=lambda c: c.cast(pl.Date),
        )
    if isinstance(dtype, pl.Datetime):
        return _timestamp(dtype)
    if dtype.is_temporal():
        return Form(
            "bigint",
            dtype,
            pl.Int64(),
            write=lambda c: c.to_physical(),
            finish=lambda c: c.cast(dtype),
        )
    if isinstance(dtype, pl.Binary):
        return Form(
            "bytea",
            dtype,
            pl.String(),
            write=lambda c: pl.lit("\\x") + c.bin.encode("hex"),
            select=_sql("encode({c}, 'hex')"),
            finish=lambda c: c.str.decode("hex"),
        )
    if dtype.is_nested():
        return _as_json(dtype)
    return _as_text("text", dtype)


def _as_text(sql_type: str, dtype: pl.DataType) -> Form:
    return Form(
        sql_type,
        dtype,
        pl.String(),
        write=lambda c: c.cast(pl.String),
        select=_sql("{c}::text"),
        finish=lambda c: c.cast(dtype),
    )


def _as_json(dtype: pl.DataType) -> Form:
    whole = pl.Struct({"value": dtype})
    return Form(
        "text",
        dtype,
        pl.String(),
        write=lambda c: pl.when(c.is_not_null()).then(
            pl.struct(c.alias("value")).struct.json_encode()
        ),
        finish=lambda c: c.str.json_decode(whole).struct.field("value"),
    )


def _timestamp(dtype: pl.Datetime) -> Form:
    """Instants are kept in UTC; the day of one is the day in Tashkent."""
    in_utc = "{{c}} AT TIME ZONE 'UTC' AT TIME ZONE '{zone}'"
    zone = dtype.time_zone.replace("'", "''") if dtype.time_zone else None
    return Form(
        "timestamp",
        dtype,
        pl.Int64(),
        write=lambda c: (
            c.to_physical().cast(pl.Datetime(dtype.time_unit)).dt.to_string("%Y-%m-%d %H:%M:%S%.6f")
        ),
        select=_sql(_MICROSECONDS),
        finish=lambda c: c.cast(pl.Datetime("us", dtype.time_zone)).cast(dtype),
        wall=_sql(f"({in_utc.format(zone=TASHKENT)})") if zone else _bare,
        own=_sql(f"({in_utc.format(zone=zone)})") if zone else _bare,
        is_zoned=zone is not None,
    )


def form_of_catalog(type_name: str, modifier: int) -> Form:
    """How a column that an operator made is read: as a Parquet file would have it.

    Args:
        type_name: pg_type.typname.
        modifier: pg_attribute.atttypmod, which holds precision and scale of numeric.
    """
    if type_name in ("int2", "int4", "int8"):
        return Form(type_name, pl.Int64(), pl.Int64())
    if type_name in ("float4", "float8"):
        return Form(type_name, pl.Float64(), pl.Float64(), select=_sql("{c}::float8"))
    if type_name == "numeric":
        return _numeric(modifier)
    if type_name == "bool":
        return form_of_delivered(pl.Boolean())
    if type_name == "date":
        return form_of_delivered(pl.Date())
    if type_name == "timestamp":
        return form_of_delivered(pl.Datetime("us"))
    if type_name == "timestamptz":
        return Form(
            "timestamptz",
            pl.Datetime("us", "UTC"),
            pl.Int64(),
            select=_sql(_MICROSECONDS),
            finish=lambda c: c.cast(pl.Datetime("us", "UTC")),
            wall=_sql(f"({{c}} AT TIME ZONE '{TASHKENT}')"),
            own=_sql("({c} AT TIME ZONE 'UTC')"),
            is_zoned=True,
        )
    return Form(type_name, pl.String(), pl.String(), select=_sql("{c}::text"))


def _numeric(modifier: int) -> Form:
    """Whole numbers that fit are integers, stated scales are decimals, the rest are floats."""
    precision, scale = (modifier - 4) >> 16 & 0xFFFF, (modifier - 4) & 0x7FF
    if modifier < 4 or precision > 38 or scale > precision:
        return Form("numeric", pl.Float64(), pl.Float64(), select=_sql("{c}::float8"))
    no_nan = _sql("nullif({c}, 'NaN')::text")
    dtype = pl.Int64() if scale == 0 and precision <= 18 else pl.Decimal(precision, scale)
    return Form("numeric", dtype, pl.String(), select=no_nan, finish=lambda c: c.cast(dtype))
