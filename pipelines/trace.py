"""The recipe of the way back from a feature: its value, its days, and the rows that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from explain.contributions import exact_values
from features.catalogue import FEATURES, Feature, Rows, feature
from features.frame import build_features
from features.freshness import Stamp, is_stale
from features.reading import read_known, read_points
from features.stamps import used_rows
from features.unknown import flags_of
from registers.errors import UserError
from registers.extract import Registers
from registers.snapshot import By, locate
from registers.unknown import unknown_points


class CaseNotTracedError(UserError):
    """A case that was no decision point on that day."""

    def __init__(self, case_id: str, as_of: date, reason: str) -> None:
        super().__init__(f"Case '{case_id}' on {as_of.isoformat()}: {reason}")


Flag = tuple[str, By]


@dataclass(frozen=True)
class TableTrace:
    """What a feature has to do with one register.

    Attributes:
        rows: Which rows it is made of: all that concern the debtor, those of this case, or those
            of the debtor's other cases; None for a register that is not the principal one.
        n_rows: How many of these were known on the day (for a register that is not the principal
            one, how many concern the debtor); None where they were not counted.
        is_absent: Nothing is known from the register: not delivered, or every row set aside.
        is_part: Some rows of it about the debtor or case were set aside: the value is unknown.
    """

    table: str
    rows: Rows | None
    n_rows: int | None = None
    is_absent: bool = False
    is_part: bool = False


@dataclass(frozen=True)
class FeatureTrace:
    """One fact with the registers behind it, the principal one first.

    `value` reads back exactly; None means that no register tells. `stamp` dates the principal
    fact; None where no row was known.
    """

    feature: str
    value: str | None
    unit: str
    stamp: Stamp | None
    tables: tuple[TableTrace, ...]


def tables_behind(one: Feature) -> tuple[TableTrace, ...]:
    """The registers that a feature is made of, without counts."""
    first, *others = one.tables
    return TableTrace(first, one.rows), *(TableTrace(table, None) for table in others)


def chosen_features(names: Sequence[str]) -> list[Feature]:
    """The features of these names, or all model inputs; raises UnknownFeatureError."""
    return [feature(name) for name in names] if names else list(FEATURES)


def trace_features(
    registers: Registers, case_id: str, as_of: date, names: Sequence[str] = ()
) -> list[FeatureTrace]:
    """The features of one case on one day, each with its days and its rows.

    Args:
        registers: Validated registers.
        case_id: The case.
        as_of: Only what was known on this day counts.
        names: Features of the catalogue; all model inputs where none is named.

    Raises:
        UnknownFeatureError: The catalogue has no such feature.
        CaseNotTracedError: The case was no open money claim known on that day.
    """
    chosen = chosen_features(names)
    own = registers.for_case(case_id)
    questions = pl.DataFrame({"case_id": [case_id], "as_of_date": [as_of]})
    points, set_aside = locate(own, questions)
    if points.is_empty():
        raise CaseNotTracedError(case_id, as_of, set_aside["reason"][0])
    frame = build_features(own, points)
    columns = np.arange(len(chosen))
    values = exact_values(frame, chosen, columns, np.zeros_like(columns)).to_list()
    known = read_known(read_points(own, points))
    part = {
        flag: unknown_points(own, points, *flag, "history").height > 0
        for one in chosen
        for flag in flags_of(one)
    }
    return [
        FeatureTrace(
            one.name, value, one.unit, _stamp(frame, one, as_of), _counted(known, own, one, part)
        )
        for one, value in zip(chosen, values, strict=True)
    ]


def _stamp(frame: pl.DataFrame, one: Feature, as_of: date) -> Stamp | None:
    if one.known_on not in frame.columns:  # an audit fact has no stamp
        return None
    known_on, observed_on = frame[one.known_on][0], frame[one.observed_on][0]
    if known_on is None:
        return None
    return Stamp(observed_on, known_on, is_stale(one.tables[0], observed_on, as_of))


def _counted(
    known: dict[str, pl.LazyFrame], own: Registers, one: Feature, part: Mapping[Flag, bool]
) -> tuple[TableTrace, ...]:
    return tuple(
        TableTrace(behind.table, behind.rows, is_absent=True)
        if behind.table in own.absent
        else replace(
            behind,
            n_rows=_count(known[behind.table], behind.rows or "all"),
            is_part=part[flag],
        )
        for behind, flag in zip(tables_behind(one), flags_of(one), strict=True)
    )


def _count(rows: pl.LazyFrame, part: Rows) -> int:
    return int(used_rows(rows, part).select(pl.len()).collect().item())
