"""The switches: hidden confounding, effect driver and risk driver apart, a change of regime."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from nation.arrays import Floats
from nation.block import Share, invent_block
from nation.commons import build_commons
from nation.country import Calendar
from nation.drivers import build_drivers
from nation.effects import AFTER_CHANGE, bank_levy
from nation.invent import Nation, invent
from nation.measures import BANK, MEASURE_IDS, N_MEASURES, NOTICE
from nation.money import MONTHS_SEEN, likely_money
from nation.names import Numbers
from nation.officers import (
    HARSH,
    build_practice,
    choice_weights,
    lottery_weights,
    mixed_policy,
    policy,
    unwillingness,
)
from nation.offices import Offices
from nation.settings import EffectDriver, Request, Switches
from nation.situation import Situation, State, World
from nation.truth import expected_recovery
from tests.unit.nation.few_cases import first_decisions

AS_OF = date(2026, 4, 1)


@cache
def world_of(driver: EffectDriver) -> Nation:
    return invent(
        6_000, 21, AS_OF, switches=Switches(effect_driver=driver), n_draws=120,
        truth_questions=1_300, truth_actions=1,
    )  # fmt: skip


@cache
def confounded(gamma: float) -> Nation:
    return invent(800, 22, AS_OF, switches=Switches(gamma=gamma), n_draws=1)  # fmt: skip


@cache
def changed(day: date | None) -> Nation:
    return invent(3_000, 23, AS_OF, switches=Switches(regime_change=day), n_draws=80)


def small_world(switches: Switches) -> tuple[Situation, State, Calendar, Offices]:
    """Cases of 600 debtors, each at a state of its first decision."""
    return first_decisions(Request(600, 24, AS_OF, switches))


# ---- hidden confounding ------------------------------------------------------------------------


def odds_of(gamma: float, willing: float) -> Floats:
    """Odds of every measure for cases alike in all registers and of one willingness."""
    s, state, _, offices = small_world(Switches(gamma=gamma))
    s = replace(s, willing=np.full_like(s.willing, willing))
    practice = build_practice(offices, s, gamma)
    is_open = np.random.default_rng(2).random((len(s.kind), N_MEASURES)) < 0.5
    is_open[:, 0] = True
    chance = mixed_policy(
        practice, choice_weights(practice.utility, state, is_open), lottery_weights(is_open)
    )
    odds: Floats = np.where(is_open & (chance < 1.0), chance / (1.0 - chance + 1e-300), np.nan)
    return odds


@pytest.mark.parametrize("gamma", [1.0, 1.5, 3.0, 10.0])
def test_odds_of_two_debtors_alike_in_registers_differ_by_gamma_at_most(gamma: float) -> None:
    ratio = odds_of(gamma, -4.0) / odds_of(gamma, 4.0)
    least, most = np.nanmin(ratio), np.nanmax(ratio)
    assert 1 / gamma - 1e-9 <= least
    assert most <= gamma + 1e-9
    assert most > 1 + 0.8 * (gamma - 1) - 1e-9


def test_at_gamma_one_officers_see_nothing_that_registers_do_not_hold() -> None:
    assert np.array_equal(odds_of(1.0, -4.0), odds_of(1.0, 4.0), equal_nan=True)


def gap_of(gamma: float, share: Floats) -> float:
    """How much more than its true effect a notice seems to bring among those who got it.

    The policy at gamma 1 hangs on registers alone, so what it would show is what perfect
    adjusting for all registers gives; the rest is hidden confounding.
    """
    s, state, calendar, offices = small_world(Switches())
    rows = np.arange(len(s.kind))
    luck = np.random.default_rng(4).random((MONTHS_SEEN, len(rows)))
    money = likely_money(s, calendar)(rows, state.day, luck)

    def among_chosen(bound: float) -> float:
        practice = build_practice(offices, s, bound)
        habit, lottery, _ = policy(practice.utility, s, state, money, calendar)
        weight = mixed_policy(practice, habit, lottery)[:, NOTICE]
        return float((weight * share).sum() / weight.sum())

    return among_chosen(gamma) - among_chosen(1.0)


def test_gamma_widens_the_gap_between_observed_and_true_effects() -> None:
    s, state, calendar, offices = small_world(Switches())
    practice = build_practice(offices, s)
    rows, only = np.arange(len(s.kind)), np.zeros((len(s.kind), N_MEASURES), dtype=bool)
    only[:, NOTICE] = s.is_money
    som = expected_recovery(s, state, practice, rows, only, 60, (5,), calendar)[:, NOTICE]
    share = np.where(s.is_money, som / np.maximum(state.debt, 1.0), 0.0)
    gaps = [gap_of(gamma, share) for gamma in (1.0, 1.5, 3.0, 10.0)]
    assert gaps[0] == 0.0
    assert all(wider > narrower + 0.001 for narrower, wider in pairwise(gaps))
    assert gaps[-1] > 0.01


def test_gamma_is_stated_and_the_hidden_variable_is_kept_in_the_truth() -> None:
    nation = confounded(6.0)
    told = nation.description["hidden_confounding"]
    assert told["gamma"] == 6.0
    assert set(told["raises_the_odds_of"]) == {MEASURE_IDS[m] for m in HARSH}
    traits = nation.truth["debtors"]
    seen = unwillingness(traits["willing"].to_numpy())
    assert np.allclose(traits["unwillingness"].to_numpy(), seen)


# ---- effect driver and risk driver -------------------------------------------------------------


def by_case(nation: Nation) -> pl.DataFrame:
    """Of each question: share that a travel ban and a notice bring, and the debtor's traits."""
    wide = nation.truth["truth"].pivot("measure", index="case_id", values="expected_net_som")
    cases = nation.tables["cases"].unique("case_id", keep="last")
    rows = wide.join(cases, on="case_id").join(nation.truth["debtors"], on="debtor_id")
    owed = pl.col("claim_som").cast(pl.Float64)
    return rows.filter(pl.col("claim_som") > 100_000).with_columns(
        travel=((pl.col("travel_ban") + 14_500) / owed).clip(0, 1),
        notice=((pl.col("voluntary_notice") + 4_000) / owed).clip(0, 1),
        means=(pl.col("cash").log() - owed.log()).clip(-2.5, 2.5),
    )


