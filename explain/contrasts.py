"""The reasons of every ranked measure: contrasts with the next one, picked and told.

The advantage of a measure over the next splits exactly into the differences of their
contributions, fact by fact, of their bases (what the model expects of each without knowing anything
of the debtor) and of their corrections (which belong to no fact and are never told as one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain.contributions import Attribution, gather_lists
from explain.numbers import Value
from explain.pair_facts import measures_of, number_of_tries, said_of_measure
from explain.reasons import (
    MAX_REASONS,
    MIN_AMOUNT,
    Kind,
    Reason,
    pick_reasons,
    sum_in_order,
    which_stand,
)
from explain.sentences import Narrator
from features.catalogue import Feature
from features.catalogue.pairs import PairFeature
from features.freshness import is_stale
from law.catalogue import Measure
from registers.legal_orders import LegalOrder
from registers.texts import LANGUAGES

REASON: Final = pl.Struct(
    {
        "reason_code": pl.String,
        "feature": pl.String,
        "contribution_som": pl.Float64,
        **dict.fromkeys(LANGUAGES, pl.String),
    }
)


@dataclass(frozen=True)
class Told:
    """Row by row: the measure each one is compared with, its reasons, and what they leave out."""

    contrast_to: list[str | None]
    reasons: pl.Series
    other_factors: pl.Series
    stands_before: NDArray[np.bool_]


@dataclass(frozen=True)
class Effects:
    """What is to be explained in each row, split into parts.

    `facts` (n, d), `average` (n,) and `corrections` (n, c) add up to the advantage over the next
    measure, or to the expected amount minus base where there is none; `average` is zero there.
    `stands` (n, d): the facts that may be told (`explain.reasons.which_stand`).
    `stands_before`: the
    measure is expected to bring less than the next, and noise put it first; `is_lighter`: because
    it is the less intrusive of two that the data cannot tell from the best one.
    """

    contrast_to: list[str | None]
    facts: NDArray[np.float64]
    stands: NDArray[np.bool_]
    average: NDArray[np.float64]
    corrections: NDArray[np.float64]
    correction_names: tuple[str, ...]
    stands_before: NDArray[np.bool_]
    is_lighter: NDArray[np.bool_]
    intrusiveness: NDArray[np.int64]


def build_effects(ranked: pl.DataFrame, attribution: Attribution) -> Effects:
    """The parts of each row's advantage over the next ranked measure of the same point."""
    point, measure = ranked["point_id"].to_numpy(), ranked["measure"].to_list()
    has_next = np.append(point[1:] == point[:-1], False)[: len(point)]
    rows = np.flatnonzero(has_next)
    facts = np.array(attribution.values, dtype=float, order="C")
    facts[rows] -= attribution.values[rows + 1]
    corrections = np.array(attribution.corrections, dtype=float, order="C")
    corrections[rows] -= attribution.corrections[rows + 1]
    average = np.zeros(len(point))
    average[rows] = attribution.base_som[rows] - attribution.base_som[rows + 1]
    best = ranked["in_best_set"].to_numpy()
    heavy = ranked["intrusiveness"].cast(pl.Int64).to_numpy()
    net = ranked["expected_net_som"].to_numpy()
    before = np.zeros(len(point), dtype=bool)
    lighter = np.zeros(len(point), dtype=bool)
    before[rows] = net[rows] < net[rows + 1]
    lighter[rows] = best[rows] & best[rows + 1] & (heavy[rows] < heavy[rows + 1])
    others = [measure[i + 1] if follows else None for i, follows in enumerate(has_next)]
    refits = np.array(attribution.refits_som, dtype=float, order="C")
    refits[:, rows] -= attribution.refits_som[:, rows + 1]
    stands = which_stand(facts, refits, _half_widths(ranked, rows))
    names = attribution.correction_names
    return Effects(
        others, facts, stands, average, corrections, names, before, before & lighter, heavy
    )


