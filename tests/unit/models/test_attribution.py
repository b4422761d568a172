"""Contributions that were mixed up on their way are found out before anybody reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from explain.contributions import check_additivity
from explain.errors import AdditivityError, MisplacedContributionError
from models.bundle import Bundle, load_bundle, save_bundle
from models.parts import Parts
from models.rankers import Kind
from models.report import build_report
from models.scoring import Attribution, attribute, score
from models.training import Trained

KINDS = ("constant", "dr_learner", "s_learner")
MixUp = Callable[[NDArray[np.float64], np.random.Generator], NDArray[np.float64]]
N = 120


def rows_change_places(
    values: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    return values[rng.permutation(len(values))]


def columns_change_places(
    values: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    return values[:, rng.permutation(values.shape[1])]


def each_column_is_shuffled(
    values: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    return rng.permuted(values, axis=0)


def one_cell_is_off(values: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    changed = values.copy()
    changed[rng.integers(len(values)), np.argmax(np.abs(values).max(axis=0))] += 1e-4
    return changed


@dataclass(frozen=True)
class MixedUp:
    """A ranker whose contributions are mixed up; what it expects stays as it is."""

    ranker: Any
    how: MixUp

    @property
    def kind(self) -> Kind:
        kind: Kind = self.ranker.kind
        return kind

    def rates(self, x: Any, arm: Any) -> Any:
        return self.ranker.rates(x, arm)

    def contributions(self, x: Any, arm: Any) -> Parts:
        parts: Parts = self.ranker.contributions(x, arm)
        return replace(parts, values=self.how(parts.values, np.random.default_rng(1)))


@pytest.fixture(scope="module")
def bundle(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder: Path = tmp_path_factory.mktemp("models") / "uz-1"
    save_bundle(
        trained,
        folder,
        version="uz-1",
        legal_order="uz",
        as_of=date(2026, 4, 1),
        law_version="law",
        data_hash="data",
        report=build_report(trained),
    )
    return load_bundle(folder)


def checked(bundle: Bundle, world: Any, scored_by: Bundle | None = None) -> Attribution:
    """The attribution of N cases under two measures, checked against the scores."""
    rows, arm = np.repeat(np.arange(N), 2), np.tile([0, 1], N)
    scored = score(scored_by or bundle, world.examples.features, world.examples.lawful)
    ranked = pl.DataFrame(
        {
            "measure": [bundle.measures[a] for a in arm],
            "expected_net_som": scored.net[rows, arm],
        }
    )
    found = attribute(bundle, world.examples.features, rows, arm)
    check_additivity(ranked, found)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_untouched_contributions_pass_the_check(
    kind: str, bundle: Bundle, with_ranker: Callable[[Bundle, str], Bundle], world: Any
) -> None:
    checked(with_ranker(bundle, kind), world)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "how",
    [rows_change_places, columns_change_places, each_column_is_shuffled, one_cell_is_off],
    ids=lambda how: how.__name__,
)
def test_contributions_that_were_mixed_up_fail_the_check(
    kind: str,
    how: MixUp,
    bundle: Bundle,
    with_ranker: Callable[[Bundle, str], Bundle],
    world: Any,
) -> None:
    true = with_ranker(bundle, kind)
    with pytest.raises((AdditivityError, MisplacedContributionError)):
        checked(replace(true, ranker=MixedUp(true.ranker, how)), world, true)


@pytest.mark.parametrize("kind", ["constant", "s_learner"])
def test_the_base_is_what_the_trees_expect_of_nobody_in_particular(
    kind: str, bundle: Bundle, with_ranker: Callable[[Bundle, str], Bundle], world: Any
) -> None:
    changed = with_ranker(bundle, kind)
    found = checked(changed, world)
    ranker: Any = changed.ranker
    owed = world.examples.outstanding[:N].repeat(2)
    arm = np.tile([0, 1], N)
    x = bundle.encoder.matrix(world.examples.features)[:N].repeat(2, axis=0)
    if kind == "constant":
        expected = ranker.usual.booster.predict(x, pred_contrib=True)[:, -1]
        expected = expected + np.asarray(ranker.delta)[arm]
    else:
        z = np.column_stack([x, arm.astype(float)])
        contributions = ranker.outcome.booster.predict(z, pred_contrib=True)
        expected = contributions[:, -1] + contributions[:, -2]
    assert np.allclose(found.base_som, expected * owed - bundle.costs[arm], rtol=1e-12)


def test_what_the_limits_of_the_share_take_off_stands_by_its_name_and_not_in_the_base(
    bundle: Bundle, with_ranker: Callable[[Bundle, str], Bundle], world: Any
) -> None:
    constant = with_ranker(bundle, "constant")
    ranker: Any = constant.ranker
    high = replace(constant, ranker=replace(ranker, delta=tuple(d + 0.7 for d in ranker.delta)))
    before, after = checked(constant, world), checked(high, world)
    owed = world.examples.outstanding[:N].repeat(2)
    limits = after.corrections[:, after.correction_names.index("share_limits")]
    assert np.allclose(after.base_som - before.base_som, 0.7 * owed)
    assert (after.values == before.values).all()
    x = bundle.encoder.matrix(world.examples.features)[:N].repeat(2, axis=0)
    raw = high.ranker.rates(x, np.tile([0, 1], N))
    assert (raw > 1).sum() > 20
    assert np.allclose(limits, np.minimum(1 - raw, 0) * owed)
    assert (limits[raw <= 1] == 0).all()
