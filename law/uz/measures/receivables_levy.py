"""Levy on receivables (Art. 46(2¹), 48⁵): what third parties owe the debtor.

No register holds the paper that proves a receivable. The businesses' reports tell at most that
somebody owes the debtor something; the paper itself must be stated.
"""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import coercive, ordinary_procedure
from law.uz.measures.shared import IS_IN_BUSINESS, money_falls_short
from law.words import words

_proved = pl.col("proved_receivable_som")

# Art. 46(2¹), 48⁵: a reconciliation act or other papers prove the receivable, or the debtor is the
# claimant in another case. No report of a receivable and no paper: nothing to levy.
receivable_is_proved = Condition(
    id="receivable_is_proved",
    article="48⁵",
    reason_code="no_proved_receivable",
    title=words(
        uz="Uchinchi shaxsning qarzdor oldidagi qarzi ({proved_receivable_som}) hujjat bilan "
        "isbotlangan",
        ru="Долг третьего лица перед должником ({proved_receivable_som}) подтверждён документом",
        en="A paper proves what a third party owes the debtor ({proved_receivable_som})",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: uchinchi shaxslarning qarzdor oldidagi isbotlangan qarzi "
        "yoʻq (48⁵-modda).",
        ru="Для этой меры нет оснований: подтверждённого долга третьих лиц перед должником нет "
        "(ст. 48⁵).",
        en="There is no ground for this measure: no proved debt of a third party to the debtor is "
        "known (Art. 48⁵).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: debitorlik qarzini (hisobotda: {receivables_som}) isbotlovchi hujjat "
        "reyestrlarda yoʻq. Solishtirma dalolatnoma qarzdorda yoki uning debitorida boʻladi "
        "(48⁵-modda).",
        ru="Сказать нельзя: документа о дебиторской задолженности (по отчёту: {receivables_som}) в "
        "реестрах нет. Акт сверки есть у должника или его дебитора (ст. 48⁵).",
        en="This cannot be told: no register holds the paper that proves the receivables "
        "(reported: {receivables_som}). The debtor or the third party has the reconciliation act "
        "(Art. 48⁵).",
    ),
    remedy=words(
        uz="Solishtirma dalolatnoma yoki boshqa hujjatni talab qilib oling va qarz summasini "
        "kiriting (48⁵-modda).",
        ru="Истребуйте акт сверки или другой документ и укажите сумму долга (ст. 48⁵).",
        en="Obtain the reconciliation act or another paper and state the amount (Art. 48⁵).",
    ),
    holds=pl.when(_proved.is_not_null())
    .then(_proved > 0)
    .when(pl.col("receivables_som") == 0)
    .then(False),
    facts=("proved_receivable_som", "receivables_som"),
    refusal="unfounded",
)

no_more_than_owed = Confirmation(
    id="no_more_than_owed",
    article="48⁵",
    text=words(
        uz="Uchinchi shaxsning qarzidan ({proved_receivable_som}) va shu ishdagi qarzdan "
        "({outstanding_som}) ortiq undirmang (47, 48⁵-moddalar).",
        ru="Не взыскивайте больше, чем должно третье лицо ({proved_receivable_som}), и больше "
        "долга по делу ({outstanding_som}) (ст. 47, 48⁵).",
        en="Levy no more than the third party owes ({proved_receivable_som}) and no more than the "
        "debt of this case ({outstanding_som}) (Art. 47, 48⁵).",
    ),
    when=_proved > 0,
    facts=("outstanding_som", "proved_receivable_som"),
)
not_pledged_elsewhere = Confirmation(
    id="not_pledged_elsewhere",
    article="51",
    text=words(
        uz="Debitorlik qarzi boshqa kreditorga garovga qoʻyilmaganini garov reyestridan tekshiring "
        "(51-modda).",
        ru="Проверьте по реестру залогов, что дебиторская задолженность не заложена другому "
        "кредитору (ст. 51).",
        en="Check in the pledge register that the receivable is not pledged to another creditor "
        "(Art. 51).",
    ),
    when=pl.lit(True),
)
second_rank = Confirmation(
    id="second_rank",
    article="60",
    text=words(
        uz="Tadbirkorlik qarzi boʻyicha mulkiy huquqlarga ikkinchi navbatda, ishlab chiqarishda "
        "qatnashmaydigan koʻchar mol-mulkdan keyin undiruv qaratiladi (60-modda).",
        ru="По долгам от предпринимательства имущественные права идут во вторую очередь, после "
        "движимого имущества, не занятого в производстве (ст. 60).",
        en="For debts from a business, property rights come second, after the movables that are "
        "not used in production (Art. 60).",
    ),
    when=IS_IN_BUSINESS,
)

RULES = MeasureRules(
    (*coercive(), ordinary_procedure, money_falls_short(refusal="unfounded"), receivable_is_proved),
    (no_more_than_owed, not_pledged_elsewhere, second_rank),
)
