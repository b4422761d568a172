"""The trials that have a page of results, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pipelines.trials.pawnshop import PAWNSHOP
from pipelines.trials.philadelphia import PHILADELPHIA
from pipelines.trials.trial import Trial

TRIALS: Mapping[str, Trial] = MappingProxyType(
    {trial.id: trial for trial in (PHILADELPHIA, PAWNSHOP)}
)
