"""The cases of the invented nation: which claims stand against whom, and before which officer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import Bools, Floats, Ints
from nation.country import (
    CLAIM_IDS,
    CLAIM_KINDS,
    COURT_DOCUMENTS,
    HISTORY_DAYS,
    INDIVIDUAL,
    LEGAL_ENTITY,
    MOST_DISTRICTS,
    OFFICE_DOCUMENTS,
    Calendar,
)
from nation.offices import Offices
from nation.people import People
from nation.proceedings import all_of_group, arrears, consolidate, monthly_alimony

DOCUMENT_KINDS = (
    "court_writ", "court_order", "notary_writ", "administrative_decision", "labour_commission",
    "arbitration_award", "mediation_agreement", "criminal_fine",
)  # fmt: skip
CLAIMANT_KINDS = ("state", "bank", "utility", "legal_entity", "individual")
ALIMONY, UTILITY, BANK_CREDIT, NON_PROPERTY, DAMAGE_HEALTH, DAMAGE_STATE, CRIMINAL_FINE = (
    CLAIM_IDS.index(name)
    for name in (
        "alimony", "utility", "bank_credit", "non_property", "damage_health", "damage_state",
        "criminal_fine",
    )
)  # fmt: skip
COURT_COSTS = CLAIM_IDS.index("court_costs")
SEARCHED_FOR = (ALIMONY, DAMAGE_HEALTH, DAMAGE_STATE)
"""Claims for which the officer may order a search unasked (Art. 42)."""
_IMMEDIATE = (ALIMONY,)
SEASON_OF_CLAIMS = 0.4
"""How far the opening of cases swings over the year, for kinds that have a season."""
DAYS_OF_LOAD = 10
"""Days by which a first decision may wait in an office of 2.7 times the usual load."""


@dataclass(frozen=True)
class Claims:
    """One row per case, sorted by the day of opening; days count from the start of the history.

    `leader` is the first case of a consolidated proceeding (itself, if alone); `monthly` is what a
    periodic claim grows by, in som.
    """

    person: Ints
    kind: Ints
    document: Ints
    claimant: Ints
    claimant_number: Ints
    claim: Ints
    fee: Ints
    simplified: Bools
    periodic: Bools
    secured: Bools
    levies_dwelling: Bools
    document_day: Ints
    presented: Ints
    opened: Ints
    served: Ints
    term_end: Ints
    first_decision: Ints
    officer: Ints
    leader: Ints
    monthly: Floats


def _kinds(rng: np.random.Generator, person_kind: Ints) -> Ints:
    people = np.array([k.people for k in CLAIM_KINDS])
    firms = np.array([k.businesses for k in CLAIM_KINDS])
    u = rng.random(len(person_kind))
    drawn = [np.searchsorted(np.cumsum(w) / w.sum(), u) for w in (people, firms)]
    return np.where(person_kind == INDIVIDUAL, drawn[0], drawn[1]).astype(np.int64)


def _choose(rng: np.random.Generator, kind: Ints, names: tuple[str, ...], documents: bool) -> Ints:
    """Document or claimant codes, drawn by the claim kind's own list."""
    table = np.zeros((len(CLAIM_KINDS), len(names)))
    for row, claim_kind in enumerate(CLAIM_KINDS):
        chosen = claim_kind.documents if documents else claim_kind.claimants
        weights = claim_kind.document_weights if documents else [1 / len(chosen)] * len(chosen)
        for name, weight in zip(chosen, weights, strict=True):
            table[row, names.index(name)] = weight
    edges = np.cumsum(table, axis=1)[kind]
    above: Ints = (rng.random(len(kind))[:, None] > edges).sum(axis=1)
    return np.minimum(above, len(names) - 1)


def _amounts(rng: np.random.Generator, kind: Ints, person_kind: Ints, income: Floats) -> Ints:
    """Claim sizes: log-normal per kind, larger for businesses, bounded, in hundreds of som."""
    median = np.array([k.median_som for k in CLAIM_KINDS])[kind]
    shape = np.array([k.shape for k in CLAIM_KINDS])[kind]
    size = median * np.exp(shape * rng.standard_normal(len(kind)))
    size = size * np.where(person_kind == LEGAL_ENTITY, 3.0, 1.0) * (income / 3.1e6) ** 0.2
    size = np.clip(size, 41_000, np.where(person_kind == LEGAL_ENTITY, 5e8, 1.5e8))
    return np.where(kind == NON_PROPERTY, 0, np.round(size, -2)).astype(np.int64)


def _opening(rng: np.random.Generator, kind: Ints, calendar: Calendar) -> Ints:
    """The day on which each case is opened: kinds with a peak follow the seasons."""
    days = np.arange(2, HISTORY_DAYS)
    opened = np.zeros(len(kind), dtype=np.int64)
    for code, claim_kind in enumerate(CLAIM_KINDS):
        rows = np.flatnonzero(kind == code)
        swing = 0.0 if claim_kind.peak is None else SEASON_OF_CLAIMS
        turn = 2 * np.pi * (calendar.year_day[days] - (claim_kind.peak or 0)) / 365.25
        edges = np.cumsum(1.0 + swing * np.cos(turn))
        opened[rows] = days[np.searchsorted(edges, rng.random(len(rows)) * edges[-1])]
    shifted: Ints = np.minimum(opened + calendar.workday_shift[opened], HISTORY_DAYS - 1)
    return shifted


