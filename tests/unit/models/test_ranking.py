"""The order that people see: lawful only, the less intrusive first where nothing tells apart."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from models.abstention import AbstentionLimits, two_digits
from models.composition import Made
from models.intervals import Compared
from models.ranking import order, rank_cases
from models.scoring import Scored

INTRUSIVENESS = np.asarray([3, 8, 1], dtype=np.int64)


def scored(net: list[list[float]], spread: float, lawful: list[list[bool]] | None = None) -> Scored:
    values = np.asarray(net)
    allowed = np.ones(values.shape, dtype=bool) if lawful is None else np.asarray(lawful)
    values = np.where(allowed, values, np.nan)
    draws = np.stack([values + spread * d * np.arange(values.shape[1]) for d in (-1, 0, 1)])
    half = np.full(values.shape, 1.0)
    return Scored(
        measures=("a", "b", "c"),
        outstanding=np.full(len(values), 100.0),
        lawful=allowed,
        rate=values / 100,
        net=values,
        low=values - half,
        high=values + half,
        any_payment=half,
        draws=draws,
        m_hat=np.full(values.shape, 0.3),
        compared=Compared(half, half, half, np.zeros(len(values))),
        made=Made(half, half, np.zeros(len(values)), half),
    )


def test_the_best_comes_first_where_it_can_be_told_apart() -> None:
    rank, best = order(scored([[10.0, 30.0, 20.0]], spread=0.0), INTRUSIVENESS)
    assert rank.tolist() == [[3, 1, 2]]
    assert best.tolist() == [[False, True, False]]


def test_a_tie_gives_up_at_most_a_hundredth_of_the_debt() -> None:
    # The lightest is nearly unknown: its interval reaches the best, its expected value does not.
    rank, best = order(scored([[28.9, 30.0, 29.1]], spread=50.0), INTRUSIVENESS)
    assert best.tolist() == [[False, True, True]]
    assert rank[0, 0] == 3
    # A tenth of what the best would bring is no measure: of a debt of 100 it gives up 2.
    _, best = order(scored([[28.0, 30.0, 27.5]], spread=50.0), INTRUSIVENESS)
    assert best.tolist() == [[False, True, False]]


def test_what_can_be_told_apart_is_no_tie_however_near() -> None:
    rank, best = order(scored([[29.9, 30.0, 29.5]], spread=0.0), INTRUSIVENESS)
    assert best.tolist() == [[False, True, False]]
    assert rank.tolist() == [[2, 1, 3]]


def test_the_less_intrusive_comes_first_where_nothing_tells_apart() -> None:
    rank, best = order(scored([[29.5, 30.0, 29.2]], spread=50.0), INTRUSIVENESS)
    assert rank.tolist() == [[2, 3, 1]]
    assert best.all()


def test_equal_intrusiveness_is_ordered_by_expected_value() -> None:
    rank, _ = order(scored([[29.2, 30.0, 29.5]], spread=50.0), np.asarray([3, 3, 3]))
    assert rank.tolist() == [[3, 1, 2]]


@given(
    hnp.arrays(np.float64, (6, 3), elements=st.floats(-1e6, 1e9)),
    hnp.arrays(np.bool_, (6, 3)),
    st.floats(0, 1e6),
)
@settings(max_examples=200, deadline=None)
def test_ranks_are_one_to_n_over_lawful_measures_only(
    net: np.ndarray, lawful: np.ndarray, spread: float
) -> None:
    case = scored(net.tolist(), spread, lawful.tolist())
    rank, best = order(case, INTRUSIVENESS)
    assert ((rank > 0) == lawful).all()
    assert not (best & ~lawful).any()
    for i in range(len(net)):
        assert sorted(rank[i][lawful[i]]) == list(range(1, lawful[i].sum() + 1))
        # The best set comes before all others.
        if best[i].any() and (lawful[i] & ~best[i]).any():
            assert rank[i][best[i]].max() < rank[i][lawful[i] & ~best[i]].min()


def abstaining(case: Scored, limits: AbstentionLimits, known: list[str | None]) -> list[str]:
    features = pl.DataFrame({"known_on_incomes": known}, schema={"known_on_incomes": pl.String})
    return rank_cases(case, INTRUSIVENESS, features, limits).abstain_reason


def test_abstention_says_why() -> None:
    net = [[5.0, 4.0, 3.0], [-5.0, -4.0, -3.0], [5.0, 4.0, 3.0], [5.0, 4.0, 3.0], [5.0, 4.0, 3.0]]
    case = scored(net, spread=0.0)
    case.m_hat[2] = 0.001
    case.outstanding[3] = 1e9
    case.compared.regret[4] = 30.0
    known = [None, "d", "d", "d", "d"]
    found = abstaining(case, AbstentionLimits(0.2, 1e8), known)
    assert found == ["nothing_known", "no_gain", "thin_overlap", "beyond_range", "unstable_order"]


def test_no_order_is_stood_by_where_a_register_is_missing() -> None:
    features = pl.DataFrame({"known_on_incomes": ["2026-01-01"] * 2})
    case = scored([[5.0, 4.0, 3.0], [5.0, 4.0, 3.0]], spread=0.0)
    limits = AbstentionLimits(0.2, 1e8)
    ranking = rank_cases(case, INTRUSIVENESS, features, limits, np.asarray([True, False]))
    assert ranking.abstain_reason == ["register_missing", ""]


def test_the_program_stands_by_an_order_that_lies_within_all_limits() -> None:
    case = scored([[5.0, 4.0, 3.0], [5.0, 4.0, 3.0]], 0.0, [[True] * 3, [False] * 3])
    case.compared.regret[:] = 19.0
    case.m_hat[1] = 0.001
    assert abstaining(case, AbstentionLimits(0.2, 1e8), ["d", None]) == ["", ""]


def test_the_largest_debt_is_kept_to_two_digits_and_never_too_low() -> None:
    assert two_digits(1_234_567.0) == 1_300_000.0
    assert two_digits(1_200_000.0) == 1_200_000.0
    assert two_digits(0.0) == 0.0
