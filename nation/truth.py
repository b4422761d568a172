"""The hidden truth: what each measure would bring at a decision point, by simulation.

The outcome is that of the register contract: payments in the 180 days from the decision that were
not known on its day, never more than the debt, minus the cost of the measure, when that measure is
taken first and officers go on as usual. What was paid by the day is off the debt of the state, and
no measure brings anything before the next day (`nation/effects.py`), so nothing simulated is known
on the day. The expectation is the mean over `n_draws` runs that share their luck across measures.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from nation.arrays import Bools, Floats, Ints, take
from nation.country import Calendar
from nation.course import (
    MONEY_DRAWS,
    N_DRAWS,
    after,
    choose,
    leg_days,
    next_step,
    paid_within,
    run_leg,
    tail_days,
)
from nation.measures import MEASURES
from nation.money import likely_money
from nation.officers import Practice
from nation.situation import Situation, State, falls_due

WINDOW_DAYS = 180
_CHUNK_RUNS = 40_000
_REST = 3
_N_LEGS = 5
"""Three rounds, the rest, and the closing act, which brings nothing."""
Progress = Callable[[str, int, int], None]
Seed = tuple[int, ...]

_COST_LOW: Floats = np.array([terms.cost[0] for terms in MEASURES])
_COST_HIGH: Floats = np.array([terms.cost[1] for terms in MEASURES])


def cost_of(measure: Ints, uniform: Floats) -> Floats:
    """The cost of a measure for a uniform draw, in whole som."""
    low, high = _COST_LOW[measure], _COST_HIGH[measure]
    cost: Floats = np.floor(low + uniform * (high - low))
    return cost


def expected_cost(measure: Ints) -> Floats:
    """The mean of `cost_of`."""
    both: Floats = _COST_LOW[measure] + _COST_HIGH[measure]
    return (both - 1.0) / 2.0


def recovered_in_window(
    s: Situation, state: State, utility: Floats, practice: Practice, measure: Ints, draws: Floats,
    calendar: Calendar,
) -> Floats:  # fmt: skip
    """One run each: som paid in the window when `measure` is taken first. Capped at the debt."""
    start_debt = state.debt
    left = np.minimum(np.int64(WINDOW_DAYS), s.end_day - state.day)
    recovered = np.zeros(len(measure))
    alive = np.arange(len(measure))
    first, u_rest = True, draws[_REST]
    for u_all in draws[:_REST]:
        u = u_all if first else u_all[:, alive]
        if not first:
            money = likely_money(s, calendar)(np.arange(len(alive)), state.day, u[MONEY_DRAWS])
            measure = choose(practice, utility, s, state, u, money, calendar).measure
        first = False
        days = leg_days(measure, state.day, u, calendar)
        leg = run_leg(s, state, measure, u, days, calendar)
        paid = np.minimum(paid_within(leg, np.minimum(days, left)), state.debt)
        recovered[alive] += paid
        state = after(state, measure, leg, state.debt - paid)
        left = left - days
        closed, goes_on = next_step(state, measure, u)
        live = (left > 0) & (state.debt >= 1.0) & ~closed
        state = replace(state, debt=state.debt + falls_due(s, state.day - days, state.day))
        rests = live & ~goes_on
        if rests.any():
            rows = np.flatnonzero(rests)
            recovered[alive[rows]] += _rest(
                take(s, rows), take(state, rows), left[rows], u[:, rows],
                u_rest[:, alive[rows]], calendar,
            )  # fmt: skip
        keep = np.flatnonzero(live & goes_on)
        if len(keep) == 0:
            break
        alive, s, state, left = alive[keep], take(s, keep), take(state, keep), left[keep]
        utility = utility[keep]
    return np.minimum(recovered, start_debt)


def _rest(
    s: Situation, state: State, left: Ints, u_closing: Floats, u: Floats, calendar: Calendar
) -> Floats:
    """What comes in while a case rests: wages that run on, and payments of the debtor's own."""
    limit = np.minimum(left, tail_days(u_closing))
    leg = run_leg(s, state, None, u, limit, calendar)
    return np.minimum(paid_within(leg, limit), state.debt)


def draw_luck(rng: np.random.Generator, n_runs: int) -> Floats:
    """Uniform draws for every leg of `n_runs` runs."""
    return rng.random((_N_LEGS, N_DRAWS, n_runs))


def expected_recovery(
    s: Situation, state: State, practice: Practice, rows: Ints, options: Bools, n_draws: int,
    seed: Seed, calendar: Calendar, progress: Progress | None = None,
) -> Floats:  # fmt: skip
    """Expected payments per point (rows of the case arrays) and measure; nan where not an option.

    `state` has one row per point, `rows` is the case of each, `options` is point x measure.
    """
    n_points, n_measures = options.shape
    result = np.full((n_points, n_measures), np.nan)
    step = max(_CHUNK_RUNS // n_draws, 1)

    def simulate(start: int) -> int:
        points = np.arange(start, min(start + step, n_points))
        draws = draw_luck(np.random.default_rng([*seed, start]), len(points) * n_draws)
        for chosen, measures in _same_options(options[points]):
            runs = _Runs.of(s, state, practice, rows, points[chosen], n_draws)
            luck = draws
            if len(chosen) < len(points):
                columns = chosen[:, None] * n_draws + np.arange(n_draws)
                luck = draws[:, :, columns.ravel()]
            for measure in measures:
                first = np.full(len(runs.utility), measure, dtype=np.int64)
                paid = recovered_in_window(
                    runs.situation, runs.state, runs.utility, practice, first, luck, calendar
                )
                result[points[chosen], measure] = paid.reshape(-1, n_draws).mean(axis=1)
        return int(points[-1]) + 1

    # Chunks carry their own seeds, so the answer does not depend on how many run at a time.
    _at_once(simulate, range(0, n_points, step), progress, n_points)
    return result


def _at_once(
    simulate: Callable[[int], int], starts: range, progress: Progress | None, n_points: int
) -> None:
    """Runs the chunks on two threads; whoever interrupts waits for no more than the two."""
    workers = ThreadPoolExecutor(max_workers=2)
    try:
        for done in workers.map(simulate, starts):
            if progress is not None:
                progress("truth", done, n_points)
    finally:
        workers.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class _Runs:
    """The points of a chunk, each repeated once per run."""

    situation: Situation
    state: State
    utility: Floats

    @staticmethod
    def of(
        s: Situation, state: State, practice: Practice, rows: Ints, points: Ints, n_draws: int
    ) -> _Runs:
        at = np.repeat(points, n_draws)
        return _Runs(take(s, rows[at]), take(state, at), practice.utility[rows[at]])


def _same_options(options: Bools) -> list[tuple[Ints, Ints]]:
    """Groups of points that ask for the same measures: (points, measures)."""
    kinds, group = np.unique(options, axis=0, return_inverse=True)
    group = group.ravel()
    found = [(np.flatnonzero(group == k), np.flatnonzero(kinds[k])) for k in range(len(kinds))]
    return [(points, measures) for points, measures in found if len(measures)]
