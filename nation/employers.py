"""The employers of the nation, the same in every block: size, wages, and how they report.

Sizes are heavy-tailed (a Pareto with exponent 1.1), so a few large employers pay much of the wages
of a region. One in fifteen is a bad one: it pays less and files its reports weeks late. One in
eight lives by the harvest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from nation.arrays import Bools, Floats, Ints
from nation.country import REGIONS, region_weights
from nation.reporting import ids, words

PENSION_FUND = 1
_FIRST = 2
DEBTORS_PER_EMPLOYER, LEAST_PER_REGION = 10, 4
TAIL = 1.1
BAD, LATER_DAYS, BAD_PAY = 1 / 15, (12, 28), 0.82
OF_HARVEST, HARVEST_SWING = 1 / 8, 0.15


@dataclass(frozen=True)
class Employers:
    """One row per employer, sorted by region.

    Attributes:
        region: index into REGIONS.
        size: weight by which workers of the region are drawn.
        pay: its wages against the usual ones.
        later_days: by how much later than others it reports.
        is_bad: whether it reports late and pays less.
        swing: how far wages swing with the harvest.
        first: of each region, the first row; one more entry ends the last region.
    """

    region: Ints
    size: Floats
    pay: Floats
    later_days: Ints
    is_bad: Bools
    swing: Floats
    first: Ints

    def hire(self, rng: np.random.Generator, region: Ints) -> Ints:
        """An employer of the own region for each, by size."""
        edges = np.concatenate([[0.0], np.cumsum(self.size)])
        low, high = edges[self.first[region]], edges[self.first[region + 1]]
        drawn = low + rng.random(len(region)) * (high - low)
        found: Ints = np.searchsorted(edges, drawn, side="right") - 1
        return np.clip(found, self.first[region], self.first[region + 1] - 1)

    def season(self, employer: Ints, month: Ints) -> Floats:
        """Wages of a calendar month against the year's: the harvest peaks in October."""
        found: Floats = 1.0 + self.swing[employer] * np.cos(2 * np.pi * (month - 10) / 12)
        return found

    @staticmethod
    def payer(employer: Ints) -> Ints:
        """The number of an employer's pseudonym."""
        return employer + _FIRST


def build_employers(rng: np.random.Generator, debtors: int) -> Employers:
    """Draws the employers of a nation of that many debtors."""
    counts = np.maximum(region_weights() * debtors / DEBTORS_PER_EMPLOYER, LEAST_PER_REGION)
    counts = counts.astype(np.int64)
    region = np.repeat(np.arange(len(REGIONS)), counts)
    n = len(region)
    is_bad = rng.random(n) < BAD
    size = (1.0 + rng.pareto(TAIL, n)).clip(max=3_000.0)
    later = np.where(is_bad, rng.integers(LATER_DAYS[0], LATER_DAYS[1] + 1, n), 0)
    pay = np.exp(0.18 * rng.standard_normal(n)) * np.where(is_bad, BAD_PAY, 1.0)
    swing = np.where(rng.random(n) < OF_HARVEST, HARVEST_SWING, 0.0)
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Employers(region, size, pay, later.astype(np.int64), is_bad, swing, first)


def employers_table(employers: Employers) -> pl.DataFrame:
    """Hidden truth of every employer: payer_id, region, size, pay, later_days, is_bad, swing."""
    return pl.DataFrame(
        {
            "payer_id": ids("Y", employers.payer(np.arange(len(employers.region)))),
            "region": words(tuple(r.code for r in REGIONS), employers.region),
            **{
                name: pl.Series(getattr(employers, name))
                for name in ("size", "pay", "later_days", "is_bad", "swing")
            },
        }
    )
