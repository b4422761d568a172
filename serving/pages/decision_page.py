"""One decision: what was decided, how it came about, and how anybody can verify it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from serving.grounds import ground_name
from serving.pages.addresses import case_href
from serving.pages.asking import AskedNow
from serving.pages.origin_view import build_origin
from serving.pages.rendering import Asked, render
from serving.pages.steps import build_step
from serving.pages.views import DecisionView, Fact, PersonsAction
from serving.pages.words import say_measure
from serving.pages.worklist_page import state_tag
from serving.recommending import read_recommendation
from serving.review import read_decision
from serving.states import Action, Role, State, can_transition
from serving.tracing import read_decision_lineage

if TYPE_CHECKING:
    from serving.pages.wording import Voice
    from serving.views import DecisionView as Decided
    from serving.views import RecommendationView as Stored

router = APIRouter()
Id = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("/decisions/{decision_id}")
def get_decision_page(asked: AskedNow, decision_id: Id) -> Response:
    """A recorded decision with its proof and what it rests on."""
    decided = read_decision(asked.service, asked.person, decision_id)
    stored = read_recommendation(asked.service, asked.person, decided.recommendation_id)
    traced = read_decision_lineage(asked.service, asked.person, decision_id)
    view = replace(build_decision(asked, decided, stored), origin=build_origin(asked, traced))
    return render(asked, "decision.html", view)


def build_decision(asked: Asked, decided: Decided, stored: Stored) -> DecisionView:
    """The decision in the reader's words."""
    ledger = asked.service.settings.ledger_folder
    store = asked.service.settings.store
    return DecisionView(
        decision_id=decided.id,
        case_id=decided.case_id,
        case_href=case_href(decided.case_id),
        state=state_tag(asked, stored.state),
        summary=_summary(asked, decided),
        steps=tuple(build_step(asked.voice, step) for step in stored.history),
        proof=_proof(asked.voice, decided),
        proof_href=f"/api/v1/decisions/{decided.id}/proof",
        checkpoint_href="/ledger/checkpoint",
        verify_command=f"chora ledger verify {ledger.parent.name}/{ledger.name}",
        replay_command=f"chora replay {decided.id} --store {store.name}",
        actions=_actions(asked, decided, stored),
    )


def _summary(asked: Asked, decided: Decided) -> tuple[Fact, ...]:
    t, measures = asked.voice, asked.service.require_desk().measures()
    return (
        Fact(t("review.measure"), say_measure(t, measures, decided.measure)),
        Fact(t("decision.decision"), t(f"decision.outcome_{decided.decision}")),
        Fact(t("review.ground"), t.says(ground_name(decided.ground))),
        Fact(t("review.reason"), decided.reason, is_prose=True),
        Fact(t("decision.proposed_by"), decided.proposed_by),
        Fact(t("decision.decided_by"), decided.decided_by, t.instant(decided.decided_at)),
    )


def _proof(t: Voice, decided: Decided) -> tuple[Fact, ...]:
    return (
        Fact(t("decision.ledger_index"), t("decision.entry", n=decided.ledger_index)),
        Fact(t("decision.model"), decided.model_version),
        Fact(t("decision.law"), decided.law_version, is_code=True),
        Fact(t("decision.input_hash"), decided.input_hash, is_code=True),
        Fact(t("decision.output_hash"), decided.output_hash, is_code=True),
    )


def _actions(asked: Asked, decided: Decided, stored: Stored) -> tuple[PersonsAction, ...]:
    may = can_transition(State(stored.state), Action.EXECUTE, Role(asked.person.role))
    if decided.decision != "approve" or not may:
        return ()
    href = f"/recommendations/{stored.id}/execution"
    return (PersonsAction(asked.voice("decision.carry_out"), href, str(stored.version)),)
