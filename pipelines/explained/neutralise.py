"""Do the shown reasons carry the order? Take them out of near-calls and rank again (B2).

A near-call is a case whose first measure is expected to bring at most NEAR of the debt more than
the second and names at least one fact in its favour. A fact is taken out by giving it the values
that it has in other cases, N_OTHERS of them drawn once for all facts of a case together, and
averaging what the model then expects. The order flips or ties where the first measure's lead falls
to what a tie may give up (`models.ranking.MOST_LOST_IN_A_TIE`) or below. Beside it the same number
of other facts, drawn from those that the model reads and the reasons do not name.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from features.catalogue.ratios import RATIO_OF
from models.boosting import Vector
from models.inputs import Rows
from models.ranking import MOST_LOST_IN_A_TIE
from pipelines.explained.answers import Answered

NEAR: Final = 0.05
N_OTHERS: Final = 20


def neutralise(answered: Answered, seed: int) -> dict[str, Any]:
    """Shares of near-calls that flip or tie without the shown reasons, and without others.

    Returns `n`, `shown`, `random` (shares) and their standard errors `shown_se`, `random_se`.
    """
    rng = np.random.default_rng([seed, 2])
    shown: list[bool] = []
    random: list[bool] = []
    for i in _near_calls(answered):
        reasons = answered.told(int(answered.first_rows[i]))
        named = [str(r["feature"]) for r in reasons if r["contribution_som"] > 0]
        if not named:
            continue
        everything = {str(r["feature"]) for r in reasons}
        others = [n for n in _read_facts(answered) if n not in everything]
        drawn = rng.choice(others, size=min(len(named), len(others)), replace=False)
        donors = rng.choice(len(answered.owed), size=N_OTHERS)
        shown.append(_falls(answered, i, named, donors))
        random.append(_falls(answered, i, [str(n) for n in drawn], donors))
    return {
        "n": len(shown),
        "shown": _share(shown),
        "shown_se": _se(shown),
        "random": _share(random),
        "random_se": _se(random),
    }


def _near_calls(answered: Answered) -> NDArray[np.int64]:
    each = np.arange(len(answered.owed))
    lead = answered.scored.net[each, answered.first] - answered.scored.net[each, answered.second]
    lead = np.where(answered.second >= 0, lead / answered.owed, np.nan)
    return np.flatnonzero((lead > MOST_LOST_IN_A_TIE) & (lead <= NEAR))


def _read_facts(answered: Answered) -> tuple[str, ...]:
    """Facts that the model gives something anywhere among these cases."""
    used = np.any(answered.attribution.values != 0.0, axis=0)
    return tuple(
        name
        for name, is_used in zip(answered.attribution.feature_names, used, strict=True)
        if is_used
    )


def _falls(answered: Answered, i: int, names: list[str], donors: NDArray[np.int64]) -> bool:
    """Whether the first measure's lead ends when the named facts are those of other cases."""
    bundle = answered.bundle
    first = _without(answered, i, int(answered.first[i]), names, donors)
    second = _without(answered, i, int(answered.second[i]), names, donors)
    owed, costs = answered.owed[i], bundle.costs
    lead = owed * (first - second) - costs[answered.first[i]] + costs[answered.second[i]]
    return bool(lead <= MOST_LOST_IN_A_TIE * owed)


def _without(
    answered: Answered, i: int, arm: int, names: list[str], donors: NDArray[np.int64]
) -> float:
    """The mean expected share of a measure in case i with the named facts of the donors."""
    columns = answered.bundle.design.names
    also = {name for name, amount in RATIO_OF.items() if amount in names}
    at = [j for j, column in enumerate(columns) if column in also or column in names]
    inputs = answered.inputs
    d = inputs.cases.shape[1]
    cases = np.repeat(inputs.cases[i][None, :], len(donors), axis=0)
    pairs = np.repeat(inputs.pairs[i, arm][None, :], len(donors), axis=0)
    for j in at:
        if j < d:
            cases[:, j] = inputs.cases[donors, j]
        else:
            pairs[:, j - d] = inputs.pairs[donors, arm, j - d]
    rows = Rows(cases, pairs, np.full(len(donors), arm, dtype=np.int64))
    rates: Vector = np.clip(answered.bundle.ranker.rates(rows), 0.0, 1.0)
    return float(rates.mean())


def _share(found: list[bool]) -> float:
    return float(np.mean(found)) if found else float("nan")


def _se(found: list[bool]) -> float:
    p = _share(found)
    return float(np.sqrt(p * (1.0 - p) / len(found))) if found else float("nan")