def _in_order(opened: Ints, leader: Ints, status_day: Ints) -> tuple[Ints, Ints]:
    """Cases by the day of opening, and the place of each one's leader among them.

    Nobody opens a case against the dead or the liquidated.
    """
    order = np.argsort(opened, kind="stable")
    order = order[opened[order] < status_day[order] - 25]
    place = np.full(len(opened), -1)
    place[order] = np.arange(len(order))
    return order, place[leader[order]]


def invent_claims(
    rng: np.random.Generator, people: People, offices: Offices, calendar: Calendar
) -> Claims:
    """Draws 1.6 cases per debtor, opened over the whole history."""
    n_people = len(people.kind)
    n_cases = 1 + (rng.random((3, n_people)) < np.array([[0.36], [0.17], [0.07]])).sum(axis=0)
    person = np.repeat(np.arange(n_people), n_cases)
    kind = _kinds(rng, people.kind[person])
    leader = consolidate(rng, person, kind)
    kind = kind[leader]
    opened = _opening(rng, kind, calendar)[leader]
    order, leader = _in_order(opened, leader, people.status_day[person])
    person, kind, opened = person[order].astype(np.int64), kind[order], opened[order]
    n, person_kind = len(person), people.kind[person]
    claim = _amounts(rng, kind, person_kind, people.income[person])
    monthly = monthly_alimony(people, person, calendar.minimum_wage[opened]) * (kind == ALIMONY)
    claim = np.where(kind == ALIMONY, arrears(rng, monthly), claim)
    small = all_of_group(claim + claim // 20 <= 5 * calendar.bhm[opened], leader)
    willing_share = np.array([k.simplified for k in CLAIM_KINDS])[kind]
    wanted = (rng.random(n) < willing_share)[leader]
    simplified = (person_kind == INDIVIDUAL) & small & wanted
    officer = office_slot(people, person) * offices.per_office
    officer = (officer + rng.integers(0, offices.per_office, n))[leader]
    served = opened + np.where(simplified, 1, rng.integers(1, 4, n)[leader])
    immediate = np.isin(kind, _IMMEDIATE)
    term_end = np.where(simplified, served + 5, opened + 15)
    term_end = np.where(immediate, -1, term_end)
    first = _first_decision(
        rng, served, term_end, immediate, offices.load[offices.office_of(officer)]
    )
    first = first[leader]
    presented, pledged = opened - 1, one_pledge(people)[person]
    return Claims(
        person=person, kind=kind,
        document=_choose(rng, kind, DOCUMENT_KINDS, documents=True)[leader],
        claimant=_choose(rng, kind, CLAIMANT_KINDS, documents=False)[leader],
        claimant_number=rng.integers(0, 5000, n)[leader], claim=claim, fee=claim // 20,
        simplified=simplified, periodic=kind == ALIMONY,
        secured=(kind == BANK_CREDIT) & (rng.random(n) < np.where(pledged, 0.85, 0.02)),
        levies_dwelling=np.zeros(n, dtype=bool),
        document_day=presented - rng.integers(11, 55, n), presented=presented, opened=opened,
        served=served, term_end=term_end, first_decision=first + calendar.workday_shift[first],
        officer=officer, leader=leader, monthly=monthly,
    )  # fmt: skip


def office_slot(people: People, person: Ints) -> Ints:
    """The office of each case: that of the debtor's district."""
    slot: Ints = people.region[person] * MOST_DISTRICTS + people.district[person]
    return slot


def _first_decision(
    rng: np.random.Generator, served: Ints, term_end: Ints, immediate: Bools, load: Floats
) -> Ints:
    """The day of the first decision: within weeks of the term, later in a busy office."""
    n = len(served)
    queue = np.floor(rng.random(n) * DAYS_OF_LOAD * np.clip(load, 0.0, 2.0)).astype(np.int64)
    after_term = np.where(immediate, served, term_end) + 1 + rng.integers(0, 20, n) + queue
    early = (rng.random(n) < 0.13) & ~immediate
    first: Ints = np.where(early, served + rng.integers(1, 3, n), after_term)
    return first


def one_pledge(people: People) -> Bools:
    """Whether a debtor has one pledged thing: a vehicle or the home, not both."""
    vehicle = (people.vehicle > 0) & people.vehicle_pledged
    home = (people.home > 0) & people.home_pledged
    return vehicle ^ home


def is_court_document(claims: Claims) -> Bools:
    """Whether the document is a court act or was issued on one (Art. 42¹)."""
    codes = [DOCUMENT_KINDS.index(name) for name in COURT_DOCUMENTS]
    return np.isin(claims.document, codes)


def is_no_court_document(claims: Claims) -> Bools:
    """Whether no court stands behind the document; of awards and settlements no register tells."""
    codes = [DOCUMENT_KINDS.index(name) for name in OFFICE_DOCUMENTS]
    return np.isin(claims.document, codes)
