"""No sum can leave an int64, and no line of a file is swallowed in silence."""

import polars as pl
import pytest

from registers.contract import GREATEST_TOTAL, Column, Table
from registers.errors import TableRefusedError
from registers.examples import example_frame
from registers.sources.stray_quotes import SwallowedLine, lines_of
from registers.tables import TABLES
from registers.validation.totals import Totals

AMOUNTS = [(t, c) for t in TABLES.values() for c in t.columns if c.kind == "som"]


@pytest.mark.parametrize(("table", "column"), AMOUNTS, ids=lambda value: value.name)
def test_every_amount_has_a_greatest_value(table: Table, column: Column) -> None:
    """Two of one row fit (claim_som + fee_som), and a batch of them adds up without a wrap."""
    assert column.highest is not None
    assert 10**10 <= int(str(column.highest)) <= 10**15


def test_four_totals_fit_into_an_int64() -> None:
    assert 4 * (GREATEST_TOTAL - 1) <= 2**63 - 1


def test_a_register_of_fillers_below_the_greatest_value_is_refused() -> None:
    table = TABLES["payments"]
    greatest = int(str(table.column("amount_som").highest))
    row = example_frame("payments", [{"amount_som": greatest}])
    rows = row.select(pl.all().repeat_by(100_000).explode())
    totals = Totals(table)
    n_fit = GREATEST_TOTAL // greatest
    for _ in range(n_fit // 100_000):
        totals.add(rows)
    with pytest.raises(TableRefusedError, match="amount_som add up to more"):
        totals.add(rows)


def test_each_swallowed_line_is_given_back_with_the_lines_of_all() -> None:
    record = ["1", "a,x\r\n2,b,y\r\n3,c", "z"]  # 1,"a,x / 2,b,y / 3,c",z
    found = list(lines_of(record, 5, 7, 3))
    assert found == [["1", "a", "x"], ["2", "b", "y"], ["3", "c", "z"]]
    assert {line.lines for line in found if isinstance(line, SwallowedLine)} == {"5-7"}


@pytest.mark.parametrize(
    "record", [["1", "x", "a remark\nof two lines"], ["1", "a\nb\nc", "x"], ["one\ncolumn"]]
)
def test_a_text_of_several_lines_is_one_record(record: list[str]) -> None:
    assert list(lines_of(record, 2, 4, len(record))) == [record]
