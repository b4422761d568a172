"""What stands beside a ranking: similar past cases, what would change the first measure, and which
unknown register to ask first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain.ask_first import SCHEMA as ASKING
from explain.ask_first import build_asking
from explain.similar import build_similar
from explain.what_if import SCHEMA as WHAT_IF
from explain.what_if import Answer, Asked, build_what_if, put_changes
from law.catalogue import Measure
from models.bundle import Bundle
from models.donors import N_NEAREST, reads_of, with_donor
from models.examples import lawful_matrix
from models.first_choice import NONE, first_choice
from models.inputs import Inputs
from models.masking import REGISTERS, unknown_registers
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


MOST_REGISTERS: Final = 6
"""Unknown registers of a case that are asked about: those that tell most of what is expected."""


def ask_first(
    bundle: Bundle,
    features: pl.DataFrame,
    pairs: pl.DataFrame,
    judged: NDArray[np.str_],
    ranked: pl.DataFrame,
    unknown: pl.DataFrame,
    measures: Mapping[str, Measure],
) -> pl.DataFrame:
    """Which unknown register of each case to ask first (`explain.ask_first`); no row where nothing
    is unknown or the model keeps no donors.

    A measure whose verdict (`judged`, n by m) cannot be told and whose asset the register lists is
    lawful where it was for the donor; every other verdict stays.
    """
    asked = _registers_to_ask(bundle, features, unknown)
    first = np.full(features.height, NONE)
    best = ranked.filter(pl.col("rank") == 1)
    first[best["row"].to_numpy()] = best["arm"].to_numpy()
    inputs = bundle.design.inputs(features, pairs)
    weights = np.asarray([measures[m].intrusiveness for m in bundle.measures], dtype=np.int64)
    parts = [
        features[rows].select(
            "case_id",
            "as_of_date",
            pl.lit(register).alias("register"),
            pl.lit(N_NEAREST).alias("n_comparable"),
            pl.Series("n_other", n_other, dtype=pl.Int64),
        )
        for register, rows in asked.items()
        for n_other in [_n_other(bundle, register, rows, inputs, features, judged, first, weights)]
    ]
    return build_asking(pl.concat(parts)) if parts else pl.DataFrame(schema=dict(ASKING))


def _registers_to_ask(
    bundle: Bundle, features: pl.DataFrame, unknown: pl.DataFrame
) -> dict[str, NDArray[np.int64]]:
    """The rows of `features` to ask about by register."""
    if bundle.donors is None or bundle.neighbours is None:
        return {}
    told = bundle.unknown_cost.each.mean(axis=1)
    known = [name for name in REGISTERS if name in bundle.donors.of]
    tells = {name: float(told[REGISTERS.index(name)]) for name in known}
    rows = features.select("point_id", pl.int_range(pl.len(), dtype=pl.Int64).alias("row"))
    listed = (
        unknown.filter(pl.col("register").is_in(known))
        .unique(["point_id", "register"])
        .join(rows, on="point_id")
        .with_columns(pl.col("register").replace_strict(tells, default=0.0).alias("tells"))
        .sort("row", -pl.col("tells"), "register")
        .filter(pl.int_range(pl.len()).over("row") < MOST_REGISTERS)
    )
    return {
        name: listed.filter(register=name)["row"].to_numpy()
        for name in known
        if name in listed["register"]
    }


def _n_other(
    bundle: Bundle,
    register: str,
    rows: NDArray[np.int64],
    inputs: Inputs,
    features: pl.DataFrame,
    judged: NDArray[np.str_],
    first: NDArray[np.int64],
    weights: NDArray[np.int64],
) -> NDArray[np.int64]:
    """In how many of N_NEAREST donors' places another measure would come first, by case."""
    donors, neighbours, design = bundle.donors, bundle.neighbours, bundle.design
    assert donors is not None  # noqa: S101  (`_registers_to_ask` found some)
    assert neighbours is not None  # noqa: S101
    mine = inputs.take(rows)
    donor = donors.nearest(register, neighbours, mine).ravel()
    again = np.repeat(np.arange(len(rows)), N_NEAREST)
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()[rows][again]
    unknown, told = unknown_registers(features)[rows][again], donors.of[register]
    filled = with_donor(design, mine.take(again), owed, told, donor, register, unknown)
    verdicts = judged[rows][again]
    lawful = verdicts == "lawful"
    for at, a in enumerate(reads_of(design, register).measures):
        lawful[:, a] |= (verdicts[:, a] == "cannot_tell") & told.lawful[donor, at]
    found = first_choice(bundle, filled, owed, lawful, weights)
    return np.asarray((found != first[rows][again]).reshape(len(rows), N_NEAREST).sum(axis=1))


def verdicts_of(
    judged: pl.DataFrame, points: pl.DataFrame, names: tuple[str, ...]
) -> NDArray[np.str_]:
    """(n, m): the verdict on each named measure at each point, in the order of `points`."""
    if points.is_empty():  # nothing was judged, so no measure has a column
        return np.zeros((0, len(names)), dtype=np.str_)
    wide = (
        judged.select("point_id", "measure", "verdict")
        .pivot(on="measure", index="point_id", values="verdict")
        .select("point_id", *names)
    )
    ordered = points.select("point_id").join(wide, on="point_id", how="left", maintain_order="left")
    return ordered.select(names).to_numpy().astype(np.str_).reshape(points.height, len(names))
