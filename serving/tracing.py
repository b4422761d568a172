"""The way back from a decision: recommendation, model, law, facts, and the sources of the tables.

1. The decision's ledger entry names the source hash of the tables; the store must name the same.
2. The source hash leads to the lineage that the store kept when the tables were first used.
3. The model's version leads to the tables that it was trained on, and their lineage.
4. The stored document names the facts, each with its register and both of its days.

Everything comes from the store: it holds when the tables were moved or replaced. Whether they are
still what they were is asked apart (`serving.tracing_now`).
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from features.catalogue import FEATURES, feature
from features.errors import UnknownFeatureError
from features.freshness import Stamp
from models.origin import read_origin
from pipelines.trace import FeatureTrace, TableTrace, tables_behind
from registers.errors import ChoraError
from registers.lineage import Lineage
from serving.lineages import recall_lineage
from serving.people import Person
from serving.permissions import check_office
from serving.reading import get_decision, get_recommendation
from serving.service import Service
from serving.store.models import Decision, LedgerEntry, Recommendation

NO_LINEAGE = (
    "Nothing was recorded about where these tables came from: their validation was one of an "
    "older version."
)
_ORDER = {one.name: place for place, one in enumerate(FEATURES)}


@dataclass(frozen=True)
class SourceTrace:
    """The tables with this hash, and where they came from.

    `lineage` is the content of lineage.json; None where none was recorded, as `note` says.
    """

    source_hash: str
    lineage: dict[str, Any] | None
    note: str | None = None


@dataclass(frozen=True)
class ModelTrace:
    """The model that answered and what it was trained on; `note` says what cannot be told."""

    version: str
    as_of: date | None
    law_version: str | None
    bundle_hash: str | None
    trained_on: SourceTrace | None
    note: str | None = None


@dataclass(frozen=True)
class RecommendationTrace:
    """What a stored recommendation was computed from."""

    id: str
    case_id: str
    as_of_date: date
    legal_order: str
    law_version: str
    input_hash: str
    output_hash: str
    model: ModelTrace
    sources: SourceTrace
    features: tuple[FeatureTrace, ...]


@dataclass(frozen=True)
class DecisionTrace:
    """A decision with its place in the ledger and what it rests on.

    `is_in_ledger`: the entry names the same source hash and the same recommendation.
    """

    id: str
    decision: str
    measure: str
    decided_at: datetime
    ledger_index: int
    is_in_ledger: bool
    recommendation: RecommendationTrace


def trace_decision(session: Session, models: Path, decision_id: str) -> DecisionTrace:
    """What a decision rests on; `models` is the folder of the store's models.

    Raises NotFoundError.
    """
    row = get_decision(session, decision_id)
    recommendation = row.proposal.recommendation
    return DecisionTrace(
        id=row.id,
        decision=row.decision,
        measure=row.proposal.measure,
        decided_at=row.decided_at,
        ledger_index=row.ledger_index,
        is_in_ledger=_is_in_ledger(session, row, recommendation),
        recommendation=_trace(session, models, recommendation),
    )


def trace_recommendation(session: Session, models: Path, row_id: str) -> RecommendationTrace:
    """What a stored recommendation rests on; raises NotFoundError."""
    return _trace(session, models, get_recommendation(session, row_id))


def read_decision_lineage(service: Service, person: Person, decision_id: str) -> DecisionTrace:
    """The same for a person who may read the decision.

    Raises NotFoundError, NotYourOfficeError.
    """
    with service.store.reading() as session:
        row = get_decision(session, decision_id)
        check_office(person, row.proposal.recommendation.office)
        return trace_decision(session, models_of(service.store.folder), decision_id)


def read_recommendation_lineage(
    service: Service, person: Person, recommendation_id: str
) -> RecommendationTrace:
    """The same for a recommendation; raises NotFoundError, NotYourOfficeError."""
    with service.store.reading() as session:
        check_office(person, get_recommendation(session, recommendation_id).office)
        return trace_recommendation(session, models_of(service.store.folder), recommendation_id)


def models_of(store: Path) -> Path:
    """Where a store keeps its models."""
    return store / "models"


def trace_sources(source_hash: str, lineage: Lineage | None) -> SourceTrace:
    """The tables with a hash and their lineage, or the sentence that there is none."""
    if lineage is None:
        return SourceTrace(source_hash, None, NO_LINEAGE)
    return SourceTrace(source_hash, lineage.as_dict())


def _is_in_ledger(session: Session, row: Decision, recommendation: Recommendation) -> bool:
    body = json.loads(session.get_one(LedgerEntry, row.ledger_index).entry)["body"]
    named = (body["decision_id"], body["source_hash"], body["output_hash"])
    return named == (row.id, recommendation.source_hash, recommendation.output_hash)


def _trace(session: Session, models: Path, row: Recommendation) -> RecommendationTrace:
    return RecommendationTrace(
        id=row.id,
        case_id=row.case_id,
        as_of_date=row.as_of_date,
        legal_order=row.legal_order,
        law_version=row.law_version,
        input_hash=row.input_hash,
        output_hash=row.output_hash,
        model=_trace_model(session, models, row.model_version),
        sources=_sources(session, row.source_hash),
        features=_features(json.loads(row.document)),
    )


def _sources(session: Session, source_hash: str) -> SourceTrace:
    try:
        return trace_sources(source_hash, recall_lineage(session, source_hash))
    except ChoraError as error:  # the store was changed: say so, and tell the rest
        return SourceTrace(source_hash, None, str(error))


def _trace_model(session: Session, models: Path, version: str) -> ModelTrace:
    try:
        origin = read_origin(models / version)
    except ChoraError as error:
        return ModelTrace(version, None, None, None, None, str(error))
    trained_on = (
        trace_sources(origin.data_hash, origin.lineage)
        if origin.lineage is not None
        else _sources(session, origin.data_hash)
    )
    return ModelTrace(version, origin.as_of, origin.law_version, origin.bundle_hash, trained_on)


def _features(document: dict[str, Any]) -> tuple[FeatureTrace, ...]:
    """The facts of all explanations, each once, in the order of the catalogue.

    A correction comes from no register, so it has no trace.
    """
    items = {
        item["feature"]: item
        for row in document.get("explanations", ())
        for item in row.get("contributions") or ()
        if item["source_table"] is not None
    }
    ordered = sorted(items.values(), key=lambda item: _ORDER.get(item["feature"], len(_ORDER)))
    return tuple(_feature(item) for item in ordered)


def _feature(item: dict[str, Any]) -> FeatureTrace:
    """A fact as the document tells it; documents of older versions know the report's day only."""
    known = item["known_on"]
    observed = item.get("observed_on") or known
    stamp = None
    if known is not None:
        days = date.fromisoformat(observed), date.fromisoformat(known)
        stamp = Stamp(*days, is_stale=bool(item.get("is_stale")))
    return FeatureTrace(item["feature"], item["value"], item["unit"], stamp, _tables(item))


def _tables(item: dict[str, Any]) -> tuple[TableTrace, ...]:
    try:
        return tables_behind(feature(item["feature"]))
    except UnknownFeatureError:  # a fact of an older version, which named its principal register
        return (TableTrace(item["source_table"], None),)
