"""One proposed action, for a person to read: verdict, warnings, what would put it in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from law.actions.evidence import evidence_about
from law.actions.findings import OF_VERDICT, Finding, Found, findings_about, warn
from law.actions.points import AskedActions
from law.catalogue import find_measure
from law.confidence import Confidence
from law.facts import build_facts
from law.judgement import Judgement, judge_one, point_of
from law.rules import deriver_of
from law.stated import STATED, StatedFact, with_statements
from law.verdicts import judge
from law.words import fill
from registers.extract import Registers
from registers.texts import Texts


@dataclass(frozen=True)
class Warned:
    """A finding against a measure that the rules let through.

    `kind` is unfounded or late; `deadline` and `days_late` are given where late.
    """

    kind: Found
    rule: str
    article: str
    confidence: Confidence
    sentence: Texts
    remedy: Texts | None
    facts: dict[str, object]
    deadline: date | None
    days_late: int | None


@dataclass(frozen=True)
class CheckedAction:
    """The judgement on a proposed action with the warnings beyond the rules.

    Attributes:
        judgement: the verdict of the rules with all grounds, amounts and deadlines.
        finding: unlawful, unfounded, late, cannot_tell or in_order: the verdict, else the first
            warning.
        warnings: every finding that speaks against the measure, the first one first.
        to_state: the facts that would settle an open question if somebody stated them.
    """

    judgement: Judgement
    finding: Found
    warnings: tuple[Warned, ...]
    to_state: tuple[str, ...]

    @property
    def remedy(self) -> Texts | None:
        """What would put the action in order; None where it is, or where nothing would."""
        if self.judgement.verdict != "lawful":
            return self.judgement.decisive.remedy
        return self.warnings[0].remedy if self.warnings else None


def check_action(
    registers: Registers,
    case_id: str,
    measure: str,
    on: date,
    stated: Mapping[str, bool | int | str] | None = None,
) -> CheckedAction:
    """A measure proposed in a case for a day, judged with all that is known on that day.

    `stated` holds facts that no register holds, as `law.stated.read_statements` read them.

    Raises:
        UnknownMeasureError: the catalogue has no such measure.
        UnknownCaseError: the registers did not know the case on that day.
    """
    order = registers.legal_order
    found = find_measure(measure, order.id)
    point = point_of(registers, case_id, on)
    own = registers.for_case(case_id)
    facts = build_facts(own, point)
    if stated:
        facts = deriver_of(order.id)(with_statements(facts, stated))
    judgement = judge_one(facts, found, order.id, order.currency)
    warnings = _warnings(own, point, facts, judgement)
    finding = OF_VERDICT[judgement.verdict]
    if finding == "in_order" and warnings:
        finding = warnings[0].kind
    return CheckedAction(judgement, finding, warnings, _to_state(judgement, facts, order.id))


def _to_state(judgement: Judgement, facts: pl.DataFrame, legal_order_id: str) -> tuple[str, ...]:
    """The facts that a person can state and that would change an open verdict."""
    if judgement.verdict != "cannot_tell":
        return ()
    read = {name for ground in judgement.grounds for name, v in ground.facts.items() if v is None}
    tried = [(name, v) for name in STATED if name in read for v in _values(STATED[name])]
    if not tried:
        return ()
    rows = [with_statements(facts, {name: value}) for name, value in tried]
    stated = pl.concat(rows).drop("point_id").with_row_index("point_id")
    judged = judge(deriver_of(legal_order_id)(stated), legal_order_id, [judgement.measure])
    now = (judgement.verdict, judgement.decisive.rule)
    settled = {
        name
        for (name, _), answer in zip(tried, judged.select("verdict", "rule").rows(), strict=True)
        if answer != now
    }
    return tuple(name for name in STATED if name in settled)


def _values(fact: StatedFact) -> tuple[bool | int | str, ...]:
    """Values that a statement may take, with the extremes of an amount."""
    if fact.dtype == pl.Boolean:
        return (True, False)
    return (0, 10**15) if fact.dtype == pl.Int64 else fact.values


def _warnings(
    registers: Registers, point: pl.DataFrame, facts: pl.DataFrame, judgement: Judgement
) -> tuple[Warned, ...]:
    order = registers.legal_order
    findings = findings_about(judgement.measure, order.id)
    if judgement.verdict != "lawful" or not findings:
        return ()
    action = point.select(
        pl.lit(0, dtype=pl.UInt32).alias("_row"),
        "point_id",
        pl.lit(judgement.measure).alias("measure"),
        "as_of_date",
    )
    known = point.with_columns(pl.col("as_of_date").alias("known_on"))
    evidence = evidence_about(registers, AskedActions(action, facts, known), action)
    told = (_warned(evidence, finding, order.id, order.currency) for finding in findings)
    return tuple(warned for warned in told if warned is not None)


def _warned(
    evidence: pl.DataFrame, finding: Finding, legal_order_id: str, currency: str
) -> Warned | None:
    row = warn(evidence, [finding], legal_order_id).row(0, named=True)
    if row["finding"] is None:
        return None
    rule = finding.rule
    values = {name: evidence[name][0] for name in sorted(rule.facts)}
    return Warned(
        finding.kind,
        rule.id,
        rule.article,
        row["finding_confidence"],
        fill(rule.broken, values, currency),
        rule.remedy and fill(rule.remedy, values, currency),
        values,
        row["deadline"],
        row["days_late"],
    )
