"""The registers of what was decided: the Bureau's actions and the courts' appeals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from nation.arrays import NEVER, Bools, Ints
from nation.claims import Claims
from nation.country import Calendar
from nation.history import PERFORMED, History
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
from nation.mistake_kinds import NO_MISTAKE
from nation.names import Names
from nation.reporting import dates, finish, ids, words

_RESULTS = ("effective", "partly", "nothing_found", "cancelled", "pending")


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
            "appeal_id": names.numbers.shuffled("L", rng, n),
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
