"""Which ensembles can be explained at all, by their text."""

from __future__ import annotations

import re
from typing import Final

from models.tree_shap.errors import (
    LinearTreesNotExplainedError,
    ObjectiveNotExplainedError,
    SeveralClassesNotExplainedError,
)

OBJECTIVES: Final = frozenset(
    {
        "binary",
        "cross_entropy",
        "cross_entropy_lambda",
        "fair",
        "gamma",
        "huber",
        "lambdarank",
        "mape",
        "poisson",
        "quantile",
        "rank_xendcg",
        "regression",
        "regression_l1",
        "tweedie",
    }
)
"""LightGBM's objectives with one output per row, by the names that it writes."""


def check_kind(text: str) -> None:
    """Refuse an ensemble in LightGBM's text whose score has no parts to be told.

    Raises:
        SeveralClassesNotExplainedError: It has several outputs per row.
        LinearTreesNotExplainedError: Its leaves hold linear models.
        ObjectiveNotExplainedError: It was trained for something that is not known here.
    """
    n_classes = int(said(text, "num_tree_per_iteration") or 1)
    if n_classes != 1:
        raise SeveralClassesNotExplainedError(n_classes)
    if re.search(r"^is_linear=[^0]", text, re.MULTILINE):
        raise LinearTreesNotExplainedError
    objective = said(text, "objective").partition(" ")[0]
    if objective not in OBJECTIVES:
        raise ObjectiveNotExplainedError(objective)


def said(text: str, name: str) -> str:
    """What the head of the text says of a name; empty: nothing."""
    found = re.search(rf"^{name}=(.*)$", text.partition("\nTree=")[0], re.MULTILINE)
    return found.group(1).strip() if found else ""
