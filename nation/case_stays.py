"""The register of stays: between decisions, and over those that were mistakes for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from nation.arrays import Ints
from nation.country import Calendar
from nation.history import History
from nation.mistake_kinds import POSTPONED, STAY
from nation.names import Names
from nation.reporting import dates, finish, words

_EVENTS = (
    "suspended", "deferred", "postponed", "mediation", "guarantee_deposit", "in_patient_treatment",
)  # fmt: skip


@dataclass(frozen=True)
class _Stays:
    """Events of cases: the case, the kind (as in _EVENTS), first day, first day after, report."""

    case: Ints
    kind: Ints
    start: Ints
    end: Ints
    reported: Ints


def case_events(
    rng: np.random.Generator, history: History, closed: Ints, names: Names, calendar: Calendar
) -> pl.DataFrame:
    """Stays between two decisions of a case; over a decision only where that was a mistake."""
    stays = [
        _between_decisions(rng, history, closed, calendar), _over_mistakes(rng, history),
        *_used_up(history),
    ]  # fmt: skip
    case, kind, start, end, reported = (
        np.concatenate([getattr(part, name) for part in stays])
        for name in ("case", "kind", "start", "end", "reported")
    )
    rows = pl.DataFrame(
        {
            "event_id": names.numbers.shuffled("E", rng, len(case)),
            "case_id": names.cases.gather(pl.Series(case)),
            "kind": words(_EVENTS, kind),
            "starts_on": dates(start, calendar),
            "ends_on": dates(end, calendar),
            "reported_on": dates(reported, calendar),
        }
    )
    return finish(rows, ["event_id"], calendar)


def _between_decisions(
    rng: np.random.Generator, history: History, closed: Ints, calendar: Calendar
) -> _Stays:
    d = history.decisions
    start = d.day + rng.integers(3, 9, len(d.case))
    end = np.minimum(d.leg_end - 1, start + rng.integers(8, 45, len(d.case)))
    some = (rng.random(len(d.case)) < 0.03) & (end >= start + 3)
    some &= (start < calendar.n_days) & (end < np.minimum(closed[d.case], d.leg_end))
    at = np.flatnonzero(some)
    kind = rng.choice(6, len(at), p=[0.2, 0.17, 0.2, 0.17, 0.06, 0.2])
    reported = start[at] + rng.integers(0, 3, len(at))
    return _Stays(d.case[at], kind, start[at], end[at], reported)


def _over_mistakes(rng: np.random.Generator, history: History) -> _Stays:
    """A stay that was in force and known when a measure was taken all the same."""
    d = history.decisions
    at = np.flatnonzero(d.mistake == STAY)
    start = d.day[at] - rng.integers(3, 6, len(at))
    kind = rng.choice(4, len(at), p=[0.3, 0.25, 0.2, 0.25])
    end = d.day[at] + rng.integers(1, 5, len(at))
    return _Stays(d.case[at], kind, start, end, start + rng.integers(0, 2, len(at)))


def _used_up(history: History) -> list[_Stays]:
    """A mediation and two postponements before an officer grants what he may not grant again."""
    d = history.decisions
    cases = d.case[d.mistake == POSTPONED]
    first, second = (
        np.flatnonzero(np.isin(d.case, cases) & (d.n_rounds == round_)) for round_ in (0, 1)
    )
    found = []
    for at, kind, day in (
        (first, "mediation", 1),
        (first, "postponed", 4),
        (second, "postponed", 1),
    ):
        start = d.day[at] + day
        code = np.full(len(at), _EVENTS.index(kind))
        found.append(_Stays(d.case[at], code, start, start + 3, start))
    return found
