"""The officer's worklist: open cases of one's own offices, a page at a time."""

from __future__ import annotations

from typing import Annotated, cast, get_args

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from features.catalogue.values import CLAIM_KINDS
from serving.errors import BadCursorError
from serving.pages.addresses import case_href
from serving.pages.asking import AskedNow
from serving.pages.rendering import Asked, render
from serving.pages.session_pages import home_of
from serving.pages.views import CaseLine, Option, Paging, StateTag, WorklistView
from serving.pages.words import say_kind
from serving.people import EVERY_OFFICE
from serving.states import STATE_NAMES, Role, State
from serving.worklist import CaseLine as CoreLine
from serving.worklist import CasePage, Order, list_cases

router = APIRouter()
PER_PAGE = 25
_WAITS = (State.RECOMMENDED, State.RETURNED, State.APPROVED)
_SORTS = (
    ("benefit", "worklist.sort_benefit"),
    ("date", "worklist.sort_oldest"),
    ("outstanding", "worklist.sort_largest"),
)


@router.get("/")
def get_worklist(
    asked: AskedNow,
    q: Annotated[str, Query(max_length=100)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    sort: Annotated[str, Query(max_length=20)] = "benefit",
    after: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Open cases, with what to do next in each."""
    if asked.person.role is Role.ANALYST:
        return RedirectResponse(home_of(asked.person), 303)
    order = cast("Order", sort if sort in get_args(Order) else "benefit")
    wanted = state if state in [known.value for known in State] else ""
    page = _page(asked, q.strip(), order, wanted, after)
    return render(asked, "worklist.html", build_worklist(asked, page, q, wanted, order, after))


def _page(asked: Asked, query: str, order: Order, state: str, after: str) -> CasePage:
    """The page; a cursor of another day or order begins anew."""
    service, person = asked.service, asked.person
    try:
        return list_cases(service, person, query, order, state or None, after or None, PER_PAGE)
    except BadCursorError:
        return list_cases(service, person, query, order, state or None, None, PER_PAGE)


def build_worklist(
    asked: Asked, page: CasePage, query: str, state: str, order: Order, after: str
) -> WorklistView:
    """The worklist in the reader's words."""
    t = asked.voice
    return WorklistView(
        cases=tuple(_line(asked, line) for line in page.cases),
        count=t("worklist.count", n=page.n_cases, offices=_offices(asked)),
        search=query,
        state=state,
        sort=order,
        states=tuple(Option(known.value, t.says(STATE_NAMES[known])) for known in State),
        sorts=tuple(Option(value, t(key)) for value, key in _SORTS),
        paging=_paging(asked, page, after),
        is_filtered=bool(query or state),
    )


def _line(asked: Asked, line: CoreLine) -> CaseLine:
    t = asked.voice
    return CaseLine(
        case_id=line.case_id,
        href=case_href(line.case_id),
        claim_kind=say_kind(t, CLAIM_KINDS, line.claim_kind),
        outstanding=t.amount(line.outstanding_som),
        days_open=t("worklist.days_value", n=line.days_open),
        state=state_tag(asked, line.state),
        next_step=t(f"next.{line.state or 'open'}"),
        waits_for_me=line.state in _WAITS,
    )


def state_tag(asked: Asked, state: str | None) -> StateTag:
    """A case's state in words; a case without a recommendation is simply open."""
    if state is None:
        return StateTag("open", asked.voice("state.open"))
    return StateTag(state, asked.voice.says(STATE_NAMES[State(state)]))


def _offices(asked: Asked) -> str:
    offices = asked.person.offices
    return asked.voice("worklist.every_office") if EVERY_OFFICE in offices else ", ".join(offices)


def _paging(asked: Asked, page: CasePage, after: str) -> Paging | None:
    if not after and page.next_cursor is None:
        return None
    url = asked.request.url.remove_query_params(["after", "done"])
    first = f"{url.path}?{url.query}" if url.query else url.path
    onward = url.include_query_params(after=page.next_cursor)
    return Paging(
        words=asked.voice("pages.shown_few", n=len(page.cases), total=page.n_cases),
        first_href=first if after else "",
        next_href=f"{onward.path}?{onward.query}" if page.next_cursor else "",
    )
