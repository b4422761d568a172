"""Which unknown register to ask first: what its answer may say is taken from past cases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from explain.ask_first import build_asking, tell_asking
from features.frame import build_features
from features.pairs import build_pairs
from law.facts import build_facts
from models.donors import N_NEAREST, Told, reads_of, with_donor
from models.inputs import Inputs
from models.masking import REGISTERS, unknown_registers
from pipelines.recommend import Recommendations, recommend
from registers.extract import Registers
from registers.snapshot import locate
from registers.texts import LANGUAGES
from serving.documents import build_document
from tests.integration.pipelines.house import House

LOST = ("accounts", "vehicles")


def without(registers: Registers, names: tuple[str, ...]) -> Registers:
    tables = {n: t.clear() if n in names else t for n, t in registers.tables.items()}
    return Registers(
        tables=tables,
        absent=registers.absent | frozenset(names),
        legal_order=registers.legal_order,
        source_hash=registers.source_hash,
        as_of=registers.as_of,
    )


@pytest.fixture(scope="module")
def inputs(house: House) -> tuple[Inputs, pl.DataFrame]:
    points, _ = locate(house.registers, house.questions)
    facts = build_facts(house.registers, points).sort("point_id")
    features = build_features(house.registers, points)
    pairs = build_pairs(house.registers, points, facts)
    return house.bundle.design.inputs(features, pairs), features


@pytest.fixture(scope="module")
def asked(house: House) -> Recommendations:
    few = house.questions.sort("case_id")[:60]
    return recommend(without(house.registers, LOST), few, house.bundle)


@pytest.mark.parametrize("register", REGISTERS)
def test_a_case_that_is_told_what_its_own_register_says_is_the_case_as_it_is_known(
    register: str, house: House, inputs: tuple[Inputs, pl.DataFrame]
) -> None:
    whole, features = inputs
    design, reads = house.bundle.design, reads_of(house.bundle.design, register)
    lost = unknown_registers(features)
    lost[:, REGISTERS.index(register)] = True
    k = len(whole)
    pairs = [whole.pairs[:, a, j] for a, j in reads.pairs]
    own = Told(
        np.zeros((k, 1), dtype=np.uint8),
        whole.cases[:, list(reads.cases)],
        np.column_stack(pairs) if pairs else np.zeros((k, 0)),
        np.zeros((k, len(reads.measures)), dtype=np.bool_),
    )
    owed = features["outstanding_som"].to_numpy()
    blind = design.without(whole, lost)
    again = with_donor(design, blind, owed, own, np.arange(k), register, lost)
    assert np.allclose(again.cases, whole.cases, rtol=1e-12, equal_nan=True)
    assert np.allclose(again.pairs, whole.pairs, rtol=1e-12, equal_nan=True)


def test_every_unknown_register_is_told_of_and_no_other(asked: Recommendations) -> None:
    assert set(asked.asking["register"]) == set(LOST)
    assert asked.asking.height == 60 * len(LOST)
    assert asked.asking["n_other"].is_between(0, N_NEAREST).all()
    assert asked.asking["n_other"].max() > 0  # type: ignore[operator]
    by_case = asked.asking.sort("case_id", "place").group_by("case_id", maintain_order=True)
    for _, rows in by_case:
        assert rows["n_other"].is_sorted(descending=True)


def test_where_all_is_known_nothing_is_asked(house: House) -> None:
    few = house.questions.sort("case_id")[:20]
    assert recommend(house.registers, few, house.bundle).asking.is_empty()


def test_a_model_without_donors_says_nothing_of_asking(house: House) -> None:
    few = house.questions.sort("case_id")[:5]
    old = replace(house.bundle, donors=None)
    assert recommend(without(house.registers, LOST), few, old).asking.is_empty()


def test_a_case_alone_is_told_the_same_as_in_the_batch(
    house: House, asked: Recommendations
) -> None:
    registers = without(house.registers, LOST)
    for case_id, as_of in house.questions.sort("case_id").rows()[:60:13]:
        question = pl.DataFrame({"case_id": [case_id], "as_of_date": [as_of]})
        alone = recommend(registers.for_case(case_id), question, house.bundle)
        document = build_document(alone, case_id, as_of)
        assert document == build_document(asked, case_id, as_of)
        assert b'"asking"' in document


def test_the_more_often_it_is_said_the_more_often_knowing_the_register_really_changes_the_first(
    house: House, asked: Recommendations
) -> None:
    few = house.questions.sort("case_id")[:60]
    before = asked.recommendations.filter(rank=1).select("case_id", was="measure")
    known = recommend(without(house.registers, ("vehicles",)), few, house.bundle)
    after = known.recommendations.filter(rank=1).select("case_id", then="measure")
    told = asked.asking.filter(register="accounts").join(before, on="case_id", how="left")
    told = told.join(after, on="case_id", how="left")
    changed = told["was"].ne_missing(told["then"])
    often = told["n_other"] >= N_NEAREST / 2
    assert often.sum() >= 5
    assert (~often).sum() >= 5
    assert changed.filter(often).mean() > changed.filter(~often).mean()  # type: ignore[operator]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_register_that_would_change_nothing_is_not_told_to_be_asked_first(language: str) -> None:
    nothing, some = (tell_asking("vehicles", 10, n, 1)[language] for n in (0, 3))
    assert "10" in nothing
    assert "3" in some
    assert nothing != some
    head = some.split(":")[0]
    assert not nothing.startswith(head)


def test_the_register_to_ask_first_is_the_one_that_changes_most() -> None:
    day = pl.Series([None], dtype=pl.Date)
    found = pl.DataFrame(
        {
            "case_id": ["a"] * 3,
            "register": ["accounts", "vehicles", "incomes"],
            "n_comparable": [10] * 3,
            "n_other": [2, 7, 2],
        }
    ).with_columns(as_of_date=day.first())
    told = build_asking(found.with_columns(pl.col("as_of_date").cast(pl.Date)))
    assert told["register"].to_list() == ["vehicles", "accounts", "incomes"]
    assert told["place"].to_list() == [1, 2, 3]
