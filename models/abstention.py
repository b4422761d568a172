"""When the program does not stand by its order, and the limits that are set in training.

    register_missing a register that the model reads is not all known of the case, so nobody can
                     tell whether the first measure would still be first
    nothing_known    no register knows income or property of the debtor
    beyond_range     the debt is larger than any that was learned from
    thin_overlap     officers hardly ever took the first measure in such cases: nothing to compare
    no_gain          no measure is expected to bring more than it costs
    unstable_order   the first measure is expected to give up more of the debt, against what would
                     have been best, than in all but the most uncertain cases

The limit of the last is set so that the stated share of the open cases abstains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.examples import Examples

SOLVENCY_TABLES: Final = ("incomes", "accounts", "real_estate", "vehicles", "businesses")
THIN_OVERLAP: Final = 0.01


@dataclass(frozen=True)
class AbstentionLimits:
    """`regret_share`: the expected regret, as a share of the debt, above which the program
    abstains; `largest_debt`: the largest that was learned from, to two digits."""

    regret_share: float
    largest_debt: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the bundle and the report."""
        return dict(self.__dict__)


def nothing_known(features: pl.DataFrame) -> NDArray[np.bool_]:
    """Where no register knows income or property of the debtor, (n,)."""
    tables = [f"known_on_{t}" for t in SOLVENCY_TABLES if f"known_on_{t}" in features.columns]
    nothing = pl.all_horizontal(pl.col(tables).is_null()) if tables else pl.lit(value=False)
    return features.with_columns(nothing=nothing)["nothing"].to_numpy()


def reasons_of(
    limits: AbstentionLimits,
    features: pl.DataFrame,
    owed: Vector,
    net: Matrix,
    regret: Vector,
    overlap_of_first: Vector,
    is_missing: NDArray[np.bool_] | None = None,
) -> list[str]:
    """Per case why the program does not stand by its order, or an empty text; the first that holds.

    `net` (n, m) is NaN where not lawful, `overlap_of_first` (n,) the propensity of the first
    measure (NaN where all are recorded), `regret` (n,) in money, `is_missing` (n,) cases of which a
    register is not all known.
    """
    best = np.max(np.where(np.isnan(net), -np.inf, net), axis=1, initial=-np.inf)
    ranked = np.isfinite(best)
    share = regret / np.maximum(owed, 1.0)
    missing = np.zeros(len(owed), dtype=np.bool_) if is_missing is None else is_missing
    found = [
        ("register_missing", missing),
        ("nothing_known", nothing_known(features)),
        ("beyond_range", owed > limits.largest_debt),
        ("thin_overlap", overlap_of_first < THIN_OVERLAP),
        ("no_gain", best <= 0),
        ("unstable_order", share > limits.regret_share),
    ]
    reasons = np.full(len(owed), "", dtype=object)
    for name, holds in reversed(found):
        reasons[holds & ranked] = name
    return [str(r) for r in reasons]


def two_digits(amount: float) -> float:
    """The amount rounded up to two digits, so that no one debt can be read from it.

    >>> two_digits(1234567.0)
    1300000.0
    """
    if amount <= 0:
        return 0.0
    unit = 10.0 ** (np.floor(np.log10(amount)) - 1)
    return float(np.ceil(amount / unit) * unit)


@dataclass(frozen=True)
class Sample:
    """Cases that limits are set on: what `reasons_of` reads of them.

    `is_missing` (n,): a register of the case is not known.
    """

    features: pl.DataFrame
    owed: Vector
    net: Matrix
    regret: Vector
    overlap_of_best: Vector
    is_missing: NDArray[np.bool_] | None = None


def set_limits(sample: Sample, examples: Examples, abstain_share: float) -> AbstentionLimits:
    """The limits at which at most `abstain_share` of the cases abstain, for whatever reason.

    Whoever abstains for another reason is not counted twice; where those alone are that many, no
    order is called unstable.
    """
    largest = two_digits(float(examples.outstanding.max()))
    without = AbstentionLimits(np.inf, largest)
    reasons = reasons_of(
        without,
        sample.features,
        sample.owed,
        sample.net,
        sample.regret,
        sample.overlap_of_best,
        sample.is_missing,
    )
    stands = np.asarray([not r for r in reasons]) & np.isfinite(sample.net).any(axis=1)
    share = np.sort((sample.regret / np.maximum(sample.owed, 1.0))[stands])[::-1]
    left = int(abstain_share * len(reasons)) - int(sum(1 for r in reasons if r))
    if left <= 0 or left >= len(share):
        return without
    return AbstentionLimits(float(share[left]), largest)
