"""Past or proposed actions, judged: was this measure lawful, founded and in time?

A past action is judged with what was known the day before it: neither the action itself nor
anything else that was decided or reported on its day speaks for or against it. Only a case that
was first reported on that very day, or later, is judged with its first report (`judged_with`).

The verdict is that of the rules; the finding adds what no rule refuses and a person should weigh:
heavier than needed, out of proportion, repeated without new facts, late (`law.actions.findings`).
"""

from collections.abc import Callable

import polars as pl

from law.actions.evidence import evidence_about
from law.actions.findings import OF_VERDICT, WARNED, findings_about, findings_of, warn
from law.actions.grounds import NO_CASE, NO_LEGAL_BASIS, UNKNOWN, UNREAD
from law.actions.points import NEEDED, AskedActions, ask_about
from law.actions.texts import TEXTS, finding_texts, verdict_texts
from law.catalogue import catalogue
from law.facts_used import excluded_facts
from law.uz.catalogue import NO_LEGAL_BASIS as WITHOUT_BASIS
from law.verdicts import JUDGED, judge
from registers.extract import Registers

COLUMNS = (
    "case_id",
    "measure",
    "as_of_date",
    *JUDGED.names()[2:],
    "sentence_en",
    "sentence_uz_Latn",
    "facts",
    "office",
    "judged_with",
    *WARNED.names(),
    "opened_days_late",
    *TEXTS,
    "finding_facts",
)


def _no_step(_: str) -> None:
    """Nobody watches."""


def judge_actions(
    registers: Registers, actions: pl.DataFrame, step: Callable[[str], None] = _no_step
) -> pl.DataFrame:
    """A verdict and a finding with their sentences for each action, in the order given.

    Args:
        registers: validated registers.
        actions: case_id, measure and decided_on (or as_of_date); action_id where there is one. Of
            a chain of rows of one action_id the first row is judged.
        step: told what is being done, for whoever waits.

    Returns:
        action_id (where given), case_id, measure, as_of_date, verdict, rule, article, reason_code,
        confidence, sentence_en, sentence_uz_Latn, facts (JSON); office; judged_with (day_before,
        same_day, first_report; null where no register knows the case); finding (unlawful,
        unfounded, late, cannot_tell, in_order) with finding_rule, finding_article,
        finding_confidence; deadline and days_late where late; opened_days_late (of the case, where
        it was opened late); finding_<language> (the sentence), remedy_<language> (what would put
        it in order; null where nothing would) and finding_facts (JSON).

    Raises:
        ActionsUnusableError: a column is missing or has another type.
    """
    step("gathering what was known")
    asked = ask_about(registers, actions)
    step(f"asking the rules about {asked.actions.height} actions")
    judged = _verdicts(asked, registers.legal_order.id)
    step("looking for what no rule refuses")
    evidence = _warned(registers, asked, judged)
    whole = _with_findings(judged, asked, evidence)
    step("putting it into words")
    whole = _with_texts(whole, evidence, asked, registers)
    kept = [name for name in ("action_id",) if name in whole.columns]
    return whole.sort("_row").select(*kept, *COLUMNS)


def _verdicts(asked: AskedActions, legal_order_id: str) -> pl.DataFrame:
    """The actions with the columns of JUDGED, sorted by _row; each is asked of its own measure."""
    judged = [pl.DataFrame(schema=JUDGED)]
    for measure in catalogue(legal_order_id):
        point_ids = asked.of_measure(measure)["point_id"].unique().sort()
        if point_ids.len():
            judged.append(judge(asked.facts_of(point_ids), legal_order_id, [measure]))
    found = asked.actions.join(pl.concat(judged), on=["point_id", "measure"], how="left")
    return _without_verdict(found.sort("_row"), legal_order_id)


