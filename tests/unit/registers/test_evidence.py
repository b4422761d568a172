"""Which texts need their whole column before they can be understood, and what a column proves."""

import polars as pl
import pytest

from registers.examples import example_frame
from registers.legal_orders import legal_order
from registers.tables import TABLES
from registers.validation.evidence import LEAST_SHARE, Proof, asks_for_evidence, gather_evidence

CASES = TABLES["cases"].under(legal_order("uz"))
PAYMENTS = TABLES["payments"].under(legal_order("uz"))


def cases(office: str) -> pl.DataFrame:
    return example_frame("cases", [{"office": office}])


@pytest.mark.parametrize(
    ("office", "asks"),
    [("O1726", False), ("Чилонзор", False), ("О1726", True), ("1726", False), ("Ў1726", False)],
)
def test_only_a_code_that_could_be_latin_asks_for_its_column(office: str, asks: bool) -> None:
    assert asks_for_evidence(CASES, cases(office)) is asks


def days(*texts: str) -> pl.DataFrame:
    frame = example_frame("payments", [{}] * len(texts))
    return frame.with_columns(paid_on=pl.Series(texts))


def proof(*frames: pl.DataFrame) -> Proof:
    return gather_evidence(PAYMENTS, frames).of("paid_on")


def test_days_above_twelve_prove_that_the_day_comes_first() -> None:
    assert proof(days("25.02.2026", "01.02.2026")).year_last == "first"
    assert proof(days("02/25/2026", "02/01/2026")).year_last == "last"


def test_days_that_can_be_read_either_way_prove_nothing() -> None:
    assert proof(days("05.02.2026", "01.02.2026")).year_last is None


def test_days_that_contradict_each_other_prove_nothing() -> None:
    assert proof(days("25.02.2026", "02.25.2026", "26.02.2026")).year_last is None


def test_one_slip_of_a_pen_turns_no_column_around() -> None:
    enough = int(1 / LEAST_SHARE)
    ambiguous = ["2026-01-05"] * enough
    assert proof(days("2026-13-01", *ambiguous[: enough - 1])).year_first == "first"
    assert proof(days("2026-13-01", *ambiguous)).year_first is None


def test_the_proof_is_that_of_all_batches_together() -> None:
    early, late = days("05.02.2026"), days("25.02.2026")
    assert proof(early).year_last is None
    assert proof(early, late).year_last == "first"


def test_a_month_is_read_so_that_it_begins_on_its_first_day() -> None:
    table = TABLES["incomes"].under(legal_order("uz"))
    months = pl.Series("month", ["01.02.2026", "01.03.2026"])
    frame = example_frame("incomes", [{}] * 2).with_columns(months)
    assert gather_evidence(table, [frame]).of("month").year_last == "first"


@pytest.mark.parametrize(
    ("amounts", "proven"),
    [
        (["1,5", "2"], True),
        (["0,125"], True),
        (["1,200", "3,400"], False),  # thousands or thousandths
        (["1,5", "2.5"], False),
        (["1,5", "1,234,567"], False),
        (["1,5", *["1,200"] * 5], False),  # one in six is too few
    ],
)
def test_a_decimal_comma_is_proven_by_its_column(amounts: list[str], proven: bool) -> None:
    frame = example_frame("payments", [{}] * len(amounts))
    found = gather_evidence(PAYMENTS, [frame.with_columns(amount_som=pl.Series(amounts))])
    assert found.of("amount_som").decimal_comma is proven
