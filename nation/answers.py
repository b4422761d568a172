"""What only the inventor knows: the questions' truth, the officers' policy, the hidden traits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from nation.arrays import NEVER, Bools, Floats, Ints, take
from nation.claims import Claims
from nation.country import Calendar
from nation.employers import Employers
from nation.history import OPEN, Decisions, History
from nation.measures import MEASURE_IDS, N_FOR_MONEY, N_MEASURES
from nation.mistake_kinds import CODES, LABELS, NO_MISTAKE
from nation.money import MONTHS_SEEN, SeesMoney
from nation.names import Names
from nation.officers import Practice, mixed_policy, policy, unwillingness
from nation.people import WAGE_EARNER, People
from nation.reporting import ids, words
from nation.situation import Situation, State
from nation.truth import WINDOW_DAYS, Progress, Seed, expected_cost, expected_recovery


@dataclass(frozen=True)
class Points:
    """The decision points of the questions: the case (row) and the state of each."""

    case: Ints
    state: State

    def some(self, chosen: Ints) -> Points:
        """The chosen points, in that order."""
        return Points(self.case[chosen], take(self.state, chosen))


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
    s: Situation, points: Points, practice: Practice, n_draws: int, seed: Seed, calendar: Calendar,
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


def closed_windows(s: Situation, history: History, calendar: Calendar) -> Ints:
    """The decisions on money claims whose window has passed."""
    d = history.decisions
    return np.flatnonzero((d.day + WINDOW_DAYS <= calendar.n_days) & s.is_money[d.case])


def action_truth(
    s: Situation, history: History, practice: Practice, names: Names, mistakes: pl.Series,
    at: Ints, n_draws: int, seed: Seed, calendar: Calendar, progress: Progress | None,
) -> pl.DataFrame:  # fmt: skip
    """Every logged decision: the fault planted (if any), and what was to be expected of some.

    `at` are the decisions to simulate.
    """
    d = history.decisions
    options = np.zeros((len(at), N_MEASURES), dtype=bool)
    options[np.arange(len(at)), d.measure[at]] = True
    state = State(**{name: getattr(d, name)[at] for name in State.__dataclass_fields__})
    found = expected_recovery(
        s, state, practice, d.case[at], options, n_draws, seed, calendar, progress
    )
    recovery = np.full(len(d.case), np.nan)
    recovery[at] = found[np.arange(len(at)), d.measure[at]]
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


def question_table(points: Points, chosen: Ints, names: Names, calendar: Calendar) -> pl.DataFrame:
    """Every question: case_id, as_of_date, and whether its truth was simulated."""
    has_truth = np.zeros(len(points.case), dtype=bool)
    has_truth[chosen] = True
    return pl.DataFrame(
        {
            "case_id": names.cases.gather(pl.Series(points.case)),
            "as_of_date": pl.repeat(calendar.as_of, len(points.case), dtype=pl.Date, eager=True),
            "has_truth": pl.Series(has_truth),
        }
    ).sort("case_id")


def planted_faults(history: History) -> pl.Series:
    """For each decision: unlawful or unfounded where a mistake was planted, else null."""
    return _kinds(history.decisions.mistake, LABELS)


def _kinds(mistake: Ints, names: tuple[str, ...]) -> pl.Series:
    """The names of kinds of mistake; null where none was planted."""
    return _where(mistake != NO_MISTAKE, words(names, np.maximum(mistake, 0)))


def traits_table(people: People, names: Names) -> pl.DataFrame:
    """The hidden traits of each debtor, who lives with whom, who owns what, and who pays them.

    `household` is the debtor who stands first in it; `owner` is null where no debtor owns the
    company; `employer` is null where nobody pays a wage.
    """
    by_wage = people.income_kind == WAGE_EARNER
    employer = np.where(by_wage & (people.wage > 0), Employers.payer(people.employer), 0)
    columns = ("income", "wage", "liquid", "cash", "willing", "evasive", "mobile", "vehicle",
               "home", "other_estate")  # fmt: skip
    return pl.DataFrame(
        {
            "debtor_id": names.debtors,
            **{name: getattr(people, name) for name in columns},
            "unwillingness": unwillingness(people.willing),
            "household": names.debtors.gather(pl.Series(people.head)),
            "owner": _where(people.owner >= 0, names.debtors.gather(np.maximum(people.owner, 0))),
            "employer": _where(employer > 0, ids("Y", employer)),
        }
    ).sort("debtor_id")


def _where(some: Bools, values: pl.Series) -> pl.Series:
    """The values where they hold, else null."""
    return pl.select(pl.when(pl.Series(some)).then(values)).to_series()
