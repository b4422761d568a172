"""Is a proposed or past action lawful? And which models are there?"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from serving.action_check import ActionAnswer, read_stated
from serving.decisions import find_measure
from serving.dependencies import PersonNow, ServiceNow
from serving.desk import ModelFacts, Promoted, Proposed
from serving.recommending import check_case
from serving.states import Role

router = APIRouter()


Name = Annotated[str, Field(min_length=1, max_length=80)]


class CheckBody(BaseModel):
    """A measure for a case, on the working day unless another day is given.

    `facts` are facts that no register holds and the person who asks states, such as
    `{"claimant_funds_search": true}`; `to_state` of an answer names those that would settle it.
    """

    model_config = ConfigDict(extra="forbid")
    case_id: Annotated[str, Field(min_length=1, max_length=200)]
    measure: Name
    as_of_date: date | None = None
    facts: Annotated[dict[Name, StrictBool | StrictInt | Name], Field(max_length=20)] = {}


@router.post("/actions/check", tags=["law"])
def post_check(service: ServiceNow, person: PersonNow, body: CheckBody) -> ActionAnswer:
    """Lawful, unlawful, unfounded or cannot tell, with grounds, warnings and what to do.

    The verdict is that of the rules. `finding` adds what no rule refuses and a person should
    weigh: heavier than needed, out of proportion, repeated without new facts, late.
    """
    desk = service.require_desk()
    check_case(desk, person, body.case_id)
    find_measure(service, body.measure)
    stated = read_stated(body.facts)
    return desk.check(body.case_id, body.measure, body.as_of_date, stated)


@router.get("/models", tags=["models"])
def get_models(service: ServiceNow, person: PersonNow) -> list[ModelFacts]:
    """The model versions in the store, newest first, with the days of their promotions.

    Who promoted and why is told to analysts: a colleague's name and words, not needed by others.
    """
    models = service.require_desk().models()
    if person.role is Role.ANALYST:
        return models
    return [_without_persons(model) for model in models]


def _without_persons(model: ModelFacts) -> ModelFacts:
    unnamed = [Promoted(one.on, one.bundle_hash) for one in model.promotions]
    waits = None if model.proposal is None else Proposed(model.proposal.on)
    return replace(model, promotions=unnamed, proposal=waits)
