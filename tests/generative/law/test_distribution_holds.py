"""Promises of a distribution that hold for any claims and any sum."""

from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from law.uz.distribution import CLAIMS, distribute, open_som, returned_som
from law.uz.ranks import standing_of

DAY = date(2026, 4, 1)
TOLD = ("alimony", "wages", "tax", "criminal_fine", "bank_credit", "utility", "contract")
OPEN = ("administrative_fine", "damage_property", "damage_state", "court_costs", "other_money")


def _claim(kinds: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "claim_kind": st.sampled_from(kinds),
            "secured": st.booleans(),
            "claim_som": st.integers(0, 60) | st.integers(0, 10**9),
            "fee_som": st.integers(0, 10) | st.integers(0, 10**7),
            "still_owed": st.integers(0, 100),
        }
    )


def _claims(kinds: tuple[str, ...]) -> st.SearchStrategy[pl.DataFrame]:
    return st.lists(_claim(kinds), min_size=1, max_size=7).map(_frame)


def _frame(claims: list[dict[str, Any]]) -> pl.DataFrame:
    rows = [
        {
            **claim,
            "case_id": f"C{number}",
            "claimant_id": f"K{number}",
            "owed_som": (claim["claim_som"] + claim["fee_som"]) * claim["still_owed"] // 100,
        }
        for number, claim in enumerate(claims)
    ]
    return pl.DataFrame(rows).select(CLAIMS.names()).cast(CLAIMS)


SUMS = st.integers(0, 200) | st.integers(0, 5 * 10**9)


@settings(max_examples=150, deadline=None)
@given(_claims(TOLD + OPEN), SUMS)
def test_every_som_is_paid_kept_open_or_returned_and_nobody_gets_more_than_owed(
    claims: pl.DataFrame, collected: int
) -> None:
    found = distribute(collected, claims, DAY)
    back, still_open = returned_som(collected, found), open_som(collected, found)
    assert int(found["least_som"].sum()) + still_open + back == collected
    assert still_open >= 0
    assert back == max(collected - int(claims["owed_som"].sum()), 0)
    for row in found.iter_rows(named=True):
        assert 0 <= row["least_som"] <= row["most_som"] <= row["owed_som"]
        if row["paid_som"] is not None:
            assert row["paid_som"] == row["least_som"] == row["most_som"]
            shares = row["to_claimant_som"] + row["to_fee_som"] + row["to_costs_som"]
            assert shares == row["paid_som"]
            assert min(row["to_claimant_som"], row["to_fee_som"], row["to_costs_som"]) >= 0


@settings(max_examples=150, deadline=None)
@given(_claims(TOLD), SUMS)
def test_ranks_are_served_in_turn_and_in_proportion_inside(
    claims: pl.DataFrame, collected: int
) -> None:
    found = distribute(collected, claims, DAY)
    left = collected
    assert int(found["paid_som"].sum()) + returned_som(collected, found) == collected
    for rank in sorted(set(found["rank"])):
        mine = found.filter(pl.col("rank") == rank)
        owed = int(mine["owed_som"].sum())
        assert int(mine["paid_som"].sum()) == min(left, owed)
        for due, paid in mine.select("owed_som", "paid_som").iter_rows():
            exact = Fraction(min(left, owed) * due, owed) if owed else Fraction(0)
            assert abs(paid - exact) < 1
        left -= min(left, owed)


@settings(max_examples=80, deadline=None)
@given(_claims(TOLD + OPEN), SUMS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    claims: pl.DataFrame, collected: int, random: Any
) -> None:
    order = list(range(claims.height))
    random.shuffle(order)
    assert distribute(collected, claims[order], DAY).equals(distribute(collected, claims, DAY))


@settings(max_examples=150, deadline=None)
@given(_claims(TOLD), SUMS, st.integers(0, 100) | st.integers(0, 10**9))
def test_more_collected_lowers_no_rank_and_no_claim_by_more_than_the_som_of_rounding(
    claims: pl.DataFrame, collected: int, more: int
) -> None:
    less_, more_ = (
        distribute(sum_, claims, DAY).sort("case_id") for sum_ in (collected, collected + more)
    )
    assert (more_["paid_som"] - less_["paid_som"]).min() >= -1  # type: ignore[operator]
    by_rank = [
        dict(found.group_by("rank").agg(pl.col("paid_som").sum()).iter_rows())
        for found in (less_, more_)
    ]
    assert all(by_rank[0][rank] <= by_rank[1][rank] for rank in by_rank[0])


@settings(max_examples=80, deadline=None)
@given(_claims(TOLD + OPEN), SUMS, st.data())
def test_stating_any_possible_rank_keeps_every_part_that_was_told_and_within_what_was_bounded(
    claims: pl.DataFrame, collected: int, data: st.DataObject
) -> None:
    before = distribute(collected, claims, DAY)
    stated = [
        data.draw(st.sampled_from(standing_of(kind, DAY, secured=secured).turns))
        for kind, secured in claims.select("claim_kind", "secured").iter_rows()
    ]
    after = distribute(collected, claims.with_columns(stated_rank=pl.Series(stated)), DAY)
    assert after["paid_som"].null_count() == 0
    joined = before.join(after.select("case_id", now="paid_som"), on="case_id")
    for row in joined.iter_rows(named=True):
        assert row["least_som"] <= row["now"] <= row["most_som"]
