"""What sets the width of intervals, together: sampling, what is hidden, unknown registers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix
from models.inputs import Cube
from models.intervals import Hidden, se_of_draws, variances
from models.unknown import UnknownCost


@dataclass(frozen=True)
class Spread:
    """The `scale` of the jackknife, what is `hidden`, what an unknown register costs."""

    scale: float
    hidden: Hidden
    unknown_cost: UnknownCost

    def variances(self, rate: Matrix, draws: Cube, unknown: NDArray[np.bool_]) -> Matrix:
        """Variances (n, m) of the expected shares `rate` (n, m).

        `draws` (k, n, m) are the shares of the fold rankers, `unknown` (n, r) the registers that
        are not known of each case.
        """
        cost = self.unknown_cost.variance(unknown)
        return variances(rate, se_of_draws(draws), self.scale, self.hidden.hidden, cost)
