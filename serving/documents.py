"""One case's recommendation as canonical JSON: the bytes that are hashed, stored and replayed.

Built from the frames of the recipe alone, so that the frames of a batch give, for the same case,
the same bytes as the service.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

import polars as pl

from ledger.canonical import canonical_json

SCHEMA = "chora-recommendation/1"
NO_LAWFUL_MEASURE = "no_lawful_measure"


class Frames(Protocol):
    """The frames of `pipelines.recommend.Recommendations`."""

    @property
    def recommendations(self) -> pl.DataFrame:
        """Ranked lawful measures."""
        ...

    @property
    def excluded(self) -> pl.DataFrame:
        """Measures that the law did not allow."""
        ...

    @property
    def explanations(self) -> pl.DataFrame:
        """Why each ranked measure is valued as it is."""
        ...

    @property
    def similar(self) -> pl.DataFrame:
        """Comparable past cases of each ranked measure; no row where the model keeps none."""
        ...

    @property
    def what_if(self) -> pl.DataFrame:
        """What would change the first measure; no row where the model cannot tell."""
        ...

    @property
    def asking(self) -> pl.DataFrame:
        """Which unknown register to ask first; no row where nothing is unknown."""
        ...

    @property
    def unknown(self) -> pl.DataFrame:
        """Registers of which not all is known of a case: register, why."""
        ...


def build_document(frames: Frames, case_id: str, as_of_date: date) -> bytes:
    """The canonical bytes for one case on one day."""
    ranked = _rows(frames.recommendations, case_id, as_of_date)
    body: dict[str, object] = {
        "schema": SCHEMA,
        "case_id": case_id,
        "as_of_date": as_of_date.isoformat(),
        "abstained": bool(ranked[0]["abstained"]) if ranked else True,
        "abstain_reason": ranked[0]["abstain_reason"] if ranked else NO_LAWFUL_MEASURE,
        "recommendations": ranked,
        "excluded": _rows(frames.excluded, case_id, as_of_date),
        "explanations": _rows(frames.explanations, case_id, as_of_date),
    }
    unknown = _rows(frames.unknown, case_id, as_of_date)
    if unknown:  # where all is known the bytes stay those of documents that did not ask
        body["unknown_registers"] = unknown
    beside = {"similar": frames.similar, "what_if": frames.what_if, "asking": frames.asking}
    for name, frame in beside.items():
        if rows := _rows(frame, case_id, as_of_date):  # an older model gives the bytes it gave
            body[name] = rows
    return canonical_json(body)


def _rows(frame: pl.DataFrame, case_id: str, as_of_date: date) -> list[dict[str, object]]:
    mine = frame.filter(pl.col("case_id") == case_id, pl.col("as_of_date") == as_of_date)
    return [json_row(row) for row in mine.drop("case_id", "as_of_date").to_dicts()]


def json_row(row: Mapping[str, object]) -> dict[str, object]:
    """A row of a frame with JSON values only."""
    return {name: json_value(value) for name, value in row.items()}


def json_value(value: object) -> object:
    """A value of a frame as JSON: days as ISO text, lists and structs in depth.

    >>> json_value({"known_on": date(2026, 4, 1), "values": [1, None]})
    {'known_on': '2026-04-01', 'values': [1, None]}
    """
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json_row(value)
    if isinstance(value, list | tuple):
        return [json_value(item) for item in value]
    return value
