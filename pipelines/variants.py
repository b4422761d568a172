"""The parts of the recipe that are taken back alone, as the page names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

VARIANTS: Final[Mapping[str, str]] = {
    "none": "the recipe as it is",
    "examples": "1. only what our law supports, taken 100 times at least; a lag of 60 days",
    "pairs": "2. no covariates of the measure in the case, no ratios, no history of payments",
    "tournament": "3. chosen by the doubly robust value in som, the simpler within one error",
    "levels": "4. no recalibration for today's open cases",
    "intervals": "5. hidden share as pairs of decisions show it, nothing assumed",
    "ties": "6. ties may give up a tenth of the expectation",
}