def slopes(rows: pl.DataFrame, target: pl.Expr) -> dict[str, float]:
    """Least squares of a target on standardised willingness, mobility and means."""
    names = ["willing", "mobile", "means"]
    x = rows.select((pl.col(n) - pl.col(n).mean()) / pl.col(n).std() for n in names).to_numpy()
    x = np.column_stack([np.ones(len(x)), x])
    found = np.linalg.lstsq(x, rows.select(target).to_numpy().ravel(), rcond=None)[0]
    return dict(zip(names, found[1:].tolist(), strict=True))


def test_apart_what_drives_the_effect_is_independent_of_what_drives_the_risk() -> None:
    traits = world_of("apart").truth["debtors"].with_columns(log=pl.col("cash").log())
    for risk in ("willing", "evasive", "log"):
        assert abs(float(traits.select(pl.corr("mobile", risk)).item())) < 0.045, risk
    usual = world_of("risk").truth["debtors"]
    assert float(usual.select(pl.corr("mobile", "evasive")).item()) > 0.15


def test_apart_mobility_tells_which_measure_and_willingness_whether() -> None:
    rows = by_case(world_of("apart"))
    which = slopes(rows, pl.col("travel") - pl.col("notice"))
    whether = slopes(rows, pl.col("travel") + pl.col("notice"))
    assert which["mobile"] > 4 * abs(which["willing"])
    assert whether["willing"] > 2 * abs(whether["mobile"])


def test_in_the_usual_world_willingness_tells_both() -> None:
    rows = by_case(world_of("risk"))
    which = slopes(rows, pl.col("travel") - pl.col("notice"))
    whether = slopes(rows, pl.col("travel") + pl.col("notice"))
    assert which["willing"] < -0.03
    assert whether["willing"] > 0.03


def test_the_drivers_of_both_are_written_down() -> None:
    told = world_of("apart").description["drivers"]
    assert told["which_measure_works_best"] == ["mobile"]
    assert not set(told["which_measure_works_best"]) & set(told["whether_anything_is_paid"])
    apart = build_drivers("apart").table
    lifted = apart[np.abs(apart).sum(axis=1) > 0]
    assert len(np.unique(lifted[:, [0, 1, 3]], axis=0)) == 1
    assert len(np.unique(lifted[:, 2])) > 5


