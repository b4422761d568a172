"""One case: reading it, asking for a recommendation, proposing a measure, carrying it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import RedirectResponse, Response

from serving.case_addresses import CASE_ID
from serving.casefile import read_case
from serving.decisions import ProposalRequest, propose
from serving.errors import (
    MeasureNotLawfulError,
    MeasureUntoldError,
    OverrideReasonRequiredError,
    ReasonRequiredError,
    ServiceError,
    UnknownMeasureError,
)
from serving.pages.addresses import case_href
from serving.pages.asking import AskedNow, FormSentNow, Text
from serving.pages.case_view import build_case
from serving.pages.propose_form import find_problems
from serving.pages.rendering import Asked, render
from serving.pages.views import Problem
from serving.recommending import read_recommendation, recommend_case
from serving.stays import execute

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter()
Id = Annotated[str, Path(min_length=1, max_length=200)]
Wish = Annotated[str, Query(max_length=60)]
FIELD_OF: dict[type[ServiceError], str] = {
    MeasureNotLawfulError: "measure",
    MeasureUntoldError: "measure",
    UnknownMeasureError: "measure",
    OverrideReasonRequiredError: "reason_code",
    ReasonRequiredError: "reason",
}


@router.get(f"/cases/{CASE_ID}")
def get_case_page(
    asked: AskedNow, case_id: Id, choose: Wish = "", first_choice: Wish = ""
) -> Response:
    """The case with what is known, what is recommended and what to do."""
    typed = {"choose": choose, "first_choice": known_measure(asked, first_choice)}
    return _case(asked, case_id, typed)


def known_measure(asked: Asked, measure: str) -> str:
    """The measure if the catalogue has it, otherwise nothing."""
    return measure if measure in asked.service.require_desk().measures() else ""


@router.post(f"/cases/{CASE_ID}/recommendations")
def post_recommendation(asked: FormSentNow, case_id: Id, own_choice: Text = "") -> Response:
    """Ask the recipe; the officer's own choice before it goes along to the proposal."""
    recommend_case(asked.service, asked.person, case_id)
    first_choice = known_measure(asked, own_choice)
    return RedirectResponse(case_href(case_id, first_choice=first_choice) + "#recommendation", 303)


@router.post("/recommendations/{recommendation_id}/proposals")
def post_proposal(
    asked: FormSentNow,
    recommendation_id: Id,
    measure: Text = "",
    reason_code: Text = "",
    reason: Text = "",
    first_choice: Text = "",
    version: Text = "",
) -> Response:
    """Record the proposal, or show the form again with what is missing and all that was typed."""
    stored = read_recommendation(asked.service, asked.person, recommendation_id)
    typed = {
        "measure": measure,
        "reason_code": reason_code,
        "reason": reason,
        "first_choice": known_measure(asked, first_choice),
        "version": version,
    }
    problems = find_problems(asked, stored, typed) or _send(asked, recommendation_id, typed)
    if problems:
        return _case(asked, stored.case_id, typed, problems)
    return RedirectResponse(case_href(stored.case_id, done="proposed"), 303)


def _send(asked: Asked, recommendation_id: str, typed: Mapping[str, str]) -> tuple[Problem, ...]:
    """Nothing where the proposal was recorded; otherwise the core's sentence at its field."""
    request = ProposalRequest(
        measure=typed["measure"],
        first_choice=typed["first_choice"] or None,
        reason_code=typed["reason_code"] or None,
        reason=typed["reason"] or None,
        version=int(typed["version"]) if typed["version"].isdigit() else None,
    )
    try:
        propose(asked.service, asked.person, recommendation_id, request)
    except ServiceError as refusal:
        field = FIELD_OF.get(type(refusal))
        if field is None:
            raise
        return (Problem(field, asked.voice.says(refusal.texts)),)
    return ()


@router.post("/recommendations/{recommendation_id}/execution")
def post_execution(asked: FormSentNow, recommendation_id: Id, version: Text = "") -> Response:
    """Record that the approved measure was carried out."""
    read_version = int(version) if version.isdigit() else None
    view = execute(asked.service, asked.person, recommendation_id, None, read_version)
    return RedirectResponse(case_href(view.case_id, done="executed"), 303)


def _case(
    asked: Asked, case_id: str, typed: Mapping[str, str], problems: tuple[Problem, ...] = ()
) -> Response:
    file = read_case(asked.service, asked.person, case_id)
    view = build_case(asked, file, typed, problems)
    status = 422 if problems else 200
    return render(asked, "case.html", view, status=status, path=case_href(case_id))
