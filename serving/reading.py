"""Finding rows of the store, or saying that there is no such thing."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from registers.texts import Texts
from serving.errors import NotFoundError
from serving.store.models import Decision, Proposal, Recommendation

CASE = Texts("Ijro ishi", "Ижро иши", "Дело", "case")
RECOMMENDATION = Texts("Tavsiya", "Тавсия", "Рекомендация", "recommendation")
PROPOSAL = Texts("Taklif", "Таклиф", "Предложение", "proposal")
DECISION = Texts("Qaror", "Қарор", "Решение", "decision")


def get_recommendation(session: Session, recommendation_id: str) -> Recommendation:
    """The recommendation, or `NotFoundError`."""
    row = session.get(Recommendation, recommendation_id)
    if row is None:
        raise NotFoundError(thing=RECOMMENDATION)
    return row


def get_proposal(session: Session, proposal_id: str) -> Proposal:
    """The proposal with its recommendation, or `NotFoundError`."""
    row = session.get(Proposal, proposal_id)
    if row is None:
        raise NotFoundError(thing=PROPOSAL)
    _ = row.recommendation, row.account  # loaded while the session is open
    return row


def get_decision(session: Session, decision_id: str) -> Decision:
    """The decision with its proposal, or `NotFoundError`."""
    row = session.get(Decision, decision_id)
    if row is None:
        raise NotFoundError(thing=DECISION)
    _ = row.proposal.recommendation, row.account
    return row


def newest_recommendation_id(session: Session, case_id: str) -> str | None:
    """The id of the case's newest recommendation."""
    return session.scalar(
        select(Recommendation.id)
        .where(Recommendation.case_id == case_id)
        .order_by(Recommendation.created_at.desc(), Recommendation.id.desc())
        .limit(1)
    )


def ranked_measures(row: Recommendation) -> tuple[str, ...]:
    """The measures of a stored recommendation, in rank order."""
    ranked = json.loads(row.document)["recommendations"]
    return tuple(line["measure"] for line in sorted(ranked, key=lambda line: line["rank"]))
