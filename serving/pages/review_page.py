"""The reviewer's queue, one proposal, and the decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

from fastapi import APIRouter, Path
from starlette.responses import RedirectResponse, Response

from serving.decisions import DecisionRequest, decide, withdraw
from serving.errors import (
    GroundRequiredError,
    NoLongerLawfulError,
    ReasonRequiredError,
    SeniorRequiredError,
    ServiceError,
)
from serving.pages.addresses import case_href, decision_href, review_href
from serving.pages.asking import AskedNow, FormSentNow, Text
from serving.pages.propose_form import has_words
from serving.pages.rendering import Asked, render
from serving.pages.review_view import build_queue, build_review
from serving.pages.session_pages import home_of
from serving.pages.views import Problem
from serving.review import list_proposals, read_proposal
from serving.states import DECIDED_BY_REVIEWER, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter()
Id = Annotated[str, Path(min_length=1, max_length=200)]
Choice = Literal["approve", "reject", "return"]
FIELD_OF: dict[type[ServiceError], str] = {
    GroundRequiredError: "ground",
    ReasonRequiredError: "reason",
    NoLongerLawfulError: "decision",
    SeniorRequiredError: "decision",
}


@router.get("/review")
def get_queue(asked: AskedNow) -> Response:
    """Proposals that wait for a decision."""
    if asked.person.role is Role.ANALYST:
        return RedirectResponse(home_of(asked.person), 303)
    proposals = list_proposals(asked.service, asked.person)
    return render(asked, "review_queue.html", build_queue(asked, proposals))


@router.get("/review/{proposal_id}")
def get_review(asked: AskedNow, proposal_id: Id) -> Response:
    """One proposal with all that a decision needs."""
    return _review(asked, proposal_id, {})


@router.post("/review/{proposal_id}")
def post_decision(
    asked: FormSentNow,
    proposal_id: Id,
    decision: Text = "",
    ground: Text = "",
    reason: Text = "",
    version: Text = "",
) -> Response:
    """Record the decision, or show the form again with what is missing and all that was typed."""
    typed = {"decision": decision, "ground": ground, "reason": reason, "version": version}
    problems = _missing(asked, typed)
    if problems:
        return _review(asked, proposal_id, typed, problems)
    request = DecisionRequest(
        decision=cast("Choice", decision),
        ground=ground,
        reason=reason,
        version=int(version) if version.isdigit() else None,
    )
    try:
        recorded = decide(asked.service, asked.person, proposal_id, request)
    except ServiceError as refusal:
        field = FIELD_OF.get(type(refusal))
        if field is None:
            raise
        told = (Problem(field, asked.voice.says(refusal.texts)),)
        return _review(asked, proposal_id, typed, told)
    return RedirectResponse(decision_href(recorded.id, done="decided"), 303)


@router.post("/review/{proposal_id}/withdrawal")
def post_withdrawal(asked: FormSentNow, proposal_id: Id, withdraw_reason: Text = "") -> Response:
    """The proposer takes the proposal back."""
    if not has_words(withdraw_reason):
        problem = Problem("withdraw_reason", asked.voice("review.missing_reason"))
        typed = {"withdraw_reason": withdraw_reason}
        return _review(asked, proposal_id, typed, withdraw_problems=(problem,))
    view = withdraw(asked.service, asked.person, proposal_id, withdraw_reason)
    return RedirectResponse(case_href(view.case_id, done="withdrawn"), 303)


def _missing(asked: Asked, typed: Mapping[str, str]) -> tuple[Problem, ...]:
    t, found = asked.voice, []
    if typed["decision"] not in [action.value for action in DECIDED_BY_REVIEWER]:
        found.append(Problem("decision", t("review.missing_decision")))
    if not typed["ground"]:
        found.append(Problem("ground", t("review.missing_ground")))
    if not has_words(typed["reason"]):
        found.append(Problem("reason", t("review.missing_reason")))
    return tuple(found)


def _review(
    asked: Asked,
    proposal_id: str,
    typed: Mapping[str, str],
    problems: tuple[Problem, ...] = (),
    withdraw_problems: tuple[Problem, ...] = (),
) -> Response:
    proposal, stored = read_proposal(asked.service, asked.person, proposal_id)
    view = build_review(asked, proposal, stored, typed, problems, withdraw_problems)
    status = 422 if problems or withdraw_problems else 200
    return render(asked, "review_one.html", view, status=status, path=review_href(proposal_id))
