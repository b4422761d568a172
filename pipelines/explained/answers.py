"""The answers of one nation with everything that they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain.pair_facts import facts_of_ranked
from explain.record import build_explanations
from features.catalogue import FEATURES, Feature
from features.catalogue.pairs import PAIR_FEATURES
from features.frame import build_features
from features.pairs import build_pairs
from law.catalogue import catalogue
from law.engine import judge
from law.facts import build_facts
from models.boosting import Vector
from models.bundle import Bundle
from models.inputs import Inputs
from models.ranking import Ranking, rank_cases
from models.scoring import Attribution, Scored, attribute, score
from pipelines.recommend import intrusiveness_of, lawful_array, ranked_rows
from registers.extract import Registers
from registers.legal_orders import LegalOrder, legal_order
from registers.outcomes import outstanding
from registers.snapshot import locate

BY_NAME: Final[Mapping[str, Feature]] = {f.name: f for f in (*FEATURES, *PAIR_FEATURES)}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Cases:
    """n cases as a model reads them: `features` one row each, `pairs` one row per measure of the
    legal order, `lawful` (n, m) in the order of the model's measures."""

    features: pl.DataFrame
    pairs: pl.DataFrame
    lawful: NDArray[np.bool_]

    def take(self, rows: NDArray[np.int64]) -> Cases:
        """The cases at `rows`, each point once."""
        per_case = self.pairs.height // self.features.height
        places = (rows[:, None] * per_case + np.arange(per_case)).ravel()
        return Cases(self.features[rows], self.pairs[places], self.lawful[rows])


def open_cases(registers: Registers, questions: pl.DataFrame, bundle: Bundle) -> Cases:
    """The questions of which it is known what is owed and of which a measure can be ranked."""
    points, _ = locate(registers, questions)
    owed = outstanding(registers, points).filter(pl.col("outstanding_som") > 0)
    points = points.filter(pl.col("point_id").is_in(owed["point_id"].implode())).sort("point_id")
    facts = build_facts(registers, points).sort("point_id")
    judged = judge(facts, bundle.legal_order)
    features = build_features(registers, points).sort("point_id")
    pairs = build_pairs(registers, points, facts)
    cases = Cases(features, pairs, lawful_array(judged, points, bundle.measures))
    return cases.take(np.flatnonzero(cases.lawful.any(axis=1)))


@dataclass(frozen=True)
class Answered:
    """The ranking of n cases by one model, and why its first two measures stand as they do.

    `ranked` has the rows of rank 1 and 2 (`pipelines.recommend.ranked_rows`), `attribution` their
    parts and `explanations` their records, row by row.
    """

    bundle: Bundle
    cases: Cases
    scored: Scored
    ranking: Ranking
    ranked: pl.DataFrame
    attribution: Attribution
    explanations: pl.DataFrame

    @cached_property
    def inputs(self) -> Inputs:
        """What the model reads of the cases."""
        return self.bundle.design.inputs(self.cases.features, self.cases.pairs)

    @property
    def owed(self) -> Vector:
        """(n,): what is owed."""
        return self.scored.outstanding

    @cached_property
    def order(self) -> LegalOrder:
        """The legal order of the model."""
        return legal_order(self.bundle.legal_order)

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """(n,): the place of each case's first measure."""
        return np.asarray(np.argmax(self.ranking.rank == 1, axis=1))

    @cached_property
    def second(self) -> NDArray[np.int64]:
        """(n,): the place of each case's second measure; -1 without one."""
        has = (self.ranking.rank == 2).any(axis=1)
        return np.where(has, np.argmax(self.ranking.rank == 2, axis=1), -1)

    @cached_property
    def first_rows(self) -> NDArray[np.int64]:
        """(n,): the row of `ranked` with each case's first measure, in the order of the cases."""
        rows = np.flatnonzero((self.ranked["rank"] == 1).to_numpy())
        return rows[np.argsort(self.ranked["row"].to_numpy()[rows])]

    def told(self, row: int) -> list[Row]:
        """The facts that the record of a row of `ranked` names as reasons, largest first."""
        reasons = self.explanations["reasons"][row].to_list()
        return [r for r in reasons if r["feature"] is not None]


def answer(bundle: Bundle, cases: Cases) -> Answered:
    """Rank the cases and explain the first two measures of each."""
    scored = score(bundle, cases.features, cases.pairs, cases.lawful)
    measures = catalogue(bundle.legal_order)
    weights = intrusiveness_of(measures, bundle.measures)
    ranking = rank_cases(scored, weights, cases.features, bundle.limits)
    points = cases.features.select("point_id", "case_id", "as_of_date")
    # The second measure's contrast is with the third, so that row is explained with them.
    ranked = ranked_rows(points, scored, ranking, measures).filter(pl.col("rank") <= 3)
    rows, arms = ranked["row"].to_numpy(), ranked["arm"].to_numpy()
    attribution = attribute(bundle, cases.features, cases.pairs, rows, arms)
    explanations = build_explanations(
        facts_of_ranked(cases.features, cases.pairs, ranked),
        ranked,
        attribution,
        measures,
        legal_order(bundle.legal_order),
    )
    return Answered(bundle, cases, scored, ranking, ranked, attribution, explanations)
