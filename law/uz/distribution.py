"""A collected sum shared out among the claims against one debtor (Art. 51, 78-80).

1. First the fines imposed in the proceedings and the costs of enforcement (Art. 78).
2. Then money from a pledged thing serves the claim that it secures (Art. 51). Art. 80 puts such
   claims in rank 4: that the thing goes before the ranks is our reading ("inferred").
3. Then the ranks 1 to 6 (Art. 80): the next one only after the earlier is paid in full, inside a
   rank in proportion to what is owed (Art. 79); of each part the claimant and the enforcement fee
   in proportion (Art. 78).
4. Whole som by largest remainders, equal remainders in the order of case_id. What is left after
   all claims goes back to the debtor.

Where a rank cannot be told, all ranks that are possible are gone through: a part that is the same
in each of them is told, any other is left open between its least and its most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

import polars as pl

from law.confidence import weakest
from law.uz.distribution_words import part_sentence
from law.uz.errors import (
    ClaimsUnusableError,
    NegativeSumError,
    NotPledgedError,
    UnknownClaimError,
    UnusableCostsError,
    UnusableRankError,
)
from law.uz.ranks import BEFORE_RANKS, PLEDGE, RANKS, Standing, standing_of

CLAIMS = pl.Schema(
    {
        "case_id": pl.String(),
        "claimant_id": pl.String(),
        "claim_kind": pl.String(),
        "secured": pl.Boolean(),
        "claim_som": pl.Int64(),
        "fee_som": pl.Int64(),
        "owed_som": pl.Int64(),
    }
)
# What a person may state beside the registers: null where nobody stated it.
STATED = pl.Schema({"stated_rank": pl.Int64(), "costs_som": pl.Int64()})
DISTRIBUTION = pl.Schema(
    {
        "case_id": pl.String(),
        "claimant_id": pl.String(),
        "claim_kind": pl.String(),
        "rank": pl.Int8(),
        "article": pl.String(),
        "owed_som": pl.Int64(),
        "paid_som": pl.Int64(),
        "share": pl.Float64(),
        "to_claimant_som": pl.Int64(),
        "to_fee_som": pl.Int64(),
        "to_costs_som": pl.Int64(),
        "least_som": pl.Int64(),
        "most_som": pl.Int64(),
        "missing": pl.String(),
        "confidence": pl.String(),
        "sentence_uz_Latn": pl.String(),
        "sentence_uz_Cyrl": pl.String(),
        "sentence_ru": pl.String(),
        "sentence_en": pl.String(),
    }
)


@dataclass(frozen=True)
class _Item:
    """What is owed in one turn for one case: its costs, or its claim with the fee."""

    case_id: str
    is_costs: bool
    owed: int
    turns: tuple[float, ...]


def distribute(
    collected_som: int, claims: pl.DataFrame, on: date, pledge_of: str | None = None
) -> pl.DataFrame:
    """Who gets what of a collected sum.

    Args:
        collected_som: what came in, whole som.
        claims: CLAIMS of one debtor, each case once; owed_som is what is outstanding of claim and
            fee together. Optionally stated_rank (0 for an imposed fine, 1-6) and costs_som (the
            part of the outstanding fee_som that is costs), null where nobody stated them.
        on: the day whose law counts.
        pledge_of: the case whose pledge brought the money, where one did.

    Returns:
        DISTRIBUTION, in the order of the turns, ranks that cannot be told last. rank is null where
        it cannot be told, paid_som where the part cannot (then least_som and most_som bound it).
        `returned_som` and `open_som` tell what is left.

    Raises:
        NegativeSumError, UnknownClaimError, NotPledgedError, UnusableRankError,
        UnusableCostsError, ClaimsUnusableError.
    """
    rows = _checked(collected_som, claims, pledge_of)
    standings = {row["case_id"]: _standing(row, on, pledge_of) for row in rows}
    items = [item for row in rows for item in _items(row, standings[row["case_id"]])]
    least, most = _bounds(collected_som, items)
    paid = _whole(collected_som, items)
    is_short = collected_som < sum(row["owed_som"] for row in rows)
    parts = [
        _part(row, standings[row["case_id"]], items, (least, most, paid), is_short=is_short)
        for row in rows
    ]
    frame = pl.DataFrame(parts, schema=DISTRIBUTION, orient="row")
    turn = pl.col("case_id").replace_strict(
        {case_id: float(standing.turns[0]) for case_id, standing in standings.items()},
        return_dtype=pl.Float64,
    )
    return frame.sort(pl.col("rank").is_null(), turn, "case_id")


def returned_som(collected_som: int, distribution: pl.DataFrame) -> int:
    """What goes back to the debtor after every claim is paid."""
    return max(collected_som - int(distribution["owed_som"].sum()), 0)


def open_som(collected_som: int, distribution: pl.DataFrame) -> int:
    """What cannot be given to anybody before the missing facts are known; 0 where all is told."""
    certain = int(distribution["least_som"].sum())
    return collected_som - certain - returned_som(collected_som, distribution)


def _checked(
    collected_som: int, claims: pl.DataFrame, pledge_of: str | None
) -> list[dict[str, Any]]:
    if collected_som < 0:
        raise NegativeSumError(collected_som)
    missing = [name for name in CLAIMS.names() if name not in claims.columns]
    if missing:
        raise ClaimsUnusableError(f"the column {missing[0]} is missing")
    absent = [
        pl.lit(None, dtype=kind).alias(n) for n, kind in STATED.items() if n not in claims.columns
    ]
    kinds = pl.Schema([*CLAIMS.items(), *STATED.items()])
    frame = claims.with_columns(absent).select(kinds.names()).cast(kinds)
    if frame.select(*CLAIMS).null_count().sum_horizontal().item():
        raise ClaimsUnusableError("a value is missing")
    if frame["case_id"].is_duplicated().any():
        raise ClaimsUnusableError("a case comes twice")
    if frame.select((pl.col("claim_som", "fee_som", "owed_som") < 0).any()).sum_horizontal().item():
        raise ClaimsUnusableError("an amount is below zero")
    rows = frame.sort("case_id").to_dicts()
    for row in rows:
        _check_statements(row)
    _check_pledge(rows, pledge_of)
    return rows


def _check_statements(row: Mapping[str, Any]) -> None:
    rank, costs = row["stated_rank"], row["costs_som"]
    if rank is not None and rank not in (BEFORE_RANKS, *RANKS):
        raise UnusableRankError(row["case_id"], rank)
    most = min(row["fee_som"], row["owed_som"])
    if costs is not None and not 0 <= costs <= most:
        raise UnusableCostsError(row["case_id"], costs, most)


def _check_pledge(rows: Sequence[Mapping[str, Any]], pledge_of: str | None) -> None:
    if pledge_of is None:
        return
    secured = {row["case_id"]: row["secured"] for row in rows}
    if pledge_of not in secured:
        raise UnknownClaimError(pledge_of, secured)
    if not secured[pledge_of]:
        raise NotPledgedError(pledge_of)


def _standing(row: Mapping[str, Any], on: date, pledge_of: str | None) -> Standing:
    if row["case_id"] == pledge_of:
        return Standing((PLEDGE,), "51", "inferred")
    return standing_of(
        row["claim_kind"], on, secured=row["secured"], stated_rank=row["stated_rank"]
    )


def _items(row: Mapping[str, Any], standing: Standing) -> list[_Item]:
    costs = row["costs_som"] or 0
    claim = _Item(row["case_id"], False, row["owed_som"] - costs, standing.turns)
    return [_Item(row["case_id"], True, costs, (BEFORE_RANKS,)), claim] if costs else [claim]


def _shares(collected: int, items: Sequence[_Item], turns: Sequence[float]) -> list[Fraction]:
    """What each item gets before rounding, each in its turn."""
    shares = [Fraction(0)] * len(items)
    left = collected
    for turn in sorted(set(turns)):
        places = [place for place, its in enumerate(turns) if its == turn]
        owed = sum(items[place].owed for place in places)
        for place in places:
            due = items[place].owed
            shares[place] = Fraction(due) if left >= owed else Fraction(left * due, owed)
        left = max(left - owed, 0)
    return shares


def _bounds(
    collected: int, items: Sequence[_Item]
) -> tuple[dict[_Item, Fraction], dict[_Item, Fraction]]:
    """The least and the most that each item can get.

    Least: its own latest turn, the earliest of all others; most: the other way round. A claim that
    moves to a later turn never lowers what another one gets.
    """
    first, last = [i.turns[0] for i in items], [i.turns[-1] for i in items]
    least, most = {}, {}
    for place, item in enumerate(items):
        worst = [*first[:place], last[place], *first[place + 1 :]]
        best = [*last[:place], first[place], *last[place + 1 :]]
        least[item] = _shares(collected, items, worst)[place]
        most[item] = _shares(collected, items, best)[place]
    return least, most


def _whole(collected: int, items: Sequence[_Item]) -> dict[_Item, int]:
    """Whole som in each item's earliest turn: largest remainders, equal ones by case_id.

    Where the least and the most of an item are the same, this is its part whatever the open ranks.
    """
    turns = [item.turns[0] for item in items]
    shares = _shares(collected, items, turns)
    paid = [floor(share) for share in shares]
    for turn in sorted(set(turns)):
        places = [place for place, its in enumerate(turns) if its == turn]
        left_over = sum((shares[p] for p in places), Fraction(0)) - sum(paid[p] for p in places)
        by_remainder = sorted(
            places, key=lambda p: (paid[p] - shares[p], items[p].case_id, items[p].is_costs)
        )
        for place in by_remainder[: int(left_over)]:
            paid[place] += 1
    return dict(zip(items, paid, strict=True))


def _part(
    row: Mapping[str, Any],
    standing: Standing,
    items: Sequence[_Item],
    amounts: tuple[dict[_Item, Fraction], dict[_Item, Fraction], dict[_Item, int]],
    *,
    is_short: bool,
) -> dict[str, Any]:
    """One row of the answer."""
    least, most, paid = amounts
    own = [item for item in items if item.case_id == row["case_id"]]
    is_told = all(least[item] == most[item] for item in own)
    total = sum(paid[item] for item in own) if is_told else None
    costs = sum(paid[item] for item in own if item.is_costs)
    fee_due = row["fee_som"] - (row["costs_som"] or 0)
    due = row["claim_som"] + fee_due
    to_fee = None if total is None else (total - costs) * fee_due // due if due else 0
    # Costs are not told apart from the fee in the registers: a short sum then rests on our reading.
    is_read_as_fee = is_short and row["costs_som"] is None and row["fee_som"] > 0
    part: dict[str, Any] = {
        "case_id": row["case_id"],
        "claimant_id": row["claimant_id"],
        "claim_kind": row["claim_kind"],
        "rank": standing.rank,
        "article": standing.article,
        "owed_som": row["owed_som"],
        "paid_som": total,
        "share": None if total is None or not row["owed_som"] else total / row["owed_som"],
        "to_claimant_som": None if total is None or to_fee is None else total - costs - to_fee,
        "to_fee_som": to_fee,
        "to_costs_som": None if total is None else costs,
        "least_som": total if total is not None else floor(sum(least[item] for item in own)),
        "most_som": total if total is not None else ceil(sum(most[item] for item in own)),
        "missing": standing.missing or ("" if is_told else "rank_of_another_claim"),
        "confidence": weakest(standing.confidence, "inferred" if is_read_as_fee else "read"),
    }
    is_alone = all(item in own or not set(item.turns) & set(standing.turns) for item in items)
    said = part_sentence(part, is_pledge=standing.turns == (PLEDGE,), is_alone=is_alone)
    return {**part, **{f"sentence_{n}": text for n, text in said.as_dict().items()}}


__all__ = ["CLAIMS", "DISTRIBUTION", "STATED", "distribute", "open_som", "returned_som"]
