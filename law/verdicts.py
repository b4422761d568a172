"""From facts to verdicts: one implementation for one case and for a million.

1. Every condition is an expression over the frame of facts; its answer is true, false or null.
2. A condition that is false decides: the first that the law forbids (unlawful), else the first that
   the facts do not carry (unfounded).
3. Else the first that is null decides: cannot tell, with the missing fact.
4. Else the measure is lawful. The confidence of a verdict is the weakest that it leans on.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

import polars as pl

from law.catalogue import Measure, catalogue, find_measure
from law.condition import VERDICTS, Condition
from law.confidence import CONFIDENCES, rank
from law.parameters import parameter_rank
from law.rules import deriver_of, rules_of

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
NOT_ENCODED = "not_encoded"
ALL_CONDITIONS = "all_conditions"


def judge(
    facts: pl.DataFrame, legal_order_id: str, measures: Iterable[str] | None = None
) -> pl.DataFrame:
    """A verdict for each point and measure, with the ground that decides it.

    Args:
        facts: what `build_facts` returns; each point is judged on its own as_of_date.
        legal_order_id: "uz" or "philadelphia".
        measures: ids of the catalogue; all of them where None.

    Returns:
        point_id, measure, verdict (lawful, unlawful, unfounded, cannot_tell), rule, article,
        reason_code, confidence; sorted by point_id and the order of the catalogue.

    Raises:
        UnknownRulesError, UnknownMeasureError: with the nearest valid choice.
    """
    known = catalogue(legal_order_id)
    wanted = known if measures is None else [find_measure(m, legal_order_id).id for m in measures]
    answered = answer_conditions(facts, legal_order_id, wanted)
    order = {measure: place for place, measure in enumerate(known)}
    verdicts = [_judge_measure(answered, known[m], legal_order_id) for m in wanted]
    if not verdicts:
        return pl.DataFrame(schema=JUDGED)
    place = pl.col("measure").replace_strict(order, return_dtype=pl.Int32)
    return pl.concat(verdicts).sort("point_id", place).cast(JUDGED)


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
    judged = judge(facts, legal_order_id)
    return judged.filter(pl.col("verdict") == "lawful").select("point_id", "measure")


def answer_conditions(
    facts: pl.DataFrame, legal_order_id: str, measures: Iterable[str]
) -> pl.DataFrame:
    """The facts with one column per condition (see `answer_name`), each asked once."""
    rules = rules_of(legal_order_id)
    asked = {
        answer_name(condition): condition.holds.cast(pl.Boolean)
        for measure in measures
        if measure in rules
        for condition in rules[measure].conditions
    }
    return facts.with_columns(**asked)


def answer_name(condition: Condition) -> str:
    """The column with the answer of a condition; conditions may share an id, not a column."""
    return f"?{condition.id}#{id(condition)}"


def _judge_measure(answered: pl.DataFrame, measure: Measure, legal_order_id: str) -> pl.DataFrame:
    rules = rules_of(legal_order_id)
    if measure.id not in rules:
        return _verdict(answered, measure, "cannot_tell", NOT_ENCODED)
    if not rules[measure.id].conditions:
        return _verdict(answered, measure, "lawful", ALL_CONDITIONS)
    decisive, verdict, answer = _plan(measure, legal_order_id)
    return answered.with_columns(decisive, verdict).select(answer)


@cache
def _plan(measure: Measure, legal_order_id: str) -> tuple[pl.Expr, pl.Expr, list[pl.Expr]]:
    """The expressions that judge a measure, made once: what decides, the verdict, the answer."""
    conditions = rules_of(legal_order_id)[measure.id].conditions
    decisive, verdict = _decisive(conditions)
    answer = [
        pl.col("point_id"),
        pl.lit(measure.id).alias("measure"),
        pl.col("verdict"),
        _pick([c.id for c in conditions], ALL_CONDITIONS).alias("rule"),
        _pick([c.article for c in conditions], measure.main_article).alias("article"),
        _reason_code(conditions).alias("reason_code"),
        _confidence(conditions, legal_order_id).alias("confidence"),
    ]
    return decisive.alias("_decisive"), verdict.alias("verdict"), answer


def _decisive(conditions: tuple[Condition, ...]) -> tuple[pl.Expr, pl.Expr]:
    """The place of the condition that decides (null where all hold), and the verdict."""

    def first(answers: Iterable[tuple[int, pl.Expr]]) -> pl.Expr:
        return pl.coalesce(
            pl.lit(None, dtype=pl.Int16),
            *(pl.when(is_it).then(pl.lit(place, dtype=pl.Int16)) for place, is_it in answers),
        )

    answers = [pl.col(answer_name(c)) for c in conditions]
    broken = {
        refusal: first(
            (place, ~answers[place]) for place, c in enumerate(conditions) if c.refusal == refusal
        )
        for refusal in ("unlawful", "unfounded")
    }
    open_question = first((place, answer.is_null()) for place, answer in enumerate(answers))
    verdict = (
        pl.when(broken["unlawful"].is_not_null())
        .then(pl.lit("unlawful"))
        .when(broken["unfounded"].is_not_null())
        .then(pl.lit("unfounded"))
        .when(open_question.is_not_null())
        .then(pl.lit("cannot_tell"))
        .otherwise(pl.lit("lawful"))
    )
    return pl.coalesce(broken["unlawful"], broken["unfounded"], open_question), verdict


def _pick(texts: list[str], otherwise: str) -> pl.Expr:
    """The text at the place of the decisive condition; `otherwise` where every condition holds."""
    by_place = dict(enumerate(texts))
    picked = pl.col("_decisive").replace_strict(by_place, return_dtype=pl.String)
    return picked.fill_null(otherwise)


def _reason_code(conditions: tuple[Condition, ...]) -> pl.Expr:
    refused = _pick([c.reason_code for c in conditions], "lawful")
    missing = pl.coalesce(
        pl.when(pl.col("_decisive") == place).then(missing_fact(c))
        for place, c in enumerate(conditions)
    )
    return (
        pl.when(pl.col("verdict") == "cannot_tell")
        .then(pl.lit("unknown_") + missing)
        .otherwise(refused)
    )


def missing_fact(condition: Condition) -> pl.Expr:
    """The name of the fact that leaves a condition open: the first null one, else its first."""
    return pl.coalesce(
        *(pl.when(pl.col(fact).is_null()).then(pl.lit(fact)) for fact in condition.facts),
        pl.lit(condition.missing or condition.facts[0]),
    )


def _confidence(conditions: tuple[Condition, ...], legal_order_id: str) -> pl.Expr:
    """The weakest confidence: of the decisive condition, or of all of them where lawful."""
    ranks = {place: condition_rank(c, legal_order_id) for place, c in enumerate(conditions)}
    lawful = [
        condition_rank(c, legal_order_id, counts_itself=c.refusal == "unlawful") for c in conditions
    ]
    decisive = pl.coalesce(
        *(pl.when(pl.col("_decisive") == place).then(r) for place, r in ranks.items()),
        pl.max_horizontal(*lawful),
    )
    return decisive.replace_strict(dict(enumerate(CONFIDENCES)), return_dtype=pl.String)


def condition_rank(
    condition: Condition, legal_order_id: str, *, counts_itself: bool = True
) -> pl.Expr:
    """The rank of the weakest confidence that a condition leans on, on each row's day.

    Without `counts_itself` only the dated values count: a lawful verdict does not lean on our own
    reading of when a measure would be unfounded.
    """
    own = pl.lit(rank(condition.confidence) if counts_itself else 0, dtype=pl.Int8)
    values = (parameter_rank(name, legal_order_id) for name in condition.parameters)
    return pl.max_horizontal(own, *values)


def _verdict(answered: pl.DataFrame, measure: Measure, verdict: str, rule: str) -> pl.DataFrame:
    if verdict not in VERDICTS:
        raise ValueError(verdict)
    return answered.select(
        "point_id",
        pl.lit(measure.id).alias("measure"),
        pl.lit(verdict).alias("verdict"),
        pl.lit(rule).alias("rule"),
        pl.lit(measure.main_article).alias("article"),
        pl.lit(rule if rule == NOT_ENCODED else verdict).alias("reason_code"),
        pl.lit("read").alias("confidence"),
    )
