"""Faults of columns: their names, their types, the way in which all their values are written."""

from datetime import date, datetime

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.assets.fault import Fault, Folder
from tests.assets.faultless import few

WHOLE = (8, 8, 0, 0)
NONE = (0, 0, 0, 0)
BEYOND_THE_CALENDAR = 2**30


def _payments(folder: Folder, *changes: pl.Expr | pl.Series) -> None:
    folder.parquet("payments", few()["payments"].with_columns(*changes))


def _header(folder: Folder, old: str, new: str) -> None:
    folder.edit("payments", lambda text: text.replace(old, new, 1))


def _missing_column(folder: Folder) -> None:
    folder.parquet("payments", few()["payments"].drop("paid_on"))


def _renamed_column(folder: Folder) -> None:
    _header(folder, "amount_som", "ammount_som")


def _capital_letters(folder: Folder) -> None:
    _header(folder, "paid_on", "Paid_On")


def _spaces_in_the_header(folder: Folder) -> None:
    _header(folder, ",paid_on,", ", paid_on ,")


def _extra_column(folder: Folder) -> None:
    _payments(folder, pl.lit("by post").alias("channel"))


def _comma_at_line_ends(folder: Folder) -> None:
    folder.edit("payments", lambda text: text.replace("\n", ",\n"))


def _duplicated_header(folder: Folder) -> None:
    _header(folder, "source", "paid_on")


def _duplicated_parquet_column(folder: Folder) -> None:
    folder.file("payments").unlink()
    whole = few()["payments"].to_arrow(compat_level=pl.CompatLevel.oldest())
    names = ["paid_on" if name == "source" else name for name in whole.column_names]
    pq.write_table(whole.rename_columns(names), folder.file("payments", "parquet"))


def _name_of_a_mark(folder: Folder) -> None:
    _payments(folder, pl.lit(True).alias("?broken_row"), pl.lit("x").alias("?raw_fields"))


def _floats_and_instants(folder: Folder) -> None:
    _payments(
        folder,
        pl.col("amount_som").cast(pl.Float64),
        pl.col("paid_on").cast(pl.Datetime("us")),
        pl.col("source").cast(pl.Categorical),
    )


def _int96(folder: Folder) -> None:
    folder.file("payments").unlink()
    frame = few()["payments"].with_columns(pl.col("paid_on").cast(pl.Datetime("ns")))
    pq.write_table(
        frame.to_arrow(compat_level=pl.CompatLevel.oldest()),
        folder.file("payments", "parquet"),
        use_deprecated_int96_timestamps=True,
    )


def _nested(folder: Folder) -> None:
    _payments(folder, pl.Series("amount_som", [[100_000 + n] for n in range(8)]))


def _time_of_day(folder: Folder) -> None:
    hours = [datetime(2026, 1, 5, 0 if n < 6 else n) for n in range(8)]  # noqa: DTZ001
    _payments(folder, pl.Series("paid_on", hours))


def _beyond_the_calendar(folder: Folder) -> None:
    folder.file("payments").unlink()
    whole = few()["payments"].to_arrow(compat_level=pl.CompatLevel.oldest())
    place = whole.column_names.index("paid_on")
    days = whole.column("paid_on").combine_chunks().cast(pa.int32()).to_pylist()
    spoilt = pa.array([BEYOND_THE_CALENDAR, *days[1:]], pa.int32()).cast(pa.date32())
    pq.write_table(whole.set_column(place, "paid_on", spoilt), folder.file("payments", "parquet"))


def _nan_keys(folder: Folder) -> None:
    numbers = [float(n) for n in range(3)]
    folder.parquet(
        "debtors", few()["debtors"].with_columns(debtor_id=pl.Series([0.0, 1.0, float("nan")]))
    )
    for table in ("cases", "incomes", "real_estate"):
        folder.parquet(table, few()[table].with_columns(debtor_id=pl.Series(numbers)))


