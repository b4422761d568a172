"""What all blocks of a nation share: its calendar, its land, and the world's laws of effect."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from nation.arrays import NEVER
from nation.country import Calendar, build_calendar
from nation.drivers import build_drivers
from nation.employers import build_employers, employers_table
from nation.gaps import build_gaps
from nation.mess import late_days
from nation.money_registers import Months, build_months
from nation.offices import build_offices, officers_table
from nation.people import Land
from nation.settings import Request
from nation.situation import World

_OFFICES, _EMPLOYERS, _GAPS, _LATE = 101, 102, 103, 104


@dataclass(frozen=True)
class Commons:
    """What is the same for every debtor of a nation."""

    calendar: Calendar
    months: Months
    land: Land
    world: World

    @property
    def truth(self) -> dict[str, pl.DataFrame]:
        """The hidden truth that belongs to no block."""
        return {
            "officers_skill": officers_table(self.land.offices),
            "employers": employers_table(self.land.employers),
        }


def build_commons(request: Request) -> Commons:
    """Drawn once from the seed, before any block."""

    def chance(stream: int) -> np.random.Generator:
        return np.random.default_rng([request.seed, stream])

    calendar = build_calendar(request.as_of)
    months = build_months(calendar)
    drivers = build_drivers(request.switches.effect_driver)
    gaps = build_gaps(chance(_GAPS), len(months.first))
    if request.switches.untidy_banks:
        gaps = replace(gaps, late_days=late_days(chance(_LATE), months.end))
    land = Land(
        drivers,
        build_offices(chance(_OFFICES), request.debtors),
        build_employers(chance(_EMPLOYERS), request.debtors),
        gaps,
    )
    change = request.switches.regime_change
    day = NEVER if change is None else (change - calendar.start).days
    return Commons(calendar, months, land, World(drivers, day))
