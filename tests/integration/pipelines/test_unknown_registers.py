"""A register that is not known is not read as one that holds nothing.

On a small nation with its real recipe: one register is taken out of the extract, as where an agency
did not deliver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from features.catalogue import FEATURES, feature
from features.frame import build_features
from features.pairs import build_pairs
from law.facts import build_facts
from models.boosting import Trees, predict
from models.bundle import Bundle
from models.design import NEVER, NONE_OF_IT
from models.examples import build_examples
from models.inputs import Inputs, Rows
from models.intervals import jackknife_draws, se_of_draws
from models.masking import REGISTERS, lost_with, unknown_registers
from models.ranker_text import ranker_text
from models.rankers.base import all_rates
from models.unknown import NOT_NARROWER
from pipelines.recommend import recommend
from registers.extract import Registers
from registers.snapshot import locate
from registers.tables import TABLES
from registers.unknown_rows import unknown_schema
from tests.integration.pipelines.house import House

# A case that is asked about is known, and so is its debtor's row in the extracts of a nation.
TAKEN = tuple(r for r in REGISTERS if r not in ("cases", "debtors"))


SEVERAL = 3
A_QUARTER = 0.25
NULLABLE = frozenset(name for register in REGISTERS for name in lost_with(register))


def without(registers: Registers, tables: frozenset[str]) -> Registers:
    """The same extract as if these registers had not been delivered."""
    kept = {
        name: frame.clear() if name in tables else frame for name, frame in registers.tables.items()
    }
    return replace(registers, tables=kept, absent=registers.absent | tables, prepared={})


class Desk:
    """The house's questions with all registers, and with some of them missing."""

    def __init__(self, house: House) -> None:
        self.bundle: Bundle = house.bundle
        self.registers = house.registers
        self.points, _ = locate(self.registers, house.questions)
        self.full = self.features(frozenset())

    @cache  # noqa: B019  (one desk lives as long as the tests)
    def features(self, tables: frozenset[str]) -> pl.DataFrame:
        return build_features(without(self.registers, tables), self.points)

    @cache  # noqa: B019
    def inputs(self, tables: frozenset[str]) -> Inputs:
        registers = without(self.registers, tables)
        pairs = build_pairs(registers, self.points, build_facts(registers, self.points))
        return self.bundle.design.inputs(self.features(tables), pairs)

    def matrix(self, tables: frozenset[str]) -> NDArray[np.float64]:
        return self.inputs(tables).cases

    def half(self, tables: frozenset[str]) -> NDArray[np.float64]:
        """Standard deviations of the share (n, m) by sampling and unknown registers, before they
        are held within what a share can have. What no register shows is the same share of a coin's
        variance either way and moves with the expectation alone."""
        inputs = self.inputs(tables)
        everywhere = np.ones((len(inputs), inputs.n_measures), dtype=bool)
        draws = jackknife_draws(self.bundle.fold_rankers, inputs, everywhere)
        cost = self.bundle.unknown_cost.variance(unknown_registers(self.features(tables)))
        se = self.bundle.interval_scale * se_of_draws(np.clip(draws, 0.0, 1.0))
        return np.asarray(np.sqrt(se**2 + cost))


@pytest.fixture(scope="module")
def desk(house: House) -> Desk:
    return Desk(house)


@pytest.mark.parametrize("register", TAKEN)
def test_what_training_takes_away_is_what_the_absence_of_a_register_takes_away(
    register: str, desk: Desk
) -> None:
    known = desk.matrix(frozenset())
    taken = np.zeros((len(known), len(REGISTERS)), dtype=bool)
    taken[:, REGISTERS.index(register)] = True
    masked, absent = (
        desk.bundle.design.encoder.without(known, taken),
        desk.matrix(frozenset({register})),
    )
    for name, was, drawn, gone in zip(
        desk.bundle.design.encoder.columns, known.T, masked.T, absent.T, strict=True
    ):
        if name not in lost_with(register):
            assert np.array_equal(drawn, was, equal_nan=True), name
            # What is owed, and what is counted in it, is told even where payments are unknown.
            same = np.array_equal(gone, was, equal_nan=True)
            assert same or (register == "payments" and "outstanding" in name), name
        elif feature(name).tables[0] == register:
            assert np.array_equal(drawn, gone, equal_nan=True), name
        if name in lost_with(register) and feature(name).kind != "category":
            assert np.isnan(drawn).all(), name


@pytest.mark.parametrize("register", TAKEN)
def test_the_frame_says_which_register_is_unknown(register: str, desk: Desk) -> None:
    unknown = unknown_registers(desk.features(frozenset({register})))
    assert unknown[:, REGISTERS.index(register)].all()
    assert not np.delete(unknown, REGISTERS.index(register), axis=1).any()


