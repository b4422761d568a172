"""Do the reasons last when the model is learned again? (B3)

The model is learned again without a tenth of the debtors and with other random numbers. A told
reason lasts where the second model gives the fact the same direction in the same comparison of the
same two measures; and it is told again where it stands among the second model's own reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from explain.reasons import MAX_REASONS
from models.bundle import Bundle, load_bundle, save_bundle
from models.examples import Examples
from models.report import build_report
from models.scoring import attribute
from models.settings import TrainingSettings
from models.training import Today, train
from pipelines.explained.answers import Answered

LEFT_OUT: Final = 0.1
TOP: Final = 3


def learn_again(
    examples: Examples,
    settings: TrainingSettings,
    today: Today | None,
    bundle: Bundle,
    folder: Path,
    progress: Callable[[str], None],
) -> Bundle:
    """The same recipe with the same ranker, without a tenth of the debtors and with other draws."""
    rng = np.random.default_rng([settings.seed, 3])
    debtors = sorted(set(examples.debtors))
    out = set(rng.choice(debtors, size=round(LEFT_OUT * len(debtors)), replace=False).tolist())
    keep = np.flatnonzero([d not in out for d in examples.debtors])
    other = replace(settings, seed=settings.seed + 1)
    again = train(examples.take(keep), other, progress, today)
    save_bundle(
        again,
        folder,
        version="uz-2",
        legal_order=bundle.legal_order,
        as_of=bundle.as_of,
        law_version=bundle.law_version,
        data_hash=bundle.data_hash,
        report=build_report(again),
    )
    return load_bundle(folder)


def compare_refit(answered: Answered, refit: Bundle) -> dict[str, Any]:
    """How many of the first TOP told facts keep their direction, and stay among the largest.

    Returns `n` reasons, `same_sign` and `among_largest` (shares of them), and the refit's `ranker`.
    A measure that the refit does not rank counts as a reason that does not last.
    """
    names = answered.attribution.feature_names
    theirs = _contrasts(answered, refit, names)
    signs: list[bool] = []
    largest: list[bool] = []
    for i, row in enumerate(answered.first_rows):
        if answered.second[i] < 0:
            continue
        order = np.argsort(-np.abs(theirs[i]))[:MAX_REASONS]
        for reason in answered.told(int(row))[:TOP]:
            j = names.index(str(reason["feature"]))
            signs.append(bool(np.sign(theirs[i, j]) == np.sign(reason["contribution_som"])))
            largest.append(j in order)
    return {
        "n": len(signs),
        "same_sign": float(np.mean(signs)) if signs else float("nan"),
        "among_largest": float(np.mean(largest)) if largest else float("nan"),
        "ranker": refit.ranker.kind,
    }


def _contrasts(answered: Answered, refit: Bundle, names: tuple[str, ...]) -> NDArray[np.float64]:
    """(n, d): what each fact adds to the first measure's lead over the second, under the refit."""
    n = len(answered.owed)
    rows = np.flatnonzero(answered.second >= 0)
    place = {m: a for a, m in enumerate(refit.measures)}
    arms = np.asarray([place.get(m, -1) for m in answered.bundle.measures])
    first, second = arms[answered.first[rows]], arms[answered.second[rows]]
    known = (first >= 0) & (second >= 0)
    rows, first, second = rows[known], first[known], second[known]
    features, pairs = answered.cases.features, answered.cases.pairs
    a = attribute(refit, features, pairs, rows, first)
    b = attribute(refit, features, pairs, rows, second)
    found = np.zeros((n, len(names)))
    columns = [a.feature_names.index(name) for name in names]
    found[rows] = (a.values - b.values)[:, columns]
    return found
