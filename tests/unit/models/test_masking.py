"""Copies without registers: drawn by the example's id, and what they may and may not teach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from features.catalogue import FEATURES, unknown_column
from models.design import NEVER, NONE_OF_IT, fit_encoder
from models.inputs import Inputs
from models.masking import (
    REGISTERS,
    balance,
    draw_registers,
    lost_with,
    unknown_registers,
)
from models.settings import TrainingSettings
from models.training import Trained, prepare, train
from models.twins import Twins
from models.unknown import UnknownCost

N = 4000


def ids(n: int = N) -> pl.DataFrame:
    return pl.DataFrame(
        {"case_id": [f"C{i}" for i in range(n)], "as_of_date": [date(2025, 1, 1)] * n}
    )


def test_the_stated_share_of_examples_has_a_copy_and_every_register_is_taken_from_some() -> None:
    drawn = draw_registers(ids(), 0.3, 1)
    assert drawn.any(axis=1).mean() == pytest.approx(0.3, abs=0.03)
    taken = drawn[drawn.any(axis=1)].mean(axis=0)
    assert (taken > 0.2).all()
    assert (taken < 0.35).all()
    assert (drawn.sum(axis=1) >= 2).any()
    assert not draw_registers(ids(50), 0.0, 1).any()


def test_what_is_taken_depends_on_the_example_and_the_seed_and_on_nothing_else() -> None:
    whole = draw_registers(ids(), 0.5, 1)
    order = np.random.default_rng(1).permutation(N)
    assert (draw_registers(ids()[order], 0.5, 1) == whole[order]).all()
    assert (draw_registers(ids()[17:18], 0.5, 1) == whole[17:18]).all()
    assert (draw_registers(ids(), 0.5, 2) != whole).any()


def test_a_feature_of_several_registers_is_lost_with_each_and_what_is_owed_with_none() -> None:
    assert "pledged_value_som" in lost_with("vehicles") & lost_with("real_estate")
    assert "debt_service_to_income" in lost_with("obligations") & lost_with("incomes")
    assert not any("outstanding_som" in lost_with(register) for register in REGISTERS)
    assert "claim_kind" not in lost_with("cases")
    assert "n_other_open_cases" in lost_with("cases")
    never_lost = {f.name for f in FEATURES if not any(f.name in lost_with(r) for r in REGISTERS)}
    assert all(f.tables[0] == "cases" for f in FEATURES if f.name in never_lost)


def frame(**facts: list[Any]) -> pl.DataFrame:
    n = len(next(iter(facts.values())))
    columns: dict[str, pl.Series] = {}
    for f in FEATURES:
        dtype = pl.String if f.kind == "category" else pl.Float64
        filler = next(iter(f.values), "word") if f.kind == "category" else 1.0
        columns[f.name] = pl.Series(facts.get(f.name, [filler] * n), dtype=dtype)
    flags = {unknown_column(r): facts.get(unknown_column(r), [False] * n) for r in REGISTERS}
    return pl.DataFrame(columns | flags)


def test_none_and_unknown_are_two_values_and_never_is_later_than_any_day() -> None:
    known = frame(
        account_balance_som=[5.0, None, None],
        days_since_last_payment=[3.0, None, None],
        is_unknown_accounts=[False, False, True],
    )
    encoder = fit_encoder(known)
    x = encoder.matrix(known)
    balance_at, days_at = (
        encoder.columns.index(c) for c in ("account_balance_som", "days_since_last_payment")
    )
    assert x[:2, balance_at].tolist() == [5.0, NONE_OF_IT]
    assert np.isnan(x[2, balance_at])
    assert x[:, days_at].tolist() == [3.0, NEVER, NEVER]


def test_a_number_that_was_never_missing_in_training_is_unknown_where_it_is() -> None:
    encoder = fit_encoder(frame(n_vehicles=[0.0, 2.0]))
    x = encoder.matrix(frame(n_vehicles=[None, 0.0]))
    at = encoder.columns.index("n_vehicles")
    assert np.isnan(x[0, at])
    assert x[1, at] == 0.0


def test_a_missing_count_of_a_register_that_lists_all_says_that_it_is_unknown() -> None:
    found = unknown_registers(frame(n_vehicles=[None, 0.0]))
    assert found[:, REGISTERS.index("vehicles")].tolist() == [True, False]
    assert found.sum() == 1


def test_an_unknown_category_and_one_never_seen_have_a_code_of_their_own() -> None:
    encoder = fit_encoder(frame(claim_kind=["tax", "utility"]))
    x = encoder.matrix(frame(claim_kind=["tax", None, "invented"]))
    at = encoder.columns.index("claim_kind")
    assert x[:, at].tolist() == [0.0, 2.0, 2.0]


def test_originals_stay_whole_and_copies_stand_behind_them() -> None:
    x, pairs = np.arange(6.0).reshape(3, 2), np.ones((3, 2, 1))
    lost = np.full_like(x, np.nan)
    has_copy = np.array([False, True, False])
    twins = Twins(Inputs(x, pairs), Inputs(lost, np.full_like(pairs, np.nan)), has_copy)
    y, weight = np.array([1.0, 2.0, 3.0]), np.array([1.0, 4.0, 1.0])
    arm = np.array([0, 1, 0])
    rows, outcome, weights = twins.under(arm).doubled(y, weight, np.array([1.0, 0.5, 1.0]))
    assert (rows.cases[:3] == x).all()
    assert np.isnan(rows.cases[3]).all()
    assert np.isnan(rows.pairs[3]).all()
    assert rows.arm.tolist() == [0, 1, 0, 1]
    assert outcome.tolist() == [1.0, 2.0, 3.0, 2.0]
    assert weights.tolist() == [1.0, 4.0, 1.0, 2.0]


def test_balanced_weights_undo_the_officers_choice() -> None:
    """The measure was chosen for the hard; balanced, its mean is that over everybody."""
    rng = np.random.default_rng(3)
    hard = rng.random(20_000) < 0.5
    chance = np.where(hard, 0.8, 0.2)
    arm = (rng.random(20_000) < chance).astype(np.int64)
    taken = np.where(arm == 1, chance, 1 - chance)
    recovered = np.where(hard, 0.2, 0.6)
    weight = balance(arm, taken)
    mine = arm == 1
    assert recovered[mine].mean() == pytest.approx(0.28, abs=0.02)
    assert np.average(recovered[mine], weights=weight[mine]) == pytest.approx(0.4, abs=0.02)
    assert weight[mine].mean() == pytest.approx(1.0)


def test_the_scores_are_adjusted_by_what_officers_knew(trained: Trained, world: Any) -> None:
    """The propensities of the folds do not move with what copies lose."""
    other = replace(trained.settings, masked_share=0.0, min_copies=0)
    plain = train(world.examples, other)
    assert (plain.scores.taken == trained.scores.taken).all()
    assert prepare(world.examples, other).twins.has_copy.sum() == 0


def test_an_effect_of_an_unknown_register_is_the_mean_over_what_it_may_say(
    trained: Trained, world: Any
) -> None:
    """In the invented world the levy helps where balances are high; unknown, it helps as on
    average, and far less than where they are known to be high."""
    design, ranker = trained.design, trained.ranker
    inputs = design.inputs(world.examples.features, world.examples.pairs)
    taken = np.zeros((len(inputs), len(REGISTERS)), dtype=bool)
    taken[:, REGISTERS.index("accounts")] = True
    levy = np.zeros(len(inputs), dtype=np.int64)
    known = ranker.rates(inputs.under(levy))
    unknown = ranker.rates(design.without(inputs, taken).under(levy))
    high = world.examples.features["account_balance_som"].to_numpy() > 8e5
    truth = world.true_rates[:, 0]
    assert abs(unknown.mean() - truth.mean()) < 0.04
    assert known[high].mean() > unknown[high].mean() + 0.03


def test_few_examples_have_more_copies_so_that_each_register_is_met(
    trained: Trained, world: Any
) -> None:
    def n_copies(**settings: Any) -> int:
        changed = replace(trained.settings, **settings)
        return int(prepare(world.examples, changed).twins.has_copy.sum())

    n = len(world.examples)
    assert n_copies(masked_share=0.2, min_copies=n // 2) == pytest.approx(n // 2, rel=0.1)
    assert n_copies(masked_share=0.2, min_copies=2 * n) == n
    assert n_copies(masked_share=0.2, min_copies=10) == pytest.approx(0.2 * n, rel=0.2)


def test_two_unknown_registers_cost_at_least_what_knowing_none_does() -> None:
    each = np.zeros((len(REGISTERS), 1))
    each[:2] = [[0.01], [0.02]]
    cost = UnknownCost(each, np.array([0.05]))
    unknown = np.zeros((4, len(REGISTERS)), dtype=bool)
    unknown[1, 0] = unknown[2, :2] = unknown[3, 2:4] = True
    assert cost.variance(unknown)[:, 0].tolist() == [0.0, 0.01, 0.05, 0.05]


def test_registers_that_no_past_case_had_cost_nothing() -> None:
    """A legal order without accounts is not in the dark: its model never read any."""
    each = np.zeros((len(REGISTERS), 1))
    each[:2] = 0.01
    cost = UnknownCost(each, np.array([0.05]), never=REGISTERS[2:])
    cost = UnknownCost.from_dict(cost.as_dict())
    never_had = np.ones(len(REGISTERS), dtype=np.bool_)
    never_had[:2] = False
    one_lost, both_lost = never_had.copy(), never_had.copy()
    one_lost[0] = True
    both_lost[:2] = True
    found = cost.variance(np.stack([never_had, one_lost, both_lost]))
    assert found[:, 0].tolist() == [0.0, 0.01, 0.05]


def test_training_tells_which_registers_no_past_case_had(trained: Trained) -> None:
    lost = unknown_registers(trained.examples.features).all(axis=0)
    assert trained.unknown_cost.never == tuple(np.asarray(REGISTERS)[lost])
    assert 0 < len(trained.unknown_cost.never) < len(REGISTERS)


def test_a_register_that_the_model_has_never_heard_of_costs_what_all_together_do() -> None:
    cost = UnknownCost(np.zeros((len(REGISTERS), 1)), np.array([0.05]))
    body = cost.as_dict()
    assert isinstance(body["each"], dict)
    body["each"].pop("vehicles")
    read = UnknownCost.from_dict(body)
    assert read.each[REGISTERS.index("vehicles")].tolist() == [0.05]
    assert read.each.sum() == pytest.approx(0.05)


def test_the_share_is_a_setting_that_the_model_keeps() -> None:
    assert 0 < TrainingSettings().masked_share <= 1
    assert TrainingSettings().as_dict()["masked_share"] == TrainingSettings().masked_share
