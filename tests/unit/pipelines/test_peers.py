"""What the ranking is set against on its page: peers on one scale, parts taken back alone."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest

from features.catalogue.pairs import PAIR_FEATURES
from models.examples import Examples
from models.inputs import Inputs
from pipelines import peers
from pipelines.ablation import (
    NEW_FEATURES,
    OLD_LEAST_TAKEN,
    old_choice,
    without_covariates,
    without_examples,
)
from pipelines.judging import Scale, Truth
from pipelines.peers import NOTHING, Oracle, OracleMissingError, choices_of, fit_oracle

MEASURES = ("voluntary_notice", "bank_account_levy", "travel_ban")


def examples(n: int, arm: list[int], lawful: list[list[bool]], day: date) -> Examples:
    """n decisions on one day; `arm` and `lawful` repeat."""
    of = np.resize(np.asarray(arm), n)
    blank = np.full(n, np.nan)
    return Examples(
        measures=MEASURES,
        features=pl.DataFrame(
            {"as_of_date": [day] * n, "debtor_id": [f"D{i}" for i in range(n)]}
            | {name: np.arange(n, dtype=float) for name in NEW_FEATURES}
        ),
        pairs=pl.DataFrame({f.name: np.arange(n * 3, dtype=float) for f in PAIR_FEATURES}),
        arm=of,
        lawful=np.resize(np.asarray(lawful), (n, 3)),
        outstanding=np.full(n, 1e6),
        recovered=np.full(n, 1e5),
        brought=blank,
        on_its_way=blank,
        first_paid_days=blank,
        cost=np.zeros(n),
        recorded_propensity=blank,
        left_out={},
        window_days=180,
    )


def test_without_point_one_what_the_law_does_not_support_teaches_nothing() -> None:
    early = date(2025, 1, 1)
    all_ = examples(600, [0, 1], [[True, False, True]], early)
    fewer = without_examples(all_, date(2026, 4, 1))
    assert fewer.arm_counts.tolist() == [300, 0, 0]


def test_without_point_one_measures_below_a_hundred_decisions_teach_nothing() -> None:
    arm = [0] * 500 + [1] * (OLD_LEAST_TAKEN - 1) + [2] * OLD_LEAST_TAKEN
    all_ = examples(len(arm), arm, [[True] * 3], date(2025, 1, 1))
    fewer = without_examples(all_, date(2026, 4, 1))
    assert fewer.arm_counts.tolist() == [500, 0, OLD_LEAST_TAKEN]


def test_without_point_one_the_decisions_of_the_last_sixty_days_teach_nothing() -> None:
    old = examples(300, [0], [[True] * 3], date(2025, 8, 4))
    late = examples(300, [0], [[True] * 3], date(2025, 8, 5))
    assert len(without_examples(old, date(2026, 4, 1)).examples) == 300
    assert len(without_examples(late, date(2026, 4, 1)).examples) == 0


def test_without_point_two_nothing_is_told_of_the_measure_in_the_case() -> None:
    bare = without_covariates(examples(10, [0], [[True] * 3], date(2025, 1, 1))).examples
    assert all(bare.features[c].null_count() == 10 for c in NEW_FEATURES)
    assert all(bare.pairs[f.name].null_count() == 30 for f in PAIR_FEATURES)


def test_the_old_choice_takes_the_simplest_within_one_standard_error_in_som() -> None:
    def entry(kind: str, value: float, se: float) -> SimpleNamespace:
        return SimpleNamespace(kind=kind, value=SimpleNamespace(value=value, se=se))

    near = (entry("constant", 95.0, 2.0), entry("s_learner", 100.0, 6.0))
    far = (entry("constant", 93.0, 2.0), entry("s_learner", 100.0, 6.0))
    chosen = [
        old_choice(SimpleNamespace(tournament=SimpleNamespace(entries=e)))  # type: ignore[arg-type]
        for e in (near, far)
    ]
    assert chosen == ["constant", "s_learner"]


def truth(cases: list[str], lawful: list[list[bool]]) -> Truth:
    n = len(cases)
    value = np.arange(1.0, 3 * n + 1).reshape(n, 3)
    return Truth(
        features=pl.DataFrame({"case_id": cases}),
        pairs=pl.DataFrame(),
        owed=np.full(n, 100.0),
        lawful=np.asarray(lawful),
        value=value,
        officers=np.tile([1.0, 0.0, 0.0], (n, 1)),
    )


def test_a_peer_chooses_by_the_name_of_the_measure_for_the_same_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The peer knows two of the measures, in another order, and one that the page does not."""
    mine = truth(["C1", "C2", "C3"], [[True] * 3] * 3)
    its = truth(["C3", "C1"], [[True] * 3, [False, False, True]])
    peer: Any = SimpleNamespace(measures=("eviction", "travel_ban", "voluntary_notice"))
    net = np.asarray([[9.0, 5.0, 1.0], [9.0, 5.0, 1.0]])
    monkeypatch.setattr(peers, "score", lambda *_: SimpleNamespace(net=net))
    found = choices_of(peer, its, mine, MEASURES)
    assert found.tolist() == [0, NOTHING, 2]


def test_where_a_peer_names_no_measure_the_officers_choice_stands() -> None:
    scale = Scale(truth(["C1", "C2"], [[True] * 3] * 2))
    assert scale.of_some(np.asarray([2, NOTHING])).tolist() == [3.0, 4.0]


def test_the_oracle_chooses_only_among_measures_it_knows_and_the_law_allows() -> None:
    asked = truth(["C1", "C2"], [[True, True, True], [False, True, False]])
    learner = SimpleNamespace(const_marginal_effect=lambda x: np.full((len(x), 1), 0.5))
    oracle = Oracle(learner, np.asarray([0, 2]), np.asarray([0]))
    inputs = Inputs(np.zeros((2, 4)), np.zeros((2, 3, 1)))
    cheap, dear = np.zeros(3), np.asarray([0.0, 0.0, 60.0])
    assert oracle.choices(asked, inputs, cheap).tolist() == [2, NOTHING]
    assert oracle.choices(asked, inputs, dear).tolist() == [0, NOTHING]


def test_without_econml_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(OracleMissingError, match="make oracles"):
        fit_oracle(SimpleNamespace())  # type: ignore[arg-type]


def test_the_wide_matrix_has_the_chosen_columns_of_every_measure() -> None:
    inputs = Inputs(np.asarray([[7.0]]), np.arange(6.0).reshape(1, 3, 2))
    assert peers.wide(inputs, np.asarray([1])).tolist() == [[7.0, 1.0, 3.0, 5.0]]


def test_taking_back_leaves_the_examples_themselves_untouched() -> None:
    whole = examples(10, [0], [[True] * 3], date(2025, 1, 1))
    before = replace(whole)
    without_covariates(whole)
    without_examples(whole, date(2026, 4, 1))
    assert whole.features.equals(before.features)
    assert whole.arm.tolist() == [0] * 10
