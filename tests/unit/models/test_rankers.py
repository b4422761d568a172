"""Each ranker against a short twin written by hand, and on cases whose effect is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from features.catalogue.pairs import PAIR_FEATURES
from models.fitting import fit_by_fold, held_out
from models.nuisance import mean_effect
from models.policy_value import clustered_se
from models.rankers import KINDS, Kind, Ranker
from models.rankers.blend import stack_weights
from models.rankers.card import Leaf, Question, RuleCard
from models.rankers.effects import _levels, pseudo_outcomes
from models.settings import TrainingSettings
from models.tournament import (
    clusters_of,
    factual_losses,
    hold_tournament,
    propensities,
    share_log,
)
from models.training import Trained, mean_costs, prepare, train


def test_pseudo_outcomes_are_those_of_their_formulas(world: Any, trained: Trained) -> None:
    e, s = world.examples, trained.scores
    for kind in ("dr_learner", "x_learner", "r_learner"):
        for a in range(3):
            target, weight = pseudo_outcomes(kind, e, s, a)
            for i in range(0, 200, 7):
                m, r, usual = s.m_hat[i, a], e.rate[i], s.usual[i]
                g, took = s.g_hat[i, a], e.arm[i] == a
                expected = {
                    "dr_learner": (s.gamma[i, a] - usual, 1.0),
                    "x_learner": (r - usual, 1 - m) if took else ((g - r) * (1 - m), m),
                    "r_learner": (
                        (r - usual, 1.0)
                        if took
                        else ((usual - r) * (1 - m) / m, (m / (1 - m)) ** 2)
                    ),
                }[kind]
                assert target[i] == pytest.approx(expected[0], abs=1e-9)
                assert weight[i] == pytest.approx(expected[1], abs=1e-9)


def test_the_two_losses_are_those_of_their_formulas(world: Any, trained: Trained) -> None:
    e, s = world.examples, trained.scores
    rates = world.true_rates
    level, differences = factual_losses(rates, e, s)
    m_hat = propensities(e, s)
    for i in range(0, 300, 11):
        r_a = rates[i, e.arm[i]]
        mean = sum(m_hat[i, a] * rates[i, a] for a in range(3)) / sum(m_hat[i])
        assert level[i] == pytest.approx((e.rate[i] - r_a) ** 2)
        assert differences[i] == pytest.approx((e.rate[i] - s.usual[i] - (r_a - mean)) ** 2)


def test_losses_tell_the_truth_from_shuffled_effects_by_several_standard_errors(
    world: Any, trained: Trained
) -> None:
    """The same shares, given to other measures of the case: the level stays, the order goes."""
    e, s = world.examples, trained.scores
    rng = np.random.default_rng(1)
    shuffled = rng.permuted(world.true_rates, axis=1)
    gap = sum(factual_losses(shuffled, e, s)) - sum(factual_losses(world.true_rates, e, s))
    gap = np.asarray(gap)
    assert gap.mean() > 5 * clustered_se(gap, clusters_of(e))


@pytest.mark.parametrize("kind", KINDS)
def test_every_learner_knows_more_of_effects_than_none(
    kind: Kind, world: Any, trained: Trained, every_ranker: dict[Kind, list[Ranker]]
) -> None:
    """Against the true difference between levy and ban, which turns its sign with the balance."""
    if kind == "constant":
        return
    data = prepare(world.examples, trained.settings)
    rates = held_out(every_ranker[kind], data)
    found, truth = rates[:, 0] - rates[:, 1], world.true_rates[:, 0] - world.true_rates[:, 1]
    assert np.corrcoef(found, truth)[0, 1] > 0.5


def test_a_constant_order_is_the_same_in_every_case(
    world: Any, trained: Trained, every_ranker: dict[Kind, list[Ranker]]
) -> None:
    ranker: Any = every_ranker["constant"][0]
    inputs = trained.design.inputs(world.examples.features, world.examples.pairs)
    rates = [ranker.rates(inputs.under(np.full(len(inputs), a))) for a in range(3)]
    assert np.ptp(rates[0] - rates[1]) < 1e-12


def test_a_mean_effect_of_a_measure_seldom_taken_is_the_outcome_models_word(
    world: Any, trained: Trained
) -> None:
    s, n = trained.scores, len(world.examples)
    rows, weight = np.arange(n), np.ones(n)
    plain = float((s.gamma[:, 0] - s.usual).mean())
    assert mean_effect(s, 0, rows, weight) == pytest.approx(plain, abs=0.003)
    wild = replace(s, gamma=s.gamma.copy())
    wild.gamma[5, 0] += 40 * n  # one decision that would speak for all
    direct = float((s.g_hat[:, 0] - s.usual).mean())
    assert mean_effect(wild, 0, rows, weight) == pytest.approx(direct, abs=0.02)


def test_a_card_asks_the_question_that_decides(
    world: Any, every_ranker: dict[Kind, list[Ranker]], trained: Trained
) -> None:
    """The levy helps where balances are high, the ban where they are low."""
    at = trained.design.encoder.columns.index("account_balance_som")
    for card in every_ranker["rule_card"]:
        assert isinstance(card, RuleCard)
        assert isinstance(card.root, Question)
        assert card.root.feature == at
        assert 3e5 < card.root.cut < 7e5
        assert depth(card.root) <= trained.settings.card_depth


def depth(node: Question | Leaf) -> int:
    return 0 if isinstance(node, Leaf) else 1 + max(depth(node.yes), depth(node.no))


def test_a_stack_finds_the_columns_that_made_the_outcome() -> None:
    rng = np.random.default_rng(2)
    columns = rng.uniform(size=(4000, 3))
    y = 0.7 * columns[:, 0] + 0.3 * columns[:, 2] + rng.normal(0, 0.05, 4000)
    weights = stack_weights(columns, y, np.ones(4000))
    assert weights.sum() == pytest.approx(1.0)
    assert weights == pytest.approx([0.7, 0.0, 0.3], abs=0.03)


def test_relevance_is_the_place_between_the_least_and_the_most_of_the_case() -> None:
    value, group = np.array([0.1, 0.5, 0.3, 7.0, 7.0]), np.array([0, 0, 0, 1, 1])
    assert _levels(value, group, 5).tolist() == [0.0, 4.0, 2.0, 0.0, 0.0]


def test_a_clear_loss_personalises_where_the_slope_cannot_tell(
    world: Any, trained: Trained
) -> None:
    """Scores so noisy that no slope is seen; the loss of differences still sees the effect."""
    rng = np.random.default_rng(4)
    s = trained.scores
    noisy = replace(s, gamma=s.gamma + rng.normal(0, 30, s.gamma.shape))
    constant = np.tile(world.true_rates.mean(axis=0), (len(world.examples), 1))
    rates: dict[Kind, Any] = {"constant": constant, "s_learner": world.true_rates}
    costs = mean_costs(world.examples)
    held = hold_tournament(rates, world.examples, noisy, costs, trained.folds, trained.settings)
    entry = held.entries[-1]
    assert entry.slope - 1.96 * entry.slope_se < 0
    assert entry.differences_behind < -2 * entry.differences_behind_se
    assert held.chosen == "s_learner"


def test_a_ranker_that_loses_money_by_two_standard_errors_is_vetoed(
    world: Any, trained: Trained
) -> None:
    """It has the best loss of all: its levels are true, but its order is turned round."""
    turned = -world.true_rates + 2 * world.true_rates.mean(axis=1, keepdims=True)
    constant = np.tile(world.true_rates.mean(axis=0), (len(world.examples), 1))
    rates: dict[Kind, Any] = {"constant": constant + 0.4, "s_learner": turned}
    costs = mean_costs(world.examples)
    held = hold_tournament(
        rates, world.examples, trained.scores, costs, trained.folds, trained.settings
    )
    assert {e.kind: e.vetoed for e in held.entries} == {"constant": False, "s_learner": True}
    assert held.chosen == "constant"
    assert "s_learner is vetoed" in held.reason


def test_a_share_lost_to_costs_is_at_most_one_debt(world: Any, trained: Trained) -> None:
    small = replace(world.examples, outstanding=np.full(len(world.examples), 10.0))
    log = share_log(small, trained.scores, mean_costs(world.examples))
    assert log.modelled.min() >= -1.0


def test_what_a_measure_can_reach_moves_what_it_is_expected_to_bring(
    make_world: Callable[..., Any], settings: TrainingSettings
) -> None:
    """A fact of (case, measure): the levy brings what it reaches, the others do not care."""
    world = make_world(n=2000, seed=12)
    e = world.examples
    rng = np.random.default_rng(5)
    reach = rng.uniform(0, 1, 2000)
    told = np.full(6000, np.nan)
    told[0::3] = reach
    pairs = e.pairs.with_columns(pl.Series("reach_share", told).fill_nan(None))
    rate = np.where(e.arm == 0, np.clip(reach + rng.normal(0, 0.05, 2000), 0, 1), e.rate)
    trained = train(replace(e, pairs=pairs, recovered=rate * e.outstanding), settings)
    inputs = trained.design.inputs(e.features, pairs)
    levy = trained.ranker.rates(inputs.under(np.zeros(2000, dtype=np.int64)))
    notice = trained.ranker.rates(inputs.under(np.full(2000, 2)))
    assert trained.tournament.chosen != "constant"
    assert np.corrcoef(levy, reach)[0, 1] > 0.8
    assert abs(np.corrcoef(notice, reach)[0, 1]) < 0.3
    rows = inputs.under(np.zeros(2000, dtype=np.int64))
    at = trained.design.names.index("reach_share")
    parts = trained.ranker.contributions(rows)
    assert np.corrcoef(parts.values[:, at], reach)[0, 1] > 0.8
    assert {f.name for f in PAIR_FEATURES} >= {"reach_share"}


def test_fitting_with_fewer_kinds_leaves_the_others_as_they_are(
    world: Any, trained: Trained
) -> None:
    data = prepare(world.examples, replace(trained.settings, kinds=("rule_card",)))
    found = fit_by_fold(data, trained.fold_nuisances, trained.scores, lambda _: None)
    assert list(found.rates) == ["constant", "rule_card", "s_learner"]
    assert np.array_equal(found.rates["constant"], trained.oof_rates["constant"])
