"""The ratios family: every amount over what is owed, so that a debt of any size is alike."""

from __future__ import annotations

import narwhals as nw

from features.catalogue.ratios import RATIO_OF
from features.families.steps import Frame, ratio


def with_ratios(profile: Frame) -> Frame:
    """The profile with each amount's ratio to the outstanding amount; null where none is owed."""
    owed = nw.col("outstanding_som")
    return profile.with_columns(
        ratio(nw.col(amount), owed).alias(name) for name, amount in RATIO_OF.items()
    )
