"""An evaluation shows no value of which the logs cannot tell, and says what each figure means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from chora.evaluated import show_evaluation
from models.off_policy import ESTIMATORS, judge_policy
from models.policy_value import LoggedRewards, logged_value
from models.qini import qini
from pipelines.evaluation_page import CANNOT_TELL, MEANINGS, NAMES, evaluation_page, gamma_text
from pipelines.from_logs import OTHERS, groups_of, overlap_by_region

N = 600


def log_of(scale: float) -> LoggedRewards:
    rng = np.random.default_rng(8)
    arm = rng.integers(0, 2, N)
    return LoggedRewards(
        reward=scale * (0.4 + 0.2 * arm + rng.normal(0, 0.05, N)),
        arm=arm,
        taken=np.full(N, 0.5),
        modelled=scale * np.full((N, 2), 0.5),
        clusters=np.arange(N),
        span=np.full(N, scale),
    )


def values(log: LoggedRewards, policy: np.ndarray) -> dict[str, Any]:
    judged = judge_policy(log, policy, draws=50).as_dict()
    one = judged["estimates"] | {
        "overlap": judged["overlap"],
        "gain_over_officers": judged["gain"],
        "sensitivity": judged["gamma"],
    }
    return {"officers": logged_value(log, draws=50).as_dict(), "as_shown": one} | {
        "best_expected": one
    }


def report(*, tried: bool) -> dict[str, Any]:
    share, money = log_of(1.0), log_of(2e6)
    if not tried:  # the officers hardly ever did what the ranking would do
        seldom = np.where(np.arange(N) < 3, 1, 0)
        share, money = (
            replace(x, arm=seldom, taken=np.where(seldom == 1, 0.02, 0.98)) for x in (share, money)
        )
    policy = np.ones(N, dtype=np.int64)
    regions = ["1703"] * 300 + ["1726"] * 290 + [None] * 10
    lawful, weights = np.ones((N, 2), dtype=bool), np.array([1.0, 5.0])
    curves = {
        key: qini(
            x, np.add(x.modelled, [0.0, 1.0]), lawful, weights, officers_intrusiveness=3.0
        ).as_dict()
        for key, x in (("shares", share), ("values", money))
    }
    measure = {
        "measure": "travel_ban",
        "n_taken": 3,
        "hardly_ever": 0.4,
        "n_regions": 2,
        "blind_regions": ["1703"],
    }
    return {
        "model_version": "uz-7",
        "legal_order": "uz",
        "n_decisions": N,
        "n_debtors": 500,
        "values": values(money, policy),
        "shares": values(share, policy),
        "overlap": {
            "measures": [measure | values(share, policy)["as_shown"]["overlap"]],
            "regions": overlap_by_region(share, policy, regions),
        },
        "qini": curves,
        "calibration": {},
    }


def test_where_the_logs_can_tell_each_estimator_stands_beside_the_others() -> None:
    page = evaluation_page(report(tried=True))
    rows = {line.split(" | ")[0].strip("| "): line for line in page.splitlines() if "|" in line}
    for name in ESTIMATORS:
        assert f"**{NAMES[name]}**: {MEANINGS[name]}" in page
        assert CANNOT_TELL not in rows[NAMES[name]]
    assert "more than the officers' choices" in page
    assert "points of the debt per decision against the officers" in page
    assert "UZS per decision against the officers" in page
    assert "Restriction" in page or "restriction on leaving" in page
    assert "| 1 of 2 |" in page


def test_where_the_logs_cannot_tell_no_value_of_the_ranking_is_shown() -> None:
    found = report(tried=False)
    page = evaluation_page(found)
    assert not found["shares"]["as_shown"]["overlap"]["tells"]
    rows = [line for line in page.splitlines() if line.startswith(("| IPS", "| SNIPS", "| DR"))]
    assert len(rows) == 6
    assert all(row.count(CANNOT_TELL) == 2 for row in rows)
    model = next(line for line in page.splitlines() if line.startswith("| the model alone"))
    assert model.count(", unproven") == 2
    assert " to " not in model
    assert "against the officers:" not in page
    assert "Hidden reasons: " not in page
    dr = found["values"]["as_shown"]["dr"]["value"]
    assert f"{dr:,.0f}" not in page


def test_the_console_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    show_evaluation(report(tried=False))
    told = capsys.readouterr().out
    assert "These logs cannot tell" in told
    assert "against the officers" not in told
    assert "no register holds" not in told
    show_evaluation(report(tried=True))
    told = capsys.readouterr().out
    assert "cannot tell" not in told
    assert "no register holds" in told
    assert "against the officers" in told


def test_hidden_reasons_are_told_as_a_factor_on_the_odds() -> None:
    assert "at most 1.80 (sure up to 1.20)" in gamma_text({"point": 1.8, "sure": 1.2})
    assert "not sure even without" in gamma_text({"point": 1.8, "sure": None})
    assert gamma_text({"point": None, "sure": None}).startswith("no gain")


def test_small_regions_are_told_of_together_and_none_is_lost() -> None:
    names = ["1703"] * 25 + ["1706"] * 19 + ["1708"] * 5 + [None] * 2
    groups = groups_of(names)
    assert {k: len(v) for k, v in groups.items()} == {"1703": 25, OTHERS: 26}
    assert sorted(np.concatenate(list(groups.values())).tolist()) == list(range(len(names)))
