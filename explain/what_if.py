"""What would change the first measure: the smallest change of a changeable fact (what_if.parquet).

Every change of `explain.changes` that makes sense in a case is put into its facts; the law judges
them anew, the model ranks anew, and of the changes that put another measure first the one of least
cost is told (of equal ones the first of the list). The cost is the size of the change over the
distance of the quartiles in training of the fact that it changes; an event costs one. A change that
takes any number out of the range that training saw is not asked about.

Each case is asked about alone: its bytes are the same in any batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain.change_words import (
    IF,
    KINDS,
    NO_CHANGE,
    NOTHING_TO_CHANGE,
    THEN,
    THEN_UNLAWFUL,
)
from explain.changes import AMOUNT, LAW, Change, changes
from explain.record import TEXTS
from features.dependent import with_dependents
from features.pair_changes import pairs_after
from law.catalogue import Measure
from law.rules import deriver_of
from models.ranges import Ranges
from registers.legal_orders import LegalOrder
from registers.texts import LANGUAGES, Texts, format_amount

SCHEMA: Final[Mapping[str, pl.DataType | type[pl.DataType]]] = MappingProxyType(
    {
        "case_id": pl.String,
        "as_of_date": pl.Date,
        "measure": pl.String,
        "change": pl.String,
        "change_som": pl.Float64,
        "cost": pl.Float64,
        "then_measure": pl.String,
        "is_lawful_then": pl.Boolean,
        "n_asked": pl.Int64,
        "sentence": TEXTS,
    }
)
OF: Final = "of"


@dataclass(frozen=True)
class Asked:
    """k changed cases: features, pairs and facts of the law as they would be; `of` (k,) the row of
    the case that each is of; of each the `kind`, AMOUNT and `cost` of its change."""

    features: pl.DataFrame
    pairs: pl.DataFrame
    facts: pl.DataFrame
    of: NDArray[np.int64]
    change: pl.DataFrame


@dataclass(frozen=True)
class Answer:
    """What comes first in each of k changed cases: the measure's place (k,), negative where none
    may be taken, and which measures are lawful then (k, m)."""

    first: NDArray[np.int64]
    lawful: NDArray[np.bool_]


def put_changes(
    features: pl.DataFrame,
    pairs: pl.DataFrame,
    facts: pl.DataFrame,
    rows: NDArray[np.int64],
    ranges: Ranges,
    legal_order_id: str,
) -> Asked:
    """The cases at `rows` under every change that makes sense in them.

    `features` and `facts` have one row per point in the same order, `pairs` one per point and
    measure, point by point.
    """
    mine = features.with_columns(pl.Series(OF, np.arange(features.height))).hstack(
        facts.select(pl.all().name.prefix(LAW))
    )[rows]
    listed = changes(ranges, legal_order_id)
    tried = [_under(mine, one, number, ranges) for number, one in enumerate(listed)]
    both = pl.concat(tried).sort(OF, "number").with_columns(point_id=_NUMBERS)
    law = deriver_of(legal_order_id)(
        both.select("point_id", *(_of_law(name) for name in facts.columns if name != "point_id"))
    )
    before = features[both[OF].to_numpy()]
    after = _dependent(both.select(features.columns), before, law)
    inside = _is_within(after, before, ranges)
    both, law, after, before = (frame.filter(inside) for frame in (both, law, after, before))
    law, after = (frame.with_columns(point_id=_NUMBERS) for frame in (law, after))
    copies = _pairs_of(pairs, features.height, both)
    moved = pairs_after(copies, law, before["outstanding_som"], legal_order_id)
    told = both.select("kind", AMOUNT, "cost", "number")
    return Asked(after, _own_pairs(moved, both, listed), law, both[OF].to_numpy(), told)


_NUMBERS: Final = pl.int_range(pl.len(), dtype=pl.UInt32)


def _of_law(name: str) -> pl.Expr:
    return pl.col(f"{LAW}{name}").alias(name)


def _under(mine: pl.DataFrame, one: Change, number: int, ranges: Ranges) -> pl.DataFrame:
    """The cases in which a change makes sense, as they are with it."""
    width = ranges[one.measured_by].width if one.measured_by in ranges else 1.0
    values = {name: value.cast(mine.schema[name]) for name, value in one.sets.items()}
    found = (
        mine.with_columns(one.amount.cast(pl.Float64).alias(AMOUNT))
        .filter(one.where.fill_null(value=False))
        .with_columns(one.size.cast(pl.Float64).alias("size"))
    )
    # By NumPy: dividing a column by one number, polars rounds the last bit by the column's length.
    cost = pl.Series("cost", found["size"].to_numpy() / width, dtype=pl.Float64)
    return found.drop("size").with_columns(
        cost,
        pl.lit(one.kind).alias("kind"),
        pl.lit(number).alias("number"),
        **values,
    )


def _dependent(changed: pl.DataFrame, before: pl.DataFrame, law: pl.DataFrame) -> pl.DataFrame:
    """Quotients, and what may be levied on accounts, after the change."""
    leviable = law["leviable_balance_som"].cast(pl.Float64)
    known = before["leviable_balance_som"].is_not_null()
    moved = changed.with_columns(leviable_balance_som=pl.when(known).then(leviable))
    return with_dependents(moved, before)


def _is_within(after: pl.DataFrame, before: pl.DataFrame, ranges: Ranges) -> pl.Series:
    """Whether every number that was changed lies where training saw it."""
    old = before.select(pl.col(list(ranges)).name.prefix("old_"))
    same = [pl.col(name).eq_missing(pl.col(f"old_{name}")) for name in ranges]
    inside = [pl.col(n).is_between(r.least, r.most).fill_null(True) for n, r in ranges.items()]
    held = pl.all_horizontal(a | b for a, b in zip(same, inside, strict=True))
    return after.hstack(old).select(held.alias("held")).to_series()


def _pairs_of(pairs: pl.DataFrame, n: int, both: pl.DataFrame) -> pl.DataFrame:
    """The pairs of each changed case, as they were."""
    each = pairs.height // max(n, 1)
    rows = (both[OF].to_numpy()[:, None] * each + np.arange(each)).ravel()
    points = np.repeat(np.arange(both.height, dtype=np.uint32), each)
    return pairs[rows].with_columns(pl.Series("point_id", points))


def _own_pairs(pairs: pl.DataFrame, both: pl.DataFrame, listed: list[Change]) -> pl.DataFrame:
    """What a change moves in the pair of one measure."""
    kinds = both["kind"].gather(pairs["point_id"])
    for one in listed:
        if one.pair_sets:
            here = (kinds == one.kind) & (pairs["measure"] == one.measure)
            pairs = pairs.with_columns(
                pl.when(here).then(value).otherwise(pl.col(name)).alias(name)
                for name, value in one.pair_sets.items()
            )
    return pairs


def build_what_if(
    cases: pl.DataFrame,
    asked: Asked,
    answer: Answer,
    names: tuple[str, ...],
    measures: Mapping[str, Measure],
    legal_order: LegalOrder,
) -> pl.DataFrame:
    """One row per case: the smallest change that puts another measure first, and its sentence.

    Args:
        cases: case_id, as_of_date, measure (the first), `arm` (its place) and `row` (its case's
            row in `asked.of`).
        asked: The changed cases.
        answer: What comes first in them.
        names: The measures by place.
        measures: The legal order's catalogue.
        legal_order: Its currency.

    Returns:
        The columns of SCHEMA. Where none of the `n_asked` changes puts another measure first,
        change, change_som, cost, then_measure and is_lawful_then are null and the sentence says so.
    """
    first_of = np.full(int(cases["row"].max() or 0) + 1, -1)  # type: ignore[arg-type]
    first_of[cases["row"].to_numpy()] = cases["arm"].to_numpy()
    was = first_of[asked.of]
    places = np.arange(len(asked.of))
    tried = asked.change.with_columns(
        pl.Series("row", asked.of, dtype=pl.Int64),
        pl.Series("then_measure", [names[a] if a >= 0 else None for a in answer.first], pl.String),
        pl.Series("is_lawful_then", answer.lawful[places, was], dtype=pl.Boolean),
        pl.Series("is_other", (answer.first >= 0) & (answer.first != was), dtype=pl.Boolean),
    )
    counted = tried.group_by("row").agg(
        pl.len().cast(pl.Int64).alias("n_asked"),
        pl.col("kind").sort_by("number").unique(maintain_order=True).alias("kinds"),
    )
    smallest = tried.filter("is_other").sort("row", "cost", "number").unique("row", keep="first")
    found = (
        cases.join(smallest.rename({"kind": "change"}), on="row", how="left")
        .join(counted, on="row", how="left")
        .with_columns(pl.col("n_asked").fill_null(0))
    )
    sentences = [_tell(row, measures, legal_order) for row in found.iter_rows(named=True)]
    return found.with_columns(sentence=pl.Series(sentences, dtype=TEXTS)).select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )


def with_counterfactuals(explanations: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The explanations with the sentence of `told` beside each first measure that would change."""
    found = told.drop_nulls("change").select(
        "case_id", "as_of_date", "measure", pl.col("sentence").alias("found")
    )
    keys = ["case_id", "as_of_date", "measure"]
    # A question that is asked twice has the same sentence twice.
    joined = explanations.join(
        found.unique(keys, keep="first"), on=keys, how="left", maintain_order="left"
    )
    return joined.with_columns(counterfactual=pl.col("found")).drop("found")


def _tell(
    row: Mapping[str, object], measures: Mapping[str, Measure], legal_order: LegalOrder
) -> dict[str, str]:
    """The sentence of one case in each language."""
    if not row["n_asked"]:
        return NOTHING_TO_CHANGE.as_dict()
    if row["change"] is None:
        return NO_CHANGE.format(n=row["n_asked"], kinds=_kinds(row["kinds"])).as_dict()
    som = row[AMOUNT]
    amount = _amount(float(som), legal_order) if isinstance(som, float) else ""
    template = THEN if row["is_lawful_then"] else THEN_UNLAWFUL
    return template.format(
        if_=IF[str(row["change"])].format(amount=amount),
        then=measures[str(row["then_measure"])].names,
        first=measures[str(row["measure"])].names,
    ).as_dict()


def _kinds(kinds: object) -> Texts:
    assert isinstance(kinds, list)  # noqa: S101  (a list column of polars)
    names = dict.fromkeys(KINDS[kind] for kind in kinds)
    return Texts(*(", ".join(n.in_language(language) for n in names) for language in LANGUAGES))


def _amount(som: float, legal_order: LegalOrder) -> Texts:
    return Texts(*(format_amount(round(som), name, legal_order.currency) for name in LANGUAGES))
