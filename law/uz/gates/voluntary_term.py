"""G3 and G9: the debtor was notified and the voluntary term is over."""

from dataclasses import replace

import polars as pl

from law.condition import Condition
from law.words import words

# Art. 30(2): alimony is executed at once. Wages of up to three months too: how many months a claim
# for wages covers no register tells, the document does.
IS_IMMEDIATE = (pl.col("claim_kind") == "alimony") | (
    (pl.col("claim_kind") == "wages") & pl.col("wages_within_three_months")
)

IS_OPENING_DAY = pl.col("opened_on") == pl.col("as_of_date")
# Where no term is recorded it is over on the last day on which it can be. The term of a criminal
# fine stands in the Penal-Execution Code: unrecorded it is unknown.
IS_OVER = (
    pl.when(pl.col("as_of_date") >= pl.col("latest_voluntary_end"))
    .then(True)
    .when(pl.col("voluntary_until").is_not_null())
    .then(False)
)
_TITLE = words(
    uz="Ixtiyoriy ijro muddati tugagan",
    ru="Срок добровольного исполнения истёк",
    en="The voluntary term is over",
)
_BROKEN = words(
    uz="Bu chora hali qoʻllanmaydi: qarzdor {latest_voluntary_end} kunigacha ixtiyoriy ravishda "
    "toʻlashi mumkin (45-modda).",
    ru="Эта мера пока недоступна: должник может исполнить добровольно до {latest_voluntary_end} "
    "(ст. 45).",
    en="This measure is not available yet: the debtor may still pay voluntarily until "
    "{latest_voluntary_end} (Art. 45).",
)
_FACTS = (
    "as_of_date",
    "claim_kind",
    "latest_voluntary_end",
    "voluntary_until",
    "wages_within_three_months",
)
_PARAMETERS = ("voluntary_term_days", "voluntary_term_simplified_days")

# Art. 45: the end of the voluntary term is the ground for compulsory measures. The term is counted
# like every interval of the registers: its last day is the day before `voluntary_until`. Where no
# end is recorded the day of the opening (of the receipt) does not count: that is our own reading.
_IS_COMPUTED = pl.col("voluntary_until").is_null() & ~IS_IMMEDIATE

term_over = Condition(
    id="term_over",
    article="45",
    reason_code="voluntary_term_running",
    title=_TITLE,
    broken=_BROKEN,
    remedy=words(
        uz="Muddat tugashini kuting: chora {latest_voluntary_end} kunidan qoʻllanadi (45-modda).",
        ru="Дождитесь конца срока: мера доступна с {latest_voluntary_end} (ст. 45).",
        en="Wait for the end of the term: the measure opens on {latest_voluntary_end} (Art. 45).",
    ),
    holds=IS_IMMEDIATE | IS_OVER,
    facts=_FACTS,
    parameters=_PARAMETERS,
    inferred_where=_IS_COMPUTED,
)

# Art. 23(5): property may be inventoried and attached together with the opening.
term_over_or_at_opening = Condition(
    id="term_over_or_at_opening",
    article="45",
    reason_code="voluntary_term_running",
    title=words(
        uz="Ixtiyoriy ijro muddati tugagan yoki ish bugun qoʻzgʻatilgan",
        ru="Срок добровольного исполнения истёк или дело возбуждено сегодня",
        en="The voluntary term is over, or the case is opened today",
    ),
    broken=_BROKEN,
    remedy=words(
        uz="Muddat tugashini kuting: chora {latest_voluntary_end} kunidan qoʻllanadi; undan oldin "
        "u faqat ish qoʻzgʻatilishi bilan bir vaqtda koʻriladi (23, 45-moddalar).",
        ru="Дождитесь конца срока: мера доступна с {latest_voluntary_end}; раньше её принимают "
        "только одновременно с возбуждением производства (ст. 23, 45).",
        en="Wait for the end of the term: the measure opens on {latest_voluntary_end}; before that "
        "it is taken only together with the opening of the case (Art. 23, 45).",
    ),
    holds=IS_IMMEDIATE | IS_OPENING_DAY | IS_OVER,
    facts=(*_FACTS, "opened_on"),
    parameters=_PARAMETERS,
    inferred_where=_IS_COMPUTED | IS_OPENING_DAY,
)

# Art. 22¹, 23(4): the parties are notified of the opening; no measure against somebody who was not.
debtor_notified = Condition(
    id="debtor_notified",
    article="22¹",
    reason_code="not_notified",
    title=words(
        uz="Qarzdor xabardor qilingan", ru="Должник извещён", en="The debtor has been notified"
    ),
    broken=words(
        uz="Bu chora hali qoʻllanmaydi: qaror qarzdorga faqat {served_on} kuni topshiriladi "
        "(22¹-modda).",
        ru="Эта мера пока недоступна: постановление вручается должнику только {served_on} (ст. "
        "22¹).",
        en="This measure is not available yet: the decision is served on the debtor only on "
        "{served_on} (Art. 22¹).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qaror qarzdorga topshirilgani qayd etilmagan. Buni ishni yurituvchi "
        "davlat ijrochisi biladi (22¹, 23-moddalar).",
        ru="Сказать нельзя: вручение постановления должнику не отмечено. Это знает исполнитель, "
        "ведущий дело (ст. 22¹, 23).",
        en="This cannot be told: no service of the decision on the debtor is recorded. The officer "
        "of the case knows it (Art. 22¹, 23).",
    ),
    remedy=words(
        uz="Qarorni qarzdorga topshiring va topshirilganini qayd eting (22¹-modda).",
        ru="Вручите постановление должнику и отметьте вручение (ст. 22¹).",
        en="Serve the decision on the debtor and record the service (Art. 22¹).",
    ),
    holds=IS_IMMEDIATE | (pl.col("served_on") <= pl.col("as_of_date")),
    facts=("as_of_date", "claim_kind", "served_on", "wages_within_three_months"),
)

# Art. 23(5): an attachment together with the opening does not wait for the service.
notified_or_at_opening = replace(
    debtor_notified,
    holds=IS_OPENING_DAY | debtor_notified.holds,
    facts=(*debtor_notified.facts, "opened_on"),
    inferred_where=IS_OPENING_DAY,
)

# Art. 22¹, 23(4): immediate execution waives the voluntary term, not the notice. Money, wages and
# attachments for alimony do not wait for it; nothing is sold and nobody is kept in the country
# before the decision is served.
debtor_served = replace(
    debtor_notified,
    holds=pl.col("served_on") <= pl.col("as_of_date"),
    facts=("as_of_date", "served_on"),
)
