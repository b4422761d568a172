"""From a recommendation to a recorded human decision: propose, decide, withdraw.

Every change has the same shape: read and check what can be refused at once, ask the law (outside
any lock), then in one writing transaction check again, change the state and append to the ledger.
Between reading and writing somebody else may have acted: then nothing is changed and
`ChangedMeanwhileError` tells when.
"""

import secrets
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from law.catalogue import Measure
from serving.desk import CANNOT_TELL, NO_MEASURE, LawAnswer
from serving.errors import (
    ChangedMeanwhileError,
    MeasureNotLawfulError,
    MeasureUntoldError,
    NoLongerLawfulError,
    SupersededError,
    UnknownMeasureError,
)
from serving.grounds import check_ground, check_override_reason, clean_reason
from serving.idempotency import Once, find_answer, keep_answer
from serving.law_answers import law_facts, law_json, law_sentence
from serving.people import Person
from serving.permissions import check_act, check_decide, check_withdraw
from serving.reading import (
    get_proposal,
    get_recommendation,
    newest_recommendation_id,
    ranked_measures,
)
from serving.recording import Step, record_transition
from serving.service import Service
from serving.states import Action, State
from serving.store.models import Decision, Proposal, Recommendation
from serving.views import DecisionView, ProposalView, view_decision, view_proposal
from serving.wording import each, say_date

_DECISIONS = TypeAdapter(DecisionView)
_PROPOSALS = TypeAdapter(ProposalView)


@dataclass(frozen=True)
class ProposalRequest:
    """What an officer proposes; `version` is the one that was read, where the client knows it."""

    measure: str
    first_choice: str | None = None
    reason_code: str | None = None
    reason: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class DecisionRequest:
    """What a reviewer decides, with the stated ground."""

    decision: Literal["approve", "reject", "return"]
    ground: str
    reason: str
    version: int | None = None


def check_version(service: Service, row: Recommendation, version: int | None) -> None:
    """Raise `ChangedMeanwhileError` where the recommendation is not the one that was read."""
    if version is not None and row.version != version:
        raise ChangedMeanwhileError(time=service.local_time(row.changed_at))


def find_measure(service: Service, measure: str) -> Measure | None:
    """The catalogue's facts of a measure, None for no measure; raises `UnknownMeasureError`."""
    if measure == NO_MEASURE:
        return None
    found = service.require_desk().measures().get(measure)
    if found is None:
        raise UnknownMeasureError(measure=measure[:60])
    return found


# -- propose ------------------------------------------------------------------------------------


def propose(
    service: Service,
    person: Person,
    recommendation_id: str,
    request: ProposalRequest,
    once: Once | None = None,
) -> ProposalView:
    """The proposal just made: a ranked measure, another lawful one with a reason, or none.

    Raises:
        ServiceError: refused with its sentence; nothing was changed.
    """
    with service.store.reading() as session:
        if answered := find_answer(session, once):
            return _PROPOSALS.validate_json(answered)
        row = get_recommendation(session, recommendation_id)
        check_version(service, row, request.version)
        check_propose(session, person, row)
    proposal = _build_proposal(service, person, row, request)
    with service.store.writing() as session:
        if answered := find_answer(session, once):
            return _PROPOSALS.validate_json(answered)
        view = _record_proposal(service, session, person, proposal, row.version)
        keep_answer(session, once, _PROPOSALS.dump_json(view), proposal.created_at)
    service.metrics.transitions.labels(Action.PROPOSE.value).inc()
    service.publish()
    return view


def check_propose(session: Session, person: Person, row: Recommendation) -> None:
    """Raise unless the person may propose on this recommendation now."""
    check_act(person, row, Action.PROPOSE)
    if newest_recommendation_id(session, row.case_id) != row.id:
        raise SupersededError


def check_may_propose(service: Service, person: Person, recommendation_id: str) -> None:
    """Raise what would refuse a proposal now; its sentence stands beside the disabled button."""
    with service.store.reading() as session:
        check_propose(session, person, get_recommendation(session, recommendation_id))


def _build_proposal(
    service: Service, person: Person, row: Recommendation, request: ProposalRequest
) -> Proposal:
    measure = find_measure(service, request.measure)
    if request.first_choice is not None:
        find_measure(service, request.first_choice)
    ranked = ranked_measures(row)
    kind = _kind_of(request.measure, ranked)
    if kind != "ranked":
        check_override_reason(request.reason_code)
    reason = clean_reason(request.reason) if kind != "ranked" or request.reason else None
    law = _check_lawful_to_propose(service, row, measure)
    return Proposal(
        id=f"pro_{secrets.token_hex(12)}",
        recommendation_id=row.id,
        account_id=person.account_id,
        person_id=person.person_id,
        measure=request.measure,
        kind=kind,
        rank=ranked.index(request.measure) + 1 if kind == "ranked" else None,
        first_choice=request.first_choice,
        reason_code=request.reason_code,
        reason=reason,
        law=law_json(law),
        working_day=service.require_desk().working_day,
        created_at=service.now(),
    )


def _kind_of(measure: str, ranked: tuple[str, ...]) -> str:
    if measure == NO_MEASURE:
        return "none"
    return "ranked" if measure in ranked else "override"


def _check_lawful_to_propose(
    service: Service, row: Recommendation, measure: Measure | None
) -> LawAnswer | None:
    if measure is None:
        return None
    law = service.require_desk().judge(row.case_id, measure.id)
    if law.verdict == CANNOT_TELL:
        raise MeasureUntoldError(measure=measure.names, ground=law_sentence(law))
    if not law.is_lawful:
        raise MeasureNotLawfulError(measure=measure.names, ground=law_sentence(law))
    return law


def _record_proposal(
    service: Service, session: Session, person: Person, proposal: Proposal, version_read: int
) -> ProposalView:
    row = get_recommendation(session, proposal.recommendation_id)
    check_version(service, row, version_read)
    check_propose(session, person, row)
    session.add(proposal)
    session.flush()
    row.current_proposal_id = proposal.id
    step = Step(
        action=Action.PROPOSE.value,
        to_state=State.PROPOSED.value,
        person=person,
        at=proposal.created_at,
        ground=proposal.reason_code,
        reason=proposal.reason,
        proposal_id=proposal.id,
        facts={
            "measure": proposal.measure,
            "kind": proposal.kind,
            "rank": proposal.rank,
            "law": law_facts(proposal.law),
        },
    )
    record_transition(session, row, step)
    return view_proposal(session, get_proposal(session, proposal.id))


# -- decide -------------------------------------------------------------------------------------


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
    if request.decision == "approve":
        law = check_still_lawful(service, proposal)
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
        law=law_json(law),
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


# -- withdraw -----------------------------------------------------------------------------------


def withdraw(
    service: Service,
    person: Person,
    proposal_id: str,
    reason: str,
    version: int | None = None,
) -> ProposalView:
    """The proposal after its proposer took it back, with a reason."""
    text = clean_reason(reason)
    with service.store.writing() as session:
        proposal = get_proposal(session, proposal_id)
        row = proposal.recommendation
        if row.current_proposal_id != proposal.id:
            raise ChangedMeanwhileError(time=service.local_time(row.changed_at))
        check_version(service, row, version)
        after = check_withdraw(person, row, proposal)
        step = Step(
            action=Action.WITHDRAW.value,
            to_state=after.value,
            person=person,
            at=service.now(),
            reason=text,
            proposal_id=proposal.id,
        )
        record_transition(session, row, step)
        view = view_proposal(session, proposal)
    service.metrics.transitions.labels(Action.WITHDRAW.value).inc()
    service.publish()
    return view
