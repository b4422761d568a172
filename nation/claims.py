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
    OFFICE_DOCUMENTS,
    Calendar,
)
from nation.people import People

DOCUMENT_KINDS = (
    "court_writ", "court_order", "notary_writ", "administrative_decision", "labour_commission",
    "arbitration_award", "mediation_agreement", "criminal_fine",
)  # fmt: skip
CLAIMANT_KINDS = ("state", "bank", "utility", "legal_entity", "individual")
OFFICERS_PER_OFFICE = 3
OFFICES_PER_REGION = 10
N_OFFICERS = 14 * OFFICES_PER_REGION * OFFICERS_PER_OFFICE

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


@dataclass(frozen=True)
class Claims:
    """One row per case, sorted by the day of opening; days count from the start of the history."""

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
    size = np.clip(size, 41_000, np.where(person_kind == LEGAL_ENTITY, 4e8, 1.5e8))
    return np.where(kind == NON_PROPERTY, 0, np.round(size, -2)).astype(np.int64)


def invent_claims(rng: np.random.Generator, people: People, calendar: Calendar) -> Claims:
    """Draws 1.6 cases per debtor, opened over the whole history."""
    n_people = len(people.kind)
    n_cases = 1 + (rng.random((3, n_people)) < np.array([[0.36], [0.17], [0.07]])).sum(axis=0)
    person = np.repeat(np.arange(n_people), n_cases)
    n = len(person)
    kind_of_person = people.kind[person]
    kind = _kinds(rng, kind_of_person)
    claim = _amounts(rng, kind, kind_of_person, people.income[person])
    opened = rng.integers(2, HISTORY_DAYS, n)
    opened = np.minimum(opened + calendar.workday_shift[opened], HISTORY_DAYS - 1)
    order = np.argsort(opened, kind="stable")
    # Nobody opens a case against the dead or the liquidated.
    order = order[opened[order] < people.status_day[person[order]] - 25]
    person, kind, claim, opened = person[order], kind[order], claim[order], opened[order]
    n = len(person)
    kind_of_person = people.kind[person]
    total = claim + claim // 20
    small = total <= 5 * calendar.bhm[opened]
    willing_share = np.array([k.simplified for k in CLAIM_KINDS])[kind]
    simplified = (kind_of_person == INDIVIDUAL) & small & (rng.random(n) < willing_share)
    document = _choose(rng, kind, DOCUMENT_KINDS, documents=True)
    served = opened + np.where(simplified, 1, rng.integers(1, 4, n))
    immediate = np.isin(kind, _IMMEDIATE)
    term_end = np.where(simplified, served + 5, opened + 15)
    term_end = np.where(immediate, -1, term_end)
    after_term = np.where(immediate, served, term_end) + 1 + rng.integers(0, 22, n)
    early = (rng.random(n) < 0.13) & ~immediate
    first = np.where(early, served + rng.integers(1, 3, n), after_term)
    first = first + calendar.workday_shift[first]
    office = people.region[person] * OFFICES_PER_REGION + people.district[person]
    presented = opened - 1
    pledged = one_pledge(people)[person]
    return Claims(
        person=person.astype(np.int64), kind=kind, document=document,
        claimant=_choose(rng, kind, CLAIMANT_KINDS, documents=False),
        claimant_number=rng.integers(0, 5000, n), claim=claim, fee=claim // 20,
        simplified=simplified, periodic=kind == ALIMONY,
        secured=(kind == BANK_CREDIT) & (rng.random(n) < np.where(pledged, 0.85, 0.02)),
        levies_dwelling=np.zeros(n, dtype=bool),
        document_day=presented - rng.integers(11, 55, n), presented=presented, opened=opened,
        served=served, term_end=term_end, first_decision=first,
        officer=office * OFFICERS_PER_OFFICE + rng.integers(0, OFFICERS_PER_OFFICE, n),
    )  # fmt: skip


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
