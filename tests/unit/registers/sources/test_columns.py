"""How columns are named and typed in PostgreSQL; values are compared in tests/integration."""

from datetime import date

import polars as pl
import pytest

from registers.sources.postgres.columns import (
    ODD,
    OURS,
    dump_schema,
    join_odd,
    load_schema,
    names_in_table,
    split_odd,
)
from registers.sources.postgres.forms import form_of_catalog, form_of_delivered
from registers.sources.protocol import BROKEN_ROW, RAW_FIELDS


def test_usable_names_stay_and_all_others_get_a_number() -> None:
    names = ["debtor_id", "", "kind\0", "x" * 64, "Kind", "ctid", "chora_row", "column_1", "ў" * 32]
    given = names_in_table(names)
    assert given["debtor_id"] == "debtor_id"
    assert given["Kind"] == "Kind"
    assert given["column_1"] == "column_1"
    assert given[""] == "column_1_"
    assert len(set(given.values())) == len(names)
    assert all(0 < len(name.encode()) <= 63 for name in given.values())


def test_the_marks_of_broken_rows_cannot_clash_with_a_delivered_name() -> None:
    given = names_in_table([*OURS, BROKEN_ROW, RAW_FIELDS])
    assert given[BROKEN_ROW] == "chora_broken_row"
    assert given[RAW_FIELDS] == "chora_raw_fields"
    assert not {given[name] for name in OURS} & set(OURS)


@pytest.mark.parametrize(
    ("type_name", "modifier", "dtype"),
    [
        ("text", -1, pl.String()),
        ("varchar", 44, pl.String()),
        ("int2", -1, pl.Int64()),
        ("int4", -1, pl.Int64()),
        ("int8", -1, pl.Int64()),
        ("float4", -1, pl.Float64()),
        ("float8", -1, pl.Float64()),
        ("bool", -1, pl.Boolean()),
        ("date", -1, pl.Date()),
        ("timestamp", -1, pl.Datetime("us")),
        ("timestamptz", -1, pl.Datetime("us", "UTC")),
        ("numeric", -1, pl.Float64()),
        ("numeric", (15 << 16) + 4, pl.Int64()),
        ("numeric", (18 << 16) + 2 + 4, pl.Decimal(18, 2)),
        ("numeric", (100 << 16) + 2 + 4, pl.Float64()),
        ("uuid", -1, pl.String()),
        ("some_enum", -1, pl.String()),
    ],
)
def test_an_operators_column_has_the_type_that_a_file_of_it_would_have(
    type_name: str, modifier: int, dtype: pl.DataType
) -> None:
    assert form_of_catalog(type_name, modifier).dtype == dtype


def test_types_are_kept_exactly() -> None:
    schema = pl.Schema(
        {
            "a": pl.Enum(["x", "y"]),
            "b": pl.Decimal(20, 3),
            "c": pl.Datetime("ns", "Asia/Tashkent"),
            "d": pl.List(pl.Struct({"e": pl.UInt8()})),
            "": pl.Null(),
        }
    )
    assert load_schema(dump_schema(schema)) == schema


def test_every_type_has_a_form() -> None:
    for dtype in (
        pl.Int128(),
        pl.UInt64(),
        pl.Float32(),
        pl.Time(),
        pl.Duration("ns"),
        pl.Binary(),
    ):
        assert form_of_delivered(dtype).dtype == dtype


def test_odd_values_come_back_and_usual_rows_carry_nothing() -> None:
    beyond = pl.Series([0, 2**31 - 1, None], dtype=pl.Int32).cast(pl.Date)
    frame = pl.DataFrame({"day": beyond, "text": ["a", "b\0c", None]})
    split = split_odd(frame)
    assert split[ODD].is_null().to_list() == [True, False, True]
    assert split["text"].to_list() == ["a", None, None]
    assert split["day"].to_list() == [date(1970, 1, 1), None, None]
    back = join_odd(split)
    assert back["text"].to_list() == ["a", "b\0c", None]
    assert back["day"].to_physical().to_list() == [0, 2**31 - 1, None]


def test_parts_of_a_microsecond_are_odd() -> None:
    frame = pl.DataFrame({"at": pl.Series([1_000, 1_001], dtype=pl.Int64).cast(pl.Datetime("ns"))})
    split = split_odd(frame)
    assert split["at"].is_null().to_list() == [False, True]
    assert join_odd(split).equals(frame)
