"""One case as an officer opens it: what the registers say, and what was done here."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from features.freshness import Stamp
from serving.errors import NotFoundError
from serving.people import Person
from serving.permissions import check_office
from serving.reading import CASE
from serving.service import Service
from serving.store.models import Recommendation
from serving.views import RecommendationView, view_recommendation


@dataclass(frozen=True)
class CaseFile:
    """The profile of a case and its debtor on the working day, and the recommendations so far."""

    case_id: str
    office: str
    as_of_date: date
    currency: str
    legal_order: str
    outstanding_som: int | None
    case: dict[str, object]
    debtor: dict[str, object]
    tables: dict[str, list[dict[str, object]]]
    freshness: dict[str, Stamp]  # by table: the day the facts refer to, and that of their report
    holdings: dict[str, list[dict[str, object]]]  # by table: what counts (`registers.holdings`)
    amounts: dict[str, int | None]  # the law's facts of these names: what may be levied, in som
    recommendations: list[RecommendationView]  # newest first
    unknown_registers: dict[str, str] = field(default_factory=dict)  # by table: why not all known


def read_case(service: Service, person: Person, case_id: str) -> CaseFile:
    """The case file; raises `NotFoundError` or `NotYourOfficeError`."""
    desk = service.require_desk()
    office = desk.office_of(case_id)
    if office is None:
        raise NotFoundError(thing=CASE)
    check_office(person, office)
    profile = desk.profile(case_id)
    if profile is None:
        raise NotFoundError(thing=CASE)
    return CaseFile(
        case_id=case_id,
        office=profile.office,
        as_of_date=profile.as_of_date,
        currency=desk.currency,
        legal_order=desk.legal_order,
        outstanding_som=profile.outstanding_som,
        case=profile.case,
        debtor=profile.debtor,
        tables=profile.tables,
        freshness=profile.freshness,
        holdings=profile.holdings,
        amounts=profile.amounts,
        recommendations=recommendations_of(service, case_id),
        unknown_registers=profile.unknown_registers,
    )


def recommendations_of(service: Service, case_id: str) -> list[RecommendationView]:
    """The stored recommendations of a case, newest first."""
    newest_first = (
        select(Recommendation)
        .where(Recommendation.case_id == case_id)
        .order_by(Recommendation.created_at.desc(), Recommendation.id.desc())
    )
    with service.store.reading() as session:
        return [view_recommendation(session, row) for row in session.scalars(newest_first)]
