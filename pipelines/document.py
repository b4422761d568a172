"""The recommendation of one case as canonical JSON: what the service stores, hashes and replays.

A document holds the case's rows of the three frames of a recommendation and nothing else, so a
case that was asked about alone gives the same bytes as its rows out of a batch.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import rfc8785

from models.bundle import Bundle
from pipelines.recommend import DEFAULT_TOP, Recommendations, recommend
from registers.errors import UserError
from registers.extract import Registers

FORMAT = 1


class NotRecommendableError(UserError):
    """A case that cannot be asked about on that day, with the reason of the set-aside row."""


def case_document(answers: Recommendations, case_id: str, as_of: date) -> dict[str, Any]:
    """The rows about one case, dates as ISO text, nothing computed anew."""

    def rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
        mine = (pl.col("case_id") == case_id) & (pl.col("as_of_date") == as_of)
        found: list[dict[str, Any]] = plain(
            frame.filter(mine).drop("case_id", "as_of_date").to_dicts()
        )
        return found

    return {
        "format": FORMAT,
        "case_id": case_id,
        "as_of_date": as_of.isoformat(),
        "recommendations": rows(answers.recommendations),
        "excluded": rows(answers.excluded),
        "explanations": rows(answers.explanations),
    }


def plain(value: Any) -> Any:
    """`value` with dates as ISO text, as JSON wants it."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def document_bytes(document: dict[str, Any]) -> bytes:
    """The canonical bytes (RFC 8785) of a document."""
    return rfc8785.dumps(document)


def recommend_case(
    registers: Registers, case_id: str, as_of: date, bundle: Bundle, top: int = DEFAULT_TOP
) -> dict[str, Any]:
    """The document of one case, from the registers of that case alone.

    Raises:
        NotRecommendableError: the case is unknown on that day, closed, or no money claim.
    """
    schema = {"case_id": pl.String, "as_of_date": pl.Date}
    question = pl.DataFrame({"case_id": [case_id], "as_of_date": [as_of]}, schema=schema)
    answers = recommend(registers.for_case(case_id), question, bundle, top)
    if answers.set_aside.height:
        raise NotRecommendableError(answers.set_aside["reason"][0])
    return case_document(answers, case_id, as_of)
