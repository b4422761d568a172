"""Queries to registers on assets and income (Art. 21, 47, 84, 87).

They take nothing: open for every document, in both procedures and before the voluntary term ends.
A query that was made before does not refuse another; a note tells of it.
"""

import polars as pl

from law.condition import Confirmation, MeasureRules
from law.uz.gates import FOR_ALL, pledge_or_not_bankrupt
from law.uz.measures.shared import debt_or_act_remains
from law.words import words

bank_secrecy = Confirmation(
    id="bank_secrecy",
    article="21",
    text=words(
        uz="Bank siri boʻlgan maʼlumot faqat qonuniy kuchga kirgan sud qarori asosida, yozma "
        "soʻrov bilan beriladi (21-modda).",
        ru="Сведения, составляющие банковскую тайну, выдаются только по письменному запросу на "
        "основании вступившего в силу решения суда (ст. 21).",
        en="What falls under bank secrecy is given only on a written request based on a court "
        "decision in force (Art. 21).",
    ),
    when=pl.lit(True),
)
this_debtor_only = Confirmation(
    id="this_debtor_only",
    article="87",
    text=words(
        uz="Faqat shu qarzdor va shu ijro hujjati uchun kerakli maʼlumotni soʻrang: ommaviy yoki "
        "ishga aloqasiz soʻrov yuborilmaydi (21, 87-moddalar).",
        ru="Запрашивайте только то, что нужно по этому должнику и этому документу: массовые и не "
        "относящиеся к делу запросы недопустимы (ст. 21, 87).",
        en="Ask only for what this debtor's document needs: no bulk queries and none unrelated "
        "to the case (Art. 21, 87).",
    ),
    when=pl.lit(True),
)
asked_before = Confirmation(
    id="asked_before",
    article="47",
    text=words(
        uz="Reyestrlar oxirgi marta {asset_query_on} kuni soʻralgan: yangi soʻrov nima uchun "
        "kerakligini koʻrsating.",
        ru="Последний запрос в реестры исполнен {asset_query_on}: укажите, зачем нужен новый.",
        en="The registers were last asked on {asset_query_on}: say what another query is for.",
    ),
    when=pl.col("asset_query_on").is_not_null(),
    facts=("asset_query_on",),
)

RULES = MeasureRules(
    (*FOR_ALL, pledge_or_not_bankrupt, debt_or_act_remains),
    (bank_secrecy, this_debtor_only, asked_before),
)
