"""The reviewer's queue: proposals that wait for a decision by somebody else."""

from sqlalchemy import select

from serving.people import EVERY_OFFICE, Person
from serving.permissions import check_decide, check_office
from serving.reading import get_decision, get_proposal
from serving.service import Service
from serving.states import Action, State
from serving.store.models import Proposal, Recommendation
from serving.views import (
    DecisionView,
    ProposalView,
    RecommendationView,
    view_decision,
    view_proposal,
    view_recommendation,
)


def list_proposals(
    service: Service, person: Person, states: tuple[State, ...] = (State.PROPOSED,)
) -> list[ProposalView]:
    """Current proposals of the person's offices, the one that waits longest first."""
    waiting = (
        select(Proposal)
        .join(Recommendation, Recommendation.current_proposal_id == Proposal.id)
        .where(Recommendation.state.in_(states))
        .order_by(Proposal.created_at, Proposal.id)
    )
    if EVERY_OFFICE not in person.offices:
        waiting = waiting.where(Recommendation.office.in_(person.offices))
    with service.store.reading() as session:
        return [view_proposal(session, row) for row in session.scalars(waiting)]


def read_proposal(
    service: Service, person: Person, proposal_id: str
) -> tuple[ProposalView, RecommendationView]:
    """A proposal with its recommendation, for the decision page."""
    with service.store.reading() as session:
        row = get_proposal(session, proposal_id)
        check_office(person, row.recommendation.office)
        return view_proposal(session, row), view_recommendation(session, row.recommendation)


def check_may_decide(service: Service, person: Person, proposal_id: str, action: Action) -> None:
    """Raise what would refuse the reviewer's action before the law is asked.

    Its sentence stands beside the disabled button; use `permissions.why_not`.
    """
    with service.store.reading() as session:
        row = get_proposal(session, proposal_id)
        recommendation = row.recommendation
    measure = service.require_desk().measures().get(row.measure)
    changed = service.local_time(recommendation.changed_at)
    check_decide(person, recommendation, row, action, measure, changed)


def read_decision(service: Service, person: Person, decision_id: str) -> DecisionView:
    """A recorded decision of an office for which the person has a right."""
    with service.store.reading() as session:
        row = get_decision(session, decision_id)
        recommendation = row.proposal.recommendation
        check_office(person, recommendation.office)
        return view_decision(row, recommendation)
