"""From facts to verdicts: one implementation for one case and for a million.

1. Every condition is an expression over the frame of facts; its answer is true, false or null.
2. An open condition that settles first decides: contradicting facts, a day outside the record.
3. A condition that is false decides: the first that the law forbids (unlawful), else the first that
   the facts do not carry (unfounded).
4. Else the first that is null decides: cannot tell, with the missing fact.
5. Else the measure is lawful. The confidence of a verdict is the weakest that it leans on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from law.catalogue import Measure, catalogue, find_measure
from law.condition import Condition, MeasureRules
from law.confidence import CONFIDENCES, rank
from law.outcomes import HOLDS, OPEN, REFUSED, Codes, Outcomes, ask, open_reason
from law.rules import deriver_of, rules_of
from law.sureness import Sureness, inferred_rows

JUDGED = pl.Schema(
    {
        "point_id": pl.UInt32(),
        "measure": pl.String(),
        "verdict": pl.String(),
        "rule": pl.String(),
        "article": pl.String(),
        "reason_code": pl.String(),
        "confidence": pl.String(),
    }
)
ALL_CONDITIONS = "all_conditions"

Places = NDArray[np.int16]


def judge(
    facts: pl.DataFrame, legal_order_id: str, measures: Iterable[str] | None = None
) -> pl.DataFrame:
    """A verdict for each point and measure, with the ground that decides it.

    Args:
        facts: what `build_facts` returns; each point is judged on its own as_of_date.
        legal_order_id: one of `law.catalogue.LEGAL_ORDER_IDS`.
        measures: ids of the catalogue; all of them where None.

    Returns:
        point_id, measure, verdict (lawful, unlawful, unfounded, cannot_tell), rule, article,
        reason_code, confidence; sorted by point_id and the order of the catalogue.

    Raises:
        UnknownRulesError, UnknownMeasureError: with the nearest valid choice.
    """
    wanted = _wanted(legal_order_id, measures)
    if not wanted or facts.is_empty():
        return pl.DataFrame(schema=JUDGED)
    facts = facts.sort("point_id")
    rules = [rules_of(legal_order_id)[measure.id] for measure in wanted]
    outcomes = ask(facts, rules)
    answers = [_answer_table(m, r) for m, r in zip(wanted, rules, strict=True)]
    decided = np.stack([_decide(r, outcomes) for r in rules], axis=1)
    offsets = np.cumsum([0, *(table.height for table in answers[:-1])])
    table, rows = pl.concat(answers, rechunk=True), (decided + offsets).ravel()
    ranks = _ranks(facts, rules, decided, legal_order_id)
    columns = {
        "point_id": facts["point_id"].gather(np.repeat(np.arange(facts.height), len(wanted))),
        **{name: table[name].gather(rows) for name in table.columns},
        "confidence": pl.Series(CONFIDENCES, dtype=pl.String).gather(ranks.ravel()),
    }
    return pl.DataFrame(columns, schema_overrides=JUDGED)


def lawful_measures(
    facts: pl.DataFrame, on: date | None = None, legal_order_id: str = "uz"
) -> pl.DataFrame:
    """The measures that are lawful for each point: point_id, measure, in catalogue order.

    `on` judges every point on that day instead of its own as_of_date. The facts stay those that
    were known: only dated values and terms are asked anew.
    """
    if on is not None:
        moved = facts.with_columns(pl.lit(on).alias("as_of_date"))
        facts = deriver_of(legal_order_id)(moved)
    facts = facts.sort("point_id")
    wanted = _wanted(legal_order_id, None)
    rules = [rules_of(legal_order_id)[measure.id] for measure in wanted]
    outcomes = ask(facts, rules)
    lawful = np.stack([_all_hold(r, outcomes) for r in rules], axis=1)
    rows, places = np.nonzero(lawful)
    names = pl.Series("measure", [measure.id for measure in wanted], dtype=pl.String)
    return pl.DataFrame(
        {"point_id": facts["point_id"].gather(rows), "measure": names.gather(places)},
        schema={"point_id": pl.UInt32, "measure": pl.String},
    )


def _wanted(legal_order_id: str, measures: Iterable[str] | None) -> list[Measure]:
    """The measures asked about, in the order of the catalogue."""
    known = catalogue(legal_order_id)
    if measures is None:
        return list(known.values())
    asked = {find_measure(measure, legal_order_id).id for measure in measures}
    return [measure for measure in known.values() if measure.id in asked]


def _all_hold(rules: MeasureRules, outcomes: Outcomes) -> NDArray[np.bool_]:
    held = np.ones(outcomes.n_rows, dtype=np.bool_)
    for condition in rules.conditions:
        held &= outcomes.of(condition) == HOLDS
    return held


# ---- what decides --------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """Where the answers of one condition stand in the table of a measure's answers.

    `first` is that of a refusal; those of an open question follow, by the missing fact.
    """

    condition: Condition
    first: int

    def row_of(self, codes: Codes) -> Places:
        """The rows of the answers with these codes; tables pass the 127 rows of a code's type."""
        return codes.astype(np.int16) + np.int16(self.first - REFUSED)


