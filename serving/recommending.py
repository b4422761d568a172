"""Asking the recipe for one case, and keeping its bytes."""

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from serving.desk import Desk, Recommended
from serving.errors import NotFoundError, OpenProposalError
from serving.first_choices import OwnChoice, keep_first_choice
from serving.ledger_fields import RECOMMEND
from serving.people import Person
from serving.permissions import check_may_recommend, check_office
from serving.reading import CASE, get_recommendation
from serving.recording import Step, record_transition
from serving.service import Service
from serving.states import STATE_NAMES, State
from serving.store.models import Recommendation
from serving.views import RecommendationView, view_recommendation

_UNFINISHED = (State.PROPOSED, State.RETURNED, State.APPROVED, State.STAYED)


def recommend_case(
    service: Service, person: Person, case_id: str, own_choice: OwnChoice | None = None
) -> tuple[RecommendationView, bool]:
    """The case's recommendation for the working day, and whether it is a new one.

    The same recipe as in the batch gives the same bytes; where they are stored already as the
    newest recommendation and nobody has proposed on it, that one is answered. What the person
    would choose before seeing it is kept in the same transaction.

    Raises:
        ServiceError: role, office, unknown case, an unfinished proposal, no model, no answer.
    """
    desk = service.require_desk()
    check_may_recommend(person)
    check_case(desk, person, case_id)
    with service.store.reading() as session:
        check_nothing_unfinished(session, case_id)
    recommended = desk.recommend(case_id)
    with service.store.writing() as session:
        check_nothing_unfinished(session, case_id)
        row, is_new = _find_or_add(service, session, person, recommended)
        if own_choice is not None:
            keep_first_choice(service, session, person, row.id, own_choice)
        view = view_recommendation(session, row)
    if is_new:
        service.metrics.transitions.labels(RECOMMEND).inc()
        service.publish()
    return view, is_new


def check_case(desk: Desk, person: Person, case_id: str) -> str:
    """The office of a known case for which the person has a right."""
    office = desk.office_of(case_id)
    if office is None:
        raise NotFoundError(thing=CASE)
    check_office(person, office)
    return office


def check_nothing_unfinished(session: Session, case_id: str) -> None:
    """Raise `OpenProposalError` where a proposal or an approved measure is not finished."""
    state = session.scalar(
        select(Recommendation.state).where(
            Recommendation.case_id == case_id, Recommendation.state.in_(_UNFINISHED)
        )
    )
    if state is not None:
        raise OpenProposalError(state=STATE_NAMES[State(state)])


def _find_or_add(
    service: Service, session: Session, person: Person, recommended: Recommended
) -> tuple[Recommendation, bool]:
    newest = session.scalar(
        select(Recommendation)
        .where(Recommendation.case_id == recommended.case_id)
        .order_by(Recommendation.created_at.desc(), Recommendation.id.desc())
        .limit(1)
    )
    output_hash = hashlib.sha256(recommended.document).hexdigest()
    if newest and newest.state == State.RECOMMENDED and newest.output_hash == output_hash:
        return newest, False
    row = _row(service, person, recommended, output_hash)
    session.add(row)
    session.flush()
    step = Step(
        action=RECOMMEND,
        to_state=State.RECOMMENDED.value,
        person=person,
        at=row.created_at,
        facts={"abstained": row.abstained, "n_ranked": len(recommended.ranked)},
    )
    record_transition(session, row, step, is_first=True)
    return row, True


def _row(
    service: Service, person: Person, recommended: Recommended, output_hash: str
) -> Recommendation:
    desk, now = service.require_desk(), service.now()
    return Recommendation(
        id=f"rec_{secrets.token_hex(12)}",
        case_id=recommended.case_id,
        office=desk.office_of(recommended.case_id) or "",
        as_of_date=recommended.as_of_date,
        document=recommended.document,
        output_hash=output_hash,
        input_hash=recommended.input_hash,
        model_version=recommended.model_version,
        law_version=recommended.law_version,
        source_hash=desk.source_hash,
        tables_folder=desk.tables_folder,
        top=desk.top,
        legal_order=desk.legal_order,
        abstained=recommended.abstained,
        best_measure=recommended.ranked[0] if recommended.ranked else None,
        best_expected_net_som=recommended.best_expected_net_som,
        state=State.RECOMMENDED.value,
        stayed_from=None,
        version=1,
        current_proposal_id=None,
        created_by=person.account_id,
        created_at=now,
        changed_at=now,
    )


def read_recommendation(
    service: Service, person: Person, recommendation_id: str
) -> RecommendationView:
    """A stored recommendation of an office for which the person has a right."""
    with service.store.reading() as session:
        row = get_recommendation(session, recommendation_id)
        check_office(person, row.office)
        return view_recommendation(session, row)


def read_document(service: Service, person: Person, recommendation_id: str) -> bytes:
    """The bytes that the recipe gave, exactly."""
    with service.store.reading() as session:
        row = get_recommendation(session, recommendation_id)
        check_office(person, row.office)
        return row.document
