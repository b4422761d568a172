"""A retraining is tested on decisions made after its training, beside the champion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from models.examples import build_examples
from models.registry import Store
from models.training import Trained, train
from pipelines.challenge import Challenge, challenge, champion_of, day_of_test
from pipelines.today import open_today
from pipelines.train import train_candidate
from tests.integration.pipelines.conftest import AS_OF, SETTINGS
from tests.integration.pipelines.house import House

EARLY = date(2025, 3, 1)
PLAIN = replace(SETTINGS, kinds=("rule_card",), stacked=())


@pytest.fixture(scope="module")
def trained(house: House) -> Trained:
    registers = house.registers
    examples = build_examples(registers, AS_OF, min_per_measure=30)
    return train(examples, PLAIN, today=open_today(registers, AS_OF, examples.measures))


@pytest.fixture(scope="module")
def first(house: House, trained: Trained) -> Challenge:
    return challenge(trained, house.registers, None)


def test_the_twin_has_seen_no_outcome_of_the_decisions_that_it_is_tested_on(
    first: Challenge,
) -> None:
    assert first.later is not None
    assert first.twin is not None
    assert first.day is not None
    tested = first.later.examples.features["as_of_date"]
    learned = first.twin.examples.features["as_of_date"].max()
    assert tested.min() > first.day  # type: ignore[operator]
    assert isinstance(learned, date)
    assert (first.day - learned).days >= first.later.examples.window_days


def test_a_first_model_is_told_to_have_no_champion_and_is_tested_all_the_same(
    first: Challenge,
) -> None:
    by_name = {g.name: g for g in first.gates}
    assert by_name["champion"].verdict == "cannot_tell"
    assert "would be the first" in by_name["champion"].sentence
    assert by_name["later_constant_order"].power is not None


def test_a_champion_that_saw_the_later_decisions_is_not_compared(
    house: House, trained: Trained, first: Challenge
) -> None:
    gate = challenge(trained, house.registers, house.bundle).gates[0]
    assert gate.verdict == "cannot_tell"
    assert f"trained as of {AS_OF}" in gate.sentence
    assert day_of_test(trained.examples, house.bundle) == first.day


def test_an_earlier_champion_is_judged_on_the_same_later_decisions(
    house: House, trained: Trained, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    version = train_candidate(house.registers, EARLY, store, PLAIN).version
    champion = store.load(version)
    gate = challenge(trained, house.registers, champion).gates[0]
    assert "the champion uz-1" in gate.sentence
    assert gate.value is not None
    assert gate.power is not None
    later = trained.examples.features.filter(pl.col("as_of_date") > EARLY)
    assert str(later["as_of_date"].max()) in gate.sentence


def test_a_champion_that_was_trained_since_the_day_moves_the_day(
    trained: Trained, house: House
) -> None:
    usual = day_of_test(trained.examples, None)
    days = trained.examples.features["as_of_date"]
    assert np.mean((days > usual).to_numpy()) == pytest.approx(0.3, abs=0.02)
    recent = replace(house.bundle, as_of=date(2025, 4, 1))
    since = trained.examples.features.filter(pl.col("as_of_date") > recent.as_of)
    assert since["debtor_id"].n_unique() >= 100
    assert day_of_test(trained.examples, recent) == max(recent.as_of, usual)


def test_a_champion_that_cannot_be_read_is_said_to_be_unknown(house: House, tmp_path: Path) -> None:
    assert champion_of(Store(tmp_path), "uz") is None
    store = Store(tmp_path)
    store.models.mkdir()
    store.champions.write_text('{"uz": {"version": "uz-1"}}')
    told = champion_of(store, "uz")
    assert isinstance(told, str)
    assert "No model uz-1" in told