# ---- a lottery in place of habit ---------------------------------------------------------------


def test_where_a_lottery_always_decides_every_open_measure_has_an_equal_chance() -> None:
    switches = Switches(lottery_share=1.0)
    s, state, calendar, offices = small_world(switches)
    practice = build_practice(offices, s, lottery_share=switches.lottery_share)
    money = likely_money(s, calendar)(
        np.arange(len(s.kind)), state.day, np.full((MONTHS_SEEN, len(s.kind)), 0.5)
    )
    habit, lottery, _ = policy(practice.utility, s, state, money, calendar)
    chance = mixed_policy(practice, habit, lottery)
    drawn = lottery.sum(axis=1) > 0
    assert drawn.mean() > 0.9
    for row in chance[drawn]:
        assert np.ptp(row[row > 0]) < 1e-12


def test_a_nation_of_lotteries_records_the_chance_of_nearly_every_choice() -> None:
    nation = invent(800, 22, AS_OF, switches=Switches(lottery_share=1.0), n_draws=1)
    actions = nation.truth["actions"].filter(pl.col("planted").is_null())
    assert actions["is_lottery"].mean() > 0.9  # type: ignore[operator]
    assert nation.description["lottery"]["share"] == 1.0


# ---- change of regime --------------------------------------------------------------------------


def total(nation: Nation, measure: str) -> float:
    """What a measure would bring over all questions."""
    truth = nation.truth["truth"].filter(pl.col("measure") == measure)
    return float(truth["expected_net_som"].to_numpy().sum())


def test_a_levy_brings_half_from_the_day_of_the_change_on() -> None:
    s, state, calendar, _ = small_world(Switches())
    u = np.random.default_rng(3).random((5, len(s.kind)))
    day = int(np.median(state.day))

    def brings(regime_day: int) -> Floats:
        here = replace(s, world=World(s.world.drivers, regime_day))
        total: Floats = np.sum([som for _, som in bank_levy(here, state, u, calendar)], axis=0)
        return total

    before, after = brings(10**6), brings(day)
    changed_ = state.day >= day
    assert np.allclose(after[changed_], AFTER_CHANGE * before[changed_])
    assert np.array_equal(after[~changed_], before[~changed_])
    assert before[changed_].sum() > 0


def test_a_change_on_the_day_of_the_questions_leaves_the_registers_as_they_were() -> None:
    same, without = changed(AS_OF), changed(None)
    for name, frame in without.tables.items():
        assert frame.equals(same.tables[name]), name
    bank = MEASURE_IDS[BANK]
    assert total(same, bank) < 0.9 * total(without, bank)


def test_a_change_on_the_next_day_spares_levies_of_the_day_itself() -> None:
    """Only what officers do later is touched: far less than by a change on the day."""
    bank = MEASURE_IDS[BANK]
    none, day, next_day = (
        total(changed(on), bank) for on in (None, AS_OF, AS_OF + timedelta(days=1))
    )
    assert none - next_day < 0.5 * (none - day)


def test_a_change_in_the_past_shows_in_what_levies_brought_after_it_only() -> None:
    change = AS_OF - timedelta(days=420)
    with_change, without = changed(change), changed(None)

    def levied(nation: Nation, later: bool) -> int:
        paid = nation.tables["payments"].filter(pl.col("source") == "bank_levy")
        when = pl.col("paid_on") >= change + timedelta(days=70)
        some = paid.filter(when if later else pl.col("paid_on") < change)
        return int(some.unique("payment_id", keep="last")["amount_som"].sum())

    assert levied(with_change, later=False) == levied(without, later=False)
    assert levied(with_change, later=True) < 0.75 * levied(without, later=True)


def test_a_block_tells_its_stages() -> None:
    told: list[str] = []
    request = Request(60, 1, AS_OF, n_draws=1)
    commons = build_commons(request)
    share = Share(0, 60, None, None)
    block = invent_block(request, commons, share, Numbers(), lambda s, _d, _t: told.append(s))
    assert block.tables["debtors"]["debtor_id"].n_unique() == 60
    assert {"history", "registers", "truth", "lawful measures"} <= set(told)
