"""Temporary restriction on leaving the country (Art. 42¹, 32¹, 43²; by-law of 12.11.2019).

"Without valid reason" (Art. 42¹) is a fact that no register holds. The unperformed term is taken as
the registers show it, and a confirmation tells the officer to make sure that there was no valid
reason and the senior officer to approve: the ban can be ranked, and a person answers for the rest.
"""

from dataclasses import replace

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import FOR_ALL, no_treatment, not_bankrupt, ordinary_procedure
from law.uz.gates.voluntary_term import IS_OVER, debtor_served
from law.uz.kinds import is_criminal_fine
from law.uz.measures.shared import debt_or_act_remains, not_yet_in_force
from law.words import words

IS_CRIMINAL_FINE = is_criminal_fine()
IS_NOT_FOR_MONEY = pl.col("claim_kind") == "non_property"

# Art. 42¹: only natural persons leave a country.
debtor_is_a_person = Condition(
    id="debtor_is_a_person",
    article="42¹",
    reason_code="not_a_natural_person",
    title=words(
        uz="Qarzdor jismoniy shaxs",
        ru="Должник физическое лицо",
        en="The debtor is a natural person",
    ),
    broken=words(
        uz="Chiqishni cheklab boʻlmaydi: qarzdor yuridik shaxs (42¹-modda).",
        ru="Ограничить выезд нельзя: должник является юридическим лицом (ст. 42¹).",
        en="A travel ban is not available: the debtor is a legal entity (Art. 42¹).",
    ),
    remedy=words(
        uz="Yuridik shaxsga bu chora qoʻllanmaydi: boshqa chorani tanlang.",
        ru="К юридическому лицу эта мера не применяется: выберите другую.",
        en="This measure is not for legal entities: choose another.",
    ),
    holds=pl.col("is_natural_person"),
    facts=("debtor_kind", "is_natural_person"),
)

_court = pl.col("document_kind").is_in(["court_writ", "court_order", "criminal_fine"])
_maybe_court = pl.col("document_kind").is_in(["arbitration_award", "mediation_agreement"])

# Art. 42¹: the document is a court act or issued on one; otherwise only a court imposes the ban.
court_document = Condition(
    id="court_document",
    article="42¹",
    reason_code="not_a_court_document",
    title=words(
        uz="Hujjat sud hujjati asosida berilgan",
        ru="Документ выдан на основании судебного акта",
        en="The document rests on a court act",
    ),
    broken=words(
        uz="Davlat ijrochisi chiqishni cheklay olmaydi: hujjat sud hujjati emas (42¹-modda).",
        ru="Исполнитель не может ограничить выезд: документ не судебный (ст. 42¹).",
        en="The officer cannot impose a travel ban: the document is not of a court (Art. 42¹).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: hujjat sud hujjati asosida berilganmi, uning turidan koʻrinmaydi. Bu "
        "hujjatning oʻzida yozilgan va ishni yurituvchi davlat ijrochisiga maʼlum (42¹-modda).",
        ru="Сказать нельзя: из вида документа не видно, выдан ли он на основании судебного акта. "
        "Это указано в самом документе и известно исполнителю, ведущему дело (ст. 42¹).",
        en="This cannot be told: the kind of document does not show whether it was issued on a "
        "court act. The document itself says it, and the officer of the case knows (Art. 42¹).",
    ),
    remedy=words(
        uz="Hujjat sud hujjatiga asoslanganini koʻrsating; aks holda undiruvchi sudga murojaat "
        "qilsin.",
        ru="Укажите, что документ выдан на основании судебного акта; иначе взыскатель может "
        "обратиться в суд.",
        en="State that the document rests on a court act; otherwise the claimant may ask a court "
        "for the ban.",
    ),
    holds=pl.when(_maybe_court).then(pl.col("rests_on_court_act")).otherwise(_court),
    facts=("document_kind", "rests_on_court_act"),
)

