"""The invented country: regions, kinds of claims and their sizes, and the amounts of the law.

The figures are set after published statistics (docs/nation.md names each source); they describe
an invented nation and no real person, office or case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from law.parameters import find_parameter
from nation.arrays import Floats, Ints


@dataclass(frozen=True)
class Region:
    """A region: SOATO code, weight, incomes against the nation's, habit of going abroad."""

    code: str
    weight: float
    income: float
    mobility: float
    n_districts: int


REGIONS = (
    Region("1703", 0.090, 0.92, 0.35, 16),
    Region("1706", 0.055, 0.98, 0.10, 13),
    Region("1708", 0.040, 0.88, 0.05, 13),
    Region("1710", 0.093, 0.86, 0.30, 15),
    Region("1712", 0.030, 1.22, -0.15, 11),
    Region("1714", 0.083, 0.90, 0.20, 12),
    Region("1718", 0.113, 0.90, 0.40, 16),
    Region("1722", 0.076, 0.82, 0.30, 14),
    Region("1724", 0.025, 0.93, -0.05, 11),
    Region("1726", 0.125, 1.48, -0.10, 12),
    Region("1727", 0.090, 1.10, -0.10, 22),
    Region("1730", 0.108, 0.91, 0.20, 19),
    Region("1733", 0.055, 0.87, 0.50, 12),
    Region("1735", 0.057, 0.83, 0.15, 17),
)

MOST_DISTRICTS = 22
"""Slots for districts and cities of a region; the widest region fills them all."""


def region_weights() -> Floats:
    """Part of the debtors who live in each region."""
    weights = np.array([r.weight for r in REGIONS])
    total = float(weights.sum())
    return weights / total


KINDS = ("individual", "entrepreneur", "legal_entity")
INDIVIDUAL, ENTREPRENEUR, LEGAL_ENTITY = 0, 1, 2


@dataclass(frozen=True)
class ClaimKind:
    """A kind of claim: its share for people and for businesses, its size, its documents.

    `median_som` and `shape` give the log-normal sizes; `simplified` is the share of the claims of
    natural persons that start in the simplified procedure (Art. 43¹). `peak` is the day of the year
    on which most are opened, if any: fines in summer, heating bills after winter, contracts and
    taxes at the year's end (invented).
    """

    id: str
    people: float
    businesses: float
    median_som: float
    shape: float
    documents: tuple[str, ...]
    document_weights: tuple[float, ...]
    claimants: tuple[str, ...]
    simplified: float = 0.0
    periodic: bool = False
    peak: int | None = None


