"""A trial made a log on purpose: who stays, what is wrong with plain means, what is found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from pipelines.logs_trial import ARMS, Trial, confounded, own_value, read_trial, trial_checks
from registers.errors import SourceFileError


def write_trial(file: Path, n: int = 30_000) -> Path:
    """Recent customers visit more; the men's e-mail adds ten points to everybody's visits."""
    rng = np.random.default_rng(9)
    recency, arm = rng.integers(1, 13, n), rng.integers(0, 3, n)
    chance = 0.45 - 0.03 * recency + 0.1 * (arm == 0)
    visit = (rng.uniform(size=n) < chance).astype(int)
    pl.DataFrame(
        {
            "recency": recency,
            "history": np.round(rng.lognormal(5, 1, n), 2),
            "mens": rng.integers(0, 2, n),
            "womens": rng.integers(0, 2, n),
            "zip_code": rng.choice(["Rural", "Urban", "Surburban"], n),
            "newbie": rng.integers(0, 2, n),
            "channel": rng.choice(["Web", "Phone", "Multichannel"], n),
            "segment": np.asarray(ARMS)[arm],
            "visit": visit,
            "spend": visit * 20.0,
        }
    ).write_csv(file)
    return file


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return read_trial(write_trial(tmp_path_factory.mktemp("trial") / "hillstrom.csv"))


def test_those_who_stay_are_the_customers_of_the_trial_but_not_by_lot(trial: Trial) -> None:
    log = confounded(trial, "moderate", np.random.default_rng(1))
    n, se = len(log.arm), 1 / np.sqrt(len(log.arm))
    assert 0.2 < n / len(trial.arm) < 0.4
    assert abs(log.good.mean() - trial.good.mean()) < 4 * se
    men, none = (log.good[log.arm == a].mean() for a in (0, 2))
    assert men - none > 0.4
    drawn = [trial.good[trial.arm == a].mean() for a in (0, 2)]
    assert abs(drawn[0] - drawn[1]) < 0.05


def test_the_trials_own_value_is_the_mean_of_those_who_got_what_the_policy_sends(
    trial: Trial,
) -> None:
    for name, policy in trial.policies.items():
        same = trial.arm == policy
        assert own_value(trial, name, "visit").value == pytest.approx(
            trial.outcomes["visit"][same].mean()
        )


def test_what_the_trial_shows_is_found_in_its_confounded_logs(trial: Trial) -> None:
    checks = trial_checks(trial, "moderate", 8, 5, draws=60)
    assert len(checks) == 6
    for c in checks:
        assert c.judged.overlap.tells
        dr = c.judged.estimates["dr"]
        assert abs(dr.value - c.own.value) < 4 * dr.se
        assert abs(c.bias["dr"]) < 0.06
        assert abs(c.bias["snips"]) < 0.06  # chances alone find it, without the model
        assert c.coverage["dr"] >= 5 / 8
    men = next(c for c in checks if c.policy.startswith("men's") and c.outcome == "visit")
    assert men.naive.value - men.own.value > 2 * men.naive.se  # good customers got that e-mail


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.drop("spend", "recency"), "it lacks recency, spend"),
        (lambda f: f.head(0), "it lacks rows"),
        (lambda f: f.with_columns(segment=pl.lit("Fax")), "none of the trial's three"),
    ],
)
def test_a_file_that_is_not_the_trial_is_refused(change, words: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = write_trial(tmp_path / "other.csv", 30)
    change(pl.read_csv(file)).write_csv(file)
    with pytest.raises(SourceFileError, match=words):
        read_trial(file)
    with pytest.raises(SourceFileError, match="no such file"):
        read_trial(tmp_path / "none.csv")