# By-law of 12.11.2019 [secondary]: not for debts up to five base units, periodic payments apart.
# Art. 32¹: for a criminal fine the ban must be imposed. A document without a sum has no floor. The
# enforcement fee does not lift a small claim above it.
above_the_floor = Condition(
    id="above_the_floor",
    article="42¹, by-law of 12.11.2019",
    reason_code="debt_below_travel_ban_floor",
    title=words(
        uz="Qarz ({outstanding_som}) cheklov chegarasidan yuqori",
        ru="Долг ({outstanding_som}) выше порога ограничения",
        en="The debt ({outstanding_som}) is above the floor of the ban",
    ),
    broken=words(
        uz="Chiqishni cheklab boʻlmaydi: ijro yigʻimisiz qarz (talab {claim_som}, qoldiq "
        "{outstanding_som}) {travel_ban_floor_som}dan oshmaydi (2019-yil 12-noyabrdagi qonunosti "
        "hujjati; 42¹-modda).",
        ru="Ограничить выезд нельзя: долг без исполнительского сбора (требование {claim_som}, "
        "остаток {outstanding_som}) не выше {travel_ban_floor_som} (подзаконный акт от "
        "12.11.2019; ст. 42¹).",
        en="A travel ban is not available: without the enforcement fee the debt (claim "
        "{claim_som}, outstanding {outstanding_som}) does not exceed {travel_ban_floor_som} "
        "(by-law of 12.11.2019; Art. 42¹).",
    ),
    remedy=words(
        uz="Qarz chegaradan oshmaguncha yengilroq chorani tanlang: undiruvni pul yoki daromadga "
        "qarating.",
        ru="Пока долг не выше порога, выберите более мягкую меру: взыскание на деньги или доход.",
        en="While the debt is not above the floor, choose a lighter measure: levy money or income.",
    ),
    holds=pl.col("periodic")
    | (pl.col("claim_kind") == "alimony")
    | IS_CRIMINAL_FINE
    | IS_NOT_FOR_MONEY
    | (
        (pl.col("outstanding_som") > pl.col("travel_ban_floor_som"))
        & (pl.col("claim_som") > pl.col("travel_ban_floor_som"))
    ),
    facts=(
        "claim_kind",
        "claim_som",
        "document_kind",
        "outstanding_som",
        "periodic",
        "travel_ban_floor_som",
    ),
    parameters=("bhm", "travel_ban_floor_bhm"),
    confidence="secondary",
)

# Art. 42¹: not performed in the set time; Art. 32¹: a criminal fine at opening.
term_over_or_criminal_fine = Condition(
    id="term_over_or_criminal_fine",
    article="42¹",
    reason_code="voluntary_term_running",
    title=words(
        uz="Hujjat belgilangan muddatda bajarilmagan",
        ru="Документ не исполнен в срок",
        en="The document was not performed in time",
    ),
    broken=words(
        uz="Chiqishni hali cheklab boʻlmaydi: qarzdor {latest_voluntary_end} kunigacha ixtiyoriy "
        "ravishda toʻlashi mumkin (42¹, 45-moddalar).",
        ru="Ограничить выезд ещё нельзя: должник может исполнить добровольно до "
        "{latest_voluntary_end} (ст. 42¹, 45).",
        en="A travel ban is not available yet: the debtor may still pay voluntarily until "
        "{latest_voluntary_end} (Art. 42¹, 45).",
    ),
    remedy=words(
        uz="Muddat tugashini kuting: chora {latest_voluntary_end} kunidan qoʻllanadi.",
        ru="Дождитесь конца срока: мера доступна с {latest_voluntary_end}.",
        en="Wait for the end of the term: the measure opens on {latest_voluntary_end}.",
    ),
    holds=(pl.col("claim_kind") == "alimony") | IS_CRIMINAL_FINE | IS_OVER,
    facts=("as_of_date", "claim_kind", "document_kind", "latest_voluntary_end", "voluntary_until"),
    parameters=("voluntary_term_days", "voluntary_term_simplified_days"),
)

