"""Unfounded: the same measure again, although nothing has changed since it came to nothing."""

import polars as pl

from law.actions.findings import Finding
from law.condition import Condition
from law.uz.findings.history import FAILED, MEANS
from law.words import words

# Art. 86: a decision states its reasons. What was decided once and came to nothing needs a new
# one: a row about the debtor's means that says something else than it said then.
new_facts_since_the_last_attempt = Condition(
    id="new_facts_since_the_last_attempt",
    article="86",
    reason_code="repeated_without_new_facts",
    title=words(
        uz="Oldingi urinishdan keyin yangi maʼlumot bor",
        ru="После прошлой попытки есть новые сведения",
        en="There are new facts since the last attempt",
    ),
    broken=words(
        uz="Chora asossiz koʻrinadi: {tried_on} kuni shu ishda qoʻllangan xuddi shu chora natija "
        "bermagan yoki bekor qilingan ({tried_known_on} kuni qayd etilgan), shundan beri "
        "qarzdorning mol-mulki haqidagi maʼlumotlar oʻzgarmagan (86-modda).",
        ru="Мера выглядит необоснованной: та же мера в этом деле от {tried_on} ничего не дала или "
        "отменена (отмечено {tried_known_on}), и сведения о средствах должника с тех пор не "
        "изменились (ст. 86).",
        en="The measure looks unfounded: the same measure of {tried_on} in this case found nothing "
        "or was cancelled (reported on {tried_known_on}), and what is known of the debtor's means "
        "has not changed since (Art. 86).",
    ),
    remedy=words(
        uz="Avval mol-mulk va daromadlarni qayta soʻrang; chorani yangi maʼlumot chiqqandan keyin "
        "qoʻllang.",
        ru="Сначала запросите сведения об имуществе и доходах заново; применяйте меру, когда "
        "появятся новые данные.",
        en="First ask the registers about property and income again; take the measure when "
        "something new is known.",
    ),
    holds=~(pl.col("tried_result").is_in(FAILED).fill_null(False) & pl.col("means_are_unchanged")),
    facts=("means_are_unchanged", "tried_known_on", "tried_on", "tried_result"),
    confidence="inferred",
)

FINDINGS: tuple[Finding, ...] = (
    Finding("unfounded", new_facts_since_the_last_attempt, tuple(MEANS)),
)
