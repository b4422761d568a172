"""What drives whether a debtor pays and which measure works: the table behind all effects.

Each measure's log odds of working rise by a row of this table times the debtor's traits
(willingness, evasiveness, mobility, log of means over the debt) and with the officer's skill. Two
worlds share the machinery:

- `risk`: the traits that tell who pays also tell which measure works best, as one would expect of
  the unwilling and the evasive.
- `apart`: willingness, evasiveness and means lift every measure alike (whether anything is paid);
  mobility, drawn independently of them, tells which measure works best. A ranking that targets
  by risk alone is lost there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import Floats
from nation.measures import (
    ACCOUNT,
    BAN,
    BANK,
    ESTATE,
    INSTALMENT,
    MEASURE_IDS,
    MOVABLE,
    N_MEASURES,
    NOTICE,
    PLEDGE,
    SEARCH,
    TRAVEL,
    VEHICLE,
)
from nation.settings import EffectDriver

TRAITS = ("willing", "evasive", "mobile", "means")
SKILL = 0.25
"""Log odds per standard unit of an officer's skill, for every measure that can work or not."""

_Rows = dict[int, tuple[float, float, float, float]]
_BY_RISK: _Rows = {
    NOTICE: (1.35, -0.30, 0.0, 0.65),
    BANK: (0.0, -1.10, 0.0, 0.0),
    BAN: (0.0, 0.35, 0.0, 0.55),
    TRAVEL: (-0.25, 0.55, 1.20, 0.75),
    VEHICLE: (0.0, -0.80, 0.0, 0.0),
    MOVABLE: (0.0, 0.0, 0.0, 0.35),
    INSTALMENT: (0.90, 0.0, 0.0, 0.20),
    SEARCH: (0.0, 0.0, 0.0, 0.50),
    PLEDGE: (0.0, -0.30, 0.0, 0.0),
}
_LEVEL = (0.70, -0.15)
_MEANS = 0.50
_BY_MOBILITY = {
    NOTICE: -0.55, BANK: -1.20, BAN: 0.55, TRAVEL: 1.35, VEHICLE: -0.50, MOVABLE: -0.20,
    INSTALMENT: -0.55, SEARCH: 0.20, ACCOUNT: -0.30, PLEDGE: 0.0, ESTATE: 0.0,
}  # fmt: skip
_APART: _Rows = {measure: (*_LEVEL, by, _MEANS) for measure, by in _BY_MOBILITY.items()}


@dataclass(frozen=True)
class Drivers:
    """The world's table (measure x trait) and which trait hides money, things and employers."""

    name: EffectDriver
    table: Floats
    hiding: str

    @property
    def is_apart(self) -> bool:
        """Whether what drives the effects is independent of what drives the risk."""
        return self.name == "apart"

    def rows(self) -> list[dict[str, object]]:
        """The table in words, for the description of the nation."""
        found = []
        for measure, row in enumerate(self.table):
            weights = dict(zip(TRAITS, row.tolist(), strict=True))
            if any(weights.values()):
                found.append({"measure": MEASURE_IDS[measure], **weights})
        return found


def build_drivers(name: EffectDriver) -> Drivers:
    """The table of one of the two worlds."""
    table = np.zeros((N_MEASURES, len(TRAITS)))
    for measure, row in (_APART if name == "apart" else _BY_RISK).items():
        table[measure] = row
    return Drivers(name, table, "mobile" if name == "apart" else "evasive")
