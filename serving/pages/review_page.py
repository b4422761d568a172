"""The reviewer's queue, one proposal, and the decision on it."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Form, Path
from starlette.responses import RedirectResponse, Response

from serving.decisions import DecisionRequest, decide, withdraw
from serving.drafts import Told
from serving.errors import (
    ConfirmationElsewhereError,
    ConfirmationMissingError,
    GroundRequiredError,
    NoLongerLawfulError,
    ReasonRepeatsError,
    ReasonRequiredError,
    ReasonTooLongError,
    SeniorRequiredError,
    ServiceError,
    TextUnreadableError,
)
from serving.first_choices import must_choose_first
from serving.pages.addresses import case_href, decision_href, review_href
from serving.pages.asking import AskedNow, FormSentNow, Text
from serving.pages.comeback import (
    Before,
    recall,
    recorded,
    refuse,
    told_by,
    told_of_reason,
)
from serving.pages.rendering import Asked, render
from serving.pages.review_view import build_queue, build_review, seen_of
from serving.pages.seen import read_seen, what_moved
from serving.pages.session_pages import home_of
from serving.pages.versions import read_version
from serving.pages.wording import catalogue
from serving.review import list_proposals, read_proposal
from serving.states import DECIDED_BY_REVIEWER, Role

router = APIRouter()
Id = Annotated[str, Path(min_length=1, max_length=200)]
Choice = Literal["approve", "reject", "return"]
CONFLICT = 409
FIELD_OF: dict[type[ServiceError], str] = {
    GroundRequiredError: "ground",
    ReasonRequiredError: "reason",
    ReasonRepeatsError: "reason",
    ReasonTooLongError: "reason",
    TextUnreadableError: "reason",
    NoLongerLawfulError: "decision",
    SeniorRequiredError: "decision",
    ConfirmationElsewhereError: "confirmed",
    ConfirmationMissingError: "confirmed",
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
    """One proposal with all that a decision needs; its ranking comes after one's own choice."""
    proposal, stored = read_proposal(asked.service, asked.person, proposal_id)
    if must_choose_first(asked.service, asked.person, stored):
        return RedirectResponse(case_href(proposal.case_id), 303)
    return _review(asked, proposal_id)


@router.post("/review/{proposal_id}")
def post_decision(
    asked: FormSentNow,
    proposal_id: Id,
    decision: Text = "",
    ground: Text = "",
    reason: Text = "",
    version: Text = "",
    seen: Text = "",
    confirmed: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Record the decision, or show the form again with what is missing and all that was typed."""
    proposal, _ = read_proposal(asked.service, asked.person, proposal_id)
    if what_moved(asked.voice, read_seen(seen), seen_of(asked, proposal)):
        return _review(asked, proposal_id, refuse(asked, ()), CONFLICT)
    told, status = _missing(decision, ground, reason), 422
    if not told:
        request = DecisionRequest(
            decision=cast("Choice", decision),
            ground=ground,
            reason=reason,
            version=read_version(version),
            confirmed=tuple(confirmed or ()),
        )
        try:
            made = decide(asked.service, asked.person, proposal_id, request)
        except ServiceError as refusal:
            told, status = _told(refusal)
        else:
            recorded(asked, _forms(proposal_id))
            return RedirectResponse(decision_href(made.id, done="decided"), 303)
    return _review(asked, proposal_id, refuse(asked, told), status)


@router.post("/review/{proposal_id}/withdrawal")
def post_withdrawal(asked: FormSentNow, proposal_id: Id, withdraw_reason: Text = "") -> Response:
    """The proposer takes the proposal back."""
    told, status = told_of_reason("withdraw_reason", withdraw_reason, "review.missing_reason"), 422
    if not told:
        try:
            view = withdraw(asked.service, asked.person, proposal_id, withdraw_reason)
        except ServiceError as refusal:
            told, status = _told(refusal)
        else:
            recorded(asked, _forms(proposal_id))
            return RedirectResponse(case_href(view.case_id, done="withdrawn"), 303)
    return _review(asked, proposal_id, refuse(asked, told), status)


def _told(refusal: ServiceError) -> tuple[tuple[Told, ...], int]:
    """The refusal's sentence where it belongs, and the status; raises what has no place here."""
    field = FIELD_OF.get(type(refusal))
    if field is None and refusal.status != CONFLICT:
        raise refusal
    return told_by(field or "", refusal), CONFLICT if field is None else 422


def _missing(decision: str, ground: str, reason: str) -> tuple[Told, ...]:
    found = []
    if decision not in [action.value for action in DECIDED_BY_REVIEWER]:
        found.append(Told("decision", catalogue()["review.missing_decision"]))
    if not ground:
        found.append(Told("ground", catalogue()["review.missing_ground"]))
    found.extend(told_of_reason("reason", reason, "review.missing_reason"))
    return tuple(found)


def _forms(proposal_id: str) -> tuple[str, str]:
    """The addresses that take a text about a proposal."""
    return review_href(proposal_id), f"{review_href(proposal_id)}/withdrawal"


def _review(
    asked: Asked, proposal_id: str, before: Before | None = None, status: int = 200
) -> Response:
    proposal, stored = read_proposal(asked.service, asked.person, proposal_id)
    if before is None:
        before = recall(asked, _forms(proposal_id))
    view = build_review(asked, proposal, stored, before)
    return render(asked, "review_one.html", view, status=status, path=review_href(proposal_id))