def _half_widths(ranked: pl.DataFrame, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """(n,): half the interval of a difference, at `rows`; elsewhere of the expected amount.

    Intervals set each measure against the best one of its case: that of a difference is the wider
    of the two measures'. Where ranked measures have no such interval half the difference of their
    own ends stands for it.
    """
    half: NDArray[np.float64] = (ranked["high_som"] - ranked["low_som"]).to_numpy() / 2.0
    if "behind_low_som" not in ranked.columns:
        half[rows] = np.maximum(half[rows], half[rows + 1])
        return half
    behind = (ranked["behind_high_som"] - ranked["behind_low_som"]).to_numpy() / 2.0
    half[rows] = np.maximum(behind[rows], behind[rows + 1])
    return half


def tell_reasons(
    features: pl.DataFrame,
    fact_rows: NDArray[np.int64],
    ranked: pl.DataFrame,
    attribution: Attribution,
    catalogue: Sequence[Feature],
    measures: Mapping[str, Measure],
    legal_order: LegalOrder,
) -> Told:
    """Reasons of every row of `ranked`, each with its sentence in four languages."""
    effects = build_effects(ranked, attribution)
    parts = np.column_stack([effects.facts, effects.average, effects.corrections])
    rest = np.ones((len(parts), parts.shape[1] - effects.facts.shape[1]), dtype=np.bool_)
    picked = pick_reasons(
        parts,
        MAX_REASONS - effects.stands_before.astype(np.int64),
        np.concatenate([effects.stands, rest], axis=1),
    )
    lookup = _Facts(features, fact_rows, catalogue, legal_order.id)
    narrator = Narrator({feature.name: feature for feature in catalogue}, measures, legal_order)
    no_facts: list[bool] = (~np.any(np.abs(effects.facts) > MIN_AMOUNT, axis=1)).tolist()
    left_out = sum_in_order(_without(parts, picked))
    told: list[tuple[int, Reason]] = []
    others: list[tuple[int, Reason]] = []
    for i, other in enumerate(effects.contrast_to):
        for reason in _reasons_of(i, effects, parts, picked[i], no_facts[i], lookup):
            told.append((i, reason))
        if not no_facts[i] and abs(left_out[i]) > MIN_AMOUNT:
            others.append((i, Reason("other_factors", float(left_out[i]), other)))
    n = len(parts)
    return Told(
        effects.contrast_to,
        _as_lists(told, n, narrator),
        _as_lists(others, n, narrator).list.first(),
        effects.stands_before,
    )


def _reasons_of(
    i: int,
    effects: Effects,
    parts: NDArray[np.float64],
    picked: NDArray[np.int64],
    no_facts: bool,
    lookup: _Facts,
) -> list[Reason]:
    other = effects.contrast_to[i]
    reasons = []
    if effects.stands_before[i]:
        difference = float(sum_in_order(parts[i : i + 1])[0])
        reasons.append(_order_reason(i, effects, difference))
    if no_facts:
        average = Reason("average_effect", float(effects.average[i]), other)
        return [*reasons, average, *_correction_reasons(i, effects)]
    d = effects.facts.shape[1]
    for j in picked[picked >= 0]:
        size = float(parts[i, j])
        if j == d:
            reasons.append(Reason("average_part", size, other))
        elif j > d:
            reasons.append(_correction(i, int(j) - d - 1, effects))
        else:
            reasons.append(lookup.reason(i, int(j), size, other))  # the next row is `other`
    return reasons


def _correction(i: int, j: int, effects: Effects) -> Reason:
    kind = cast("Kind", effects.correction_names[j])
    return Reason(kind, float(effects.corrections[i, j]), effects.contrast_to[i])


def _correction_reasons(i: int, effects: Effects) -> list[Reason]:
    """All corrections that matter, the largest first: where no fact is told they are, in full."""
    reasons = [_correction(i, j, effects) for j in range(len(effects.correction_names))]
    matter = [r for r in reasons if abs(r.contribution_som) > MIN_AMOUNT]
    return sorted(matter, key=lambda r: -abs(r.contribution_som))


def _order_reason(i: int, effects: Effects, difference: float) -> Reason:
    """Why a measure stands before one that is expected to bring more."""
    other = effects.contrast_to[i]
    if not effects.is_lighter[i]:
        return Reason("within_noise", difference, other)
    ranks = int(effects.intrusiveness[i]), int(effects.intrusiveness[i + 1])
    return Reason("less_intrusive", difference, other, intrusiveness=ranks)


class _Facts:
    """Values and days of the facts of the feature frame, each column read once when needed."""

    def __init__(
        self,
        features: pl.DataFrame,
        fact_rows: NDArray[np.int64],
        catalogue: Sequence[Feature],
        legal_order_id: str,
    ) -> None:
        self._legal_order_id = legal_order_id
        self._measures = measures_of(features)
        self._features = features
        self._rows = fact_rows.tolist()
        self._catalogue = catalogue
        self._columns: dict[str, list[object]] = {}

    def reason(self, i: int, j: int, size: float, other: str | None) -> Reason:
        """The reason that feature j gives for row i of the ranking."""
        row = self._rows[i]
        feature = self._of_measure(self._catalogue[j], row)
        value = self._value(feature, row)
        observed, as_of = self._day(feature.observed_on, row), self._day("as_of_date", row)
        is_compared = (
            other is not None and self._measures is not None and isinstance(feature, PairFeature)
        )
        return Reason(
            "fact",
            size,
            other,
            feature.name,
            value,
            known_on=self._day(feature.known_on, row),
            observed_on=observed,
            is_stale=as_of is not None and is_stale(feature.tables[0], observed, as_of),
            source=feature.tables[0],
            other_value=self._value(feature, self._rows[i + 1]) if is_compared else None,
            is_compared=is_compared,
        )

    def _value(self, feature: Feature, row: int) -> Value:
        value = self._number_or_word(feature.name, row)
        if self._measures is None or not isinstance(feature, PairFeature):
            return value
        tries = self._number_or_word(number_of_tries(feature), row)
        return said_of_measure(feature, value, tries, self._measures[row], self._legal_order_id)

    def _number_or_word(self, name: str, row: int) -> Value:
        value = self._column(name)[row]
        assert value is None or isinstance(value, (float, str))  # noqa: S101
        return value

    def _of_measure(self, feature: Feature, row: int) -> Feature:
        """The fact as it is for the measure of the row: its register may be another one."""
        if self._measures is None or not isinstance(feature, PairFeature):
            return feature
        return feature.of(self._measures[row], self._legal_order_id)

    def _day(self, column: str, row: int) -> date | None:
        day = self._column(column)[row]
        assert day is None or isinstance(day, date)  # noqa: S101
        return day

    def _column(self, name: str) -> list[object]:
        if name not in self._columns:
            known = name in self._features.columns
            self._columns[name] = (
                self._features[name].to_list() if known else [None] * self._features.height
            )
        return self._columns[name]


def _without(parts: NDArray[np.float64], picked: NDArray[np.int64]) -> NDArray[np.float64]:
    """The parts that no reason names; the others are zero."""
    rest = parts.copy()
    rows, places = np.nonzero(picked >= 0)
    rest[rows, picked[rows, places]] = 0.0
    return rest


def _as_lists(told: list[tuple[int, Reason]], n: int, narrator: Narrator) -> pl.Series:
    """The sentences of numbered reasons as n lists of REASON."""
    sentences = [narrator.tell_all(reason) for _, reason in told]
    flat = pl.DataFrame(
        {
            "reason_code": [reason.reason_code for _, reason in told],
            "feature": [reason.feature for _, reason in told],
            "contribution_som": [reason.contribution_som for _, reason in told],
            **{name: [s[k] for s in sentences] for k, name in enumerate(LANGUAGES)},
        },
        schema={field.name: field.dtype for field in REASON.fields},
    )
    rows = np.array([i for i, _ in told], dtype=np.int64)
    return gather_lists(flat, rows, n, REASON)
