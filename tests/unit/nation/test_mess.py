"""Untidy banks: late months, blocks above the balance, and officers who know no more than that."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from nation.invent import Nation, invent
from nation.lawful import in_memory
from nation.mess import (
    LATE_NOW,
    MONTHS_LATE_NOW,
    SEEN_WHERE_LATE,
    free_share,
    late_before,
    late_days,
)
from nation.settings import Switches
from registers.holdings import holdings
from registers.snapshot import locate

AS_OF = date(2026, 4, 1)
LATEST_DAYS = 44
"""Days from the end of a month to its report at the most, where no bank is late."""


def invented(*, untidy: bool) -> Nation:
    return invent(
        1_000, 408, AS_OF, switches=Switches(untidy_banks=untidy), n_draws=1,
        truth_questions=10, truth_actions=10,
    )  # fmt: skip


@pytest.fixture(scope="module")
def nation() -> Nation:
    return invented(untidy=True)


@pytest.fixture(scope="module")
def held(nation: Nation) -> pl.DataFrame:
    registers = in_memory(nation.tables)
    points, _ = locate(registers, nation.questions)
    return holdings(registers, points, "accounts")


def test_two_banks_are_four_months_late_on_the_day_of_the_questions(nation: Nation) -> None:
    newest = nation.tables["accounts"].group_by("bank_id").agg(pl.col("month").max())
    late = newest.filter(pl.col("month") < date(2026, 1, 1))
    assert late.height == LATE_NOW
    assert late["month"].min() >= date(2025, 10, 1)  # type: ignore[operator]


def test_some_banks_send_months_at_once_in_the_middle_of_the_history(nation: Nation) -> None:
    accounts = nation.tables["accounts"]
    lag = (pl.col("reported_on") - pl.col("month").dt.month_end()).dt.total_days()
    late = accounts.filter(lag > 75)
    assert 3 <= late["bank_id"].n_unique() <= 25


def test_a_late_bank_leaves_a_balance_that_still_counts(held: pl.DataFrame) -> None:
    old = held.filter(pl.col("month") < date(2026, 1, 1))
    assert old.height > 5
    assert old["is_current"].all()


def test_some_accounts_are_blocked_above_their_balance(held: pl.DataFrame) -> None:
    over = (held["blocked_som"] > held["balance_som"]).mean()
    assert isinstance(over, float)
    assert 0.02 < over < 0.10
    naive = held.select(pl.col("balance_som") - pl.col("blocked_som")).sum().item()
    assert held["free_som"].sum() > naive


def test_without_the_switch_no_bank_is_late_and_no_account_blocked_above_its_balance() -> None:
    accounts = invented(untidy=False).tables["accounts"]
    newest = accounts.group_by("bank_id").agg(pl.col("month").max())
    assert newest["month"].min() >= date(2026, 1, 1)  # type: ignore[operator]
    right = accounts.unique(["account_id", "month"], keep="last", maintain_order=True)
    assert right.filter(pl.col("blocked_som") > pl.col("balance_som")).is_empty()


def test_a_block_takes_no_more_than_lies_on_each_account() -> None:
    blocks = np.array([0.0, 0.15, 0.95, 0.15, 2.0])
    accounts = np.array([2, 2, 2, 1, 1])
    assert free_share(blocks, accounts) == pytest.approx([1.0, 0.75, 0.0, 0.85, 0.0])


def test_officers_look_back_over_all_months_that_may_be_the_last_known() -> None:
    ends = np.cumsum(np.full(33, 30))
    days = late_days(np.random.default_rng(1), ends)
    near = late_before(days)
    assert ((days[:, -1] > 0).sum(), (days[:, -MONTHS_LATE_NOW] > 0).sum()) == (2, 2)
    for bank, month in zip(*np.nonzero(days), strict=True):
        # The month in which it comes at the latest, and the one before it where one is missing.
        sent = np.searchsorted(ends, ends[month] + days[bank, month] + LATEST_DAYS)
        last = min(int(sent), len(ends))
        assert near[bank, month + 1 : last + 1].all()
        first = month - np.argmax(days[bank, month::-1] == 0) + 1
        assert last - (first - 2) <= SEEN_WHERE_LATE
