"""A ranker whose shares are set to the level of the cases that are open today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.asking import Asked
from models.boosting import Vector
from models.inputs import Rows
from models.levels import Levels
from models.parts import Parts
from models.rankers.base import Kind, Ranker

MAX_STRETCH = 3.0


@dataclass(frozen=True)
class Calibrated:
    """`inner`, held within 0..1 and set to level by one map per measure (`models.levels`)."""

    inner: Ranker
    levels: Levels

    @property
    def kind(self) -> Kind:
        """That of the ranker inside."""
        return self.inner.kind

    def rates(self, rows: Asked) -> Vector:
        """The shares at today's level, within 0..1."""
        return self.levels(np.clip(self.inner.rates(rows), 0.0, 1.0), rows.arm)

    def contributions(self, rows: Rows) -> Parts:
        """Parts of the ranker inside, each times the slope of the map from its base to its whole.

        What a slope above MAX_STRETCH leaves over belongs to the calibration; what holding the
        share within 0..1 makes of it, to the limits.
        """
        parts = self.inner.contributions(rows)
        whole = self.inner.rates(rows)
        held, base = np.clip(whole, 0.0, 1.0), np.clip(parts.base, 0.0, 1.0)
        start, end = self.levels(base, rows.arm), self.levels(held, rows.arm)
        run = held - base
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = np.where(np.abs(run) > 1e-12, (end - start) / run, 0.0)
        slope = np.clip(slope, 0.0, MAX_STRETCH)
        rest = end - start - slope * run
        limits = parts.limits_of(len(rows)) + (held - whole) + (parts.base - base)
        return Parts(
            start,
            parts.values * slope[:, None],
            parts.calibration * slope + rest,
            parts.reach * slope[:, None],
            limits * slope,
            None if parts.refits is None else parts.refits * slope[:, None],
        )
