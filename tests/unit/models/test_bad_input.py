"""What nothing can be learned from is refused, or handled by a stated rule, with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.errors import (
    BadPropensityError,
    DebtorInTwoFoldsError,
    OneOutcomeError,
    TooFewExamplesError,
)
from models.settings import TrainingSettings
from models.training import check_folds, train


@pytest.mark.parametrize("bad", [0.0, -0.1, 1.5])
def test_a_propensity_that_is_none_is_refused(
    bad: float, world: Any, settings: TrainingSettings
) -> None:
    recorded = np.full(len(world.examples), np.nan)
    recorded[3] = bad
    with pytest.raises(BadPropensityError, match="1 decisions have a recorded propensity outside"):
        train(replace(world.examples, recorded_propensity=recorded), settings)


def test_outcomes_that_are_all_the_same_teach_nothing(
    world: Any, settings: TrainingSettings
) -> None:
    same = replace(world.examples, recovered=0.3 * world.examples.outstanding)
    with pytest.raises(OneOutcomeError, match="all recovered the same share"):
        train(same, settings)


def test_outcomes_that_are_all_missing_teach_nothing(
    world: Any, settings: TrainingSettings
) -> None:
    missing = replace(world.examples, recovered=np.full(len(world.examples), np.nan))
    with pytest.raises(OneOutcomeError, match="none has an outcome"):
        train(missing, settings)


def test_a_debtor_in_two_folds_is_refused() -> None:
    with pytest.raises(DebtorInTwoFoldsError, match="1 debtors stand in more than one fold"):
        check_folds(["a", "a", "b"], np.array([0, 1, 1]))
    check_folds(["a", "a", "b"], np.array([0, 0, 1]))


def test_no_measure_at_all_is_refused(world: Any, settings: TrainingSettings) -> None:
    none = replace(
        world.examples,
        measures=(),
        pairs=world.examples.pairs.clear(),
        lawful=np.zeros((len(world.examples), 0), dtype=bool),
        arm=np.zeros(len(world.examples), dtype=np.int64),
    )
    with pytest.raises(TooFewExamplesError, match="0 measures"):
        train(none, settings)


def test_a_measure_that_was_lawful_and_never_taken_borrows_and_stays_within_all_bounds(
    make_world: Callable[..., Any], settings: TrainingSettings
) -> None:
    """Its expectation is what facts and the other measures say; its cost is that of all."""
    world = make_world(n=1500, seed=3)
    rows = np.flatnonzero(world.examples.arm != 1)
    never = world.examples.take(rows)
    trained = train(never, settings)
    inputs = trained.design.inputs(never.features, never.pairs)
    rates = trained.ranker.rates(inputs.under(np.ones(len(never), dtype=np.int64)))
    assert ((rates >= 0) & (rates <= 1)).all()
    assert trained.costs[1] == pytest.approx(never.cost.mean())
    low, high = never.rate.min(), never.rate.max()
    assert low < rates.mean() < high


def test_one_measure_alone_is_ranked_by_its_level(
    make_world: Callable[..., Any], settings: TrainingSettings
) -> None:
    world = make_world(n=1500, seed=4)
    one = replace(world.examples, arm=np.zeros(1500, dtype=np.int64))
    trained = train(one, settings)
    assert trained.tournament.chosen in ("constant", "s_learner", "dr_learner")
    assert np.isfinite(trained.oof_level).all()
