"""Past or proposed actions, judged: was this measure lawful in this case on that day?

A past action is judged with what was known the day before it: neither the action itself nor
anything else that was decided or reported on its day speaks for or against it. Only a case that
was first reported on that very day is judged with the knowledge of the day.
"""

import difflib
from collections.abc import Mapping
from typing import Any

import polars as pl

from law.catalogue import catalogue
from law.condition import Condition
from law.errors import ActionsUnusableError
from law.facts import build_facts
from law.facts_used import excluded_facts
from law.rules import rules_of
from law.sentences import (
    CASE_UNKNOWN,
    INCOMPLETE,
    NO_BASIS,
    UNKNOWN_MEASURE,
    lawful_sentence,
    sentence_of,
)
from law.uz.catalogue import NO_LEGAL_BASIS
from law.verdicts import ALL_CONDITIONS, JUDGED, judge
from registers.extract import Registers
from registers.snapshot import known_at
from registers.texts import Texts

_NEEDED: dict[str, type[pl.DataType]] = {
    "case_id": pl.String,
    "measure": pl.String,
    "as_of_date": pl.Date,
}


def judge_actions(registers: Registers, actions: pl.DataFrame) -> pl.DataFrame:
    """A verdict with its sentence for each action, in the order given.

    Args:
        registers: validated registers.
        actions: case_id, measure and decided_on (or as_of_date); action_id where there is one. Of
            a chain of rows of one action_id the first row is judged.

    Returns:
        action_id (where given), case_id, measure, as_of_date, verdict, rule, article, reason_code,
        confidence, sentence_en, sentence_uz_Latn, facts (JSON).

    Raises:
        ActionsUnusableError: a column is missing or has another type.
    """
    asked = _checked(actions)
    points = _points(registers, asked)
    facts = build_facts(registers, points)
    order = registers.legal_order
    located = asked.join(
        points.select("point_id", "case_id", "as_of_date"), on=["case_id", "as_of_date"], how="left"
    )
    judged = located.join(judge(facts, order.id), on=["point_id", "measure"], how="left")
    judged = _without_verdict(judged.sort("_row"), order.id)
    said = _sentences(judged, facts, order.id, order.currency)
    kept = [name for name in ("action_id",) if name in asked.columns]
    return judged.with_columns(
        pl.Series("sentence_en", [s.en for s in said], dtype=pl.String),
        pl.Series("sentence_uz_Latn", [s.uz_Latn for s in said], dtype=pl.String),
        excluded_facts(facts, judged, order.id).alias("facts"),
    ).select(
        *kept,
        "case_id",
        "measure",
        "as_of_date",
        *JUDGED.names()[2:],
        "sentence_en",
        "sentence_uz_Latn",
        "facts",
    )


def _checked(actions: pl.DataFrame) -> pl.DataFrame:
    if "as_of_date" not in actions.columns and "decided_on" in actions.columns:
        actions = actions.with_columns(pl.col("decided_on").alias("as_of_date"))
    for name, dtype in _NEEDED.items():
        if name not in actions.columns:
            raise ActionsUnusableError(f"the column {name} is missing")
        if actions.schema[name] not in (dtype, pl.Null):
            raise ActionsUnusableError(f"{name} is {actions.schema[name]}, not {dtype()}")
    if "action_id" in actions.columns:
        actions = actions.unique("action_id", keep="first", maintain_order=True)
    kept = [name for name in ("action_id", *_NEEDED) if name in actions.columns]
    types = [pl.col(name).cast(dtype) for name, dtype in _NEEDED.items()]
    asked = actions.select(kept).with_columns(types)
    return asked.with_row_index("_row")


