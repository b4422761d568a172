"""What the reasons speak of: how many first choices name a fact, and of which theme."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from explain.contributions import check_additivity
from explain.reasons import sum_in_order
from pipelines.explained.answers import BY_NAME, Answered

OF_THE_PROCEDURE = ("claim",)
"""Themes that speak of the document and the case; all others speak of the debtor."""


def count_reasons(answered: Answered) -> dict[str, Any]:
    """Counts over the first choices of a nation.

    `n` cases with a ranked measure; `n_named`: the first choice names a fact as a reason;
    `themes`: told facts of first choices by theme; `about_debtor`: their share outside
    OF_THE_PROCEDURE (NaN where nothing is told); `unstable`: first choices whose order is not sure.
    """
    told = [answered.told(int(i)) for i in answered.first_rows]
    themes: Counter[str] = Counter(
        BY_NAME[str(r["feature"])].theme for reasons in told for r in reasons
    )
    total = sum(themes.values())
    procedure = sum(themes[theme] for theme in OF_THE_PROCEDURE)
    unstable = answered.explanations["unstable"].to_numpy()[answered.first_rows]
    return {
        "n": len(told),
        "n_named": sum(len(reasons) > 0 for reasons in told),
        "n_with_next": int((answered.second >= 0).sum()),
        "themes": dict(sorted(themes.items())),
        "about_debtor": 1.0 - procedure / total if total else float("nan"),
        "unstable": int(unstable.sum()),
        "abstained": sum(r != "" for r in answered.ranking.abstain_reason),
    }


def largest_error(answered: Answered) -> float:
    """The largest |base + parts - expected amount| over the sum of the parts' sizes (B1).

    Raises:
        AdditivityError: It is above 1e-9.
    """
    check_additivity(answered.ranked, answered.attribution)
    a = answered.attribution
    total = a.base_som + sum_in_order(a.values) + sum_in_order(a.corrections)
    sizes = (
        np.abs(a.base_som) + sum_in_order(np.abs(a.values)) + sum_in_order(np.abs(a.corrections))
    )
    off = np.abs(total - answered.ranked["expected_net_som"].to_numpy())
    return float((off / np.maximum(sizes, 1.0)).max()) if len(off) else 0.0
