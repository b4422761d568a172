"""Judging policies of known value from logs, and the page of how well that goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pipelines.logs_bandit import cross_checks
from pipelines.logs_page import build_page
from pipelines.logs_simulated import simulate
from pipelines.logs_trial import STRENGTHS, read_trial, trial_checks

SEED: Final = 20260401
N_CASES: Final = 50_000
N_SAMPLES: Final = 200
N_TRIAL_SAMPLES: Final = 100


def write_judging_page(
    data: Path,
    page: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    n_samples: int = N_SAMPLES,
    n_cases: int = N_CASES,
    n_trial_samples: int = N_TRIAL_SAMPLES,
) -> None:
    """Write the page from the data sets in `data` and from simulated logs.

    Raises:
        SourceFileError: a file of the two data sets is missing or is not theirs.
    """
    bandit = cross_checks(data / "open_bandit_small")
    trial = read_trial(data / "hillstrom_email_rct" / "hillstrom.csv.gz")
    checks = [
        check
        for strength in STRENGTHS
        for check in trial_checks(trial, strength, n_trial_samples, SEED, progress)
    ]
    simulation = simulate(n_samples, n_cases, SEED, progress)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(build_page(simulation, bandit, checks), encoding="utf-8")
