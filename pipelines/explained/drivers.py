"""Is the first reason what makes the difference, or what makes the risk? (B5)

Worlds whose truth is known: one fact sets how much comes in whatever is done (the risk), another
which of two measures brings more (the driver), a third does nothing. Officers choose by the risk.
The first told fact of a first choice must be the driver. Facts, directions, sizes and noise are
drawn anew for each world.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue import FEATURES
from features.catalogue.pairs import PAIR_FEATURES
from models.boosting import Vector
from models.bundle import Bundle, load_bundle, save_bundle
from models.examples import Examples
from models.settings import Boosting, TrainingSettings
from models.training import train
from pipelines.explained.answers import Answered, Cases, answer

MEASURES: Final = ("bank_account_levy", "travel_ban", "voluntary_notice")
FACTS: Final = (
    "account_balance_som",
    "mean_net_6m_som",
    "n_measures",
    "n_vehicles",
    "n_other_open_cases",
    "document_age_days",
    "n_payments",
)
N_DECISIONS: Final = 3000
N_ASKED: Final = 200
SETTINGS: Final = TrainingSettings(
    n_folds=3,
    kinds=(),
    share=Boosting(rounds=150, learning_rate=0.05, num_leaves=15, min_data_in_leaf=20),
    outcome=Boosting(rounds=60),
    propensity=Boosting(rounds=20, num_leaves=4),
)
AS_OF: Final = date(2026, 4, 1)


def judge_drivers(
    n_worlds: int, seed: int, work: Path, step: Callable[[str], None]
) -> dict[str, Any]:
    """In how many worlds and first choices the first told fact is the driver.

    Returns `n_worlds`; `worlds_driver`: worlds in which it is the driver in most first choices that
    name a fact; `n` first choices that name a fact; `driver`, `risk`: shares of them.
    """
    firsts: list[list[str]] = []
    for k in range(n_worlds):
        step(f"worlds with a known driver: {k + 1} of {n_worlds}")
        rng = np.random.default_rng([seed, 5, k])
        firsts.append(_first_facts(rng, work / f"world-{k}"))
    told = [role for roles in firsts for role in roles]
    most = [roles.count("driver") * 2 > len(roles) for roles in firsts if roles]
    return {
        "n_worlds": len(most),
        "worlds_driver": float(np.mean(most)) if most else float("nan"),
        "n": len(told),
        "n_asked": n_worlds * N_ASKED,
        "driver": told.count("driver") / len(told) if told else float("nan"),
        "risk": told.count("risk") / len(told) if told else float("nan"),
    }


def _first_facts(rng: np.random.Generator, folder: Path) -> list[str]:
    """The role of the first told fact of each first choice that names one."""
    roles = dict(
        zip(rng.choice(FACTS, 3, replace=False).tolist(), ("driver", "risk", "none"), strict=True)
    )
    examples, asked = known_world(rng, roles)
    folder.mkdir(parents=True, exist_ok=True)
    bundle = learn_world(examples, folder / "model")
    answered = answer(bundle, asked)
    return [
        _role(answered, int(row), roles) for row in answered.first_rows if answered.told(int(row))
    ]


def _role(answered: Answered, row: int, roles: dict[str, str]) -> str:
    return roles.get(str(answered.told(row)[0]["feature"]), "another")


def known_world(rng: np.random.Generator, roles: dict[str, str]) -> tuple[Examples, Cases]:
    """N_DECISIONS past decisions of a world, and N_ASKED cases of it; `roles` by fact."""
    n = N_DECISIONS + N_ASKED
    facts = {name: rng.uniform(0, 1, n) for name in FACTS}
    of = {role: facts[name] for name, role in roles.items()}
    size, risk = rng.uniform(0.2, 0.4), rng.uniform(0.2, 0.4)
    tilt = rng.choice([-1.0, 1.0]) * size * (of["driver"] - 0.5)
    usual = 0.5 + rng.choice([-1.0, 1.0]) * risk * (of["risk"] - 0.5)
    rates = np.column_stack([usual + tilt, usual - tilt, usual - 0.25])
    weight = np.column_stack([1.5 - of["risk"], 0.3 + of["risk"], np.full(n, 0.5)])
    chance = (weight / weight.sum(axis=1, keepdims=True)).cumsum(axis=1)
    arm = (rng.uniform(size=n)[:, None] > chance).sum(axis=1).astype(np.int64)
    share = np.clip(rates[np.arange(n), arm] + rng.normal(0, 0.15, n), 0, 1)
    owed: Vector = np.round(np.exp(rng.normal(14, 0.5, n))).astype(np.float64)
    features, pairs = _frames(facts, owed)
    past, lawful = slice(0, N_DECISIONS), np.ones((n, 3), dtype=bool)
    examples = Examples(
        measures=MEASURES,
        features=features[past],
        pairs=pairs[: 3 * N_DECISIONS],
        arm=arm[past],
        lawful=lawful[past],
        outstanding=owed[past],
        recovered=np.round(share * owed)[past],
        brought=np.round(share * owed)[past],
        on_its_way=np.zeros(N_DECISIONS),
        first_paid_days=np.where(share > 0, 60.0, np.nan)[past],
        cost=np.full(N_DECISIONS, 5000.0),
        recorded_propensity=np.full(N_DECISIONS, np.nan),
        left_out={},
        window_days=180,
    )
    return examples, Cases(features[N_DECISIONS:], pairs[3 * N_DECISIONS :], lawful[N_DECISIONS:])


def _frames(
    facts: dict[str, NDArray[np.float64]], owed: Vector
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Frames in which all that the world has no fact of is unknown."""
    n = len(owed)
    scale = {name: 1e7 if name.endswith("_som") else 1000.0 for name in FACTS}
    columns: dict[str, object] = {
        f.name: pl.Series([None] * n, dtype=pl.String if f.kind == "category" else pl.Float64)
        for f in FEATURES
    }
    columns |= {name: np.round(x * scale[name]) for name, x in facts.items()}
    keys = {
        "point_id": range(n),
        "case_id": [f"C{i}" for i in range(n)],
        "debtor_id": [f"D{i}" for i in range(n)],
        "as_of_date": [date(2025, 1, 1)] * n,
    }
    features = pl.DataFrame(
        keys | columns | {"outstanding_som": owed}, schema_overrides={"point_id": pl.UInt32}
    )
    of_pairs = {
        f.name: pl.Series([None] * n * 3, dtype=pl.String if f.kind == "category" else pl.Float64)
        for f in PAIR_FEATURES
    }
    pairs = {"point_id": np.repeat(np.arange(n), 3), "measure": list(MEASURES) * n}
    return features, pl.DataFrame(pairs | of_pairs, schema_overrides={"point_id": pl.UInt32})


def learn_world(examples: Examples, folder: Path) -> Bundle:
    """The S-learner of such a world, written to `folder` and read back."""
    trained = train(examples, replace(SETTINGS))
    save_bundle(
        trained,
        folder,
        version="uz-1",
        legal_order="uz",
        as_of=AS_OF,
        law_version="",
        data_hash="",
        report={},
    )
    return load_bundle(folder)
