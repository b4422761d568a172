"""A collected sum shared out: what is refused, what is said, what stays the same."""

from datetime import date

import polars as pl
import pytest

from law.uz.distribution import CLAIMS, DISTRIBUTION, distribute, open_som, returned_som
from law.uz.errors import (
    ClaimsUnusableError,
    NegativeSumError,
    NotPledgedError,
    UnknownClaimError,
    UnusableCostsError,
    UnusableRankError,
)
from law.uz.ranks import standing_of
from registers.texts import LANGUAGES

DAY = date(2026, 4, 1)


def _claims(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    values = [
        (case, f"claimant-{case}", kind, kind == "bank_credit", claim, fee, claim + fee)
        for case, kind, claim, fee in rows
    ]
    return pl.DataFrame(values, schema=CLAIMS, orient="row")


THREE = _claims(
    ("A", "alimony", 3_000_000, 150_000),
    ("B", "bank_credit", 10_000_000, 500_000),
    ("F", "administrative_fine", 500_000, 0),
)


def test_the_answer_has_the_columns_that_it_promises() -> None:
    assert distribute(1_000_000, THREE, DAY).schema == DISTRIBUTION
    assert distribute(1_000_000, THREE.clear(), DAY).schema == DISTRIBUTION


def test_no_claim_sends_everything_back_to_the_debtor() -> None:
    nothing = distribute(700, THREE.clear(), DAY)
    assert (returned_som(700, nothing), open_som(700, nothing)) == (700, 0)


def test_a_sum_below_zero_is_refused() -> None:
    with pytest.raises(NegativeSumError, match="-1 som"):
        distribute(-1, THREE, DAY)


def test_the_pledge_of_an_unknown_case_names_the_open_claims() -> None:
    with pytest.raises(UnknownClaimError, match="They are: A, B, F"):
        distribute(1, THREE, DAY, pledge_of="Z")


def test_the_pledge_of_a_claim_without_pledge_is_refused() -> None:
    with pytest.raises(NotPledgedError, match=r"Art\. 51"):
        distribute(1, THREE, DAY, pledge_of="A")


@pytest.mark.parametrize("stated", [-1, 7])
def test_a_rank_that_the_law_does_not_have_is_refused(stated: int) -> None:
    with pytest.raises(UnusableRankError, match="1 to 6"):
        distribute(1, THREE.with_columns(stated_rank=pl.lit(stated)), DAY)


@pytest.mark.parametrize(("stated", "is_fine"), [(0, True), (150_000, True), (150_001, False)])
def test_costs_are_within_the_fee_of_the_case(stated: int, is_fine: bool) -> None:
    costs = pl.when(case_id="A").then(pl.lit(stated)).alias("costs_som")
    if is_fine:
        assert distribute(1, THREE.with_columns(costs), DAY).height == 3
    else:
        with pytest.raises(UnusableCostsError, match="150000"):
            distribute(1, THREE.with_columns(costs), DAY)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        (THREE.drop("secured"), "column secured is missing"),
        (THREE.with_columns(claim_som=pl.lit(None, dtype=pl.Int64)), "a value is missing"),
        (pl.concat([THREE, THREE]), "a case comes twice"),
        (THREE.with_columns(owed_som=pl.lit(-1)), "an amount is below zero"),
    ],
)
def test_claims_that_cannot_be_shared_among_are_refused(claims: pl.DataFrame, why: str) -> None:
    with pytest.raises(ClaimsUnusableError, match=why):
        distribute(1, claims, DAY)


@pytest.mark.parametrize("collected", [0, 400_000, 3_000_000, 4_000_000, 10**9])
def test_every_part_is_said_in_four_languages_without_an_unfilled_name(collected: int) -> None:
    for pledge_of in (None, "B"):
        said = distribute(collected, THREE, DAY, pledge_of)
        for language in LANGUAGES:
            sentences = said[f"sentence_{language}"]
            assert (sentences.str.len_chars() > 20).all()
            assert not sentences.str.contains(r"[{}]").any()


def test_a_short_sum_rests_on_fee_and_costs_that_no_register_tells_apart() -> None:
    confidences = {
        row["case_id"]: row["confidence"]
        for row in distribute(1_000_000, THREE, DAY).iter_rows(named=True)
    }
    assert confidences["A"] == "inferred"
    enough = distribute(10**9, THREE, DAY).filter(case_id="A")
    assert enough["confidence"].to_list() == ["read"]
    stated = THREE.with_columns(costs_som=pl.lit(0))
    told = distribute(1_000_000, stated, DAY).filter(case_id="A")
    assert told["confidence"].to_list() == ["read"]


def test_an_open_rank_names_what_is_missing_and_who_knows_it() -> None:
    fine = distribute(3_000_000, THREE, DAY).filter(case_id="F").row(0, named=True)
    assert (fine["rank"], fine["paid_som"], fine["share"]) == (None, None, None)
    assert "whether the fine was imposed in these proceedings" in fine["sentence_en"]
    assert "the enforcement officer of the case" in fine["sentence_en"]


def test_one_som_more_may_move_one_som_between_claims_of_a_rank() -> None:
    """Largest remainders (Balinski and Young 1982, the Alabama paradox): one som at most."""
    claims = _claims(
        *((name, "utility", owed, 0) for name, owed in zip("ABC", (6, 6, 2), strict=True))
    )
    parts = [
        dict(distribute(sum_, claims, DAY).select("case_id", "paid_som").iter_rows())
        for sum_ in (10, 11)
    ]
    assert parts == [{"A": 4, "B": 4, "C": 2}, {"A": 5, "B": 5, "C": 1}]


def test_that_a_pledge_goes_before_the_ranks_is_said_to_be_our_reading() -> None:
    pledged = distribute(10**9, THREE, DAY, pledge_of="B").filter(case_id="B")
    assert pledged["confidence"].to_list() == ["inferred"]


@pytest.mark.parametrize(("stated", "turns"), [(0, (0,)), (2, (2,)), (5, (4,)), (6, (4,))])
def test_a_stated_rank_is_no_surer_than_the_statement_and_keeps_the_pledge(
    stated: int, turns: tuple[int, ...]
) -> None:
    standing = standing_of("contract", DAY, secured=True, stated_rank=stated)
    assert (standing.turns, standing.confidence) == (turns, "secondary")
