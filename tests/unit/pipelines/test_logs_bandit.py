"""Two policies' logs of one shop, invented: each judged from the other's, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from pipelines.logs_bandit import GROUPS, cross_checks, read_clicks, shown_chances, uniform_chances
from registers.errors import SourceFileError

RATES = np.array([0.05, 0.1, 0.2, 0.4])


def write_logs(folder: Path, favours: np.ndarray, n: int = 6000) -> Path:
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(3)
    for group in GROUPS:
        for policy, chances in (("random", np.full(4, 0.25)), ("bts", favours)):
            item = rng.choice(4, n, p=chances)
            frame = pl.DataFrame(
                {
                    "item_id": item,
                    "position": rng.integers(1, 4, n),
                    "click": (rng.uniform(size=n) < RATES[item]).astype(int),
                    "propensity_score": chances[item],
                }
            )
            frame.write_csv(folder / f"{policy}_{group}.csv.gz", compression="gzip")
    return folder


def test_each_policy_is_found_in_the_others_log(tmp_path: Path) -> None:
    favours = np.array([0.1, 0.2, 0.3, 0.4])
    checks = cross_checks(write_logs(tmp_path / "logs", favours))
    assert len(checks) == 4
    for c in checks:
        truth = float(RATES @ (favours if c.target == "Thompson" else np.full(4, 0.25)))
        assert c.judged.overlap.tells
        assert abs(c.apart) < 3
        dr = c.judged.estimates["dr"]
        assert abs(dr.value - truth) < 3 * dr.se
        assert c.own.value == pytest.approx(truth, abs=0.02)


def test_a_policy_that_hardly_ever_shows_an_item_cannot_tell_of_the_uniform_one(
    tmp_path: Path,
) -> None:
    checks = cross_checks(write_logs(tmp_path / "logs", np.array([1e-4, 1e-4, 1e-4, 1 - 3e-4])))
    blind = {c.target: c.judged.overlap for c in checks}
    assert not blind["uniform"].tells
    assert blind["Thompson"].tells


def test_chances_of_a_policy_are_how_often_it_showed_an_item_at_a_place(tmp_path: Path) -> None:
    log = read_clicks(write_logs(tmp_path / "logs", np.full(4, 0.25), 300) / "bts_men.csv.gz")
    chances = shown_chances(log, log.place, 4)
    assert np.allclose(chances.sum(axis=1), 1.0)
    here = log.place == 2
    assert chances[here][0, 3] == pytest.approx((log.item[here] == 3).mean())
    assert (uniform_chances(2, 4) == 0.25).all()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file"),
        ("a,b\n1,2\n", "no Open Bandit log"),
        ("item_id,position,click,propensity_score\n", "empty"),
        ("item_id,position,click,propensity_score\n1,1,,0.1\n", "a value is missing"),
    ],
)
def test_a_file_that_is_no_such_log_is_refused(
    content: str | None, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "bts_men.csv.gz"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SourceFileError, match=words):
        read_clicks(file)
