"""Registers that are not known of a case: told from nothing, and met in training.

`unknown_registers` tells which registers a case's facts lack as a whole. Training meets such cases
often enough to learn from: a stated share of the examples has a copy from which whole registers are
taken away, drawn by a hash of the example's own id, so that neither its order nor its batch
matters. Copies stand beside the originals, which keep all that they say.
See `models.twins` for how originals and copies are put together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue import FEATURES, SOURCE_TABLES, unknown_column
from models.boosting import Vector

REGISTERS: Final = SOURCE_TABLES
"""Tables that a case may lack, in the order of every (n, r) array of registers."""

# Of registers that list all they know, a fact that is missing only where the register is.
LISTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cases": "n_other_open_cases",
        "debtors": "debtor_kind",
        "actions": "n_measures",
        "payments": "n_payments",
        "appeals": "n_upheld_appeals",
        "case_events": "n_protection_events",
        "vehicles": "n_vehicles",
        "real_estate": "n_real_estate",
    }
)
# Of every copy one register is taken; each further one with this probability.
FURTHER: Final = 0.2


@cache
def lost_with(register: str) -> frozenset[str]:
    """The features that are not known where a register is not.

    A case that is asked about is known itself: without the register of cases only the debtor's
    other cases are unknown. What is owed is known of every case.

    >>> sorted(lost_with("vehicles") & lost_with("real_estate"))
    ['free_assets_to_outstanding', 'pledged_value_som']
    """
    if register == "cases":
        lost = [f for f in FEATURES if f.tables[0] == "cases" and f.rows == "other_cases"]
    else:
        lost = [f for f in FEATURES if register in f.tables]
    return frozenset(f.name for f in lost) - {"outstanding_som"}


@cache
def loses(feature: str) -> NDArray[np.bool_]:
    """(r,): the registers without which a feature is not known."""
    return np.asarray([feature in lost_with(register) for register in REGISTERS])


def unknown_registers(features: pl.DataFrame) -> NDArray[np.bool_]:
    """(n, r): the registers that are not known of each case.

    The feature frame says so (`is_unknown_<table>`); of a register that lists all it knows, a
    missing count says it too. A register without a row of the debtor is known to have none.
    """
    return np.column_stack([_is_unknown(features, register) for register in REGISTERS])


def _is_unknown(features: pl.DataFrame, register: str) -> NDArray[np.bool_]:
    said = np.zeros(features.height, dtype=np.bool_)
    if (flag := unknown_column(register)) in features.columns:
        said |= features[flag].fill_null(value=True).to_numpy()
    if (listed := LISTED.get(register)) in features.columns:
        said |= features[listed].is_null().to_numpy()
    return said


def draw_registers(features: pl.DataFrame, share: float, seed: int) -> NDArray[np.bool_]:
    """(n, r): the registers taken from the copy of each example; none where it has no copy.

    `share` of the examples have one. Drawn from a hash of case, day and seed.
    """
    keys = zip(features["case_id"], features["as_of_date"], strict=True)
    return np.stack([_draw(f"{seed}|{case}|{day}", share) for case, day in keys])


def _draw(key: str, share: float) -> NDArray[np.bool_]:
    digest = hashlib.blake2b(key.encode(), digest_size=8 * (2 + len(REGISTERS) // 4 + 1)).digest()
    copied, first = (int.from_bytes(digest[i : i + 8], "big") / 2**64 for i in (0, 8))
    if copied >= share:
        return np.zeros(len(REGISTERS), dtype=np.bool_)
    further = np.frombuffer(digest[16:], dtype=">u2")[: len(REGISTERS)] / 2**16
    taken = further < FURTHER
    taken[int(first * len(REGISTERS))] = True
    return np.asarray(taken, dtype=np.bool_)


def balance(arm: NDArray[np.int64], taken: Vector) -> Vector:
    """Weights (n,) under which the decisions of each measure stand for all: 1 / m_hat, mean 1.

    What a measure brings where a register is unknown is its mean over what the register may say
    of anybody, not of those for whom officers, who knew it, chose the measure.
    """
    weight = 1.0 / taken
    for a in np.unique(arm):
        rows = arm == a
        weight[rows] /= weight[rows].mean()
    return np.asarray(weight)
