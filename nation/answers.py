"""What only the inventor knows: the questions' truth, the officers' policy, the hidden traits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from nation.arrays import NEVER, Bools, Floats, Ints, take
from nation.claims import Claims
from nation.country import Calendar
from nation.history import OPEN, Decisions, History
from nation.measures import MEASURE_IDS, N_FOR_MONEY, N_MEASURES
from nation.mistake_kinds import CODES, LABELS, NO_MISTAKE
from nation.money import MONTHS_SEEN, SeesMoney
from nation.names import Names
from nation.officers import Practice, mixed_policy, policy
from nation.people import People
from nation.reporting import words
from nation.situation import Situation, State
from nation.truth import WINDOW_DAYS, Progress, expected_cost, expected_recovery


@dataclass(frozen=True)
class Points:
    """The decision points of the questions: the case (row) and the state of each."""

    case: Ints
    state: State


def question_points(
    s: Situation, claims: Claims, history: History, closed: Ints, calendar: Calendar
) -> Points:
    """Open money claims with debt left on the day of the questions."""
    day = calendar.n_days
    is_open = (history.ending == OPEN) & s.is_money & (history.state.debt >= 1.0)
    is_open &= (claims.opened <= day) & (closed >= NEVER) & (s.end_day > day)
    case = np.flatnonzero(is_open)
    today = np.full(len(case), day, dtype=np.int64)
    return Points(case, replace(take(history.state, case), day=today))


def _long(points: Points, names: Names, calendar: Calendar, column: str, table: Floats,
          shown: Bools) -> pl.DataFrame:  # fmt: skip
    """A point x measure table as rows of case_id, as_of_date, measure and one value."""
    row, measure = np.nonzero(shown)
    return pl.DataFrame(
        {
            "case_id": names.cases.gather(pl.Series(points.case[row])),
            "as_of_date": pl.Series([calendar.as_of]).gather(pl.Series(np.zeros(len(row), int))),
            "measure": words(MEASURE_IDS, measure),
            column: pl.Series(table[row, measure]),
        }
    ).sort("case_id", "measure")


def expected_net(
    s: Situation, points: Points, practice: Practice, n_draws: int, seed: int, calendar: Calendar,
    progress: Progress | None,
) -> Floats:  # fmt: skip
    """Expected payments in the window less expected cost: point x measure, whole som."""
    every = np.zeros((len(points.case), N_MEASURES), dtype=bool)
    every[:, :N_FOR_MONEY] = True
    recovery = expected_recovery(
        s, points.state, practice, points.case, every, n_draws, seed, calendar, progress
    )
    return np.round(recovery - expected_cost(np.arange(N_MEASURES)))


def truth_table(
    points: Points, net: Floats, names: Names, calendar: Calendar, lawful: pl.DataFrame
) -> pl.DataFrame:
    """case_id, measure, lawful, expected_net_som; `lawful` holds the lawful (case_id, measure)."""
    rows = _long(points, names, calendar, "expected_net_som", net, np.isfinite(net))
    marked = lawful.select("case_id", "measure", pl.lit(value=True).alias("lawful"))
    return rows.join(marked, on=["case_id", "measure"], how="left").select(
        "case_id", "as_of_date", "measure", pl.col("lawful").fill_null(value=False),
        "expected_net_som",
    ).sort("case_id", "measure")  # fmt: skip


def officers_table(
    s: Situation, points: Points, practice: Practice, sees_money: SeesMoney, net: Floats,
    names: Names, calendar: Calendar,
) -> pl.DataFrame:  # fmt: skip
    """The officers' policy at each question: measure, probability, and what it would bring."""
    here = take(s, points.case)
    money = sees_money(points.case, points.state.day, np.zeros((MONTHS_SEEN, len(points.case))))
    utility = practice.utility[points.case]
    habit, lottery, _ = policy(utility, here, points.state, money, calendar)
    chance = mixed_policy(practice, habit, lottery)
    rows = _long(points, names, calendar, "probability", chance, chance > 0)
    value = _long(points, names, calendar, "expected_net_som", net, chance > 0)
    return rows.with_columns(value["expected_net_som"])


def action_truth(
    s: Situation, history: History, practice: Practice, names: Names, mistakes: pl.Series,
    n_draws: int, seed: int, calendar: Calendar, progress: Progress | None,
) -> pl.DataFrame:  # fmt: skip
    """Every logged decision: the fault planted (if any) and what was to be expected."""
    d = history.decisions
    options = np.zeros((len(d.case), N_MEASURES), dtype=bool)
    closed = (d.day + WINDOW_DAYS <= calendar.n_days) & s.is_money[d.case]
    options[np.arange(len(d.case)), d.measure] = closed
    state = State(**{name: getattr(d, name) for name in State.__dataclass_fields__})
    recovery = expected_recovery(
        s, state, practice, d.case, options, n_draws, seed, calendar, progress
    )[np.arange(len(d.case)), d.measure]
    return _action_rows(d, names, mistakes, recovery)


def _action_rows(d: Decisions, names: Names, mistakes: pl.Series, recovery: Floats) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "action_id": names.actions,
            "case_id": names.cases.gather(pl.Series(d.case)),
            "measure": words(MEASURE_IDS, d.measure),
            "planted": mistakes,
            "planted_kind": _kinds(d.mistake, CODES),
            "probability": pl.Series(d.probability),
            "is_lottery": pl.Series(d.is_lottery),
            "outstanding_som": pl.Series(d.debt.astype(np.int64)),
            "expected_net_som": pl.Series(np.round(recovery - expected_cost(d.measure))).fill_nan(
                None
            ),
        }
    ).sort("action_id")


def planted_faults(history: History) -> pl.Series:
    """For each decision: unlawful or unfounded where a mistake was planted, else null."""
    return _kinds(history.decisions.mistake, LABELS)


def _kinds(mistake: Ints, names: tuple[str, ...]) -> pl.Series:
    """The names of kinds of mistake; null where none was planted."""
    named = words(names, np.maximum(mistake, 0))
    planted = pl.Series(mistake != NO_MISTAKE)
    return pl.select(pl.when(planted).then(named)).to_series()


def traits_table(people: People, names: Names) -> pl.DataFrame:
    """The hidden traits of each debtor."""
    columns = ("income", "wage", "liquid", "cash", "willing", "evasive", "mobile", "vehicle",
               "home", "other_estate")  # fmt: skip
    return pl.DataFrame(
        {"debtor_id": names.debtors, **{name: getattr(people, name) for name in columns}}
    ).sort("debtor_id")
