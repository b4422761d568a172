"""An evaluation shows no value of which the logs cannot tell, and says what each figure means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from chora.evaluated import show_evaluation
from models.off_policy import ESTIMATORS, judge_policy
from models.overlap import Overlap
from models.policy_value import LoggedRewards, PolicyValue, logged_value
from models.qini import qini
from models.two_steps import MEASURED_ONLY, Comparison, TwoSteps
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
        "two_steps": two_steps(low=0.004, tried=tried),
    }


def two_steps(*, low: float, tried: bool) -> dict[str, Any]:
    value = PolicyValue("dr", low + 0.02, 0.0102, low, low + 0.04, 500.0, 9.0)
    seen = Overlap(N, 300, 200.0 if tried else 20.0, 9.0, 0.01, 1.0, 0.01)
    core = replace(value, value=0.4567, low=0.44, high=0.47)
    compared = Comparison(core, value, value, 0.23, 204.0, 231.0, seen, seen)
    left_out = {"second_window_open": 1234, "nothing_lawful": 0}
    return TwoSteps(N, 500, 321, 290, 180, left_out, compared).as_dict()


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


@pytest.mark.parametrize("low", [0.004, -0.011])
def test_the_verdict_on_two_steps_stands_with_its_figures_and_that_nothing_uses_it(
    low: float, capsys: pytest.CaptureFixture[str]
) -> None:
    found = report(tried=True) | {"two_steps": two_steps(low=low, tried=True)}
    page = evaluation_page(found)
    show_evaluation(found)
    told = " ".join(capsys.readouterr().out.split())
    verdict = "is measured to be better" if low > 0 else "is not measured to be better"
    interval = f"95 % interval {100 * low:.2f} to {100 * (low + 0.04):.2f}"
    for text in (page, told):
        assert verdict in text
        assert MEASURED_ONLY in text
        assert f"{100 * (low + 0.02):.2f} points of the debt (standard error 1.02" in text
        assert interval in text
        assert "first measure is another one in 23% of them" in text
        assert "321 of them were followed" in text
        assert "1,234 (two windows after them have not closed yet)" in text
    assert "| the core's order | 45.7 (44.0 to 47.0) | 204 |" in page


def test_where_the_logs_cannot_tell_of_two_steps_no_figure_of_them_is_shown() -> None:
    page = evaluation_page(report(tried=True) | {"two_steps": two_steps(low=0.004, tried=False)})
    section = page.split("## Two steps ahead")[1]
    assert "These logs cannot tell" in section
    assert "45.7" not in section
    assert "points of the debt" not in section