def _without_verdict(judged: pl.DataFrame, legal_order_id: str) -> pl.DataFrame:
    """Verdicts for actions that no rule could be asked about."""
    incomplete = pl.any_horizontal(pl.col(name).is_null() for name in NEEDED)
    is_known = pl.col("measure").is_in(list(catalogue(legal_order_id)))
    no_basis = pl.col("measure").is_in(WITHOUT_BASIS) & pl.lit(legal_order_id == "uz")
    rule = (
        pl.when(incomplete)
        .then(pl.lit(UNREAD))
        .when(no_basis)
        .then(pl.lit(NO_LEGAL_BASIS))
        .when(~is_known)
        .then(pl.lit(UNKNOWN))
        .otherwise(pl.lit(NO_CASE))
    )
    is_open = pl.col("verdict").is_null()
    is_baseless = no_basis & ~incomplete
    verdict = pl.when(is_baseless).then(pl.lit("unlawful")).otherwise(pl.lit("cannot_tell"))
    article = pl.when(is_baseless).then(pl.lit("46")).otherwise(pl.lit(""))
    return judged.with_columns(
        pl.when(is_open).then(verdict).otherwise("verdict").alias("verdict"),
        pl.when(is_open).then(rule).otherwise("rule").alias("rule"),
        pl.when(is_open).then(article).otherwise("article").alias("article"),
        pl.when(is_open).then(rule).otherwise("reason_code").alias("reason_code"),
        pl.col("confidence").fill_null("read"),
    )


def _warned(registers: Registers, asked: AskedActions, judged: pl.DataFrame) -> pl.DataFrame:
    """The lawful actions that a finding speaks against: the evidence and the columns of WARNED."""
    order = registers.legal_order.id
    lawful = judged.filter(pl.col("verdict") == "lawful")
    measures = {measure for finding in findings_of(order) for measure in finding.measures}
    asked_about = lawful.filter(pl.col("measure").is_in(list(measures)))
    if asked_about.is_empty():
        return judged.select("_row").clear().with_columns(pl.lit("").alias("finding_rule"))
    evidence = evidence_about(registers, asked, asked_about)
    warned = [
        pl.concat([rows, warn(rows, findings_about(str(measure), order), order)], how="horizontal")
        for (measure,), rows in evidence.group_by("measure", maintain_order=True)
    ]
    return pl.concat(warned).filter(pl.col("finding").is_not_null())


def _with_findings(
    judged: pl.DataFrame, asked: AskedActions, evidence: pl.DataFrame
) -> pl.DataFrame:
    """The columns of WARNED and opened_days_late beside the verdicts."""
    late = _opened_days_late(asked)
    whole = judged.with_columns(
        pl.col("verdict").replace_strict(OF_VERDICT, return_dtype=pl.String).alias("finding"),
        pl.col("rule").alias("finding_rule"),
        pl.col("article").alias("finding_article"),
        pl.col("confidence").alias("finding_confidence"),
        pl.lit(None, dtype=pl.Date).alias("deadline"),
        pl.lit(None, dtype=pl.Int64).alias("days_late"),
        late.gather(judged["point_id"]).alias("opened_days_late"),
    )
    if evidence.is_empty():
        return whole
    return whole.update(evidence.select("_row", *WARNED), on="_row", how="left")


def _opened_days_late(asked: AskedActions) -> pl.Series:
    """Per point: days from the last day for opening the case to its opening; null if in time."""
    if "must_open_by" not in asked.facts.columns:
        return pl.repeat(None, asked.facts.height, dtype=pl.Int64, eager=True)
    late = (pl.col("opened_on") - pl.col("must_open_by")).dt.total_days()
    return asked.facts.select(pl.when(late > 0).then(late).alias("late"))["late"]


def _with_texts(
    whole: pl.DataFrame, evidence: pl.DataFrame, asked: AskedActions, registers: Registers
) -> pl.DataFrame:
    order = registers.legal_order
    texts = verdict_texts(whole, asked, order.id, order.currency)
    facts = excluded_facts(asked.facts, whole, order.id).alias("facts")
    told = whole.with_columns(facts, facts.alias("finding_facts")).join(
        texts, on="_row", how="left"
    )
    told = told.with_columns(
        pl.col("finding_en").alias("sentence_en"),
        pl.col("finding_uz_Latn").alias("sentence_uz_Latn"),
    )
    warned = finding_texts(evidence, order.id, order.currency)
    return told.update(warned, on="_row", how="left", include_nulls=True)