def _nan_as_text(folder: Folder) -> None:
    folder.cells("payments", "payment_id", {2: "nan", 5: "nan"})


def _day_first(text: str) -> str:
    return date.fromisoformat(text).strftime("%d.%m.%Y")


def _swapped(text: str) -> str:
    return date.fromisoformat(text).strftime("%Y-%d-%m")


def _swapped_day_and_month(folder: Folder) -> None:
    folder.column("payments", "paid_on", _swapped)


def _two_date_formats(folder: Folder) -> None:
    dates = few()["payments"]["paid_on"].to_list()
    some = {n: _day_first(dates[n].isoformat()) for n in (0, 1, 2, 6)}
    folder.cells("payments", "paid_on", some)


def _order_not_proven(folder: Folder) -> None:
    folder.cells("payments", "paid_on", {0: "05.01.2026", 6: "09.01.2026"})


def _both_orders(folder: Folder) -> None:
    folder.cells("payments", "paid_on", {1: "13.01.2026", 2: "01/14/2026"})


def _short_years(folder: Folder) -> None:
    folder.cells("payments", "paid_on", {1: "13.01.26"})


def _decimal_comma(folder: Folder) -> None:
    folder.column("real_estate", "area_m2", lambda text: text.replace(".", ","))


def _comma_not_proven(folder: Folder) -> None:
    folder.cells("payments", "amount_som", {0: "100,000"})


def _look_alikes(folder: Folder) -> None:
    folder.cells("payments", "case_id", {1: "cаse-1", 4: "саsе-1"})
    folder.cells("payments", "source", {2: "vоluntary"})


def _spaces(folder: Folder) -> None:
    folder.cells("payments", "case_id", {0: "case-0 ", 3: "\u00a0case-0"})
    folder.cells("payments", "paid_on", {3: " 2026-01-17"})


