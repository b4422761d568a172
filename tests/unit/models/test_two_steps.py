"""A planner two steps ahead in worlds whose truth is known: found where it pays, and only there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from features.catalogue import FEATURES
from models.boosting import Matrix, Vector
from models.examples import Examples
from models.fitting import cross_fit
from models.folds import assign_folds
from models.nuisance import Scores
from models.overlap import Overlap
from models.policy_value import PolicyValue
from models.sequences import NONE, Sequences, follow
from models.settings import TrainingSettings
from models.training import mean_costs, prepare
from models.two_steps import (
    MEASURED_ONLY,
    Comparison,
    TwoSteps,
    fit_planner,
    judge_two_steps,
    two_step_return,
    two_step_target,
)
from tests.unit.models.conftest import MEASURES, pairs_of

FIRST, SECOND = date(2025, 1, 1), date(2025, 3, 2)
AT_ONCE = np.array([0.42, 0.10, 0.05])
"""What levy, ban and notice bring until the next decision, of a debtor who is not hard."""
SPOILED, OPENED = np.array([0.08, 0.05, 0.05]), np.array([0.75, 0.05, 0.05])


@dataclass(frozen=True)
class TwoStepWorld:
    """Cases with two decisions each; `truth` (cases, 3) is the value of a first measure if the best
    follows, in shares of the first debt."""

    examples: Examples
    sequences: Sequences
    truth: Matrix


def build_two_steps(n: int, seed: int, *, greedy_is_worse: bool) -> TwoStepWorld:
    """Where greedy is worse the ban alone opens what the second levy then brings; the levy spoils
    it and brings more at once, more even than the ban and what officers do next by habit. In the
    other world nothing depends on the first measure. Hard debtors pay less and get the ban more
    often."""
    rng = np.random.default_rng(seed)
    hardness = rng.uniform(0, 1, n)
    factor = 1.0 - 0.4 * hardness
    weights = np.column_stack([1.3 - 0.6 * hardness, 0.7 + 0.6 * hardness, np.ones(n)])
    chance = (weights / weights.sum(axis=1, keepdims=True)).cumsum(axis=1)

    def habit() -> NDArray[np.int64]:
        return np.asarray((rng.uniform(size=n)[:, None] > chance).sum(axis=1), dtype=np.int64)

    arm, later_arm = habit(), habit()
    opened = (arm == 1) if greedy_is_worse else rng.uniform(size=n) < 0.5
    then = np.where(opened[:, None], OPENED, SPOILED) * factor[:, None]
    paid = noisy(AT_ONCE[arm] * factor, rng)
    later = noisy(then[np.arange(n), later_arm], rng)
    owed = np.round(np.exp(rng.normal(14, 1, n)))
    best = np.where(np.arange(3) == 1, OPENED[0], SPOILED[0])
    if not greedy_is_worse:
        best = np.full(3, (OPENED[0] + SPOILED[0]) / 2)
    at_once = AT_ONCE * factor[:, None]
    examples = examples_of(
        arm=np.column_stack([arm, later_arm]).ravel(),
        outstanding=np.column_stack([owed, owed * (1.0 - paid)]).ravel(),
        rate=np.column_stack([paid + (1.0 - paid) * later, later]).ravel(),
        balance=np.column_stack([np.full(n, 5e5), np.where(opened, 1e6, 0.0)]).ravel(),
        hardness=hardness,
    )
    next_on = pl.Series([SECOND, None] * n, dtype=pl.Date)
    until_next = np.column_stack([paid, later]).ravel()
    sequences = follow(examples, next_on, until_next, newest=FIRST)
    return TwoStepWorld(examples, sequences, at_once + (1.0 - at_once) * best * factor[:, None])


def noisy(share: Vector, rng: np.random.Generator) -> Vector:
    return np.asarray(np.clip(share + rng.normal(0, 0.04, len(share)), 0.0, 0.99))


def examples_of(
    arm: NDArray[np.int64], outstanding: Vector, rate: Vector, balance: Vector, hardness: Vector
) -> Examples:
    """Two decisions of each case, a debtor having two cases."""
    n = len(arm)
    columns: dict[str, object] = {
        f.name: pl.Series([None] * n, dtype=pl.String if f.kind == "category" else pl.Float64)
        for f in FEATURES
    }
    columns |= {
        "outstanding_som": outstanding,
        "account_balance_som": balance,
        "n_payments": np.round(hardness.repeat(2) * 10),
        "n_measures": np.tile([0.0, 1.0], n // 2),
        "claim_kind": ["tax"] * n,
    }
    keys = {
        "point_id": range(n),
        "case_id": [f"C{i // 2}" for i in range(n)],
        "debtor_id": [f"D{i // 4}" for i in range(n)],
        "as_of_date": [FIRST, SECOND] * (n // 2),
    }
    features = pl.DataFrame(keys | columns, schema_overrides={"point_id": pl.UInt32})
    return Examples(
        measures=MEASURES,
        features=features,
        pairs=pairs_of(n),
        arm=arm,
        lawful=np.ones((n, 3), dtype=np.bool_),
        outstanding=outstanding,
        recovered=rate * outstanding,
        brought=np.zeros(n),
        on_its_way=np.zeros(n),
        first_paid_days=np.full(n, np.nan),
        cost=np.zeros(n),
        recorded_propensity=np.full(n, np.nan),
        left_out={},
        window_days=180,
    )


def judged(world: TwoStepWorld, settings: TrainingSettings) -> TwoSteps:
    """The core is the S-learner of the first step, each debtor judged by models of other folds."""
    _, scores = cross_fit(prepare(world.examples, settings), lambda _: None)
    costs = mean_costs(world.examples)
    return judge_two_steps(world.sequences, world.examples, scores, scores.g_hat, costs, settings)


def test_where_greedy_is_worse_the_planner_finds_it_and_the_rule_says_so(
    settings: TrainingSettings,
) -> None:
    world = build_two_steps(2200, 3, greedy_is_worse=True)
    found = judged(world, settings)
    told = found.comparison
    assert told is not None
    assert told.differs > 0.95  # the core begins with the levy, the planner with the ban
    levy, ban = world.truth[:, 0].mean(), world.truth[:, 1].mean()
    assert told.core.value == pytest.approx(levy, abs=4 * told.core.se)
    assert told.planner.value == pytest.approx(ban, abs=4 * told.planner.se)
    assert told.difference.value == pytest.approx(ban - levy, abs=4 * told.difference.se)
    assert told.is_better
    assert "is measured to be better" in found.sentence
    assert found.sentence.endswith(MEASURED_ONLY)


def test_where_the_first_measure_changes_nothing_later_the_planner_is_not_better(
    settings: TrainingSettings,
) -> None:
    world = build_two_steps(2200, 4, greedy_is_worse=False)
    found = judged(world, settings)
    told = found.comparison
    assert told is not None
    assert told.differs < 0.05
    assert told.core.value == pytest.approx(world.truth[:, 0].mean(), abs=4 * told.core.se)
    assert not told.is_better
    assert "is not measured to be better" in found.sentence


def test_a_debtor_is_never_in_its_own_fold(settings: TrainingSettings) -> None:
    """Whatever becomes of the debtors of a fold, their own planner is the same: it never saw it."""
    world = build_two_steps(320, 5, greedy_is_worse=True)
    first = world.examples.take(world.sequences.first)
    target = world.sequences.paid
    mine = assign_folds(first.debtors, settings.n_folds) == 1
    taken = np.full(len(first), 1 / 3)
    before = fit_planner(first, target, taken, settings)
    after = fit_planner(first, np.where(mine, 1.0 - target, target), taken, settings)
    assert (before[mine] == after[mine]).all()
    assert (before[~mine] != after[~mine]).any()


def test_the_planner_reads_nothing_that_comes_after_the_first_decision(
    settings: TrainingSettings,
) -> None:
    """Of two cases alike at the first decision it says the same, whatever followed."""
    world = build_two_steps(320, 6, greedy_is_worse=True)
    hardness = np.repeat([[0.2], [0.7]], 160, axis=1).ravel()
    columns = {"n_payments": np.round(hardness * 10).repeat(2), "outstanding_som": 1e6}
    alike = world.examples.features.with_columns(
        **{
            k: pl.lit(pl.Series(v)) if isinstance(v, np.ndarray) else pl.lit(v)
            for k, v in columns.items()
        }
    )
    examples = replace(world.examples, features=alike)
    first = examples.take(world.sequences.first)
    taken = np.full(len(first), 1 / 3)
    q1 = fit_planner(first, world.sequences.paid, taken, settings)
    folds = assign_folds(first.debtors, settings.n_folds)
    for k in range(settings.n_folds):
        for part in (slice(0, 160), slice(160, 320)):
            own = q1[part][folds[part] == k]
            assert (own == own[0]).all()


FOUR = Sequences(
    first=np.array([0, 2, 4]),
    second=np.array([1, 3, NONE]),
    paid=np.array([0.2, 0.5, 0.4]),
    rest=np.array([0.8, 0.4, 0.0]),
    days=np.array([240.0, 240.0, 180.0]),
    left_out={},
)
CORE = np.array([[0.1, 0.3, 0.2]] * 3 + [[0.6, 0.3, 0.5]] + [[0.1, 0.3, 0.2]] * 2)


def test_the_target_is_what_was_paid_and_the_best_of_what_was_left() -> None:
    pi2 = np.argmax(CORE, axis=1)
    expected = [0.2 + 0.8 * 0.3, 0.5 + 0.4 * 0.6, 0.4]
    assert two_step_target(FOUR, CORE, pi2).tolist() == pytest.approx(expected)
    loss = two_step_target(FOUR, CORE - 1.0, pi2)  # a second measure that costs more than it brings
    assert loss.tolist() == pytest.approx([0.2, 0.5, 0.4])


def test_the_return_trusts_the_core_only_where_nothing_is_known_of_the_second_step() -> None:
    n = 6
    examples = examples_of(
        arm=np.array([0, 1, 0, 1, 0, 0]),
        outstanding=np.full(n, 1e6),
        rate=np.array([0.0, 0.9, 0.0, 0.9, 0.0, 0.0]),
        balance=np.zeros(n),
        hardness=np.zeros(3),
    )
    half, nought = np.full(n, 0.5), np.zeros((n, 3))
    scores = Scores(nought, nought, nought, np.zeros(n), half, 0, 0.02)
    found, weight = two_step_return(FOUR, examples, scores, CORE, np.argmax(CORE, axis=1))
    followed = 0.3 + (0.9 - 0.3) / 0.5  # decision 1 took what the core would have taken
    assert found.tolist() == pytest.approx([0.2 + 0.8 * followed, 0.5 + 0.4 * 0.6, 0.4])
    assert weight.tolist() == [2.0, 0.0, 1.0]


def test_too_few_sequences_give_a_sentence_and_no_figure(settings: TrainingSettings) -> None:
    world = build_two_steps(140, 7, greedy_is_worse=True)
    n = len(world.examples)
    nought = np.zeros((n, 3))
    scores = Scores(nought, nought, nought, np.zeros(n), np.full(n, 0.3), 0, 0.02)
    few = judge_two_steps(world.sequences, world.examples, scores, nought, np.zeros(3), settings)
    assert few.comparison is None
    assert few.sentence.startswith("Too few sequences: 140 decisions on 70 debtors")
    told = few.as_dict()
    assert told["comparison"] is None
    assert told["is_better"] is False
    assert told["left_out"]["second_window_open"] == 140


def compared(low: float, effective_n: float = 500.0) -> Comparison:
    value = PolicyValue("dr", low + 0.02, 0.01, low, low + 0.04, 500.0, 9.0)
    seen = Overlap(1000, 500, 500.0, 9.0, 0.01, 1.0, 0.01)
    own = replace(seen, effective_n=effective_n)
    return Comparison(value, value, value, 0.2, 200.0, 210.0, seen, own)


@pytest.mark.parametrize(
    ("low", "effective_n", "is_better"),
    [(0.001, 500.0, True), (0.0, 500.0, False), (-0.01, 500.0, False), (0.1, 99.0, False)],
)
def test_it_is_better_only_where_the_whole_interval_is_above_zero_and_the_logs_can_tell(
    low: float, effective_n: float, is_better: bool
) -> None:
    both = compared(low, effective_n)
    assert both.is_better is is_better
    found = TwoSteps(1000, 800, 500, 400, 180, {}, both)
    told = found.as_dict()
    assert told["is_better"] is is_better
    assert told["is_used"] is False
    assert (told["comparison"] is None) is (effective_n < 100)
    if effective_n < 100:
        assert "cannot tell" in found.sentence
        assert "points of the debt" not in found.sentence
