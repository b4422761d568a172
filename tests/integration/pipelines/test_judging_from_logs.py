"""The public data sets whose values are known, where they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.logs_bandit import cross_checks
from pipelines.logs_results import write_judging_page
from pipelines.logs_trial import own_value, read_trial
from tests.integration.pipelines.test_whole_way import DATA, shared


def test_policies_of_the_shop_are_found_in_each_others_logs_or_the_logs_cannot_tell() -> None:
    checks = {(c.group, c.logger): c for c in cross_checks(shared("open_bandit_small"))}
    assert len(checks) == 4
    blind = checks.pop(("women", "Thompson"))
    assert not blind.judged.overlap.tells
    assert blind.judged.overlap.effective_n < 5
    for c in checks.values():
        assert c.judged.overlap.tells
        assert abs(c.apart) < 3


def test_the_trials_own_values_are_its_plain_means_by_arm() -> None:
    trial = read_trial(shared("hillstrom_email_rct") / "hillstrom.csv.gz")
    men = trial.arm == 0
    assert own_value(trial, "men's e-mail for everybody", "visit").value == pytest.approx(
        trial.outcomes["visit"][men].mean()
    )
    assert abs(men.mean() - 1 / 3) < 0.01


@pytest.mark.long
def test_the_page_of_judging_is_written_the_same_twice(tmp_path: Path) -> None:
    shared("open_bandit_small"), shared("hillstrom_email_rct")
    pages = [tmp_path / "one.md", tmp_path / "two.md"]
    for page in pages:
        write_judging_page(DATA, page, n_samples=3, n_cases=3000, n_trial_samples=2)
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert "these logs cannot tell" in pages[0].read_text(encoding="utf-8")
