"""One measure in one case on one day: the verdict with every ground, for a person to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from law.catalogue import Measure, find_measure
from law.condition import Condition, Confirmation, MeasureRules, Refusal, Verdict
from law.confidence import CONFIDENCES, Confidence
from law.errors import UnknownCaseError
from law.facts import build_facts
from law.rules import rules_of
from law.sentences import lawful_sentence, not_encoded_sentence, sentence_of
from law.verdicts import (
    ALL_CONDITIONS,
    NOT_ENCODED,
    answer_conditions,
    answer_name,
    condition_rank,
    judge,
)
from law.words import fill
from registers.extract import Registers
from registers.snapshot import POINT_SCHEMA, Snapshot
from registers.texts import Texts


@dataclass(frozen=True)
class Ground:
    """One condition on the facts of the case: its verdict, its figures and its sentence."""

    rule: str
    article: str
    reason_code: str
    verdict: Verdict
    facts: dict[str, object]
    sentence: Texts
    confidence: Confidence


@dataclass(frozen=True)
class Judgement:
    """The verdict on a measure, all grounds (the deciding one first), what is to be confirmed."""

    measure: str
    verdict: Verdict
    grounds: tuple[Ground, ...]
    confirmations: tuple[Texts, ...] = ()

    @property
    def decisive(self) -> Ground:
        """The ground that decides."""
        return self.grounds[0]


def check_measure(registers: Registers, case_id: str, measure: str, on: date) -> Judgement:
    """Whether a measure is lawful in a case on a day, with all grounds.

    Raises:
        UnknownMeasureError: the catalogue has no such measure.
        UnknownCaseError: the registers did not know the case on that day.
    """
    order = registers.legal_order
    found = find_measure(measure, order.id)
    facts = build_facts(registers, point_of(registers, case_id, on))
    return judge_one(facts, found, order.id, order.currency)


def point_of(registers: Registers, case_id: str, on: date) -> pl.DataFrame:
    """The decision point of a case on a day; raises UnknownCaseError."""
    reported = registers.table("cases").filter(pl.col("case_id") == case_id)
    known = Snapshot(registers.for_case(case_id), on).table("cases")
    row = known.filter(pl.col("case_id") == case_id)
    if row.is_empty():
        first = reported["reported_on"].min()
        ids = registers.table("cases")["case_id"].unique().sort().to_list()
        raise UnknownCaseError(case_id, on, first if isinstance(first, date) else None, ids)
    return row.select(
        pl.lit(0).alias("point_id"), "case_id", "debtor_id", pl.lit(on).alias("as_of_date")
    ).cast(POINT_SCHEMA)


def judge_one(
    facts: pl.DataFrame, measure: Measure, legal_order_id: str, currency: str
) -> Judgement:
    """The judgement on a frame of facts with one row."""
    verdict = judge(facts, legal_order_id, [measure.id]).row(0, named=True)
    rules = rules_of(legal_order_id).get(measure.id)
    if rules is None:
        return Judgement(measure.id, "cannot_tell", (_not_encoded(measure),))
    answered = answer_conditions(facts, legal_order_id, [measure.id])
    values = facts.row(0, named=True)
    grounds = [_ground(c, answered, values, legal_order_id, currency) for c in rules.conditions]
    if verdict["verdict"] == "lawful":
        ordered = [_lawful(measure, rules, verdict["confidence"]), *grounds]
    else:
        ordered = sorted(grounds, key=lambda ground: ground.rule != verdict["rule"])
    return Judgement(
        measure.id,
        verdict["verdict"],
        tuple(ordered),
        tuple(confirmations_of(rules, facts, currency)),
    )


def confirmations_of(rules: MeasureRules, facts: pl.DataFrame, currency: str) -> list[Texts]:
    """What a person must confirm before the measure, on a frame of facts with one row."""

    def applies(confirmation: Confirmation) -> bool:
        return facts.select(confirmation.when.alias("applies")).item(0, 0) is True

    values = facts.row(0, named=True)
    return [fill(c.text, values, currency) for c in rules.confirmations if applies(c)]


def _ground(
    condition: Condition,
    answered: pl.DataFrame,
    values: Mapping[str, object],
    legal_order_id: str,
    currency: str,
) -> Ground:
    verdict = verdict_of(answered[answer_name(condition)].item(), condition.refusal)
    weakest = answered.select(condition_rank(condition, legal_order_id)).item()
    reason = condition.reason_code
    if verdict == "cannot_tell":
        null = [name for name in condition.facts if values[name] is None]
        reason = f"unknown_{(null or [condition.missing or condition.facts[0]])[0]}"
    return Ground(
        rule=condition.id,
        article=condition.article,
        reason_code="lawful" if verdict == "lawful" else reason,
        verdict=verdict,
        facts={name: values[name] for name in sorted(condition.facts)},
        sentence=sentence_of(condition, verdict, values, currency),
        confidence=CONFIDENCES[weakest],
    )


def verdict_of(answer: bool | None, refusal: Refusal) -> Verdict:
    """The verdict of one answer: true, false or null."""
    if answer is None:
        return "cannot_tell"
    return "lawful" if answer else refusal


def _lawful(measure: Measure, rules: MeasureRules, confidence: Confidence) -> Ground:
    n = len(rules.conditions)
    sentence = lawful_sentence(measure, n)
    return Ground(
        ALL_CONDITIONS, measure.main_article, "lawful", "lawful", {}, sentence, confidence
    )


def _not_encoded(measure: Measure) -> Ground:
    return Ground(
        NOT_ENCODED,
        measure.main_article,
        NOT_ENCODED,
        "cannot_tell",
        {},
        not_encoded_sentence(measure),
        "read",
    )