# By-law of 12.11.2019 [secondary]: not where property sufficient for the judgment is attached.
no_sufficient_attachment = Condition(
    id="no_sufficient_attachment",
    article="42¹, by-law of 12.11.2019",
    reason_code="sufficient_property_attached",
    title=words(
        uz="Xatlangan mol-mulk qarzni qoplamaydi",
        ru="Арестованное имущество не покрывает долг",
        en="The attached property does not cover the debt",
    ),
    broken=words(
        uz="Chiqishni cheklab boʻlmaydi: xatlangan mol-mulk ({attached_som}) qarzni "
        "({outstanding_som}) qoplaydi (2019-yil 12-noyabrdagi qonunosti hujjati).",
        ru="Ограничить выезд нельзя: арестованное имущество ({attached_som}) покрывает долг "
        "({outstanding_som}) (подзаконный акт от 12.11.2019).",
        en="A travel ban is not available: the attached property ({attached_som}) covers the debt "
        "({outstanding_som}) (by-law of 12.11.2019).",
    ),
    remedy=words(
        uz="Xatlangan mol-mulkni soting; qarz qolsa, shu choraga qayting.",
        ru="Реализуйте арестованное имущество; если долг останется, вернитесь к этой мере.",
        en="Sell the attached property; come back to this measure if a debt remains.",
    ),
    holds=IS_CRIMINAL_FINE
    | IS_NOT_FOR_MONEY
    | (pl.col("attached_som") == 0)
    | (pl.col("outstanding_som") == 0)
    | (pl.col("attached_som") < pl.col("outstanding_som")),
    facts=("attached_som", "claim_kind", "document_kind", "outstanding_som"),
    confidence="secondary",
)

# Art. 42¹: for alimony the ban is lifted by prepayment or a pledge worth 250 base units; what a
# pledge is worth no register of the contract tells. A pledge given to the Bureau and stated counts
# even where the document itself knows of none.
alimony_not_pledged = Condition(
    id="alimony_not_pledged",
    article="42¹",
    reason_code="alimony_secured",
    title=words(
        uz="Aliment garov bilan taʼminlanmagan",
        ru="Алименты не обеспечены залогом",
        en="No pledge secures the alimony",
    ),
    broken=words(
        uz="Chiqishni cheklab boʻlmaydi: aliment {pledge_value_som} qiymatidagi garov bilan "
        "taʼminlangan, bu {alimony_pledge_floor_som}dan kam emas (42¹-modda).",
        ru="Ограничить выезд нельзя: алименты обеспечены залогом стоимостью {pledge_value_som}, "
        "это не меньше {alimony_pledge_floor_som} (ст. 42¹).",
        en="A travel ban is not available: a pledge worth {pledge_value_som} secures the alimony, "
        "not less than {alimony_pledge_floor_som} (Art. 42¹).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: aliment garov bilan taʼminlangan, garov qiymatini esa undiruvchi "
        "biladi "
        "(250 BHMdan boshlab chiqish cheklanmaydi, 42¹-modda).",
        ru="Сказать нельзя: алименты обеспечены залогом, а его стоимость знает взыскатель (от "
        "250 БРВ выезд не ограничивается, ст. 42¹).",
        en="This cannot be told: a pledge secures the alimony, and the claimant knows its worth "
        "(from 250 base units on travel is not restricted, Art. 42¹).",
    ),
    remedy=words(
        uz="Garov baholansin: {alimony_pledge_floor_som}dan arzon boʻlsa, chora ochiladi.",
        ru="Пусть залог оценят: если он дешевле {alimony_pledge_floor_som}, мера доступна.",
        en="Have the pledge valued: below {alimony_pledge_floor_som} the measure is available.",
    ),
    holds=(pl.col("claim_kind") != "alimony")
    | pl.when(pl.col("pledge_value_som").is_not_null())
    .then(pl.col("pledge_value_som") < pl.col("alimony_pledge_floor_som"))
    .when(~pl.col("secured"))
    .then(True),
    facts=("claim_kind", "secured", "alimony_pledge_floor_som", "pledge_value_som"),
    parameters=("bhm", "alimony_pledge_bhm"),
)

# Art. 32¹: at opening the ban for a criminal fine must not wait until the decision is served.
notified_or_criminal_fine = replace(
    debtor_served,
    holds=IS_CRIMINAL_FINE | debtor_served.holds,
    facts=(*debtor_served.facts, "claim_kind", "document_kind"),
)

