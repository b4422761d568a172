"""The filter on dates is the server's work, uses its index, and keeps what cannot be judged."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
from psycopg import sql

from registers.sources.dates import ReportedBetween
from registers.sources.files import FolderExtract
from registers.sources.filtered import FilteredExtract
from registers.sources.postgres import Address, PostgresExtract, load_extract
from tests.integration.registers.postgres.frames import FrameExtract, read_all

MARCH = ReportedBetween(date(2024, 3, 1), date(2024, 3, 31))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _plan(owner: psycopg.Connection, query: sql.Composed) -> list[dict[str, Any]]:
    explained = owner.execute(sql.SQL("EXPLAIN (FORMAT json, ANALYZE) {}").format(query))
    found = explained.fetchone()
    assert found is not None
    return list(_nodes(found[0][0]["Plan"]))


def test_the_filter_reaches_the_server_and_uses_the_index_of_the_load(
    nation: Path, url: str, owner: psycopg.Connection
) -> None:
    load_extract(FolderExtract(nation), Address.parse(url))
    with PostgresExtract(url, None, date(2025, 6, 12), date(2025, 6, 10)) as extract:
        table = extract.table("incomes")
        assert table is not None
        n_rows = read_all(table).height
        plan = _plan(owner, table.query)
    assert plan[0]["Actual Rows"] == n_rows
    indexes = {node.get("Index Name", "") for node in plan}
    assert any(name.endswith("_reported_on") for name in indexes), plan
    conditions = " ".join(str(node.get("Index Cond", "")) for node in plan)
    assert "2025-06-10" in conditions
    assert "2025-06-12" in conditions
    with PostgresExtract(url) as extract:
        table = extract.table("incomes")
        assert table is not None
        assert "Index Cond" not in str(_plan(owner, table.query))
        assert 0 < n_rows < read_all(table).height / 10


DAYS = (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1))
TEXTS = (
    *map(str, DAYS),
    "2023-02-29", "2100-02-29", "2000-02-29", "2024-04-31", "2024-13-01", "2024-00-10",
    "2025-02-29", "2025-02-31", "2025-06-31", "2028-02-29", "2400-02-29", "2500-02-29",
    "0000-02-29", "9999-12-31", "2024-3-1", "31.03.2025", "2025-04-01 ", " 2025-04-01",
    "2025-04-01T00:00:00", "", "soon", "２０２５-０４-０１", "2025-04-01\n", "12025-04-01",
    "zero\0",
)  # fmt: skip


def _columns() -> dict[str, pl.Series]:
    instants = [datetime(d.year, d.month, d.day) for d in DAYS]  # noqa: DTZ001
    instants += [datetime(2025, 4, 1, 0, 0, 1)]  # noqa: DTZ001
    at = pl.Series(instants, dtype=pl.Datetime("us"))
    far = pl.Series([2**31 - 1, -(2**31), 2_932_896, 2_932_897], dtype=pl.Int32).cast(pl.Date)
    return {
        "dates": pl.concat([pl.Series(DAYS), far, pl.Series([None], dtype=pl.Date)]),
        "texts": pl.Series([*TEXTS, None], dtype=pl.String),
        "categories": pl.Series([*TEXTS, None], dtype=pl.Categorical),
        "milliseconds": at.cast(pl.Datetime("ms")),
        "microseconds": at,
        "nanoseconds": at.cast(pl.Datetime("ns")),
        "tashkent": at.dt.replace_time_zone("Asia/Tashkent"),
        "midnights_of_tashkent_in_utc": at.dt.replace_time_zone("Asia/Tashkent")
        .dt.convert_time_zone("UTC")
        .cast(pl.Datetime("ms", "UTC")),
        "midnights_in_utc": at.dt.replace_time_zone("UTC"),
        "tokyo": at.dt.replace_time_zone("Asia/Tokyo"),
        "numbers": pl.Series([20240301, 20250301, None]),
        "nothing": pl.Series([None, None], dtype=pl.Null),
    }


@pytest.mark.parametrize("kind", _columns())
@pytest.mark.parametrize(
    "days",
    [MARCH, ReportedBetween(None, date(2024, 2, 29)), ReportedBetween(date(2024, 3, 31), None)],
    ids=["between", "until", "from"],
)
def test_files_and_server_keep_the_same_rows_whatever_stands_for_a_day(
    kind: str, days: ReportedBetween, url: str
) -> None:
    column = _columns()[kind]
    frame = pl.DataFrame({"debtor_id": [str(n) for n in range(len(column))], "reported_on": column})
    withdrawn = frame.with_columns(pl.col("reported_on").alias("withdrawn_on"))
    extract = FrameExtract({"debtors": frame}, {"debtors": withdrawn})
    load_extract(extract, Address.parse(url))
    filtered = FilteredExtract(extract, days)
    with PostgresExtract(url, None, days.reported_until, days.reported_from) as database:
        assert read_all(database.table("debtors")).equals(read_all(filtered.table("debtors")))
        taken_back = read_all(database.withdrawals("debtors"))
        assert taken_back.equals(read_all(filtered.withdrawals("debtors")))
        assert days.label in database.label


def test_a_row_without_a_readable_day_is_never_lost(url: str, owner: psycopg.Connection) -> None:
    owner.execute("CREATE SCHEMA registers")
    owner.execute("CREATE TABLE registers.debtors (debtor_id text, reported_on varchar(20))")
    owner.execute(
        "INSERT INTO registers.debtors VALUES ('a', NULL), ('b', '2030-02-30'), ('c', 'unknown'),"
        " ('d', '2030-01-01'), ('e', '2024-03-02'), ('f', '1999-01-01')"
    )
    with PostgresExtract(url, None, MARCH.reported_until, MARCH.reported_from) as extract:
        assert read_all(extract.table("debtors"))["debtor_id"].to_list() == ["a", "b", "c", "e"]


def test_instants_of_an_operator_count_by_the_clock_of_the_bureau(
    url: str, owner: psycopg.Connection
) -> None:
    owner.execute("CREATE SCHEMA registers")
    owner.execute("CREATE TABLE registers.debtors (debtor_id text, reported_on timestamptz)")
    owner.execute(
        "INSERT INTO registers.debtors VALUES ('last day', '2024-03-30 19:00Z'),"
        " ('day after', '2024-03-31 19:00Z'), ('within a day', '2024-05-01 07:00Z')"
    )
    with PostgresExtract(url, None, MARCH.reported_until) as extract:
        kept = read_all(extract.table("debtors"))["debtor_id"].to_list()
    assert kept == ["last day"]
    with PostgresExtract(url, None) as extract:
        every = read_all(extract.table("debtors"))
    assert every.schema["reported_on"] == pl.Datetime("us", "UTC")
    instants = pl.Series("reported_on", [datetime(2024, 3, 31), datetime(2024, 4, 1)])  # noqa: DTZ001
    midnights = instants.dt.replace_time_zone("Asia/Tashkent").dt.convert_time_zone("UTC")
    assert set(midnights) <= set(every["reported_on"])
