"""Which column plays which part, settled before any model sees the frame."""

from __future__ import annotations

from dataclasses import dataclass

from features.catalogue import (
    AUDIT_FEATURES,
    FEATURES,
    SOURCE_TABLES,
    STAMPS,
    unknown_column,
)
from features.freshness import stamp_columns


@dataclass(frozen=True)
class Roles:
    """Roles of the columns around a model.

    Attributes:
        outcome: What is estimated, made by `registers.outcomes.recovered`.
        treatment: The measure chosen, from the register of actions.
        covariates: Model inputs: the features, in catalogue order.
        excluded: Never a model input: protected attributes and proxies, kept for audits.
        keys: Names of the point.
        freshness: To which day each register's facts refer and from which day they were known;
            shown, not learnt from.
        unknown: Whether each register is unknown of the point: what tells a missing fact from one
            that there is none of.
    """

    outcome: str
    treatment: str
    covariates: tuple[str, ...]
    excluded: tuple[str, ...]
    keys: tuple[str, ...]
    freshness: tuple[str, ...]
    unknown: tuple[str, ...]


def roles() -> Roles:
    """The roles of all columns of the feature frame, and of outcome and treatment beside it.

    >>> "sex" in roles().excluded and "sex" not in roles().covariates
    True
    """
    return Roles(
        outcome="recovered_som",
        treatment="measure",
        covariates=tuple(feature.name for feature in FEATURES),
        excluded=tuple(feature.name for feature in AUDIT_FEATURES),
        keys=("point_id", "case_id", "debtor_id", "as_of_date"),
        freshness=tuple(column for name in STAMPS for column in stamp_columns(name)),
        unknown=tuple(unknown_column(table) for table in SOURCE_TABLES),
    )