def _spans(rules: MeasureRules) -> list[Span]:
    """Row 0 says that all conditions hold; each condition has one row per way of deciding."""
    spans, first = [], 1
    for condition in rules.conditions:
        spans.append(Span(condition, first))
        first += len(condition.facts) + 2
    return spans


def _decide(rules: MeasureRules, outcomes: Outcomes) -> Places:
    """The row of each point's answer in the measure's table: weaker claims first, overwritten."""
    spans = list(reversed(_spans(rules)))
    decided = np.zeros(outcomes.n_rows, dtype=np.int16)
    for span in spans:
        codes = outcomes.of(span.condition)
        decided = np.where(codes >= OPEN, span.row_of(codes), decided)
    for refusal in ("unfounded", "unlawful"):
        for span in spans:
            if span.condition.refusal == refusal:
                is_refused = outcomes.of(span.condition) == REFUSED
                decided = np.where(is_refused, span.first, decided)
    for span in spans:
        if span.condition.settles_first:
            codes = outcomes.of(span.condition)
            decided = np.where(codes >= OPEN, span.row_of(codes), decided)
    return decided.astype(np.int16)


@cache
def _answer_table(measure: Measure, rules: MeasureRules) -> pl.DataFrame:
    """Every answer that a measure can get, row by row as `_spans` numbers them."""
    rows = [(measure.id, "lawful", ALL_CONDITIONS, measure.main_article, "lawful")]
    for span in _spans(rules):
        c = span.condition
        rows.append((measure.id, c.refusal, c.id, c.article, c.reason_code))
        for code in range(OPEN, OPEN + len(c.facts) + 1):
            rows.append((measure.id, "cannot_tell", c.id, c.article, open_reason(c, code)))
    names = ["measure", "verdict", "rule", "article", "reason_code"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _ranks(
    facts: pl.DataFrame, rules: Sequence[MeasureRules], decided: Places, legal_order_id: str
) -> NDArray[np.uint32]:
    """The rank of the weakest confidence behind each answer: points x measures."""
    days = facts["as_of_date"]
    known = days.unique().sort()
    at_day = known.search_sorted(days).to_numpy()
    sureness = Sureness(tuple(known.to_list()), legal_order_id)
    ranks = np.empty(decided.shape, dtype=np.uint32)
    for place, one in enumerate(rules):
        width = [1, *(len(c.facts) + 2 for c in one.conditions)]
        condition_of_row = np.repeat(np.arange(len(width)), width)
        by_condition = sureness.of_measure(one)
        deciding = condition_of_row[decided[:, place]]
        ranks[:, place] = by_condition[at_day, deciding]
        for number, condition in enumerate(one.conditions, start=1):
            if condition.inferred_where is not None:
                leans = inferred_rows(facts, condition) & np.isin(deciding, [0, number])
                ranks[leans, place] = np.maximum(ranks[leans, place], rank("inferred"))
    return ranks
