"""The Bureau's own registers of cases and of payments."""

from __future__ import annotations

import numpy as np
import polars as pl

from nation.arrays import NEVER, Ints
from nation.booking import SOURCES
from nation.claims import CLAIMANT_KINDS, DOCUMENT_KINDS, Claims
from nation.country import CLAIM_IDS, Calendar
from nation.history import OPEN, OTHERWISE, PERFORMED, RETURNED, STATUS_CHANGED, History
from nation.names import Names
from nation.people import People
from nation.reporting import correct_some, dates, finish, ids, lag, office_codes, words
from nation.situation import months_due

_CLOSINGS = (
    "performed", "returned_no_property", "debtor_not_found", "returned_to_claimant", "annulled",
    "other", "sent_to_liquidator",
)  # fmt: skip


def closing_days(rng: np.random.Generator, history: History) -> Ints:
    """The day each case is closed: soon after its end, or never."""
    delay = np.where(history.ending == PERFORMED, rng.integers(1, 4, len(history.ending)), 0)
    return np.where(history.ending == OPEN, NEVER, history.ended_day + delay)


def cases(
    rng: np.random.Generator, claims: Claims, people: People, history: History, closed: Ints,
    names: Names, calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """Each case as a chain: opened, served, grown (alimony, month by month), closed."""
    n, who = len(claims.kind), claims.person
    opened = pl.DataFrame(
        {
            "case_id": names.cases,
            "debtor_id": names.debtors.gather(pl.Series(who)),
            "document_id": names.numbers.shuffled("N", rng, n),
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
            "office": office_codes(people.region[who], people.district[who]),
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
    months = months_due(claims.opened, history.grown_until) * (claims.monthly > 0)
    grown = _grown(served, claims, months, calendar)
    ended = served.with_columns(
        (pl.col("claim_som") + pl.Series((months * claims.monthly).astype(np.int64))),
        dates(closed, calendar).alias("closed_on"),
        words(_CLOSINGS, _closing(rng, history, people.status[who])).alias("closing"),
        dates(np.maximum(closed + lag(rng, n, 0, 3), served_known), calendar).alias("reported_on"),
    ).filter(pl.Series(closed < NEVER))
    return finish(pl.concat([opened, served, grown, ended]), ["case_id"], calendar)


def _grown(served: pl.DataFrame, claims: Claims, months: Ints, calendar: Calendar) -> pl.DataFrame:
    """A row for each month by which a periodic claim grew, reported on the day it fell due."""
    at = np.repeat(np.arange(len(months)), months)
    month = np.arange(len(at)) - np.repeat(np.cumsum(months) - months, months) + 1
    more = (month * claims.monthly[at]).astype(np.int64)
    return served[at].with_columns(
        pl.col("claim_som") + pl.Series(more, dtype=pl.Int64),
        dates(claims.opened[at] + 30 * month, calendar).alias("reported_on"),
    )


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
            "payment_id": names.numbers.shuffled("P", rng, n),
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
