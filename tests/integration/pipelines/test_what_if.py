"""What would change the first measure: a change of columns is what the changed registers say.

The twin: a row is really added to the registers (a payment the day before, another balance, a
pledge), and everything is built and ranked anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from explain.changes import AMOUNT, LAW, changes
from explain.what_if import Asked, put_changes
from features.catalogue import FEATURES
from features.catalogue.pairs import PAIR_FEATURES
from features.dependent import with_dependents
from features.frame import build_features
from features.pair_changes import pairs_after
from features.pairs import build_pairs
from law.case_facts.registers_unknown import COLUMN
from law.facts import build_facts
from pipelines.recommend import Recommendations, recommend
from registers.extract import Registers
from registers.snapshot import locate
from serving.documents import build_document
from tests.integration.pipelines.house import House

COLUMNS = [f.name for f in FEATURES]
PAIRS = [f.name for f in PAIR_FEATURES]
# Averages and spans of past months: a question about today leaves them as they are.
PAST_MONTHS = (
    "mean_balance_6m_som",
    "min_balance_6m_som",
    "balance_range_6m_som",
    "mean_balance_6m_to_outstanding",
    "min_balance_6m_to_outstanding",
    "balance_range_6m_to_outstanding",
)


@dataclass(frozen=True)
class Known:
    """What is known of the same points, row by row."""

    points: pl.DataFrame
    features: pl.DataFrame
    pairs: pl.DataFrame
    facts: pl.DataFrame


def known_of(registers: Registers, questions: pl.DataFrame) -> Known:
    points, _ = locate(registers, questions)
    facts = build_facts(registers, points).sort("point_id")
    features = build_features(registers, points)
    return Known(points, features, build_pairs(registers, points, facts), facts)


@pytest.fixture(scope="module")
def known(house: House) -> Known:
    return known_of(house.registers, house.questions)


@pytest.fixture(scope="module")
def asked(house: House, known: Known) -> Asked:
    rows, ranges = np.arange(known.points.height), house.bundle.ranges
    assert ranges is not None
    return put_changes(known.features, known.pairs, known.facts, rows, ranges, "uz")


@pytest.fixture(scope="module")
def answers(house: House) -> Recommendations:
    return recommend(house.registers, house.questions, house.bundle)


def with_payment(registers: Registers, case_id: str, as_of: date, som: float) -> Registers:
    """The registers with a voluntary payment of the day before."""
    before = as_of - timedelta(days=1)
    row = pl.DataFrame(
        {
            "payment_id": ["P9999999999"],
            "case_id": [case_id],
            "paid_on": [before],
            "amount_som": [round(som)],
            "source": ["voluntary"],
            "action_id": [None],
            "reported_on": [before],
        },
        schema=registers.tables["payments"].schema,
    )
    return with_table(registers, "payments", pl.concat([registers.tables["payments"], row]))


def with_table(registers: Registers, name: str, table: pl.DataFrame) -> Registers:
    return Registers(
        tables={**registers.tables, name: table},
        absent=registers.absent,
        legal_order=registers.legal_order,
        source_hash=registers.source_hash,
        as_of=registers.as_of,
    )


def places_of(asked: Asked, kind: str, most: int) -> list[int]:
    """Some of the changed cases of one kind, spread over all."""
    at = np.flatnonzero((asked.change["kind"] == kind).to_numpy())
    assert len(at), f"no case in which {kind} makes sense"
    some = np.unique(np.linspace(0, len(at) - 1, min(most, len(at))).astype(int))
    return [int(k) for k in at[some]]


def same_as_the_registers_say(
    asked: Asked, known: Known, k: int, registers: Registers, leave: tuple[str, ...] = ()
) -> None:
    of = int(asked.of[k])
    question = known.points[of].select("case_id", "as_of_date")
    truth = known_of(registers.for_case(question["case_id"][0]), question)
    read = [c for c in COLUMNS if c not in leave]
    assert_frame_equal(asked.features[k].select(read), truth.features.select(read), rel_tol=1e-12)
    mine = asked.pairs.filter(point_id=asked.facts["point_id"][k])
    assert_frame_equal(mine.select("measure", *PAIRS), truth.pairs.select("measure", *PAIRS))
    law = [c for c in truth.facts.columns if c not in ("point_id", COLUMN)]
    law = [c for c in law if not c.endswith("_reported_on")]
    assert_frame_equal(asked.facts[k].select(law), truth.facts.select(law))


def test_a_case_that_nobody_changed_stays_as_it_is(known: Known) -> None:
    assert_frame_equal(with_dependents(known.features, known.features), known.features)
    owed = known.facts["outstanding_som"]
    assert_frame_equal(pairs_after(known.pairs, known.facts, owed, "uz"), known.pairs)


def test_a_payment_moves_every_fact_that_a_real_payment_moves(
    house: House, known: Known, asked: Asked
) -> None:
    for k in places_of(asked, "payment", 12):
        case_id, as_of = known.points.select("case_id", "as_of_date").row(int(asked.of[k]))
        paid = with_payment(house.registers, case_id, as_of, asked.change[AMOUNT][k])
        same_as_the_registers_say(asked, known, k, paid)


def test_another_balance_moves_every_fact_of_today_that_the_banks_report_moves(
    house: House, known: Known, asked: Asked
) -> None:
    accounts = house.registers.tables["accounts"]
    tried = 0
    for k in places_of(asked, "balance", 40):
        of = int(asked.of[k])
        debtor = known.points["debtor_id"][of]
        if known.features["n_accounts"][of] != 1:
            continue
        newest = (pl.col("debtor_id") == debtor) & (
            pl.col("month") == accounts.filter(debtor_id=debtor)["month"].max()
        )
        if accounts.filter(newest).height != 1:
            continue
        level = pl.when(newest).then(round(asked.change[AMOUNT][k]))
        changed = accounts.with_columns(balance_som=level.otherwise(pl.col("balance_som")))
        registers = with_table(house.registers, "accounts", changed)
        same_as_the_registers_say(asked, known, k, registers, PAST_MONTHS)
        tried += 1
    assert tried >= 5


def test_a_pledge_of_vehicles_moves_every_fact_that_a_real_pledge_moves(
    house: House, known: Known, asked: Asked
) -> None:
    vehicles = house.registers.tables["vehicles"]
    for k in places_of(asked, "vehicles_pledged", 8):
        mine = pl.col("debtor_id") == known.points["debtor_id"][int(asked.of[k])]
        pledged = vehicles.with_columns(pledged=pl.col("pledged") | mine)
        registers = with_table(house.registers, "vehicles", pledged)
        same_as_the_registers_say(asked, known, k, registers)


def test_the_payment_that_is_told_really_puts_the_other_measure_first(
    house: House, answers: Recommendations
) -> None:
    told = answers.what_if.filter(change="payment").sort("case_id")
    assert told.height >= 5
    told = told.gather_every(max(told.height // 6, 1))
    for row in told.iter_rows(named=True):
        case_id, as_of = row["case_id"], row["as_of_date"]
        paid = with_payment(house.registers, case_id, as_of, row["change_som"])
        question = pl.DataFrame({"case_id": [case_id], "as_of_date": [as_of]})
        after = recommend(paid.for_case(case_id), question, house.bundle, top=20)
        ranked = after.recommendations.sort("rank")["measure"].to_list()
        assert ranked[0] == row["then_measure"] != row["measure"]
        assert (row["measure"] in ranked) == row["is_lawful_then"]


def test_every_first_measure_is_asked_about_and_only_that_of_a_change_has_a_counterfactual(
    answers: Recommendations,
) -> None:
    first = answers.recommendations.filter(rank=1)
    told = answers.what_if
    assert told.select("case_id", "measure").rows() == first.select("case_id", "measure").rows()
    sentences = answers.explanations.filter(rank=1)["counterfactual"]
    assert (sentences.is_null() == told["change"].is_null()).all()
    assert answers.explanations.filter(pl.col("rank") > 1)["counterfactual"].is_null().all()
    for row, sentence in zip(told.iter_rows(named=True), sentences, strict=True):
        assert sentence in (None, row["sentence"])


def test_no_change_goes_beyond_what_training_saw(house: House, known: Known, asked: Asked) -> None:
    ranges = house.bundle.ranges
    assert ranges is not None
    before = known.features[asked.of]
    for name, seen in ranges.items():
        moved = asked.features[name].ne_missing(before[name])
        values = asked.features[name].filter(moved).drop_nulls()
        assert values.is_between(seen.least, seen.most).all(), name


def test_only_columns_of_a_change_and_what_follows_from_them_are_moved(
    house: House, known: Known, asked: Asked
) -> None:
    from features.dependent import QUOTIENTS

    ranges = house.bundle.ranges
    assert ranges is not None
    before = known.features[asked.of]
    listed = changes(ranges, "uz")
    for number in asked.change["number"].unique():
        here = asked.change["number"] == number
        own = {c for c in listed[number].sets if not c.startswith(LAW)} | set(QUOTIENTS)
        moved = {
            c
            for c in COLUMNS
            if asked.features[c].filter(here).ne_missing(before[c].filter(here)).any()
        }
        assert moved <= own | {"leviable_balance_som"}


def test_a_model_that_knows_no_ranges_and_keeps_no_decisions_tells_nothing_and_changes_no_byte(
    house: House, answers: Recommendations
) -> None:
    old: Any = replace(house.bundle, ranges=None, neighbours=None)
    few = house.questions.sort("case_id")[:5]
    told = recommend(house.registers, few, old)
    assert told.what_if.is_empty()
    assert told.similar.is_empty()
    assert told.recommendations.equals(
        answers.recommendations.filter(pl.col("case_id").is_in(few["case_id"].implode()))
    )
    for case_id, as_of in few.rows():
        document = build_document(told, case_id, as_of)
        assert b"what_if" not in document
        assert b'"similar"' not in document
