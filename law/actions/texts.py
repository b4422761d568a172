"""The sentences and remedies of judged actions in four languages, made ground by ground."""

import polars as pl

from law.actions.grounds import Ground, Said, said_of, said_of_finding
from law.actions.points import AskedActions
from law.actions.words import marked_in, tell
from law.case_facts.registers_unknown import COLUMN as UNKNOWN_REGISTERS
from registers.texts import LANGUAGES

TEXTS = tuple(f"{part}_{lang}" for part in ("finding", "remedy") for lang in LANGUAGES)
_GROUND = ("measure", "verdict", "rule", "reason_code")


def verdict_texts(
    judged: pl.DataFrame, asked: AskedActions, legal_order_id: str, currency: str
) -> pl.DataFrame:
    """`_row` and TEXTS for the verdict of each row."""
    parts = [pl.DataFrame(schema={"_row": pl.UInt32, **dict.fromkeys(TEXTS, pl.String)})]
    told = asked.facts[UNKNOWN_REGISTERS].gather(judged["point_id"])
    is_open = pl.col("verdict") == "cannot_tell"
    judged = judged.with_columns(pl.when(is_open).then(told).alias(UNKNOWN_REGISTERS))
    for values, rows in judged.group_by(*_GROUND, UNKNOWN_REGISTERS, maintain_order=True):
        said = said_of(Ground(*values), legal_order_id)
        named = marked_in(said.sentence, said.remedy)
        facts = asked.facts.select(named)[rows["point_id"]] if named else pl.DataFrame()
        parts.append(_said(rows, facts, said, currency))
    return pl.concat(parts)


def finding_texts(evidence: pl.DataFrame, legal_order_id: str, currency: str) -> pl.DataFrame:
    """`_row`, TEXTS and finding_facts for rows with a `finding_rule` and what it read."""
    schema = {"_row": pl.UInt32, **dict.fromkeys((*TEXTS, "finding_facts"), pl.String)}
    parts = [pl.DataFrame(schema=schema)]
    for (rule,), rows in evidence.group_by("finding_rule", maintain_order=True):
        said = said_of_finding(str(rule), legal_order_id)
        used = rows.select(pl.struct(sorted(said.facts)).struct.json_encode())
        told = _said(rows, rows, said, currency)
        parts.append(told.with_columns(used.to_series().alias("finding_facts")))
    return pl.concat(parts)


def _said(rows: pl.DataFrame, facts: pl.DataFrame, said: Said, currency: str) -> pl.DataFrame:
    return rows.select("_row").with_columns(
        **tell(facts, rows.height, said.sentence, currency, "finding"),
        **tell(facts, rows.height, said.remedy, currency, "remedy"),
    )
