"""The Bureau's own registers: cases, case events, actions, payments, and the courts' appeals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from nation.arrays import NEVER, Bools, Ints
from nation.booking import SOURCES
from nation.claims import CLAIMANT_KINDS, DOCUMENT_KINDS, Claims
from nation.country import CLAIM_IDS, Calendar
from nation.history import OPEN, OTHERWISE, PERFORMED, RETURNED, STATUS_CHANGED, History
from nation.measures import (
    BAN,
    ENTRY,
    ESTATE,
    HANDOVER,
    MEASURE_IDS,
    MEASURES,
    MOVABLE,
    MOVABLE_SALE,
    PLEDGE,
    QUERY,
    TRAVEL,
    VEHICLE,
    WAGE,
)
from nation.mistakes import NO_MISTAKE, POSTPONED, STAY
from nation.people import People
from nation.people_registers import district_codes
from nation.reporting import correct_some, dates, finish, ids, lag, words

_CLOSINGS = (
    "performed", "returned_no_property", "debtor_not_found", "returned_to_claimant", "annulled",
    "other", "sent_to_liquidator",
)  # fmt: skip
_RESULTS = ("effective", "partly", "nothing_found", "cancelled", "pending")
_EVENTS = (
    "suspended", "deferred", "postponed", "mediation", "guarantee_deposit", "in_patient_treatment",
)  # fmt: skip


@dataclass(frozen=True)
class Names:
    """The pseudonyms of debtors, cases and actions."""

    debtors: pl.Series
    cases: pl.Series
    actions: pl.Series


def build_names(rng: np.random.Generator, n_people: int, n_cases: int, n_actions: int) -> Names:
    """Pseudonyms in shuffled order: a number tells nothing."""
    numbers = [rng.permutation(n) + 1 for n in (n_people, n_cases, n_actions)]
    return Names(ids("D", numbers[0]), ids("C", numbers[1]), ids("A", numbers[2]))


def closing_days(rng: np.random.Generator, history: History) -> Ints:
    """The day each case is closed: soon after its end, or never."""
    delay = np.where(history.ending == PERFORMED, rng.integers(1, 4, len(history.ending)), 0)
    return np.where(history.ending == OPEN, NEVER, history.ended_day + delay)


def cases(
    rng: np.random.Generator, claims: Claims, people: People, history: History, closed: Ints,
    names: Names, calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Each case as a chain: opened, served, closed."""
    n, who = len(claims.kind), claims.person
    opened = pl.DataFrame(
        {
            "case_id": names.cases,
            "debtor_id": names.debtors.gather(pl.Series(who)),
            "document_id": ids("N", rng.permutation(n) + 1),
            "document_kind": words(DOCUMENT_KINDS, claims.document),
            "document_on": dates(claims.document_day, calendar),
            "presented_on": dates(claims.presented, calendar),
            "opened_on": dates(claims.opened, calendar),
            "served_on": dates(np.full(n, NEVER), calendar),
            "voluntary_until": dates(
                np.where(claims.term_end < 0, NEVER, claims.term_end), calendar
            ),
            "procedure": words(("ordinary", "simplified"), claims.simplified.astype(np.int64)),
            "claim_kind": words(CLAIM_IDS, claims.kind),
            "claimant_id": ids("K", claims.claimant_number + 1),
            "claimant_kind": words(CLAIMANT_KINDS, claims.claimant),
            "claim_som": pl.Series(claims.claim),
            "fee_som": pl.Series(claims.fee),
            "periodic": pl.Series(claims.periodic),
            "secured": pl.Series(claims.secured),
            "levies_dwelling": pl.Series(claims.levies_dwelling),
            "office": pl.select(
                pl.concat_str(pl.lit("O"), district_codes(people.region[who], people.district[who]))
            ).to_series(),
            "officer_id": ids("F", claims.officer + 1),
            "closed_on": dates(np.full(n, NEVER), calendar),
            "closing": pl.Series([None] * n, dtype=pl.String),
            "reported_on": dates(claims.opened, calendar),
        }
    )
    served_known = claims.served + (rng.random(n) < 0.2) * (
        claims.first_decision > claims.served + 2
    )
    served = opened.with_columns(
        dates(claims.served, calendar).alias("served_on"),
        dates(served_known, calendar).alias("reported_on"),
    )
    ended = served.with_columns(
        dates(closed, calendar).alias("closed_on"),
        words(_CLOSINGS, _closing(rng, history, people.status[who])).alias("closing"),
        dates(np.maximum(closed + lag(rng, n, 0, 3), served_known), calendar).alias("reported_on"),
    ).filter(pl.Series(closed < NEVER))
    return finish(pl.concat([opened, served, ended]), ["case_id"], calendar)


