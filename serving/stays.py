"""Staying, resuming and executing: what happens around a decision, with its ground."""

from serving.checks import check_version
from serving.grounds import STAY_GROUNDS, check_ground, clean_reason
from serving.people import Person
from serving.permissions import check_act
from serving.reading import get_recommendation
from serving.recording import Step, record_transition
from serving.service import Service
from serving.states import Action
from serving.views import RecommendationView, view_recommendation


def stay(
    service: Service,
    person: Person,
    recommendation_id: str,
    ground: str,
    reason: str,
    version: int | None = None,
) -> RecommendationView:
    """The recommendation, stayed on a ground of STAY_GROUNDS or a cited article."""
    stated, text = check_ground(ground, STAY_GROUNDS), clean_reason(reason)
    return _move(service, person, recommendation_id, Action.STAY, stated, text, version)


def resume(
    service: Service,
    person: Person,
    recommendation_id: str,
    reason: str,
    version: int | None = None,
) -> RecommendationView:
    """The recommendation, back in the state from which it was stayed."""
    text = clean_reason(reason)
    return _move(service, person, recommendation_id, Action.RESUME, None, text, version)


def execute(
    service: Service,
    person: Person,
    recommendation_id: str,
    reason: str | None = None,
    version: int | None = None,
) -> RecommendationView:
    """The recommendation, recorded as executed by an officer."""
    text = clean_reason(reason) if reason else None
    return _move(service, person, recommendation_id, Action.EXECUTE, None, text, version)


def _move(
    service: Service,
    person: Person,
    recommendation_id: str,
    action: Action,
    ground: str | None,
    reason: str | None,
    version: int | None,
) -> RecommendationView:
    with service.store.writing() as session:
        row = get_recommendation(session, recommendation_id)
        check_version(service, row, version)
        after = check_act(person, row, action)
        row.stayed_from = row.state if action is Action.STAY else None
        step = Step(
            action=action.value,
            to_state=after.value,
            person=person,
            at=service.now(),
            ground=ground,
            reason=reason,
            proposal_id=row.current_proposal_id,
        )
        record_transition(session, row, step)
        view = view_recommendation(session, row)
    service.metrics.transitions.labels(action.value).inc()
    service.publish()
    return view
