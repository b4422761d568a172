"""One measure in one case on one day: the verdict with every ground, for a person to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from law.catalogue import Measure, find_measure
from law.condition import Condition, Confirmation, MeasureRules, Verdict
from law.confidence import CONFIDENCES, Confidence, rank
from law.errors import UnknownCaseError
from law.facts import build_facts
from law.outcomes import OPEN, REFUSED, ask, open_reason
from law.rules import deriver_of, figures_of, rules_of
from law.sentences import can_be_filled, lawful_sentence, sentence_of
from law.stated import STATED, with_statements
from law.sureness import Sureness, inferred_rows
from law.verdicts import ALL_CONDITIONS, judge
from law.words import fill
from registers.extract import Registers
from registers.snapshot import POINT_SCHEMA, Snapshot
from registers.texts import Texts


@dataclass(frozen=True)
class Ground:
    """One condition on the facts of the case: its verdict, its figures and its sentence.

    `remedy` says what would make the measure lawful where this condition stands against it.
    """

    rule: str
    article: str
    reason_code: str
    verdict: Verdict
    facts: dict[str, object]
    sentence: Texts
    confidence: Confidence
    remedy: Texts | None = None


@dataclass(frozen=True)
class Judgement:
    """The verdict on a measure, with all that a person needs to weigh it.

    Attributes:
        grounds: every condition, the deciding one first.
        confirmations: what a person must make sure of before the measure.
        amounts: whole som by name (outstanding_som, protected_amount_som, coverable_som …);
            None where unknown.
        deadlines: days by name (enforce_by, appeal_until …); None where unknown.
        stated: the facts that the verdict rests on because a person stated them.
    """

    measure: str
    verdict: Verdict
    grounds: tuple[Ground, ...]
    confirmations: tuple[Texts, ...] = ()
    amounts: Mapping[str, int | None] = field(default_factory=dict)
    deadlines: Mapping[str, date | None] = field(default_factory=dict)
    stated: Mapping[str, object] = field(default_factory=dict)

    @property
    def decisive(self) -> Ground:
        """The ground that decides."""
        return self.grounds[0]


def check_measure(
    registers: Registers,
    case_id: str,
    measure: str,
    on: date,
    stated: Mapping[str, bool | int | str] | None = None,
) -> Judgement:
    """Whether a measure is lawful in a case on a day, with all grounds.

    `stated` holds facts that no register holds, as `law.stated.read_statements` read them.

    Raises:
        UnknownMeasureError: the catalogue has no such measure.
        UnknownCaseError: the registers did not know the case on that day.
    """
    return check_measures(registers, case_id, [measure], on, stated)[0]


def check_measures(
    registers: Registers,
    case_id: str,
    measures: Iterable[str],
    on: date,
    stated: Mapping[str, bool | int | str] | None = None,
) -> list[Judgement]:
    """The judgements on several measures in one case, in the order asked; see `check_measure`."""
    order = registers.legal_order
    found = [find_measure(measure, order.id) for measure in measures]
    facts = build_facts(registers, point_of(registers, case_id, on))
    if stated:
        facts = deriver_of(order.id)(with_statements(facts, stated))
    return [judge_one(facts, measure, order.id, order.currency) for measure in found]


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
    rules = rules_of(legal_order_id)[measure.id]
    values = facts.row(0, named=True)
    outcomes = ask(facts, [rules])
    sureness = Sureness((values["as_of_date"],), legal_order_id)
    figures = figures_of(legal_order_id)
    grounds = [
        _ground(c, int(outcomes.of(c)[0]), values, _rank_of(c, facts, sureness), currency)
        for c in rules.conditions
    ]
    if verdict["verdict"] == "lawful":
        ordered = [_lawful(measure, rules, verdict["confidence"]), *grounds]
    else:
        ordered = sorted(grounds, key=lambda ground: ground.rule != verdict["rule"])
    return Judgement(
        measure.id,
        verdict["verdict"],
        tuple(ordered),
        tuple(confirmations_of(rules, facts, currency)),
        figures.amounts_of(facts, measure.id),
        figures.deadlines_of(facts),
        {name: values[name] for name in STATED if values.get(name) is not None},
    )


def confirmations_of(rules: MeasureRules, facts: pl.DataFrame, currency: str) -> list[Texts]:
    """What a person must confirm before the measure, on a frame of facts with one row."""
    values = facts.row(0, named=True)
    return [fill(c.text, values, currency) for c in rules.confirmations if is_noted(c, facts)]


def is_noted(confirmation: Confirmation, facts: pl.DataFrame) -> bool:
    """Whether a confirmation is asked for on a frame of facts with one row.

    One of which nobody can tell whether it applies is asked for too, where all that it speaks of is
    known: a needless question harms less than a missing one.
    """
    applies = facts.select(confirmation.when.alias("applies")).item(0, 0)
    if applies is None:
        return can_be_filled(confirmation.text, facts.row(0, named=True))
    return bool(applies)


def _ground(
    condition: Condition,
    code: int,
    values: Mapping[str, object],
    weakest: int,
    currency: str,
) -> Ground:
    verdict = verdict_of(condition, code)
    reason = condition.reason_code
    if verdict == "cannot_tell":
        reason = open_reason(condition, code)
    remedy = condition.remedy and fill(condition.remedy, values, currency)
    return Ground(
        rule=condition.id,
        article=condition.article,
        reason_code="lawful" if verdict == "lawful" else reason,
        verdict=verdict,
        facts={name: values[name] for name in sorted(condition.facts)},
        sentence=sentence_of(condition, verdict, values, currency),
        confidence=CONFIDENCES[weakest],
        remedy=None if verdict == "lawful" else remedy,
    )


def _rank_of(condition: Condition, facts: pl.DataFrame, sureness: Sureness) -> int:
    """The rank of the weakest confidence that a condition leans on in one case."""
    own = rank("inferred") if inferred_rows(facts, condition)[0] else 0
    return max(own, int(sureness.of_condition(condition)[0]))


def verdict_of(condition: Condition, code: int) -> Verdict:
    """The verdict of one condition's answer (see `law.outcomes`)."""
    if code >= OPEN:
        return "cannot_tell"
    return condition.refusal if code == REFUSED else "lawful"


def _lawful(measure: Measure, rules: MeasureRules, confidence: Confidence) -> Ground:
    n = len(rules.conditions)
    sentence = lawful_sentence(measure, n)
    return Ground(
        ALL_CONDITIONS, measure.main_article, "lawful", "lawful", {}, sentence, confidence
    )
