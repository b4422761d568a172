"""What comes before every rule: the day lies in the record, and the facts agree."""

import polars as pl

from law.condition import Condition
from law.words import words

# Art. 90: the Law is recorded from 29.08.2001, before 2023 in the wording of a later edition.
law_is_recorded = Condition(
    id="law_is_recorded",
    article="90",
    reason_code="outside_the_record",
    title=words(
        uz="Shu kungi qonun matni dasturga kiritilgan",
        ru="Закон на этот день внесён в программу",
        en="The law of that day is recorded",
    ),
    broken=words(
        uz="Aytib boʻlmaydi: {as_of_date} kunidagi qonun matni dasturga kiritilmagan.",
        ru="Сказать нельзя: закон на {as_of_date} в программу не внесён.",
        en="This cannot be told: the law of {as_of_date} is not recorded.",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: {as_of_date} kunidagi qonun matni dasturga kiritilmagan. U 2001-yil "
        "29-avgustdan boshlab kiritilgan.",
        ru="Сказать нельзя: закон на {as_of_date} в программу не внесён. Он внесён с 29 августа "
        "2001 г.",
        en="This cannot be told: the law of {as_of_date} is not recorded. The record begins on 29 "
        "August 2001.",
    ),
    remedy=words(
        uz="2001-yil 29-avgust yoki undan keyingi kun haqida soʻrang.",
        ru="Спросите о 29 августа 2001 г. или о более позднем дне.",
        en="Ask about 29 August 2001 or a later day.",
    ),
    holds=pl.when(pl.col("law_is_recorded")).then(True),
    facts=("as_of_date", "law_is_recorded"),
    parameters=("law_is_recorded",),
    missing="law_is_recorded",
    settles_first=True,
)

# Art. 85: an officer acts on established facts; facts that cannot both be true carry no verdict.
facts_agree = Condition(
    id="facts_agree",
    article="85",
    reason_code="facts_contradict",
    title=words(
        uz="Reyestr maʼlumotlari bir-biriga zid emas",
        ru="Сведения реестров не противоречат друг другу",
        en="The facts in the registers agree",
    ),
    broken=words(
        uz="Aytib boʻlmaydi: {contradiction}.",
        ru="Сказать нельзя: {contradiction}.",
        en="This cannot be told: {contradiction}.",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi, maʼlumotlar bir-biriga zid: {contradiction}. Avval qaysi biri "
        "toʻgʻriligini aniqlang.",
        ru="Сказать нельзя, сведения противоречат друг другу: {contradiction}. Сначала выясните, "
        "что верно.",
        en="This cannot be told, the facts contradict each other: {contradiction}. First find out "
        "which of them is right.",
    ),
    remedy=words(
        uz="Maʼlumotni bergan organdan tuzatishni soʻrang.",
        ru="Запросите исправление у органа, передавшего сведения.",
        en="Ask the agency that reported the fact to correct it.",
    ),
    holds=pl.when(pl.col("contradiction").is_null()).then(True),
    facts=(
        "contradiction",
        "claim_kind",
        "claim_som",
        "debtor_kind",
        "debtor_status",
        "debtor_status_on",
        "document_kind",
        "document_on",
        "last_revenue_on",
        "last_wage_on",
        "opened_on",
        "presented_on",
        "procedure",
        "served_on",
        "voluntary_until",
    ),
    missing="contradiction",
    settles_first=True,
)
