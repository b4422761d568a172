"""What agencies did not deliver: whole months of a region or a bank that never arrived."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import Bools, Floats, Ints
from nation.country import REGIONS

N_BANKS = 31
_AGENCIES = ("incomes", "obligations", "households", "businesses")
_REGION_MONTHS, _BANK_MONTHS = 0.015, 0.008


@dataclass(frozen=True)
class Gaps:
    """Missing months: agency -> region x month; banks x month; and who is unknown to an agency.

    `late_days` tells by how many days a bank's report of a month comes later than usual: bank x
    month. `known` holds, per agency and region, the share of debtors whom the agency can find.
    """

    by_region: dict[str, Bools]
    banks: Bools
    late_days: Ints
    known: dict[str, Floats]

    def delivered(self, agency: str, region: Ints, month: Ints) -> Bools:
        """Whether the agency sent that month of that region."""
        return ~self.by_region[agency][region, month]

    def bank_delivered(self, bank: Ints, month: Ints) -> Bools:
        """Whether the bank sent that month."""
        return ~self.banks[bank, month]

    def finds(self, rng: np.random.Generator, agency: str, region: Ints) -> Bools:
        """Whether the agency knows each debtor."""
        some: Bools = rng.random(len(region)) < self.known[agency][region]
        return some


def bank_of(person: Ints, number: int) -> Ints:
    """The bank that keeps a debtor's first (0) or second (1) account."""
    return (person * 7 + number * 3 + 3) % N_BANKS


def build_gaps(rng: np.random.Generator, n_months: int) -> Gaps:
    """Draws the gaps; no region or bank misses two months running, and no bank is late."""
    shape = (len(REGIONS), n_months)
    usual = {"incomes": 0.97, "accounts": 0.95, "households": 0.88}
    return Gaps(
        {name: _alone(rng.random(shape) < _REGION_MONTHS) for name in _AGENCIES},
        _alone(rng.random((N_BANKS, n_months)) < _BANK_MONTHS),
        np.zeros((N_BANKS, n_months), dtype=np.int64),
        {
            name: np.clip(share + 0.02 * rng.standard_normal(len(REGIONS)), 0.8, 0.995)
            for name, share in usual.items()
        },
    )


def _alone(missing: Bools) -> Bools:
    """Without the months that follow a missing one."""
    alone = missing.copy()
    alone[:, 1:] &= ~missing[:, :-1]
    return alone