def _points(registers: Registers, asked: pl.DataFrame) -> pl.DataFrame:
    """One point per case and day; known_on is the day before, or the day of a case new on it."""
    days = (
        asked.select("case_id", "as_of_date")
        .drop_nulls()
        .unique()
        .sort("case_id", "as_of_date")
        .with_row_index("point_id")
        .with_columns(pl.lit("").alias("debtor_id"))
    )
    before = pl.col("as_of_date").dt.offset_by("-1d")
    known = {
        name: known_at(registers, days.with_columns(day.alias("as_of_date")), "cases", "case")
        .select("point_id", "debtor_id")
        .with_columns(pl.lit(name == "day_before").alias("was_known"))
        for name, day in {"day_before": before, "same_day": pl.col("as_of_date")}.items()
    }
    first = pl.concat(known.values()).unique("point_id", keep="first", maintain_order=True)
    return (
        days.drop("debtor_id")
        .join(first, on="point_id", how="inner")
        .with_columns(pl.when("was_known").then(before).otherwise("as_of_date").alias("known_on"))
        .select("point_id", "case_id", "debtor_id", "as_of_date", "known_on")
        .sort("point_id")
    )


def _without_verdict(judged: pl.DataFrame, legal_order_id: str) -> pl.DataFrame:
    """Verdicts for actions that no rule could be asked about."""
    incomplete = pl.any_horizontal(pl.col(name).is_null() for name in _NEEDED)
    is_known = pl.col("measure").is_in(list(catalogue(legal_order_id)))
    no_basis = pl.col("measure").is_in(NO_LEGAL_BASIS) & pl.lit(legal_order_id == "uz")
    rule = (
        pl.when(incomplete)
        .then(pl.lit("incomplete_action"))
        .when(no_basis)
        .then(pl.lit("no_legal_basis"))
        .when(~is_known)
        .then(pl.lit("unknown_measure"))
        .otherwise(pl.lit("case_unknown"))
    )
    is_open = pl.col("verdict").is_null()
    verdict = (
        pl.when(no_basis & ~incomplete).then(pl.lit("unlawful")).otherwise(pl.lit("cannot_tell"))
    )
    article = pl.when(no_basis).then(pl.lit("46")).otherwise(pl.lit(""))
    return judged.with_columns(
        pl.when(is_open).then(verdict).otherwise("verdict").alias("verdict"),
        pl.when(is_open).then(rule).otherwise("rule").alias("rule"),
        pl.when(is_open).then(article).otherwise("article").alias("article"),
        pl.when(is_open).then(rule).otherwise("reason_code").alias("reason_code"),
        pl.col("confidence").fill_null("read"),
    )


def _sentences(
    judged: pl.DataFrame, facts: pl.DataFrame, legal_order_id: str, currency: str
) -> list[Texts]:
    by_point = {row["point_id"]: row for row in facts.iter_rows(named=True)}
    conditions = {
        (measure, condition.id): condition
        for measure, rules in rules_of(legal_order_id).items()
        for condition in rules.conditions
    }
    return [
        _sentence(row, by_point.get(row["point_id"], {}), conditions, legal_order_id, currency)
        for row in judged.iter_rows(named=True)
    ]


def _sentence(
    row: Mapping[str, Any],
    facts: Mapping[str, object],
    conditions: Mapping[tuple[str, str], Condition],
    legal_order_id: str,
    currency: str,
) -> Texts:
    measure, rule = row["measure"], row["rule"]
    known = catalogue(legal_order_id)
    if (measure, rule) in conditions:
        verdict = row["verdict"]
        return sentence_of(conditions[measure, rule], verdict, facts, currency)
    if rule == ALL_CONDITIONS:
        return lawful_sentence(known[measure], len(rules_of(legal_order_id)[measure].conditions))
    if rule == "no_legal_basis":
        return NO_BASIS.format(measure=measure)
    if rule == "unknown_measure":
        nearest = difflib.get_close_matches(measure, list(known), n=1, cutoff=0.0)[0]
        return UNKNOWN_MEASURE.format(measure=measure, nearest=nearest)
    return INCOMPLETE if rule == "incomplete_action" else CASE_UNKNOWN