attached_without_value = Confirmation(
    id="attached_without_value",
    article="42¹, by-law of 12.11.2019",
    text=words(
        uz="Koʻchar mol-mulk yoki hisobvaraq xatlangan, qiymati esa reyestrlarda yoʻq: u qarzni "
        "qoplamasligini tekshiring, qoplasa, chiqish cheklanmaydi.",
        ru="Арестованы движимое имущество или счёт, а их стоимости в реестрах нет: проверьте, что "
        "она не покрывает долг, иначе выезд не ограничивается.",
        en="Movables or an account are attached, and no register holds their value: make sure that "
        "it does not cover the debt; otherwise travel is not restricted.",
    ),
    when=~IS_CRIMINAL_FINE
    & ~IS_NOT_FOR_MONEY
    & (pl.col("attached_on").is_not_null() | pl.col("has_account_attachment")),
)
no_valid_reason = Confirmation(
    id="no_valid_reason",
    article="42¹",
    text=words(
        uz="Tasdiqlang: hujjat uzrsiz sabablarga koʻra ijro etilmagan. Qarorni katta davlat "
        "ijrochisi tasdiqlaydi (42¹-modda).",
        ru="Подтвердите, что уважительной причины неисполнения нет. Постановление утверждает "
        "старший государственный исполнитель (ст. 42¹).",
        en="Confirm that there was no valid reason for not performing. The senior officer approves "
        "the decision (Art. 42¹).",
    ),
    when=~IS_CRIMINAL_FINE,
)
mandatory_for_criminal_fine = Confirmation(
    id="mandatory_for_criminal_fine",
    article="32¹",
    text=words(
        uz="Jinoyat ishi boʻyicha jarimada chiqishni cheklash majburiy (32¹-modda).",
        ru="По уголовному штрафу ограничение выезда обязательно (ст. 32¹).",
        en="For a criminal fine the travel ban is mandatory (Art. 32¹).",
    ),
    when=IS_CRIMINAL_FINE,
)
prepaid_alimony = Confirmation(
    id="prepaid_alimony",
    article="42¹",
    text=words(
        uz="Aliment oldindan toʻlanmaganini tekshiring: toʻlangan boʻlsa, chiqish cheklanmaydi "
        "(42¹-modda).",
        ru="Проверьте, что алименты не уплачены вперёд: тогда выезд не ограничивается (ст. 42¹).",
        en="Check that the alimony was not prepaid: then travel is not restricted (Art. 42¹).",
    ),
    when=pl.col("claim_kind") == "alimony",
)
lifted_next_day = Confirmation(
    id="lifted_next_day",
    article="42¹, by-law of 12.11.2019",
    text=words(
        uz="Qarz toʻlangach, cheklovni keyingi kundan kechiktirmay bekor qiling (42¹-modda). U "
        "chet elda davolanish yoki rasmiy delegatsiya tarkibida chiqish vaqtiga toʻxtatib "
        "turiladi.",
        ru="После исполнения снимите ограничение не позднее следующего дня (ст. 42¹). На время "
        "лечения за границей или поездки в составе официальной делегации оно приостанавливается.",
        en="Lift the ban by the day after performance (Art. 42¹). It is suspended for treatment "
        "abroad or travel with an official delegation.",
    ),
    when=pl.lit(True),
)

RULES = MeasureRules(
    (
        debtor_is_a_person,
        *FOR_ALL,
        not_bankrupt,
        ordinary_procedure,
        court_document,
        above_the_floor,
        debt_or_act_remains,
        term_over_or_criminal_fine,
        notified_or_criminal_fine,
        no_treatment,
        no_sufficient_attachment,
        alimony_not_pledged,
        not_yet_in_force(
            "travel_ban",
            "42¹",
            uz="Bu chora uchun asos yoʻq: chiqish {travel_ban_since} kunidan allaqachon cheklangan "
            "(42¹-modda).",
            ru="Для этой меры нет оснований: выезд уже ограничен с {travel_ban_since} (ст. 42¹).",
            en="There is no ground for this measure: travel has been restricted since "
            "{travel_ban_since} (Art. 42¹).",
        ),
    ),
    (
        no_valid_reason,
        attached_without_value,
        mandatory_for_criminal_fine,
        prepaid_alimony,
        lifted_next_day,
    ),
)
