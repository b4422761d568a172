"""Limits of abstention: no more cases than stated, whatever the reason."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest

from models.abstention import Sample, reasons_of, set_limits

N = 1_000
EXAMPLES: Any = SimpleNamespace(outstanding=np.asarray([5e6]))


def sample(missing_share: float) -> Sample:
    rng = np.random.default_rng(3)
    owed = rng.uniform(1e5, 4e6, N)
    return Sample(
        features=pl.DataFrame({"known_on_incomes": ["2026-03-01"] * N}),
        owed=owed,
        net=rng.uniform(1.0, 2.0, (N, 3)) * 1e4,
        regret=owed * rng.beta(1, 9, N),
        overlap_of_best=np.full(N, 0.5),
        is_missing=rng.random(N) < missing_share,
    )


def abstaining(s: Sample, share: float) -> list[str]:
    limits = set_limits(s, EXAMPLES, share)
    reasons = reasons_of(
        limits, s.features, s.owed, s.net, s.regret, s.overlap_of_best, s.is_missing
    )
    return [r for r in reasons if r]


@pytest.mark.parametrize("missing", [0.0, 0.05, 0.15])
def test_cases_without_a_register_count_among_those_that_abstain(missing: float) -> None:
    found = abstaining(sample(missing), 0.24)
    assert len(found) == pytest.approx(0.24 * N, abs=2)
    assert found.count("register_missing") == pytest.approx(missing * N, abs=0.03 * N)


def test_where_missing_registers_alone_are_that_many_no_order_is_called_unstable() -> None:
    found = abstaining(sample(0.4), 0.24)
    assert set(found) == {"register_missing"}


def test_the_least_stable_orders_are_those_that_abstain() -> None:
    s = sample(0.0)
    limit = set_limits(s, EXAMPLES, 0.24).regret_share
    assert limit == pytest.approx(float(np.quantile(s.regret / s.owed, 0.76)), rel=0.02)
