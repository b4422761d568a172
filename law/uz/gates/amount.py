"""G10: there is a sum to recover, and something of it is left."""

import polars as pl

from law.condition import Condition
from law.words import words

# Art. 46, 71: measures on money and property execute documents that award money.
money_claim = Condition(
    id="money_claim",
    article="71",
    reason_code="not_a_money_claim",
    title=words(
        uz="Hujjat pul undirish haqida",
        ru="Документ о взыскании денег",
        en="The claim is for money",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: hujjat pul undirish haqida emas. Harakatlarni bajarishga "
        "majburlash tartibi qoʻllanadi (71-modda).",
        ru="Эту меру применить нельзя: документ не о взыскании денег. Действует порядок "
        "принуждения к совершению действий (ст. 71).",
        en="This measure is not available: the document does not award money. The rules on "
        "compelling acts apply (Art. 71).",
    ),
    remedy=words(
        uz="Hujjatda koʻrsatilgan harakatni bajarishga majburlash chorasini tanlang (71-modda).",
        ru="Выберите принуждение к действию, указанному в документе (ст. 71).",
        en="Choose the measure for the act that the document orders (Art. 71).",
    ),
    holds=pl.col("claim_kind") != "non_property",
    facts=("claim_kind",),
)

# A running payment (alimony) goes on though nothing is outstanding by the registers: whether some
# of it is in arrears must be stated.
SOMETHING_IS_OWED = (pl.col("outstanding_som") > 0) | (
    pl.col("periodic") & (pl.col("alimony_arrears_som") > 0)
)
OWED_FACTS = ("outstanding_som", "periodic", "alimony_arrears_som")
# Art. 47(11): only as much as the document, fee, fines and costs need; of nothing, nothing.
debt_remains = Condition(
    id="debt_remains",
    article="47(11)",
    reason_code="nothing_outstanding",
    title=words(
        uz="Qarz qoldigʻi bor ({outstanding_som})",
        ru="Есть остаток долга ({outstanding_som})",
        en="Something is outstanding ({outstanding_som})",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: qarz qoldigʻi {outstanding_som} (47-modda).",
        ru="Для этой меры нет оснований: остаток долга {outstanding_som} (ст. 47).",
        en="There is no ground for this measure: the outstanding amount is {outstanding_som} (Art. "
        "47).",
    ),
    remedy=words(
        uz="Qarz qoldigʻini tekshiring; qarz toʻlangan boʻlsa, ishni tugating (37-modda).",
        ru="Проверьте остаток долга; если долг уплачен, окончите производство (ст. 37).",
        en="Check the outstanding amount; if the debt is paid, close the case (Art. 37).",
    ),
    holds=SOMETHING_IS_OWED,
    facts=OWED_FACTS,
    refusal="unfounded",
)
