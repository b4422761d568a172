"""What a filter on dates keeps of files; PostgreSQL is compared with it in tests/integration."""

from collections.abc import Iterator
from datetime import date, datetime

import polars as pl
import pytest

from registers.sources.batching import rebatched
from registers.sources.dates import ReportedBetween
from registers.sources.filtered import FilteredTable

MARCH = ReportedBetween(date(2026, 3, 1), date(2026, 3, 31))


def kept(values: list[object], dtype: pl.DataType, days: ReportedBetween = MARCH) -> list[object]:
    frame = pl.DataFrame({"reported_on": pl.Series(values, dtype=dtype)})
    kept: list[object] = frame.filter(days.keeps("reported_on", dtype))["reported_on"].to_list()
    return kept


def test_both_ends_are_kept_and_the_days_beside_them_are_not() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert kept(list(days), pl.Date()) == days[1:3]
    assert kept([str(day) for day in days], pl.String()) == ["2026-03-01", "2026-03-31"]
    times: list[object] = [datetime(d.year, d.month, d.day) for d in days]  # noqa: DTZ001
    for unit in ("ms", "us", "ns"):
        assert kept(times, pl.Datetime(unit)) == times[1:3]


def test_one_end_alone_leaves_the_other_open() -> None:
    days: list[object] = [date(1950, 1, 1), date(2026, 3, 5), date(2090, 1, 1)]
    assert kept(days, pl.Date(), ReportedBetween(reported_until=date(2026, 3, 5))) == days[:2]
    assert kept(days, pl.Date(), ReportedBetween(reported_from=date(2026, 3, 5))) == days[1:]
    assert kept(days, pl.Date(), ReportedBetween()) == days


@pytest.mark.parametrize(
    "value", [None, "", "2026-02-30", "31.12.2027", "2027-01-01 ", "soon", "99999-01-01"]
)
def test_a_row_without_a_readable_day_is_kept(value: str | None) -> None:
    assert kept([value, "2027-01-01"], pl.String()) == [value]


def test_an_instant_within_a_day_is_no_day_and_is_kept() -> None:
    values: list[object] = [datetime(2027, 1, 1), datetime(2027, 1, 1, 9, 30)]  # noqa: DTZ001
    assert kept(values, pl.Datetime("us")) == values[1:]


def test_a_day_is_the_day_of_its_own_clock() -> None:
    zone = pl.Datetime("us", "Asia/Tashkent")
    midnight = pl.Series([datetime(2026, 4, 1), datetime(2026, 3, 31)])  # noqa: DTZ001
    frame = pl.DataFrame({"reported_on": midnight.dt.replace_time_zone("Asia/Tashkent")})
    found = frame.filter(MARCH.keeps("reported_on", zone))
    assert found.to_series().dt.replace_time_zone(None).to_list() == [datetime(2026, 3, 31)]  # noqa: DTZ001


def test_days_beyond_the_calendar_and_other_types_are_kept() -> None:
    beyond = pl.Series([2**31 - 1, -(2**31)], dtype=pl.Int32).cast(pl.Date)
    frame = pl.DataFrame({"reported_on": beyond})
    assert frame.filter(MARCH.keeps("reported_on", pl.Date())).height == 2
    assert kept([20270101], pl.Int64()) == [20270101]


def test_categories_are_read_as_their_texts() -> None:
    assert kept(["2026-03-05", "2027-01-01"], pl.Categorical()) == ["2026-03-05"]


class _Days:
    """A table of three days with a note that it cannot be counted beforehand."""

    label = "incomes.parquet"
    schema = pl.Schema({"reported_on": pl.Date()})
    n_rows = 3
    sha256 = "ab"
    frame = pl.DataFrame({"reported_on": [date(2026, 3, d) for d in (1, 2, 3)]})

    def batches(self, n_rows: int) -> Iterator[pl.DataFrame]:
        return rebatched([self.frame], n_rows)


def test_a_filtered_table_names_its_filter_and_gives_full_batches() -> None:
    days = ReportedBetween(reported_from=date(2026, 3, 2))
    table = FilteredTable(_Days(), days, "reported_on")
    assert table.label == "incomes.parquet (reported from 2026-03-02)"
    assert table.n_rows is None
    assert table.sha256 == "ab"
    assert [batch.height for batch in table.batches(2)] == [2]
    other = FilteredTable(_Days(), days, "withdrawn_on")
    assert sum(batch.height for batch in other.batches(2)) == 3