def test_a_debtor_without_a_row_in_a_known_register_is_not_unknown_to_it(desk: Desk) -> None:
    none = desk.full["account_balance_som"].is_null().to_numpy()
    column = desk.bundle.design.encoder.columns.index("account_balance_som")
    assert 0 < none.sum() < len(none)
    assert (desk.matrix(frozenset())[none, column] == NONE_OF_IT).all()
    assert np.isnan(desk.matrix(frozenset({"accounts"}))[:, column]).all()


def test_a_debtor_of_whom_an_account_was_set_aside_is_not_read_as_one_without_accounts(
    desk: Desk,
) -> None:
    """One row was set aside: of that debtor the register is unknown, of nobody else."""
    someone = desk.full.filter(pl.col("account_balance_som") > 0)["debtor_id"][0]
    accounts = desk.registers.table("accounts")
    mine = pl.col("debtor_id") == someone
    lost = accounts.filter(mine).sort("month", "reported_on")[-1:]
    schema = unknown_schema(TABLES["accounts"])
    named = lost.with_columns(reason=pl.lit("unknown_value")).select(schema.names())
    kept = accounts.join(lost, on=lost.columns, how="anti", nulls_equal=True)
    registers = replace(
        desk.registers,
        tables={**desk.registers.tables, "accounts": kept},
        unknown={"accounts": named},
        prepared={},
    )
    features = build_features(registers, desk.points)
    is_theirs = (features["debtor_id"] == someone).to_numpy()
    assert (unknown_registers(features)[:, REGISTERS.index("accounts")] == is_theirs).all()
    balance = desk.bundle.design.encoder.columns.index("account_balance_som")
    x = desk.bundle.design.encoder.matrix(features)
    assert np.isnan(x[is_theirs, balance]).all()
    assert not np.isnan(x[~is_theirs, balance]).any()


@pytest.mark.parametrize("register", TAKEN)
def test_the_recipe_answers_and_adds_up_where_a_register_is_unknown(
    register: str, desk: Desk
) -> None:
    """Parts that do not add up would stop it. Every case is answered or says why it is not."""
    asked = desk.points.select("case_id", "as_of_date")[:40]
    answers = recommend(without(desk.registers, frozenset({register})), asked, desk.bundle)
    assert answers.recommendations["expected_net_som"].is_finite().all()
    assert answers.explanations.height == answers.recommendations.height
    if register == "payments":
        assert answers.set_aside.height == asked.height
        assert answers.set_aside["reason_code"].unique().to_list() == ["amount_unknown"]
    else:
        assert answers.set_aside.is_empty()
        assert answers.unknown["register"].unique().to_list() == [register]


def ensembles(bundle: Bundle) -> Iterator[tuple[str, Trees, bool]]:
    """Every ensemble that answers, with whether it reads facts of the measure behind the case's."""
    found: dict[str, Trees] = {}

    def put(name: str, trees: Trees) -> str:
        found[name] = trees
        return name

    for k, ranker in enumerate((bundle.ranker, *bundle.fold_rankers)):
        ranker_text(ranker, f"ranker {k}", put)
    assert bundle.propensity is not None
    found |= {"any payment": bundle.any_payment, "propensity": bundle.propensity}
    for name, trees in found.items():
        yield name, trees, trees.booster.num_feature() > len(bundle.design.encoder.columns)


def test_every_split_on_a_number_has_learned_where_an_unknown_one_goes(desk: Desk) -> None:
    """LightGBM keeps a direction for missing values only where training had some."""
    n_read = 0
    for name, trees, _ in ensembles(desk.bundle):
        for of, split in numeric_splits(desk.bundle, trees):
            assert split["missing_type"] == "NaN", (name, of)
            n_read += 1
    assert n_read > 500


def numeric_splits(bundle: Bundle, trees: Trees) -> Iterator[tuple[str, dict[str, Any]]]:
    """The splits on numbers that a register may leave unknown, each with its feature."""
    for tree in trees.booster.dump_model()["tree_info"]:
        for split in splits_of(tree["tree_structure"]):
            of = (*bundle.design.names, "measure")[split["split_feature"]]
            if split["decision_type"] == "<=" and of in NULLABLE:
                yield of, split


