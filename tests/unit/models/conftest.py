"""A world whose effects are known: officers choose heavier measures for harder debtors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from features.catalogue import FEATURES
from features.catalogue.pairs import PAIR_FEATURES
from models.bundle import Bundle
from models.examples import Examples
from models.fitting import fit_by_fold
from models.rankers import KINDS, Kind, Ranker, bag
from models.settings import Boosting, TrainingSettings
from models.training import Trained, prepare, train

MEASURES = ("bank_account_levy", "travel_ban", "voluntary_notice")


@dataclass(frozen=True)
class World:
    """Examples with the expected share of every measure, (n, 3), that no model is shown."""

    examples: Examples
    true_rates: NDArray[np.float64]


def pairs_of(n: int) -> pl.DataFrame:
    """The pair frame of n decisions of whose measures nothing is known."""
    columns = {
        f.name: pl.Series([None] * n * 3, dtype=pl.String if f.kind == "category" else pl.Float64)
        for f in PAIR_FEATURES
    }
    keys = {"point_id": np.repeat(np.arange(n), 3), "measure": list(MEASURES) * n}
    return pl.DataFrame(keys | columns, schema_overrides={"point_id": pl.UInt32})


def build_world(n: int = 2000, seed: int = 1, *, personal: bool = True) -> World:
    """Three measures; the levy helps where balances are high, the ban where they are low.

    Hard debtors (many measures before) pay less and get the ban more often.
    """
    rng = np.random.default_rng(seed)
    balance = rng.uniform(0, 1, n)
    hardness = rng.uniform(0, 1, n)
    usual = 0.45 - 0.3 * hardness
    tilt = 0.3 * (balance - 0.5) if personal else np.zeros(n)
    true_rates = np.column_stack([usual + 0.1 + tilt, usual + 0.05 - tilt, usual - 0.05])
    weights = np.column_stack([1.5 - hardness, 0.2 + 2 * hardness, 1.2 - hardness])
    m_hat = weights / weights.sum(axis=1, keepdims=True)
    arm = (rng.uniform(size=n)[:, None] > m_hat.cumsum(axis=1)).sum(axis=1)
    outstanding = np.round(np.exp(rng.normal(14, 1, n))).astype(np.float64)
    rate = np.clip(true_rates[np.arange(n), arm] + rng.normal(0, 0.15, n), 0, 1)
    columns: dict[str, object] = {
        f.name: pl.Series([None] * n, dtype=pl.String if f.kind == "category" else pl.Float64)
        for f in FEATURES
    }
    columns |= {
        "outstanding_som": outstanding,
        "account_balance_som": np.round(balance * 1e6),
        "n_measures": np.round(hardness * 10),
        "claim_kind": rng.choice(["tax", "utility"], n),
    }
    features = pl.DataFrame(
        {
            "point_id": range(n),
            "case_id": [f"C{i}" for i in range(n)],
            "debtor_id": [f"D{i // 2}" for i in range(n)],
            "as_of_date": [date(2025, 1, 1)] * n,
        }
        | columns,
        schema_overrides={"point_id": pl.UInt32},
    )
    examples = Examples(
        measures=MEASURES,
        features=features,
        pairs=pairs_of(n),
        arm=arm.astype(np.int64),
        lawful=np.ones((n, 3), dtype=bool),
        outstanding=outstanding,
        recovered=np.round(rate * outstanding),
        brought=np.round(rate * outstanding / 2),
        on_its_way=np.round(rate * outstanding / 4),
        first_paid_days=np.where(rate > 0, np.round(120 * (1.0 - rate)), np.nan),
        cost=np.asarray([5000.0, 14000.0, 4000.0])[arm],
        recorded_propensity=np.full(n, np.nan),
        left_out={},
        window_days=180,
    )
    return World(examples, true_rates)


@pytest.fixture(scope="session")
def world() -> World:
    return build_world()


@pytest.fixture(scope="session")
def make_world() -> Callable[..., World]:
    return build_world


@pytest.fixture(scope="session")
def settings() -> TrainingSettings:
    few = Boosting(rounds=60, min_data_in_leaf=20, num_leaves=7)
    return TrainingSettings(
        n_folds=3,
        threads=1,
        outcome=Boosting(rounds=80, min_data_in_leaf=20),
        share=few,
        share_of_one=few,
        ranking=Boosting(rounds=20, num_leaves=7),
        kinds=("dr_learner",),
    )


@pytest.fixture(scope="session")
def trained(world: World, settings: TrainingSettings) -> Trained:
    return train(world.examples, settings)


@pytest.fixture(scope="session")
def every_ranker(world: World, trained: Trained) -> dict[Kind, list[Ranker]]:
    """Each kind, fitted without each fold."""
    data = prepare(world.examples, replace(trained.settings, kinds=KINDS))
    return fit_by_fold(data, trained.fold_nuisances, trained.scores, lambda _: None).rankers


@pytest.fixture(scope="session")
def with_ranker(every_ranker: dict[Kind, list[Ranker]]) -> Callable[[Bundle, Kind], Bundle]:
    """Gives the same model as if the tournament had chosen a kind, its level left as it is."""
    return lambda bundle, kind: replace(bundle, ranker=bag(every_ranker[kind]))
