"""What the measures on documents that award no money share (Art. 57, 62, 71-74).

Which act the document orders stands in the document itself and in no register: it is a stated fact.
"""

import polars as pl

from law.condition import Condition
from law.uz.gates import FOR_ALL, debtor_notified, no_treatment, ordinary_procedure
from law.words import words
from registers.texts import Texts

ACT = pl.col("ordered_act")
IS_DUE = pl.col("as_of_date") >= pl.col("act_due_until")

UNKNOWN_ACT = words(
    uz="Aytib boʻlmaydi: hujjat aynan qanday harakatni buyurgani reyestrlarda yoʻq. Bu ijro "
    "hujjatining oʻzida yozilgan, uni bergan sud ham biladi (71-modda).",
    ru="Сказать нельзя: какое именно действие предписано, в реестрах не записано. Это указано в "
    "самом документе и известно выдавшему его суду (ст. 71).",
    en="This cannot be told: no register says which act the document orders. The document itself "
    "says it, and the court that issued it knows (Art. 71).",
)

# Art. 46, 71: a document that awards money is executed on money and property.
awards_no_money = Condition(
    id="awards_no_money",
    article="71",
    reason_code="money_claim",
    title=words(
        uz="Hujjat pul undirish haqida emas",
        ru="Документ не о взыскании денег",
        en="The document awards no money",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: hujjat pul undirish haqida, u qarzdorning puli va "
        "mol-mulki hisobidan ijro etiladi (46, 71-moddalar).",
        ru="Эту меру применить нельзя: документ о взыскании денег, он исполняется за счёт денег и "
        "имущества должника (ст. 46, 71).",
        en="This measure is not available: the document awards money and is executed on the "
        "debtor's money and property (Art. 46, 71).",
    ),
    remedy=words(
        uz="Buning oʻrniga undiruvni pulga, daromadga yoki mol-mulkka qarating.",
        ru="Вместо этого обратите взыскание на деньги, доходы или имущество.",
        en="Levy money, income or property instead.",
    ),
    holds=pl.col("claim_kind") == "non_property",
    facts=("claim_kind",),
)

# Art. 62: bankruptcy completes the proceedings, with exceptions by the ground of the claim (of an
# entity: ownership, vindication, unjust enrichment, invalid transactions). A person states it.
survives_bankruptcy = Condition(
    id="act_survives_bankruptcy",
    article="62",
    reason_code="debtor_bankrupt",
    title=words(
        uz="Qarzdor bankrot deb eʼlon qilinmagan",
        ru="Должник не признан банкротом",
        en="The debtor has not been declared bankrupt",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: qarzdor bankrot deb eʼlon qilingan (62-modda).",
        ru="Эту меру применить нельзя: должник признан банкротом (ст. 62).",
        en="This measure is not available: the debtor has been declared bankrupt (Art. 62).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qarzdor bankrot yoki uning holati nomaʼlum. Bankrotda ish "
        "tamomlanadi, ayrim talablar (masalan, ashyoni qaytarib olish) bundan mustasno; talab "
        "asosini hujjatni bergan sud biladi (62-modda).",
        ru="Сказать нельзя: должник банкрот, или его состояние неизвестно. При банкротстве "
        "производство завершается, кроме отдельных требований (например, об истребовании вещи); "
        "основание требования знает выдавший документ суд (ст. 62).",
        en="This cannot be told: the debtor is bankrupt, or the debtor's status is not known. "
        "Bankruptcy completes the case, but for some claims (for instance the return of a thing); "
        "the court that issued the document knows the ground of the claim (Art. 62).",
    ),
    remedy=words(
        uz="Talab asosini sudda aniqlang; u istisno boʻlmasa, hujjatni tugatuvchiga yuboring.",
        ru="Уточните в суде основание требования; если оно не исключение, направьте документ "
        "ликвидатору.",
        en="Ask the court for the ground of the claim; if it is no exception, send the document to "
        "the liquidator.",
    ),
    holds=(pl.col("debtor_status") != "bankrupt") | pl.col("claim_survives_bankruptcy"),
    facts=("debtor_status", "claim_survives_bankruptcy"),
)


def fifteen_days_over(is_immediate: pl.Expr | None = None) -> Condition:
    """Art. 71: the debtor has fifteen days to perform; Art. 30(2), 72: reinstatement is at once."""
    return Condition(
        id="fifteen_days_over",
        article="71",
        reason_code="voluntary_term_running",
        title=words(
            uz="Ixtiyoriy bajarish uchun oʻn besh kun oʻtgan",
            ru="Пятнадцать дней на добровольное исполнение прошли",
            en="The fifteen days to perform voluntarily are over",
        ),
        broken=words(
            uz="Bu chora hali qoʻllanmaydi: qarzdor {act_due_until} kunigacha oʻzi "
            "bajarishi mumkin (71-modda).",
            ru="Эта мера пока недоступна: должник может исполнить сам до {act_due_until} (ст. 71).",
            en="This measure is not available yet: the debtor may still perform until "
            "{act_due_until} (Art. 71).",
        ),
        remedy=words(
            uz="Muddat tugashini kuting: chora {act_due_until} kunidan qoʻllanadi.",
            ru="Дождитесь конца срока: мера доступна с {act_due_until}.",
            en="Wait for the end of the term: the measure opens on {act_due_until}.",
        ),
        holds=IS_DUE if is_immediate is None else is_immediate | IS_DUE,
        facts=("as_of_date", "opened_on", "act_due_until", "voluntary_until")
        + (() if is_immediate is None else ("ordered_act",)),
        parameters=("non_property_term_days",),
        confidence="inferred",
    )


def orders(act: str, article: str, *, title: Texts, broken: Texts, remedy: Texts) -> Condition:
    """The document orders this very act; another act has a measure of its own."""
    return Condition(
        id=f"document_orders_{act}",
        article=article,
        reason_code="another_act_ordered",
        title=title,
        broken=broken,
        unknown=UNKNOWN_ACT,
        remedy=remedy,
        # Of a document that awards money nobody asks: `awards_no_money` says so.
        holds=(pl.col("claim_kind") != "non_property") | ACT.eq(act),
        facts=("ordered_act", "claim_kind"),
    )


def act_gates(
    term: Condition | None = None,
    notified: Condition = debtor_notified,
    no_money: Condition = awards_no_money,
) -> tuple[Condition, ...]:
    """The gates of a measure that executes an ordered act, in the order in which they are asked."""
    return (
        *FOR_ALL,
        survives_bankruptcy,
        no_money,
        ordinary_procedure,
        term or fifteen_days_over(),
        notified,
        no_treatment,
    )
