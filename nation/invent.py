"""Invents a nation: registers with a hidden truth, from a number of debtors, a seed and a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from nation import (
    action_registers,
    answers,
    case_registers,
    case_stays,
    money_registers,
    people_registers,
)
from nation.arrays import Floats, Ints
from nation.claims import Claims, invent_claims
from nation.country import Calendar, build_calendar
from nation.errors import TooFewDebtorsError
from nation.history import History, run_history
from nation.lawful import lawful_at
from nation.names import Names, build_names
from nation.officers import build_practice
from nation.people import People, invent_people
from nation.situation import Situation, build_situation
from nation.truth import Progress
from registers.extract import write_extract

LEAST_DEBTORS = 50
N_DRAWS_TRUTH = 200
N_DRAWS_ACTIONS = 60
(
    _PEOPLE, _CLAIMS, _OFFICERS, _HISTORY, _BALANCES, _NAMES, _CASES, _THINGS, _MONEY, _TRUTH,
    _ACTION_TRUTH,
) = range(1, 12)  # fmt: skip


@dataclass(frozen=True)
class Nation:
    """An invented nation.

    Attributes:
        tables: the 13 registers of the contract, as known on the day of the questions.
        questions: case_id, as_of_date of the open money claims on that day.
        truth: what no register holds, by name: `truth` (case_id, as_of_date, measure, lawful,
            expected_net_som), `officers` (their policy at each question), `actions` (each logged
            decision with its expected outcome and planted fault), `debtors` (hidden traits).
    """

    tables: Mapping[str, pl.DataFrame]
    questions: pl.DataFrame
    truth: Mapping[str, pl.DataFrame]


def invent(
    debtors: int, seed: int, as_of: date, progress: Progress | None = None,
    hidden_confounding: float = 0.0, n_draws: int = N_DRAWS_TRUTH,
) -> Nation:  # fmt: skip
    """The nation of a number of debtors on a day; the same arguments give the same bytes.

    Args:
        debtors: how many debtors, at least 50.
        seed: the seed of all chance.
        as_of: the day of the questions; 2.3 years of history lie before it.
        progress: told (stage, done, total) along the way.
        hidden_confounding: 0 = officers see what registers show; 1 = they also see willingness.
        n_draws: simulated runs per decision point and measure for the truth.
    """
    if debtors < LEAST_DEBTORS:
        raise TooFewDebtorsError(debtors, LEAST_DEBTORS)

    def chance(stream: int) -> np.random.Generator:
        return np.random.default_rng([seed, stream])

    tell = progress or (lambda _stage, _done, _total: None)
    calendar = build_calendar(as_of)
    people = invent_people(chance(_PEOPLE), debtors)
    claims = invent_claims(chance(_CLAIMS), people, calendar)
    s = build_situation(people, claims)
    practice = build_practice(chance(_OFFICERS), s, hidden_confounding)
    months = money_registers.build_months(calendar)
    balances = money_registers.monthly_balances(chance(_BALANCES), people, months)
    sees_money = money_registers.known_money(s, claims.person, balances, months, calendar)
    tell("history", 0, 1)
    history = run_history(chance(_HISTORY), s, claims, practice, sees_money, calendar)
    names = build_names(chance(_NAMES), debtors, len(claims.kind), len(history.decisions.case))
    closed = case_registers.closing_days(chance(_CASES), history)
    mistakes = answers.planted_faults(history)
    tell("registers", 0, 1)
    tables = {
        **_case_tables(seed, claims, people, s, history, closed, mistakes, names, calendar),
        **_agency_tables(seed, people, balances, months, names, calendar),
    }
    points = answers.question_points(s, claims, history, closed, calendar)
    questions = pl.DataFrame(
        {"case_id": names.cases.gather(pl.Series(points.case)), "as_of_date": as_of}
    ).sort("case_id")
    net = answers.expected_net(s, points, practice, n_draws, seed * 31 + _TRUTH, calendar, progress)
    tell("lawful measures", 0, 1)
    lawful = lawful_at(tables, questions)
    truth = {
        "truth": answers.truth_table(points, net, names, calendar, lawful),
        "officers": answers.officers_table(s, points, practice, sees_money, net, names, calendar),
        "actions": answers.action_truth(
            s, history, practice, names, mistakes, min(n_draws, N_DRAWS_ACTIONS),
            seed * 31 + _ACTION_TRUTH, calendar, progress,
        ),
        "debtors": answers.traits_table(people, names),
    }  # fmt: skip
    return Nation(tables, questions, truth)


def _case_tables(
    seed: int, claims: Claims, people: People, s: Situation, history: History, closed: Ints,
    mistakes: pl.Series, names: Names, calendar: Calendar,
) -> dict[str, pl.DataFrame]:  # fmt: skip
    """The registers of the Bureau and the courts."""
    rng = np.random.default_rng([seed, _THINGS])
    knows = s.knows_wage | s.knows_money | s.has_property
    return {
        "cases": case_registers.cases(rng, claims, people, history, closed, names, calendar),
        "case_events": case_stays.case_events(rng, history, closed, names, calendar),
        "actions": action_registers.actions(
            rng, claims, history, closed, mistakes, knows, names, calendar
        ),
        "payments": case_registers.payments(rng, history, names, calendar),
        "appeals": action_registers.appeals(rng, history, names, calendar),
    }


def _agency_tables(
    seed: int, people: People, balances: Floats,
    months: money_registers.Months, names: Names, calendar: Calendar,
) -> dict[str, pl.DataFrame]:  # fmt: skip
    """The registers of the other agencies."""
    rng = np.random.default_rng([seed, _MONEY])
    who = names.debtors
    return {
        "debtors": people_registers.debtors(rng, people, who, calendar),
        "households": people_registers.households(rng, people, who, months, calendar),
        "vehicles": people_registers.vehicles(rng, people, who, calendar),
        "real_estate": people_registers.real_estate(rng, people, who, calendar),
        "incomes": money_registers.incomes(rng, people, who, months, calendar),
        "accounts": money_registers.accounts(rng, people, who, balances, months, calendar),
        "obligations": money_registers.obligations(rng, people, who, months, calendar),
        "businesses": money_registers.businesses(rng, people, who, months, calendar),
    }


def write_nation(nation: Nation, folder: Path) -> None:
    """Writes registers/, questions.parquet and truth/ into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_extract(folder, nation.tables, "uz")
    nation.questions.write_parquet(folder / "questions.parquet", compression="zstd")
    (folder / "truth").mkdir(exist_ok=True)
    for name, table in nation.truth.items():
        table.write_parquet(folder / "truth" / f"{name}.parquet", compression="zstd")
