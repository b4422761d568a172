"""The offices of the nation and their officers: habits, skill and load, the same in every block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from nation.arrays import Floats, Ints
from nation.country import MOST_DISTRICTS, REGIONS
from nation.measures import MEASURES, N_MEASURES
from nation.reporting import ids, office_codes

LEAST_OFFICERS = 2
DEBTORS_PER_OFFICER = 1_000
"""Above half a million debtors an office has more officers, so that none has many more."""
HABIT, REGIONAL_HABIT = 0.6, 0.25
LOAD_SHAPE = 0.5
"""Spread of the log load: two offices in three lie within 0.6 and 1.6 of the usual load."""
LABOUR = 0.30
"""How strongly a busy office shuns laborious measures: log odds per log load and log(1 + hours)."""

_HOURS: Floats = np.array([sum(terms.hours) / 2 for terms in MEASURES])


@dataclass(frozen=True)
class Offices:
    """One row per officer or office; an office is a slot of a region, an officer one of an office.

    Attributes:
        per_office: officers of each office.
        habits: officer x measure, log odds of choosing it.
        regional: region x measure, the same.
        skill: officer; standard units of log odds (nation/drivers.py) by which measures work.
        load: office; log of its cases per officer against the usual number.
    """

    per_office: int
    habits: Floats
    regional: Floats
    skill: Floats
    load: Floats

    def office_of(self, officer: Ints) -> Ints:
        """The office of each officer."""
        return officer // self.per_office

    def utility(self, officer: Ints, region: Ints) -> Floats:
        """Log odds of each measure (row x measure) by habit, region and load."""
        load = self.load[self.office_of(officer)]
        labour = LABOUR * load[:, None] * np.log1p(_HOURS)[None, :]
        found: Floats = self.habits[officer] + self.regional[region] - labour
        return found

    def district(self, rng: np.random.Generator, region: Ints) -> Ints:
        """A district of each region; one with a busy office has more debtors."""
        shares = _district_shares(self.load)
        edges = np.cumsum(shares, axis=1)[region]
        above: Ints = (rng.random(len(region))[:, None] > edges).sum(axis=1)
        last: Ints = np.array([r.n_districts for r in REGIONS])[region] - 1
        return np.minimum(above, last)


def _district_shares(load: Floats) -> Floats:
    """Region x district: share of the region's debtors, by the load of the district's office."""
    weights = np.exp(load).reshape(len(REGIONS), MOST_DISTRICTS)
    exists = np.arange(MOST_DISTRICTS)[None, :] < np.array([[r.n_districts] for r in REGIONS])
    weights = np.where(exists, weights, 0.0)
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def build_offices(rng: np.random.Generator, debtors: int) -> Offices:
    """Draws the offices of a nation of that many debtors."""
    n_districts = sum(region.n_districts for region in REGIONS)
    per_office = max(LEAST_OFFICERS, round(debtors / n_districts / DEBTORS_PER_OFFICER))
    n_offices = len(REGIONS) * MOST_DISTRICTS
    n_officers = n_offices * per_office
    return Offices(
        per_office=per_office,
        habits=HABIT * rng.standard_normal((n_officers, N_MEASURES)),
        regional=REGIONAL_HABIT * rng.standard_normal((len(REGIONS), N_MEASURES)),
        skill=rng.standard_normal(n_officers),
        load=LOAD_SHAPE * rng.standard_normal(n_offices),
    )


def officers_table(offices: Offices) -> pl.DataFrame:
    """Hidden truth of every officer: officer_id, office, skill, load of the office."""
    slots = np.arange(len(offices.load))
    region, district = slots // MOST_DISTRICTS, slots % MOST_DISTRICTS
    real = slots[district < np.array([r.n_districts for r in REGIONS])[region]]
    office = np.repeat(real, offices.per_office)
    officer = office * offices.per_office + np.tile(np.arange(offices.per_office), len(real))
    return pl.DataFrame(
        {
            "officer_id": ids("F", officer + 1),
            "office": office_codes(region[office], district[office]),
            "skill": pl.Series(offices.skill[officer]),
            "load": pl.Series(offices.load[office]),
        }
    )
