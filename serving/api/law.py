"""Is a proposed or past action lawful? And which models are there?"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from serving.decisions import find_measure
from serving.dependencies import PersonNow, ServiceNow
from serving.desk import LawAnswer, ModelFacts
from serving.recommending import check_case

router = APIRouter()


class CheckBody(BaseModel):
    """A measure for a case, on the working day unless another day is given."""

    model_config = ConfigDict(extra="forbid")
    case_id: Annotated[str, Field(min_length=1, max_length=200)]
    measure: Annotated[str, Field(min_length=1, max_length=80)]
    as_of_date: date | None = None


@router.post("/actions/check", tags=["law"])
def post_check(service: ServiceNow, person: PersonNow, body: CheckBody) -> LawAnswer:
    """Lawful, unlawful, unfounded or cannot tell, with the grounds and the facts used."""
    desk = service.require_desk()
    check_case(desk, person, body.case_id)
    find_measure(service, body.measure)
    return desk.judge(body.case_id, body.measure, body.as_of_date)


@router.get("/models", tags=["models"])
def get_models(service: ServiceNow, _: PersonNow) -> list[ModelFacts]:
    """The model versions in the store, newest first."""
    return service.require_desk().models()
