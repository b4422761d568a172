"""An officer proposes a ranked measure, another lawful one, or none; or takes it back."""

import secrets
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from law.catalogue import Measure
from serving.checks import check_version, find_measure
from serving.desk import CANNOT_TELL, NO_MEASURE, LawAnswer
from serving.errors import (
    ChangedMeanwhileError,
    MeasureNotLawfulError,
    MeasureUntoldError,
    SupersededError,
)
from serving.first_choices import settle_first_choice
from serving.grounds import check_override_reason, check_reason_code, clean_reason
from serving.idempotency import Once, find_answer, keep_answer
from serving.law_answers import law_facts, law_json, law_sentence
from serving.people import Person
from serving.permissions import check_act, check_withdraw
from serving.reading import (
    get_proposal,
    get_recommendation,
    newest_recommendation_id,
    ranked_measures,
)
from serving.recording import Step, record_transition
from serving.service import Service
from serving.states import Action, State
from serving.store.models import Proposal, Recommendation
from serving.views import ProposalView, view_proposal

_PROPOSALS = TypeAdapter(ProposalView)


@dataclass(frozen=True)
class ProposalRequest:
    """What an officer proposes; `version` is the one that was read, where the client knows it.

    `first_choice` must agree with the one that was made before the ranking was shown; where none
    was made it is kept (see `serving.first_choices`).
    """

    measure: str
    first_choice: str | None = None
    reason_code: str | None = None
    reason: str | None = None
    version: int | None = None


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
    check = check_reason_code if kind == "ranked" else check_override_reason
    reason_code = check(request.reason_code)
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
        reason_code=reason_code,
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
    proposal.first_choice = settle_first_choice(
        service, session, person, row.id, proposal.first_choice
    )
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