def _closing(rng: np.random.Generator, history: History, status: Ints) -> Ints:
    """The closing that belongs to the way a case ended."""
    u = rng.random(len(history.ending))
    by_status = np.select([status == 1, status == 2], [5, 2], 6)
    return np.select(
        [history.ending == code for code in (PERFORMED, RETURNED, OTHERWISE, STATUS_CHANGED)],
        [
            0,
            np.where((u < 0.78) | history.is_entered, 1, 2),
            np.where(u < 0.55, 3, np.where(u < 0.8, 4, 5)),
            by_status,
        ],
        0,
    )


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
            "event_id": ids("E", rng.permutation(len(case)) + 1),
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


@dataclass(frozen=True)
class ActionFacts:
    """How each action went on: executed, ended, its result, cancelled, lifted."""

    executed: Ints
    ended: Ints
    result_day: Ints
    result: Ints
    is_cancelled: Bools
    lifted: Ints


def _action_facts(
    rng: np.random.Generator, history: History, closed: Ints, knows: Bools
) -> ActionFacts:
    """Bans, withholding and what was attached hold on after the next decision; see `lifted`."""
    d = history.decisions
    n, end = len(d.case), closed[d.case]
    done = np.minimum(d.leg_end, end)
    wrong = d.mistake != NO_MISTAKE
    cancelled = wrong & (rng.random(n) < 0.6)
    done = np.where(cancelled, np.minimum(done, d.day + rng.integers(12, 45, n)), done)
    executed = np.minimum(d.day + rng.integers(1, 5, n), done)
    # That nothing could be seized is known soon; that nothing was bid, at the end.
    in_vain = np.isin(d.measure, (VEHICLE, ESTATE, PLEDGE)) & (d.debt_after >= d.debt)
    done = np.where(in_vain, np.minimum(done, executed + rng.integers(10, 31, n)), done)
    holds = ~cancelled & (d.measure == MOVABLE) & (d.attached_after > 0)
    withholds = (d.measure == WAGE) & d.withheld_after & (d.debt_after >= 1.0)
    stays_on = (np.isin(d.measure, (BAN, TRAVEL)) | withholds) & (end > d.leg_end) & ~cancelled
    sold = np.full(len(closed), NEVER)
    sale = (d.measure == MOVABLE_SALE) & ~wrong
    sold[d.case[sale]] = d.leg_end[sale]
    return ActionFacts(
        executed=executed, ended=np.where(stays_on | holds, NEVER, done),
        result_day=np.where(holds, executed + 1, done),
        result=np.where(cancelled, 3, _result(history, knows, holds)),
        is_cancelled=cancelled,
        lifted=np.where(holds, np.minimum(sold[d.case], end), NEVER),
    )  # fmt: skip


def _result(history: History, knows: Bools, holds: Bools) -> Ints:
    """0 effective, 1 partly, 2 nothing found: by the debt, by what was found, by what was done."""
    d = history.decisions
    by_debt = np.where(d.debt_after < 1.0, 0, np.where((d.debt_after < d.debt) | holds, 1, 2))
    performed = history.ending[d.case] == PERFORMED
    return np.select(
        [d.measure == QUERY, d.measure == ENTRY, (d.measure >= HANDOVER) & (d.debt < 1.0)],
        [np.where(knows[d.case], 0, 2), 0, np.where(performed, 0, 2)],
        by_debt,
    )


