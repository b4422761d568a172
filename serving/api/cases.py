"""The worklist, one case, and asking for its recommendation."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from serving.case_addresses import CASE_ID
from serving.casefile import CaseFile, read_case
from serving.dependencies import PersonNow, ServiceNow
from serving.recommending import recommend_case
from serving.states import State
from serving.views import RecommendationView
from serving.worklist import DEFAULT_LIMIT, MAXIMUM_LIMIT, CasePage, Order, list_cases

router = APIRouter(tags=["cases"])
CaseId = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("/cases")
def get_cases(
    service: ServiceNow,
    person: PersonNow,
    q: Annotated[str, Query(max_length=100)] = "",
    order: Order = "benefit",
    state: State | None = None,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
    limit: Annotated[int, Query(ge=1, le=MAXIMUM_LIMIT)] = DEFAULT_LIMIT,
) -> CasePage:
    """Open cases of your offices; follow `next_cursor` for the next page."""
    wanted = state.value if state else None
    return list_cases(service, person, q, order, wanted, cursor, limit)


@router.get(f"/cases/{CASE_ID}")
def get_case(service: ServiceNow, person: PersonNow, case_id: CaseId) -> CaseFile:
    """The profile of a case and its debtor, and the recommendations so far."""
    return read_case(service, person, case_id)


@router.post(f"/cases/{CASE_ID}/recommendations", status_code=201)
def post_recommendation(
    response: Response, service: ServiceNow, person: PersonNow, case_id: CaseId
) -> RecommendationView:
    """Ask the recipe for the working day: 201 with a new recommendation, 200 with the same one."""
    view, is_new = recommend_case(service, person, case_id)
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/api/v1/recommendations/{view.id}"
    return view
