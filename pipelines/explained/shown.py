"""Whole explanations of a few cases, in every language, to be read."""

from __future__ import annotations

from typing import Any, Final

from law.catalogue import catalogue
from pipelines.explained.answers import Answered
from registers.texts import LANGUAGES

N_SHOWN: Final = 3


def cases_to_read(answered: Answered) -> list[dict[str, Any]]:
    """The first choices of N_SHOWN cases, evenly among those that name a fact (all, if too few).

    Each is, by language, the heading and the sentences of the record in their order.
    """
    rows = [int(row) for row in answered.first_rows]
    naming = [row for row in rows if answered.told(row)]
    shown = naming if len(naming) >= N_SHOWN else rows
    every = max(1, len(shown) // N_SHOWN)
    return [_told(answered, row) for row in shown[::every][:N_SHOWN]]


def _told(answered: Answered, row: int) -> dict[str, Any]:
    measures = catalogue(answered.bundle.legal_order)
    record = answered.explanations.row(row, named=True)
    other = record["contrast_to"]
    rest = [record["other_factors"]] if record["other_factors"] else []
    sentences = [*record["reasons"], *rest]
    return {
        language: {
            "measure": measures[record["measure"]].names.in_language(language),
            "other": measures[other].names.in_language(language) if other else "",
            "sentences": [reason[language] for reason in sentences],
        }
        for language in LANGUAGES
    }
