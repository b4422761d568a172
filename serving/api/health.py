"""Is the service alive, is it ready, what does it count? No personal data, no sign-in."""

from pathlib import Path

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from serving.dependencies import ServiceNow
from serving.service import Service
from serving.store.errors import StoreUnavailableError

router = APIRouter(tags=["health"])
VENDOR = Path(__file__).parent.parent / "static" / "vendor" / "manifest.json"


class Readiness(BaseModel):
    """Whether cases can be worked on; what is missing for it; what is missing for comfort."""

    is_ready: bool
    missing: list[str]
    degraded: list[str]


@router.get("/healthz")
async def get_health() -> dict[str, str]:
    """The process answers, also while every worker waits for the database."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"model": Readiness}})
def get_readiness(response: Response, service: ServiceNow) -> Readiness:
    """Database, tables, model and ledger are there; 503 with what is missing otherwise."""
    missing = find_missing(service)
    response.status_code = 503 if missing else 200
    return Readiness(is_ready=not missing, missing=missing, degraded=find_degraded())


def find_missing(service: Service) -> list[str]:
    """What keeps officers from working, one sentence each."""
    found = []
    try:
        service.store.check_writable()
    except StoreUnavailableError as refusal:
        found.append(refusal.texts.en)
    except SQLAlchemyError:
        found.append("The store's database refuses what the service needs.")
    if service.desk is None:
        found.append("No register tables: run chora validate and name its folder.")
    elif problem := service.desk.model_problem():
        found.append(problem)
    if service.metrics.ledger_problem and not found:
        service.publish()  # catches up where what stood against it is gone
    if service.metrics.ledger_problem:
        found.append(f"The ledger cannot be published: {service.metrics.ledger_problem}")
    return found


def find_degraded() -> list[str]:
    """What is missing but not needed for work."""
    return [] if VENDOR.is_file() else ["The page's assets are not installed: npm ci, make setup."]


@router.get("/metrics")
def get_metrics(service: ServiceNow) -> Response:
    """Counters in Prometheus' text format."""
    return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)
