"""The page of judging from logs says what fell short and what the logs cannot tell."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from models.policy_value import PolicyValue
from pipelines.evaluation_page import CANNOT_TELL
from pipelines.logs_bandit import cross_checks
from pipelines.logs_page import build_page
from pipelines.logs_simulated import SETTINGS, UNITS, Sampled, Simulation
from pipelines.logs_trial import TrialCheck
from tests.unit.pipelines.test_logs_bandit import write_logs


def simulation(*, error: float = 0.006, coverage: float = 0.945) -> Simulation:
    """Two hundred samples that pass, with that error and coverage where chances are learned."""
    sampled = []
    for s, u, e in product(SETTINGS, UNITS, ("ips", "snips", "dr", "switch_dr")):
        off, held = (error, coverage) if s == "learned" else (0.006, 0.945)
        sampled.append(Sampled(s, u, e, 200, off, 0.1, 0.001, held, 0.015))
    truth, naive = {"shares": 0.28, "som": 1e6}, dict.fromkeys(UNITS, 0.08)
    return Simulation(50_000, 7, truth, tuple(sampled), naive, 7e3, 0.3)


@pytest.fixture(scope="module")
def page_parts(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("logs")
    favours = np.array([1e-4, 1e-4, 1e-4, 1 - 3e-4])
    bandit = cross_checks(write_logs(folder / "logs", favours))
    value = PolicyValue("snips", 0.18, 0.01, 0.16, 0.2, 900.0, 3.0)
    trial = [
        TrialCheck(
            "moderate", "men's e-mail for everybody", "visit", value, value, bandit[0].judged,
            dict.fromkeys(("ips", "snips", "dr", "switch_dr"), 0.01),
            dict.fromkeys(("ips", "snips", "dr", "switch_dr"), 0.94), 64_000, 578, 18_000,
        )
    ]  # fmt: skip
    return bandit, trial


def test_what_meets_the_bar_passes_and_what_does_not_gives_its_figure(page_parts) -> None:  # type: ignore[no-untyped-def]
    page = build_page(simulation(), *page_parts)
    assert page.count("pass (error 0.60%, coverage 94.5%)") == 4
    assert "falls short" not in page
    page = build_page(simulation(coverage=0.91), *page_parts)
    assert page.count("falls short (error 0.60%, **coverage 91.0%**)") == 2
    page = build_page(simulation(error=0.07), *page_parts)
    assert page.count("falls short (**error 7.00%**, coverage 94.5%)") == 2


def test_a_log_without_overlap_gives_words_and_no_number(page_parts) -> None:  # type: ignore[no-untyped-def]
    bandit, _ = page_parts
    page = build_page(simulation(), *page_parts)
    rows = [r for r in page.splitlines() if r.startswith("| ") and "uniform policy from" in r]
    assert len(rows) == 2
    assert all(r.count(CANNOT_TELL) == 5 for r in rows)
    other = [r for r in page.splitlines() if r.startswith("| ") and "Thompson policy from" in r]
    assert all(CANNOT_TELL not in r for r in other)
    for c in bandit:
        assert c.judged.overlap.sentence in page


def test_the_page_says_how_it_was_made(page_parts) -> None:  # type: ignore[no-untyped-def]
    page = build_page(simulation(), *page_parts)
    assert "Written by `chora results judging --data FOLDER`; no figure on this page" in page
    assert "200 logs of 50,000 cases (seed 7)" in page
    assert "64,000 customers" in page


def test_the_committed_page_is_of_this_form() -> None:
    page = Path(__file__).parents[3] / "docs" / "results" / "judging.md"
    text = page.read_text(encoding="utf-8")
    assert "Written by `chora results judging --data FOLDER`; no figure on this page" in text
    assert "200 logs of 50,000 cases" in text
    assert CANNOT_TELL in text
