"""The page says what fell short as plainly as what passed."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from pipelines.judging import Scale, Truth, choose
from pipelines.ranking_page import build_page


def judged(**other: Any) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "n": 900,
        "world": "usual",
        "officers": 1_000.0,
        "best": 3_000.0,
        "n_examples": 30000,
        "chosen": "s_learner",
        "shown": [0.74, 0.5],
        "best_expected": [0.75, 0.52],
        "money_first": [0.2, 0.3],
        "learners": {"constant": [0.6, 0.4], "rule_card": [0.7, 0.4], "s_learner": [0.75, 0.52]},
        "ndcg": 0.94,
        "levels": {
            "share": 1.01,
            "som": 0.95,
            "ece": 0.01,
            "measures": {"travel_ban": {"n": 90, "share": 1.0, "som": 1.02, "bias": 0.0}},
        },
        "coverage": {"all": 0.9, "sizes": [0.9] * 5, "measures": {"travel_ban": 0.91}},
        "abstention": {"share": 0.2, "regret": 0.08, "regret_of_others": 0.03},
        "intrusiveness": {"officers": 3.0, "least": 1.8},
        "hidden": {"hidden": 0.1, "n_pairs": 900, "found": 0.09},
        "losses": {"s_learner": (0.3, 0.0, 0.0), "constant": (0.32, 0.02, 0.002)},
        "power": 0.006,
    }
    return figures | other


def test_what_passes_is_said_to_pass_and_what_falls_short_gives_its_figure() -> None:
    poor = judged(coverage={"all": 0.7, "sizes": [0.7] * 5, "measures": {}})
    page = build_page({"401": judged(), "402": poor}, 20_000, "Nothing.")
    bar = page.split("## The bar")[1].split("## Which")[0]
    lines = {line.split(" | ")[0].strip("| "): line for line in bar.splitlines()}
    assert lines["401"].count("pass (") == 6
    assert "pass (0.90, 20% abstain" in lines["401"]
    assert "**0.70, 20% abstain, 0.38 left**" in lines["402"]
    assert "of 20,000 debtors each: 401 (usual); 402 (usual)" in page
    assert page.rstrip().endswith("Nothing.")


def test_a_learner_that_took_no_part_has_no_figure() -> None:
    few = judged(learners={"constant": [0.6, 0.4], "s_learner": [0.75, 0.52]})
    page = build_page({"401": judged(), "402": few}, 20_000, "Nothing.")
    row = next(x for x in page.splitlines() if x.startswith("| 402 | 0.20"))
    assert " – " in row


def test_the_scale_runs_from_the_officers_to_the_best_by_share_and_by_som() -> None:
    """Two cases, worked out by hand."""
    truth = Truth(
        pl.DataFrame(),
        pl.DataFrame(),
        owed=np.array([10.0, 1000.0]),
        lawful=np.array([[True, True], [True, False]]),
        value=np.array([[2.0, 8.0], [500.0, 900.0]]),
        officers=np.array([[0.5, 0.5], [0.0, 1.0]]),
    )
    scale = Scale(truth)
    assert scale.officers.tolist() == [5.0, 900.0]
    assert scale.best.tolist() == [8.0, 500.0]
    policy = choose(np.array([[1.0, 2.0], [1.0, 2.0]]), truth.lawful)
    assert policy.tolist() == [1, 0]
    by_share, by_som = scale.closed(scale.of(policy))
    assert by_share == 1.0
    assert by_som == 1.0
    worst = scale.closed(scale.of(np.array([0, 0])))
    way = (8 - 5) / 10 + (500 - 900) / 1000
    assert worst[0] == pytest.approx(((2 - 5) / 10 + (500 - 900) / 1000) / way)
