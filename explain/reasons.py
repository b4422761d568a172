"""Which facts are the reasons of a measure: picked by size, kept as data, told elsewhere.

A measure that has a next one in the ranking is explained by the contrast with it: what each fact
adds to the difference of the two expected amounts (METHODS: explain the difference between two
measures, not the debtor's risk). The last measure of a case is explained by its own contributions.

A fact is a reason only where it stands (`which_stand`): another model of the same decisions would
give it the same direction, and it matters beside how sure the amount is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from explain.numbers import Value
from models.intervals import se_of_draws

MAX_REASONS = 4
MIN_SHARE = 0.05  # of the total absolute contribution: fewer reasons where fewer matter
MIN_AMOUNT = 0.5  # of the stored unit: what rounds to nothing is no reason
SURE = 1.2815515655446004
"""Standard errors from zero at which a normal estimate keeps its sign nine times of ten."""
MIN_OF_WIDTH = 0.05
"""The least share of half the 90 % interval of what is explained that a reason adds."""

Kind = Literal[
    "fact",  # a fact of a register, with its value
    "average_part",  # the measures' averages differ, whatever the facts
    "average_effect",  # only the averages differ: the data tell nothing by the debtor's facts
    "less_intrusive",  # the data cannot tell the two apart: the lighter one comes first
    "within_noise",  # it stands first although the next is expected to bring more
    "share_limits",  # nothing comes in below zero or above what is owed
    "effect_calibration",  # an effect set to what past cases bear out, beyond any fact
    "other_factors",  # everything that no other reason names
]


@dataclass(frozen=True)
class Reason:
    """One reason: its sentence in any language follows from these values alone.

    `contribution_som` is what it adds to the expected net amount, or, with `contrast_to`, to the
    advantage over that measure; in the legal order's unit. `value`, the day `observed_on` to which
    it refers, the day `known_on` of its report, and whether it `is_stale` belong to the fact
    `feature`, which the register `source` tells (empty: the principal one of the fact); a less
    intrusive measure carries the two ranks (1..10) in `intrusiveness`. Of a fact of the measure
    itself `other_value` is that of the measure it is compared with (`is_compared`).
    """

    kind: Kind
    contribution_som: float
    contrast_to: str | None = None
    feature: str | None = None
    value: Value = None
    known_on: date | None = None
    intrusiveness: tuple[int, int] | None = None
    observed_on: date | None = None
    is_stale: bool = False
    source: str = ""
    other_value: Value = None
    is_compared: bool = False

    @property
    def is_for(self) -> bool:
        """Whether it speaks for the measure: it raises the amount or favours it over the next."""
        return self.contribution_som > 0

    @property
    def reason_code(self) -> str:
        """A stable code: direction and fact, such as `favours.account_balance_som`.

        >>> Reason("fact", -5.0, None, "n_payments").reason_code
        'lowers.n_payments'
        """
        if self.kind != "fact":
            return self.kind
        words = ("favours", "disfavours") if self.contrast_to else ("raises", "lowers")
        return f"{words[0] if self.is_for else words[1]}.{self.feature}"


def sum_in_order(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Row sums of (n, d), added column by column: a row gives the same bytes in any batch."""
    total = np.zeros(len(columns))
    for j in range(columns.shape[1]):
        total += columns[:, j]
    return total


def which_stand(
    effects: NDArray[np.float64], refits: NDArray[np.float64], half_width: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """(n, d): the facts whose direction would last, and which matter beside the interval.

    `effects` (n, d) are the mean of `refits` (k, n, d), each of a model fitted without one fold of
    debtors; the standard error is that of the delete-a-fold jackknife (Efron and Stein 1981).
    `half_width` (n,) is half the 90 % interval of what is explained, NaN where it has none. Without
    refits nothing says whether a fact would last, so none stands.
    """
    if not len(refits):
        return np.zeros(effects.shape, dtype=np.bool_)
    least = np.nan_to_num(MIN_OF_WIDTH * half_width, nan=0.0)[:, None]
    sizes = np.abs(effects)
    return np.asarray((sizes >= SURE * se_of_draws(refits)) & (sizes >= least))


def pick_reasons(
    effects: NDArray[np.float64],
    n_reasons: NDArray[np.int64],
    stands: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """Columns of the largest effects of each row, (n, MAX_REASONS), largest first, -1 for none.

    At most `n_reasons[i]` of row i, and of those that stand (all, unless given); the largest, and
    those with MIN_SHARE of the row's total absolute effect; none of at most MIN_AMOUNT; equal sizes
    keep the order of the columns.
    """
    total = sum_in_order(np.abs(effects))
    sizes = np.abs(effects) if stands is None else np.where(stands, np.abs(effects), 0.0)
    if not sizes.size:
        return np.full((len(effects), MAX_REASONS), -1, dtype=np.int64)
    order = np.argsort(-sizes, axis=1, kind="stable")[:, :MAX_REASONS]
    picked = np.take_along_axis(sizes, order, axis=1)
    enough = MIN_SHARE * total
    largest = np.arange(order.shape[1]) == 0
    matters = ((picked >= enough[:, None]) | largest) & (picked > MIN_AMOUNT)
    keep = matters & (np.arange(order.shape[1]) < n_reasons[:, None])
    chosen = np.full((len(effects), MAX_REASONS), -1, dtype=np.int64)
    chosen[:, : order.shape[1]] = np.where(keep, order, -1)
    return chosen
