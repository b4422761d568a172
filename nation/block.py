"""One block of a nation: some debtors with all their registers, their questions and their truth.

A nation is invented block by block so that its size is not bounded by memory. Each block has
chance of its own, derived from (seed, what for, block); what all blocks share is in `Commons`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
from nation.commons import Commons
from nation.country import Calendar
from nation.history import History, run_history
from nation.lawful import lawful_at
from nation.mess import foreign_blocks
from nation.names import Names, Numbers, build_names
from nation.officers import build_practice
from nation.people import People, invent_people
from nation.settings import N_DRAWS_ACTIONS, Request
from nation.situation import Situation, build_situation
from nation.truth import Progress

(
    _PEOPLE, _CLAIMS, _HISTORY, _BALANCES, _NAMES, _CASES, _THINGS, _MONEY, _TRUTH, _ACTION_TRUTH,
    _CHOSEN, _BLOCKS,
) = range(1, 13)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """The registers of some debtors of a nation, as known on the day of the questions.

    Attributes:
        tables: the 13 registers of the contract.
        questions: case_id, as_of_date of the open money claims on that day.
        truth: what no register holds, by name (docs/nation.md lists the columns).
    """

    tables: Mapping[str, pl.DataFrame]
    questions: pl.DataFrame
    truth: Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Share:
    """What a block is to hold: its number, its debtors, and how much of it is simulated.

    None stands for all.
    """

    number: int
    debtors: int
    questions: int | None
    actions: int | None


def invent_block(
    request: Request, commons: Commons, share: Share, numbers: Numbers, tell: Progress
) -> Block:
    """A block of the nation that was asked for; `numbers` keeps pseudonyms apart."""

    def chance(stream: int) -> np.random.Generator:
        return np.random.default_rng([request.seed, stream, share.number])

    calendar = commons.calendar
    offices = commons.land.offices
    people = invent_people(chance(_PEOPLE), share.debtors, commons.land)
    if request.switches.untidy_banks:
        blocks = foreign_blocks(chance(_BLOCKS), people.past_due, people.n_accounts)
        people = replace(people, blocks=blocks)
    claims = invent_claims(chance(_CLAIMS), people, offices, calendar)
    s = build_situation(people, claims, offices, commons.world, calendar)
    practice = build_practice(offices, s, request.switches.gamma, request.switches.lottery_share)
    months = commons.months
    balances = money_registers.monthly_balances(chance(_BALANCES), people, months)
    sees_money = money_registers.known_money(
        s, claims.person, balances, months, commons.land.gaps, calendar
    )
    tell("history", 0, 1)
    history = run_history(chance(_HISTORY), s, claims, practice, sees_money, calendar)
    n_actions = len(history.decisions.case)
    names = build_names(chance(_NAMES), numbers, share.debtors, len(claims.kind), n_actions)
    closed = case_registers.closing_days(chance(_CASES), history)
    mistakes = answers.planted_faults(history)
    tell("registers", 0, 1)
    tables = {
        **_case_tables(chance(_THINGS), claims, people, s, history, closed, mistakes, names,
                       calendar),
        **_agency_tables(chance(_MONEY), people, balances, names, commons),
    }  # fmt: skip
    points = answers.question_points(s, claims, history, closed, calendar)
    rng = chance(_CHOSEN)
    asked = some_of(rng, len(points.case), share.questions)
    closed_actions = answers.closed_windows(s, history, calendar)
    simulated = closed_actions[some_of(rng, len(closed_actions), share.actions)]
    every = answers.question_table(points, asked, names, calendar)
    points = points.some(asked)
    net = answers.expected_net(
        s, points, practice, request.n_draws, (request.seed, _TRUTH, share.number), calendar, tell
    )
    tell("lawful measures", 0, 1)
    lawful = lawful_at(tables, every.filter("has_truth").drop("has_truth"))
    truth = {
        "truth": answers.truth_table(points, net, names, calendar, lawful),
        "officers": answers.officers_table(s, points, practice, sees_money, net, names, calendar),
        "actions": answers.action_truth(
            s, history, practice, names, mistakes, simulated,
            min(request.n_draws, N_DRAWS_ACTIONS), (request.seed, _ACTION_TRUTH, share.number),
            calendar, tell,
        ),
        "debtors": answers.traits_table(people, names),
        "questions": every,
    }  # fmt: skip
    return Block(tables, every.drop("has_truth"), truth)


def some_of(rng: np.random.Generator, n: int, at_most: int | None) -> Ints:
    """All places 0 to n - 1, or as many as asked for, drawn evenly and in order."""
    if at_most is None or at_most >= n:
        return np.arange(n)
    chosen: Ints = np.sort(rng.permutation(n)[:at_most])
    return chosen


def _case_tables(
    rng: np.random.Generator, claims: Claims, people: People, s: Situation, history: History,
    closed: Ints, mistakes: pl.Series, names: Names, calendar: Calendar,
) -> dict[str, pl.DataFrame]:  # fmt: skip
    """The registers of the Bureau and the courts."""
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
    rng: np.random.Generator, people: People, balances: Floats, names: Names, commons: Commons
) -> dict[str, pl.DataFrame]:
    """The registers of the other agencies."""
    calendar, months, gaps = commons.calendar, commons.months, commons.land.gaps
    sources = money_registers.Sources(commons.land.employers, gaps)
    return {
        "debtors": people_registers.debtors(rng, people, names, calendar),
        "households": people_registers.households(rng, people, names, months, gaps, calendar),
        "vehicles": people_registers.vehicles(rng, people, names, calendar),
        "real_estate": people_registers.real_estate(rng, people, names, calendar),
        "incomes": money_registers.incomes(rng, people, names, months, sources, calendar),
        "accounts": money_registers.accounts(rng, people, names, balances, months, gaps, calendar),
        "obligations": money_registers.obligations(rng, people, names, months, gaps, calendar),
        "businesses": money_registers.businesses(rng, people, names, months, gaps, calendar),
    }
