"""Delays of reports are those of all payments, not of those that came quickly."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from registers.delays import EVERY_SOURCE, MIN_PAYMENTS, Delays, reporting_delays
from registers.examples import registers_of
from registers.extract import Registers
from registers.outcomes import recovered
from registers.snapshot import locate

END = date(2026, 4, 1)
LATEST = 40


def payments_until(end: date, n: int = 12_000, seed: int = 1) -> Registers:
    """Payments of 80 days, each reported 0 to 40 days late with equal chance, known by `end`."""
    rng = np.random.default_rng(seed)
    ages, delays = rng.integers(0, 80, n), rng.integers(0, LATEST + 1, n)
    rows: list[dict[str, Any]] = [
        {
            "payment_id": f"p{i}",
            "paid_on": END - timedelta(days=int(age)),
            "amount_som": 1_000,
            "source": "voluntary",
            "reported_on": END - timedelta(days=int(age) - int(delay)),
        }
        for i, (age, delay) in enumerate(zip(ages, delays, strict=True))
    ]
    return registers_of({"payments": [row for row in rows if row["reported_on"] <= end]})


def test_recent_payments_do_not_make_reporting_look_quick() -> None:
    """A plain count of known delays is too quick by several days; the estimate is not."""
    registers = payments_until(END)
    known = registers.table("payments")
    plain = ((known["reported_on"] - known["paid_on"]).dt.total_days() <= 20).mean()
    truth = 21 / (LATEST + 1)
    found = reporting_delays(registers, END).share_reported(20)
    assert isinstance(plain, float)
    assert plain - truth > 0.06
    assert found == pytest.approx(truth, abs=0.02)


def test_the_days_within_which_most_is_reported() -> None:
    delays = reporting_delays(payments_until(END), END)
    assert delays.within(0.95) in (37, 38, 39)
    assert delays.share_reported(LATEST) == 1.0
    assert delays.share_reported(-1) == 0.0


def test_reports_after_the_day_tell_nothing_of_it() -> None:
    day = END - timedelta(days=30)
    registers = payments_until(END)
    earlier = payments_until(day)
    assert reporting_delays(registers, day) == reporting_delays(earlier, day)


def test_a_correction_is_no_late_report() -> None:
    first: list[dict[str, Any]] = [
        {
            "payment_id": f"p{i}",
            "paid_on": date(2026, 1, 5),
            "amount_som": 5,
            "source": "wage",
            "reported_on": date(2026, 1, 6),
        }
        for i in range(300)
    ]
    corrected = [{**row, "amount_som": 7, "reported_on": date(2026, 3, 20)} for row in first]
    delays = reporting_delays(registers_of({"payments": [*first, *corrected]}), END)
    assert delays.within(0.95) == 1


def test_without_a_payment_there_is_nothing_to_make_up_for() -> None:
    delays = reporting_delays(registers_of({"payments": []}), END)
    assert delays.share_reported(0) == 1.0
    assert delays.within(0.95) == 0


def test_a_source_of_few_payments_is_as_late_as_all() -> None:
    registers = payments_until(END, n=MIN_PAYMENTS * 3)
    few = registers.table("payments").head(5).with_columns(pl.lit("auction").alias("source"))
    mixed = pl.concat([few, registers.table("payments").slice(5)])
    delays = reporting_delays(
        Registers(
            {**registers.tables, "payments": mixed},
            registers.absent,
            registers.legal_order,
            "mixed",
            registers.as_of,
        ),
        END,
    )
    assert delays.shares["auction"] == delays.shares[EVERY_SOURCE]


def test_known_payments_stand_for_those_that_are_not_reported_yet() -> None:
    """Over many cases the outcome of a young window is right on average; the plain one is not."""
    rng = np.random.default_rng(3)
    n, paid_on = 2_000, END - timedelta(days=12)
    late = rng.integers(0, 21, n)
    history: list[dict[str, Any]] = [
        {
            "payment_id": f"old{i}",
            "case_id": "case-0",
            "paid_on": END - timedelta(days=100),
            "amount_som": 1,
            "source": "voluntary",
            "reported_on": END - timedelta(days=100 - int(day)),
        }
        for i, day in enumerate(rng.integers(0, 21, 4_000))
    ]
    young: list[dict[str, Any]] = [
        {
            "payment_id": f"new{i}",
            "case_id": f"case-{i}",
            "paid_on": paid_on,
            "amount_som": 1_000,
            "source": "voluntary",
            "reported_on": paid_on + timedelta(days=int(day)),
        }
        for i, day in enumerate(late)
    ]
    cases = [{"case_id": f"case-{i}", "claim_som": 100_000, "fee_som": 0} for i in range(n)]
    known = [row for row in (*history, *young) if row["reported_on"] <= END]
    registers = registers_of({"cases": cases, "payments": known})
    asked = registers.table("cases").select("case_id", as_of_date=pl.lit(paid_on))
    points, _ = locate(registers, asked)
    plain = recovered(registers, points, 10, END)["recovered_som"].mean()
    delays = reporting_delays(registers, END)
    made_up = recovered(registers, points, 10, END, delays)["recovered_som"].mean()
    assert isinstance(plain, float)
    assert plain < 700
    assert made_up == pytest.approx(1_000, rel=0.06)


def test_no_outcome_is_above_what_was_owed() -> None:
    delays = Delays(END, {EVERY_SOURCE: (0.25,) * 60})
    paid = {
        "paid_on": date(2026, 3, 1),
        "amount_som": 80,
        "source": "voluntary",
        "reported_on": date(2026, 3, 2),
    }
    registers = registers_of({"cases": [{"claim_som": 100, "fee_som": 0}], "payments": [paid]})
    asked = registers.table("cases").select("case_id", as_of_date=pl.date(2026, 2, 20))
    points, _ = locate(registers, asked)
    assert recovered(registers, points, 30, END, delays)["recovered_som"].to_list() == [100]
