"""The gates of a training: its examples, registers, law, groups, and the champion's advice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue import FEATURES
from features.frame import build_features
from law.actions.check import check_action
from law.catalogue import catalogue
from models.bundle import Bundle
from models.gates.examples import (
    debtors_apart,
    estimated_propensities,
    measures_as_named,
    nobody_alone,
    outcomes_alike,
    overlap_by_measure,
    recorded_propensities,
)
from models.gates.gate import Bound, Found, Gate, counted, judge, unknown
from models.gates.groups import group_abstained, group_intrusive, group_value
from models.gates.registers_alike import registers_alike
from models.gates.today import abstained, amounts, stable_choices, with_measures
from models.policy_value import clustered_se
from models.rankers.base import all_rates
from models.tournament import clusters_of
from models.training import Today, Trained
from pipelines.evaluate import audit_groups
from pipelines.recommend import intrusiveness_of
from registers.extract import Registers
from registers.snapshot import Snapshot, locate
from registers.tables import TABLES

RECOUNTED: Final = 50
"""First choices whose lawfulness is asked for anew, one by one."""
FOLLOWED: Final = Bound(-np.inf, 0.25, 0.25)
LEAST_ROWS: Final = 100
MISTRACED: Final = 0.2
BROUGHT_BY: Final = {"bank_levy": "account", "wage": "income"}
"""Sources of payments, and what a measure that brings them touches."""
HAPPENED: Final = {
    "payments": ("paid_on",),
    "actions": ("decided_on", "executed_on", "ended_on"),
    "cases": ("presented_on", "opened_on", "served_on", "closed_on"),
    "appeals": ("filed_on", "resolved_on"),
    "incomes": ("month",),
    "accounts": ("month",),
    "obligations": ("month",),
}
"""Columns of days on which something happened: no report can be earlier."""


def audit(
    trained: Trained,
    registers: Registers,
    as_of: date,
    today: Today | None,
    champion: Bundle | str | None,
) -> Iterator[Gate]:
    """Each gate in the order in which people read them: data, law, groups, stability."""
    yield no_future(trained, registers)
    yield registers_current(registers, as_of)
    yield registers_alike(trained.examples.features, None if today is None else today.features)
    yield outcomes_alike(trained)
    yield measures_as_named(trained)
    yield payments_as_named(registers, as_of)
    yield debtors_apart(trained)
    yield nobody_alone(trained, officers_of(trained, registers, as_of))
    yield recorded_propensities(trained)
    yield estimated_propensities(trained)
    yield overlap_by_measure(trained)
    yield feedback(trained, champion)
    attributes = audit_groups(registers, trained.examples)
    weights = intrusiveness_of(catalogue(registers.legal_order.id), trained.examples.measures)
    yield group_value(trained, attributes)
    yield group_intrusive(trained, attributes, weights)
    today = None if today is None else with_measures(today)
    if today is None or not today.features.height:
        why = "No case is open to any ranked measure on the day of training."
        yield from (
            unknown(n, why) for n in ("group_abstained", "stable_choices", "lawful_choices")
        )
        return
    asked = replace(trained.examples, features=today.features)
    debtors = today.features["debtor_id"].to_list()
    yield group_abstained(abstained(trained, today), audit_groups(registers, asked), debtors)
    yield stable_choices(trained, today)
    yield lawful_choices(trained, registers, today)


def no_future(trained: Trained, registers: Registers) -> Gate:
    """Nothing reported after a decision changes its facts, and nothing is reported ahead.

    The facts of the decisions of one week are built again from registers that end with that week.
    """
    ahead = sum(n for n in _reported_ahead(registers))
    features = trained.examples.features
    days = features["as_of_date"].sort()
    last = days[len(days) // 2]
    assert isinstance(last, date)  # noqa: S101
    week = features.filter(pl.col("as_of_date").is_between(last - timedelta(days=6), last))
    points, _ = locate(ending(registers, last), week.select("case_id", "as_of_date"))
    again = build_features(ending(registers, last), points)
    keys, columns = ["case_id", "as_of_date"], [f.name for f in FEATURES]
    read = [c for c in columns if c in week.columns and c in again.columns]
    one = week.select(*keys, *read).sort(keys)
    other = again.select(*keys, *read).sort(keys)
    differ = one.height if one.height != other.height else _rows_that_differ(one, other, read)
    sentence = (
        f"{differ} of {week.height} decisions of the week to {last} have other facts where the "
        f"registers end with that week; {ahead} rows of registers were reported before what they "
        "tell had happened"
    )
    return counted("no_future", differ + ahead, sentence)


def _rows_that_differ(one: pl.DataFrame, other: pl.DataFrame, columns: list[str]) -> int:
    unlike = pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_again")) for c in columns)
    both = pl.concat(
        [one, other.select(pl.col(c).alias(f"{c}_again") for c in columns)], how="horizontal"
    )
    return both.filter(unlike).height


def ending(registers: Registers, day: date) -> Registers:
    """The registers as they were delivered if they ended with `day`."""
    tables = {n: t.filter(pl.col("reported_on") <= day) for n, t in registers.tables.items()}
    void = {n: t.filter(pl.col("withdrawn_on") <= day) for n, t in registers.withdrawn.items()}
    return replace(registers, tables=tables, withdrawn=void, as_of=day, prepared={})


def _reported_ahead(registers: Registers) -> Iterator[int]:
    for name, columns in HAPPENED.items():
        table = registers.tables[name]
        late = pl.any_horizontal(
            (pl.col(c) > pl.col("reported_on")).fill_null(value=False) for c in columns
        )
        yield table.filter(late).height


def registers_current(registers: Registers, as_of: date) -> Gate:
    """No register's last report is older than its agency usually lets one wait."""
    old = []
    for name, table in TABLES.items():
        rows = registers.tables[name].filter(pl.col("reported_on") <= as_of)
        last = rows["reported_on"].max()
        if table.fresh_days is None or rows.height < LEAST_ROWS or not isinstance(last, date):
            continue
        if (as_of - last).days > table.fresh_days:
            old.append(f"{name} ({(as_of - last).days} days, at most {table.fresh_days})")
    found = ", ".join(old) if old else "none"
    sentence = f"Registers whose last report is too old on {as_of}: {found}"
    return counted("registers_current", len(old), sentence)


