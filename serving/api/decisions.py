"""Recommendation, proposal, decision: the human-approval endpoint and what surrounds it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from serving.decisions import DecisionRequest, ProposalRequest, decide, propose, withdraw
from serving.dependencies import OnceNow, PersonNow, ServiceNow, check_each_once
from serving.idempotency import Once
from serving.proofs import Proof, prove_decision
from serving.recommending import read_document, read_recommendation
from serving.review import read_decision, read_proposal
from serving.stays import execute, resume, stay
from serving.tracing import (
    DecisionTrace,
    RecommendationTrace,
    read_decision_lineage,
    read_recommendation_lineage,
)
from serving.views import DecisionView, ProposalView, RecommendationView

router = APIRouter(tags=["decisions"], dependencies=[Depends(check_each_once)])
RowId = Annotated[str, Path(min_length=1, max_length=60)]
# A wide bound; what is too long for a reason is told by `grounds.check_length` in four languages.
Text = Annotated[str, Field(max_length=40_000)]
Code = Annotated[str, Field(min_length=1, max_length=80)]
Version = Annotated[int | None, Field(ge=1, description="The version that you read.")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProposalBody(_Body):
    """A ranked measure, another lawful one with reason_code and reason, or `none`."""

    measure: Code
    first_choice: Code | None = None
    reason_code: Code | None = None
    reason: Text | None = None
    version: Version = None


class DecisionBody(_Body):
    """The reviewer's decision; `ground` is a code or a cited article, `reason` is in words.

    `confirmed` names the points that the reviewer made sure of, where the client shows them.
    """

    decision: Literal["approve", "reject", "return"]
    ground: Code
    reason: Text
    version: Version = None
    confirmed: Annotated[tuple[Code, ...], Field(max_length=50)] | None = None


class ReasonBody(_Body):
    """A reason in words."""

    reason: Text
    version: Version = None


class StayBody(ReasonBody):
    """Why the recommendation is stayed."""

    ground: Code


class ExecutionBody(_Body):
    """What an officer adds when recording the execution."""

    reason: Text | None = None
    version: Version = None


def _mark_replay(response: Response, once: Once | None) -> None:
    if once is not None and once.is_replay:
        response.headers["Idempotent-Replayed"] = "true"


@router.get("/recommendations/{recommendation_id}")
def get_recommendation(
    service: ServiceNow, person: PersonNow, recommendation_id: RowId
) -> RecommendationView:
    """A stored recommendation with its proposals and history."""
    return read_recommendation(service, person, recommendation_id)


@router.get("/recommendations/{recommendation_id}/lineage")
def get_recommendation_lineage(
    service: ServiceNow, person: PersonNow, recommendation_id: RowId
) -> RecommendationTrace:
    """What the recommendation was computed from: model, law, facts, tables and their sources."""
    return read_recommendation_lineage(service, person, recommendation_id)


@router.get("/recommendations/{recommendation_id}/document")
def get_document(service: ServiceNow, person: PersonNow, recommendation_id: RowId) -> Response:
    """The canonical bytes of which `output_hash` is the SHA-256."""
    document = read_document(service, person, recommendation_id)
    return Response(document, media_type="application/json")


@router.post("/recommendations/{recommendation_id}/proposals", status_code=201)
def post_proposal(
    response: Response,
    service: ServiceNow,
    person: PersonNow,
    recommendation_id: RowId,
    body: ProposalBody,
    once: OnceNow,
) -> ProposalView:
    """Propose a measure for another person to decide on."""
    request = ProposalRequest(**body.model_dump())
    view = propose(service, person, recommendation_id, request, once)
    _mark_replay(response, once)
    response.headers["Location"] = f"/api/v1/proposals/{view.id}"
    return view


@router.post("/recommendations/{recommendation_id}/stay", status_code=201)
def post_stay(
    service: ServiceNow, person: PersonNow, recommendation_id: RowId, body: StayBody
) -> RecommendationView:
    """Stay an open recommendation: suspension, deferral, guarantee deposit."""
    return stay(service, person, recommendation_id, body.ground, body.reason, body.version)


@router.post("/recommendations/{recommendation_id}/resumption", status_code=201)
def post_resumption(
    service: ServiceNow, person: PersonNow, recommendation_id: RowId, body: ReasonBody
) -> RecommendationView:
    """Take a stayed recommendation back to the state that it had."""
    return resume(service, person, recommendation_id, body.reason, body.version)


@router.post("/recommendations/{recommendation_id}/execution", status_code=201)
def post_execution(
    service: ServiceNow, person: PersonNow, recommendation_id: RowId, body: ExecutionBody
) -> RecommendationView:
    """Record that the approved measure was carried out."""
    return execute(service, person, recommendation_id, body.reason, body.version)


@router.get("/proposals/{proposal_id}")
def get_proposal(service: ServiceNow, person: PersonNow, proposal_id: RowId) -> ProposalView:
    """A proposal with its decision, if there is one."""
    return read_proposal(service, person, proposal_id)[0]


@router.post("/proposals/{proposal_id}/decision", status_code=201)
def post_decision(
    response: Response,
    service: ServiceNow,
    person: PersonNow,
    proposal_id: RowId,
    body: DecisionBody,
    once: OnceNow,
) -> DecisionView:
    """Approve, reject or return a proposal of another person, on a stated ground."""
    view = decide(service, person, proposal_id, DecisionRequest(**body.model_dump()), once)
    _mark_replay(response, once)
    response.headers["Location"] = f"/api/v1/decisions/{view.id}"
    return view


@router.post("/proposals/{proposal_id}/withdrawal", status_code=201)
def post_withdrawal(
    service: ServiceNow, person: PersonNow, proposal_id: RowId, body: ReasonBody
) -> ProposalView:
    """Take back your own proposal."""
    return withdraw(service, person, proposal_id, body.reason, body.version)


@router.get("/decisions/{decision_id}")
def get_decision(service: ServiceNow, person: PersonNow, decision_id: RowId) -> DecisionView:
    """A recorded decision."""
    return read_decision(service, person, decision_id)


@router.get("/decisions/{decision_id}/proof")
def get_proof(service: ServiceNow, person: PersonNow, decision_id: RowId) -> Proof:
    """The proof that the decision's entry is in the signed ledger."""
    return prove_decision(service, person, decision_id)


@router.get("/decisions/{decision_id}/lineage")
def get_lineage(service: ServiceNow, person: PersonNow, decision_id: RowId) -> DecisionTrace:
    """What the decision rests on, down to the delivered files and their hashes."""
    return read_decision_lineage(service, person, decision_id)
