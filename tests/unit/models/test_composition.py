"""What an expected recovery is made of, said only as far as payments were traced."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from models.composition import REACH, Composition, compose, fit_composition
from models.fitting import cross_fit
from models.grid import Grid
from models.settings import TrainingSettings
from models.training import prepare


def fit(examples: Any, settings: TrainingSettings) -> tuple[Any, Composition]:
    data = prepare(examples, settings)
    _, scores = cross_fit(data, lambda _: None)
    return data, fit_composition(data, scores)


@pytest.fixture(scope="module")
def fitted(world: Any, settings: TrainingSettings) -> tuple[Any, Composition]:
    return fit(world.examples, settings)


def made(data: Any, made_of: Composition, reach: float) -> Any:
    inputs, n = data.twins.inputs, len(data.examples)
    inputs.pairs[:, :, data.design.pair_columns.index(REACH)] = reach
    rate = np.full(data.examples.lawful.shape, 0.4)
    owed = data.examples.outstanding
    grid = Grid(inputs, np.ones((n, 3), dtype=bool))
    return compose(made_of, data.design, grid, owed, rate), owed


@pytest.mark.parametrize("reach", [0.0, 1_000.0, 1e12])
def test_a_measure_brings_no_more_by_itself_than_it_reaches_or_than_is_expected(
    reach: float, fitted: tuple[Any, Composition]
) -> None:
    found, owed = made(*fitted, reach)
    assert (found.own <= reach).all()
    assert (found.own <= 0.4 * owed[:, None]).all()
    assert (found.own >= 0).all()
    assert reach == 0 or (found.own > 0).all()


def test_where_the_reach_is_unknown_the_expectation_alone_is_the_limit(
    fitted: tuple[Any, Composition],
) -> None:
    found, owed = made(*fitted, np.nan)
    assert (found.own > 0).all()
    assert (found.own <= 0.4 * owed[:, None]).all()


def test_what_is_on_its_way_is_what_earlier_measures_went_on_to_bring(
    world: Any, fitted: tuple[Any, Composition]
) -> None:
    """A quarter of what came in was traced to earlier measures of this invented world."""
    found, owed = made(*fitted, np.nan)
    share = world.examples.on_its_way / world.examples.outstanding
    assert np.mean(found.without / owed) == pytest.approx(share.mean(), rel=0.1)
    assert ((found.days >= 0) & (found.days <= 180)).all()


def test_nothing_is_said_where_no_payment_was_traced(
    world: Any, settings: TrainingSettings
) -> None:
    nothing = np.zeros(len(world.examples))
    untold = replace(
        world.examples,
        brought=nothing,
        on_its_way=nothing,
        first_paid_days=np.full(len(nothing), np.nan),
    )
    found, _ = made(*fit(untold, settings), 1e12)
    for part in (found.own, found.without, found.days):
        assert np.isnan(part).all()


def test_a_part_that_nobody_can_say_is_null_in_the_answer() -> None:
    from pipelines.recommend import _known

    assert _known(np.asarray([1.0, np.nan])).to_list() == [1.0, None]
    assert _known(np.asarray([])).dtype == pl.Float64
