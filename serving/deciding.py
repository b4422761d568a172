"""A reviewer decides on another person's proposal: the human-approval step."""

import secrets
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from serving.checks import check_version, find_measure
from serving.confirming import check_confirmed, check_own_confirmations
from serving.desk import LawAnswer
from serving.errors import (
    NoLongerLawfulError,
)
from serving.grounds import check_ground, clean_reason
from serving.idempotency import Once, find_answer, keep_answer
from serving.law_answers import law_facts, law_json, law_sentence
from serving.people import Person
from serving.permissions import check_decide
from serving.reading import (
    get_proposal,
)
from serving.recording import Step, record_transition
from serving.service import Service
from serving.states import Action, State
from serving.store.models import Decision, Proposal, Recommendation
from serving.views import DecisionView, view_decision
from serving.wording import each, say_date

_DECISIONS = TypeAdapter(DecisionView)


@dataclass(frozen=True)
class DecisionRequest:
    """What a reviewer decides, with the stated ground.

    `confirmed` are the points that the reviewer made sure of (see `serving.confirming`); None where
    the client does not know them.
    """

    decision: Literal["approve", "reject", "return"]
    ground: str
    reason: str
    version: int | None = None
    confirmed: tuple[str, ...] | None = None


def decide(
    service: Service,
    person: Person,
    proposal_id: str,
    request: DecisionRequest,
    once: Once | None = None,
) -> DecisionView:
    """The reviewer's decision just recorded: the human-approval step.

    Two different people, a stated ground, and for an approval the law again on the working day.

    Raises:
        ServiceError: refused with its sentence; nothing was changed.
    """
    action = Action(request.decision)
    with service.store.reading() as session:
        if answered := find_answer(session, once):
            return _DECISIONS.validate_json(answered)
        proposal = get_proposal(session, proposal_id)
        row = proposal.recommendation
        _check_decision(service, person, row, proposal, action)
        check_version(service, row, request.version)
    decision = _build_decision(service, person, proposal, request)
    with service.store.writing() as session:
        if answered := find_answer(session, once):
            return _DECISIONS.validate_json(answered)
        view = _record_decision(service, session, person, decision, row.version)
        keep_answer(session, once, _DECISIONS.dump_json(view), decision.decided_at)
    service.metrics.transitions.labels(action.value).inc()
    service.publish()
    return view


def _check_decision(
    service: Service, person: Person, row: Recommendation, proposal: Proposal, action: Action
) -> State:
    changed = service.local_time(row.changed_at)
    measure = find_measure(service, proposal.measure)
    return check_decide(person, row, proposal, action, measure, changed)


def _build_decision(
    service: Service, person: Person, proposal: Proposal, request: DecisionRequest
) -> Decision:
    ground, reason = check_ground(request.ground), clean_reason(request.reason)
    law = None
    confirmed = request.confirmed
    if confirmed:
        measure = find_measure(service, proposal.measure)
        check_own_confirmations(proposal.measure, measure, confirmed)
    if request.decision == "approve":
        law = check_still_lawful(service, proposal)
        check_confirmed(law, find_measure(service, proposal.measure), confirmed)
    return Decision(
        id=f"dec_{secrets.token_hex(12)}",
        proposal_id=proposal.id,
        recommendation_id=proposal.recommendation_id,
        account_id=person.account_id,
        decider_person_id=person.person_id,
        proposer_person_id=proposal.person_id,
        decision=request.decision,
        ground=ground,
        reason=reason,
        law=law_json(law, confirmed),
        working_day=service.require_desk().working_day,
        decided_at=service.now(),
    )


def check_still_lawful(service: Service, proposal: Proposal) -> LawAnswer | None:
    """The law's answer on the working day; raises `NoLongerLawfulError` unless lawful."""
    measure = find_measure(service, proposal.measure)
    if measure is None:
        return None
    desk = service.require_desk()
    law = desk.judge(proposal.recommendation.case_id, measure.id)
    if not law.is_lawful:
        on = each(lambda language: say_date(desk.working_day, language))
        raise NoLongerLawfulError(measure=measure.names, on=on, ground=law_sentence(law))
    return law


def _record_decision(
    service: Service, session: Session, person: Person, decision: Decision, version_read: int
) -> DecisionView:
    proposal = get_proposal(session, decision.proposal_id)
    row, action = proposal.recommendation, Action(decision.decision)
    after = _check_decision(service, person, row, proposal, action)
    check_version(service, row, version_read)
    step = Step(
        action=action.value,
        to_state=after.value,
        person=person,
        at=decision.decided_at,
        ground=decision.ground,
        reason=decision.reason,
        proposal_id=proposal.id,
        decision_id=decision.id,
        facts={"measure": proposal.measure, "law": law_facts(decision.law)},
    )
    decision.ledger_index = record_transition(session, row, step).ledger_index
    session.add(decision)
    session.flush()
    recorded = session.scalars(select(Decision).where(Decision.id == decision.id)).one()
    return view_decision(recorded, row)
