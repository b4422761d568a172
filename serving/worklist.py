"""The officer's worklist: open cases of one's offices, with their state, a page at a time.

Sums owed and days open come from the registers; the state and the expected benefit from the newest
stored recommendation. No model is asked while listing.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl
from sqlalchemy import func, select

from serving.errors import BadCursorError
from serving.people import EVERY_OFFICE, Person
from serving.service import Service
from serving.store.models import Recommendation

Order = Literal["benefit", "date", "outstanding"]
DEFAULT_LIMIT = 25
MAXIMUM_LIMIT = 100


@dataclass(frozen=True)
class CaseLine:
    """One case in the worklist; the recommendation's fields are None where there is none."""

    case_id: str
    office: str
    officer_id: str | None
    claim_kind: str
    claimant_kind: str
    procedure: str
    opened_on: date
    days_open: int
    outstanding_som: int | None
    state: str | None
    recommendation_id: str | None
    best_measure: str | None
    best_expected_net_som: float | None
    abstained: bool | None


@dataclass(frozen=True)
class CasePage:
    """One page of the worklist; `next_cursor` is None on the last one."""

    cases: list[CaseLine]
    next_cursor: str | None
    n_cases: int
    working_day: date
    currency: str


def list_cases(
    service: Service,
    person: Person,
    query: str = "",
    order: Order = "benefit",
    state: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> CasePage:
    """Open cases of the person's offices, most worth looking at first.

    `query` is part of a case number, an office, a kind of claim or of claimant. `order`: expected
    benefit (cases without a recommendation after those with one, by amount owed), date of opening
    (oldest first), or amount owed.
    """
    desk = service.require_desk()
    cases = _with_states(service, _own_cases(desk.open_cases(), person))
    if query:
        cases = cases.filter(_matches(query))
    if state:
        cases = cases.filter(pl.col("state") == state)
    cases = _sorted(cases, order)
    start = _start(cursor, order, cases)
    limit = max(1, min(limit, MAXIMUM_LIMIT))
    lines = [CaseLine(**row) for row in cases[start : start + limit].to_dicts()]
    has_more = start + limit < cases.height
    return CasePage(
        cases=lines,
        next_cursor=cursor_after(order, lines[-1].case_id) if has_more else None,
        n_cases=cases.height,
        working_day=desk.working_day,
        currency=desk.currency,
    )


def _own_cases(cases: pl.DataFrame, person: Person) -> pl.DataFrame:
    if EVERY_OFFICE in person.offices:
        return cases
    return cases.filter(pl.col("office").is_in(list(person.offices)))


def _matches(query: str) -> pl.Expr:
    text = query.strip().lower()
    fields = ("case_id", "office", "claim_kind", "claimant_kind")
    return pl.any_horizontal(
        pl.col(name).str.to_lowercase().str.contains(text, literal=True) for name in fields
    )


def _with_states(service: Service, cases: pl.DataFrame) -> pl.DataFrame:
    """The cases with the newest stored recommendation of each."""
    newest = (
        select(Recommendation.case_id, func.max(Recommendation.created_at).label("created_at"))
        .group_by(Recommendation.case_id)
        .subquery()
    )
    stored = select(
        Recommendation.case_id,
        Recommendation.state,
        Recommendation.id,
        Recommendation.best_measure,
        Recommendation.best_expected_net_som,
        Recommendation.abstained,
    ).join(
        newest,
        (Recommendation.case_id == newest.c.case_id)
        & (Recommendation.created_at == newest.c.created_at),
    )
    with service.store.reading() as session:
        rows = [tuple(row) for row in session.execute(stored)]
    schema = {
        "case_id": pl.String,
        "state": pl.String,
        "recommendation_id": pl.String,
        "best_measure": pl.String,
        "best_expected_net_som": pl.Float64,
        "abstained": pl.Boolean,
    }
    states = pl.DataFrame(rows, schema=schema, orient="row").unique("case_id", keep="any")
    return cases.drop("debtor_id").join(states, on="case_id", how="left")


def _sorted(cases: pl.DataFrame, order: Order) -> pl.DataFrame:
    columns, descending = {
        "benefit": (["best_expected_net_som", "outstanding_som", "case_id"], [True, True, False]),
        "date": (["opened_on", "case_id"], [False, False]),
        "outstanding": (["outstanding_som", "case_id"], [True, False]),
    }[order]
    return cases.sort(columns, descending=descending, nulls_last=True)


def cursor_after(order: Order, case_id: str) -> str:
    """The cursor of a page that begins after a case."""
    return base64.urlsafe_b64encode(json.dumps([order, case_id]).encode()).decode()


def _start(cursor: str | None, order: Order, cases: pl.DataFrame) -> int:
    """Where the page begins: after the case that the cursor names."""
    if cursor is None:
        return 0
    try:
        named_order, case_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, binascii.Error, TypeError) as error:
        raise BadCursorError from error
    if named_order != order or not isinstance(case_id, str):
        raise BadCursorError
    found = cases.get_column("case_id").index_of(case_id)
    if found is None:
        raise BadCursorError
    return found + 1
