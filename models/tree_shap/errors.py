"""Ensembles and rows that cannot be explained, each with the sentence that people read."""

from __future__ import annotations

from registers.errors import DataError


class SeveralClassesNotExplainedError(DataError):
    """Trees of several classes have no single score whose parts could be told."""

    def __init__(self, n_classes: int) -> None:
        super().__init__(
            f"This ensemble has the trees of {n_classes} classes, and what facts add to a score is "
            "told of ensembles with one score. Train it with one output per row."
        )


class LinearTreesNotExplainedError(DataError):
    """Leaves that hold linear models have no Shapley values known here."""

    def __init__(self) -> None:
        super().__init__(
            "This ensemble has linear models in its leaves (linear_tree), and nothing here or in "
            "LightGBM computes what facts add to their score. Train it without linear_tree."
        )


class ObjectiveNotExplainedError(DataError):
    """Nobody can say what the score means whose parts are asked."""

    def __init__(self, objective: str) -> None:
        super().__init__(
            f"This ensemble was trained for {objective or 'an objective of its own'}, and what its "
            "score means is not known here. Train it for one of LightGBM's own objectives with one "
            "output per row."
        )


class OtherColumnsError(DataError):
    """Rows that an ensemble cannot read."""

    def __init__(self, n_given: int, n_wanted: int) -> None:
        super().__init__(
            f"The rows to be explained have {n_given} columns, and this ensemble reads {n_wanted}. "
            "Make them with the design that the ensemble was trained with."
        )
