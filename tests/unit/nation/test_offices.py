"""Offices with loads, and officers with habits and skill."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from nation.commons import build_commons
from nation.invent import Nation, invent
from nation.measures import (
    BAN,
    BANK,
    ESTATE,
    INSTALMENT,
    MOVABLE,
    N_MEASURES,
    NOTICE,
    SEARCH,
    TRAVEL,
    VEHICLE,
)
from nation.officers import build_practice
from nation.offices import DEBTORS_PER_OFFICER, build_offices, officers_table
from nation.reporting import ids
from nation.settings import Request
from nation.truth import expected_recovery
from tests.unit.nation.few_cases import first_decisions

AS_OF = date(2026, 4, 1)
LABORIOUS = [MOVABLE, VEHICLE, ESTATE, SEARCH]


@pytest.fixture(scope="module")
def nation() -> Nation:
    return invent(12_000, 408, AS_OF, n_draws=1, truth_questions=10, truth_actions=10)


@pytest.fixture(scope="module")
def cases(nation: Nation) -> pl.DataFrame:
    """Each case as opened, with the skill of its officer and the load of its office."""
    first = nation.tables["cases"].unique("case_id", keep="first", maintain_order=True)
    return first.join(nation.truth["officers_skill"], on=["officer_id", "office"])


def test_every_case_lies_with_a_known_officer_of_its_own_office(
    nation: Nation, cases: pl.DataFrame
) -> None:
    assert cases.height == nation.tables["cases"]["case_id"].n_unique()
    decided = nation.tables["actions"].unique("action_id", keep="first")
    both = decided.join(cases, on="case_id")
    assert (both["officer_id"] == both["officer_id_right"]).all()


def test_busy_offices_have_more_cases_per_officer(cases: pl.DataFrame) -> None:
    offices = cases.group_by("office").agg(
        pl.col("load").first(), per_officer=pl.len() / pl.col("officer_id").n_unique()
    )
    busy = offices.filter(pl.col("load") > 0.4)["per_officer"].mean()
    idle = offices.filter(pl.col("load") < -0.4)["per_officer"].mean()
    assert busy > 1.8 * idle  # type: ignore[operator]


def test_busy_offices_decide_later(nation: Nation, cases: pl.DataFrame) -> None:
    first = nation.tables["actions"].sort("decided_on").unique("case_id", keep="first")
    waits = first.join(cases, on="case_id").with_columns(
        days=(pl.col("decided_on") - pl.col("opened_on")).dt.total_days()
    )
    busy = waits.filter(pl.col("load") > 0.5)["days"].mean()
    idle = waits.filter(pl.col("load") < 0.0)["days"].mean()
    assert busy > idle + 1.5  # type: ignore[operator]


def test_busy_offices_shun_laborious_measures() -> None:
    """The same officer with the same habits, in a busy and in an idle office."""
    offices = build_offices(np.random.default_rng(2), 3_000)
    officer, region = np.arange(len(offices.skill)), np.zeros(len(offices.skill), dtype=np.int64)

    def chance(load: float) -> float:
        utility = replace(offices, load=np.full_like(offices.load, load)).utility(officer, region)
        weights = np.exp(utility) / np.exp(utility).sum(axis=1, keepdims=True)
        return float(weights[:, LABORIOUS].sum(axis=1).mean())

    assert chance(0.7) < 0.75 * chance(-0.7)


@pytest.mark.parametrize("measure", [NOTICE, BANK, BAN, TRAVEL, INSTALMENT, MOVABLE])
def test_what_a_skilled_officer_does_brings_more(measure: int) -> None:
    """The same cases with the same luck, before officers of low, usual and high skill."""
    s, state, calendar, offices = first_decisions(Request(800, 24, AS_OF))
    rows, only = np.arange(len(s.kind)), np.zeros((len(s.kind), N_MEASURES), dtype=bool)
    only[:, measure] = s.is_money
    practice = build_practice(offices, s)

    def share(skill: float) -> float:
        before = replace(s, skill=np.full(len(s.kind), skill))
        som = expected_recovery(before, state, practice, rows, only, 20, (1,), calendar)
        return float(np.nanmean(som[:, measure] / np.maximum(state.debt, 1.0)))

    low, usual, high = share(-1.5), share(0.0), share(1.5)
    assert low + 0.005 < usual < high - 0.005


def test_the_truth_tells_the_skill_that_was_at_work() -> None:
    s, _, _, offices = first_decisions(Request(800, 24, AS_OF))
    told = officers_table(offices).select("officer_id", "skill").rows_by_key(
        "officer_id", unique=True
    )  # fmt: skip
    names = ids("F", s.officer + 1).to_list()
    assert [told[name][0] for name in names] == s.skill.tolist()


def test_skill_stands_in_no_register_and_drives_no_choice(nation: Nation) -> None:
    assert all("skill" not in frame.columns for frame in nation.tables.values())
    offices = build_offices(np.random.default_rng(1), 3_000)
    related = np.corrcoef(offices.skill, offices.habits.T)[0, 1:]
    assert np.abs(related).max() < 4 / np.sqrt(len(offices.skill))


def test_officers_keep_their_habits_in_every_block_and_grow_in_number_with_the_nation() -> None:
    request = Request(2_000, 6, AS_OF, block_debtors=500)
    same = Request(2_000, 6, AS_OF)
    one, other = build_commons(request).land.offices, build_commons(same).land.offices
    assert np.array_equal(one.habits, other.habits)
    large = build_offices(np.random.default_rng(1), 1_000_000)
    assert large.per_office >= 1_000_000 // 203 // DEBTORS_PER_OFFICER
    assert build_offices(np.random.default_rng(1), 3_000).per_office == 2
