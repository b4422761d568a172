"""Checks that proposing, deciding and staying share."""

from law.catalogue import Measure
from serving.desk import NO_MEASURE
from serving.errors import (
    ChangedMeanwhileError,
    UnknownMeasureError,
)
from serving.service import Service
from serving.store.models import Recommendation


def check_version(service: Service, row: Recommendation, version: int | None) -> None:
    """Raise `ChangedMeanwhileError` where the recommendation is not the one that was read."""
    if version is not None and row.version != version:
        raise ChangedMeanwhileError(time=service.local_time(row.changed_at))


def find_measure(service: Service, measure: str) -> Measure | None:
    """The catalogue's facts of a measure, None for no measure; raises `UnknownMeasureError`."""
    if measure == NO_MEASURE:
        return None
    measures = service.require_desk().measures()
    found = measures.get(measure)
    if found is None:
        raise UnknownMeasureError(known=", ".join((*measures, NO_MEASURE)))
    return found