FAULTS: tuple[Fault, ...] = (
    Fault(
        "25-missing-column",
        "a column is missing",
        "payments",
        "refused",
        "missing_column",
        NONE,
        "Export the table again with every column",
        _missing_column,
    ),
    Fault(
        "26-renamed-column",
        "a column has another name",
        "payments",
        "refused",
        "missing_column",
        NONE,
        "is the column ammount_som meant for amount_som?",
        _renamed_column,
    ),
    Fault(
        "27-capital-letters",
        "a column name is written with capital letters",
        "payments",
        "refused",
        "missing_column",
        NONE,
        "is the column Paid_On meant for paid_on?",
        _capital_letters,
    ),
    Fault(
        "28-spaces-in-the-header",
        "spaces stand around a column name",
        "payments",
        "accepted",
        "",
        WHOLE,
        "all accepted",
        _spaces_in_the_header,
    ),
    Fault(
        "29-extra-column",
        "a column is too many",
        "payments",
        "accepted",
        "dropped_columns",
        WHOLE,
        "dropped: channel",
        _extra_column,
    ),
    Fault(
        "30-comma-at-line-ends",
        "every line ends in a comma",
        "payments",
        "accepted",
        "dropped_columns",
        WHOLE,
        "dropped: column 8 without a name",
        _comma_at_line_ends,
    ),
    Fault(
        "31-duplicated-header",
        "two columns have one name",
        "payments",
        "refused",
        "duplicate_column",
        NONE,
        "Keep one column of each name",
        _duplicated_header,
    ),
    Fault(
        "32-duplicated-parquet-column",
        "two columns of a Parquet file have one name",
        "payments",
        "refused",
        "duplicate_column",
        NONE,
        "Keep one column of each name",
        _duplicated_parquet_column,
    ),
    Fault(
        "33-name-of-a-mark",
        "columns are named like marks of the program",
        "payments",
        "accepted",
        "dropped_columns",
        WHOLE,
        "dropped: ?broken_row (delivered), ?raw_fields (delivered)",
        _name_of_a_mark,
    ),
    Fault(
        "34-floats-and-instants",
        "whole numbers came as floats, days as midnights",
        "payments",
        "accepted",
        "other_type",
        WHOLE,
        "amount_som was delivered as Float64 and read as som",
        _floats_and_instants,
    ),
    Fault(
        "35-int96",
        "days came as old INT96 timestamps",
        "payments",
        "accepted",
        "other_type",
        WHOLE,
        "read as date",
        _int96,
    ),
    Fault(
        "36-nested-values",
        "amounts came as lists",
        "payments",
        "set aside",
        "wrong_type",
        (8, 0, 0, 8),
        "Correct the value",
        _nested,
    ),
    Fault(
        "37-time-of-day",
        "a day came with a time of day",
        "payments",
        "set aside",
        "wrong_type",
        (8, 6, 0, 2),
        "a date such as 2026-01-31. Correct the value",
        _time_of_day,
    ),
    Fault(
        "38-beyond-the-calendar",
        "a day lies millions of years ahead",
        "payments",
        "set aside",
        "impossible_date",
        (8, 7, 0, 1),
        "Correct the value",
        _beyond_the_calendar,
    ),
    Fault(
        "39-nan-keys",
        "ids came as floats, one of them NaN",
        "debtors",
        "set aside",
        "missing_value",
        (3, 2, 2, 1),
        "Fill it in",
        _nan_keys,
    ),
    Fault(
        "40-nan-as-text",
        "missing ids were written as the text nan",
        "payments",
        "set aside",
        "missing_value",
        (8, 6, 0, 2),
        "Fill it in",
        _nan_as_text,
    ),
    Fault(
        "41-swapped-day-and-month",
        "a column has year, day, month",
        "payments",
        "repaired",
        "day_and_month",
        (8, 8, 8, 0),
        "See repairs/payments.parquet",
        _swapped_day_and_month,
    ),
    Fault(
        "42-two-date-formats",
        "a column has 2026-01-13 and 13.01.2026",
        "payments",
        "repaired",
        "day_and_month",
        (8, 8, 4, 0),
        "See repairs/payments.parquet",
        _two_date_formats,
    ),
    Fault(
        "43-order-not-proven",
        "05.01.2026 may be in January or in May",
        "payments",
        "set aside",
        "wrong_type",
        (8, 6, 0, 2),
        "a date such as 2026-01-31. Correct the value",
        _order_not_proven,
    ),
    Fault(
        "44-both-orders",
        "a column has 13.01.2026 and 01/14/2026",
        "payments",
        "set aside",
        "both_orders",
        (8, 6, 0, 2),
        "the other days may be wrong too",
        _both_orders,
    ),
    Fault(
        "45-short-year",
        "a year has two digits",
        "payments",
        "set aside",
        "wrong_type",
        (8, 7, 0, 1),
        "a date such as 2026-01-31. Correct the value",
        _short_years,
    ),
    Fault(
        "46-decimal-comma",
        "decimals are written with a comma",
        "real_estate",
        "repaired",
        "decimal_comma",
        (3, 3, 3, 0),
        "See repairs/real_estate.parquet",
        _decimal_comma,
    ),
    Fault(
        "47-comma-not-proven",
        "100,000 may be a hundred or a hundred thousand",
        "payments",
        "set aside",
        "wrong_type",
        (8, 7, 0, 1),
        "a whole amount. Correct the value",
        _comma_not_proven,
    ),
    Fault(
        "48-look-alikes",
        "codes hold Cyrillic letters that look Latin",
        "payments",
        "repaired",
        "latin_letters",
        (8, 8, 3, 0),
        "See repairs/payments.parquet",
        _look_alikes,
    ),
    Fault(
        "49-spaces-around-values",
        "spaces stand around values",
        "payments",
        "repaired",
        "trimmed_spaces",
        (8, 8, 2, 0),
        "See repairs/payments.parquet",
        _spaces,
    ),
)
