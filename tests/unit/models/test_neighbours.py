"""Comparable past cases: what is kept of them, who is counted, and that batches change nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from models import neighbours as module
from models.grove import groves_of
from models.inputs import Inputs
from models.neighbours import WHOLE, Neighbours, learn_neighbours, read_neighbours
from models.rankers import KINDS, Kind, Ranker, bag
from models.training import Trained

AS_OF = date(2026, 4, 1)


@pytest.fixture(scope="module")
def inputs(trained: Trained, world: Any) -> Inputs:
    return trained.design.inputs(world.examples.features, world.examples.pairs)


@pytest.fixture(scope="module")
def found(trained: Trained, world: Any, inputs: Inputs) -> Neighbours:
    groves = groves_of(trained.ranker, trained.fold_nuisances, 3)
    return learn_neighbours(world.examples, inputs, groves, AS_OF)


def everyone(n: int) -> tuple[Any, Any]:
    return np.repeat(np.arange(n), 3), np.tile(np.arange(3), n)


def test_a_decision_is_as_near_to_itself_as_can_be(found: Neighbours) -> None:
    for taken in found.taken:
        near = taken.nearness(taken.codes[:50])
        assert (near[np.arange(50), np.arange(50)] == int(taken.weight.sum())).all()
        assert (near <= taken.weight.sum()).all()
        assert WHOLE - 96 <= int(taken.weight.sum()) <= WHOLE


def test_nearness_is_the_weight_of_the_trees_in_which_a_leaf_is_shared(found: Neighbours) -> None:
    taken = found.taken[0]
    near = taken.nearness(taken.codes[:5])
    for q in range(5):
        for k in range(0, len(taken.codes), 97):
            shared = [
                int(w)
                for w, a, b in zip(taken.weight, taken.codes[q], taken.codes[k], strict=True)
                if a == b
            ]
            assert near[q, k] == sum(shared)


def test_counts_of_what_came_back_add_up_to_the_comparable_cases(
    found: Neighbours, inputs: Inputs
) -> None:
    similar = found.similar(inputs, *everyone(200))
    assert (similar.bands.sum(axis=1) == similar.n).all()
    assert (similar.n <= similar.n_kept).all()
    assert (similar.n_kept <= similar.n_taken).all()
    assert similar.n.max() > 10


def test_a_case_alone_and_in_a_batch_has_the_same_comparable_cases(
    found: Neighbours, inputs: Inputs
) -> None:
    rows, arm = everyone(150)
    batch = found.similar(inputs, rows, arm)
    for i in (0, 7, 300, 449):
        alone = found.similar(inputs, rows[i : i + 1], arm[i : i + 1])
        assert alone.n[0] == batch.n[i]
        assert (alone.bands[0] == batch.bands[i]).all()
        assert np.array_equal(alone.median_share[:1], batch.median_share[i : i + 1], equal_nan=True)


def test_cases_alike_in_what_drives_the_outcome_are_the_comparable_ones(
    found: Neighbours, inputs: Inputs, world: Any
) -> None:
    """Hard debtors pay less in this world: less came back near them than near the others."""
    hard = world.examples.features["n_measures"].to_numpy()
    similar = found.similar(inputs, np.arange(600), np.full(600, 2))
    known = similar.n >= 10
    high, low = (known & (hard[:600] >= 8)), (known & (hard[:600] <= 2))
    assert high.sum() > 20
    assert low.sum() > 20
    assert similar.median_share[high].mean() < similar.median_share[low].mean() - 0.1


def test_only_the_last_decision_of_a_case_and_measure_counts_and_none_older_than_three_years(
    trained: Trained, world: Any, inputs: Inputs
) -> None:
    groves = groves_of(trained.ranker, trained.fold_nuisances, 3)
    same = world.examples.features.with_columns(case_id=world.examples.features["debtor_id"])
    twice = replace(world.examples, features=same)
    once = learn_neighbours(twice, inputs, groves, AS_OF)
    pairs = set(zip(same["case_id"].to_list(), world.examples.arm.tolist(), strict=True))
    assert sum(t.n_taken for t in once.taken) == len(pairs) < len(world.examples)
    none = learn_neighbours(twice, inputs, groves, date(2028, 1, 3))
    assert [t.n_taken for t in none.taken] == [0, 0, 0]
    assert (none.similar(inputs, *everyone(3)).n == 0).all()


def test_no_more_is_kept_than_stated_and_rare_measures_are_kept_whole(
    trained: Trained, world: Any, inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 900)
    groves = groves_of(trained.ranker, trained.fold_nuisances, 3)
    few = learn_neighbours(world.examples, inputs, groves, AS_OF)
    kept, taken = [len(t.codes) for t in few.taken], [t.n_taken for t in few.taken]
    assert sum(kept) <= 900
    assert sum(taken) == len(world.examples)
    assert max(kept) - min(kept) <= max(0, max(kept) - min(taken))


def test_the_file_gives_back_the_same_and_names_nobody(
    found: Neighbours, inputs: Inputs, world: Any
) -> None:
    text = found.as_text()
    again = read_neighbours(text, found.groves)
    assert again is not None
    assert again.as_text() == text
    mine, theirs = (one.similar(inputs, *everyone(40)) for one in (found, again))
    assert (mine.n == theirs.n).all()
    assert (mine.bands == theirs.bands).all()
    assert set(json.loads(text)) == {"version", "least", "trees", "measures"}
    assert set(json.loads(text)["measures"][0]) == {"n_taken", "codes", "share", "weight"}
    for case in world.examples.features["case_id"][:100]:
        assert f'"{case}"' not in text


def test_the_order_in_which_decisions_came_does_not_matter(
    trained: Trained, found: Neighbours, inputs: Inputs, world: Any
) -> None:
    groves = groves_of(trained.ranker, trained.fold_nuisances, 3)
    back = np.arange(len(world.examples))[::-1]
    again = learn_neighbours(world.examples.take(back), inputs.take(back), groves, AS_OF)
    assert again.as_text() == found.as_text()


def test_decisions_kept_for_other_trees_or_by_another_version_are_not_read(
    found: Neighbours, trained: Trained, every_ranker: dict[Kind, list[Ranker]]
) -> None:
    others = groves_of(bag(every_ranker["x_learner"]), trained.fold_nuisances, 3)
    assert read_neighbours(found.as_text(), others) is None
    later = json.dumps(json.loads(found.as_text()) | {"version": 99})
    assert read_neighbours(later, found.groves) is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_ranker_has_a_grove_for_each_measure(
    kind: Kind,
    trained: Trained,
    every_ranker: dict[Kind, list[Ranker]],
    inputs: Inputs,
) -> None:
    """Each tree gives the leaf that the ensemble it was taken from gives."""
    groves = groves_of(bag(every_ranker[kind]), trained.fold_nuisances, 3)
    rows = inputs.of(np.arange(50), np.full(50, 1))
    codes = groves[1].codes(rows.with_arm())
    assert codes.shape == (50, len(groves[1]))
    assert 3 <= len(groves[1]) <= 96
    values = np.stack([v[codes[:, t]] for t, v in enumerate(groves[1].leaves)])
    assert np.allclose(
        values.sum(axis=0), groves[1].trees.booster.predict(rows.with_arm(), raw_score=True)
    )


def test_an_order_without_trees_of_its_own_is_lent_those_of_the_outcome(
    trained: Trained, every_ranker: dict[Kind, list[Ranker]]
) -> None:
    lent, own = (
        groves_of(bag(every_ranker[kind]), trained.fold_nuisances, 3)[0].trees.text
        for kind in ("constant", "s_learner")
    )
    assert lent == own
