"""The measure that a person would choose before seeing the ranking, said once and never changed.

It is kept per recommendation and per person: each officer who opens a ranking is asked first, two
accounts of one person once. Where nothing is kept (a program asked for the recommendation), the
first choice that comes with a proposal is kept.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registers.texts import Texts
from serving.checks import find_measure
from serving.errors import FirstChoiceSkippedError, FirstChoiceStandsError
from serving.people import Person
from serving.permissions import check_may_recommend, check_office
from serving.reading import get_recommendation
from serving.service import Service
from serving.states import Role, State
from serving.store.models import FirstChoice
from serving.views import RecommendationView

NO_MEASURE_NAMES = Texts("chorasiz", "чорасиз", "без меры", "no measure")
BEFORE_A_PROPOSAL = (State.RECOMMENDED, State.PROPOSED, State.RETURNED)


@dataclass(frozen=True)
class OwnChoice:
    """What a person says before looking: a measure, or no view yet."""

    measure: str | None


def state_first_choice(
    service: Service, person: Person, recommendation_id: str, choice: OwnChoice
) -> None:
    """Keep what the person says before the ranking is shown.

    Raises:
        ServiceError: role, office, unknown measure, or another choice was made before.
    """
    check_may_recommend(person)
    with service.store.writing() as session:
        row = get_recommendation(session, recommendation_id)
        check_office(person, row.office)
        keep_first_choice(service, session, person, row.id, choice)


def keep_first_choice(
    service: Service, session: Session, person: Person, recommendation_id: str, choice: OwnChoice
) -> str | None:
    """The choice that counts: the one made before, or else this one, kept in the transaction.

    Saying "no view yet" after a choice changes nothing.

    Raises:
        FirstChoiceStandsError, FirstChoiceSkippedError: another choice was made before.
    """
    if choice.measure is not None:
        find_measure(service, choice.measure)
    made = session.get(FirstChoice, (recommendation_id, person.person_id))
    if made is None:
        session.add(_row(person, recommendation_id, choice, service.now()))
        session.flush()
        return choice.measure
    if choice.measure not in (None, made.measure):
        _refuse(service, made)
    return made.measure


def settle_first_choice(
    service: Service, session: Session, person: Person, recommendation_id: str, stated: str | None
) -> str | None:
    """The first choice that stands beside a proposal; `stated` is the one that came with it."""
    if stated is not None:
        choice = OwnChoice(stated)
        return keep_first_choice(service, session, person, recommendation_id, choice)
    made = session.get(FirstChoice, (recommendation_id, person.person_id))
    return None if made is None else made.measure


def read_first_choice(service: Service, person: Person, recommendation_id: str) -> OwnChoice | None:
    """What the person said before looking; None where nobody asked yet."""
    with service.store.reading() as session:
        made = session.get(FirstChoice, (recommendation_id, person.person_id))
    return None if made is None else OwnChoice(made.measure)


def must_choose_first(service: Service, person: Person, stored: RecommendationView) -> bool:
    """Whether the ranking stays hidden: an officer may still propose on it and was not asked."""
    state = stored.stayed_from if stored.state == State.STAYED else stored.state
    if person.role is not Role.OFFICER or state not in BEFORE_A_PROPOSAL:
        return False
    return read_first_choice(service, person, stored.id) is None


def _row(
    person: Person, recommendation_id: str, choice: OwnChoice, stated_at: datetime
) -> FirstChoice:
    return FirstChoice(
        recommendation_id=recommendation_id,
        person_id=person.person_id,
        account_id=person.account_id,
        measure=choice.measure,
        stated_at=stated_at,
    )


def _refuse(service: Service, made: FirstChoice) -> None:
    time = service.local_time(made.stated_at)
    if made.measure is None:
        raise FirstChoiceSkippedError(time=time)
    measure = find_measure(service, made.measure)
    raise FirstChoiceStandsError(time=time, measure=measure.names if measure else NO_MEASURE_NAMES)