def payments_as_named(registers: Registers, as_of: date) -> Gate:
    """Payments that the treasury traced to a measure came from what that measure touches."""
    name, measures = "payments_as_named", catalogue(registers.legal_order.id)
    now = Snapshot(registers, as_of)
    actions = now.table("actions").select("action_id", "measure")
    touched = pl.col("measure").replace_strict(
        {m.id: m.touches for m in measures.values()}, default="none", return_dtype=pl.String
    )
    should = pl.col("source").replace_strict(BROUGHT_BY, default=None, return_dtype=pl.String)
    traced = (
        now.table("payments")
        .join(actions, on="action_id", how="inner")
        .with_columns(touched=touched, should=should)
        .filter(pl.col("should").is_not_null())
    )
    if traced.height < LEAST_ROWS:
        return unknown(name, f"Only {traced.height} payments are traced to a measure.")
    wrong = traced.filter(pl.col("touched") != pl.col("should")).height
    sentence = (
        f"{wrong} of {traced.height} payments from accounts or wages are traced to a measure that "
        "touches neither the one nor the other"
    )
    return counted(name, wrong, sentence, MISTRACED * traced.height)


def officers_of(trained: Trained, registers: Registers, as_of: date) -> pl.Series:
    """The officer of each decision, (n,)."""
    actions = (
        Snapshot(registers, as_of)
        .table("actions")
        .select("case_id", pl.col("decided_on").alias("as_of_date"), "officer_id")
        .unique(["case_id", "as_of_date"], keep="first", maintain_order=True)
    )
    keys = ["case_id", "as_of_date"]
    asked = trained.examples.features.select(keys)
    return asked.join(actions, on=keys, how="left", maintain_order="left")["officer_id"]


def feedback(trained: Trained, champion: Bundle | str | None) -> Gate:
    """Since the champion's training officers do not merely repeat its first choices."""
    name = "feedback"
    if not isinstance(champion, Bundle):
        return unknown(name, champion or "There is no champion whose advice could come back.")
    examples = trained.examples
    common = [m for m in examples.measures if m in champion.measures]
    if list(champion.measures) != common:
        return unknown(name, "The champion ranks measures that these decisions do not have.")
    inputs = champion.design.inputs(examples.features, examples.pairs)
    places = [examples.measures.index(m) for m in common]
    lawful = examples.lawful[:, places]
    rates = np.clip(all_rates(champion.ranker, inputs), 0.0, 1.0)
    net = np.where(lawful, examples.outstanding[:, None] * rates - champion.costs, -np.inf)
    followed = (np.asarray(places)[net.argmax(axis=1)] == examples.arm).astype(float)
    some = lawful.sum(axis=1) >= 2
    since = (examples.features["as_of_date"] > champion.as_of).to_numpy()
    return judge(
        name,
        "Share of decisions that took the champion's first choice, since its training less before",
        _since(followed, some & since, some & ~since, clusters_of(examples)),
        FOLLOWED,
    )


def _since(
    values: NDArray[np.float64],
    after: NDArray[np.bool_],
    before: NDArray[np.bool_],
    clusters: NDArray[np.int64],
) -> Found:
    if after.sum() < LEAST_ROWS or before.sum() < LEAST_ROWS:
        return Found("", float("nan"), float("nan"))
    ses = [clustered_se(values[rows], clusters[rows]) for rows in (after, before)]
    gap = float(values[after].mean() - values[before].mean())
    return Found("", gap, float(np.hypot(ses[0], ses[1])))


def lawful_choices(trained: Trained, registers: Registers, today: Today) -> Gate:
    """Each first choice asked of the law anew, by the way an officer asks."""
    _, _, net = amounts(trained, today)
    some = np.flatnonzero(today.lawful.any(axis=1))
    rows = some[np.linspace(0, len(some) - 1, min(len(some), RECOUNTED)).astype(np.int64)]
    refused = 0
    own = registers.filter_debtors(today.features["debtor_id"][rows].to_list())
    for i in rows.tolist():
        case, day = today.features["case_id"][i], today.features["as_of_date"][i]
        measure = trained.examples.measures[int(net[i].argmax())]
        checked = check_action(own, case, measure, day)
        refused += checked.judgement.verdict == "unlawful"
    sentence = f"{refused} of {len(rows)} first choices are unlawful when the law is asked anew"
    return counted("lawful_choices", refused, sentence)
