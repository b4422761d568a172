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
from scipy.special import expit

from explain.contributions import check_additivity
from explain.errors import AdditivityError, MisplacedContributionError
from models.boosting import explain
from models.bundle import Bundle, load_bundle, save_bundle
from models.levels import Levels
from models.parts import Parts
from models.rankers import KINDS, Blend, Calibrated, Kind
from models.report import build_report
from models.scoring import Attribution, attribute, score
from models.training import Trained

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

    def rates(self, rows: Any) -> Any:
        return self.ranker.rates(rows)

    def contributions(self, rows: Any) -> Parts:
        parts: Parts = self.ranker.contributions(rows)
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
    scored = score(
        scored_by or bundle, world.examples.features, world.examples.pairs, world.examples.lawful
    )
    ranked = pl.DataFrame(
        {
            "measure": [bundle.measures[a] for a in arm],
            "expected_net_som": scored.net[rows, arm],
        }
    )
    found = attribute(bundle, world.examples.features, world.examples.pairs, rows, arm)
    check_additivity(ranked, found)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_untouched_contributions_pass_the_check(
    kind: Kind, bundle: Bundle, with_ranker: Callable[[Bundle, Kind], Bundle], world: Any
) -> None:
    checked(with_ranker(bundle, kind), world)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "how",
    [rows_change_places, columns_change_places, each_column_is_shuffled, one_cell_is_off],
    ids=lambda how: how.__name__,
)
def test_contributions_that_were_mixed_up_fail_the_check(
    kind: Kind,
    how: MixUp,
    bundle: Bundle,
    with_ranker: Callable[[Bundle, Kind], Bundle],
    world: Any,
) -> None:
    true = with_ranker(bundle, kind)
    with pytest.raises((AdditivityError, MisplacedContributionError)):
        checked(replace(true, ranker=MixedUp(true.ranker, how)), world, true)


def rows_of(bundle: Bundle, world: Any) -> Any:
    inputs = bundle.design.inputs(world.examples.features, world.examples.pairs)
    return inputs.of(np.arange(N).repeat(2), np.tile([0, 1], N))


@pytest.mark.parametrize("kind", ["constant", "s_learner"])
def test_the_base_is_what_the_trees_expect_of_nobody_in_particular(
    kind: Kind, bundle: Bundle, with_ranker: Callable[[Bundle, Kind], Bundle], world: Any
) -> None:
    changed = with_ranker(bundle, kind)
    found = checked(changed, world)
    ranker: Any = changed.ranker
    owed = world.examples.outstanding[:N].repeat(2)
    arm, rows, bases = np.tile([0, 1], N), rows_of(bundle, world), []
    for member in ranker.members:
        if kind == "constant":
            base = member.usual.booster.predict(rows.cases, pred_contrib=True)[:, -1]
            bases.append(base + np.asarray(member.delta)[arm])
        else:
            fixed = (*member.own, rows.with_arm().shape[1] - 1)
            bases.append(expit(explain(member.outcome, rows.with_arm(), fixed=fixed).base))
    expected = np.mean(bases, axis=0)
    assert np.allclose(found.base_som, expected * owed - bundle.costs[arm], rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_setting_the_level_keeps_every_part_in_its_place(
    kind: Kind, bundle: Bundle, with_ranker: Callable[[Bundle, Kind], Bundle], world: Any
) -> None:
    """At another level the parts still add up, and facts keep their signs."""
    plain = with_ranker(bundle, kind)
    levels = Levels((0.4, -0.3, 0.1), (0.7, 1.2, 0.9))
    level = replace(plain, ranker=Calibrated(plain.ranker, levels))
    before, after = checked(plain, world), checked(level, world)
    large = np.abs(before.values) > 1e-3 * np.abs(before.values).max()
    assert (before.values[large] * after.values[large] >= 0).all()
    assert np.abs(after.values).max() > 0
    assert not np.allclose(after.base_som, before.base_som)


def test_what_the_limits_of_the_share_take_off_stands_by_its_name_and_not_in_the_base(
    bundle: Bundle, with_ranker: Callable[[Bundle, Kind], Bundle], world: Any
) -> None:
    constant = with_ranker(bundle, "constant")
    mean: Any = constant.ranker
    raised = tuple(replace(r, delta=tuple(d + 0.7 for d in r.delta)) for r in mean.members)
    high = replace(constant, ranker=Blend(raised, mean.weights, "constant"))
    before, after = checked(constant, world), checked(high, world)
    owed = world.examples.outstanding[:N].repeat(2)
    limits = after.corrections[:, after.correction_names.index("share_limits")]
    assert np.allclose(after.base_som - before.base_som, 0.7 * owed)
    assert (after.values == before.values).all()
    raw = high.ranker.rates(rows_of(bundle, world))
    assert (raw > 1).sum() > 20
    assert np.allclose(limits, np.minimum(1 - raw, 0) * owed)
    assert (limits[raw <= 1] == 0).all()
