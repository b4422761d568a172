"""Defects planted in a small nation: each is stopped by its gate, and a clean training by none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from law.catalogue import catalogue
from models.examples import Examples, build_examples
from models.gates.examples import (
    debtors_apart,
    estimated_propensities,
    measures_as_named,
    nobody_alone,
    outcomes_alike,
    overlap_by_measure,
    recorded_propensities,
)
from models.gates.groups import group_abstained, group_intrusive
from models.gates.registers_alike import registers_alike
from models.gates.today import stable_choices, with_measures
from models.rankers.base import Kind, all_rates
from models.settings import Boosting, TrainingSettings
from models.tournament import best_lawful, net_amounts
from models.training import Today, Trained, train
from pipelines.audit import (
    audit,
    feedback,
    lawful_choices,
    no_future,
    officers_of,
    payments_as_named,
    registers_current,
)
from pipelines.evaluate import audit_groups
from pipelines.recommend import intrusiveness_of
from pipelines.today import open_today
from registers.extract import Registers
from tests.integration.pipelines.conftest import AS_OF
from tests.integration.pipelines.house import House

FEW = Boosting(rounds=60, learning_rate=0.1, num_leaves=8, min_data_in_leaf=20)
LIGHT = TrainingSettings(
    n_folds=3, threads=1, kinds=("rule_card",), stacked=(), min_per_measure=20, share=FEW
)
Learned = tuple[Trained, Today, Registers]


def learn(registers: Registers, as_of: date = AS_OF) -> Learned:
    examples = build_examples(registers, as_of, min_per_measure=LIGHT.min_per_measure)
    today = open_today(registers, as_of, examples.measures)
    assert today is not None
    return train(examples, LIGHT, today=today), with_measures(today), registers


@pytest.fixture(scope="module")
def clean(house: House) -> Learned:
    return learn(house.registers)


def with_tables(registers: Registers, **changed: pl.DataFrame) -> Registers:
    return replace(registers, tables={**registers.tables, **changed}, prepared={})


def with_examples(trained: Trained, **changed: Any) -> Trained:
    return replace(trained, examples=replace(trained.examples, **changed))


def since(column: str, day: date) -> pl.Expr:
    return pl.col(column) >= day


def test_a_clean_training_is_stopped_by_no_gate(clean: Learned) -> None:
    trained, today, registers = clean
    gates = list(audit(trained, registers, AS_OF, today, None))
    assert [g.sentence for g in gates if g.verdict == "failed"] == []
    assert len({g.name for g in gates}) == len(gates) == 17
    assert sum(g.passed for g in gates) >= 8
    for gate in gates:
        assert gate.verdict == "cannot_tell" or not gate.bound or gate.power is not None


def test_rows_that_were_reported_before_they_happened_are_a_leak_of_time(clean: Learned) -> None:
    trained, _, registers = clean
    payments = registers.tables["payments"].with_columns(
        reported_on=pl.col("paid_on").dt.offset_by("-60d")
    )
    leaking = with_tables(registers, payments=payments)
    gate = no_future(trained, leaking)
    assert gate.verdict == "failed"
    assert f"{payments.height} rows of registers were reported before" in gate.sentence


def test_facts_that_know_what_was_reported_later_are_a_leak_of_time(clean: Learned) -> None:
    trained, _, registers = clean
    paid = pl.Series(trained.examples.recovered)
    features = trained.examples.features.with_columns(paid_90d_som=paid)
    gate = no_future(with_examples(trained, features=features), registers)
    assert gate.verdict == "failed"
    assert no_future(trained, registers).passed


def test_outcomes_that_stand_otherwise_in_one_time_are_a_shift_of_labels(clean: Learned) -> None:
    trained, _, _ = clean
    late = (trained.examples.features["as_of_date"] >= date(2025, 4, 1)).to_numpy()
    lost = np.where(late, 0.0, trained.examples.recovered)
    assert outcomes_alike(with_examples(trained, recovered=lost)).verdict == "failed"
    assert outcomes_alike(trained).verdict != "failed"


def test_two_measures_under_each_others_names_are_found(clean: Learned) -> None:
    trained, _, _ = clean
    measures = trained.examples.measures
    one, other = measures.index("registration_ban"), measures.index("voluntary_notice")
    arm = trained.examples.arm
    swapped = np.where(arm == one, other, np.where(arm == other, one, arm))
    gate = measures_as_named(with_examples(trained, arm=swapped))
    assert gate.verdict == "failed"
    assert measures_as_named(trained).passed


def test_levies_and_withholdings_under_each_others_names_are_found(clean: Learned) -> None:
    _, _, registers = clean
    one, other = "wage_income_withholding", "bank_account_levy"
    actions = registers.tables["actions"]
    swapped = actions.with_columns(pl.col("measure").replace({one: other, other: one}))
    gate = payments_as_named(with_tables(registers, actions=swapped), AS_OF)
    assert gate.verdict == "failed"
    assert payments_as_named(registers, AS_OF).passed


@pytest.mark.parametrize("factor", [100, 0.01])
def test_an_amount_in_another_unit_is_found(clean: Learned, factor: float) -> None:
    trained, _, registers = clean
    accounts = registers.tables["accounts"]
    som = [c for c in accounts.columns if c.endswith("_som")]
    changed = accounts.with_columns(
        pl.when(since("month", date(2025, 10, 1)))
        .then((pl.col(c) * factor).cast(pl.Int64))
        .otherwise(pl.col(c))
        .alias(c)
        for c in som
    )
    gate = registers_alike(trained.examples.features, todays(registers, accounts=changed))
    assert gate.verdict == "failed"
    assert "account_balance_som" in gate.sentence


def todays(registers: Registers, **changed: pl.DataFrame) -> pl.DataFrame:
    today = open_today(with_tables(registers, **changed), AS_OF, registers.legal_order.measures)
    assert today is not None
    return today.features


def test_a_word_that_no_older_decision_had_is_a_drift_of_the_schema(clean: Learned) -> None:
    trained, today, _ = clean
    renamed = today.features.with_columns(claim_kind=pl.col("claim_kind").replace("tax", "levy"))
    gate = registers_alike(trained.examples.features, renamed)
    assert gate.verdict == "failed"
    assert "claim_kind has new words" in gate.sentence


def test_a_kind_that_is_called_otherwise_is_a_drift_of_the_schema(clean: Learned) -> None:
    trained, _, registers = clean
    incomes = registers.tables["incomes"].with_columns(kind=pl.lit("contract"))
    gate = registers_alike(trained.examples.features, todays(registers, incomes=incomes))
    assert gate.verdict == "failed"
    assert "wage" in gate.sentence
    assert registers_alike(trained.examples.features, todays(registers)).passed


def test_measures_that_officers_take_nowhere_else_are_no_overlap(clean: Learned) -> None:
    trained, _, _ = clean
    m_hat = trained.scores.m_hat.copy()
    levy = trained.examples.measures.index("bank_account_levy")
    m_hat[trained.examples.arm != levy, levy] = 0.001
    nowhere = replace(trained, scores=replace(trained.scores, m_hat=m_hat))
    gate = overlap_by_measure(nowhere)
    assert gate.verdict == "failed"
    assert "bank_account_levy" in gate.sentence
    assert overlap_by_measure(trained).verdict != "failed"


@pytest.mark.parametrize("wrong", [0.02, 0.97, 1.7, 0.0])
def test_recorded_chances_that_are_none_are_found(clean: Learned, wrong: float) -> None:
    trained, _, _ = clean
    recorded = trained.examples.recorded_propensity
    broken = np.where(np.isfinite(recorded), wrong, np.nan)
    assert recorded_propensities(trained).verdict != "failed"
    gate = recorded_propensities(with_examples(trained, recorded_propensity=broken))
    assert gate.verdict == "failed"


def test_estimated_chances_that_say_nothing_are_found(clean: Learned) -> None:
    trained, _, _ = clean
    turned = replace(trained.scores, m_hat=1.0 - trained.scores.m_hat)
    assert estimated_propensities(replace(trained, scores=turned)).verdict == "failed"
    assert estimated_propensities(trained).verdict != "failed"


def test_a_register_that_fell_silent_is_found(clean: Learned) -> None:
    _, _, registers = clean
    old = registers.tables["accounts"].filter(~since("reported_on", date(2025, 12, 1)))
    gate = registers_current(with_tables(registers, accounts=old), AS_OF)
    assert gate.verdict == "failed"
    assert "accounts (" in gate.sentence
    assert registers_current(registers, AS_OF).passed


def test_one_debtor_under_two_numbers_in_two_folds_is_found(clean: Learned) -> None:
    trained, _, _ = clean
    n = len(trained.examples)
    rows = np.concatenate([np.arange(n), np.arange(n // 5)])
    doubled = trained.examples.take(rows)
    second = pl.Series([*trained.examples.debtors, *(f"X{i}" for i in range(n // 5))])
    doubled = replace(doubled, features=doubled.features.with_columns(debtor_id=second))
    folds = np.concatenate([trained.folds, (trained.folds[: n // 5] + 1) % 3])
    gate = debtors_apart(replace(trained, examples=doubled, folds=folds))
    assert gate.verdict == "failed"
    moved = trained.folds.copy()
    moved[0] = (moved[0] + 1) % 3
    assert debtors_apart(trained).passed
    several = trained.examples.debtors.count(trained.examples.debtors[0]) > 1
    assert ("0 debtors stand" in debtors_apart(replace(trained, folds=moved)).sentence) != several


def test_an_intrusive_measure_for_one_sex_at_equal_means_is_found(clean: Learned) -> None:
    trained, _, registers = clean
    attributes = audit_groups(registers, trained.examples)
    weights = intrusiveness_of(catalogue("uz"), trained.examples.measures)
    women = (attributes["sex"] == "f").fill_null(value=False).to_numpy()
    level = trained.oof_level.copy()
    level[np.ix_(women, weights >= 7)] = 1.0
    level[np.ix_(women, weights < 7)] = 0.0
    gate = group_intrusive(replace(trained, oof_level=level), attributes, weights)
    assert gate.verdict == "failed"
    assert "sex" in gate.sentence
    assert group_intrusive(trained, attributes, weights).verdict != "failed"


def test_a_program_that_abstains_for_one_sex_is_found(clean: Learned) -> None:
    trained, _, registers = clean
    attributes = audit_groups(registers, trained.examples)
    women = (attributes["sex"] == "f").fill_null(value=False).to_numpy()
    gate = group_abstained(women, attributes, trained.examples.debtors)
    assert gate.verdict == "failed"
    nobody = np.zeros(len(women), dtype=np.bool_)
    assert group_abstained(nobody, attributes, trained.examples.debtors).verdict != "failed"


def test_officers_who_repeat_the_champion_are_feedback(clean: Learned, house: House) -> None:
    trained, _, _ = clean
    champion = replace(house.bundle, as_of=date(2025, 1, 1))
    examples: Examples = build_examples(house.registers, AS_OF, ranked=champion.measures)
    again = replace(trained, examples=examples)
    assert feedback(again, champion).verdict != "failed"
    late = (examples.features["as_of_date"] > champion.as_of).to_numpy()
    inputs = champion.design.inputs(examples.features, examples.pairs)
    net = net_amounts(all_rates(champion.ranker, inputs), examples.outstanding, champion.costs)
    first = best_lawful(net, examples.lawful)
    arm = np.where(late & (first >= 0), first, examples.arm)
    gate = feedback(replace(trained, examples=replace(examples, arm=arm)), champion)
    assert gate.verdict == "failed"
    assert "no champion" in feedback(trained, None).sentence


def test_results_that_only_one_officer_has_are_found_and_nobody_is_named(clean: Learned) -> None:
    trained, _, registers = clean
    officers = officers_of(trained, registers, AS_OF)
    assert officers.null_count() == 0
    name = "OFFICER-7"
    his = np.arange(len(officers)) % 10 == 0
    named = pl.Series(np.where(his, name, officers.to_numpy()))
    paid = np.where(his, trained.examples.outstanding, trained.examples.recovered)
    gate = nobody_alone(with_examples(trained, recovered=paid), named)
    assert gate.verdict == "failed"
    assert name not in str(gate.as_dict())
    assert nobody_alone(trained, officers).verdict != "failed"


def test_an_order_that_every_refit_turns_is_found(clean: Learned) -> None:
    trained, today, _ = clean
    assert stable_choices(trained, today).verdict != "failed"
    turned = replace(trained, fold_rankers=[Turned(r) for r in trained.fold_rankers])
    assert stable_choices(turned, today).verdict == "failed"


class Turned:
    """A ranker that expects most of what another expects least of."""

    kind: Kind = "s_learner"

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def rates(self, rows: Any) -> Any:
        return 1.0 - self.inner.rates(rows)

    def contributions(self, rows: Any) -> Any:
        return self.inner.contributions(rows)


def test_a_first_choice_that_the_law_refuses_is_found(clean: Learned) -> None:
    trained, today, registers = clean
    everything = replace(today, lawful=np.ones_like(today.lawful))
    assert lawful_choices(trained, registers, everything).verdict == "failed"
    assert lawful_choices(trained, registers, today).passed
