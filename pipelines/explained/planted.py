"""Mistakes planted in what a model reads: the facts of one register are those of a namesake.

That is the mistake that officers fear most: a balance, a wage or a car of another person of the
same name. The truth of an invented nation tells what following the model then costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue.pairs import PAIR_FEATURES
from models.inputs import register_of
from models.masking import REGISTERS, loses
from pipelines.explained.answers import Cases

PLANTED_IN: Final = ("accounts", "incomes", "vehicles", "real_estate")
SHARE: Final = 0.5
KEPT: Final = ("point_id", "case_id", "debtor_id", "as_of_date", "outstanding_som")


@dataclass(frozen=True)
class Planted:
    """`cases` with mistakes; `register` (n,) the position in PLANTED_IN of the one that is another
    person's, -1 where all are the debtor's own."""

    cases: Cases
    register: NDArray[np.int64]


def plant(cases: Cases, legal_order: str, seed: int) -> Planted:
    """Exchange one register of SHARE of the cases for that of another debtor among them."""
    rng = np.random.default_rng([seed, 7])
    n = cases.features.height
    register = np.where(rng.uniform(size=n) < SHARE, rng.integers(len(PLANTED_IN), size=n), -1)
    donor = rng.integers(n, size=n)
    features = cases.features.with_columns(
        cases.features[c].gather(np.where(_is_lost(c, register), donor, np.arange(n)))
        for c in cases.features.columns
        if c not in KEPT
    )
    return Planted(
        Cases(features, _pairs(cases, legal_order, register, donor), cases.lawful), register
    )


def _is_lost(column: str, register: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,): the cases of which `column` is another person's."""
    lost = [loses(column)[REGISTERS.index(r)] or column.endswith(f"_{r}") for r in PLANTED_IN]
    return np.asarray([*lost, False])[register]  # -1 is the last


def _pairs(
    cases: Cases, legal_order: str, register: NDArray[np.int64], donor: NDArray[np.int64]
) -> pl.DataFrame:
    n, per_case = cases.features.height, cases.pairs.height // cases.features.height
    names = cases.pairs["measure"].to_list()[:per_case]
    own = np.arange(n * per_case).reshape(n, per_case)
    columns = []
    for f in PAIR_FEATURES:
        tells = np.asarray(
            [
                [register_of(f.name, m, legal_order) == r for r in PLANTED_IN] + [False]
                for m in names
            ]
        )
        is_lost = tells.T[register]
        taken = np.where(is_lost, own[donor], own).ravel()
        columns.append(cases.pairs[f.name].gather(taken))
    stamps = [c for c in cases.pairs.columns if c.startswith(("known_on_", "observed_on_"))]
    for c in stamps:
        is_lost = np.repeat(_is_lost(c, register)[:, None], per_case, axis=1)
        columns.append(cases.pairs[c].gather(np.where(is_lost, own[donor], own).ravel()))
    return cases.pairs.with_columns(columns)
