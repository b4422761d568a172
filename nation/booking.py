"""Books wanted payments against a debt: by day, in whole som, never above the debt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nation.arrays import Floats, Ints
from nation.course import Leg
from nation.measures import MEASURES
from nation.situation import State

SOURCES = ("voluntary", "bank_levy", "wage", "auction", "third_party", "other")
_SOURCE_OF = np.array([SOURCES.index(terms.source) for terms in MEASURES])
VOLUNTARY, WAGE_SOURCE = SOURCES.index("voluntary"), SOURCES.index("wage")
NO_ACTION = -1


@dataclass(frozen=True)
class Payments:
    """Booked payments: case, day, whole som, source code, decision (or -1)."""

    case: Ints
    day: Ints
    som: Ints
    source: Ints
    decision: Ints


def join(parts: list[Payments]) -> Payments:
    """All payments in one table, in the order given."""
    return Payments(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("case", "day", "som", "source", "decision")
        )
    )


def _wanted(
    leg: Leg, measure: Ints | None, decision: Ints, wage_decision: Ints, limit: Ints
) -> list[tuple[Ints, Ints, Floats, Ints, Ints]]:
    """The leg's payments as (run, days after its start, som, source, decision)."""
    runs = np.arange(len(limit))
    none = np.full(len(limit), NO_ACTION, dtype=np.int64)
    slots: list[tuple[Ints, Floats, Ints, Ints]] = []
    if measure is not None:
        for slot, (on, som) in enumerate(leg.effects):
            source = _SOURCE_OF[measure]
            if slot == 0:  # the owner redeems the thing before the auction
                source = np.where(source == SOURCES.index("auction"), VOLUNTARY, source)
            slots.append((on, som, source, decision))
    slots.append((leg.own[0], leg.own[1], np.full(len(limit), VOLUNTARY), none))
    wages = np.full(len(limit), WAGE_SOURCE)
    for month in range(int(leg.wage_count.max(initial=0))):
        som = np.where(month < leg.wage_count, leg.wage_som, 0.0)
        slots.append((leg.wage_phase + 30 * month, som, wages, wage_decision))
    found = []
    for on, som, source, by in slots:
        some = np.flatnonzero((on < limit) & (som >= 1.0))
        found.append((runs[some], on[some], som[some], source[some], by[some]))
    return found


def book(
    leg: Leg, measure: Ints | None, state: State, case: Ints, decision: Ints, wage_decision: Ints,
    limit: Ints,
) -> Payments:  # fmt: skip
    """The payments of a leg, earliest first, cut off where the debt is paid."""
    wanted = _wanted(leg, measure, decision, wage_decision, limit)
    run, on, som, source, by = (np.concatenate(column) for column in zip(*wanted, strict=True))
    order = np.lexsort((source, on, run))
    run, on, som, source, by = (column[order] for column in (run, on, som, source, by))
    whole = np.floor(som).astype(np.int64)
    before = np.cumsum(whole) - whole
    starts = np.searchsorted(run, run, side="left")
    before = before - before[starts] if len(run) else before
    debt = state.debt.astype(np.int64)[run]
    paid = np.clip(debt - before, 0, whole)
    some = paid > 0
    return Payments(
        case[run[some]], (state.day[run] + on)[some], paid[some], source[some].astype(np.int64),
        by[some].astype(np.int64),
    )  # fmt: skip
