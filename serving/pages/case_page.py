"""One case: reading it, asking for a recommendation, proposing a measure, carrying it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import RedirectResponse, Response

from serving.case_addresses import CASE_ID
from serving.casefile import read_case
from serving.decisions import ProposalRequest, propose
from serving.errors import (
    FirstChoiceSkippedError,
    FirstChoiceStandsError,
    MeasureNotLawfulError,
    MeasureUntoldError,
    OverrideReasonRequiredError,
    ReasonCodeUnknownError,
    ReasonRepeatsError,
    ReasonRequiredError,
    ReasonTooLongError,
    ServiceError,
    TextUnreadableError,
    UnknownMeasureError,
)
from serving.first_choices import OwnChoice, state_first_choice
from serving.pages.addresses import case_href
from serving.pages.asking import AskedNow, FormSentNow, Text
from serving.pages.case_view import build_case, proposal_forms
from serving.pages.comeback import Before, recall, recorded, refuse, told_by
from serving.pages.propose_form import find_missing
from serving.pages.rendering import Asked, render
from serving.pages.seen import read_seen, see, what_moved
from serving.pages.versions import read_version
from serving.recommending import read_recommendation, recommend_case
from serving.stays import execute

if TYPE_CHECKING:
    from serving.drafts import Told

router = APIRouter()
Id = Annotated[str, Path(min_length=1, max_length=200)]
Wish = Annotated[str, Query(max_length=60)]
CONFLICT = 409
FIELD_OF: dict[type[ServiceError], str] = {
    MeasureNotLawfulError: "measure",
    MeasureUntoldError: "measure",
    UnknownMeasureError: "measure",
    OverrideReasonRequiredError: "reason_code",
    ReasonCodeUnknownError: "reason_code",
    ReasonRequiredError: "reason",
    ReasonRepeatsError: "reason",
    ReasonTooLongError: "reason",
    TextUnreadableError: "reason",
}


@router.get(f"/cases/{CASE_ID}")
def get_case_page(asked: AskedNow, case_id: Id, choose: Wish = "") -> Response:
    """The case with what is known, what is recommended and what to do."""
    return _case(asked, case_id, choose=choose)


@router.get("/recommendations/{recommendation_id}")
def get_recommendation_page(asked: AskedNow, recommendation_id: Id) -> Response:
    """The page of the recommendation's case, at the proposal."""
    stored = read_recommendation(asked.service, asked.person, recommendation_id)
    query = dict(asked.request.query_params)
    return RedirectResponse(case_href(stored.case_id, **query) + "#proposal", 303)


@router.post(f"/cases/{CASE_ID}/recommendations")
def post_recommendation(asked: FormSentNow, case_id: Id, own_choice: Text = "") -> Response:
    """Ask the recipe; the officer's own choice before it is kept with the recommendation."""
    try:
        recommend_case(asked.service, asked.person, case_id, OwnChoice(own_choice or None))
    except (FirstChoiceStandsError, FirstChoiceSkippedError) as refusal:
        return _standing_choice(asked, case_id, refusal)
    return RedirectResponse(case_href(case_id) + "#recommendation", 303)


@router.post("/recommendations/{recommendation_id}/first-choice")
def post_first_choice(asked: FormSentNow, recommendation_id: Id, own_choice: Text = "") -> Response:
    """Keep what the officer would choose; the ranking is shown after it."""
    stored = read_recommendation(asked.service, asked.person, recommendation_id)
    choice = OwnChoice(own_choice or None)
    try:
        state_first_choice(asked.service, asked.person, recommendation_id, choice)
    except (FirstChoiceStandsError, FirstChoiceSkippedError) as refusal:
        return _standing_choice(asked, stored.case_id, refusal)
    return RedirectResponse(case_href(stored.case_id) + "#recommendation", 303)


def _standing_choice(asked: Asked, case_id: str, refusal: ServiceError) -> Response:
    return _case(asked, case_id, Before("", {}, told_by("", refusal)), status=refusal.status)


@router.post("/recommendations/{recommendation_id}/proposals")
def post_proposal(
    asked: FormSentNow,
    recommendation_id: Id,
    measure: Text = "",
    reason_code: Text = "",
    reason: Text = "",
    first_choice: Text = "",
    version: Text = "",
    seen: Text = "",
) -> Response:
    """Record the proposal, or show the form again with what is missing and all that was typed."""
    stored = read_recommendation(asked.service, asked.person, recommendation_id)
    file = read_case(asked.service, asked.person, stored.case_id)
    now = see(asked.service.require_desk(), file.outstanding_som)
    if what_moved(asked.voice, read_seen(seen), now):
        return _case(asked, stored.case_id, refuse(asked, ()), status=CONFLICT)
    request = ProposalRequest(
        measure=measure,
        first_choice=first_choice or None,
        reason_code=reason_code or None,
        reason=reason or None,
        version=read_version(version),
    )
    told = find_missing(asked, stored, measure, reason_code, reason)
    status = 422
    if not told:
        told, status = _send(asked, recommendation_id, request)
    if told:
        return _case(asked, stored.case_id, refuse(asked, told), status=status)
    recorded(asked, proposal_forms(file))
    return RedirectResponse(case_href(stored.case_id, done="proposed"), 303)


def _send(
    asked: Asked, recommendation_id: str, request: ProposalRequest
) -> tuple[tuple[Told, ...], int]:
    """Nothing where the proposal was recorded; otherwise the core's sentence where it belongs."""
    try:
        propose(asked.service, asked.person, recommendation_id, request)
    except ServiceError as refusal:
        field = FIELD_OF.get(type(refusal))
        if field is None and refusal.status != CONFLICT:
            raise
        return told_by(field or "", refusal), CONFLICT if field is None else 422
    return (), 200


@router.post("/recommendations/{recommendation_id}/execution")
def post_execution(asked: FormSentNow, recommendation_id: Id, version: Text = "") -> Response:
    """Record that the approved measure was carried out."""
    stated = read_version(version)
    view = execute(asked.service, asked.person, recommendation_id, None, stated)
    return RedirectResponse(case_href(view.case_id, done="executed"), 303)


def _case(
    asked: Asked,
    case_id: str,
    before: Before | None = None,
    *,
    choose: str = "",
    status: int = 200,
) -> Response:
    file = read_case(asked.service, asked.person, case_id)
    if before is None:
        before = recall(asked, proposal_forms(file))
    view = build_case(asked, file, before, choose)
    return render(asked, "case.html", view, status=status, path=case_href(case_id))
