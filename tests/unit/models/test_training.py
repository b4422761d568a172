"""What training promises on a world whose effects are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from models.asking import all_rates
from models.errors import TooFewExamplesError
from models.examples import Examples
from models.fitting import cross_fit, fit_by_fold
from models.folds import assign_folds, debtor_fold
from models.intervals import estimate_hidden
from models.nuisance import propensities_of
from models.policy_value import clustered_se
from models.report import build_report, gates
from models.settings import TrainingSettings
from models.tournament import (
    best_lawful,
    clusters_of,
    effect_slope,
    factual_losses,
    hold_tournament,
    net_amounts,
)
from models.training import Trained, at_level, prepare, train


def true_value(world: Any, policy: np.ndarray, costs: np.ndarray) -> float:
    net = world.true_rates * world.examples.outstanding[:, None] - costs
    return float(net[np.arange(len(policy)), policy].mean())


def test_confounding_is_adjusted_for(world: Any, trained: Trained) -> None:
    """The ban goes to hard debtors: raw averages understate it, doubly robust scores do not."""
    examples, scores = world.examples, trained.scores
    truth = world.true_rates.mean(axis=0)
    raw = np.asarray([examples.rate[examples.arm == a].mean() for a in range(3)])
    clusters = clusters_of(examples)
    for a in range(3):
        adjusted, se = scores.gamma[:, a].mean(), clustered_se(scores.gamma[:, a], clusters)
        assert abs(adjusted - truth[a]) < 3 * se + 0.005
    assert abs(raw[1] - truth[1]) > 0.03
    assert abs(scores.gamma[:, 1].mean() - truth[1]) < 0.3 * abs(raw[1] - truth[1])


def test_chosen_ranking_beats_officers_and_any_single_measure(world: Any, trained: Trained) -> None:
    examples, costs = world.examples, trained.costs
    rates = trained.oof_rates[trained.tournament.chosen]
    policy = best_lawful(net_amounts(rates, examples.outstanding, costs), examples.lawful)
    value = true_value(world, policy, costs)
    single = max(true_value(world, np.full(len(examples), a), costs) for a in range(3))
    assert value > true_value(world, examples.arm, costs)
    assert value > single


def test_a_model_does_not_depend_on_how_many_fits_run_side_by_side(
    make_world: Callable[..., Any], settings: TrainingSettings
) -> None:
    examples = make_world(n=700, seed=3).examples
    kinds = ("dr_learner", "t_learner", "rule_card", "rank_learner", "stack")
    alone, beside = (
        train(examples, replace(settings, kinds=kinds, threads=threads)) for threads in (1, 3)
    )
    for kind, rates in alone.oof_rates.items():
        assert (rates == beside.oof_rates[kind]).all(), kind
    assert (alone.oof_level == beside.oof_level).all()
    assert alone.any_payment.text == beside.any_payment.text


def test_what_a_person_can_read_is_taken_within_one_standard_error_and_nothing_else_is(
    trained: Trained,
) -> None:
    e, scores, folds = trained.examples, trained.scores, trained.folds
    good = trained.oof_rates["s_learner"]
    noise = np.random.default_rng(5).normal(0.0, 0.001, good.shape)
    by_loss = sorted(
        (good, good + noise), key=lambda r: sum(x.mean() for x in factual_losses(r, e, scores))
    )
    better, good = by_loss  # by chance alone

    def chosen(**rates: np.ndarray) -> str:
        told = hold_tournament(rates, e, scores, trained.costs, folds, trained.settings)  # type: ignore[arg-type]
        return told.chosen

    poor = trained.oof_rates["constant"]
    assert chosen(constant=poor, s_learner=good, stack=better) == "stack"
    assert chosen(constant=good, s_learner=better, stack=better) == "constant"
    assert chosen(constant=poor, rule_card=good, stack=better) == "rule_card"


def test_personalisation_stays_off_where_effects_do_not_differ(
    make_world: Callable[..., Any], settings: TrainingSettings
) -> None:
    flat = train(make_world(n=1500, seed=5, personal=False).examples, settings)
    assert flat.tournament.chosen == "constant"


def test_an_error_of_the_level_cannot_pass_for_an_effect(world: Any, trained: Trained) -> None:
    """Rates that know the level of each case and nothing of its measures have no slope above 0."""
    level = trained.scores.g_hat.mean(axis=1, keepdims=True)
    noise = np.random.default_rng(3).normal(0, 0.02, trained.scores.g_hat.shape)
    slope, se = effect_slope(level + noise, world.examples, trained.scores, trained.folds)
    assert slope - 1.96 * se < 0
    right, right_se = effect_slope(world.true_rates, world.examples, trained.scores, trained.folds)
    assert right == pytest.approx(1.0, abs=3 * right_se)
    assert right - 1.96 * right_se > 0


def test_doubly_robust_interval_covers_the_true_value(world: Any, trained: Trained) -> None:
    report = build_report(trained)
    examples, costs = world.examples, trained.costs
    rates = trained.oof_rates[trained.tournament.chosen]
    policy = best_lawful(net_amounts(rates, examples.outstanding, costs), examples.lawful)
    dr = report["values"]["chosen"]["dr"]
    assert dr["low"] <= true_value(world, policy, costs) <= dr["high"]


def trees_of(trained: Trained) -> list[str]:
    return [n.outcome.outcome.text for n in trained.fold_nuisances]  # type: ignore[attr-defined]


def test_same_examples_give_the_same_trees(world: Any, settings: TrainingSettings) -> None:
    small = world.examples.take(np.arange(600))
    first, second = train(small, settings), train(small, settings)
    assert trees_of(first) == trees_of(second)
    assert first.interval_scale == second.interval_scale


def test_recorded_propensities_are_used_instead_of_estimates(
    world: Any, settings: TrainingSettings
) -> None:
    recorded = np.full(len(world.examples), 0.25)
    lottery = replace(world.examples, recorded_propensity=recorded)
    trained = train(lottery, settings)
    assert trained.propensity is None
    assert all(n.propensity is None for n in trained.fold_nuisances)
    assert (trained.scores.taken == 0.25).all()


def test_a_measure_that_was_taken_against_the_law_has_the_chance_with_which_it_is_taken(
    world: Any, settings: TrainingSettings
) -> None:
    """The law filters what is offered; what officers did is learned from as it was done."""
    lawful = world.examples.lawful.copy()
    lawful[:1000, 1] = False
    refused = replace(world.examples, lawful=lawful)
    trained, free = train(refused, settings), train(world.examples, settings)
    assert (refused.arm[:1000] == 1).any()
    assert np.array_equal(trained.scores.taken, free.scores.taken)
    assert trained.scores.n_trimmed == free.scores.n_trimmed
    cases = trained.design.encoder.matrix(refused.features)
    m_hat = propensities_of(trained.propensity, cases, 3)
    assert np.allclose(m_hat.sum(axis=1), 1)


def test_too_few_examples_are_refused(world: Any, settings: TrainingSettings) -> None:
    few: Examples = world.examples.take(np.arange(50))
    with pytest.raises(TooFewExamplesError, match="Only 50 past decisions"):
        train(few, settings)


def test_one_decision_without_a_recorded_propensity_is_estimated(
    world: Any, settings: TrainingSettings
) -> None:
    recorded = np.full(len(world.examples), 0.25)
    recorded[7] = np.nan
    trained = train(replace(world.examples, recorded_propensity=recorded), settings)
    assert trained.propensity is not None
    assert np.isfinite(trained.scores.taken).all()


def test_a_debtor_is_in_one_fold_in_every_extract() -> None:
    debtors = [f"D{i}" for i in range(2000)]
    folds = assign_folds(debtors, 5)
    assert folds.tolist() == [debtor_fold(d, 5) for d in reversed(debtors)][::-1]
    assert np.bincount(folds).min() > 300


def test_gates_fail_on_a_ranking_that_loses_to_officers(trained: Trained) -> None:
    report = build_report(trained)
    assert all(g.passed for g in gates(report))
    report["values"]["gain_over_officers"] = {"value": -500.0, "se": 100.0}
    report["calibration"]["pooled"] = {"slope": 0.4, "se": 0.05}
    report["overlap"]["trimmed_share"] = 0.2
    failed = {g.name for g in gates(report) if not g.passed}
    assert failed == {"not_below_officers", "calibrated", "overlap"}


def with_hidden(examples: Examples, sd: float, seed: int = 0) -> Examples:
    """Each debtor has a hidden share; two decisions on two cases of theirs lie a year apart."""
    hidden = np.random.default_rng(seed).normal(0, sd, 1000).repeat(2)
    rate = np.clip(examples.rate + hidden, 0, 1)
    days = [date(2024, 1, 1), date(2025, 1, 1)] * 1000
    features = examples.features.with_columns(as_of_date=pl.Series(days))
    return replace(examples, features=features, recovered=rate * examples.outstanding)


def test_what_registers_do_not_show_is_found_from_other_cases_of_the_debtor(
    make_world: Callable[..., Any],
) -> None:
    world = make_world(n=2000, seed=9)
    coin = (world.true_rates * (1 - world.true_rates)).mean()
    wide, narrow = (
        estimate_hidden(with_hidden(world.examples, sd), world.true_rates) for sd in (0.15, 0.0)
    )
    assert wide.n_pairs == narrow.n_pairs == 1000
    assert wide.found == pytest.approx(0.15**2 / coin, rel=0.35)
    assert abs(narrow.found) < 0.03
    assert wide.hidden > 2 * narrow.hidden


def test_decisions_of_one_window_say_nothing_of_what_is_hidden(
    make_world: Callable[..., Any],
) -> None:
    """Their payments are partly the same money; then what is assumed stands, and says so."""
    world = make_world(n=2000, seed=9)
    close = with_hidden(world.examples, 0.15)
    days = [date(2024, 1, 1), date(2024, 3, 1)] * 1000
    close = replace(close, features=close.features.with_columns(as_of_date=pl.Series(days)))
    found = estimate_hidden(close, world.true_rates)
    assert found.n_pairs == 0
    assert np.isnan(found.found)
    assert found.hidden == found.prior > 0


def test_a_constant_order_stays_one_at_the_level_of_today(
    make_world: Callable[..., Any], settings: TrainingSettings
) -> None:
    """Where personalising does not pay, no map of a measure's own may personalise after all."""
    made = make_world(n=1500, seed=8, personal=False)
    hard = made.examples.features["n_measures"].to_numpy() > 5
    # The outcome of one measure is steeper than that of the others: a map of its own would be too.
    steep = (made.examples.arm == 0) & hard
    examples = replace(made.examples, recovered=np.where(steep, 0.0, made.examples.recovered))
    data = prepare(examples, settings)
    nuisances, scores = cross_fit(data, lambda _: None)
    found = fit_by_fold(data, nuisances, scores, lambda _: None)
    ranker, by_fold = at_level("constant", found, data, np.ones(len(examples)))
    for one in (ranker, *by_fold):
        orders = np.argsort(-all_rates(one, data.twins.inputs, examples.lawful), axis=1)
        assert (orders == orders[0]).all()