def splits_of(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "split_feature" in node:
        yield node
        yield from splits_of(node["left_child"])
        yield from splits_of(node["right_child"])


def test_numbers_that_are_split_in_several_places_are_not_taken_for_zero_when_unknown(
    desk: Desk,
) -> None:
    """Of nine in ten of the numbers that a quarter have some of, some ensemble says something else
    of an unknown one than of zero. (Where both really go the same way, trees may learn it; were
    unknown taken for zero, none would differ.)"""
    x = desk.matrix(frozenset())
    places: dict[str, set[float]] = {}
    differs = set()
    for _, trees, reads_pairs in ensembles(desk.bundle):
        read = set()
        for of, split in numeric_splits(desk.bundle, trees):
            places.setdefault(of, set()).add(split["threshold"])
            read.add(of)
        for of in sorted(read):
            if of not in desk.bundle.design.encoder.columns:
                continue
            column = desk.bundle.design.encoder.columns.index(of)
            unknown, zero = x.copy(), x.copy()
            unknown[:, column], zero[:, column] = np.nan, 0.0
            if reads_pairs:
                arm = np.arange(len(x)) % len(desk.bundle.measures)
                pairs = desk.inputs(frozenset()).pairs[np.arange(len(x)), arm]
                width = trees.booster.num_feature()
                unknown = Rows(unknown, pairs, arm).with_arm()[:, :width]
                zero = Rows(zero, pairs, arm).with_arm()[:, :width]
            if (predict(trees, unknown) != predict(trees, zero)).any():
                differs.add(of)
    columns = desk.bundle.design.encoder.columns
    some = {name: (x[:, j] > 0).mean() >= A_QUARTER for j, name in enumerate(columns)}
    several = {of for of, found in places.items() if len(found) >= SEVERAL and some.get(of, False)}
    assert len(several) > 25
    assert len(several - differs) <= len(several) / 10, several - differs


@pytest.mark.parametrize("register", TAKEN)
def test_an_unknown_register_is_not_answered_like_one_that_holds_nothing(
    register: str, desk: Desk
) -> None:
    """Where the chosen ranker reads it, and it holds something of more than a few: of a register
    that holds nothing of nearly everybody, unknown may rightly be answered as nothing."""
    bundle, gone = desk.bundle, desk.inputs(frozenset({register}))
    nothing = gone.cases.copy()
    lost = [c for c in lost_with(register) if feature(c).kind != "category"]
    columns = [bundle.design.encoder.columns.index(c) for c in lost]
    for c, column in zip(lost, columns, strict=True):
        none = NEVER if feature(c).unit == "days" else NONE_OF_IT
        nothing[:, column] = none if c in bundle.design.encoder.none else 0.0
    ranker = bundle.ranker
    trees = [t for n, t, _ in ensembles(bundle) if n.startswith("ranker 0")]
    reads = any(t.booster.feature_importance("split")[columns].any() for t in trees)
    differs = all_rates(ranker, gone) != all_rates(ranker, Inputs(nothing, gone.pairs))
    known = desk.matrix(frozenset())
    holds = (known[:, columns] != nothing[:, columns]).any(axis=1).mean()
    assert differs.any() <= reads
    assert differs.any() or not reads or holds < A_QUARTER


@given(tables=st.sets(st.sampled_from(TAKEN), min_size=1))
@settings(max_examples=25, deadline=None)
def test_intervals_are_wider_on_average_where_registers_are_unknown(
    tables: set[str], desk: Desk
) -> None:
    """Under every measure, on cases that are open, before they are held within what is owed."""
    known, unknown = desk.half(frozenset()), desk.half(frozenset(tables))
    assert ((unknown**2).mean(axis=0) >= (known**2).mean(axis=0)).all()


@pytest.mark.parametrize("register", TAKEN)
def test_of_a_hundred_held_out_cases_ninety_five_have_no_narrower_interval(
    register: str, desk: Desk
) -> None:
    """What the jackknife says of a single case is noisy, so it is not promised of each."""
    bundle = desk.bundle
    examples = build_examples(desk.registers, bundle.as_of, ranked=bundle.measures)
    inputs = bundle.design.inputs(examples.features, examples.pairs)
    taken = np.zeros((len(inputs), len(REGISTERS)), dtype=bool)
    taken[:, REGISTERS.index(register)] = True

    def half(facts: Inputs, unknown: NDArray[np.bool_]) -> NDArray[np.float64]:
        draws = np.clip(jackknife_draws(bundle.fold_rankers, facts, examples.lawful), 0.0, 1.0)
        se = bundle.interval_scale * se_of_draws(draws)
        return np.asarray(np.sqrt(se**2 + bundle.unknown_cost.variance(unknown)))

    known = half(inputs, np.zeros_like(taken))
    unknown = half(bundle.design.without(inputs, taken), taken)
    assert (unknown >= known)[examples.lawful].mean() >= NOT_NARROWER


def test_a_register_that_tells_much_widens_the_interval_by_much(desk: Desk) -> None:
    """Accounts tell most of what can be had; knowing neither them nor incomes costs more yet."""
    known = desk.half(frozenset())
    without = desk.half(frozenset({"accounts"}))
    neither = desk.half(frozenset({"accounts", "incomes"}))
    assert (without > known).mean() > 0.95
    assert without.mean() > 1.1 * known.mean()
    assert neither.mean() >= without.mean()


def test_more_that_is_unknown_never_costs_less(desk: Desk) -> None:
    cost = desk.bundle.unknown_cost
    one_more = np.tril(np.ones((len(REGISTERS) + 1, len(REGISTERS)), dtype=bool), -1)
    variance = cost.variance(one_more)
    assert (np.diff(variance, axis=0) >= 0).all()
    assert (variance[0] == 0).all()
    assert {f.name for f in FEATURES} >= set(desk.bundle.design.encoder.none)
