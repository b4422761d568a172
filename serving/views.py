"""What the API and the pages show of the store's rows: plain frozen facts, ready for JSON."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from serving.store.models import Decision, Proposal, Recommendation, Transition


@dataclass(frozen=True)
class TransitionView:
    """One change of state: who, when, from where to where, on which ground."""

    version: int
    action: str
    from_state: str | None
    to_state: str
    by: str
    at: datetime
    ground: str | None
    reason: str | None
    proposal_id: str | None
    decision_id: str | None
    ledger_index: int


@dataclass(frozen=True)
class DecisionView:
    """A reviewer's decision with its ground, its law and its place in the ledger."""

    id: str
    proposal_id: str
    recommendation_id: str
    case_id: str
    measure: str
    decision: Literal["approve", "reject", "return"]
    ground: str
    reason: str
    proposed_by: str
    decided_by: str
    decided_at: datetime
    working_day: date
    law: dict[str, object]
    ledger_index: int
    output_hash: str
    input_hash: str
    model_version: str
    law_version: str
    source_hash: str


@dataclass(frozen=True)
class ProposalView:
    """An officer's proposal, where it stands, and the decision on it if there is one."""

    id: str
    recommendation_id: str
    case_id: str
    office: str
    measure: str
    kind: Literal["ranked", "override", "none"]
    rank: int | None
    first_choice: str | None
    reason_code: str | None
    reason: str | None
    proposed_by: str
    proposer_account_id: str
    proposed_at: datetime
    working_day: date
    law: dict[str, object]
    state: str  # of its recommendation
    version: int  # of its recommendation: send it back with a decision
    is_current: bool
    decision: DecisionView | None


@dataclass(frozen=True)
class RecommendationView:
    """A stored recommendation: the recipe's document, its versions and hashes, its history."""

    id: str
    case_id: str
    office: str
    as_of_date: date
    state: str
    stayed_from: str | None
    version: int
    created_at: datetime
    changed_at: datetime
    output_hash: str
    input_hash: str
    model_version: str
    law_version: str
    source_hash: str
    legal_order: str
    abstained: bool
    document: dict[str, object]
    proposals: list[ProposalView]
    history: list[TransitionView]
    current_proposal_id: str | None


def view_decision(row: Decision, recommendation: Recommendation) -> DecisionView:
    """The decision as shown."""
    return DecisionView(
        id=row.id,
        proposal_id=row.proposal_id,
        recommendation_id=row.recommendation_id,
        case_id=recommendation.case_id,
        measure=row.proposal.measure,
        decision=row.decision,  # type: ignore[arg-type]  # the state table writes only these
        ground=row.ground,
        reason=row.reason,
        proposed_by=row.proposal.account.display_name,
        decided_by=row.account.display_name,
        decided_at=row.decided_at,
        working_day=row.working_day,
        law=row.law,
        ledger_index=row.ledger_index,
        output_hash=recommendation.output_hash,
        input_hash=recommendation.input_hash,
        model_version=recommendation.model_version,
        law_version=recommendation.law_version,
        source_hash=recommendation.source_hash,
    )


def view_proposal(session: Session, row: Proposal) -> ProposalView:
    """The proposal as shown, with its decision."""
    recommendation = row.recommendation
    decision = session.scalar(select(Decision).where(Decision.proposal_id == row.id))
    return ProposalView(
        id=row.id,
        recommendation_id=row.recommendation_id,
        case_id=recommendation.case_id,
        office=recommendation.office,
        measure=row.measure,
        kind=row.kind,  # type: ignore[arg-type]  # `propose` writes only these
        rank=row.rank,
        first_choice=row.first_choice,
        reason_code=row.reason_code,
        reason=row.reason,
        proposed_by=row.account.display_name,
        proposer_account_id=row.account_id,
        proposed_at=row.created_at,
        working_day=row.working_day,
        law=row.law,
        state=recommendation.state,
        version=recommendation.version,
        is_current=recommendation.current_proposal_id == row.id,
        decision=view_decision(decision, recommendation) if decision else None,
    )


def view_transition(row: Transition) -> TransitionView:
    """The change of state as shown."""
    return TransitionView(
        version=row.version,
        action=row.action,
        from_state=row.from_state,
        to_state=row.to_state,
        by=row.account.display_name,
        at=row.at,
        ground=row.ground,
        reason=row.reason,
        proposal_id=row.proposal_id,
        decision_id=row.decision_id,
        ledger_index=row.ledger_index,
    )


def view_recommendation(session: Session, row: Recommendation) -> RecommendationView:
    """The recommendation as shown, with its proposals and history in order of time."""
    proposals = select(Proposal).where(Proposal.recommendation_id == row.id)
    history = select(Transition).where(Transition.recommendation_id == row.id)
    return RecommendationView(
        id=row.id,
        case_id=row.case_id,
        office=row.office,
        as_of_date=row.as_of_date,
        state=row.state,
        stayed_from=row.stayed_from,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        output_hash=row.output_hash,
        input_hash=row.input_hash,
        model_version=row.model_version,
        law_version=row.law_version,
        source_hash=row.source_hash,
        legal_order=row.legal_order,
        abstained=row.abstained,
        document=json.loads(row.document),
        proposals=[
            view_proposal(session, proposal)
            for proposal in session.scalars(proposals.order_by(Proposal.created_at, Proposal.id))
        ],
        history=[
            view_transition(step) for step in session.scalars(history.order_by(Transition.version))
        ],
        current_proposal_id=row.current_proposal_id,
    )
