"""One policy's log against the other's own clicks: the small Open Bandit logs.

Saito, Aihara, Matsutani and Narita 2020. A fashion shop showed items at three places on a page, one
half of the visits by a uniform draw, the other by Thompson sampling; the chance of each item shown
is recorded. So each policy has its own clicks, and an estimate of them from the other's log.

From the Thompson log the uniform policy is known exactly: each item with one chance in as many as
there are. Of the Thompson policy, whose chances moved from hour to hour, only the item that it
showed has a recorded chance; as the policy to be judged from the uniform log it is taken as it was
over the week: how often it showed each item at each place.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.off_policy import Judged, judge_policy
from models.policy_value import LoggedRewards, PolicyValue, logged_value
from registers.errors import SourceFileError

GROUPS: Final = ("men", "women")
POLICIES: Final = {"random": "uniform", "bts": "Thompson"}
COLUMNS: Final = ("item_id", "position", "click", "propensity_score")
PRIOR: Final = 500.0
"""Views for which the mean of all items stands in the expected clicks of one."""


@dataclass(frozen=True)
class Clicks:
    """A log of n views: `item`, `place`, `click`, `chance`, (n,) each."""

    item: NDArray[np.int64]
    place: NDArray[np.int64]
    click: Vector
    chance: Vector


@dataclass(frozen=True)
class CrossCheck:
    """A policy judged from another's log, beside its own clicks.

    `logger` and `target` are policies; `own` is what the target's own log shows.
    """

    group: str
    logger: str
    target: str
    judged: Judged
    own: PolicyValue

    @property
    def apart(self) -> float:
        """How many standard errors the DR estimate lies from the target's own clicks."""
        dr = self.judged.estimates["dr"]
        return float((dr.value - self.own.value) / np.hypot(dr.se, self.own.se))


def read_clicks(file: Path) -> Clicks:
    """The log in `file`.

    Raises:
        SourceFileError: it is not there or not such a log.
    """
    if not file.exists():
        raise SourceFileError(file, "there is no such file")
    try:
        frame = pl.read_csv(file, columns=list(COLUMNS))
    except pl.exceptions.PolarsError as e:
        raise SourceFileError(file, f"it is no Open Bandit log ({type(e).__name__})") from e
    if frame.is_empty() or frame.null_count().sum_horizontal().item():
        raise SourceFileError(file, "it is empty, or a value is missing in it")
    item, place, click, chance = (frame[c].to_numpy() for c in COLUMNS)
    return Clicks(
        item.astype(np.int64), place.astype(np.int64), click.astype(float), chance.astype(float)
    )


def cross_checks(folder: Path) -> list[CrossCheck]:
    """Each group's two policies, each judged from the other's log.

    Raises:
        SourceFileError: a log is missing or is none.
    """
    found = []
    for group in GROUPS:
        logs = {p: read_clicks(folder / f"{p}_{group}.csv.gz") for p in POLICIES}
        n_items = 1 + max(int(log.item.max()) for log in logs.values())
        for logger, target in (("random", "bts"), ("bts", "random")):
            log, other = logs[logger], logs[target]
            chances = (
                uniform_chances(len(log.item), n_items)
                if target == "random"
                else shown_chances(other, log.place, n_items)
            )
            judged = judge_policy(as_rewards(log, n_items), chances, sensitivity=False)
            own = logged_value(as_rewards(other, n_items))
            found.append(CrossCheck(group, POLICIES[logger], POLICIES[target], judged, own))
    return found


def as_rewards(log: Clicks, n_items: int) -> LoggedRewards:
    """The log as rewards, expected clicks of an item being those of the other half of the views."""
    n = len(log.item)
    rows = np.arange(n)
    modelled = np.empty((n, n_items))
    for k in (0, 1):
        others = rows % 2 != k
        views = np.bincount(log.item[others], minlength=n_items)
        clicks = np.bincount(log.item[others], weights=log.click[others], minlength=n_items)
        mean = float(log.click[others].mean())
        modelled[rows % 2 == k] = (clicks + PRIOR * mean) / (views + PRIOR)
    return LoggedRewards(log.click, log.item, log.chance, modelled, rows, np.ones(n))


def uniform_chances(n: int, n_items: int) -> Matrix:
    """The same chance for every item, (n, n_items)."""
    return np.full((n, n_items), 1.0 / n_items)


def shown_chances(of: Clicks, place: NDArray[np.int64], n_items: int) -> Matrix:
    """How often a policy showed each item at a place, for views at `place`: (n, n_items)."""
    chances = np.zeros((len(place), n_items))
    for p in np.unique(place):
        shown = np.bincount(of.item[of.place == p], minlength=n_items)
        chances[place == p] = shown / shown.sum()
    return chances
