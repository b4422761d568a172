"""Cases of a few debtors, each in the state of its first decision, without a history."""

import numpy as np

from nation.claims import invent_claims
from nation.commons import build_commons
from nation.country import Calendar
from nation.measures import N_MEASURES
from nation.offices import Offices
from nation.people import invent_people
from nation.settings import Request
from nation.situation import Situation, State, build_situation


def first_decisions(request: Request) -> tuple[Situation, State, Calendar, Offices]:
    """Situation and state of each case on the day of its first decision."""
    commons, rng = build_commons(request), np.random.default_rng(1)
    calendar, offices = commons.calendar, commons.land.offices
    people = invent_people(rng, request.debtors, commons.land)
    claims = invent_claims(rng, people, offices, calendar)
    s = build_situation(people, claims, offices, commons.world, calendar)
    n = len(claims.kind)
    none = np.zeros((n, N_MEASURES), dtype=bool)
    state = State(
        day=claims.first_decision,
        debt=(claims.claim + claims.fee).astype(np.float64),
        tried=none,
        n_rounds=np.zeros(n, dtype=np.int64),
        is_withheld=none[:, 0],
        attached=np.zeros(n),
        failed=none,
        last_failed=none,
        tried_until=np.zeros((n, N_MEASURES), dtype=np.int64),
    )
    return s, state, calendar, offices