def actions(
    rng: np.random.Generator, claims: Claims, history: History, closed: Ints, mistakes: pl.Series,
    knows: Bools, names: Names, calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Each action as a chain: decided, executed, its result, lifted.

    `mistakes` names the planted faults; `knows` tells of each case whether a query finds anything.
    """
    d, facts = history.decisions, _action_facts(rng, history, closed, knows)
    n = len(d.case)
    low = np.array([terms.hours[0] for terms in MEASURES])[d.measure]
    high = np.array([terms.hours[1] for terms in MEASURES])[d.measure]
    nothing = np.full(n, NEVER)
    decided = pl.DataFrame(
        {
            "action_id": names.actions,
            "case_id": names.cases.gather(pl.Series(d.case)),
            "measure": words(MEASURE_IDS, d.measure),
            "decided_on": dates(d.day, calendar),
            "executed_on": dates(nothing, calendar),
            "ended_on": dates(nothing, calendar),
            "officer_id": ids("F", claims.officer[d.case] + 1),
            "cost_som": pl.Series(d.cost),
            "officer_hours": pl.Series(np.round(low + d.hours * (high - low), 2)),
            "result": words(_RESULTS, np.full(n, 4)),
            "cancelled_as": pl.Series([None] * n, dtype=pl.String),
            "propensity": pl.select(
                pl.when(pl.Series(d.is_lottery)).then(pl.Series(d.probability))
            ).to_series(),
            "reported_on": dates(d.day + (rng.random(n) < 0.3), calendar),
        }
    )
    executed = decided.with_columns(
        dates(facts.executed, calendar).alias("executed_on"),
        dates(facts.executed + rng.integers(1, 3, n), calendar).alias("reported_on"),
    )
    ended = executed.with_columns(
        dates(facts.ended, calendar).alias("ended_on"),
        words(_RESULTS, facts.result).alias("result"),
        pl.when(pl.Series(facts.is_cancelled)).then(mistakes).alias("cancelled_as"),
        dates(facts.result_day + rng.integers(2, 6, n), calendar).alias("reported_on"),
    )
    lifted = ended.with_columns(
        dates(facts.lifted, calendar).alias("ended_on"),
        dates(facts.lifted + rng.integers(2, 6, n), calendar).alias("reported_on"),
    )
    chains = [decided, executed]
    chains.append(ended.filter(pl.Series(facts.result_day < calendar.n_days)))
    chains.append(lifted.filter(pl.Series(facts.lifted < calendar.n_days)))
    return finish(pl.concat(chains), ["action_id"], calendar)


def payments(
    rng: np.random.Generator, history: History, names: Names, calendar: Calendar
) -> pl.DataFrame:
    """Every payment with its source, and its measure where the treasury could tell."""
    p = history.payments
    n = len(p.case)
    untold = (rng.random(n) < 0.06) | (p.decision < 0)
    by = names.actions.gather(pl.Series(np.maximum(p.decision, 0)))
    late = np.where(p.source == 0, 0.05, 0.01)
    delay = rng.integers(0, 4, n) + (rng.random(n) < late) * rng.integers(3, 36, n)
    rows = pl.DataFrame(
        {
            "payment_id": ids("P", rng.permutation(n) + 1),
            "case_id": names.cases.gather(pl.Series(p.case)),
            "paid_on": dates(p.day, calendar),
            "amount_som": pl.Series(p.som),
            "source": words(SOURCES, p.source),
            "action_id": pl.select(pl.when(~pl.Series(untold)).then(by)).to_series(),
            "reported_on": dates(p.day + delay, calendar),
        }
    )
    # A wrong first report tells of less, so that no debt looks smaller than it is.
    shown = correct_some(rng, rows, "amount_som", 0.006, only_less=True)
    return finish(shown, ["payment_id"], calendar)


def appeals(
    rng: np.random.Generator, history: History, names: Names, calendar: Calendar
) -> pl.DataFrame:
    """Complaints within ten days of an action, resolved within weeks."""
    d = history.decisions
    wrong = d.mistake != NO_MISTAKE
    some = rng.random(len(d.case)) < np.where(wrong, 0.25, 0.022)
    at = np.flatnonzero(some & (d.day < calendar.n_days - 10))
    n = len(at)
    filed = d.day[at] + rng.integers(2, 11, n)
    resolved = filed + rng.integers(10, 40, n)
    upheld = rng.random(n) < np.where(wrong[at], 0.75, 0.06)
    result = np.where(upheld, 0, np.where(rng.random(n) < 0.8, 1, 2))
    base = pl.DataFrame(
        {
            "appeal_id": ids("L", rng.permutation(n) + 1),
            "action_id": names.actions.gather(pl.Series(at)),
            "case_id": names.cases.gather(pl.Series(d.case[at])),
            "filed_on": dates(filed, calendar),
            "filed_by": words(
                ("debtor", "claimant", "third_party", "prosecutor"),
                rng.choice(4, n, p=[0.8, 0.12, 0.05, 0.03]),
            ),
            "resolved_on": dates(np.full(n, NEVER), calendar),
            "result": pl.Series([None] * n, dtype=pl.String),
            "reported_on": dates(filed + rng.integers(0, 3, n), calendar),
        }
    )
    decided = base.with_columns(
        dates(resolved, calendar).alias("resolved_on"),
        words(("upheld", "dismissed", "withdrawn"), result).alias("result"),
        dates(resolved + rng.integers(0, 4, n), calendar).alias("reported_on"),
    )
    return finish(pl.concat([base, decided]), ["appeal_id"], calendar)
