"""What stands beside a ranking: similar past cases, and what would change the first measure."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain.similar import build_similar
from explain.what_if import SCHEMA as WHAT_IF
from explain.what_if import Answer, Asked, build_what_if, put_changes
from law.catalogue import Measure
from models.bundle import Bundle
from models.examples import lawful_matrix
from models.first_choice import first_choice
from registers.legal_orders import LegalOrder


def similar_cases(
    bundle: Bundle, features: pl.DataFrame, pairs: pl.DataFrame, ranked: pl.DataFrame
) -> pl.DataFrame:
    """Comparable past cases of each row of `ranked` (`explain.similar`); `row` and `arm` are places
    in `features` and in the bundle's measures."""
    if bundle.neighbours is None:
        return build_similar(ranked, None)
    inputs = bundle.design.inputs(features, pairs)
    rows, arm = ranked["row"].to_numpy(), ranked["arm"].to_numpy()
    return build_similar(ranked, bundle.neighbours.similar(inputs, rows, arm))


def what_if(
    bundle: Bundle,
    features: pl.DataFrame,
    pairs: pl.DataFrame,
    facts: pl.DataFrame,
    ranked: pl.DataFrame,
    measures: Mapping[str, Measure],
    order: LegalOrder,
) -> pl.DataFrame:
    """What would change the first measure of each case (`explain.what_if`); no row where the model
    does not know the ranges of its training. The frames have the same points in the same order."""
    first = ranked.filter(pl.col("rank") == 1)
    if bundle.ranges is None or first.is_empty():
        return pl.DataFrame(schema=dict(WHAT_IF))
    rows = first["row"].to_numpy()
    asked = put_changes(features, pairs, facts, rows, bundle.ranges, order.id)
    answer = _answer(bundle, asked, measures, order)
    cases = first.select("case_id", "as_of_date", "measure", "arm", "row")
    return build_what_if(cases, asked, answer, bundle.measures, measures, order)


def _answer(
    bundle: Bundle, asked: Asked, measures: Mapping[str, Measure], order: LegalOrder
) -> Answer:
    """Law and model on the changed cases."""
    lawful = lawful_in(asked.facts, bundle.measures, order)
    inputs = bundle.design.inputs(asked.features, asked.pairs)
    owed = asked.features["outstanding_som"].to_numpy()
    weights = np.asarray([measures[m].intrusiveness for m in bundle.measures], dtype=np.int64)
    return Answer(first_choice(bundle, inputs, owed, lawful, weights), lawful)


def lawful_in(facts: pl.DataFrame, names: tuple[str, ...], order: LegalOrder) -> NDArray[np.bool_]:
    """(n, m): whether the law allows each of the named measures; rows sorted by point_id."""
    places = [order.measures.index(name) for name in names]
    return np.asarray(lawful_matrix(facts, order)[:, places])