_COURT = ("court_writ", "court_order")
CLAIM_KINDS = (
    ClaimKind(
        "administrative_fine", 0.285, 0.17, 270e3, 0.55,
        ("administrative_decision", "court_writ"), (0.85, 0.15), ("state",), 0.62, peak=200,
    ),
    ClaimKind(
        "utility", 0.225, 0.15, 175e3, 0.70, ("court_order", "court_writ", "notary_writ"),
        (0.6, 0.25, 0.15), ("utility",), 0.45, peak=95,
    ),
    ClaimKind(
        "tax", 0.155, 0.34, 205e3, 0.95, ("court_order", "administrative_decision"), (0.8, 0.2),
        ("state",), 0.55, peak=350,
    ),
    ClaimKind(
        "bank_credit", 0.090, 0.08, 7.0e6, 0.95, ("court_writ", "court_order", "notary_writ"),
        (0.55, 0.25, 0.2), ("bank",),
    ),
    ClaimKind("court_costs", 0.062, 0.05, 190e3, 0.50, _COURT, (0.7, 0.3), ("state",), 0.5),
    ClaimKind(
        "alimony", 0.130, 0.0, 3.6e6, 0.75, _COURT, (0.35, 0.65), ("individual",), periodic=True
    ),
    ClaimKind(
        "contract", 0.030, 0.13, 8e6, 1.10,
        ("court_writ", "arbitration_award", "mediation_agreement"), (0.9, 0.05, 0.05),
        ("individual", "legal_entity"), peak=350,
    ),
    ClaimKind(
        "damage_property", 0.020, 0.015, 4.8e6, 1.0, ("court_writ",), (1.0,),
        ("individual", "legal_entity"),
    ),
    ClaimKind(
        "damage_health", 0.006, 0.003, 4.5e6, 0.9, ("court_writ",), (1.0,), ("individual",)
    ),
    ClaimKind("damage_state", 0.012, 0.015, 11e6, 1.15, ("court_writ",), (1.0,), ("state",)),
    ClaimKind("criminal_fine", 0.013, 0.0, 7e6, 0.7, ("criminal_fine",), (1.0,), ("state",)),
    ClaimKind(
        "wages", 0.003, 0.02, 3.5e6, 0.9, ("court_order", "labour_commission"), (0.8, 0.2),
        ("individual",),
    ),
    ClaimKind("other_money", 0.019, 0.01, 1.9e6, 1.2, _COURT, (0.8, 0.2), ("individual",)),
    ClaimKind(
        "non_property", 0.008, 0.017, 0.0, 0.0, ("court_writ",), (1.0,),
        ("individual", "legal_entity"),
    ),
)  # fmt: skip
CLAIM_IDS = tuple(kind.id for kind in CLAIM_KINDS)
COURT_DOCUMENTS = ("court_writ", "court_order", "criminal_fine")
OFFICE_DOCUMENTS = ("notary_writ", "administrative_decision", "labour_commission")

# Before 2025-06-16 no half minimum wage was protected (Art. 47 pt 12, O‘RQ-1069); banks and
# officers of the invented nation leave it alone all the time, which is lawful on any day.


def _amounts(name: str, start: date, n_days: int) -> Ints:
    """A dated value of the law for each day; before its record begins, its first value."""
    values = find_parameter(name).values
    days = np.array([(value.from_on - start).days for value in values])
    amounts = np.array([int(value.value) for value in values], dtype=np.int64)
    at = np.searchsorted(days, np.arange(n_days), side="right") - 1
    return amounts[np.maximum(at, 0)]


@dataclass(frozen=True)
class Calendar:
    """The days of the history, the day of the questions, and the dated amounts of each day."""

    start: date
    as_of: date
    bhm: Ints
    minimum_wage: Ints
    workday_shift: Ints
    season: Floats
    year_day: Floats
    register_of_obligations: int

    @property
    def n_days(self) -> int:
        """The day number of the questions."""
        return (self.as_of - self.start).days


REGISTER_OF_OBLIGATIONS = date(2025, 6, 16)
"""The day from which debtors are entered (Art. 41¹, OʻRQ-1069)."""
HISTORY_DAYS = 840
AFTERMATH_DAYS = 400


def build_calendar(as_of: date) -> Calendar:
    """A calendar of 2.3 years before the questions, long enough after them for every window."""
    start = date.fromordinal(as_of.toordinal() - HISTORY_DAYS)
    days = np.arange(HISTORY_DAYS + AFTERMATH_DAYS)
    weekday = (start.weekday() + days) % 7
    shift = np.where(weekday == 5, 2, np.where(weekday == 6, 1, 0))
    year_day: Floats = (start.timetuple().tm_yday + days.astype(np.float64)) % 365.25
    # Harvest money: means peak in late October; and again for a fortnight at the year's end.
    season = 1.0 + 0.15 * np.cos(2 * np.pi * (year_day - 297) / 365.25)
    season = season + 0.10 * ((year_day > 353) | (year_day < 3))
    return Calendar(
        start, as_of, _amounts("bhm", start, len(days)), _amounts("minimum_wage", start, len(days)),
        shift.astype(np.int64), season, year_day,
        (REGISTER_OF_OBLIGATIONS - start).days,
    )  # fmt: skip
